"""The 163 bones of the MakeHuman rig folded into the bones of `core.motion`, and the bind pose."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Float64, Int32
from scipy.spatial.transform import Rotation

from avatar.body.makehuman import VERTICES, RigBone
from core.motion import BONE_INDEX, BONES, Skeleton

_PARENTS = {
    "spine": "hips", "chest": "spine", "upperChest": "chest", "neck": "upperChest",
    "head": "neck", "leftEye": "head", "rightEye": "head",
    "Shoulder": "upperChest", "UpperArm": "Shoulder", "LowerArm": "UpperArm",
    "LowerArmTwist": "LowerArm", "Hand": "LowerArmTwist",
}  # fmt: skip
_FINGERS = ("Thumb", "Index", "Middle", "Ring", "Little")


@dataclass(frozen=True, slots=True, eq=False)
class Rig:
    """The base bound to our bones."""

    parents: Int32[np.ndarray, " bones"]
    joints_dm: Float64[np.ndarray, "bones 3"]
    weights: Float64[np.ndarray, "vertices bones"]
    # of every vertex of the base; rows sum to 1

    def skeleton(self, floor_dm: float) -> Skeleton:
        """The same joints in metres, with the floor at 0."""
        joints = (self.joints_dm - [0.0, floor_dm, 0.0]) * 0.1
        return Skeleton(self.parents, joints.astype(np.float32))


def fold_rig(bones: dict[str, RigBone], vertices_dm: Float64[np.ndarray, "vertices 3"]) -> Rig:
    """Our skeleton and weights for a shaped base; bones we do not have go to their ancestor."""
    names = _folded_names()
    weights = np.zeros((VERTICES, len(BONES)))
    for name, bone in bones.items():
        ours = _owner(name, bones, names)
        indices, amounts = bone.weights
        np.add.at(weights[:, BONE_INDEX[ours]], indices, amounts)
    total = weights.sum(1, keepdims=True)
    unbound = total[:, 0] < 1e-6
    weights = weights / np.maximum(total, 1e-6)
    weights[unbound, BONE_INDEX["hips"]] = 1.0
    heads = {v: k for k, v in reversed(_HEADS)}
    joints = np.array([vertices_dm[bones[heads[name]].head].mean(0) for name in BONES])
    legs = [bones[f"upperleg01.{end}"].head for end in "LR"]
    joints[BONE_INDEX["hips"]] = vertices_dm[np.concatenate(legs)].mean(0)
    parents = np.array([BONE_INDEX.get(parent_of(name), -1) for name in BONES], np.int32)
    return Rig(parents, joints, weights)


def pose_rig(
    rig: Rig, vertices_dm: Float64[np.ndarray, "vertices 3"], turns: dict[str, Rotation]
) -> tuple[Rig, Float64[np.ndarray, "vertices 3"]]:
    """The rig and base with some bones turned about their joints, as the new pose to bind in."""
    world = np.zeros((len(BONES), 3, 4))
    for i, name in enumerate(BONES):
        matrix = turns.get(name, Rotation.identity()).as_matrix()
        local = np.c_[matrix, rig.joints_dm[i] - matrix @ rig.joints_dm[i]]
        parent = rig.parents[i]
        world[i] = local if parent < 0 else _compose(world[parent], local)
    blended = np.einsum("vb,bij->vij", rig.weights, world)
    moved = np.einsum("vij,vj->vi", blended[:, :, :3], vertices_dm) + blended[:, :, 3]
    joints = np.einsum("bij,bj->bi", world[:, :, :3], rig.joints_dm) + world[:, :, 3]
    return Rig(rig.parents, joints, rig.weights), moved


def strongest_four(
    weights: Float64[np.ndarray, "vertices bones"],
) -> tuple[Int32[np.ndarray, "vertices 4"], Float32[np.ndarray, "vertices 4"]]:
    """The four bones that pull most at each vertex, with weights that sum to 1."""
    order = np.argsort(-weights, 1, kind="stable")[:, :4]
    amounts = np.take_along_axis(weights, order, 1)
    amounts = amounts / amounts.sum(1, keepdims=True)
    return order.astype(np.int32), amounts.astype(np.float32)


def arms_down(rig: Rig) -> dict[str, Rotation]:
    """Turns that let the arms of the base's A pose hang, the elbows a little bent."""
    turns: dict[str, Rotation] = {}
    for side, sign in (("left", 1.0), ("right", -1.0)):
        shoulder = rig.joints_dm[BONE_INDEX[f"{side}UpperArm"]]
        elbow = rig.joints_dm[BONE_INDEX[f"{side}LowerArm"]]
        wrist = rig.joints_dm[BONE_INDEX[f"{side}Hand"]]
        upper = _towards(elbow - shoulder, np.array([sign * 0.20, -0.97, -0.05]))
        fore = _towards(upper.apply(wrist - elbow), np.array([sign * 0.10, -0.97, 0.22]))
        turns[f"{side}UpperArm"] = upper
        turns[f"{side}LowerArm"] = upper.inv() * fore * upper
    return turns


