"""The skin of head, neck and neckline: subdivided, unwrapped, with the 52 face units."""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float, Int

from avatar.body.anatomy import Anatomy
from avatar.body.garment import Neckline
from avatar.body.lips import seal_lips
from avatar.body.makehuman import VERTICES, load_base, load_face_unit
from avatar.body.mesh import cut_piece, split_quads, vertex_normals
from avatar.body.rig import Rig
from avatar.body.simplify import principal_values, simplify_mesh
from avatar.body.surface import Surface
from core.blendshapes import ARKIT, INDEX

_SKIN, _MOUTH, _SOCKET = 0, 1, 2
CYLINDER_TOP = 0.94
# of the texture; above it lie the tiles of mouth and eye sockets
_TILE_LOW, _TILE_HIGH = 0.952, 0.040
_BELOW_NECK = 1.45
# how far down the skin's texture goes, in decimetres
_BLINK = 0.94
# of the unit as it comes, which drives one lid into the other
_NEARLY = 0.75
# of a blink: on no face have the lids met yet, so that their edges share no texel
_TRIANGLES = 7200
_RESTING = {
    "mouthSmileLeft": 1.0, "mouthSmileRight": 1.0, "cheekSquintLeft": 0.5, "cheekSquintRight": 0.5,
    "mouthDimpleLeft": 0.3, "mouthDimpleRight": 0.3,
}  # fmt: skip
# of a smile nobody put on


@dataclass(frozen=True, slots=True, eq=False)
class Skin:
    """The skin before it is painted and thinned out."""

    surface: Surface
    mask_uvs: Float[np.ndarray, "triangles 3 2"]
    # where each triangle's corners lie in the masks of the base
    welded: Int[np.ndarray, "triangles 3"]
    # the same triangles without doubled vertices, as indices into `welded_points`
    welded_points: Float[np.ndarray, "vertices 3"]
    spread_points: Float[np.ndarray, "points 3"]
    # of the surface with its eyes nearly shut: so it is unwrapped and painted, since an open lid
    # is folded into so little that paint would be drawn out to a band as it shuts
    source: Int[np.ndarray, " vertices"]
    # the welded vertex of each vertex of the surface


def face_units() -> Float[np.ndarray, "52 vertices 3"]:
    """Offsets of every vertex of the base for each ARKit shape, in decimetres."""
    out = np.zeros((len(ARKIT), VERTICES, 3))
    for i, name in enumerate(ARKIT):
        target = load_face_unit(name)
        offsets = target.offsets_dm
        if name.startswith("eye"):
            share = _BLINK if name.startswith("eyeBlink") else 1.0
            offsets = share * offsets * _near_eye(name, target.indices)[:, None]
        out[i, target.indices] = offsets
    return out


def _near_eye(name: str, indices: Int[np.ndarray, " moved"]) -> Float[np.ndarray, " moved"]:
    """1 about the unit's own eye: as they come, the blinks move the nostrils too."""
    base = load_base()
    side = 1.0 if name.endswith("Left") else -1.0
    eye_y = base.vertices_dm[base.vertices_of("helper-l-eye"), 1].mean()
    x, y, _ = base.vertices_dm[indices].T
    out: np.ndarray = np.clip((y - eye_y + 0.30) / 0.10, 0, 1) * (x * side > -0.02)
    return out


