"""The mark of each surface, written to alpha: where it jumps, `render.edges` softens a border.

Over one surface it may change slowly, so that a finger differs from the palm it lies on and a
forearm from the trunk before which it is held, though both are one part.
"""

from typing import Final

import numpy as np
from jaxtyping import Float32

from core.human import Part
from core.motion import BONES

SURFACES: Final = {"skin": 0.16, "eye": 0.38, "mouth": 0.39, "hair": 0.80}
# 0 is the room, 1 the table
_CLOTHS: Final = (0.52, 0.46, 0.72)
# one part after the other: what is worn over something else must differ from it
_HANDS: Final = {"left": 0.28, "right": 0.10}
_FINGERS: Final = {"Thumb": -0.04, "Index": 0.04, "Middle": -0.04, "Ring": 0.04, "Little": -0.04}
# added to the hand's: neighbours differ
_SLEEVE: Final = {"LowerArm": 0.06, "LowerArmTwist": 0.10, "Hand": 0.10}


def cloth_mark(number: int) -> float:
    """That of the figure's first, second, third ... part of cloth."""
    return _CLOTHS[number] if number < len(_CLOTHS) else _CLOTHS[-1 - number % 2]


def vertex_marks(part: Part, base: float) -> Float32[np.ndarray, " vertices"]:
    """The mark at each vertex of a part of skin or cloth whose mark is `base` at its trunk."""
    of_bone = np.full(len(BONES), base)
    for index, bone in enumerate(BONES):
        side = "left" if bone.startswith("left") else "right"
        name = bone.removeprefix(side)
        if part.material == "cloth":
            of_bone[index] += _SLEEVE.get(name, 0.0)
        elif name == "Hand":
            of_bone[index] = _HANDS[side]
        else:
            for finger, more in _FINGERS.items():
                if name.startswith(finger):
                    of_bone[index] = _HANDS[side] + more
    marks: np.ndarray = (of_bone[part.bone_indices] * part.bone_weights).sum(1)
    return marks.astype(np.float32)
