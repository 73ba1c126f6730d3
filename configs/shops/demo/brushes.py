"""What the product pictures are drawn with: colours, gradients, shadows, cloth and letters."""

from collections.abc import Sequence

import skia

FLOOR = 560.0
# where things stand
Colour = tuple[float, float, float]
Point = tuple[float, float]

WHITE: Colour = (1.0, 1.0, 1.0)
INK: Colour = (0.16, 0.17, 0.2)
GOLD: Colour = (0.83, 0.68, 0.42)
WOOD: Colour = (0.74, 0.54, 0.36)


def rgb(text: str) -> Colour:
    red, green, blue = bytes.fromhex(text)
    return red / 255, green / 255, blue / 255


def mix(one: Colour, other: Colour, share: float) -> Colour:
    return tuple(a + (b - a) * share for a, b in zip(one, other, strict=True))  # type: ignore[return-value]


def dark(colour: Colour, share: float) -> Colour:
    return mix(colour, (0.1, 0.08, 0.12), share)


def light(colour: Colour, share: float) -> Colour:
    return mix(colour, WHITE, share)


def paint(colour: Colour, alpha: float = 1.0, **more: object) -> skia.Paint:
    return skia.Paint(AntiAlias=True, Color4f=skia.Color4f(*colour, alpha), **more)


def stroke(colour: Colour, width: float, alpha: float = 1.0) -> skia.Paint:
    return paint(
        colour, alpha, Style=skia.Paint.kStroke_Style, StrokeWidth=width,
        StrokeCap=skia.Paint.kRound_Cap, StrokeJoin=skia.Paint.kRound_Join,
    )  # fmt: skip


def blurred(colour: Colour, alpha: float, sigma: float) -> skia.Paint:
    blur = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, sigma)
    return paint(colour, alpha, MaskFilter=blur)


def across(left: float, right: float, colours: Sequence[tuple[float, Colour]]) -> skia.Paint:
    """A gradient from left to right."""
    return _gradient((left, 0), (right, 0), colours)


def down(top: float, bottom: float, colours: Sequence[tuple[float, Colour]]) -> skia.Paint:
    """A gradient from top to bottom."""
    return _gradient((0, top), (0, bottom), colours)


def _gradient(start: Point, end: Point, colours: Sequence[tuple[float, Colour]]) -> skia.Paint:
    shader = skia.GradientShader.MakeLinear(
        [skia.Point(*start), skia.Point(*end)],
        [skia.Color4f(*colour, 1.0).toColor() for _, colour in colours],
        [at for at, _ in colours],
    )
    return skia.Paint(AntiAlias=True, Shader=shader)


def glow(centre: Point, radius: float, inner: Colour, outer: Colour, alpha: float) -> skia.Paint:
    """Light that falls off from a centre."""
    shader = skia.GradientShader.MakeRadial(
        skia.Point(*centre), radius,
        [skia.Color4f(*inner, 1.0).toColor(), skia.Color4f(*outer, alpha).toColor()],
    )  # fmt: skip
    return skia.Paint(AntiAlias=True, Shader=shader)


def turned(colour: Colour, left: float, right: float) -> skia.Paint:
    """The shading of something round that stands upright, lit from the upper left."""
    return across(left, right, (
        (0.0, dark(colour, 0.28)), (0.1, mix(colour, WHITE, 0.06)), (0.26, light(colour, 0.42)),
        (0.42, colour), (0.78, dark(colour, 0.12)), (0.94, dark(colour, 0.3)),
        (1.0, dark(colour, 0.2)),
    ))  # fmt: skip


def curve(start: Point, *pieces: Sequence[float]) -> skia.Path:
    """A closed shape. A piece of 2 numbers is a line to a point, of 4 a quadratic, of 6 a cubic."""
    path = skia.Path()
    path.moveTo(*start)
    for piece in pieces:
        {2: path.lineTo, 4: path.quadTo, 6: path.cubicTo}[len(piece)](*piece)
    path.close()
    return path


def box(left: float, top: float, right: float, bottom: float, radius: float) -> skia.RRect:
    return skia.RRect.MakeRectXY(skia.Rect.MakeLTRB(left, top, right, bottom), radius, radius)


def oval(left: float, top: float, right: float, bottom: float) -> skia.Rect:
    return skia.Rect.MakeLTRB(left, top, right, bottom)


def stand(canvas: skia.Canvas, left: float, right: float, floor: float = FLOOR) -> None:
    """The shadow of something that stands between two x."""
    wide = (right - left) * 0.08
    canvas.drawOval(oval(left - wide, floor - 16, right + wide * 1.8, floor + 22),
                    blurred(INK, 0.28, 14))  # fmt: skip
    canvas.drawOval(oval(left + 4, floor - 7, right - 4, floor + 8), blurred(INK, 0.42, 5))


def wordmark(
    canvas: skia.Canvas, text: str, x: float, y: float, size: float, colour: Colour
) -> None:
    """Letters with air between them, centred on x."""
    font = skia.Font(skia.Typeface("DejaVu Sans"), size)
    gap = size * 0.24
    widths = [font.measureText(letter) for letter in text]
    at = x - (sum(widths) + gap * (len(text) - 1)) / 2
    for letter, width in zip(text, widths, strict=True):
        canvas.drawString(letter, at, y, font, paint(colour))
        at += width + gap


def veil(left: float, right: float) -> skia.Paint:
    """The darker edges and the bright streak of glass, to lay over a colour."""
    shader = skia.GradientShader.MakeLinear(
        [skia.Point(left, 0), skia.Point(right, 0)],
        [skia.Color4f(*INK, 0.34).toColor(), skia.Color4f(*WHITE, 0.0).toColor(),
         skia.Color4f(*WHITE, 0.6).toColor(), skia.Color4f(*WHITE, 0.05).toColor(),
         skia.Color4f(*INK, 0.04).toColor(), skia.Color4f(*INK, 0.36).toColor()],
        [0.0, 0.1, 0.17, 0.28, 0.75, 1.0],
    )  # fmt: skip
    return skia.Paint(AntiAlias=True, Shader=shader)
