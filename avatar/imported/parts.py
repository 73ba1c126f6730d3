"""Surfaces of a file as parts that are drawn: face and body apart, thinned, lit."""

from dataclasses import replace
from typing import Final

import numpy as np
from jaxtyping import Bool, Float, Float32, UInt8
from scipy.sparse import coo_matrix

from avatar.body.light import gather_blockers, light_surface
from avatar.body.mesh import unit, vertex_normals
from avatar.body.simplify import simplify_mesh
from avatar.body.surface import Surface
from avatar.imported.scene import Look, RawSurface
from avatar.motion.arms import FINGERS
from core.human import Cover, Finish, Part
from core.motion import BONE_INDEX, BONES

MOST_TRIANGLES: Final = 36_000
"""Above this, what no shape moves is thinned: two cores draw no more in time."""

_STILL_M: Final = 2e-5
_CLEAR: Final = 0.03
# cover of what is not seen
_NO_NORMAL: Final = 1e-9
_HEAD: Final = np.isin(np.arange(len(BONES)), [
    BONE_INDEX[name] for name in ("neck", "head", "leftEye", "rightEye")
])  # fmt: skip
_TURNS_OVER: Final = np.array([
    0.5 if "UpperArm" in name else
    float(any(part in name for part in ("LowerArm", "Hand", *FINGERS, "Thumb")))
    for name in BONES
])  # fmt: skip
_ARMS_FLOOR: Final = 0.6
_MOVES_WITH_HEAD: Final = 0.02
_OVERLAPS_TO: Final = 0.15
_LEAST_KEPT: Final = 0.12
# of a part's triangles
_SOFT_SHARE: Final = 0.06
# of a texture half covered: less is edges only, and cheaper cut out than blended
_AMBIENT_FLOOR: Final = 0.35
_HIDDEN: Final = 0.05
_IN_MOUTH: Final = 0.6
_OFF_SURFACE_DM: Final = 0.06
# where rays start: cloth lies this close over skin
_SMOOTHINGS: Final = 5


def cover_texture(
    image: UInt8[np.ndarray, "height width 4"] | None, look: Look
) -> tuple[UInt8[np.ndarray, "height width 4"] | None, Cover]:
    """The texture with its alpha as it is drawn, and how it covers: masks are cut at one half."""
    if image is None:
        return None, "opaque" if look.cover == "mask" else look.cover
    out = image.copy()
    if look.cover == "opaque":
        out[..., 3] = 255
        return out, look.cover
    share = out[..., 3].astype(np.float32) * look.tint[3]
    soft = float(((share > 40) & (share < 215)).mean())
    if look.cover == "blend" and soft >= _SOFT_SHARE:
        out[..., 3] = share.astype(np.uint8)
        return out, "blend"
    if look.cover == "mask":
        share *= 0.5 / max(look.cutoff, 0.02)
    out[..., 3] = np.clip(share, 0, 255).astype(np.uint8)
    return out, "mask"


def make_parts(
    surface: RawSurface, bones: tuple[np.ndarray, np.ndarray],
    offsets: Float32[np.ndarray, "shapes vertices 3"] | None,
    texture: UInt8[np.ndarray, "height width 4"] | None, cover: Cover,
) -> list[Part]:  # fmt: skip
    """The surface as one part, or two where only some of it moves with the head.

    Args:
        bones: (indices, weights) of the four strongest of each vertex.
        texture, cover: as `cover_texture` gives them.
    """
    look = surface.look
    if look.cover != "opaque" and _is_clear(texture, look.tint[3]):
        return []
    moved = np.zeros(len(surface.points), bool)
    if offsets is not None:
        moved = np.abs(offsets).max(axis=(0, 2)) > _STILL_M
    share = (bones[1] * _HEAD[bones[0]]).sum(1)
    normals = surface.normals
    if normals is None:
        normals = vertex_normals(surface.points, surface.triangles)
    # where nothing is said of a vertex, it looks at the viewer
    lost = ~(np.linalg.norm(normals, axis=1) > _NO_NORMAL)
    whole = replace(surface, normals=unit(np.where(lost[:, None], (0.0, 0.0, 1.0), normals)))
    face = (moved | (share > _MOVES_WITH_HEAD))[surface.triangles].any(1)
    # the two overlap: a trunk kept from the picture before is up to a pixel off
    body = ~(moved | (share > _OVERLAPS_TO))[surface.triangles].all(1)
    finish = Finish(cover, look.double_sided, _tiles(surface))
    out = []
    for name, chosen in ((surface.name, face), (f"{surface.name}.body", body)):
        if chosen.any():
            part = _cut(whole, surface.triangles[chosen], bones, offsets, moved, texture, finish)
            out.append(replace(part, name=name))
    return out


