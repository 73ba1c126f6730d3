"""One draw call: an array, the program and textures it is drawn with, and its uniforms."""

from dataclasses import dataclass

import moderngl

from render.human.bake import RELIEF_UNIT
from render.human.mesh import set_uniforms


@dataclass(frozen=True, slots=True, eq=False)
class DrawCall:
    """Part of a human on the GPU."""

    array: moderngl.VertexArray
    program: moderngl.Program
    texture: moderngl.Texture
    uniforms: dict[str, object]
    mode: int = moderngl.TRIANGLES
    double_sided: bool = False
    relief: moderngl.Texture | None = None

    def draw(self) -> None:
        self.texture.use(0)
        if self.relief is not None:
            self.relief.use(RELIEF_UNIT)
        set_uniforms(self.program, self.uniforms)
        if self.double_sided:
            self.array.ctx.disable(moderngl.CULL_FACE)
        self.array.render(self.mode)
        if self.double_sided:
            self.array.ctx.enable(moderngl.CULL_FACE)
