"""All hair cards as one shell round the head: a texture and a radius for each direction.

Thousands of overlapping cards cost more than the rest of the picture; their outermost surface, seen
from the head's axis, costs a few thousand triangles once.
"""

from dataclasses import dataclass

import cv2
import moderngl
import numpy as np
from jaxtyping import Float32, Int32, UInt8
from scipy.ndimage import gaussian_filter, gaussian_filter1d, grey_opening
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from core.human import HumanModel, Part
from render.human.mesh import ALPHA_BLENDING, set_blending, set_uniforms, vertex_array
from render.human.texels import spread
from render.shaders import source

_GRID = 56
_TEXTURE_PX = 2048
_DOME_M = 0.13
# length on the texture of one radian of the dome
_REACH_M = 0.45
# no hair is farther from the axis
_OPAQUE, _EMPTY = 235, 8
_GAP = np.ones((3, 61), np.uint8)
_GAP_OF_TIPS = np.ones((3, 25), np.uint8)
_FACE_M = (-0.10, 0.055)
# from the chin to the top of the forehead, along the shell
_FACE_TURNS = 0.165
# half its width, as a share of a whole turn
_TIPS = 0.17
# share of the texture, from below, where hair may end


@dataclass(frozen=True, slots=True, eq=False)
class HairShell:
    """The shell's mesh, in the pose of the human's mesh."""

    positions_m: Float32[np.ndarray, "vertices 3"]
    uvs: Float32[np.ndarray, "vertices 2"]
    bone_indices: Int32[np.ndarray, "vertices 4"]
    bone_weights: Float32[np.ndarray, "vertices 4"]
    opaque: Int32[np.ndarray, "triangles 3"]
    # drawn first, without blending
    soft: Int32[np.ndarray, "borders 3"]
    # drawn last, blended
    texture: UInt8[np.ndarray, "height width 4"]
    # first row at the bottom


@dataclass(frozen=True, slots=True)
class _Axis:
    """The line the shell is measured from: upright at `z_m`, a dome above `y_m`."""

    z_m: float
    y_m: float
    low: float
    high: float
    # ends of the texture's v, metres along the shell

    def uniform(self) -> tuple[float, float, float, float]:
        return (self.z_m, self.y_m, self.low, self.high)

    def points(self, u: np.ndarray, v: np.ndarray, radius: np.ndarray) -> np.ndarray:
        """Texture coordinates and radius -> metres."""
        theta = (u * 2 - 1) * np.pi
        along = self.low + v * (self.high - self.low)
        phi = np.clip(along, 0, None) / _DOME_M
        return np.stack(
            [
                radius * np.cos(phi) * np.sin(theta),
                self.y_m + np.where(along < 0, along, radius * np.sin(phi)),
                self.z_m + radius * np.cos(phi) * np.cos(theta),
            ],
            axis=-1,
        )


def bake_shell(context: moderngl.Context, human: HumanModel, constants: str) -> HairShell | None:
    """The shell of all parts of material hair, or None for a bald head."""
    parts = [part for part in human.parts if part.material == "hair"]
    if not parts:
        return None
    axis = _find_axis(human, parts)
    colour, radius = _rasterise(context, parts, constants, axis)
    ticks = np.linspace(0, 1, _GRID + 1)
    u, v = np.meshgrid(ticks, ticks)
    at = np.clip((ticks * _TEXTURE_PX).astype(int), 0, _TEXTURE_PX - 1)
    grid = radius[np.ix_(at, at)]
    grid[:, 0] = grid[:, -1] = (grid[:, 0] + grid[:, -1]) / 2
    points = axis.points(u, v, grid).reshape(-1, 3)
    opaque, soft = _cells(colour[..., 3])
    bones, weights = _weights(parts, points)
    return HairShell(
        points.astype(np.float32), np.stack([u, v], -1).reshape(-1, 2).astype(np.float32),
        bones, weights, opaque, soft, colour,
    )  # fmt: skip


def _find_axis(human: HumanModel, parts: list[Part]) -> _Axis:
    points = np.concatenate([part.positions_m for part in parts])
    eye_y = float(np.mean([eye.centre_m[1] for eye in human.eyes]))
    above = points[points[:, 1] > eye_y]
    centre_z = float((above[:, 2].min() + above[:, 2].max()) / 2) if len(above) else 0.0
    y = eye_y + 0.025
    return _Axis(centre_z, y, float(points[:, 1].min()) - y - 0.005, np.pi / 2 * _DOME_M)


