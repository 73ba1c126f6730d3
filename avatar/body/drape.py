"""Where on a garment each vertex is: along and about the sleeve, for the folds that light finds."""

from dataclasses import replace

import numpy as np
from jaxtyping import Float

from avatar.body.mesh import unit
from avatar.body.rig import Rig
from avatar.body.surface import Surface
from core.motion import BONE_INDEX, BONES

WOOL, SHIRT, KNIT, RIGID = 0.0, 1.0, 2.0, 3.0
WEAVES = {"blazer": WOOL, "suit": WOOL, "shirt": SHIRT, "knit": KNIT, "dress": SHIRT}
_ON_TORSO = -1.0
_SLEEVE = ("Arm", "Hand", "Thumb", "Index", "Middle", "Ring", "Little")
# a cuff may reach over the hand
_ARM = {
    side: [
        i for i, b in enumerate(BONES) if b.startswith(side) and any(part in b for part in _SLEEVE)
    ]
    for side in ("left", "right")
}


def drape(surface: Surface, rig: Rig, weave: float) -> Surface:
    """The surface with `extra` as cloth has it: along and about the sleeve, weave."""
    extra = np.zeros((len(surface.points), 4))
    extra[:, 0], extra[:, 3] = _ON_TORSO, weave
    for side, bones in _ARM.items():
        mine = surface.weights[:, bones].sum(1) > 0.5
        if mine.any():
            extra[mine, :3] = _on_sleeve(surface.points[mine], rig, side)
    return replace(surface, extra=extra)


def _on_sleeve(
    points: Float[np.ndarray, "vertices 3"], rig: Rig, side: str
) -> Float[np.ndarray, "vertices 3"]:
    shoulder, elbow, wrist = (
        rig.joints_dm[BONE_INDEX[side + bone]] for bone in ("UpperArm", "LowerArm", "Hand")
    )
    upper, fore = elbow - shoulder, wrist - elbow
    length = np.linalg.norm(upper) + np.linalg.norm(fore)
    on_upper = np.clip((points - shoulder) @ upper / (upper @ upper), 0, 1)
    on_fore = np.clip((points - elbow) @ fore / (fore @ fore), 0, 1.2)
    lower = (points - elbow) @ unit(upper + fore) > 0
    foot = np.where(
        lower[:, None], elbow + on_fore[:, None] * fore, shoulder + on_upper[:, None] * upper
    )
    along = np.where(
        lower,
        np.linalg.norm(upper) + on_fore * np.linalg.norm(fore),
        on_upper * np.linalg.norm(upper),
    )
    axis = unit(np.where(lower[:, None], fore, upper))
    forward = unit(np.array([0.0, 0.0, 1.0]) - axis * axis[:, 2:])
    aside = np.cross(axis, forward)
    out = unit(points - foot)
    return np.stack([along / length, (out * forward).sum(1), (out * aside).sum(1)], 1)
