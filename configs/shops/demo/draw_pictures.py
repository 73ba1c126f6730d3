"""Draws the pictures of the demo shop's products: `python configs/shops/demo/draw_pictures.py`.

640 x 640 RGBA on a transparent ground, each with a soft shadow where it stands. Everything is made
of gradients and curves, so a run always gives the same pictures.
"""

import math
from collections.abc import Callable
from pathlib import Path

import skia
from brushes import (
    FLOOR,
    GOLD,
    INK,
    WHITE,
    WOOD,
    Colour,
    _gradient,
    across,
    blurred,
    box,
    curve,
    dark,
    down,
    glow,
    light,
    oval,
    paint,
    rgb,
    stand,
    stroke,
    turned,
    veil,
    wordmark,
)
from garments import cardigan, dress, shirt, trousers

SIZE_PX = 640
HERE = Path(__file__).parent


def serum(canvas: skia.Canvas) -> None:
    glass = rgb("3f74b5")
    stand(canvas, 225, 415)
    body = curve((225, 300), (225, 268, 258, 262), (292, 256, 292, 236), (348, 236),
                 (348, 256, 382, 262), (415, 268, 415, 300), (415, 534), (415, 560, 389, 560),
                 (251, 560), (225, 560, 225, 534))  # fmt: skip
    canvas.drawPath(body, turned(glass, 225, 415))
    canvas.save()
    canvas.clipPath(body, doAntiAlias=True)
    canvas.drawRect(oval(225, 296, 415, 560), down(296, 560, ((0, light(glass, 0.2)), (1, glass))))
    canvas.drawRect(oval(225, 236, 415, 560), veil(225, 415))
    canvas.drawOval(oval(225, 286, 415, 308), paint(light(glass, 0.55), 0.7))
    canvas.restore()
    canvas.drawRRect(box(250, 352, 390, 494, 6), paint(WHITE, 0.94))
    wordmark(canvas, "MUYAN", 320, 398, 22, rgb("284a75"))
    canvas.drawLine(280, 418, 360, 418, stroke(rgb("284a75"), 1.5, 0.5))
    wordmark(canvas, "MOISTURE", 320, 444, 12, rgb("4c6d96"))
    wordmark(canvas, "30 ml", 320, 470, 11, rgb("6f88a8"))
    canvas.drawRRect(box(278, 176, 362, 242, 8), turned(rgb("f2f0ec"), 278, 362))
    for x in range(286, 360, 8):
        canvas.drawLine(x, 182, x, 236, stroke(INK, 1, 0.07))
    bulb = curve((296, 178), (292, 120), (292, 84, 320, 84), (348, 84, 348, 120), (344, 178))
    canvas.drawPath(bulb, turned(rgb("e9e4dc"), 290, 350))


def jar(canvas: skia.Canvas) -> None:
    green = rgb("9dbd9b")
    stand(canvas, 150, 490)
    canvas.drawRRect(box(150, 350, 490, 560, 40), turned(green, 150, 490))
    canvas.drawRRect(box(150, 350, 490, 560, 40), veil(150, 490))
    canvas.drawRRect(box(162, 330, 478, 362, 8), turned(light(green, 0.5), 162, 478))
    canvas.drawRRect(box(138, 236, 502, 346, 22), turned(rgb("faf8f3"), 138, 502))
    canvas.drawOval(oval(146, 226, 494, 268), down(226, 268, ((0, WHITE), (1, rgb("eae6dc")))))
    wordmark(canvas, "MUYAN", 320, 444, 28, WHITE)
    wordmark(canvas, "CICA COMFORT CREAM", 320, 480, 13, light(green, 0.85))
    leaf = curve((320, 402), (300, 396, 298, 380), (316, 384, 320, 402), (324, 384, 342, 380),
                 (340, 396, 320, 402))  # fmt: skip
    canvas.drawPath(leaf, paint(WHITE, 0.92))


