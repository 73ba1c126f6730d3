"""Where hair begins: the height of the hairline all round a head."""

import numpy as np
from jaxtyping import Float

from avatar.body.anatomy import Anatomy
from avatar.presenter import HairSettings

_DEGREES = [0, 22, 40, 56, 68, 80, 88, 98, 112, 130, 150, 180]
_HANGING = [0.66, 0.63, 0.52, 0.30, 0.04, -0.20, -0.22, 0.00, -0.30, -0.52, -0.66, -0.72]
_CLEAR = [0.63, 0.61, 0.54, 0.36, 0.12, -0.22, -0.16, 0.16, 0.06, -0.34, -0.56, -0.62]
# height of the hairline above the eyes, in crown heights, at each angle from the front; the second
# stays clear of the ears
_RECEDED = [0.05, 0.16, 0.20, 0.12, 0.02, 0, 0, 0, 0, 0, 0, 0]


def hairline_y(
    angle: Float[np.ndarray, "*any"], anatomy: Anatomy, hair: HairSettings
) -> Float[np.ndarray, "*any"]:
    """Height of the hairline at an angle (radians) about the head, 0 in front."""
    line = _HANGING if hair.style in ("shoulder", "long", "bob") else _CLEAR
    heights = np.asarray(line) + hair.recede * np.asarray(_RECEDED)
    height = np.interp(np.degrees(np.abs(angle)), _DEGREES, heights)
    # No hairline is a drawn line.
    height = height + 0.014 * np.sin(9.0 * angle + 0.7) + 0.010 * np.sin(23.0 * angle)
    out: np.ndarray = anatomy.eye_y + anatomy.crown_height * height
    return out


def angle_about_head(
    points: Float[np.ndarray, "*any 3"], anatomy: Anatomy
) -> Float[np.ndarray, "*any"]:
    """Angle about the head's axis, 0 in front, positive to the figure's left."""
    return np.arctan2(points[..., 0], points[..., 2] - anatomy.head_centre[2])