def thin_parts(parts: list[Part]) -> list[Part]:
    """The parts with fewer triangles where there are more than can be drawn; shapes stay whole."""
    # hair in ribbons first: it has the most triangles and shows their want least
    out = list(parts)
    for cover in ("mask", "opaque"):
        free = [
            i for i, part in enumerate(out)
            if part.morphs_m is None and part.finish and part.finish.cover == cover
        ]  # fmt: skip
        total = sum(len(part.triangles) for part in out if part.material != "hair")
        reducible = sum(len(out[i].triangles) for i in free)
        share = max(_LEAST_KEPT, 1 - (total - MOST_TRIANGLES) / max(reducible, 1))
        if share < 1:
            for i in free:
                out[i] = _thinned(out[i], share)
    return out


def light_parts(parts: list[Part]) -> list[Part]:
    """The parts with light measured at their vertices; what is see-through blocks it in part."""
    surfaces = [_surface(part) for part in parts]
    opaque = [s for s, p in zip(surfaces, parts, strict=True) if _is_opaque(p)]
    soft = [
        s for s, p in zip(surfaces, parts, strict=True)
        if p.material == "hair" or (p.finish and p.finish.cover == "mask")
    ]  # fmt: skip
    if not opaque:
        return parts
    through = soft or [replace(opaque[0], triangles=opaque[0].triangles[:1])]
    share = 0.6 if soft else 0.0
    blockers = gather_blockers(opaque, _joined(through))
    lit = {
        i: light_surface(
            surfaces[i], blockers, hair_share=share, off=_OFF_SURFACE_DM, floor=_AMBIENT_FLOOR
        )
        for i, part in enumerate(parts) if _is_opaque(part)
    }  # fmt: skip
    # hair and lashes have none: they would shade themselves
    values = {i: _measured(surface) for i, surface in lit.items()}
    smooth = _smoothed([parts[i] for i in lit], list(values.values()))
    out = list(parts)
    for i, light in zip(lit, smooth, strict=True):
        # what turns over on air knows nothing of the shadows it lay in
        free = (parts[i].bone_weights * _TURNS_OVER[parts[i].bone_indices]).sum(1)
        open_, seen = light.T
        on_head = (parts[i].bone_weights * _HEAD[parts[i].bone_indices]).sum(1).mean()
        if np.median(open_) < _AMBIENT_FLOOR + _HIDDEN and on_head > 0.5:
            # teeth and tongue: light falls on them once the mouth opens
            open_, seen = np.full((2, len(light)), _IN_MOUTH)
        out[i] = replace(
            parts[i], occlusion=open_ + free * _ARMS_FLOOR * (1 - open_),
            key_visibility=seen + free * (1 - seen),
        )  # fmt: skip
    return out


def _is_opaque(part: Part) -> bool:
    return part.finish is not None and part.finish.cover == "opaque"


def _measured(surface: Surface) -> Float[np.ndarray, "vertices 2"]:
    if surface.occlusion is None or surface.key_visibility is None:
        raise ValueError(f"{surface.name} was not lit")
    return np.stack([surface.occlusion, surface.key_visibility], 1)


