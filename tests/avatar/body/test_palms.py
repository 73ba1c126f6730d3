import numpy as np
import pytest

from avatar.body.canvas import Canvas
from avatar.body.hands import build_hands
from avatar.body.palms import paint_palms
from avatar.body.raster import fill_texture
from avatar.body.simplify import unwrap_surface
from avatar.body.surface import Surface
from core.motion import BONE_INDEX
from tests.avatar.body.bust import Bust

SIZE = 256


@pytest.fixture(scope="module")
def hands(bust: Bust) -> Surface:
    return unwrap_surface(build_hands(bust.vertices, bust.rig, bust.anatomy))


def painted(hands: Surface, bust: Bust, tone: str) -> tuple[Canvas, np.ndarray]:
    """The canvas, and how far each texel lies on the palm's side of its hand's joints, in dm."""
    corners = hands.uvs[hands.triangles]
    filled, _ = fill_texture(corners, hands.points[hands.triangles], SIZE)
    canvas = Canvas(filled, tone, seed=1)
    paint_palms(canvas, hands, bust.rig)
    inside = np.zeros((SIZE, SIZE))
    for side, sign in (("left", 1.0), ("right", -1.0)):
        wrist, index, little = (
            bust.rig.joints_dm[BONE_INDEX[side + bone]]
            for bone in ("Hand", "IndexProximal", "LittleProximal")
        )
        out = np.cross(little - wrist, index - wrist) * sign
        up = (index + little) / 2 - wrist
        up /= up @ up
        # between wrist and knuckles: fingers curl
        mine = (canvas.x * sign > 0) & (np.abs((filled - wrist) @ up - 0.5) < 0.4)
        inside[mine] = ((filled - wrist) @ (out / np.linalg.norm(out)))[mine]
    return canvas, inside


@pytest.mark.parametrize(
    ("tone", "least", "most"), [("#5a3826", 0.08, 0.4), ("#efc9b0", -0.05, 0.05)]
)
def test_palms_of_dark_hands_are_paler_than_their_backs(
    bust: Bust, hands: Surface, tone: str, least: float, most: float
) -> None:
    canvas, inside = painted(hands, bust, tone)
    brightness = canvas.colour.mean(-1)
    paler = brightness[inside > 0.1].mean() - brightness[inside < -0.1].mean()
    assert least < paler < most


def test_only_palms_have_lines(bust: Bust, hands: Surface) -> None:
    canvas, inside = painted(hands, bust, "#efc9b0")
    redness = canvas.colour[..., 0] - canvas.colour[..., 2]
    back = redness[inside < -0.1]
    assert np.ptp(back) < 0.02
    lines = redness > redness[inside > 0.1].mean() + 0.04
    assert 0.001 < (lines & (inside > 0)).mean() < 0.1