def _rasterise(
    context: moderngl.Context, parts: list[Part], constants: str, axis: _Axis
) -> tuple[np.ndarray, np.ndarray]:
    """Colour with cover (n, n, 4) and radius (n, n) of the shell."""
    size = (_TEXTURE_PX, _TEXTURE_PX)
    constants = f"{constants}\nconst float DOME_M = {_DOME_M};"
    depth = context.depth_renderbuffer(size)
    colour = context.texture(size, 4)
    frame = context.framebuffer([colour], depth)
    frame.use()
    frame.clear(0.0, 0.0, 0.0, 0.0, depth=1.0)
    context.enable(moderngl.DEPTH_TEST | moderngl.BLEND)
    context.disable(moderngl.CULL_FACE)
    cover = (moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA)
    set_blending(context, (*ALPHA_BLENDING, *cover))
    draw = _CardPass(context, parts, axis, "hair_card.frag", constants)
    draw.render({"cover_range": (0.55, 2.0)})
    frame.depth_mask = False
    draw.render({"cover_range": (0.04, 0.55)})
    frame.depth_mask = True
    context.disable(moderngl.BLEND)

    measured = context.texture(size, 4, dtype="f4")
    frame = context.framebuffer([measured], depth)
    frame.use()
    frame.clear(0.0, 0.0, 0.0, 0.0, depth=1.0)
    _CardPass(context, parts, axis, "hair_radius.frag", constants).render({})
    pixels = np.frombuffer(colour.read(), np.uint8).reshape(*size, 4)
    found = np.frombuffer(measured.read(), np.float32).reshape(*size, 4)
    whole = _bleed(_without_holes(pixels, _face(axis)))
    return whole, _smooth_radius(found[..., 0], found[..., 3] > 0)


class _CardPass:
    """One shader over all cards."""

    def __init__(
        self, context: moderngl.Context, parts: list[Part], axis: _Axis, name: str, constants: str
    ) -> None:
        self._program = context.program(
            vertex_shader=source("hair_card.vert", constants),
            fragment_shader=source(name, constants),
        )
        set_uniforms(
            self._program,
            {"shell": axis.uniform(), "reach": _REACH_M, "strands": 0, "albedo": 1},
        )
        self._strands = _strand_texture(context)
        self._context = context
        self._parts = [(part, self._cards(part, axis)) for part in parts]

    def _cards(self, part: Part, axis: _Axis) -> moderngl.VertexArray:
        tangents = (
            part.tangents
            if part.tangents is not None
            else np.tile([0.0, -1.0, 0.0], (len(part.positions_m), 1))
        )
        if part.extra is not None:
            own, grey = part.extra[:, 0], part.extra[:, 3]
        else:
            own, grey = _number_of_card(part), np.zeros(len(part.positions_m))
        depth = part.occlusion
        strand = np.stack([part.uvs[:, 0], part.uvs[:, 1], own, depth], 1)
        corners, turn = _unwrapped(part, axis)
        arrays = {
            "position": part.positions_m[corners], "normal": part.normals[corners],
            "tangent": tangents[corners], "strand": strand[corners], "turn": turn,
            "grey": grey[corners],
        }  # fmt: skip
        return vertex_array(self._context, self._program, arrays)

    def render(self, uniforms: dict[str, object]) -> None:
        set_uniforms(self._program, uniforms)
        self._strands.use(0)
        for part, cards in self._parts:
            has = part.texture is not None
            set_uniforms(self._program, {"tint": part.tint, "has_albedo": float(has)})
            if part.texture is not None:
                height, width = part.texture.shape[:2]
                albedo = self._context.texture(
                    (width, height), 4, np.ascontiguousarray(part.texture[::-1]).tobytes()
                )
                albedo.use(1)
            cards.render()


def _unwrapped(part: Part, axis: _Axis) -> tuple[np.ndarray, np.ndarray]:
    """Corners of all triangles and where each lies across the texture, -1 to 1.

    Triangles across the seam at the back come twice, once at either border.
    """
    x, z = part.positions_m[:, 0], part.positions_m[:, 2] - axis.z_m
    turn = (np.arctan2(x, z) / np.pi)[part.triangles]
    turn = turn - 2 * np.round((turn - turn[:, :1]) / 2)
    left, right = turn.min(axis=1) < -1, turn.max(axis=1) > 1
    corners = np.concatenate([part.triangles, part.triangles[left], part.triangles[right]])
    return corners.ravel(), np.concatenate([turn, turn[left] + 2, turn[right] - 2]).ravel()


def _number_of_card(part: Part) -> np.ndarray:
    """A number from 0 to 1 for each vertex, the same all over one card."""
    n = len(part.positions_m)
    a, b = part.triangles[:, [0, 1]].ravel(), part.triangles[:, [1, 2]].ravel()
    count, label = connected_components(
        coo_matrix((np.ones(len(a)), (a, b)), (n, n)), directed=False
    )
    numbers: np.ndarray = np.random.default_rng(3).random(count)[label]
    return numbers


def _strand_texture(context: moderngl.Context) -> moderngl.Texture:
    """Two noises drawn out along the strand: single hairs, and slow change of the highlight."""
    rng = np.random.default_rng(3)
    fine = gaussian_filter1d(rng.random((256, 256)), 60, axis=0, mode="wrap")
    fine = gaussian_filter1d(fine, 0.9, axis=1, mode="wrap")
    slow = gaussian_filter(rng.random((256, 256)), (30, 3), mode="wrap")
    both = np.dstack([(x - x.mean()) / x.std() * 0.22 + 0.5 for x in (fine, slow)])
    texture = context.texture((256, 256), 2, (np.clip(both, 0, 1) * 255).astype(np.uint8).tobytes())
    texture.build_mipmaps()
    texture.filter = (moderngl.LINEAR_MIPMAP_NEAREST, moderngl.LINEAR)
    return texture