def tube(canvas: skia.Canvas) -> None:
    body = rgb("f4f1ea")
    stand(canvas, 250, 390)
    outline = curve((226, 92), (414, 92), (408, 300, 396, 480), (244, 480), (232, 300, 226, 92))
    canvas.drawPath(outline, turned(body, 226, 414))
    canvas.drawRect(oval(226, 84, 414, 108), across(226, 414, ((0, dark(body, 0.16)), (0.3, WHITE),
                                                             (1, dark(body, 0.2)))))  # fmt: skip
    for x in range(230, 414, 6):
        canvas.drawLine(x, 86, x, 106, stroke(INK, 1, 0.12))
    canvas.save()
    canvas.clipPath(outline, doAntiAlias=True)
    wave = curve((200, 400), (280, 362, 330, 396), (380, 430, 440, 392), (440, 490), (200, 490))
    canvas.drawPath(wave, turned(rgb("8fb7cf"), 230, 410))
    canvas.restore()
    canvas.drawRRect(box(242, 474, 398, 560, 10), turned(rgb("7ea9c4"), 242, 398))
    wordmark(canvas, "MUYAN", 320, 214, 26, rgb("4d7189"))
    canvas.drawLine(276, 234, 364, 234, stroke(rgb("4d7189"), 1.5, 0.5))
    wordmark(canvas, "AMINO", 320, 266, 15, rgb("6b8ba0"))
    wordmark(canvas, "CLEANSER", 320, 290, 15, rgb("6b8ba0"))
    for x, y, r in ((286, 440, 9), (318, 452, 6), (350, 436, 11), (372, 456, 5)):
        canvas.drawCircle(x, y, r, stroke(WHITE, 2, 0.75))


def sunscreen(canvas: skia.Canvas) -> None:
    body = rgb("fbe7b4")
    stand(canvas, 232, 408)
    canvas.drawRRect(box(232, 206, 408, 560, 46), turned(body, 232, 408))
    canvas.drawRRect(box(262, 104, 378, 214, 16), turned(rgb("f1a451"), 262, 378))
    canvas.drawRRect(box(256, 200, 384, 216, 5), turned(rgb("e3933f"), 256, 384))
    sun = (320.0, 316.0)
    for n in range(12):
        angle = n * math.pi / 6
        start = (sun[0] + 46 * math.cos(angle), sun[1] + 46 * math.sin(angle))
        end = (sun[0] + 60 * math.cos(angle), sun[1] + 60 * math.sin(angle))
        canvas.drawLine(*start, *end, stroke(rgb("f1a451"), 5, 0.85))
    canvas.drawCircle(*sun, 34, paint(rgb("f6b866")))
    wordmark(canvas, "SPF50+", 320, 430, 27, rgb("a8681f"))
    wordmark(canvas, "PA++++", 320, 460, 15, rgb("bd813d"))
    wordmark(canvas, "MUYAN  50 ml", 320, 506, 11, rgb("bd813d"))


def lipstick(canvas: skia.Canvas) -> None:
    for x, shade, base in ((196, "b06a63", 560), (444, "8d3b2b", 560), (320, "b3131f", 572)):
        _one_lipstick(canvas, x, rgb(shade), base)


def _one_lipstick(canvas: skia.Canvas, x: float, shade: Colour, floor: float) -> None:
    scale = 1.0 if floor == FLOOR else 1.14
    half, top = 46 * scale, floor - 350 * scale
    stand(canvas, x - half, x + half, floor)
    tip = half * 0.62
    bullet = curve((x - tip, floor - 220 * scale), (x - tip, top + 60 * scale),
                   (x - tip, top + 4, x + tip * 0.7, top), (x + tip, top + 6, x + tip, top + 40),
                   (x + tip, floor - 220 * scale))  # fmt: skip
    canvas.drawPath(bullet, turned(shade, x - tip, x + tip))
    cut = curve((x - tip * 0.86, top + 58 * scale), (x - tip * 0.8, top + 10,
                   x + tip * 0.66, top + 8),
                (x + tip * 0.9, top + 14, x + tip * 0.8, top + 30),
                (x - tip * 0.1, top + 34, x - tip * 0.86, top + 58 * scale))  # fmt: skip
    canvas.drawPath(cut, paint(light(shade, 0.3), 0.55))
    canvas.drawRRect(box(x - tip - 5, floor - 236 * scale, x + tip + 5, floor - 168 * scale, 4),
                     turned(GOLD, x - tip, x + tip))  # fmt: skip
    canvas.drawRRect(box(x - half, floor - 176 * scale, x + half, floor, 9),
                     turned(rgb("2b2528"), x - half, x + half))  # fmt: skip
    canvas.drawRect(oval(x - half, floor - 172 * scale, x + half, floor - 160 * scale),
                    turned(GOLD, x - half, x + half))  # fmt: skip
    wordmark(canvas, "FX", x, floor - 70 * scale, 22 * scale, GOLD)


