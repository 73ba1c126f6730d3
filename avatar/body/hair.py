"""A head of hair: strands planted on the scalp, laid by their style, given out as ribbons."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int
from scipy.spatial import cKDTree

from avatar.body.anatomy import Anatomy
from avatar.body.hairline import angle_about_head, hairline_y
from avatar.body.hairstyles import lay_strands
from avatar.body.locks import Growth, Head, Locks, Planted, gather_locks, refine
from avatar.body.mesh import grid_quads, split_quads, unit
from avatar.body.surface import Surface
from avatar.presenter import HairSettings
from core.motion import BONE_INDEX, BONES

RINGS = 18
_HANGING = ("shoulder", "long", "bob")
_STRANDS_EACH = {"shoulder": 22, "long": 22, "bob": 22, "tied": 22, "short": 9, "curly": 4}
# in a lock
_LOCKS_SHARE = 0.6
# of how strands differ in tone: the rest is each strand's own


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


def build_hair(scalp: Surface, outer: Surface, settings: HairSettings, anatomy: Anatomy) -> Surface:
    """Ribbons for every strand, innermost first.

    Args:
        outer: the clothes that hair may come to lie on.
    """
    rng = np.random.default_rng(settings.seed)
    points = np.concatenate([scalp.points, outer.points])
    normals = np.concatenate([scalp.normals, outer.normals])
    obstacle = Obstacle(points, normals, cKDTree(points))
    roots = _plant_roots(scalp, settings, anatomy, rng)
    depth = rng.random(len(roots)) ** 1.1
    head = Head(anatomy, _measure_skull(scalp, anatomy), _shoulder_tops(outer))
    planted = Planted(roots, depth, gather_locks(roots, _STRANDS_EACH[settings.style], rng))
    locks = lay_strands(Growth(planted, head, settings, rng, np.linspace(0, 1, RINGS)))
    strands = _settle(locks, obstacle)
    ribbons = _ribbons(strands, locks, planted.lock, obstacle, settings, anatomy, rng)
    return ribbons


def _plant_roots(
    scalp: Surface, settings: HairSettings, anatomy: Anatomy, rng: np.random.Generator
) -> Float[np.ndarray, "strands 3"]:
    """Places on the scalp, evenly by area, denser along hairline and parting, thin at its edge."""
    points = scalp.points
    line = hairline_y(angle_about_head(points, anatomy), anatomy, settings)
    grows = (points[:, 1] > line - 0.03) & (np.abs(points[:, 0]) < 0.80)
    faces = scalp.triangles[grows[scalp.triangles].all(1)]
    a, b, c = (points[faces[:, k]] for k in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    centre = (a + b + c) / 3
    above = centre[:, 1] - hairline_y(angle_about_head(centre, anatomy), anatomy, settings)
    chance = area * (1 + 1.6 * np.exp(-(((above - 0.05) / 0.16) ** 2)))
    if settings.style in _HANGING:
        beside = np.abs(centre[:, 0] - settings.parting_m * 10)
        parted = np.exp(-((beside / 0.14) ** 2)) * (centre[:, 2] > anatomy.head_centre[2] - 0.5)
        chance = chance * (1 + 2.0 * parted)
    chance = chance * np.clip((above + 0.04) / 0.16, 0.02, 1.0) ** 1.5
    chosen = rng.choice(len(faces), settings.strands, p=chance / chance.sum())
    share = rng.dirichlet((1, 1, 1), settings.strands)
    out: np.ndarray = (points[faces[chosen]] * share[..., None]).sum(1)
    return out


def _measure_skull(scalp: Surface, anatomy: Anatomy) -> Float[np.ndarray, " 3"]:
    """Half of the skull's width, height and depth, above the ears."""
    near = scalp.points[np.abs(scalp.points[:, 1] - anatomy.eye_y - 0.45) < 0.1]
    height = anatomy.crown_y - anatomy.head_centre[1] - 0.12
    return np.array([np.abs(near[:, 0]).max(), height, np.ptp(near[:, 2]) / 2])


def _shoulder_tops(outer: Surface) -> tuple[cKDTree, Float[np.ndarray, " tops"]]:
    """The tops of the shoulders, to be looked up from above: x, z -> nearest points."""
    up = outer.points[outer.normals[:, 1] > 0.25]
    return cKDTree(up[:, [0, 2]]), up[:, 1]


def _settle(locks: Locks, obstacle: Obstacle) -> Float[np.ndarray, "strands rings 3"]:
    """Strands at their distance from the head, and out of the body everywhere."""
    path = locks.path.copy()
    n, rings = path.shape[:2]
    wanted = locks.clearance.reshape(-1)
    bound = locks.bound.reshape(-1)
    for turn in range(5):
        flat = path.reshape(-1, 3)
        distance, out = obstacle.distance(flat)
        # Far points know little of where the skull is: go there in steps.
        move = np.clip(wanted - distance, -0.25, 0.35)
        move = np.where(bound > 0, move * bound, np.maximum(move, 0))
        moved = (flat + out * move[:, None]).reshape(n, rings, 3)
        moved[:, 0] = locks.path[:, 0]
        if turn < 4:
            moved[:, 1:-1] = 0.5 * moved[:, 1:-1] + 0.25 * (moved[:, :-2] + moved[:, 2:])
        path = moved
    rings = locks.curl.shape[1]
    out_path: np.ndarray = (refine(path, rings) if rings != path.shape[1] else path) + locks.curl
    return out_path


