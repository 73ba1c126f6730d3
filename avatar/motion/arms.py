"""Postures of an arm, written in arm lengths and solved for one human's skeleton."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from jaxtyping import Float

from avatar.motion.rotations import frame, from_matrices, matrix, unit, vectors
from core.motion import BONE_INDEX, Skeleton

Side = Literal["left", "right"]
Direction = tuple[float, float, float]
# outwards (away from the other arm), up, towards the viewer

FINGERS: Final = ("Index", "Middle", "Ring", "Little")
ARM: Final = (
    "Shoulder", "UpperArm", "LowerArm", "LowerArmTwist", "Hand",
    *(f"Thumb{joint}" for joint in ("Metacarpal", "Proximal", "Distal")),
    *(f"{finger}{joint}" for finger in FINGERS for joint in
      ("Proximal", "Intermediate", "Distal")),
)  # fmt: skip
_TWIST_SHARE: Final = 0.6
# of the forearm's roll, taken by the twist bone; the wrist takes the rest


@dataclass(frozen=True, slots=True)
class Hand:
    """How the fingers are held, in radians."""

    curl: tuple[float, float, float, float]
    # at the first joint of index, middle, ring, little
    thumb: tuple[float, float]
    # (across the palm, curl of its two outer joints)
    splay: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    # of the same fingers towards the thumb, 0 when they are parallel to the palm's middle


@dataclass(frozen=True, slots=True)
class Posture:
    """Where one arm is."""

    wrist: Direction
    # from the shoulder joint, in arm lengths (shoulder to wrist, straight)
    elbow: Direction
    # roughly where the elbow points
    fingers: Direction
    palm: Direction
    # where the palm faces; made square to `fingers`
    hand: Hand
    from_middle: float | None = None
    # hands that meet: how far the wrist is from the body's middle in lengths of the palm, instead
    # of `wrist[0]`; shoulders are of many widths


def arm_bones(side: Side) -> np.ndarray:
    """Indices into BONES of one arm, in the order of `ARM`."""
    return np.array([BONE_INDEX[f"{side}{part}"] for part in ARM])


def solve(skeleton: Skeleton, side: Side, posture: Posture) -> Float[np.ndarray, "arm 3"]:
    """Local turns (rotation vectors, in the order of `ARM`) that bring an arm into a posture.

    The elbow follows from the law of cosines; a wrist out of reach is brought nearer. Two thirds of
    the palm's roll goes to the forearm's twist bone.
    """
    joint = dict(zip(ARM, skeleton.joints_m[arm_bones(side)].astype(float), strict=True))
    sign = 1.0 if side == "left" else -1.0

    def towards(direction: Direction) -> np.ndarray:
        return np.array([sign * direction[0], direction[1], direction[2]])

    upper0 = joint["LowerArm"] - joint["UpperArm"]
    fore0 = joint["Hand"] - joint["LowerArm"]
    length_m = float(np.linalg.norm(upper0) + np.linalg.norm(fore0))
    upper1, fore1 = _reach(
        float(np.linalg.norm(upper0)),
        float(np.linalg.norm(fore0)),
        towards((_outwards(posture, joint, length_m), *posture.wrist[1:])) * length_m,
        towards(posture.elbow),
    )
    hinge0, hinge1 = np.cross(upper0, fore0), np.cross(upper1, fore1)
    if np.linalg.norm(hinge0) < 0.02 * np.linalg.norm(upper0) * np.linalg.norm(fore0):
        hinge0 = np.cross(upper0, [0.0, 0.0, 1.0])  # a straight arm bends forwards
    upper = frame(upper1, hinge1) @ frame(upper0, hinge0).T
    fore = frame(fore1, hinge1) @ frame(fore0, hinge0).T

    along0 = joint["MiddleProximal"] - joint["Hand"]
    palm0 = unit(np.cross(_across(joint), along0)) * -sign
    hand = frame(towards(posture.fingers), towards(posture.palm)) @ frame(along0, palm0).T

    roll = _roll(fore.T @ hand, unit(fore0)) * _TWIST_SHARE
    twisted = fore @ matrix(unit(fore0) * roll)
    turns = {part: np.eye(3) for part in ARM}
    turns["UpperArm"] = upper
    turns["LowerArm"] = upper.T @ fore
    turns["LowerArmTwist"] = fore.T @ twisted
    turns["Hand"] = twisted.T @ hand
    turns.update(_hand_turns(posture.hand, joint, unit(along0), palm0))
    return vectors(from_matrices(np.stack([turns[part] for part in ARM])))


def _outwards(posture: Posture, joint: dict[str, np.ndarray], length_m: float) -> float:
    if posture.from_middle is None:
        return posture.wrist[0]
    palm_m = float(np.linalg.norm(joint["MiddleProximal"] - joint["Hand"]))
    return (posture.from_middle * palm_m - abs(float(joint["UpperArm"][0]))) / length_m


def _reach(
    upper_m: float, fore_m: float, wrist_m: np.ndarray, pole: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Directions of upper arm and forearm for a wrist relative to the shoulder."""
    far_m = 0.985 * (upper_m + fore_m)
    near_m = 1.05 * abs(upper_m - fore_m) + 0.25 * fore_m
    distance_m = float(np.clip(np.linalg.norm(wrist_m), near_m, far_m))
    line = unit(wrist_m)
    along_m = (upper_m**2 - fore_m**2 + distance_m**2) / (2 * distance_m)
    aside_m = np.sqrt(max(upper_m**2 - along_m**2, 0.0))
    elbow_m = line * along_m + unit(pole - line * float(pole @ line)) * aside_m
    return unit(elbow_m), unit(line * distance_m - elbow_m)


def _roll(turn: np.ndarray, axis: np.ndarray) -> float:
    """The part of a turn that is about `axis`, -pi to pi."""
    x, y, z, w = from_matrices(turn[None])[0]
    angle = 2 * np.arctan2(np.array([x, y, z]) @ axis, w)
    return float((angle + np.pi) % (2 * np.pi) - np.pi)


def _hand_turns(
    hand: Hand, joint: dict[str, np.ndarray], along: np.ndarray, palm: np.ndarray
) -> dict[str, np.ndarray]:
    out = {}
    inwards = unit(np.cross(along, palm))  # turns the fingers towards the palm
    side = unit(_across(joint) - along * float(_across(joint) @ along))
    for finger, curl, splay in zip(FINGERS, hand.curl, hand.splay, strict=True):
        line = joint[f"{finger}Intermediate"] - joint[f"{finger}Proximal"]
        aside = float(np.arctan2(line @ side, line @ along))
        # bent fingers close up, however they are splayed
        wanted = splay * float(np.clip(1 - curl / 0.9, 0.0, 1.0))
        spread = matrix(np.cross(along, side) * (wanted - aside))
        bend = unit(np.cross(line, palm))
        out[f"{finger}Proximal"] = matrix(inwards * curl) @ spread
        out[f"{finger}Intermediate"] = matrix(bend * curl * 1.1)
        out[f"{finger}Distal"] = matrix(bend * curl * 0.7)
    across, curl = hand.thumb
    out["ThumbMetacarpal"] = matrix(unit(np.cross(side, palm)) * across)
    bend = unit(np.cross(joint["ThumbDistal"] - joint["ThumbProximal"], -side))
    out["ThumbProximal"] = matrix(bend * curl * 0.8)
    out["ThumbDistal"] = matrix(bend * curl)
    return out


def _across(joint: dict[str, np.ndarray]) -> np.ndarray:
    """From the little finger's knuckle to the index's."""
    out: np.ndarray = joint["IndexProximal"] - joint["LittleProximal"]
    return out
