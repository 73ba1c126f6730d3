"""Light, computed once with the full shaders and kept in each part's texture.

Drawing then costs one texture fetch a pixel, which two CPU cores can do 25 times a second.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import cv2
import moderngl
import numpy as np
from jaxtyping import Float32, Int16, UInt8

from core.human import HumanModel, Part
from render.human.mesh import floats, set_uniforms, vertex_array
from render.human.region import Region, split_regions
from render.human.shell import HairShell, bake_shell
from render.human.texels import spread
from render.shaders import source

Progress = Callable[[str, float], None]
"""Told what is being done and the share that is done, 0 to 1."""

RELIEF_UNIT = 1
"""Texture unit of the creases; the skin's colour is on 0."""

_PX_PER_M = 2000.0
_SMALLEST_PX, _LARGEST_PX = 256, 2048


@dataclass(frozen=True, slots=True, eq=False)
class BakedHuman:
    """What baking gives; textures have their first row at the bottom, as GL has it."""

    textures: dict[str, UInt8[np.ndarray, "height width 4"]]
    # lit surface of each skin and cloth part; alpha of skin says what creases do to its brightness
    unlit: dict[str, Float32[np.ndarray, "vertices 3"]]
    # divisor that takes the light of the mesh's own pose out again
    shell: HairShell | None
    greys: dict[str, float] = field(default_factory=dict)
    # mean linear brightness of each part, for the tone curve


def bake_human(
    context: moderngl.Context, human: HumanModel, constants: str, progress: Progress
) -> BakedHuman:
    """Bakes every part that carries light in a texture, and the hair."""
    surfaces = [part for part in human.parts if part.material in ("skin", "cloth")]
    textures, unlit, greys = {}, {}, {}
    for done, part in enumerate(surfaces):
        progress(f"baking light: {part.name}", done / (len(surfaces) + 1))
        textures[part.name] = _bake_surface(context, part, constants)
        greys[part.name] = _grey(part)
        unlit[part.name] = _measure_unlit(context, part, constants, greys[part.name])
    progress("baking hair", len(surfaces) / (len(surfaces) + 1))
    shell = bake_shell(context, human, constants)
    progress("light is baked", 1.0)
    return BakedHuman(textures, unlit, shell, greys)


def _bake_surface(context: moderngl.Context, part: Part, constants: str) -> np.ndarray:
    size = _texture_size(part)
    target = context.texture((size, size), 4)
    frame = context.framebuffer([target])
    arrays = {
        "position": part.positions_m,
        "normal": part.normals,
        "uv": part.uvs,
        "shade": np.stack([part.occlusion, part.key_visibility], 1),
        "drape": np.zeros((len(part.normals), 4)) if part.extra is None else part.extra,
    }
    triangles = _without_seam(part)
    albedo = part_albedo(context, part)
    relief = None if part.creases_um is None else part_relief(context, part.creases_um)
    pixels = {}
    for name in (f"{part.material}.frag", "cover.frag"):
        program = context.program(
            vertex_shader=source("bake.vert"),
            fragment_shader=source(name, material_constants(part, constants)),
        )
        set_uniforms(
            program,
            {
                "tint": part.tint, "has_albedo": float(part.texture is not None), "albedo": 0,
                "relief": RELIEF_UNIT,
            },
        )  # fmt: skip
        frame.use()
        frame.clear(0.0, 0.0, 0.0, 0.0)
        context.disable(moderngl.DEPTH_TEST | moderngl.BLEND | moderngl.CULL_FACE)
        albedo.use(0)
        if relief is not None:
            relief.use(RELIEF_UNIT)
        vertex_array(context, program, arrays, triangles).render()
        pixels[name] = np.frombuffer(target.read(), np.uint8).reshape(size, size, 4)
    lit, cover = pixels.values()
    for thing in (frame, target, albedo, relief):
        if thing is not None:
            thing.release()
    return spread(lit, cover[..., 3] > 0)


def _without_seam(part: Part) -> np.ndarray:
    """The triangles but those that reach across the texture, where it closes round the head."""
    across = np.ptp(part.uvs[part.triangles][..., 0], axis=1)
    out: np.ndarray = part.triangles[across < 0.5]
    return out


def part_albedo(context: moderngl.Context, part: Part) -> moderngl.Texture:
    """The part's own colour; white where it has no texture. Releasing it is the caller's."""
    pixels = np.full((1, 1, 4), 255, np.uint8) if part.texture is None else part.texture[::-1]
    height, width = pixels.shape[:2]
    texture = context.texture((width, height), 4, np.ascontiguousarray(pixels).tobytes())
    texture.build_mipmaps()
    texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
    return texture


def part_relief(
    context: moderngl.Context, creases_um: Int16[np.ndarray, "height width"]
) -> moderngl.Texture:
    """Heights of the creases in metres. Releasing it is the caller's."""
    # between coarse texels a slope must not jump: light would show every one of them
    size = (2 * creases_um.shape[1], 2 * creases_um.shape[0])
    fine = cv2.resize(creases_um[::-1].astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
    texture = context.texture(size, 1, floats(fine * 1e-6), dtype="f4")
    texture.build_mipmaps()
    texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
    return texture


def _measure_unlit(
    context: moderngl.Context, part: Part, constants: str, grey: float
) -> np.ndarray:
    """One divisor for each vertex, by the very shader code that will light it later."""
    program = context.program(
        vertex_shader=source("unlit.vert", material_constants(part, constants)), varyings=("unlit",)
    )
    set_uniforms(program, {"grey": grey})
    # GL refuses to run at all without a complete framebuffer, though nothing is drawn
    context.simple_framebuffer((1, 1)).use()
    out = context.buffer(reserve=len(part.normals) * 12)
    vertices = vertex_array(context, program, {"normal": part.normals})
    vertices.transform(out, moderngl.POINTS, vertices=len(part.normals))
    return np.frombuffer(out.read(), np.float32).reshape(-1, 3).copy()


def material_constants(part: Part, constants: str) -> str:
    """The scene's constants, which of the two light models holds, and how it is baked."""
    if part.material != "skin":
        return constants
    out = f"{constants}\n#define SKIN"
    if set(split_regions(part)) == {Region.ARMS}:
        out += "\n#define TURNS_OVER"
    if part.creases_um is not None:
        out += "\n#define CREASES"
    return out


def _grey(part: Part) -> float:
    colour = np.asarray(part.tint)
    if part.texture is not None:
        colour = colour * (part.texture[::8, ::8, :3].mean(axis=(0, 1)) / 255.0) ** 2
    return float(np.clip(colour.mean(), 0.03, 0.6))


def _texture_size(part: Part) -> int:
    if part.texture is not None:
        return min(_LARGEST_PX, max(_SMALLEST_PX, part.texture.shape[0]))
    a, b, c = (part.positions_m[part.triangles[:, k]] for k in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2
    wanted = max(1.0, float(np.sqrt(area)) * _PX_PER_M)
    return int(np.clip(2 ** np.ceil(np.log2(wanted)), _SMALLEST_PX, _LARGEST_PX))
