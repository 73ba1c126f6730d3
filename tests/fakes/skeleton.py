"""The skeleton of nobody in particular: 1.65 m tall, arms 45 degrees from the body."""

import numpy as np

from core.motion import BONE_INDEX, BONES, Pose, Skeleton

_TRUNK = {
    "hips": ("", (0.0, 0.92, 0.0)),
    "spine": ("hips", (0.0, 1.00, -0.005)),
    "chest": ("spine", (0.0, 1.11, -0.01)),
    "upperChest": ("chest", (0.0, 1.22, -0.015)),
    "neck": ("upperChest", (0.0, 1.37, -0.02)),
    "head": ("neck", (0.0, 1.46, 0.005)),
    "leftEye": ("head", (0.031, 1.53, 0.075)),
    "rightEye": ("head", (-0.031, 1.53, 0.075)),
}
# along the arm from the shoulder, and towards the viewer from its line
_ARM = {
    "UpperArm": ("Shoulder", 0.0, 0.0),
    "LowerArm": ("UpperArm", 0.26, 0.0),
    "LowerArmTwist": ("LowerArm", 0.375, 0.02),
    "Hand": ("LowerArmTwist", 0.49, 0.04),
}
_FINGERS = {"Index": 0.028, "Middle": 0.008, "Ring": -0.012, "Little": -0.030}


def make_skeleton() -> Skeleton:
    places = dict(_TRUNK)
    for side, sign in (("left", 1.0), ("right", -1.0)):
        shoulder = np.array([sign * 0.155, 1.335, -0.02])
        along = np.array([sign * 0.7071, -0.7071, 0.0])
        forward = np.array([0.0, 0.0, 1.0])
        places[f"{side}Shoulder"] = ("upperChest", (sign * 0.03, 1.345, 0.0))
        for part, (parent, far, front) in _ARM.items():
            places[f"{side}{part}"] = (
                side + parent,
                tuple(shoulder + along * far + forward * front),
            )
        wrist = np.array(places[f"{side}Hand"][1])
        for finger, front in _FINGERS.items():
            parent = "Hand"
            for part, far in (("Proximal", 0.085), ("Intermediate", 0.125), ("Distal", 0.15)):
                at = wrist + along * far + forward * front
                places[f"{side}{finger}{part}"] = (side + parent, tuple(at))
                parent = finger + part
        parent = "Hand"
        for part, far, front in (
            ("Metacarpal", 0.015, 0.02), ("Proximal", 0.045, 0.05), ("Distal", 0.075, 0.06),
        ):  # fmt: skip
            at = wrist + along * far + forward * front
            places[f"{side}Thumb{part}"] = (side + parent, tuple(at))
            parent = f"Thumb{part}"
    return Skeleton(
        np.array([BONE_INDEX.get(places[bone][0], -1) for bone in BONES], np.int32),
        np.array([places[bone][1] for bone in BONES], np.float32),
    )


def posed_joints(skeleton: Skeleton, pose: Pose) -> dict[str, np.ndarray]:
    """Where each joint is in a pose (forward kinematics), metres."""
    x, y, z, w = pose.rotations.astype(float).T
    turns = np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    ).transpose(2, 0, 1)
    joints = skeleton.joints_m.astype(float)
    world: list[tuple[np.ndarray, np.ndarray]] = []
    for bone, parent in enumerate(skeleton.parents):
        base, shift = world[parent] if parent >= 0 else (np.eye(3), np.zeros(3))
        turn = base @ turns[bone]
        world.append((turn, base @ joints[bone] + shift - turn @ joints[bone]))
    return {name: turn @ joints[i] + shift for i, (name, (turn, shift)) in
            enumerate(zip(BONES, world, strict=True))}  # fmt: skip
