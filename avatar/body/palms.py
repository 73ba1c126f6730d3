"""The inside of the hands: paler than their backs, with the three lines that fists leave."""

import numpy as np
from jaxtyping import Float32

from avatar.body.canvas import Canvas
from avatar.body.mesh import unit
from avatar.body.raster import fill_texture
from avatar.body.rig import Rig
from avatar.body.surface import Surface
from core.motion import BONE_INDEX

_PALE = "#dca48e"
_LINE = (0.87, 0.76, 0.73)
_WIDTH, _FOLD = 0.009, 0.045
# of a line and of the soft fold it lies in, in lengths of the palm


def paint_palms(canvas: Canvas, hands: Surface, rig: Rig) -> None:
    """Paint the palms of both hands onto their texture."""
    corners = hands.uvs[hands.triangles]
    normals, _ = fill_texture(corners, hands.normals[hands.triangles], canvas.size)
    # dark skin has far paler palms, fair skin hardly
    pale = 0.12 + 0.8 * max(0.7 - float(canvas.colour.mean()), 0.0)
    for side, sign in (("left", 1.0), ("right", -1.0)):
        wrist, index, middle, little = (
            rig.joints_dm[BONE_INDEX[side + bone]]
            for bone in ("Hand", "IndexProximal", "MiddleProximal", "LittleProximal")
        )
        length = float(np.linalg.norm(middle - wrist))
        along = (middle - wrist) / length
        palm = unit(np.cross(index - little, along)) * -sign
        mine = (canvas.x * sign > 0) & (normals @ palm.astype(np.float32) > 0)
        inside = np.where(mine, np.clip(1.4 * (normals @ palm) - 0.2, 0, 1), 0)
        canvas.blend(_PALE, pale * inside)
        offset = (canvas.positions - wrist) / length
        thumbwards = unit(index - little - along * float((index - little) @ along))
        lines = _lines(offset @ along, offset @ thumbwards)
        canvas.deepen(inside * lines, _LINE)


def _lines(
    up: Float32[np.ndarray, "size size"], aside: Float32[np.ndarray, "size size"]
) -> Float32[np.ndarray, "size size"]:
    """How much of a line there is, from the wrist up and from the middle towards the thumb."""
    about_thumb = np.hypot(up - 0.20, aside - 0.55) - 0.55
    life = (about_thumb, np.minimum(0.36 - aside, up + 0.05))
    t = np.clip((0.36 - aside) / 0.75, 0, 1)
    head = (up - 0.72 + 0.30 * t**1.6, np.minimum(0.36 - aside, aside + 0.36))
    t = np.clip((aside + 0.52) / 0.62, 0, 1)
    heart = (up - 0.70 - 0.22 * t**1.8, np.minimum(0.10 - aside, aside + 0.52))
    out = np.zeros_like(up)
    for away, within in (life, head, heart):
        ends = np.clip(within / 0.12, 0, 1)
        line = 0.75 * np.exp(-((away / _WIDTH) ** 2)) + 0.35 * np.exp(-((away / _FOLD) ** 2))
        out = np.maximum(out, ends * line)
    return out
