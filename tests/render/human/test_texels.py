import numpy as np

from render.human.texels import spread


def test_unknown_pixels_take_the_nearest_known_ones() -> None:
    pixels = np.zeros((5, 6, 3), np.uint8)
    known = np.zeros((5, 6), bool)
    pixels[2, 0], known[2, 0] = (10, 20, 30), True
    pixels[2, 5], known[2, 5] = (200, 100, 50), True
    out = spread(pixels, known)
    assert (out[:, :3] == (10, 20, 30)).all()
    assert (out[:, 3:] == (200, 100, 50)).all()


def test_nothing_known_changes_nothing() -> None:
    pixels = np.full((3, 3, 4), 7, np.uint8)
    assert (spread(pixels, np.zeros((3, 3), bool)) == 7).all()