def _towards(now: Float64[np.ndarray, " 3"], wanted: Float64[np.ndarray, " 3"]) -> Rotation:
    """The least turn that takes one direction to the other."""
    a, b = now / np.linalg.norm(now), wanted / np.linalg.norm(wanted)
    axis = np.cross(a, b)
    angle = np.arctan2(np.linalg.norm(axis), a @ b)
    return Rotation.from_rotvec(axis / (np.linalg.norm(axis) + 1e-12) * angle)


def _compose(
    outer: Float64[np.ndarray, "3 4"], inner: Float64[np.ndarray, "3 4"]
) -> Float64[np.ndarray, "3 4"]:
    turn = outer[:, :3] @ inner[:, :3]
    out: np.ndarray = np.c_[turn, outer[:, :3] @ inner[:, 3] + outer[:, 3]]
    return out


def parent_of(name: str) -> str:
    """The bone that one of `core.motion.BONES` hangs on, "" for the root."""
    side = "left" if name.startswith("left") else "right" if name.startswith("right") else ""
    bare = name.removeprefix(side)
    if name in _PARENTS:
        return _PARENTS[name]
    if bare in _PARENTS:
        above = _PARENTS[bare]
        return above if above == "upperChest" else side + above
    for finger in _FINGERS:
        if bare.startswith(finger):
            joints = finger_joints(finger)
            at = joints.index(bare.removeprefix(finger))
            return f"{side}{finger}{joints[at - 1]}" if at else f"{side}Hand"
    return ""


def finger_joints(finger: str) -> tuple[str, str, str]:
    """Names of a finger's three joints, from the hand outwards."""
    first = "Metacarpal" if finger == "Thumb" else "Proximal"
    second = "Proximal" if finger == "Thumb" else "Intermediate"
    return first, second, "Distal"


def _named_heads() -> tuple[tuple[str, str], ...]:
    """MakeHuman's bone whose joint is ours, for each of ours."""
    pairs = [
        ("root", "hips"), ("spine05", "spine"), ("spine03", "chest"), ("spine02", "upperChest"),
        ("neck01", "neck"), ("head", "head"), ("eye.L", "leftEye"), ("eye.R", "rightEye"),
    ]  # fmt: skip
    for side, end in (("left", "L"), ("right", "R")):
        for theirs, ours in (
            ("clavicle", "Shoulder"), ("upperarm01", "UpperArm"), ("lowerarm01", "LowerArm"),
            ("lowerarm02", "LowerArmTwist"), ("wrist", "Hand"),
        ):  # fmt: skip
            pairs.append((f"{theirs}.{end}", side + ours))
        for number, finger in enumerate(_FINGERS, 1):
            for joint, part in enumerate(finger_joints(finger), 1):
                pairs.append((f"finger{number}-{joint}.{end}", f"{side}{finger}{part}"))
    return tuple(pairs)


_HEADS = _named_heads()


def _folded_names() -> dict[str, str]:
    names = dict(_HEADS)
    # The lids follow ARKit's shapes, not the eyeball's bone.
    del names["eye.L"], names["eye.R"]
    return names


def _owner(name: str, bones: dict[str, RigBone], names: dict[str, str]) -> str:
    while name not in names:
        name = bones[name].parent
    return names[name]
