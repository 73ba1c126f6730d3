"""What is being said, in words."""

import re
from typing import Any

from render.layer import Layer
from render.overlay.canvas import Canvas
from render.overlay.text import Style, Typesetter
from render.overlay.theme import SHADE, WHITE, Theme

MAX_LINES = 2
SIZE = 40
NARROWING_STEPS = 5
PAUSE = re.compile(r"[，。！？；：、]|[,.!?;:](?=\s)")


def draw_caption(
    theme: Theme,
    type_: Typesetter,
    text: str,
    *,
    centre_x_px: int,
    bottom_px: int,
    width_px: int,
    revision: int,
) -> Layer:
    """At most two lines of about the same length on a soft plate of at most `width_px`."""
    style = Style(theme.px(SIZE), WHITE, bold=True)
    side_px, above_px = theme.px(24), theme.px(10)
    room_px = width_px - 2 * side_px
    words = _balanced(type_, type_.shorten(text, style, room_px, MAX_LINES), style, room_px)
    plate_px = round(words.LongestLine) + 2 * side_px
    height_px = round(words.Height) + 2 * above_px
    canvas = Canvas(centre_x_px - plate_px // 2, bottom_px - height_px, plate_px, height_px)
    canvas.plate((0, 0, plate_px, height_px), theme.px(22), SHADE)
    canvas.text(words, (plate_px - words.Width) / 2, above_px)
    return canvas.to_layer("caption", revision)


def _balanced(type_: Typesetter, text: str, style: Style, room_px: float) -> Any:
    """One line if it fits; else two, broken after a comma, or as narrow as two lines can be."""
    whole_px = type_.width_of(text, style)
    if whole_px <= room_px:
        return type_.lay_out(text, style, whole_px + 1, "centre")
    cuts = [(text[: m.end()], text[m.end() :].lstrip()) for m in PAUSE.finditer(text[:-1])]
    widths = [max(type_.width_of(line, style) for line in cut) for cut in cuts]
    if widths and min(widths) <= room_px:
        best = cuts[widths.index(min(widths))]
        return type_.lay_out("\n".join(best), style, min(widths) + 1, "centre")
    return _narrowest(type_, text, style, whole_px / MAX_LINES, room_px)


def _narrowest(type_: Typesetter, text: str, style: Style, low: float, high: float) -> Any:
    """As narrow as it can be without a further line: no last word on a line of its own."""
    best = type_.lay_out(text, style, high, "centre")
    for _ in range(NARROWING_STEPS):
        middle = (low + high) / 2
        narrower = type_.lay_out(text, style, middle, "centre")
        if narrower.Height <= best.Height:
            best, high = narrower, middle
        else:
            low = middle
    return best
