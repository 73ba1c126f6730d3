"""The clothes of the demo shop, drawn flat as they lie on a table."""

from collections.abc import Sequence

import skia
from brushes import (
    INK,
    WHITE,
    Colour,
    Point,
    across,
    blurred,
    box,
    curve,
    dark,
    light,
    oval,
    paint,
    rgb,
    stroke,
    turned,
)


def cloth(canvas: skia.Canvas, shape: skia.Path, colour: Colour, left: float, right: float) -> None:
    """A piece of cloth that hangs: shaded, with a shadow behind and a fine edge."""
    canvas.save()
    canvas.translate(8, 12)
    canvas.drawPath(shape, blurred(INK, 0.22, 12))
    canvas.restore()
    canvas.drawPath(shape, across(left, right, (
        (0, dark(colour, 0.14)), (0.18, light(colour, 0.12)), (0.34, colour),
        (0.5, light(colour, 0.16)), (0.68, dark(colour, 0.04)), (0.84, light(colour, 0.06)),
        (1, dark(colour, 0.18)),
    )))  # fmt: skip
    canvas.drawPath(shape, stroke(dark(colour, 0.3), 1.6, 0.55))


def fold(canvas: skia.Canvas, colour: Colour, start: Point, bend: Point, end: Point) -> None:
    path = skia.Path()
    path.moveTo(*start)
    path.quadTo(*bend, *end)
    soft = stroke(dark(colour, 0.45), 5, 0.28)
    soft.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 3.2))
    canvas.drawPath(path, soft)


def buttons(canvas: skia.Canvas, x: float, ys: Sequence[float], colour: Colour, r: float) -> None:
    for y in ys:
        canvas.drawCircle(x + 1, y + 2, r, blurred(INK, 0.4, 1.5))
        canvas.drawCircle(x, y, r, paint(colour))
        canvas.drawCircle(x - r * 0.25, y - r * 0.25, r * 0.5, paint(light(colour, 0.5), 0.8))


def collar(canvas: skia.Canvas, colour: Colour, y: float, wide: float) -> None:
    """An open shirt collar whose points hang from the neck at y."""
    inside = curve((320 - wide, y), (320, y + 26, 320 + wide, y), (320, y + 74))
    canvas.drawPath(inside, paint(dark(colour, 0.36)))
    for side in (-1, 1):
        point = curve((320 + side * wide, y - 4), (320 + side * wide * 1.28, y + 22),
                      (320 + side * wide * 0.78, y + 86), (320, y + 60),
                      (320 + side * wide * 0.6, y + 40, 320 + side * wide, y - 4))  # fmt: skip
        canvas.drawPath(point, paint(light(colour, 0.2)))
        canvas.drawPath(point, stroke(dark(colour, 0.3), 1.5, 0.6))


def dress(canvas: skia.Canvas) -> None:
    sage = rgb("a9b89a")
    for side in (-1, 1):
        sleeve = curve(
            (320 + side * 92, 92),
            (320 + side * 150, 104, 320 + side * 168, 150),
            (320 + side * 196, 236),
            (320 + side * 138, 256),
            (320 + side * 108, 184),
        )
        cloth(canvas, sleeve, dark(sage, 0.03), 320 + min(side * 196, side * 92),
              320 + max(side * 196, side * 92))  # fmt: skip
    body = curve(
        (256, 70),
        (208, 90),
        (212, 170, 232, 232),
        (238, 272, 234, 300),
        (196, 430, 176, 566),
        (320, 604, 464, 566),
        (444, 430, 406, 300),
        (402, 272, 408, 232),
        (428, 170, 432, 90),
        (384, 70),
        (320, 110, 256, 70),
    )
    cloth(canvas, body, sage, 176, 464)
    for x, bend, end in ((262, 236, 222), (292, 282, 272), (352, 362, 372), (382, 410, 424)):
        fold(canvas, sage, (x, 300), (bend, 430), (end, 560))
    canvas.drawLine(320, 130, 320, 584, stroke(dark(sage, 0.35), 1.6, 0.6))
    canvas.drawRRect(box(232, 284, 408, 304, 8), paint(dark(sage, 0.14)))
    for side in (-1, 1):
        cord = skia.Path()
        cord.moveTo(320, 296)
        cord.cubicTo(320 + side * 30, 300, 320 + side * 22, 350, 320 + side * 34, 384)
        canvas.drawPath(cord, stroke(light(sage, 0.45), 5))
    buttons(canvas, 320, (158, 200, 242, 340, 390, 440, 490, 540), rgb("f1ead9"), 5.5)
    collar(canvas, sage, 70, 60)


