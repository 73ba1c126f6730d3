import cv2
import numpy as np
import pytest

from render.edges import EdgeSoftener

SIZE = 64


def half_plane(normal: tuple[float, float], scale: int) -> np.ndarray:
    """Share of each pixel on one side of a line through the middle, sampled `scale` times."""
    at = (np.arange(SIZE * scale) + 0.5) / scale - SIZE / 2 - 0.21
    inside = at[None, :] * normal[0] + at[:, None] * normal[1] > 0
    shares: np.ndarray = inside.reshape(SIZE, scale, SIZE, scale).mean((1, 3))
    return shares


def soften(luma: np.ndarray, mark: np.ndarray) -> np.ndarray:
    rgba = np.zeros((SIZE, SIZE, 4), np.uint8)
    rgba[..., 3] = mark
    out = luma.copy()
    EdgeSoftener(SIZE, SIZE).soften(out, rgba)
    return out


@pytest.mark.parametrize(
    ("normal", "left"),
    [((6, 1), 0.6), ((6, -1), 0.6), ((1, 6), 0.6), ((-1, 6), 0.6), ((3, 1), 0.8)],
)
def test_a_border_comes_near_to_what_supersampling_gives(
    normal: tuple[float, float], left: float
) -> None:
    """The stairs of a lapel over a shirt: two cloths whose marks are but little apart."""
    hard = half_plane(normal, 1)
    drawn = (40 + 180 * hard).astype(np.uint8)
    wanted = 40 + 180 * half_plane(normal, 16)
    inner = np.s_[6:-6, 6:-6]

    def error(picture: np.ndarray) -> float:
        return float(np.sqrt(((picture - wanted)[inner] ** 2).mean()))

    softened = soften(drawn, np.where(hard > 0.5, 133, 117).astype(np.uint8))
    assert error(softened) < left * error(drawn)


@pytest.mark.parametrize("normal", [(2, -3), (1, 1), (-3, 2)])
def test_a_line_that_leans_is_not_blurred_more_than_by_a_small_mean(
    normal: tuple[float, float],
) -> None:
    hard = half_plane(normal, 1)
    drawn = (40 + 180 * hard).astype(np.uint8)
    softened = soften(drawn, np.where(hard > 0.5, 133, 117).astype(np.uint8))
    blurred = cv2.GaussianBlur(drawn, (3, 3), 0)
    inner = np.s_[6:-6, 6:-6]
    wanted = 40 + 180 * half_plane(normal, 16)
    off, off_blurred = (np.abs(p - wanted)[inner].mean() for p in (softened, blurred))
    assert off < 1.05 * off_blurred


def test_only_borders_of_marks_change() -> None:
    rng = np.random.default_rng(1)
    luma = rng.integers(0, 255, (SIZE, SIZE)).astype(np.uint8)
    mark = np.full((SIZE, SIZE), 30, np.uint8)
    mark[:, 30:] = 128
    out = soften(luma, mark)
    assert (out[:, :29] == luma[:, :29]).all()
    assert (out[:, 31:] == luma[:, 31:]).all()
    assert (out[8:-8, 29:31] != luma[8:-8, 29:31]).mean() > 0.5


def test_a_mark_that_changes_slowly_is_no_border() -> None:
    rng = np.random.default_rng(1)
    luma = rng.integers(0, 255, (SIZE, SIZE)).astype(np.uint8)
    slope = (100 + np.arange(SIZE) // 2).astype(np.uint8)
    assert (soften(luma, np.tile(slope, (SIZE, 1))) == luma).all()


def test_a_thin_rim_keeps_its_darkness() -> None:
    """A line three pixels wide is averaged along itself, not into what lies beside it."""
    luma = np.full((SIZE, SIZE), 200, np.uint8)
    mark = np.full((SIZE, SIZE), 40, np.uint8)
    luma[30:33, 8:56], mark[30:33, 8:56] = 20, 180
    out = soften(luma, mark)
    assert (out[30:33, 14:50] == 20).all()
    assert (out[29, 14:50] == 200).all()
