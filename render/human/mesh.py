"""Vertex data on the GPU."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import moderngl
import numpy as np

ALPHA_BLENDING = (moderngl.SRC_ALPHA, moderngl.ONE_MINUS_SRC_ALPHA)

_LAST_MIPMAP = 3
_FORMATS = {1: "1f", 2: "2f", 3: "3f", 4: "4f"}


@dataclass(frozen=True, slots=True, eq=False)
class Streamed:
    """An attribute that is written again for every picture; its buffer stays the writer's."""

    buffer: moderngl.Buffer
    components: int
    # floats a vertex


def floats(array: object) -> bytes:
    """Little-endian float32, as GL takes it."""
    return np.ascontiguousarray(array, dtype=np.float32).tobytes()


def vertex_array(
    context: moderngl.Context,
    program: moderngl.Program,
    attributes: Mapping[str, np.ndarray | Streamed],
    triangles: np.ndarray | None = None,
) -> moderngl.VertexArray:
    """A vertex array of those attributes that the program kept; compilers drop what has no effect.

    Arrays are packed into one buffer, since that is what the vertex cache likes.
    """
    content: list[tuple[object, ...]] = []
    packed = {
        name: np.asarray(value, np.float32).reshape(len(value), -1)
        for name, value in attributes.items()
        if isinstance(value, np.ndarray) and name in program
    }
    if packed:
        buffer = context.buffer(floats(np.concatenate(list(packed.values()), axis=1)))
        layout = " ".join(_FORMATS[value.shape[1]] for value in packed.values())
        content.append((buffer, layout, *packed))
    content += [
        (value.buffer, _FORMATS[value.components], name)
        for name, value in attributes.items()
        if isinstance(value, Streamed) and name in program
    ]
    index = None if triangles is None else context.buffer(triangles.astype(np.int32).tobytes())
    return context.vertex_array(program, content, index)


def set_uniforms(program: moderngl.Program, values: Mapping[str, object]) -> None:
    """Sets those uniforms that the program kept."""
    for name, value in values.items():
        member = program.get(name, None)
        if isinstance(member, moderngl.Uniform):
            member.value = value


def write_matrix(program: moderngl.Program, name: str, matrix: np.ndarray) -> None:
    """Sets a mat4 from a matrix that multiplies columns."""
    member = program.get(name, None)
    if isinstance(member, moderngl.Uniform):
        member.write(floats(matrix.T))


def bind_block(program: moderngl.Program, name: str, binding: int) -> None:
    """Says from which binding point a uniform block is read."""
    member = program.get(name, None)
    if isinstance(member, moderngl.UniformBlock):
        member.binding = binding


def set_blending(context: moderngl.Context, factors: tuple[int, ...]) -> None:
    """Source and destination factor of colour, then perhaps those of alpha."""
    context.blend_func = cast("tuple[int, int]", factors)


def lit_texture(context: moderngl.Context, pixels: np.ndarray) -> moderngl.Texture:
    """A texture with mipmaps from (h, w, 4), first row at the bottom."""
    height, width = pixels.shape[:2]
    texture = context.texture((width, height), 4, np.ascontiguousarray(pixels).tobytes())
    # surfaces seen from the side must not fetch the mean of the whole texture
    texture.build_mipmaps(0, _LAST_MIPMAP)
    texture.filter = (moderngl.LINEAR_MIPMAP_NEAREST, moderngl.LINEAR)
    texture.repeat_x = texture.repeat_y = False
    return texture
