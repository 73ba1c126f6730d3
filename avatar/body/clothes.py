"""A blazer, its lapels and a top, cut from the base's own tights."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import scipy.sparse as sp
from jaxtyping import Bool, Float, Int

from avatar.body.anatomy import Anatomy
from avatar.body.collars import SUIT_COLLAR, build_collar
from avatar.body.garment import Neckline
from avatar.body.lapels import build_lapels
from avatar.body.makehuman import VERTICES, load_base
from avatar.body.mesh import (
    clip_triangles,
    cut_piece,
    grid_quads,
    smooth,
    split_quads,
    unit,
    vertex_normals,
)
from avatar.body.rig import Rig
from avatar.body.surface import Surface, join_surfaces
from core.motion import BONE_INDEX, BONES

_HAND_PARTS = ("Hand", "Thumb", "Index", "Middle", "Ring", "Little")
_ARM = [i for i, b in enumerate(BONES) if any(p in b for p in ("Arm", *_HAND_PARTS))]
_FOREARM = [i for i, b in enumerate(BONES) if any(p in b for p in ("LowerArm", *_HAND_PARTS))]
_HANDS = [i for i, b in enumerate(BONES) if any(p in b for p in _HAND_PARTS)]
_EASE = {"blazer": 0.085, "suit": 0.085, "shirt": 0.055, "knit": 0.07, "dress": 0.035}
# how far cloth stands off the body
_CUFF = 0.18
# share of a sleeve's width that is taken in at the wrist
_UPPER_FREE = 0.5
# share of what an upper arm meets in the mesh's pose that another pose may take away
_LINING_POINTS = 20
_LINING = np.array([1.0, 0.0, 0.0, 0.0])
# marks its vertices until they are lit


def build_clothes(
    vertices: Float[np.ndarray, "base 3"], rig: Rig, skin: Surface, anatomy: Anatomy,
    neckline: Neckline, outfit: str,
) -> tuple[Surface, Surface, Surface | None]:  # fmt: skip
    """The outer garment, its lapels or collar, and the top under a jacket; no colour, no light."""
    base = load_base()
    middle = vertices[base.quads].mean(1)
    on_arm = rig.weights[:, _ARM].sum(1)
    wanted = (middle[:, 1] > anatomy.neck[1] - 6.9) | (on_arm[base.quads].mean(1) > 0.4)
    chosen = (base.groups == "helper-tights") & wanted
    piece = cut_piece(base.quads[chosen], VERTICES, 1)
    body = piece.stencil @ vertices
    weights = piece.stencil @ rig.weights
    arm = weights[:, _ARM].sum(1)
    hand = weights[:, _HANDS].sum(1)
    tight = smooth(body, piece.quads, 9)
    loose = smooth(body, piece.quads, 22 if neckline.is_open else 14)
    drape = loose * (1 - arm[:, None]) + tight * arm[:, None]
    triangles = split_quads(piece.quads)
    outward = vertex_normals(drape, triangles)
    points = drape + _EASE[outfit] * outward * (1 - 0.15 * arm[:, None])
    points = _narrow_cuffs(points, arm, rig)
    if neckline.is_open:
        points = points + _pad_shoulders(points, rig)
    jacket = Surface(
        name="jacket", material="cloth", points=points, normals=outward, triangles=triangles,
        weights=smooth(weights, piece.quads, 8), uvs=np.zeros((len(points), 2)),
    )  # fmt: skip
    cut = _cut_jacket(jacket, neckline, arm, hand)
    if not neckline.is_open:
        return cut, build_collar(cut, skin, anatomy, neckline, outfit), None
    inner = drape + 0.02 * outward
    top = _cut_top(replace(jacket, name="top", points=inner), neckline)
    lapels = build_lapels(jacket, anatomy, neckline)
    if outfit == "suit":
        shirt = build_collar(top, skin, anatomy, neckline, outfit)
        top = join_surfaces("top", [top, shirt])
    return cut, lapels, top


def _narrow_cuffs(
    points: Float[np.ndarray, "vertices 3"], arm: Float[np.ndarray, " vertices"], rig: Rig
) -> Float[np.ndarray, "vertices 3"]:
    """Sleeves that close in on the wrist: smoothing widens them at their open end."""
    out = points.copy()
    for side, sign in (("left", 1.0), ("right", -1.0)):
        elbow, wrist = (rig.joints_dm[BONE_INDEX[side + bone]] for bone in ("LowerArm", "Hand"))
        fore = wrist - elbow
        mine = np.flatnonzero((arm > 0.5) & (points[:, 0] * sign > 0))
        along = (points[mine] - elbow) @ fore / (fore @ fore)
        foot = elbow + along[:, None] * fore
        share = np.clip((along - 0.55) / 0.40, 0, 1)[:, None]
        out[mine] = foot + (points[mine] - foot) * (1 - _CUFF * share * share * (3 - 2 * share))
    return out


def _pad_shoulders(points: Float[np.ndarray, "vertices 3"], rig: Rig) -> np.ndarray:
    """A blazer's cut: pads lift its shoulders, and below them the sleeve falls straight."""
    out = np.zeros_like(points)
    for side, sign in (("left", 1.0), ("right", -1.0)):
        joint = rig.joints_dm[BONE_INDEX[f"{side}UpperArm"]] + [sign * 0.15, 0.35, -0.05]
        near = np.exp(-(((points - joint) / [0.55, 0.45, 0.75]) ** 2).sum(1))
        out += near[:, None] * np.array([sign * -0.02, 0.10, 0.0])
        bulge = joint + [sign * 0.25, -1.0, 0.05]
        near = np.exp(-(((points - bulge) / [0.55, 0.75, 0.9]) ** 2).sum(1))
        out += near[:, None] * np.array([sign * -0.07, 0.0, 0.0])
    return out


