"""Which triangles of a part move with the arms and which with the trunk.

Trunk and arms can be drawn every few pictures; whatever the head moves is drawn for every picture.
"""

from enum import Enum

import numpy as np
from jaxtyping import Float32, Int32

from core.human import Part
from core.motion import BONES

_ARM = np.array([
    any(word in name for word in ("Arm", "Hand", "Thumb", "Index", "Middle", "Ring", "Little"))
    for name in BONES
])  # fmt: skip
_HEAD = np.array([name in ("neck", "head", "leftEye", "rightEye") for name in BONES])
_PLAIN_HEAD_SHARE = 0.02


class Region(Enum):
    TRUNK = "trunk"
    ARMS = "arms"
    HEAD = "head"


def split_regions(part: Part) -> dict[Region, Int32[np.ndarray, "triangles 3"]]:
    """The part's triangles by region; trunk and arms overlap a little, so that no gap opens."""
    if part.morph_count or part.material in ("mouth", "lash", "hair"):
        return {Region.HEAD: part.triangles}
    if part.material == "plain" and _share(part, _HEAD).max(initial=0.0) > _PLAIN_HEAD_SHARE:
        # parts of other makers come with whatever moves with the head apart from the rest
        return {Region.HEAD: part.triangles}
    if _share(part, _HEAD).mean() > 0.5:
        return {Region.HEAD: part.triangles}
    arm = _share(part, _ARM)[part.triangles]
    found = {
        Region.TRUNK: part.triangles[arm.min(axis=1) < 0.55],
        Region.ARMS: part.triangles[arm.max(axis=1) > 0.08],
    }
    return {region: triangles for region, triangles in found.items() if len(triangles)}


def _share(part: Part, chosen: np.ndarray) -> Float32[np.ndarray, " vertices"]:
    """How much of each vertex the chosen bones carry."""
    out: np.ndarray = (part.bone_weights * chosen[part.bone_indices]).sum(axis=1)
    return out
