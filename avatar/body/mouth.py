"""Teeth, gums and tongue, in one part with one small texture.

The teeth are one smooth arch for each jaw, shaped to the inside of this face's lips, so that no
dark seams show between them and none comes through the lips.
"""

from dataclasses import replace

import numpy as np
from jaxtyping import Float, UInt8

from avatar.body.anatomy import Anatomy
from avatar.body.makehuman import VERTICES, load_base
from avatar.body.mesh import cut_piece, grid_quads, split_quads, unit, vertex_normals
from avatar.body.surface import Surface, join_surfaces
from core.blendshapes import COUNT, INDEX
from core.motion import BONE_INDEX, BONES

_WIDTHS = np.array([0.088, 0.070, 0.078, 0.070, 0.070, 0.095, 0.09])
# of the teeth from the middle outwards
_HEIGHTS = np.array([0.105, 0.096, 0.102, 0.090, 0.084, 0.078, 0.07])
_WITHIN = np.array([0.0, 0.12, 0.5, 0.88])
# columns of vertices in each tooth, so that its corners are where they belong
_COLUMNS = 2 * len(_WIDTHS) * len(_WITHIN) + 1
_TEETH_ROWS = 7
_GUM_ABOVE = np.array([0.006, 0.026, 0.030, 0.010, -0.06])
_GUM_BELOW = np.array([0.006, 0.016, -0.010, -0.06, -0.13])
# how far each row of gums stands out, from the teeth on
_TEXTURE = 256


def build_mouth(
    vertices: Float[np.ndarray, "base 3"],
    anatomy: Anatomy,
    units: Float[np.ndarray, "52 base 3"],
) -> Surface:
    """Both arches and the tongue."""
    jaw = _jaw_motion(vertices, units)
    upper = _build_arch(anatomy, up=1.0, motion=np.zeros((COUNT, 3)))
    lower = _build_arch(anatomy, up=-1.0, motion=jaw)
    tongue = _build_tongue(vertices, anatomy, units)
    return replace(join_surfaces("mouth", [*upper, *lower, tongue]), texture=_paint())


def _jaw_motion(
    vertices: Float[np.ndarray, "base 3"], units: Float[np.ndarray, "52 base 3"]
) -> Float[np.ndarray, "52 3"]:
    """How the lower teeth move as one with each shape: the mean over their front."""
    members = load_base().vertices_of("helper-lower-teeth")
    front = members[vertices[members, 2] > np.median(vertices[members, 2])]
    motion = units[:, front].mean(1)
    motion[np.abs(motion).max(1) < 2e-3] = 0.0
    out: np.ndarray = motion
    return out


def _build_arch(anatomy: Anatomy, up: float, motion: Float[np.ndarray, "52 3"]) -> list[Surface]:
    scale = 1.0 if up > 0 else 0.86
    half = 0.28 * (1.0 if up > 0 else 0.94)
    front = -0.150 - (0.0 if up > 0 else 0.035)
    angle = np.linspace(-np.pi / 2 * 0.96, np.pi / 2 * 0.96, 401)
    arc_x = half * np.sin(angle)
    arc_z = front - 0.46 * (1 - np.cos(angle))
    length = np.r_[0, np.cumsum(np.hypot(np.diff(arc_x), np.diff(arc_z)))]
    at = _columns(scale) * length[-1] / (2 * _WIDTHS.sum() * scale) + length[-1] / 2
    x, z = np.interp(at, length, arc_x), np.interp(at, length, arc_z)
    outward = np.stack([np.gradient(-z, at), np.gradient(x, at)], 1)
    outward /= np.linalg.norm(outward, axis=1, keepdims=True)
    phase, height = _tooth_phase(np.abs(_columns(scale)), scale)
    edge = anatomy.mouth[1] + (-0.020 if up > 0 else -0.030)
    round_off = 0.006 * phase**4
    down = np.linspace(0, 1, _TEETH_ROWS)
    bulge = 0.016 * np.sin(np.pi * np.clip(down * 0.9 + 0.1, 0, 1)) - 0.03 * (1 - down) ** 5
    rows = []
    for v, out in zip(down, bulge, strict=True):
        y = edge + up * (height * v + round_off * (1 - v) ** 2)
        crease = 0.007 * phase**6 * (1 - 0.3 * v)
        spot = np.stack([x, y, anatomy.mouth[2] + z], 1)
        spot[:, [0, 2]] += outward * (out - crease)[:, None]
        rows.append(spot)
    u = np.linspace(0.0, 1.0, _COLUMNS)
    teeth = _strip("teeth", np.stack(rows), u, (0.52, 0.98), flip=up < 0)
    # White teeth take light evenly: nearly one normal from root to edge.
    facing = np.tile(np.insert(outward, 1, 0.0, axis=1), (_TEETH_ROWS, 1))
    teeth = replace(teeth, normals=unit(teeth.normals * 0.25 + facing))
    # Below, gums draw back at once: on a slight chin they would come through it with the jaw.
    swell, most = (_GUM_ABOVE, 2.3) if up > 0 else (_GUM_BELOW, 1.7)
    rise = height[None, :, None] * np.linspace(0.82, most, 5)[:, None, None]
    gum = np.stack([x, np.full_like(x, edge), anatomy.mouth[2] + z], 1)[None].repeat(5, 0)
    gum[:, :, 1] += up * rise[:, :, 0]
    gum[:, :, 0] += outward[:, 0] * swell[:, None]
    gum[:, :, 2] += outward[:, 1] * swell[:, None]
    gums = _strip("gums", gum, u, (0.30, 0.48), flip=up < 0)
    out_surfaces = []
    for surface in (teeth, gums):
        morphs = np.repeat(motion[:, None], len(surface.points), 1)
        behind = anatomy.mouth[2] + front - surface.points[:, 2]
        # Dark towards the throat and towards the corners of the mouth.
        aside = np.clip((np.abs(surface.points[:, 0]) - 0.11) / 0.10, 0, 1)
        light = np.clip(1 - behind / 0.42, 0.10, 1.0) * (1 - 0.7 * aside * aside)
        # Lips shade what lies near the gums, and the upper row shades the lower.
        root = np.clip(up * (surface.points[:, 1] - edge) / 0.10, 0, 1)
        light *= (1.0 - 0.42 * root**1.5) * (1.0 if up > 0 else 0.78)
        out_surfaces.append(replace(surface, morphs=morphs, occlusion=light, key_visibility=light))
    return out_surfaces


