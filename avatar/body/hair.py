"""A head of hair grown strand by strand, given out as cards with tangents."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from scipy.spatial import cKDTree

from avatar.body.anatomy import Anatomy
from avatar.body.mesh import grid_quads, split_quads, unit
from avatar.body.surface import Surface
from avatar.presenter import HairSettings
from core.motion import BONE_INDEX, BONES

_RINGS = 30
_STEP = 0.115
_LINE_DEG = [0, 25, 45, 60, 72, 82, 95, 110, 140, 180]
_LINE = [0.60, 0.585, 0.50, 0.30, 0.05, -0.25, -0.05, -0.35, -0.62, -0.72]
# height of the hairline above the eyes, in crown heights, at each angle from the front


@dataclass(frozen=True, slots=True, eq=False)
class Obstacle:
    """What strands may not grow into: oriented points with a signed distance."""

    points: Float[np.ndarray, "points 3"]
    normals: Float[np.ndarray, "points 3"]
    tree: cKDTree

    def distance(
        self, at: Float[np.ndarray, "strands 3"]
    ) -> tuple[Float[np.ndarray, " strands"], Float[np.ndarray, "strands 3"]]:
        """How far outside each point is, and the direction out."""
        away, index = self.tree.query(at, 6)
        share = 1 / (away + 0.02)
        share /= share.sum(1, keepdims=True)
        out = unit((self.normals[index] * share[..., None]).sum(1))
        signed = ((at[:, None] - self.points[index]) * self.normals[index]).sum(-1)
        return (signed * share).sum(1), out


def hairline_y(angle: Float[np.ndarray, "*any"], anatomy: Anatomy) -> Float[np.ndarray, "*any"]:
    """Height of the hairline at an angle (radians) about the head, 0 in front."""
    height = np.interp(np.degrees(np.abs(angle)), _LINE_DEG, _LINE)
    return anatomy.eye_y + anatomy.crown_height * height


def angle_about_head(
    points: Float[np.ndarray, "*any 3"], anatomy: Anatomy
) -> Float[np.ndarray, "*any"]:
    """Angle about the head's axis, 0 in front, positive to the figure's left."""
    return np.arctan2(points[..., 0], points[..., 2] - anatomy.head_centre[2])


def build_hair(
    scalp: Surface, jacket: Surface, settings: HairSettings, anatomy: Anatomy
) -> Surface:
    """Cards for every strand, innermost first."""
    rng = np.random.default_rng(settings.seed)
    points = np.concatenate([scalp.points, jacket.points])
    normals = np.concatenate([scalp.normals, jacket.normals])
    obstacle = Obstacle(points, normals, cKDTree(points))
    shoulders = Obstacle(jacket.points, jacket.normals, cKDTree(jacket.points))
    roots = _plant_roots(scalp, settings, anatomy, rng)
    depth = rng.random(len(roots)) ** 1.1
    grown = _grow(roots, depth, (obstacle, shoulders), settings, anatomy, rng)
    # Strands that the shoulders turned outwards are cut off at the root.
    reach = np.abs(grown[..., 0])
    above = grown[..., 1] > anatomy.chin[1]
    flare = np.where(above, 0.0, reach).max(1) - np.where(above, reach, 0.0).max(1)
    neat = flare < 0.02
    return _cards(grown[neat], depth[neat], obstacle, anatomy, rng)


def _plant_roots(
    scalp: Surface, settings: HairSettings, anatomy: Anatomy, rng: np.random.Generator
) -> Float[np.ndarray, "strands 3"]:
    """Places on the scalp, evenly by area, denser along the hairline and the parting."""
    points = scalp.points
    grows = points[:, 1] > hairline_y(angle_about_head(points, anatomy), anatomy) + 0.015
    grows &= np.abs(points[:, 0]) < 0.80
    faces = scalp.triangles[grows[scalp.triangles].all(1)]
    a, b, c = (points[faces[:, k]] for k in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    centre = (a + b + c) / 3
    above = centre[:, 1] - hairline_y(angle_about_head(centre, anatomy), anatomy)
    beside = np.abs(centre[:, 0] - settings.parting_m * 10)
    parted = np.exp(-((beside / 0.14) ** 2)) * (centre[:, 2] > anatomy.head_centre[2] - 0.5)
    chance = area * (1 + 2.2 * np.exp(-((above / 0.18) ** 2)) + 3.0 * parted)
    count = settings.strands
    chosen = rng.choice(len(faces), count, p=chance / chance.sum())
    share = rng.dirichlet((1, 1, 1), count)
    out: np.ndarray = (points[faces[chosen]] * share[..., None]).sum(1)
    return out


def _grow(
    roots: Float[np.ndarray, "strands 3"],
    depth: Float[np.ndarray, " strands"],
    obstacles: tuple[Obstacle, Obstacle],
    settings: HairSettings,
    anatomy: Anatomy,
    rng: np.random.Generator,
) -> Float[np.ndarray, "strands rings 3"]:
    """Strands from the root to the tip, each with the same number of points."""
    n = len(roots)
    obstacle, jacket = obstacles
    centre, eye_y = anatomy.head_centre, anatomy.eye_y
    parting = settings.parting_m * 10
    side = np.where(roots[:, 0] > parting + 0.04 * rng.standard_normal(n), 1.0, -1.0)
    _, outward = obstacle.distance(roots)
    behind = np.clip((centre[2] - roots[:, 2]) / 1.2 + 0.35, 0, 1)
    start = np.stack([side * (0.95 - 0.5 * behind), -0.05 - 0.3 * behind, -0.50 - 0.4 * behind], 1)
    heading = unit(start + 0.28 * outward * (0.4 + depth[:, None]))
    at = roots + outward * 0.012
    angle = np.degrees(np.abs(angle_about_head(roots, anatomy)))
    forward = angle < 86 + 14 * rng.standard_normal(n)
    phase = rng.random(n) * 2 * np.pi
    tip_y = anatomy.chin[1] - settings.tips_below_chin_m * 10 + rng.normal(0, 0.04, n)
    tip_y += 0.15 * rng.random(n) ** 3
    steps = int((anatomy.crown_y - tip_y.min()) * 1.5 / _STEP)
    # At the back it reaches behind the collar, so that no gap shows beside the neck.
    back = behind > 0.75
    tip_y -= 0.40 * back
    path = [roots]
    done = np.zeros(n, bool)
    for k in range(1, steps):
        clearance = (0.03 + settings.volume_m * 7 * depth) * min(1, k / 4) + 0.01
        pull = np.tile([0.0, -(0.20 + 0.42 * min(1, k / 8)), 0.0], (n, 1))
        x, y, z = at.T
        around = angle_about_head(at, anatomy)
        above = y - hairline_y(around, anatomy)
        # Combed back: what would fall over the brow is led along the hairline to the temple.
        fringe = np.clip((0.20 - above) / 0.20, 0, 1) * (np.abs(around) < 1.15) * (z > centre[2])
        fringe *= y > eye_y - 0.1
        pull[:, 0] += side * 0.34 * fringe
        pull[:, 1] += 0.46 * fringe
        pull[:, 2] -= 0.60 * fringe
        on_face = (z > centre[2] + 0.36) & (y < eye_y + 0.5 * anatomy.crown_height)
        on_face &= (y > eye_y - 1.6) & (np.abs(x) < 0.80)
        pull[:, 0] += np.where(on_face, side * 0.55, 0)
        pull[:, 2] += np.where(on_face, -0.30, 0)
        # Beside the face it hangs close, over the ears.
        wide = np.clip((np.abs(x) - 0.80) / 0.3, 0, 1) * (y < eye_y + 0.35)
        pull[:, 0] -= 0.30 * np.sign(x) * wide
        low = y < eye_y - 0.55
        pull[:, 2] += np.where(low, np.where(forward, 0.10, -0.02), 0)
        tuck = np.clip((tip_y + 0.55 - y) / 0.55, 0, 1) * settings.tuck
        pull[:, 0] -= 0.34 * tuck * x / 0.9
        pull[:, 2] -= 0.34 * tuck * (z - centre[2]) / 0.9
        wave = settings.wave * 0.12
        pull[:, 0] += wave * np.sin(0.6 * phase + k * 0.30)
        pull[:, 2] += wave * np.cos(0.7 * phase + k * 0.30)
        heading = unit(heading * 0.80 + pull)
        # A strand ends at its height, or where it would come to lie on the shoulders.
        done |= (y < tip_y) | ((y < eye_y - 1.0) & (jacket.distance(at)[0] < 0.12) & ~back)
        at = at + heading * np.where(done, 0.0, _STEP)[:, None]
        for _ in range(2):
            distance, out = obstacle.distance(at)
            inside = np.clip(clearance - distance, 0, 0.3)
            at = at + out * np.where(done, 0.0, inside)[:, None]
            into = np.minimum((heading * out).sum(1), 0) * (inside > 0)
            heading = unit(heading - out * into[:, None])
        path.append(at.copy())
        if done.all():
            break
    return _resample(np.stack(path, 1))


def _resample(
    path: Float[np.ndarray, "strands steps 3"],
) -> Float[np.ndarray, "strands rings 3"]:
    """The same strands with points at equal distances, smoothed a little."""
    lengths = np.linalg.norm(np.diff(path, axis=1), axis=2)
    along = np.concatenate([np.zeros((len(path), 1)), np.cumsum(lengths, 1)], 1)
    out = np.empty((len(path), _RINGS, 3))
    for i, (strand, at) in enumerate(zip(path, along, strict=True)):
        wanted = np.linspace(0, at[-1], _RINGS)
        for axis in range(3):
            out[i, :, axis] = np.interp(wanted, at, strand[:, axis])
    for _ in range(2):
        out[:, 1:-1] = 0.5 * out[:, 1:-1] + 0.25 * (out[:, :-2] + out[:, 2:])
    return out


def _cards(
    strands: Float[np.ndarray, "strands rings 3"],
    depth: Float[np.ndarray, " strands"],
    obstacle: Obstacle,
    anatomy: Anatomy,
    rng: np.random.Generator,
) -> Surface:
    n = len(strands)
    tangent = unit(np.gradient(strands, axis=1))
    normal = np.stack([obstacle.distance(strands[:, k])[1] for k in range(_RINGS)], 1)
    radial = strands - np.array([0, 0, anatomy.head_centre[2] - 0.1])
    radial[..., 1] = 0
    low = np.clip((anatomy.eye_y - 0.3 - strands[..., 1]) / 0.5, 0, 1)[..., None] * 0.75
    normal = normal * (1 - low) + unit(radial) * low
    normal = unit(normal - tangent * (normal * tangent).sum(-1, keepdims=True))
    for _ in range(2):
        normal[:, 1:-1] = 0.5 * normal[:, 1:-1] + 0.25 * (normal[:, :-2] + normal[:, 2:])
    across = np.cross(tangent, normal)
    width = np.interp(
        np.linspace(0, 1, _RINGS), [0, 0.08, 0.5, 0.85, 1], [0.04, 0.075, 0.085, 0.07, 0.03]
    )
    width = width[None, :, None] * rng.uniform(0.75, 1.3, (n, 1, 1))
    points = np.stack(
        [strands - across * width, strands + normal * 0.02, strands + across * width], 2
    )
    normals = unit(np.stack([normal - across * 0.35, normal, normal + across * 0.35], 2))
    tangents = np.repeat(tangent[:, :, None], 3, 2)
    uvs = np.zeros((n, _RINGS, 3, 2))
    uvs[..., 0] = [0.0, 0.5, 1.0]
    uvs[..., 1] = np.linspace(0, 1, _RINGS)[None, :, None] / rng.uniform(0.9, 1.0, (n, 1, 1))
    extra = np.zeros((n, _RINGS, 3, 4))
    extra[..., 0] = rng.random((n, 1, 1))
    extra[..., 1] = depth[:, None, None]
    extra[..., 2] = rng.random((n, 1, 1))
    quads = grid_quads(_RINGS, 3)[:, [0, 1, 2, 3]]
    order = np.argsort(depth + 0.15 * strands[:, 10, 2])
    all_quads = (quads[None] + (order * _RINGS * 3)[:, None, None]).reshape(-1, 4)
    flat = points.reshape(-1, 3)
    return Surface(
        name="hair", material="hair", points=flat, normals=normals.reshape(-1, 3),
        triangles=split_quads(all_quads), weights=_follow(flat, anatomy),
        uvs=np.clip(uvs, 0, 1).reshape(-1, 2), tangents=tangents.reshape(-1, 3),
        extra=extra.reshape(-1, 4),
    )  # fmt: skip


def _follow(
    points: Float[np.ndarray, "vertices 3"], anatomy: Anatomy
) -> Float[np.ndarray, "vertices bones"]:
    """The head's hair turns with it; what lies on the shoulders stays with them."""
    low, high = anatomy.neck[1] - 0.9, anatomy.chin[1] + 0.1
    head = np.clip((points[:, 1] - low) / (high - low), 0, 1)
    head = head * head * (3 - 2 * head)
    weights = np.zeros((len(points), len(BONES)))
    weights[:, BONE_INDEX["head"]] = head
    weights[:, BONE_INDEX["upperChest"]] = 1 - head
    return weights