def _face(axis: _Axis) -> np.ndarray:
    """Texels before the face, where one sees skin between the strands of a fringe."""
    ticks = (np.arange(_TEXTURE_PX) + 0.5) / _TEXTURE_PX
    along = axis.low + ticks * (axis.high - axis.low)
    rows = (along > _FACE_M[0]) & (along < _FACE_M[1])
    out: np.ndarray = rows[:, None] & (np.abs(ticks - 0.5) < _FACE_TURNS)[None]
    return out


def _without_holes(pixels: np.ndarray, face: np.ndarray) -> np.ndarray:
    """Closes the crown, the parting and gaps between locks, but not between those of a fringe.

    What is open to the texture's foot stays open: the face, and the tips of the hair.
    """
    alpha = pixels[..., 3]
    closed = cv2.morphologyEx(alpha, cv2.MORPH_CLOSE, _GAP)
    tips = slice(0, int(len(alpha) * _TIPS))
    closed[tips] = cv2.morphologyEx(alpha, cv2.MORPH_CLOSE, _GAP_OF_TIPS)[tips]
    _, label = cv2.connectedComponents((closed < 128).astype(np.uint8))
    open_ = np.isin(label, np.unique(label[0])) & (label > 0)
    hole = cv2.dilate(((alpha < 128) & ~open_).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    hole &= ~open_ & ~face
    # Tips beside the chin end where they end: a shadow drawn between them would be a bar.
    beside = cv2.dilate(face.astype(np.uint8), np.ones((121, 81), np.uint8)) > 0
    hole |= _notches(alpha) & ~beside
    around = spread(pixels[..., :3], alpha >= _OPAQUE)
    out = pixels.copy()
    out[hole, :3] = _blur(around, 6.0)[hole] * 0.9
    out[hole, 3] = 255
    return out


def _notches(alpha: np.ndarray) -> np.ndarray:
    """Gaps from below, as shoulders press them into the hair, but not the face's opening."""
    tips = np.argmax(alpha >= 128, axis=0)
    level = grey_opening(tips, size=_TEXTURE_PX // 40, mode="wrap")
    rows = np.arange(len(alpha))[:, None]
    deep = (tips - level > 8) & (tips < len(alpha) * 0.3)
    out: np.ndarray = (rows >= level) & (rows < tips) & deep
    return out


def _bleed(pixels: np.ndarray) -> np.ndarray:
    """Colour of nearly clear pixels from the nearest solid ones, so that borders do not darken."""
    out = pixels.copy()
    out[..., :3] = spread(pixels[..., :3], pixels[..., 3] >= 128)
    return out


def _smooth_radius(radius: np.ndarray, known: np.ndarray) -> np.ndarray:
    """The radius without the steps between cards, and carried on where there is no card."""
    sigma = _TEXTURE_PX / 160
    weight = known.astype(np.float32)
    blurred = _blur(radius * weight, sigma) / np.maximum(_blur(weight, sigma), 1e-4)
    filled = spread(np.where(known, blurred, 0.0).astype(np.float32), known)
    return _blur(filled, 6.0) + 0.002


def _blur(image: np.ndarray, sigma: float) -> np.ndarray:
    """Gaussian blur of a texture that closes round the head."""
    pad = int(4 * sigma)
    wide = np.concatenate([image[:, -pad:], image, image[:, :pad]], axis=1).astype(np.float32)
    out: np.ndarray = cv2.GaussianBlur(wide, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
    return out[:, pad:-pad]


def _cells(alpha: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Triangles of wholly covered and of partly covered cells of the grid."""
    edges = np.arange(_GRID + 1) * _TEXTURE_PX // _GRID
    most = np.maximum.reduceat(np.maximum.reduceat(alpha, edges[:-1], 0), edges[:-1], 1)
    least = np.minimum.reduceat(np.minimum.reduceat(alpha, edges[:-1], 0), edges[:-1], 1)
    i = np.arange((_GRID + 1) ** 2).reshape(_GRID + 1, _GRID + 1)
    a, b, c, d = i[:-1, :-1], i[:-1, 1:], i[1:, 1:], i[1:, :-1]
    quads = np.stack([np.stack([a, b, c], -1), np.stack([a, c, d], -1)], -2)
    solid = least > _OPAQUE
    partly = (most > _EMPTY) & ~solid
    opaque, soft = (quads[chosen].reshape(-1, 3).astype(np.int32) for chosen in (solid, partly))
    return opaque, soft


def _weights(parts: list[Part], points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Those of the nearest strand."""
    places = np.concatenate([part.positions_m for part in parts])
    _, nearest = cKDTree(places).query(points)
    bones = np.concatenate([part.bone_indices for part in parts])[nearest]
    weights = np.concatenate([part.bone_weights for part in parts])[nearest]
    return bones, weights