def _ribbons(
    strands: Float[np.ndarray, "strands rings 3"],
    locks: Locks,
    lock: Int[np.ndarray, " strands"],
    obstacle: Obstacle,
    settings: HairSettings,
    anatomy: Anatomy,
    rng: np.random.Generator,
) -> Surface:
    n, rings = strands.shape[:2]
    depth = locks.depth
    tangent = unit(np.gradient(strands, axis=1))
    _, normal = obstacle.distance((strands - locks.curl).reshape(-1, 3))
    normal = normal.reshape(n, rings, 3)
    radial = strands - np.array([0, 0, anatomy.head_centre[2] - 0.1])
    radial[..., 1] = 0
    low = np.clip((anatomy.eye_y - 0.1 - strands[..., 1]) / 0.4, 0, 1)[..., None] * 0.85
    normal = normal * (1 - low) + unit(radial) * low
    # What a curl turns towards the light is lit.
    normal = unit(normal + locks.curl * (10.0 if locks.light is None else 16.0))
    normal = unit(normal - tangent * (normal * tangent).sum(-1, keepdims=True))
    for _ in range(6 if locks.light is None else 0):
        normal[:, 1:-1] = 0.5 * normal[:, 1:-1] + 0.25 * (normal[:, :-2] + normal[:, 2:])
    across = unit(np.cross(tangent, normal))
    # Light runs along locks: along every turn of every curl it would fall apart into specks.
    smooth = unit(np.gradient(strands - locks.curl, axis=1))
    width = np.interp(
        np.linspace(0, 1, rings), [0, 0.08, 0.5, 0.85, 1], [0.25, 0.8, 1.0, 0.8, 0.35]
    )
    width = width[None, :, None] * (locks.width * rng.uniform(0.7, 1.3, n))[:, None, None]
    points = np.stack([strands - across * width, strands + across * width], 2)
    normals = unit(np.stack([normal - across * 0.3, normal + across * 0.3], 2))
    uvs = np.zeros((n, rings, 2, 2))
    uvs[..., 0] = [0.0, 1.0]
    uvs[..., 1] = np.linspace(0, 1, rings)[None, :, None] / rng.uniform(0.9, 1.0, (n, 1, 1))
    extra = np.zeros((n, rings, 2, 4))
    tone = rng.random(int(lock.max()) + 1)[lock] * _LOCKS_SHARE
    extra[..., 0] = (tone + rng.random(n) * (1 - _LOCKS_SHARE))[:, None, None]
    light = 0.62 + 0.38 * depth[:, None] if locks.light is None else locks.light
    extra[..., 1] = light[..., None]
    # Above a half: ringlets, which are neither combed nor lit as straight hair.
    extra[..., 2] = (locks.light is not None) * rng.uniform(0.8, 1.0, (n, 1, 1))
    # Few hairs of a lock are wholly grey or wholly not.
    mixed = 0.5 * np.sqrt(settings.grey * (1 - settings.grey)) * rng.standard_normal(n)
    extra[..., 3] = np.clip(settings.grey + mixed, 0, 1)[:, None, None]
    quads = grid_quads(rings, 2)
    order = np.argsort(depth + 0.15 * strands[:, rings // 3, 2])
    all_quads = (quads[None] + (order * rings * 2)[:, None, None]).reshape(-1, 4)
    flat = points.reshape(-1, 3)
    return Surface(
        name="hair", material="hair", points=flat, normals=normals.reshape(-1, 3),
        triangles=split_quads(all_quads), weights=_follow(flat, settings, anatomy),
        uvs=np.clip(uvs, 0, 1).reshape(-1, 2),
        tangents=np.repeat(smooth[:, :, None], 2, 2).reshape(-1, 3),
        extra=extra.reshape(-1, 4),
    )  # fmt: skip


def _follow(
    points: Float[np.ndarray, "vertices 3"], settings: HairSettings, anatomy: Anatomy
) -> Float[np.ndarray, "vertices bones"]:
    """The head's hair turns with it; what lies on the shoulders stays with them."""
    low, high = anatomy.neck[1] - 0.9, anatomy.chin[1] + 0.1
    head = np.clip((points[:, 1] - low) / (high - low), 0, 1)
    head = head * head * (3 - 2 * head)
    if settings.style not in _HANGING:
        head = np.ones_like(head)
    weights = np.zeros((len(points), len(BONES)))
    weights[:, BONE_INDEX["head"]] = head
    weights[:, BONE_INDEX["upperChest"]] = 1 - head
    return weights