def powder(canvas: skia.Canvas) -> None:
    shell, inside = rgb("e9c9c2"), rgb("f6e3da")
    stand(canvas, 130, 510)
    canvas.drawCircle(320, 250, 172, turned(shell, 148, 492))
    canvas.drawCircle(320, 250, 152, _gradient((200, 120), (440, 380),
                      ((0, rgb("f5fafc")), (0.48, rgb("c9d8df")), (0.52, rgb("e9f2f5")),
                       (1, rgb("a9bdc6")))))  # fmt: skip
    canvas.drawRRect(box(128, 430, 512, 560, 52), turned(shell, 128, 512))
    canvas.drawOval(oval(128, 382, 512, 488), down(382, 488, ((0, light(shell, 0.5)), (1, shell))))
    canvas.drawOval(
        oval(148, 392, 492, 474), down(392, 474, ((0, dark(inside, 0.14)), (1, inside)))
    )
    canvas.drawOval(oval(220, 372, 420, 446), blurred(INK, 0.2, 8))
    canvas.drawOval(oval(222, 352, 418, 440), down(352, 440, ((0, WHITE), (1, rgb("f0d8d2")))))
    canvas.drawRRect(box(256, 386, 384, 402, 8), paint(rgb("e0aca4")))
    wordmark(canvas, "FEIXU", 320, 536, 20, rgb("a86f66"))


def lamp(canvas: skia.Canvas) -> None:
    warm = rgb("ffe9bd")
    centre = (320.0, 264.0)
    canvas.drawCircle(*centre, 256, glow(centre, 256, rgb("ffdf9e"), rgb("ffdf9e"), 0.0))
    stand(canvas, 210, 430)
    canvas.drawRRect(box(302, 410, 338, 520, 8), turned(dark(WOOD, 0.1), 302, 338))
    canvas.drawRRect(box(206, 508, 434, 560, 22), turned(WOOD, 206, 434))
    canvas.drawOval(oval(206, 494, 434, 526), down(494, 526, ((0, light(WOOD, 0.35)), (1, WOOD))))
    canvas.drawCircle(*centre, 156, glow((290, 232), 240, WHITE, dark(warm, 0.12), 1.0))
    canvas.drawCircle(*centre, 156, glow((320, 300), 170, rgb("fff6df"), warm, 0.0))
    for x, y, r in ((262, 210, 26), (352, 178, 16), (386, 268, 32), (300, 316, 20), (246, 284, 12),
                    (344, 352, 14), (420, 214, 11)):  # fmt: skip
        canvas.drawCircle(x, y, r, blurred(rgb("d9b877"), 0.2, 5))
    canvas.drawCircle(320, 536, 5, paint(rgb("fff1d0")))


def mug(canvas: skia.Canvas) -> None:
    clay, glaze = rgb("d9c7ae"), rgb("3f7f86")
    stand(canvas, 150, 420)
    handle = skia.Path()
    handle.moveTo(412, 300)
    handle.cubicTo(540, 270, 548, 470, 402, 464)
    canvas.drawPath(handle, stroke(dark(glaze, 0.2), 40))
    canvas.drawPath(handle, stroke(glaze, 32))
    canvas.drawPath(handle, stroke(light(glaze, 0.35), 8, 0.7))
    body = curve((144, 222), (146, 420, 168, 530), (178, 560, 212, 560), (358, 560),
                 (392, 560, 402, 530), (424, 420, 426, 222))  # fmt: skip
    canvas.drawPath(body, turned(clay, 144, 426))
    canvas.save()
    canvas.clipPath(body, doAntiAlias=True)
    drips = curve((130, 200), (440, 200), (440, 430), (420, 474, 404, 420), (388, 380, 372, 440),
                  (356, 500, 336, 430), (318, 388, 300, 452), (280, 512, 262, 440),
                  (244, 392, 224, 436), (204, 486, 190, 420), (172, 372, 130, 430))  # fmt: skip
    canvas.drawPath(drips, turned(glaze, 144, 426))
    canvas.drawPath(drips, stroke(light(glaze, 0.5), 3, 0.55))
    for n in range(46):
        x, y = 150 + (n * n * 37 + n * 11) % 274, 232 + (n * n * 23 + n * 57) % 170
        canvas.drawCircle(x, y, 1.2 + n % 3 * 0.6, paint(light(glaze, 0.6), 0.4))
    canvas.restore()
    canvas.drawOval(oval(144, 188, 426, 258), paint(light(glaze, 0.25)))
    canvas.drawOval(
        oval(156, 196, 414, 250), down(196, 250, ((0, dark(glaze, 0.55)), (1, dark(glaze, 0.2))))
    )
    canvas.drawOval(
        oval(166, 212, 404, 250), down(212, 250, ((0, rgb("4a2c1c")), (1, rgb("6e4329"))))
    )
    for x in (236, 288, 338):
        steam = skia.Path()
        steam.moveTo(x, 176)
        steam.cubicTo(x - 26, 140, x + 26, 118, x - 2, 76)
        soft = stroke(rgb("c9cdd2"), 10, 0.5)
        soft.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 6))
        canvas.drawPath(steam, soft)


