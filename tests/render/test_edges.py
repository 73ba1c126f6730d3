import numpy as np

from render.edges import EdgeSoftener


def test_only_borders_of_marks_change() -> None:
    rgba = np.zeros((20, 20, 4), np.uint8)
    luma = np.zeros((20, 20), np.uint8)
    rgba[:, 10:, 3] = 128
    luma[:, 10:] = 200
    luma[5, 3] = 200  # a detail within one material
    EdgeSoftener(20, 20).soften(luma, rgba)
    assert 0 < luma[10, 9] < luma[10, 10] < 200
    assert luma[5, 3] == 200
    assert (luma[:, :8] > 0).sum() == 1
    assert (luma[:, 12:] == 200).all()