def build_skin(
    vertices: Float[np.ndarray, "base 3"],
    rig: Rig,
    anatomy: Anatomy,
    units: Float[np.ndarray, "52 base 3"],
    smile: float,
) -> Skin:
    """The whole bust's skin; what clothes will hide is still there.

    Args:
        smile: how much of a smile the face rests in; it comes after the lips are sealed, since
            in a smile their corners no longer lie on each other.
    """
    base = load_base()
    middle = vertices[base.quads].mean(1)
    bust = (base.groups == "body") & (middle[:, 1] > anatomy.neck[1] - _BELOW_NECK - 0.3)
    bust &= np.abs(middle[:, 0]) < 1.9
    piece = cut_piece(base.quads[bust], VERTICES, 1, base.uvs[base.uv_quads[bust]])
    points = piece.stencil @ vertices
    morphs = np.stack([piece.stencil @ unit for unit in units])
    points = seal_lips(points, morphs[INDEX["jawOpen"], :, 1], anatomy)
    for name, share in _RESTING.items():
        points = points + smile * share * morphs[INDEX[name]]
    triangles = split_quads(piece.quads)
    normals = vertex_normals(points + shut_eyes(morphs), triangles)
    spread = points + spread_lids(morphs)
    kind = _tile_of(base.uvs[base.uv_quads[bust]].mean(1))[piece.parents].repeat(2)
    # One vertex for each (vertex, tile): doubled where skin meets the mouth's lining.
    keys = triangles + kind[:, None] * len(points)
    split, local = np.unique(keys, return_inverse=True)
    source, tile = split % len(points), split // len(points)
    if piece.uvs is None:
        raise ValueError("the skin was cut without its UVs")
    mask_uvs = piece.uvs[:, [[0, 1, 2], [0, 2, 3]]].reshape(-1, 3, 2)
    surface = Surface(
        name="skin", material="skin", points=points[source], normals=normals[source],
        triangles=local.reshape(-1, 3), weights=(piece.stencil @ rig.weights)[source],
        uvs=_unwrap(spread[source], tile, anatomy), morphs=morphs[:, source],
    )  # fmt: skip
    return Skin(surface, mask_uvs, triangles, points, spread[source], source)


def shut_eyes(morphs: Float[np.ndarray, "52 vertices 3"]) -> Float[np.ndarray, "vertices 3"]:
    """What both lids move each vertex by as they shut: so they are lit, open or not."""
    out: np.ndarray = morphs[INDEX["eyeBlinkLeft"]] + morphs[INDEX["eyeBlinkRight"]]
    return out


def spread_lids(morphs: Float[np.ndarray, "52 vertices 3"]) -> Float[np.ndarray, "vertices 3"]:
    """The same until they are nearly shut: so they are unwrapped and painted."""
    return _NEARLY * shut_eyes(morphs)


def cylinder_uvs(
    points: Float[np.ndarray, "*any 3"], anatomy: Anatomy
) -> Float[np.ndarray, "*any 2"]:
    """The skin's texture: a cylinder about the head with more room for the face."""
    angle = np.arctan2(points[..., 0], points[..., 2] - anatomy.head_centre[2])
    across = 0.5 + 0.5 * np.sign(angle) * (np.abs(angle) / np.pi) ** 0.7
    low, high = anatomy.neck[1] - _BELOW_NECK, anatomy.crown_y + 0.02
    up = (points[..., 1] - low) / (high - low) * CYLINDER_TOP
    return np.stack([across, np.clip(up, 0.0, CYLINDER_TOP)], -1)


def thin_skin(skin: Skin, surface: Surface, anatomy: Anatomy, neckline: Neckline) -> Surface:
    """The lit skin without what clothes hide, at the budget of a CPU renderer."""
    if surface.morphs is None:
        raise ValueError("the skin has no morphs")
    centre = surface.points[surface.triangles].mean(1)
    triangles = surface.triangles[~neckline.hides(centre)]
    near = np.exp(-np.maximum(np.abs(surface.points[:, 0]) - 0.7, 0) / 0.15)
    near *= np.where(surface.points[:, 2] > anatomy.head_centre[2] - 0.1, 1.0, 0.45)
    near *= np.clip((surface.points[:, 1] - anatomy.chin[1] + 0.5) / 0.4, 0.45, 1.0)
    near *= np.clip((anatomy.eye_y + 0.62 - surface.points[:, 1]) / 0.2, 0.5, 1.0)
    shapes = principal_values(surface.morphs.transpose(1, 0, 2).reshape(len(near), -1), 24)
    attributes = np.c_[surface.normals * 0.16, shapes * 0.8] * near[:, None]
    # Where skin meets a lining each has its own vertex: thinned apart, a crack would open.
    _, inverse, times = np.unique(skin.source, return_inverse=True, return_counts=True)
    locked = _rims(surface, anatomy) | (times[inverse] > 1)
    thin = simplify_mesh(triangles, surface.points, attributes, _TRIANGLES, locked)
    ordered = thin[np.argsort(outwardness(skin.spread_points[thin], anatomy), kind="stable")]
    # where folds share texels (lips, nostrils), what is drawn last into them is seen
    return replace(surface, triangles=ordered).without_unused()


