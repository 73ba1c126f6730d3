"""Hair on the GPU: the shell, solid and soft, and the loose hairs of its outline."""

from collections.abc import Callable

import moderngl
import numpy as np

from render.human.bake import RELIEF_UNIT
from render.human.draw_call import DrawCall
from render.human.fins import HEIGHT_M, draw_hairs, stand_fins
from render.human.marks import SURFACES
from render.human.mesh import Streamed, lit_texture, vertex_array
from render.human.shell import HairShell

_CLIP_DISTANCE0 = 0x3000
# GL's; moderngl has no name for it

MakeProgram = Callable[[str, str, str], moderngl.Program]
"""Takes vertex and fragment shader's names and the constants before both."""


class HairDrawer:
    """One head of hair. All calls belong to the thread of `context`."""

    def __init__(
        self,
        context: moderngl.Context,
        shell: HairShell,
        constants: str,
        make_program: MakeProgram,
    ) -> None:
        self._context = context
        texture = lit_texture(context, shell.texture)
        attributes: dict[str, np.ndarray | Streamed] = {
            "position": shell.positions_m,
            "normal": shell.outward(),
            "uv": shell.uvs,
            "bones": shell.bone_indices.astype(np.float32),
            "weights": shell.bone_weights,
        }

        def part(triangles: np.ndarray, define: str) -> DrawCall:
            program = make_program("hair.vert", "hair.frag", constants + define)
            array = vertex_array(context, program, attributes, triangles)
            return DrawCall(array, program, texture, {"mark": SURFACES["hair"]})

        self._opaque = part(shell.opaque, "")
        self._soft = part(shell.soft, "\n#define BLENDED")
        self._fins = _stand_fins(context, shell, texture, constants, make_program)

    def draw_opaque(self) -> None:
        """What hides whatever is behind it."""
        self._context.disable(moderngl.CULL_FACE)
        self._opaque.draw()
        self._context.enable(moderngl.CULL_FACE)

    def draw_soft(self) -> None:
        """What is seen through, last, with blending on. Leaves culling off."""
        context = self._context
        context.enable(moderngl.CULL_FACE)
        for culled in ("front", "back"):
            # hair behind the neck shows through the hair before it, so it comes first
            context.cull_face = culled
            self._soft.draw()
        context.disable(moderngl.CULL_FACE)
        # loose hairs must not hide each other
        context.fbo.depth_mask = False
        context.enable_direct(_CLIP_DISTANCE0)
        self._fins.draw()
        context.disable_direct(_CLIP_DISTANCE0)
        context.fbo.depth_mask = True


def _stand_fins(
    context: moderngl.Context,
    shell: HairShell,
    texture: moderngl.Texture,
    constants: str,
    make_program: MakeProgram,
) -> DrawCall:
    """The outline's hairs, in the colours of the shell."""
    constants = f"{constants}\nconst float HEIGHT_M = {HEIGHT_M};"
    program = make_program("fin.vert", "fin.frag", constants)
    fins = stand_fins(shell)
    attributes: dict[str, np.ndarray | Streamed] = {
        "position": fins.positions_m,
        "outward": fins.outward,
        "across": fins.across,
        "rise": fins.rise,
        "uv": fins.uvs,
        "along": fins.along,
        "bones": fins.bone_indices.astype(np.float32),
        "weights": fins.bone_weights,
    }
    array = vertex_array(context, program, attributes, fins.triangles)
    cover = draw_hairs()
    height, width = cover.shape
    hairs = context.texture((width, height), 1, cover.tobytes())
    hairs.repeat_y = False
    return DrawCall(array, program, texture, {"hairs": RELIEF_UNIT}, relief=hairs)
