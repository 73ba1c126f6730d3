import numpy as np

from render.colour import i420_planes, i420_to_rgb, rgb_to_i420, rgba_to_i420, stretch_i420

# BT.601, limited range (ITU-R BT.601-7, table 3)
KNOWN = {
    (255, 255, 255): (235, 128, 128),
    (0, 0, 0): (16, 128, 128),
    (255, 0, 0): (81, 90, 240),
    (0, 255, 0): (145, 54, 34),
    (0, 0, 255): (41, 240, 110),
}


def test_known_colours() -> None:
    for rgb, yuv in KNOWN.items():
        rgba = np.full((8, 16, 4), (*rgb, 255), np.uint8)
        out = np.zeros((12, 16), np.uint8)
        rgba_to_i420(rgba, out)
        for plane, wanted in zip(i420_planes(out), yuv, strict=True):
            assert np.abs(plane.astype(int) - wanted).max() <= 1, rgb


def test_there_and_back() -> None:
    rgb = np.zeros((32, 64, 3), np.uint8)
    rgb[:, :32], rgb[:, 32:] = (210, 120, 90), (30, 60, 140)
    assert np.abs(i420_to_rgb(rgb_to_i420(rgb)).astype(int) - rgb).max() <= 4


def test_planes_are_views_in_order() -> None:
    picture = np.zeros((15, 12), np.uint8)
    luma, u, v = i420_planes(picture)
    luma[:], u[:], v[:] = 1, 2, 3
    assert luma.shape == (10, 12)
    assert u.shape == v.shape == (5, 6)
    assert picture.ravel().tolist() == [1] * 120 + [2] * 30 + [3] * 30


def test_stretching_keeps_colours_in_place() -> None:
    rgb = np.zeros((32, 64, 3), np.uint8)
    rgb[:, :32], rgb[:, 32:] = (210, 120, 90), (30, 60, 140)
    out = np.zeros((60, 80), np.uint8)
    stretch_i420(rgb_to_i420(rgb), out)
    big = i420_to_rgb(out).astype(int)
    assert np.abs(big[:, :36] - (210, 120, 90)).max() <= 4
    assert np.abs(big[:, 44:] - (30, 60, 140)).max() <= 4
