"""Where eyes, chin and crown are on a foreign head, and what its shapes do to each surface."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Float, Float32

from avatar.imported.drive import Drive
from avatar.imported.scene import RawSurface
from core.blendshapes import ARKIT, COUNT, INDEX
from core.motion import BONE_INDEX

_TOP_PERCENTILE: Final = 99.5
_ON_HEAD: Final = 0.6
# a vertex that the head carries at least so much of belongs to it
_HEAD_BONES: Final = [BONE_INDEX[name] for name in ("head", "leftEye", "rightEye")]
_FRONT: Final = 0.35
# of the way from the head's joint to the tip of the nose: behind that is the throat
_HAIR: Final = 0.06
# of the head's height, above the crown
_HIGHEST: Final = 1.35
# a head against what its eyes tell: above that it is a hat
_BORDER: Final = 0.12
# of the eyes' distance: how softly a shape is cut into halves


@dataclass(frozen=True, slots=True, eq=False)
class Landmarks:
    """In the figure's axes and the file's unit."""

    left_eye: Float[np.ndarray, " 3"]
    right_eye: Float[np.ndarray, " 3"]
    chin: Float[np.ndarray, " 3"]
    mouth: Float[np.ndarray, " 3"]
    top_y: float
    # of what the head carries, hair and hat and all

    @property
    def between_eyes(self) -> Float[np.ndarray, " 3"]:
        middle: np.ndarray = (self.left_eye + self.right_eye) / 2
        return middle

    @property
    def head_height(self) -> float:
        """Chin to crown: twice as far as to the eyes, or more where drawn faces have them lower."""
        by_eyes = 2 * float(self.between_eyes[1] - self.chin[1])
        by_top = float(self.top_y - self.chin[1]) - _HAIR * by_eyes
        return float(np.clip(by_top, by_eyes, _HIGHEST * by_eyes)) if by_eyes > 0 else by_eyes


def arkit_offsets(
    surface: RawSurface, drive: Drive, middle_x: float, border: float
) -> Float32[np.ndarray, "shapes vertices 3"] | None:
    """What each ARKit weight does to a surface; None: nothing.

    Args:
        middle_x, border: where a shape of the whole face is cut into halves, and how softly.
    """
    leftness = np.clip((surface.points[:, 0] - middle_x) / (2 * border) + 0.5, 0, 1)
    shares = {"left": leftness[:, None], "right": 1 - leftness[:, None]}
    out = np.zeros((COUNT, len(surface.points), 3), np.float32)
    for name, terms in drive.terms.items():
        for term in terms:
            for (mesh, target), weight in term.binds.items():
                if mesh == surface.mesh and target in surface.shapes:
                    moved = surface.shapes[target] * (weight * term.factor)
                    out[INDEX[name]] += moved * shares[term.half] if term.half else moved
    return out if np.abs(out).max(initial=0.0) > 0 else None


def find_landmarks(
    surfaces: list[RawSurface], weights: list[np.ndarray], drive: Drive,
    joints: dict[str, np.ndarray],
) -> Landmarks | None:  # fmt: skip
    """The face's landmarks; None where nothing on the head is moved by speech.

    Args:
        joints: of the file, in the figure's axes; the head's at least.
    """
    opened = _pile(surfaces, drive, ("jawOpen",))
    if opened is None:
        return None
    points, offsets, owners = opened
    carried = np.concatenate([weights[i][:, _HEAD_BONES].sum(1) for i in owners])
    strength = np.linalg.norm(offsets, axis=1)
    inside = carried >= _ON_HEAD
    if not inside.any() or strength[inside].max() < 1e-9:
        return None
    mouth = np.average(points[inside], 0, strength[inside])
    eyes = {side: _eye(surfaces, drive, joints, side, mouth) for side in ("left", "right")}
    left, right = eyes["left"], eyes["right"]
    if left is None or right is None:
        # a third of the way up from mouth to the top, as far as that is known
        top = points[inside][:, 1].max()
        middle = np.array([mouth[0], mouth[1] + 0.42 * (top - mouth[1]), mouth[2]])
        aside = np.array([0.3 * (middle[1] - mouth[1]), 0.0, 0.0])
        left, right = middle + aside, middle - aside
    apart = float(abs(left[0] - right[0]))
    middle_x = float(left[0] + right[0]) / 2
    head = joints["head"]
    face = points[inside]
    near = np.abs(face[:, 0] - middle_x) < 0.3 * apart
    front = face[near][:, 2].max() if near.any() else mouth[2]
    before = face[:, 2] > head[2] + _FRONT * (front - head[2])
    profile = face[near & before & (face[:, 1] < left[1])]
    if len(profile):
        chin = profile[profile[:, 1].argmin()]
    else:
        chin = mouth - np.array([0.0, 0.5 * (left[1] - mouth[1]), 0.0])
    heights = [
        s.points[c[:, _HEAD_BONES].sum(1) >= _ON_HEAD, 1]
        for s, c in zip(surfaces, weights, strict=True)
    ]
    top_y = float(np.percentile(np.concatenate(heights), _TOP_PERCENTILE))
    return Landmarks(left, right, np.array([middle_x, chin[1], chin[2]]), mouth, top_y)


def border_of(left_eye: np.ndarray, right_eye: np.ndarray) -> float:
    return max(_BORDER * float(abs(left_eye[0] - right_eye[0])), 1e-6)


def _eye(
    surfaces: list[RawSurface], drive: Drive, joints: dict[str, np.ndarray], side: str,
    mouth: np.ndarray,
) -> np.ndarray | None:  # fmt: skip
    """By its bone, where that lies above the mouth; else by its lid."""
    bone = joints.get(f"{side}Eye")
    if bone is not None and bone[1] > mouth[1]:
        return bone
    lids = _pile(surfaces, drive, (f"eyeBlink{side.capitalize()}",))
    if lids is None:
        return None
    points, offsets, _ = lids
    half = points[:, 0] > mouth[0] if side == "left" else points[:, 0] < mouth[0]
    strength = np.linalg.norm(offsets, axis=1) * half
    return np.average(points, 0, strength) if strength.sum() > 0 else None


def _pile(
    surfaces: list[RawSurface], drive: Drive, names: tuple[str, ...]
) -> tuple[np.ndarray, np.ndarray, list[int]] | None:
    """Points and offsets of all surfaces that these ARKit shapes move, and which those are."""
    points, offsets, owners = [], [], []
    for index, surface in enumerate(surfaces):
        moved = np.zeros_like(surface.points)
        for name in names:
            for term in drive.terms[name]:
                for (mesh, target), weight in term.binds.items():
                    if mesh == surface.mesh and target in surface.shapes:
                        moved += surface.shapes[target] * (weight * term.factor)
        if np.abs(moved).max(initial=0.0) > 0:
            points.append(surface.points)
            offsets.append(moved)
            owners.append(index)
    return (np.concatenate(points), np.concatenate(offsets), owners) if points else None


LOOKS: Final = [INDEX[name] for name in ARKIT if name.startswith("eyeLook")]
"""Shapes that turn eyeballs on faces without bones for them."""