def outwardness(
    points: Float[np.ndarray, "triangles 3 3"], anatomy: Anatomy
) -> Float[np.ndarray, " triangles"]:
    """How far triangles are from the head's axis: which of two on the same texel is seen."""
    middle = points.mean(1)
    out: Float[np.ndarray, " triangles"] = np.hypot(
        middle[:, 0], middle[:, 2] - anatomy.head_centre[2]
    )
    return out


def _rims(surface: Surface, anatomy: Anatomy) -> np.ndarray:
    """Vertices at the line of the lips, which must keep touching."""
    near = surface.points - anatomy.mouth
    out: np.ndarray = (
        (np.abs(near[:, 0]) < 0.26) & (np.abs(near[:, 1]) < 0.025) & (near[:, 2] > -0.17)
    )
    return out


def _tile_of(middle_uvs: Float[np.ndarray, "quads 2"]) -> Int[np.ndarray, " quads"]:
    """Which linings the base unwraps as islands of their own."""
    u, v = middle_uvs[:, 0], middle_uvs[:, 1]
    out = np.full(len(u), _SKIN)
    out[(u > 0.75) & (v < 0.145)] = _MOUTH
    out[(u < 0.155) & (v > 0.54) & (v < 0.64)] = _SOCKET
    return out


def _unwrap(
    points: Float[np.ndarray, "vertices 3"], tile: Int[np.ndarray, " vertices"], anatomy: Anatomy
) -> Float[np.ndarray, "vertices 2"]:
    """Cylinder for skin; small tiles above it for the mouth (deeper is further right) and eyes."""
    uvs = cylinder_uvs(points, anatomy)
    depth = np.clip((anatomy.mouth[2] - points[:, 2]) / 1.2, 0.0, 1.0)
    # The tiles have height too: without it nothing of them would be painted or lit.
    above = np.clip((points[:, 1] - anatomy.mouth[1]) / 1.6 + 0.5, 0.0, 1.0)
    mouth = tile == _MOUTH
    uvs[mouth] = np.c_[0.02 + 0.44 * depth, _TILE_LOW + _TILE_HIGH * above][mouth]
    aside = np.clip(points[:, 0] / 1.2 + 0.5, 0.0, 1.0)
    level = np.clip((points[:, 1] - anatomy.eye_y) / 0.6 + 0.5, 0.0, 1.0)
    socket = tile == _SOCKET
    uvs[socket] = np.c_[0.54 + 0.42 * aside, _TILE_LOW + _TILE_HIGH * level][socket]
    return uvs


def light_linings(surface: Surface) -> Surface:
    """Linings as bright as flesh is just inside the lips and lids, where light shines through."""
    if surface.occlusion is None or surface.key_visibility is None:
        raise ValueError("the skin is not lit yet")
    u, v = surface.uvs.T
    depth = np.clip((u - 0.02) / 0.44, 0.0, 1.0)
    least = np.where(u < 0.5, np.clip(0.40 - 1.4 * depth, 0.0, 1.0), 0.4) * (v > CYLINDER_TOP)
    return replace(
        surface,
        occlusion=np.maximum(surface.occlusion, least),
        key_visibility=np.maximum(surface.key_visibility, 0.6 * least),
    )
