"""Where things are on one shaped body: what paint, clothes and hair are placed by. Decimetres."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from avatar.body.makehuman import load_base, load_face_unit
from avatar.body.rig import Rig
from core.motion import BONE_INDEX

Point = Float64[np.ndarray, " 3"]

_NOSE_WING = 6978
# vertex of the base: every shaped body has the same ones


@dataclass(frozen=True, slots=True, eq=False)
class Anatomy:
    """Measures of one body in its bind pose."""

    eye_centres: tuple[Point, Point]
    # the figure's left, then right
    eye_radius: float
    eye_y: float
    crown_y: float
    floor_y: float
    head_centre: Point
    mouth: Point
    # middle of the closed lips, on the skin
    chin: Point
    nose_wing: Point
    # where the left wing of the nose meets the cheek
    neck: Point
    # joint at the root of the neck
    head_joint: Point

    @property
    def crown_height(self) -> float:
        """From the eyes up to the crown."""
        return self.crown_y - self.eye_y


def measure_body(vertices: Float64[np.ndarray, "vertices 3"], rig: Rig) -> Anatomy:
    """The measures of a shaped, posed base."""
    base = load_base()
    body = vertices[base.vertices_of("body")]
    spheres = [fit_sphere(vertices[base.vertices_of(f"helper-{s}-eye")]) for s in "lr"]
    (left, left_radius), (right, right_radius) = spheres
    eye_y = float(left[1] + right[1]) / 2
    crown_y = float(body[:, 1].max())
    above = body[body[:, 1] > eye_y]
    depth = (above[:, 2].min() + above[:, 2].max()) / 2
    jaw = load_face_unit("jawOpen")
    drops = jaw.indices[(jaw.offsets_dm[:, 1] < -0.2) & (jaw.indices < len(body))]
    # The lips meet where what the jaw takes along ends.
    lower = vertices[drops[np.abs(vertices[drops, 0]) < 0.005]]
    mouth_y = float(lower[:, 1].max())
    middle = body[np.abs(body[:, 0]) < 0.03]
    lips = middle[np.abs(middle[:, 1] - mouth_y) < 0.12]
    below = middle[(middle[:, 1] < mouth_y - 0.25) & (middle[:, 2] > depth)]
    forward = below[below[:, 1] > mouth_y - 0.6]
    return Anatomy(
        eye_centres=(left, right),
        eye_radius=(left_radius + right_radius) / 2,
        eye_y=eye_y,
        crown_y=crown_y,
        floor_y=float(body[:, 1].min()),
        head_centre=np.array([0.0, eye_y + 0.12 * (crown_y - eye_y), depth]),
        mouth=np.array([0.0, mouth_y, lips[:, 2].max()]),
        chin=forward[np.argmin(forward[:, 1] - 0.5 * forward[:, 2])],
        nose_wing=vertices[_NOSE_WING],
        neck=rig.joints_dm[BONE_INDEX["neck"]],
        head_joint=rig.joints_dm[BONE_INDEX["head"]],
    )


def fit_sphere(points: Float64[np.ndarray, "points 3"]) -> tuple[Point, float]:
    """Centre and radius of the sphere nearest to the points, by least squares."""
    system = np.c_[2 * points, np.ones(len(points))]
    solution = np.linalg.lstsq(system, (points**2).sum(1), rcond=None)[0]
    centre = solution[:3]
    return centre, float(np.sqrt(solution[3] + centre @ centre))