def pillow(canvas: skia.Canvas) -> None:
    cover, edge = rgb("eef0f3"), rgb("b9c4d4")
    stand(canvas, 70, 570, 500)
    body = curve((84, 300), (70, 236, 132, 228), (220, 214, 320, 250), (420, 206, 516, 216),
                 (572, 222, 560, 296), (582, 400, 558, 462), (546, 500, 500, 496),
                 (320, 512, 142, 500), (92, 500, 82, 456), (60, 380, 84, 300))  # fmt: skip
    canvas.drawPath(body, down(210, 505, ((0, WHITE), (0.45, cover), (1, rgb("c7ced9")))))
    canvas.drawPath(body, stroke(dark(edge, 0.1), 2, 0.6))
    canvas.save()
    canvas.clipPath(body, doAntiAlias=True)
    canvas.drawOval(oval(170, 222, 470, 330), blurred(edge, 0.5, 26))
    canvas.drawOval(oval(60, 430, 590, 540), blurred(edge, 0.6, 22))
    for y in range(250, 500, 26):
        for x in range(70 + (y // 26 % 2) * 17, 580, 34):
            canvas.drawCircle(x, y, 2.2, paint(edge, 0.42))
    canvas.restore()
    piping = skia.Path()
    piping.moveTo(80, 402)
    piping.quadTo(320, 446, 564, 396)
    canvas.drawPath(piping, stroke(edge, 5))
    canvas.drawPath(piping, stroke(WHITE, 1.5, 0.8))
    canvas.drawRRect(box(488, 420, 530, 466, 4), paint(WHITE))
    canvas.drawRRect(box(488, 420, 530, 466, 4), stroke(edge, 1.4))
    wordmark(canvas, "QM", 509, 449, 13, dark(edge, 0.3))


def candle(canvas: skia.Canvas) -> None:
    glass, wax = rgb("5d7568"), rgb("f3ead6")
    flame = (320.0, 196.0)
    canvas.drawCircle(*flame, 190, glow(flame, 190, rgb("ffd98a"), rgb("ffd98a"), 0.0))
    stand(canvas, 188, 452)
    canvas.drawRRect(box(188, 250, 452, 560, 30), turned(glass, 188, 452))
    canvas.save()
    canvas.clipRRect(box(188, 250, 452, 560, 30), doAntiAlias=True)
    canvas.drawRect(oval(188, 296, 452, 560), down(296, 560, ((0, light(glass, 0.28)), (1, glass))))
    canvas.drawRect(oval(188, 250, 452, 560), veil(188, 452))
    canvas.restore()
    canvas.drawOval(oval(188, 232, 452, 276), paint(light(glass, 0.4)))
    canvas.drawOval(oval(198, 238, 442, 272), paint(dark(glass, 0.35)))
    canvas.drawOval(oval(200, 250, 440, 290), down(250, 290, ((0, wax), (1, dark(wax, 0.14)))))
    canvas.drawOval(oval(270, 256, 370, 278), blurred(rgb("ffd98a"), 0.9, 9))
    canvas.drawLine(320, 264, 320, 234, stroke(rgb("4a3a30"), 4))
    outer = curve((320, 140), (352, 190, 346, 222), (340, 244, 320, 244), (300, 244, 294, 222),
                  (290, 192, 320, 140))  # fmt: skip
    canvas.drawPath(outer, down(140, 244, ((0, rgb("ffb347")), (0.6, rgb("ffe08a")), (1, WHITE))))
    canvas.drawRRect(box(238, 366, 402, 496, 5), paint(rgb("f6f1e4")))
    wordmark(canvas, "QIMU", 320, 406, 22, rgb("3f5147"))
    for x, top in ((290, 434), (320, 422), (350, 434)):
        tree = curve((x, top), (x + 15, top + 38), (x - 15, top + 38))
        canvas.drawPath(tree, paint(rgb("5d7568"), 0.9))
    wordmark(canvas, "PINE AFTER RAIN", 320, 482, 9, rgb("6b7d72"))


PICTURES: dict[str, Callable[[skia.Canvas], None]] = {
    "BT1001": serum, "BT1002": jar, "BT1003": tube, "BT1004": sunscreen, "BT1005": lipstick,
    "BT1006": powder, "linen-shirt-dress": dress, "cotton-oxford-shirt": shirt,
    "wide-leg-trousers": trousers, "merino-cardigan": cardigan, "HM3001": lamp, "HM3002": mug,
    "HM3003": pillow, "HM3004": candle,
}  # fmt: skip


def main() -> None:
    folder = HERE / "pictures"
    folder.mkdir(exist_ok=True)
    for name, draw in PICTURES.items():
        surface = skia.Surface(SIZE_PX, SIZE_PX)
        draw(surface.getCanvas())
        surface.makeImageSnapshot().save(str(folder / f"{name}.png"), skia.kPNG)


if __name__ == "__main__":
    main()