def shirt(canvas: skia.Canvas) -> None:
    blue = rgb("bcd3ea")
    for side in (-1, 1):
        sleeve = curve(
            (320 + side * 110, 104),
            (320 + side * 190, 124, 320 + side * 212, 220),
            (320 + side * 246, 470),
            (320 + side * 184, 486),
            (320 + side * 142, 250),
        )
        cloth(canvas, sleeve, dark(blue, 0.04), 320 + min(side * 246, side * 110),
              320 + max(side * 246, side * 110))  # fmt: skip
        cuff = curve((320 + side * 243, 446), (320 + side * 250, 494), (320 + side * 188, 508),
                     (320 + side * 180, 460))  # fmt: skip
        canvas.drawPath(cuff, paint(light(blue, 0.25)))
        canvas.drawPath(cuff, stroke(dark(blue, 0.3), 1.5, 0.6))
    body = curve(
        (250, 78),
        (196, 104),
        (186, 300, 178, 500),
        (240, 566, 320, 548),
        (400, 566, 462, 500),
        (454, 300, 444, 104),
        (390, 78),
        (320, 116, 250, 78),
    )
    cloth(canvas, body, blue, 178, 462)
    for start, bend, end in (((214, 240), (236, 360), (214, 500)),
                             ((420, 220), (398, 360), (430, 496)),
                             ((270, 330), (284, 420), (268, 530))):  # fmt: skip
        fold(canvas, blue, start, bend, end)
    canvas.drawRect(oval(306, 136, 334, 548), paint(light(blue, 0.28)))
    for x in (306, 334):
        canvas.drawLine(x, 140, x, 546, stroke(dark(blue, 0.3), 1.3, 0.5))
    canvas.drawRRect(box(362, 214, 424, 286, 6), paint(light(blue, 0.14)))
    canvas.drawRRect(box(362, 214, 424, 286, 6), stroke(dark(blue, 0.3), 1.4, 0.6))
    buttons(canvas, 320, (176, 236, 296, 356, 416, 476), WHITE, 5.5)
    collar(canvas, blue, 78, 66)


def trousers(canvas: skia.Canvas) -> None:
    taupe = rgb("8b7d74")
    legs = curve((222, 78), (418, 78), (440, 150, 446, 250), (466, 420, 478, 580), (336, 586),
                 (330, 420, 320, 250), (310, 420, 304, 586), (162, 580), (174, 420, 194, 250),
                 (200, 150, 222, 78))  # fmt: skip
    cloth(canvas, legs, taupe, 162, 478)
    for start, bend, end in (
        ((250, 150), (226, 360), (232, 580)),
        ((388, 150), (414, 360), (408, 580)),
        ((284, 240), (280, 420), (274, 580)),
        ((356, 240), (360, 420), (366, 580)),
    ):
        fold(canvas, taupe, start, bend, end)
    canvas.drawRRect(box(220, 66, 420, 104, 8), turned(dark(taupe, 0.08), 220, 420))
    for x in (252, 312, 372):
        canvas.drawRRect(box(x, 62, x + 14, 110, 3), paint(dark(taupe, 0.24)))
    canvas.drawLine(320, 106, 320, 214, stroke(dark(taupe, 0.4), 1.8, 0.7))
    for side in (-1, 1):
        pocket = skia.Path()
        pocket.moveTo(320 + side * 82, 106)
        pocket.quadTo(320 + side * 92, 150, 320 + side * 116, 176)
        canvas.drawPath(pocket, stroke(dark(taupe, 0.4), 2.2, 0.7))
    buttons(canvas, 320, (86,), rgb("d9cfc4"), 6)


def cardigan(canvas: skia.Canvas) -> None:
    rust = rgb("c0704a")
    for side in (-1, 1):
        sleeve = curve(
            (320 + side * 112, 118),
            (320 + side * 194, 140, 320 + side * 214, 240),
            (320 + side * 240, 478),
            (320 + side * 176, 492),
            (320 + side * 140, 270),
        )
        cloth(canvas, sleeve, dark(rust, 0.06), 320 + min(side * 240, side * 112),
              320 + max(side * 240, side * 112))  # fmt: skip
        cuff = curve((320 + side * 234, 430), (320 + side * 242, 486), (320 + side * 178, 500),
                     (320 + side * 170, 442))  # fmt: skip
        canvas.drawPath(cuff, paint(dark(rust, 0.16)))
    body = curve(
        (262, 92),
        (200, 118),
        (190, 300, 188, 500),
        (320, 516, 452, 500),
        (450, 300, 440, 118),
        (378, 92),
        (352, 200, 320, 262),
        (288, 200, 262, 92),
    )
    cloth(canvas, body, rust, 188, 452)
    canvas.save()
    canvas.clipPath(body, doAntiAlias=True)
    for x in range(190, 454, 9):
        canvas.drawLine(x, 90, x, 470, stroke(dark(rust, 0.5), 1.6, 0.13))
    for x in range(190, 454, 7):
        canvas.drawLine(x, 474, x, 516, stroke(dark(rust, 0.5), 2.4, 0.3))
    canvas.drawLine(188, 472, 452, 472, stroke(dark(rust, 0.5), 1.6, 0.4))
    canvas.restore()
    band = skia.Path()
    band.moveTo(268, 96)
    band.quadTo(290, 200, 320, 262)
    band.lineTo(320, 506)
    band.moveTo(372, 96)
    band.quadTo(350, 200, 320, 262)
    canvas.drawPath(band, stroke(dark(rust, 0.2), 22))
    canvas.drawPath(band, stroke(light(rust, 0.1), 17))
    buttons(canvas, 320, (286, 334, 382, 430, 478), rgb("efe2d0"), 8)
