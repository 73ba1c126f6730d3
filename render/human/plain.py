"""Parts of other makers: no light baked for their form, so any mesh and any UVs will do.

Each texture is seen once in even light; on air a vertex multiplies it by the light it gets. The
pixel pays for one fetch, as with baked parts.
"""

import cv2
import moderngl
import numpy as np
from jaxtyping import Float32

from core.human import Part
from render.human.bake import part_albedo
from render.human.mesh import floats, set_uniforms
from render.shaders import source

_LAST_MIPMAP = 3
_GREY_RANGE = (0.03, 0.6)


def plain_texture(context: moderngl.Context, part: Part, constants: str) -> moderngl.Texture:
    """The part's texture in even light. Leaves another framebuffer in use."""
    albedo = part_albedo(context, part)
    texture = context.texture(albedo.size, 4)
    frame = context.framebuffer([texture])
    program = context.program(
        vertex_shader=source("plain_bake.vert"),
        fragment_shader=source("plain_bake.frag", constants),
    )
    set_uniforms(program, {"tint": part.tint, "albedo": 0})
    corners = context.buffer(floats([[0, 0], [1, 0], [0, 1], [1, 1]]))
    quad = context.vertex_array(program, [(corners, "2f", "corner")])
    context.disable(moderngl.DEPTH_TEST | moderngl.BLEND | moderngl.CULL_FACE)
    frame.use()
    albedo.use(0)
    quad.render(moderngl.TRIANGLE_STRIP)
    for thing in (quad, corners, program, frame, albedo):
        thing.release()
    texture.build_mipmaps(0, _LAST_MIPMAP)
    texture.filter = (moderngl.LINEAR_MIPMAP_NEAREST, moderngl.LINEAR)
    texture.repeat_x = texture.repeat_y = part.finish is not None and part.finish.tiles
    return texture


def plain_defines(part: Part) -> str:
    """What the shaders must know of a part's finish."""
    if part.finish is None:
        raise ValueError(f"{part.name} is plain but has no finish")
    covers = {"opaque": "", "mask": "\n#define CUT_OUT", "blend": "\n#define BLENDED"}
    return covers[part.finish.cover] + ("\n#define TWO_SIDED" if part.finish.double_sided else "")


def vertex_greys(part: Part) -> Float32[np.ndarray, " vertices"]:
    """Linear brightness of the surface at each vertex, for the tone curve: one texture may hold
    skin and cloth."""
    bright = np.full(len(part.uvs), 1.0)
    if part.texture is not None:
        # a coarse picture: what matters is the material, not its grain
        small = cv2.resize(part.texture, (64, 64), interpolation=cv2.INTER_AREA)
        column, row = (part.uvs * (1, -1) + (0, 1)).T % 1.0
        at = small[(row * 63.99).astype(int), (column * 63.99).astype(int), :3] / 255.0
        bright = (at**2 * part.tint).mean(1)
    else:
        bright *= float(np.mean(part.tint))
    return np.clip(bright, *_GREY_RANGE).astype(np.float32)


def front_to_back(part: Part) -> np.ndarray:
    """Triangles with the outermost first, so that what they hide is not shaded at all."""
    middles = part.positions_m[part.triangles].mean(1)
    outward = middles[:, 2] + 0.3 * np.abs(middles[:, 0] - middles[:, 0].mean())
    out: np.ndarray = part.triangles[np.argsort(-outward, kind="stable")]
    return out
