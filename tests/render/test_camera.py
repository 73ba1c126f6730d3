import numpy as np
import pytest

from render.camera import frame_human
from tests.fakes.human import tiny_human


@pytest.mark.parametrize(("width", "height"), [(720, 1280), (1280, 720)])
def test_head_is_in_the_upper_half_and_nothing_is_stretched(width: int, height: int) -> None:
    human = tiny_human()
    matrix = frame_human(human, width, height).matrix()
    face_z = float(np.mean([eye.centre_m[2] for eye in human.eyes]))

    def pixel(x: float, y: float) -> np.ndarray:
        clip = matrix @ (x, y, face_z, 1.0)
        out: np.ndarray = (clip[:2] / clip[3] * 0.5 + 0.5) * (width, height)
        return out

    crown, chin = (pixel(0, human.landmarks_m[name][1]) for name in ("crown", "chin"))
    # rows count from the top, since the picture is drawn upside down
    assert 0 < crown[1] < chin[1] < 0.6 * height
    assert np.isclose(crown[0], width / 2)
    across, up = pixel(0.1, 1.5) - pixel(0, 1.5), pixel(0, 1.4) - pixel(0, 1.5)
    assert np.isclose(across[0], up[1], rtol=1e-3)
