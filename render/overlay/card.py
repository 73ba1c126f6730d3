"""The product card."""

import logging
import re
from functools import lru_cache
from typing import Any

import skia

from core.frame import Card
from core.language import Language
from render.layer import Layer
from render.overlay.canvas import Canvas
from render.overlay.text import Style, Typesetter
from render.overlay.theme import (
    ACCENT,
    ACCENT_WARM,
    CHIP,
    CHIP_INK,
    INK,
    INK_SOFT,
    PLATE,
    PRICE,
    WHITE,
    Theme,
)

log = logging.getLogger(__name__)

HEIGHT = 204
PAD = 18
PICTURE = HEIGHT - 2 * PAD
GLOW = 20


def draw_card(
    theme: Theme,
    type_: Typesetter,
    card: Card,
    language: Language,
    *,
    left_px: int,
    top_px: int,
    width_px: int,
    revision: int,
) -> Layer:
    """Picture, ordinal, title, selling points, price. A picture that cannot be read is left out."""
    px = theme.px
    glow_px, pad_px = px(GLOW), px(PAD)
    canvas = Canvas(
        left_px - glow_px, top_px - glow_px, width_px + 2 * glow_px, px(HEIGHT) + 2 * glow_px
    )
    canvas.plate((glow_px, glow_px, width_px, px(HEIGHT)), px(26), PLATE, shadow_px=px(18))
    x_px = glow_px + pad_px
    top = glow_px + pad_px
    picture = _load(card.image) if card.image else None
    if picture is not None or card.ordinal:
        _draw_tile(theme, type_, canvas, card, picture, language, x_px, top)
        x_px += px(PICTURE) + px(18)
    room_px = glow_px + width_px - px(22) - x_px

    _draw_title(theme, type_, canvas, type_.clean(card.title), x_px, top + px(18), room_px)
    _draw_points(theme, type_, canvas, card.points, x_px, top + px(50), room_px)
    _draw_price(theme, type_, canvas, card, x_px, glow_px + px(HEIGHT) - px(PAD), room_px)
    return canvas.to_layer("card", revision)


def _draw_title(
    theme: Theme,
    type_: Typesetter,
    canvas: Canvas,
    title: str,
    x: float,
    middle: float,
    room_px: float,
) -> None:
    """One line: a long title is set smaller first, and only then cut."""
    style = Style(theme.px(33), INK, bold=True)
    if type_.width_of(title, style) > room_px:
        style = Style(theme.px(27), INK, bold=True)
    words = type_.lay_out(type_.shorten(title, style, room_px), style)
    canvas.text(words, x, middle - words.Height / 2)


def _draw_tile(
    theme: Theme,
    type_: Typesetter,
    canvas: Canvas,
    card: Card,
    picture: Any,
    language: Language,
    x: float,
    y: float,
) -> None:
    px = theme.px
    side = px(PICTURE)
    if picture is not None:
        canvas.image(picture, (x, y, side, side), px(18))
    else:
        canvas.plate((x, y, side, side), px(18), ACCENT, to=ACCENT_WARM)
        number = type_.lay_out(str(card.ordinal), Style(px(84), WHITE, bold=True), side, "centre")
        canvas.text(number, x, y + (side - number.Height) / 2 + px(8))
    if card.ordinal:
        words = type_.lay_out(
            ordinal_words(card.ordinal, language), Style(px(22), WHITE, bold=True)
        )
        width, height = words.MaxIntrinsicWidth + px(24), px(36)
        canvas.plate((x - px(8), y - px(8), width, height), height / 2, ACCENT, to=ACCENT_WARM)
        canvas.text(words, x + px(4), y - px(8) + (height - words.Height) / 2)


def _draw_points(
    theme: Theme,
    type_: Typesetter,
    canvas: Canvas,
    points: tuple[str, ...],
    x: float,
    y: float,
    room_px: float,
) -> None:
    """As many as fit, whole; the first is shortened if it must be."""
    px = theme.px
    style = Style(px(22), CHIP_INK)
    side, height, end = px(10), px(38), x + room_px
    for n, point in enumerate(points[:3]):
        words = type_.clean(point)
        if n == 0:
            words = type_.shorten(words, style, room_px - 2 * side)
        laid = type_.lay_out(words, style)
        width = laid.MaxIntrinsicWidth + 2 * side
        if x + width > end + 1:
            continue
        canvas.plate((x, y, width, height), px(10), CHIP)
        canvas.text(laid, x + side, y + (height - laid.Height) / 2)
        x += width + px(8)


def _draw_price(
    theme: Theme,
    type_: Typesetter,
    canvas: Canvas,
    card: Card,
    x: float,
    bottom: float,
    room_px: float,
) -> None:
    """The sign and the decimals small, the number big, the list price struck through beside it."""
    px = theme.px
    sign, whole, rest = split_price(card.price)
    runs = [
        (sign, Style(px(32), PRICE, bold=True)),
        (whole, Style(px(58), PRICE, bold=True)),
        (rest, Style(px(34), PRICE, bold=True)),
    ]
    now = type_.lay_out([run for run in runs if run[0]])
    baseline = bottom - px(4)
    canvas.text(now, x, baseline - now.AlphabeticBaseline)
    if card.list_price:
        before = type_.lay_out(card.list_price, Style(px(28), INK_SOFT, struck=True))
        at = x + now.MaxIntrinsicWidth + px(16)
        if at + before.MaxIntrinsicWidth <= x + room_px:
            canvas.text(before, at, baseline - before.AlphabeticBaseline)


def split_price(price: str) -> tuple[str, str, str]:
    """ "¥199.90" as "¥", "199", ".90"; a price without digits stays whole."""
    found = re.fullmatch(r"(\D*)([\d,]+)(.*)", price)
    return (found[1], found[2], found[3]) if found else ("", price, "")


def ordinal_words(ordinal: int, language: Language) -> str:
    """What the presenter calls it: 1号链接."""
    if language == "zh":
        return f"{ordinal}号链接"
    return f"{ordinal}號連結" if language == "yue" else f"No. {ordinal}"


@lru_cache(maxsize=64)
def _load(path: str) -> Any:
    """The decoded picture, None when it cannot be read: the room goes on without it."""
    try:
        return skia.Image.open(path).withDefaultMipmaps()
    except (RuntimeError, ValueError, OSError) as error:
        log.warning("a product picture cannot be read", extra={"file": path, "why": str(error)})
        return None
