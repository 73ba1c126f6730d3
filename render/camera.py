"""Where the camera stands and what it frames."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32

from core.human import HumanModel
from core.motion import BONE_INDEX

_DISTANCE_M = 2.4
_NEAR_M, _FAR_M = 0.8, 6.0


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera that looks straight ahead; its picture lies off the axis, so walls stay upright.

    The place is the same for every shape of picture, so that light baked for it fits all.
    """

    eye_m: tuple[float, float, float]
    focus_z_m: float
    # the plane in which the window below is measured
    left_m: float
    right_m: float
    bottom_m: float
    top_m: float

    def matrix(self) -> Float32[np.ndarray, "4 4"]:
        """View and projection, turned upside down: the first row read back is the top."""
        scale = _NEAR_M / (self.eye_m[2] - self.focus_z_m)
        left, right = ((x - self.eye_m[0]) * scale for x in (self.left_m, self.right_m))
        bottom, top = ((y - self.eye_m[1]) * scale for y in (self.bottom_m, self.top_m))
        out = np.zeros((4, 4))
        out[0, 0] = 2 * _NEAR_M / (right - left)
        out[0, 2] = (right + left) / (right - left)
        out[1, 1] = -2 * _NEAR_M / (top - bottom)
        out[1, 2] = -(top + bottom) / (top - bottom)
        out[2, 2] = -(_FAR_M + _NEAR_M) / (_FAR_M - _NEAR_M)
        out[2, 3] = -2 * _FAR_M * _NEAR_M / (_FAR_M - _NEAR_M)
        out[3, 2] = -1.0
        view = np.eye(4)
        view[:3, 3] = -np.asarray(self.eye_m)
        return (out @ view).astype(np.float32)


def camera_place(human: HumanModel) -> tuple[float, float, float]:
    """Where the camera stands: before the chin, at the distance of a portrait lens."""
    _, chin = _head_span_m(human)
    return (0.0, chin, _face_z_m(human) + _DISTANCE_M)


def frame_human(human: HumanModel, width_px: int, height_px: int) -> Camera:
    """Head to hip in a portrait, head and chest in a landscape; the lower part is left to cards."""
    crown, chin = _head_span_m(human)
    head = crown - chin
    aspect = width_px / height_px
    if aspect < 1.0:
        # the AI label stands above the head, below the bar that apps draw over a stream
        height, headroom = 4.4 * head, 0.64 * head
    else:
        height, headroom = 2.75 * head, 0.36 * head
    top = crown + headroom
    half = height * aspect / 2
    centre = camera_place(human)[0]
    return Camera(
        camera_place(human), _face_z_m(human), centre - half, centre + half, top - height, top
    )


def _head_span_m(human: HumanModel) -> tuple[float, float]:
    """Heights of crown and chin."""
    joint = human.skeleton.joints_m[BONE_INDEX["head"]]
    crown = human.landmarks_m.get("crown", (0.0, float(joint[1]) + 0.2, 0.0))
    chin = human.landmarks_m.get("chin", (0.0, float(joint[1]) - 0.02, 0.0))
    return crown[1], chin[1]


def _face_z_m(human: HumanModel) -> float:
    return float(np.mean([eye.centre_m[2] for eye in human.eyes]))
