"""Hair cards drawn outwards on to the shell round the head: its colour and how far off they lie."""

from dataclasses import dataclass

import moderngl
import numpy as np
from jaxtyping import Float32, UInt8
from scipy.ndimage import gaussian_filter, gaussian_filter1d
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from core.human import HumanModel, Part
from render.human.mesh import ALPHA_BLENDING, set_blending, set_uniforms, vertex_array
from render.shaders import source

TEXTURE_PX = 2048
DOME_M = 0.13
# length on the texture of one radian of the dome
_REACH_M = 0.45
# no hair is farther from the axis


@dataclass(frozen=True, slots=True)
class ShellAxis:
    """The line the shell is measured from: upright at `z_m`, a dome above `y_m`."""

    z_m: float
    y_m: float
    low: float
    high: float
    # ends of the texture's v, metres along the shell

    def uniform(self) -> tuple[float, float, float, float]:
        return (self.z_m, self.y_m, self.low, self.high)

    @property
    def row_m(self) -> float:
        """Height of one row of the texture, metres along the shell."""
        return (self.high - self.low) / TEXTURE_PX

    def along_m(self) -> Float32[np.ndarray, " rows"]:
        """Metres along the shell of each row of the texture, 0 where the dome begins."""
        ticks = (np.arange(TEXTURE_PX, dtype=np.float32) + 0.5) / TEXTURE_PX
        out: np.ndarray = self.low + ticks * (self.high - self.low)
        return out

    def points(self, u: np.ndarray, v: np.ndarray, radius: np.ndarray) -> np.ndarray:
        """Texture coordinates and radius -> metres."""
        theta = (u * 2 - 1) * np.pi
        along = self.low + v * (self.high - self.low)
        phi = np.clip(along, 0, None) / DOME_M
        return np.stack(
            [
                radius * np.cos(phi) * np.sin(theta),
                self.y_m + np.where(along < 0, along, radius * np.sin(phi)),
                self.z_m + radius * np.cos(phi) * np.cos(theta),
            ],
            axis=-1,
        )


def find_axis(human: HumanModel, parts: list[Part]) -> ShellAxis:
    """The axis of a head of hair: through its middle, the dome begins a little over the eyes."""
    points = np.concatenate([part.positions_m for part in parts])
    eye_y = float(np.mean([eye.centre_m[1] for eye in human.eyes]))
    above = points[points[:, 1] > eye_y]
    centre_z = float((above[:, 2].min() + above[:, 2].max()) / 2) if len(above) else 0.0
    y = eye_y + 0.025
    return ShellAxis(centre_z, y, float(points[:, 1].min()) - y - 0.005, np.pi / 2 * DOME_M)


def draw_cards(
    context: moderngl.Context, parts: list[Part], constants: str, axis: ShellAxis
) -> tuple[
    UInt8[np.ndarray, "rows columns 4"], Float32[np.ndarray, "rows columns"]
]:  # fmt: skip
    """Colour with cover, and metres from the axis of the outermost card, 0 where there is none."""
    size = (TEXTURE_PX, TEXTURE_PX)
    constants = f"{constants}\nconst float DOME_M = {DOME_M};"
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
    return pixels, np.where(found[..., 3] > 0, found[..., 0], 0.0).astype(np.float32)


def root_radius(
    parts: list[Part], axis: ShellAxis
) -> tuple[Float32[np.ndarray, "roots 2"], Float32[np.ndarray, " roots"]]:
    """Where strands are rooted: texture coordinates, and metres from the axis.

    Cards out of a file don't say which of their ends is the root: they give none.
    """
    roots = [part.positions_m[part.uvs[:, 1] == 0] for part in parts if part.extra is not None]
    points = np.concatenate([*roots, np.zeros((0, 3), np.float32)])
    x, rise, z = points[:, 0], points[:, 1] - axis.y_m, points[:, 2] - axis.z_m
    flat = np.hypot(x, z)
    along = np.where(rise < 0, rise, np.arctan2(rise, flat) * DOME_M)
    u = (np.arctan2(x, z) / np.pi + 1) / 2
    v = (along - axis.low) / (axis.high - axis.low)
    radius = np.where(rise < 0, flat, np.hypot(flat, rise))
    return np.stack([u, v], 1).astype(np.float32), radius.astype(np.float32)


class _CardPass:
    """One shader over all cards."""

    def __init__(
        self,
        context: moderngl.Context,
        parts: list[Part],
        axis: ShellAxis,
        name: str,
        constants: str,
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

    def _cards(self, part: Part, axis: ShellAxis) -> moderngl.VertexArray:
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
            has, ringlets = float(part.texture is not None), float(is_ringlets(part))
            set_uniforms(
                self._program, {"tint": part.tint, "has_albedo": has, "ringlets": ringlets}
            )
            if part.texture is not None:
                height, width = part.texture.shape[:2]
                albedo = self._context.texture(
                    (width, height), 4, np.ascontiguousarray(part.texture[::-1]).tobytes()
                )
                albedo.use(1)
            cards.render()


def _unwrapped(part: Part, axis: ShellAxis) -> tuple[np.ndarray, np.ndarray]:
    """Corners of all triangles and where each lies across the texture, -1 to 1.

    Triangles across the seam at the back come twice, once at either border.
    """
    x, z = part.positions_m[:, 0], part.positions_m[:, 2] - axis.z_m
    turn = (np.arctan2(x, z) / np.pi)[part.triangles]
    turn = turn - 2 * np.round((turn - turn[:, :1]) / 2)
    left, right = turn.min(axis=1) < -1, turn.max(axis=1) > 1
    corners = np.concatenate([part.triangles, part.triangles[left], part.triangles[right]])
    return corners.ravel(), np.concatenate([turn, turn[left] + 2, turn[right] - 2]).ravel()


def is_ringlets(part: Part) -> bool:
    """Whether hair of our own curls so much that each coil is to be seen."""
    return part.extra is not None and float(part.extra[:, 2].mean()) > 0.5


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
