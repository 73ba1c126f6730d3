"""A small picture being drawn, and what it is drawn with."""

from typing import Any

import numpy as np
import skia
from jaxtyping import UInt8

from render.layer import Layer
from render.overlay.theme import SHADOW


class Canvas:
    """A transparent picture of its own, placed somewhere in the frame."""

    def __init__(self, x_px: int, y_px: int, width_px: int, height_px: int) -> None:
        self._x_px, self._y_px = x_px, y_px
        self._pixels: UInt8[np.ndarray, "height width 4"] = np.zeros(
            (height_px, width_px, 4), np.uint8
        )
        self._surface = skia.Surface(
            self._pixels,
            colorType=skia.kRGBA_8888_ColorType,
            alphaType=skia.kPremul_AlphaType,
        )
        self.skia: Any = self._surface.getCanvas()

    def plate(
        self,
        rect: tuple[float, float, float, float],
        radius: float,
        colour: int,
        *,
        to: int | None = None,
        shadow_px: float = 0,
    ) -> None:
        """A rounded plate.

        Args:
            rect: left, top, width, height.
            to: the colour at the right edge, for a gradient.
            shadow_px: blur of the shadow below it; 0 for none.
        """
        left, top, width, height = rect
        shape = skia.RRect.MakeRectXY(skia.Rect.MakeXYWH(left, top, width, height), radius, radius)
        if shadow_px:
            blur = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, shadow_px / 2)
            below = shape.makeOffset(0, shadow_px / 3)
            self.skia.drawRRect(below, skia.Paint(AntiAlias=True, Color=SHADOW, MaskFilter=blur))
        paint = skia.Paint(AntiAlias=True, Color=colour)
        if to is not None:
            ends = [skia.Point(left, top), skia.Point(left + width, top)]
            paint.setShader(skia.GradientShader.MakeLinear(ends, [colour, to]))
        self.skia.drawRRect(shape, paint)

    def text(self, paragraph: Any, x: float, y: float) -> None:
        paragraph.paint(self.skia, x, y)

    def image(self, image: Any, rect: tuple[float, float, float, float], radius: float) -> None:
        """A picture that fills the rectangle: its middle, cut at the edges."""
        left, top, width, height = rect
        target = skia.Rect.MakeXYWH(left, top, width, height)
        scale = max(width / image.width(), height / image.height())
        across, down = width / scale, height / scale
        source = skia.Rect.MakeXYWH(
            (image.width() - across) / 2, (image.height() - down) / 2, across, down
        )
        self.skia.save()
        self.skia.clipRRect(skia.RRect.MakeRectXY(target, radius, radius), doAntiAlias=True)
        sampling = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
        self.skia.drawImageRect(image, source, target, sampling, skia.Paint(AntiAlias=True))
        self.skia.restore()

    def to_layer(self, name: str, revision: int) -> Layer:
        self._surface.flushAndSubmit()
        self._pixels.flags.writeable = False
        return Layer(name, self._x_px, self._y_px, self._pixels, revision)
