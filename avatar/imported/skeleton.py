"""A foreign skeleton as ours: where the joints are, and which of our bones carries each vertex."""

from typing import Final

import numpy as np
from jaxtyping import Float

from avatar.body.rig import finger_joints, parent_of
from avatar.imported.bones import BoneMap, ancestors
from avatar.imported.scene import RawSurface, Scene
from core.motion import BONE_INDEX, BONES

_FINGERS: Final = ("Thumb", "Index", "Middle", "Ring", "Little")
_ASIDE: Final = {"Thumb": 0.20, "Index": 0.13, "Middle": 0.04, "Ring": -0.05, "Little": -0.13}
# towards the thumb's side, in head heights
_SPINE_SHARES: Final = {"spine": 0.10, "chest": 0.35, "upperChest": 0.60}
# of the way from hips to neck
_TWIST_FROM, _TWIST_TO = 0.15, 0.85
# of the forearm: where it begins and has fully begun to turn with the wrist
_HAIR_FROM, _HAIR_OVER = 0.2, 1.0
# head heights below the head's joint: where hair begins to lie on the shoulders, and over how far

PARENTS: Final = np.array([BONE_INDEX.get(parent_of(name), -1) for name in BONES], np.int32)


def place_joints(
    known: dict[str, np.ndarray], head_height: float, eyes: dict[str, np.ndarray]
) -> Float[np.ndarray, "bones 3"]:
    """A joint for every bone: those of the file, and likely places for those that it lacks.

    Args:
        known: joints of the file in the figure's axes.
        head_height: from chin to crown, in the same unit; what is guessed is measured by it.
        eyes: centres of leftEye and rightEye, where the file has no bones for them.
    """
    h = head_height
    at = dict(known)
    at.setdefault("neck", at["head"] - h * np.array([0.0, 0.45, 0.15]))
    at.setdefault("hips", at["neck"] - h * np.array([0.0, 2.5, 0.0]))
    for bone, share in _SPINE_SHARES.items():
        at.setdefault(bone, at["hips"] + share * (at["neck"] - at["hips"]))
    for bone, centre in eyes.items():
        at.setdefault(bone, centre)
    for side, sign in (("left", 1.0), ("right", -1.0)):
        _place_arm(at, side, sign, h)
    return np.array([at[name] for name in BONES])


def _place_arm(at: dict[str, np.ndarray], side: str, sign: float, h: float) -> None:
    upper = at.setdefault(f"{side}UpperArm", at["neck"] + h * np.array([0.65 * sign, -0.4, 0.0]))
    at.setdefault(f"{side}Shoulder", at["neck"] + 0.2 * (upper - at["neck"]))
    lower = at.setdefault(f"{side}LowerArm", upper + h * np.array([0.2 * sign, -1.0, 0.0]))
    hand = at.setdefault(f"{side}Hand", lower + h * np.array([0.1 * sign, -0.95, 0.1]))
    at.setdefault(f"{side}LowerArmTwist", (lower + hand) / 2)
    along = (hand - lower) / max(float(np.linalg.norm(hand - lower)), 1e-9)
    # the thumb lies in front, whether arms hang or stretch out with the palms down
    aside = np.array([0.0, 0.0, 1.0]) - along * along[2]
    aside = aside / max(float(np.linalg.norm(aside)), 1e-9)
    for finger in _FINGERS:
        first = 0.12 if finger == "Thumb" else 0.42
        for step, joint in enumerate(finger_joints(finger)):
            reach = along * (first + 0.16 * step) + aside * _ASIDE[finger]
            at.setdefault(f"{side}{finger}{joint}", hand + h * reach)


def bone_weights(
    scene: Scene, bones: BoneMap, surface: RawSurface, eye_gain: float
) -> Float[np.ndarray, "vertices bones"]:
    """The file's weights gathered on our bones: each of its joints counts for what it hangs on.

    Args:
        eye_gain: how far the eyes turn for a turn of ours; the head takes the rest of their weight.
    """
    ours = {node: name for name, node in bones.nodes.items() if name in BONE_INDEX}
    used = np.unique(surface.joints)
    table = np.zeros(int(used.max()) + 1, int)
    for node in used:
        hung = (ours[a] for a in ancestors(scene, int(node)) if a in ours)
        table[node] = BONE_INDEX[next(hung, "hips")]
    out = np.zeros((len(surface.points), len(BONES)))
    rows = np.arange(len(out))
    for k in range(surface.joints.shape[1]):
        np.add.at(out, (rows, table[surface.joints[:, k]]), surface.weights[:, k])
    for eye in ("leftEye", "rightEye"):
        given = out[:, BONE_INDEX[eye]] * (1 - eye_gain)
        out[:, BONE_INDEX[eye]] -= given
        out[:, BONE_INDEX["head"]] += given
    return out


def hang_hair(
    scene: Scene, bones: BoneMap, surface: RawSurface, weights: Float[np.ndarray, "vertices bones"],
    joints: Float[np.ndarray, "bones 3"], head_height: float,
) -> None:  # fmt: skip
    """Gives the chest what hangs on the head by bones of its own and lies below it, in place.

    Such hair would swing; here it follows the head above the shoulders and lies still on them.
    """
    head, chest = BONE_INDEX["head"], BONE_INDEX["upperChest"]
    own = {bones.nodes[b] for b in ("head", "leftEye", "rightEye", "jaw") if b in bones.nodes}
    on_head = {i for i in np.unique(surface.joints) if i not in own} & _hung_on(scene, bones)
    hung = (surface.weights * np.isin(surface.joints, list(on_head))).sum(1)
    top = joints[head][1] - _HAIR_FROM * head_height
    low = np.clip((top - surface.points[:, 1]) / (_HAIR_OVER * head_height), 0, 1)
    given = np.minimum(hung * low * low * (3 - 2 * low), weights[:, head])
    weights[:, head] -= given
    weights[:, chest] += given


def _hung_on(scene: Scene, bones: BoneMap) -> set[int]:
    """Nodes that follow the head."""
    head = bones.nodes["head"]
    return {i for i in range(len(scene.nodes)) if head in ancestors(scene, i)}


def spread_twist(
    weights: Float[np.ndarray, "vertices bones"], points: Float[np.ndarray, "vertices 3"],
    joints: Float[np.ndarray, "bones 3"], bones: BoneMap,
) -> None:  # fmt: skip
    """Gives forearms without a twist bone one, in place: more of it the nearer the wrist."""
    for side in ("left", "right"):
        lower, twist, hand = (
            BONE_INDEX[side + bone] for bone in ("LowerArm", "LowerArmTwist", "Hand")
        )
        if f"{side}LowerArmTwist" in bones.nodes:
            continue
        along = joints[hand] - joints[lower]
        share = (points - joints[lower]) @ along / max(float(along @ along), 1e-9)
        share = np.clip((share - _TWIST_FROM) / (_TWIST_TO - _TWIST_FROM), 0, 1)
        given = weights[:, lower] * share
        weights[:, lower] -= given
        weights[:, twist] += given
