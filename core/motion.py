"""How a face and body move: the skeleton, one pose, a run of poses.

Axes of the figure: x to its own left (the viewer's right), y up, z towards the viewer; metres.
Bone names follow the VRM 1.0 humanoid (github.com/vrm-c/vrm-specification), with one twist bone
more in each forearm, because a wrist turned without it looks wrung.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Float32, Int32

from core.arrays import sealed
from core.blendshapes import COUNT

_FINGERS = tuple(
    f"{finger}{joint}"
    for finger in ("Thumb", "Index", "Middle", "Ring", "Little")
    for joint in (
        ("Metacarpal", "Proximal", "Distal")
        if finger == "Thumb"
        else ("Proximal", "Intermediate", "Distal")
    )
)
_ARM = ("Shoulder", "UpperArm", "LowerArm", "LowerArmTwist", "Hand", *_FINGERS)

BONES: Final[tuple[str, ...]] = (
    "hips", "spine", "chest", "upperChest", "neck", "head", "leftEye", "rightEye",
    *(f"left{part}" for part in _ARM),
    *(f"right{part}" for part in _ARM),
)  # fmt: skip
"""Parents come before their children. Forearm: LowerArm -> LowerArmTwist -> Hand."""

BONE_INDEX: Final[dict[str, int]] = {name: i for i, name in enumerate(BONES)}


@dataclass(frozen=True, slots=True, eq=False)
class Skeleton:
    """Where the joints of one human are in the pose its mesh was made in."""

    parents: Int32[np.ndarray, " bones"]
    # index into BONES, -1 for the root
    joints_m: Float32[np.ndarray, "bones 3"]

    def __post_init__(self) -> None:
        object.__setattr__(self, "parents", sealed(self.parents, np.int32, 1, "parents"))
        object.__setattr__(self, "joints_m", sealed(self.joints_m, np.float32, 2, "joints_m"))
        if self.joints_m.shape != (len(BONES), 3) or self.parents.shape != (len(BONES),):
            raise ValueError(f"a skeleton has {len(BONES)} bones, not {self.joints_m.shape}")
        if any(p >= i for i, p in enumerate(self.parents)):
            raise ValueError("a bone's parent must come before it")


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """One picture's worth of motion."""

    weights: Float32[np.ndarray, " 52"]
    # ARKit blendshapes, 0 to 1, in the order of core.blendshapes.ARKIT
    rotations: Float32[np.ndarray, "bones 4"]
    # quaternions x y z w, in the figure's axes, relative to the pose of the mesh and to the parent:
    # world(bone) = world(parent) @ turn about the bone's joint

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", sealed(self.weights, np.float32, 1, "weights"))
        object.__setattr__(self, "rotations", sealed(self.rotations, np.float32, 2, "rotations"))
        if self.weights.shape != (COUNT,) or self.rotations.shape != (len(BONES), 4):
            raise ValueError(f"pose of {self.weights.shape} weights, {self.rotations.shape} turns")


def rest_rotations() -> Float32[np.ndarray, "bones 4"]:
    """No turn at all: the pose of the mesh."""
    out = np.zeros((len(BONES), 4), np.float32)
    out[:, 3] = 1.0
    return out


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """A run of poses at a room's picture rate."""

    fps: float
    weights: Float32[np.ndarray, "frames 52"]
    rotations: Float32[np.ndarray, "frames bones 4"]

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", sealed(self.weights, np.float32, 2, "weights"))
        object.__setattr__(self, "rotations", sealed(self.rotations, np.float32, 3, "rotations"))
        if len(self.weights) != len(self.rotations):
            raise ValueError(f"{len(self.weights)} weights but {len(self.rotations)} rotations")
