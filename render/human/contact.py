"""What arms and hands hold light from, in the pose they have: spheres that the shaders know.

Baked light belongs to the pose of the mesh. Where a hand lies on the other, or an arm before the
trunk, a few spheres inside them stand in for their form, after the ambient occlusion of spheres by
Inigo Quilez.
"""

from typing import Final

import numpy as np
from jaxtyping import Float32

from core.human import Part
from core.motion import BONE_INDEX, Skeleton
from render.human.region import Region, split_regions

_ARM: Final = (
    ("LowerArm", "LowerArmTwist", 0.5, 0.17),
    ("LowerArmTwist", "Hand", 0.4, 0.145),
    ("Hand", "MiddleProximal", 0.6, 0.15),
    ("MiddleProximal", "MiddleIntermediate", 0.8, 0.12),
)
# from this joint towards that one, by this share; radius in lengths of the forearm
_FINGERS: Final = ("Index", "Middle", "Ring", "Little")
_HAND: Final = (
    *((f"{finger}Intermediate", f"{finger}Distal", 0.6, 0.11) for finger in _FINGERS),
    ("IndexProximal", "MiddleIntermediate", 0.5, 0.13),
    ("RingProximal", "LittleIntermediate", 0.5, 0.11),
    ("ThumbProximal", "ThumbDistal", 1.0, 0.125),
    ("Hand", "IndexProximal", 0.7, 0.18),
    ("Hand", "LittleProximal", 0.7, 0.17),
)
# radius in lengths of the palm
_SIDES: Final = ("left", "right")

_ARM_SPHERES: Final = len(_SIDES) * len(_ARM)
_SPHERES: Final = _ARM_SPHERES + len(_SIDES) * len(_HAND)

BLOCK: Final = f"\n#define SPHERES {_SPHERES}"
"""Size of the array in the shaders' uniform block."""


def sphere_range(part: Part) -> str:
    """Which spheres take light from this part: fingers from hands, whole arms from cloth."""
    if part.material == "cloth":
        first, end, typical_m = 0, _ARM_SPHERES, 0.032
    elif set(split_regions(part)) == {Region.ARMS}:
        first, end, typical_m = _ARM_SPHERES, _SPHERES, 0.011
    else:
        return ""
    return (
        f"\n#define FIRST_SPHERE {first}\n#define END_SPHERE {end}"
        f"\n#define TYPICAL_SPHERE {typical_m}"
    )


class ContactSpheres:
    """The spheres of one skeleton: those of the arms first, then those of the hands."""

    def __init__(self, skeleton: Skeleton) -> None:
        joints = skeleton.joints_m

        def length(one: str, other: str) -> float:
            return float(np.linalg.norm(joints[BONE_INDEX[other]] - joints[BONE_INDEX[one]]))

        bones, centres, radii = [], [], []
        for group, (first, last) in (
            (_ARM, ("LowerArm", "Hand")),
            (_HAND, ("Hand", "MiddleProximal")),
        ):
            for side in _SIDES:
                unit_m = length(side + first, side + last)
                for bone, towards, share, radius in group:
                    start, end = joints[BONE_INDEX[side + bone]], joints[BONE_INDEX[side + towards]]
                    bones.append(BONE_INDEX[side + bone])
                    centres.append(start + share * (end - start))
                    radii.append(radius * unit_m)
        self._bones = np.array(bones)
        self._centres_m = np.array(centres, np.float32)
        self._out = np.zeros((_SPHERES, 4), np.float32)
        self._out[:, 3] = np.square(radii)

    def at(self, matrices: Float32[np.ndarray, "bones 3 4"]) -> Float32[np.ndarray, "spheres 4"]:
        """Centre (metres) and squared radius where these bones are; always the same array."""
        moved = matrices[self._bones]
        turned = np.einsum("sij,sj->si", moved[:, :, :3], self._centres_m)
        np.add(turned, moved[:, :, 3], out=self._out[:, :3])
        return self._out
