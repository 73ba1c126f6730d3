"""Layers over the drawn picture: only where they cover something, blended only where they must."""

from collections.abc import Sequence
from dataclasses import dataclass

import moderngl
import numpy as np
from jaxtyping import UInt8

from render.human.mesh import floats, set_uniforms
from render.layer import Layer
from render.shaders import source

_CELL_PX = 16


@dataclass(frozen=True, slots=True, eq=False)
class _Uploaded:
    layer: Layer
    texture: moderngl.Texture
    opaque: moderngl.VertexArray | None
    blended: moderngl.VertexArray | None


class Compositor:
    """Draws layers as textured cells at whole pixels of a picture."""

    def __init__(self, context: moderngl.Context, width_px: int, height_px: int) -> None:
        self._context = context
        self._program = context.program(
            vertex_shader=source("layer.vert"), fragment_shader=source("layer.frag")
        )
        set_uniforms(self._program, {"picture_size": (float(width_px), float(height_px))})
        self._uploaded: list[_Uploaded] = []
        self.uncovered: UInt8[np.ndarray, "h w"] = np.full((height_px, width_px), 255, np.uint8)
        # 0 where a layer shows anything

    def set_layers(self, layers: Sequence[Layer]) -> None:
        """Takes the layers from now on; those of the same name and revision stay uploaded."""
        known = {(old.layer.name, old.layer.revision): old for old in self._uploaded}
        fresh = []
        for layer in layers:
            old = known.pop((layer.name, layer.revision), None)
            same = old is not None and old.layer.rgba.shape == layer.rgba.shape
            if old is not None and same:
                fresh.append(_Uploaded(layer, old.texture, old.opaque, old.blended))
            else:
                fresh.append(self._upload(layer))
        kept = {id(upload.texture) for upload in fresh}
        for upload in self._uploaded:
            if id(upload.texture) not in kept:
                _release(upload)
        if [_place(u.layer) for u in fresh] != [_place(u.layer) for u in self._uploaded]:
            self._uploaded = fresh
            self._mark_covered()
        self._uploaded = fresh

    def draw(self) -> None:
        """Into the framebuffer in use."""
        if not self._uploaded:
            return
        context = self._context
        context.disable(moderngl.DEPTH_TEST | moderngl.CULL_FACE | moderngl.BLEND)
        context.blend_func = (moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA)
        for upload in self._uploaded:
            layer = upload.layer
            height, width = layer.rgba.shape[:2]
            set_uniforms(
                self._program,
                {
                    "offset": (float(layer.x_px), float(layer.y_px)),
                    "layer_size": (float(width), float(height)),
                },
            )
            upload.texture.use(0)
            if upload.opaque is not None:
                upload.opaque.render()
            if upload.blended is not None:
                context.enable(moderngl.BLEND)
                upload.blended.render()
                context.disable(moderngl.BLEND)

    def _upload(self, layer: Layer) -> _Uploaded:
        height, width = layer.rgba.shape[:2]
        texture = self._context.texture(
            (width, height), 4, np.ascontiguousarray(layer.rgba).tobytes()
        )
        texture.filter = (moderngl.NEAREST, moderngl.NEAREST)
        most, least = _cell_range(layer.rgba[..., 3])
        return _Uploaded(
            layer,
            texture,
            self._cells(least == 255, width, height),
            self._cells((most > 0) & (least < 255), width, height),
        )

    def _cells(self, chosen: np.ndarray, width: int, height: int) -> moderngl.VertexArray | None:
        """Two triangles for each run of chosen cells in a row."""
        quads = []
        for row, cells in enumerate(chosen):
            edges = np.flatnonzero(np.diff(np.concatenate([[0], cells.astype(np.int8), [0]])))
            y0, y1 = row * _CELL_PX, min(height, (row + 1) * _CELL_PX)
            for start, end in edges.reshape(-1, 2):
                x0, x1 = start * _CELL_PX, min(width, end * _CELL_PX)
                quads += [(x0, y0), (x1, y0), (x1, y1), (x0, y0), (x1, y1), (x0, y1)]
        if not quads:
            return None
        buffer = self._context.buffer(floats(quads))
        return self._context.vertex_array(self._program, [(buffer, "2f", "pixel")])

    def _mark_covered(self) -> None:
        rows, columns = self.uncovered.shape
        self.uncovered[:] = 255
        for upload in self._uploaded:
            layer = upload.layer
            y, x = max(0, layer.y_px), max(0, layer.x_px)
            part = layer.rgba[
                y - layer.y_px : rows - layer.y_px, x - layer.x_px : columns - layer.x_px, 3
            ]
            self.uncovered[y : y + part.shape[0], x : x + part.shape[1]][part > 0] = 0


def _place(layer: Layer) -> tuple[str, int, int, int]:
    return (layer.name, layer.revision, layer.x_px, layer.y_px)


def _release(upload: _Uploaded) -> None:
    for thing in (upload.texture, upload.opaque, upload.blended):
        if thing is not None:
            thing.release()


def _cell_range(alpha: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Greatest and least cover in each cell."""
    rows, columns = (np.arange(0, n, _CELL_PX) for n in alpha.shape)
    most = np.maximum.reduceat(np.maximum.reduceat(alpha, rows, 0), columns, 1)
    least = np.minimum.reduceat(np.minimum.reduceat(alpha, rows, 0), columns, 1)
    return most, least