def _smoothed(parts: list[Part], values: list[np.ndarray]) -> list[np.ndarray]:
    """Light without the blotches of coarse meshes; all vertices at one place have one light."""
    points = np.concatenate([part.positions_m for part in parts])
    starts = np.cumsum([0] + [len(part.positions_m) for part in parts])
    triangles = np.concatenate([p.triangles + s for p, s in zip(parts, starts, strict=False)])
    _, place = np.unique(points.round(5), axis=0, return_inverse=True)
    place = place.ravel()
    n = int(place.max()) + 1
    count = np.bincount(place, minlength=n)[:, None]
    light = np.stack([np.bincount(place, v, n) for v in np.concatenate(values).T], 1) / count
    a, b = place[triangles].ravel(), place[triangles[:, [1, 2, 0]]].ravel()
    edges = coo_matrix((np.ones(2 * len(a)), (np.r_[a, b], np.r_[b, a])), (n, n)).tocsr()
    degree = np.maximum(np.asarray(edges.sum(1)), 1.0)
    for _ in range(_SMOOTHINGS):
        light = 0.4 * light + 0.6 * (edges @ light) / degree
    return np.split(light[place], starts[1:-1])


def _cut(
    surface: RawSurface, triangles: np.ndarray, bones: tuple[np.ndarray, np.ndarray],
    offsets: np.ndarray | None, moved: Bool[np.ndarray, " vertices"],
    texture: np.ndarray | None, finish: Finish,
) -> Part:  # fmt: skip
    """A part of these triangles alone, its moved vertices first."""
    used = np.unique(triangles)
    order = used[np.argsort(~moved[used], kind="stable")]
    rank = np.zeros(len(surface.points), int)
    rank[order] = np.arange(len(order))
    count = int(moved[used].sum())
    uvs = surface.uvs[order] * (1.0, -1.0) + (0.0, 1.0)
    ones = np.ones(len(order))
    if surface.normals is None:
        raise ValueError(f"{surface.name} has no normals")
    red, green, blue, _ = surface.look.tint
    return Part(
        name=surface.name, material="plain", positions_m=surface.points[order],
        normals=surface.normals[order], uvs=uvs, triangles=rank[triangles],
        bone_indices=bones[0][order], bone_weights=bones[1][order], occlusion=ones,
        key_visibility=ones, texture=texture, tint=(red, green, blue), morph_count=count,
        morphs_m=offsets[:, order[:count]] if offsets is not None and count else None,
        finish=finish,
    )  # fmt: skip


def _is_clear(texture: np.ndarray | None, alpha: float) -> bool:
    return alpha < _CLEAR if texture is None else int(texture[..., 3].max()) < 255 * _CLEAR


def _tiles(surface: RawSurface) -> bool:
    return bool(surface.uvs.min(initial=0.0) < -0.01 or surface.uvs.max(initial=1.0) > 1.01)


def _thinned(part: Part, share: float) -> Part:
    values = np.concatenate([part.normals * 0.3, part.uvs * 0.3], 1)
    wanted = max(12, int(len(part.triangles) * share))
    triangles = simplify_mesh(part.triangles, part.positions_m * 10, values, wanted)
    used, triangles = np.unique(triangles, return_inverse=True)
    rows = {
        name: getattr(part, name)[used]
        for name in (
            "positions_m", "normals", "uvs", "bone_indices", "bone_weights", "occlusion",
            "key_visibility",
        )
    }  # fmt: skip
    return replace(part, triangles=triangles.reshape(-1, 3), **rows)


def _surface(part: Part) -> Surface:
    """The part in decimetres, for casting rays."""
    return Surface(
        part.name, "plain", part.positions_m * 10.0, part.normals.astype(float), part.triangles,
        np.zeros((len(part.positions_m), 1)), part.uvs,
    )  # fmt: skip


def _joined(surfaces: list[Surface]) -> Surface:
    starts = np.cumsum([0] + [len(s.points) for s in surfaces])
    triangles = [s.triangles + start for s, start in zip(surfaces, starts, strict=False)]
    return replace(
        surfaces[0], points=np.concatenate([s.points for s in surfaces]),
        triangles=np.concatenate(triangles),
    )  # fmt: skip