def _cut_jacket(jacket: Surface, neckline: Neckline, arm: np.ndarray, hand: np.ndarray) -> Surface:
    """Open in front, ending at hem, collar and cuffs; edges are turned in so they look thick."""
    x, y, z = jacket.points.T
    torso = arm < 0.4
    front = (z > 0) & torso & (y > neckline.button_y - 0.25)
    opening = np.where(front, np.abs(x) - neckline.half_width(y), 1.0)
    opening = np.where(y < neckline.button_y, np.maximum(opening, 0.2), opening)
    if neckline.is_open:
        collar = neckline.neck_y + 0.12 + 0.30 * np.clip(0.2 - z, 0, 1) - y
    else:
        opening = np.ones_like(x)
        collar = neckline.round_edge(neckline.angle(jacket.points)) - y
    hem = np.where(torso, y - neckline.hem_y, 1.0)
    cuff = np.where(arm > 0.5, 0.42 - hand, 1.0)
    for height in (opening, collar, hem, cuff):
        jacket = replace(jacket, extra=_with_column(jacket.extra, height))
    for column in range(4):
        if jacket.extra is None:
            raise ValueError("the cutting heights were lost")
        stencil, triangles = clip_triangles(jacket.triangles, jacket.extra[:, column])
        jacket = jacket.map_vertices(stencil, triangles)
    jacket = replace(jacket, extra=np.zeros((len(jacket.points), 4)))
    jacket = replace(jacket, normals=vertex_normals(jacket.points, jacket.triangles))
    linings = [_line_sleeve(jacket, sign) for sign in (1.0, -1.0)]
    return join_surfaces("jacket", [_turn_in_edges(jacket), *linings])


def _cut_top(top: Surface, neckline: Neckline) -> Surface:
    x, y, z = top.points.T
    for heights in (
        neckline.top_edge(x) - y,
        np.where(z > -0.05, 1.15 - np.abs(x), -1.0),
        y - neckline.button_y + 0.3,
    ):
        top = replace(top, extra=_with_column(top.extra, heights))
    for column in range(3):
        if top.extra is None:
            raise ValueError("the cutting heights were lost")
        stencil, triangles = clip_triangles(top.triangles, top.extra[:, column])
        top = top.map_vertices(stencil, triangles)
    # Seen from the front, that is how its texture lies, beside that of a collar.
    uvs = (
        [SUIT_COLLAR - 0.02, 1.0]
        * (top.points[:, :2] - top.points[:, :2].min(0))
        / np.ptp(top.points[:, :2], axis=0)
    )
    top = replace(top, extra=None, uvs=uvs)
    return replace(top, normals=vertex_normals(top.points, top.triangles))


def _with_column(table: np.ndarray | None, column: np.ndarray) -> np.ndarray:
    return column[:, None] if table is None else np.c_[table, column]


def _turn_in_edges(surface: Surface) -> Surface:
    """Two rows of cloth folded inwards along every open edge but the cuffs."""
    edges = _open_edges(surface.triangles)
    starts, ends = edges[~_on_cuff(surface)[edges].any(1)].T
    border = np.unique(np.r_[starts, ends])
    place = np.full(len(surface.points), -1)
    place[border] = np.arange(len(border))
    n, b = len(surface.points), len(border)
    inwards = _away_from_edge(surface, border)
    first = surface.points[border] - 0.035 * surface.normals[border]
    second = first - 0.03 * surface.normals[border] + 0.20 * inwards
    rows = [border, n + place[border], n + b + place[border]]
    quads = [
        np.stack([o[place[ends]], o[place[starts]], i[place[starts]], i[place[ends]]], 1)
        for o, i in pairwise(rows)
    ]
    more = split_quads(np.concatenate(quads))
    same = sp.identity(n, format="csr")
    stencil = sp.vstack([same, same[border], same[border]]).tocsr()
    out = surface.map_vertices(stencil, np.concatenate([surface.triangles, more]))
    points = out.points.copy()
    points[n : n + b] = first
    points[n + b :] = second
    normals = out.normals.copy()
    normals[n + b :] *= -1.0
    return replace(out, points=points, normals=normals)