def _columns(scale: float) -> Float[np.ndarray, " columns"]:
    """Distances of the arch's columns from its middle, from one end to the other."""
    ends = np.cumsum(_WIDTHS * scale)
    starts = np.r_[0, ends[:-1]]
    half = np.r_[(starts[:, None] + _WITHIN * (ends - starts)[:, None]).ravel(), ends[-1]]
    out: np.ndarray = np.concatenate([-half[:0:-1], half])
    return out


def _tooth_phase(
    distance: Float[np.ndarray, " columns"], scale: float
) -> tuple[np.ndarray, np.ndarray]:
    """Position within the tooth (-1 to 1) and its height at each distance from the middle."""
    ends = np.cumsum(_WIDTHS * scale)
    which = np.clip(np.searchsorted(ends, distance), 0, len(ends) - 1)
    start = np.r_[0, ends[:-1]][which]
    phase = np.clip((distance - start) / (_WIDTHS[which] * scale) * 2 - 1, -1, 1)
    middles = ends - _WIDTHS * scale / 2
    return phase, np.interp(distance, middles, _HEIGHTS * scale)


def _strip(
    name: str, rows: Float[np.ndarray, "rows columns 3"], u: np.ndarray,
    v_range: tuple[float, float], *, flip: bool,
) -> Surface:  # fmt: skip
    count, columns = rows.shape[:2]
    quads = grid_quads(count, columns)
    triangles = split_quads(quads[:, ::-1] if flip else quads)
    points = rows.reshape(-1, 3)
    v = np.linspace(*v_range, count)
    uvs = np.stack([np.tile(u, count), np.repeat(v, columns)], 1)
    weights = np.zeros((len(points), len(BONES)))
    weights[:, BONE_INDEX["head"]] = 1.0
    return Surface(
        name=name, material="mouth", points=points, normals=vertex_normals(points, triangles),
        triangles=triangles, weights=weights, uvs=uvs,
    )  # fmt: skip


def _build_tongue(
    vertices: Float[np.ndarray, "base 3"], anatomy: Anatomy, units: Float[np.ndarray, "52 base 3"]
) -> Surface:
    base = load_base()
    piece = cut_piece(base.quads[base.groups == "helper-tongue"], VERTICES, 0)
    points = piece.stencil @ vertices
    back = max(points[:, 2].max() - (anatomy.mouth[2] - 0.27), 0.0)
    points = points - [0.0, 0.045, back]
    triangles = split_quads(piece.quads)
    morphs = np.stack([piece.stencil @ shape for shape in units])
    reach = np.clip((points[:, 2] - points[:, 2].max() + 0.5) / 0.5, 0, 1)
    # The tongue starts further back here, so that much more brings it out.
    morphs[INDEX["tongueOut"], :, 2] += reach * (back + 0.12)
    morphs[INDEX["tongueOut"], :, 1] += reach * 0.03
    weights = np.zeros((len(points), len(BONES)))
    weights[:, BONE_INDEX["head"]] = 1.0
    light = np.clip(reach * 0.9, 0.08, 1.0)
    uvs = np.stack([points[:, 0] + 0.5, 0.02 + 0.2 * reach], 1)
    return Surface(
        name="tongue", material="mouth", points=points,
        normals=vertex_normals(points, triangles), triangles=triangles, weights=weights,
        uvs=uvs, morphs=morphs, occlusion=light * 0.8, key_visibility=light * 0.6,
    )  # fmt: skip


def _paint() -> UInt8[np.ndarray, "size size 4"]:
    """Teeth in the upper half, gums below them, tongue at the bottom."""
    v = (np.arange(_TEXTURE) + 0.5)[::-1] / _TEXTURE
    tooth = np.clip((v - 0.52) / 0.46, 0, 1)[:, None]
    white = np.array([238.0, 232.0, 221.0]) - tooth**2 * np.array([4.0, 12.0, 22.0])
    gum = np.array([206.0, 122.0, 118.0])
    tongue = np.array([196.0, 104.0, 104.0])
    colour = np.where((v > 0.5)[:, None], white, np.where((v > 0.26)[:, None], gum, tongue))
    u = (np.arange(_TEXTURE) + 0.5) / _TEXTURE * 2 * len(_WIDTHS)
    between = np.exp(-(((u - np.round(u)) / 0.07) ** 2))[None] * (v > 0.5)[:, None]
    seams = 1 - between[..., None] * np.array([0.13, 0.17, 0.20])
    out = np.empty((_TEXTURE, _TEXTURE, 4), np.uint8)
    out[:, :, :3] = np.clip(colour[:, None] * seams, 0, 255).astype(np.uint8)
    out[:, :, 3] = 255
    return out
