import numpy as np
import pytest

from render.colour import i420_to_rgb, rgb_to_i420
from render.compositor import Compositor
from render.layer import Layer

GREY = (100, 110, 120)


def picture() -> np.ndarray:
    return rgb_to_i420(np.full((64, 96, 3), GREY, np.uint8))


def blended(*layers: Layer) -> np.ndarray:
    compositor = Compositor(96, 64)
    compositor.set_layers(layers)
    out = picture()
    compositor.blend(out)
    return i420_to_rgb(out).astype(int)


def plate(colour: tuple[int, int, int], alpha: float, x: int, y: int, revision: int = 1) -> Layer:
    """A plate of 20 x 10 pixels."""
    rgba = np.zeros((10, 20, 4), np.uint8)
    rgba[:] = (*(round(c * alpha) for c in colour), round(255 * alpha))
    return Layer(f"plate{x},{y}", x, y, rgba, revision)


@pytest.mark.parametrize("alpha", [1.0, 0.5, 0.25])
@pytest.mark.parametrize(("x", "y"), [(30, 20), (31, 21)])
def test_colours_at_the_right_pixels(alpha: float, x: int, y: int) -> None:
    colour = (220, 40, 60)
    out = blended(plate(colour, alpha, x, y))
    wanted = np.multiply(colour, alpha) + np.multiply(GREY, 1 - alpha)
    # chroma of the rim is shared with the pixels beside it where x or y is odd
    assert np.abs(out[y + 1 : y + 9, x + 1 : x + 19] - wanted).max() <= 4
    outside = np.ones((64, 96), bool)
    outside[y - 1 : y + 11, x - 1 : x + 21] = False
    assert np.abs(out[outside] - GREY).max() <= 2


def test_the_last_layer_is_on_top() -> None:
    below, above = plate((255, 255, 255), 1.0, 30, 20), plate((0, 0, 0), 1.0, 40, 20)
    out = blended(below, above)
    assert out[25, 35].min() > 250
    assert out[25, 45].max() < 5


@pytest.mark.parametrize(("x", "y"), [(-10, -4), (90, 60), (200, 10), (10, -50), (-300, 0)])
def test_layers_may_hang_over_the_edge(x: int, y: int) -> None:
    out = blended(plate((255, 255, 255), 1.0, x, y))
    inside = np.zeros((64, 96), bool)
    inside[max(0, y) : max(0, y + 10), max(0, x) : max(0, x + 20)] = True
    assert np.abs(out[~inside] - GREY).max() <= 2
    if inside.any():
        assert out[inside].min() > 250


def test_only_a_new_revision_is_taken() -> None:
    compositor = Compositor(96, 64)
    compositor.set_layers([plate((255, 255, 255), 1.0, 30, 20, revision=1)])
    compositor.set_layers([plate((0, 0, 0), 1.0, 30, 20, revision=1)])
    out = picture()
    compositor.blend(out)
    assert i420_to_rgb(out)[25, 35].min() > 250
    compositor.set_layers([plate((0, 0, 0), 1.0, 30, 20, revision=2)])
    out = picture()
    compositor.blend(out)
    assert i420_to_rgb(out)[25, 35].max() < 5
    compositor.set_layers([])
    out = picture()
    compositor.blend(out)
    assert (out == picture()).all()