def _on_cuff(surface: Surface) -> Bool[np.ndarray, " vertices"]:
    """Vertices of the sleeves, as opposed to the torso."""
    out: np.ndarray = surface.weights[:, _ARM].sum(1) > 0.5
    return out


def _line_sleeve(surface: Surface, sign: float) -> Surface:
    """A cone inside one cuff, so that nobody looks into an empty sleeve past the wrist."""
    border = np.unique(_open_edges(surface.triangles))
    ring = border[_on_cuff(surface)[border] & (surface.points[border, 0] * sign > 0)]
    points = surface.points[ring]
    centre = points.mean(0)
    _, _, axes = np.linalg.svd(points - centre, full_matrices=False)
    # The flattest direction of the ring is the sleeve's; it points down, to the hand.
    along = axes[2] * -np.sign(axes[2, 1])
    across, up = axes[0], np.cross(along, axes[0])
    offsets = points - centre
    around = np.arctan2(offsets @ up, offsets @ across)
    turns = np.linspace(-np.pi, np.pi, _LINING_POINTS, endpoint=False)
    reach = np.hypot(offsets @ up, offsets @ across)
    order = np.argsort(around)
    radius = np.interp(turns, around[order], reach[order], period=2 * np.pi)
    depth = np.interp(turns, around[order], (offsets @ along)[order], period=2 * np.pi)
    spokes = np.cos(turns)[:, None] * across + np.sin(turns)[:, None] * up
    rings = [
        centre + spokes * (radius * share)[:, None] + along * (depth - sunk)[:, None]
        for share, sunk in ((0.985, 0.0), (0.72, 0.22), (0.02, 0.32))
    ]
    cone = np.concatenate(rings)
    triangles = split_quads(grid_quads(len(rings), _LINING_POINTS, wrap=True))
    # it bends with the edge it hangs from, and is lit as the sleeve is outside: less than cloth
    # takes from cloth, but no dark wedge beside a bent wrist
    nearest = np.argmin(np.abs(np.angle(np.exp(1j * (turns[:, None] - around)))), 1)
    weights = np.tile(surface.weights[ring[nearest]], (len(rings), 1))
    return Surface(
        name="lining", material="cloth", points=cone, normals=np.tile(spokes, (len(rings), 1)),
        triangles=triangles, weights=weights, uvs=np.zeros((len(cone), 2)),
        extra=np.tile(_LINING, (len(cone), 1)),
    )  # fmt: skip


def without_forearms(jacket: Surface) -> Surface:
    """What of a jacket may throw shadows into a picture for good: forearms come and go."""
    fore = jacket.weights[:, _FOREARM].sum(1)
    kept = fore[jacket.triangles].max(1) < 0.5
    return replace(jacket, triangles=jacket.triangles[kept])


def light_sleeves(jacket: Surface) -> Surface:
    """A lit jacket whose sleeves forget what they met hanging; no cuff is a black hole."""
    if jacket.extra is None or jacket.occlusion is None or jacket.key_visibility is None:
        raise ValueError("the jacket is not lit, or its linings are not marked")
    fore = jacket.weights[:, _FOREARM].sum(1)
    free = np.clip(fore + _UPPER_FREE * (jacket.weights[:, _ARM].sum(1) - fore), 0, 1)
    inside = jacket.extra[:, 0]
    sky = np.where(inside > 0.5, 0.65, 0.9)
    lamp = np.where(inside > 0.5, 0.5, 1.0)
    return replace(
        jacket,
        occlusion=jacket.occlusion + free * (sky - jacket.occlusion),
        key_visibility=jacket.key_visibility + free * (lamp - jacket.key_visibility),
        extra=None,
    )


def _away_from_edge(
    surface: Surface, border: Int[np.ndarray, " border"]
) -> Float[np.ndarray, "border 3"]:
    """At each border vertex, the direction along the surface away from the edge."""
    corners = surface.points[surface.triangles]
    centre = corners.mean(1)
    # by area: slivers along a cut point anywhere
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    area = np.linalg.norm(across, axis=1, keepdims=True)
    towards = np.zeros_like(surface.points)
    for corner in range(3):
        index = surface.triangles[:, corner]
        np.add.at(towards, index, area * (centre - surface.points[index]))
    towards -= surface.normals * (towards * surface.normals).sum(1, keepdims=True)
    return unit(towards[border])


def _open_edges(triangles: Int[np.ndarray, "triangles 3"]) -> Int[np.ndarray, "edges 2"]:
    """Directed edges that only one triangle has."""
    directed = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    _, inverse, count = np.unique(
        np.sort(directed, 1), axis=0, return_inverse=True, return_counts=True
    )
    out: np.ndarray = directed[count[inverse.ravel()] == 1]
    return out
