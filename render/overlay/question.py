"""The viewer's question, shown while it is answered."""

from core.language import Language
from render.layer import Layer
from render.overlay.canvas import Canvas
from render.overlay.text import Style, Typesetter
from render.overlay.theme import ACCENT, ACCENT_WARM, CHIP_INK, INK, PLATE, Theme

MAX_LINES = 2


def draw_question(
    theme: Theme,
    type_: Typesetter,
    name: str,
    text: str,
    *,
    left_px: int,
    bottom_px: int,
    width_px: int,
    revision: int,
) -> Layer:
    """A bubble of at most `width_px` with the masked name and the question."""
    who = Style(theme.px(25), CHIP_INK, bold=True)
    what = Style(theme.px(33 if theme.portrait else 28), INK)
    bar_px, side_px, above_px = theme.px(8), theme.px(22), theme.px(14)
    room_px = width_px - 2 * side_px - bar_px
    head = type_.lay_out(name, who)
    body = type_.lay_out(type_.shorten(text, what, room_px, MAX_LINES), what, room_px)
    inner_px = round(max(head.MaxIntrinsicWidth, body.LongestLine)) + 2
    head_px = round(head.Height * 0.92)
    wide_px = inner_px + 2 * side_px + bar_px
    high_px = head_px + round(body.Height) + 2 * above_px
    glow_px = theme.px(14)
    canvas = Canvas(
        left_px - glow_px,
        bottom_px - high_px - glow_px,
        wide_px + 2 * glow_px,
        high_px + 2 * glow_px,
    )
    canvas.plate((glow_px, glow_px, wide_px, high_px), theme.px(20), PLATE, shadow_px=theme.px(12))
    canvas.plate(
        (glow_px + side_px * 0.7, glow_px + above_px, bar_px, high_px - 2 * above_px),
        bar_px / 2,
        ACCENT,
        to=ACCENT_WARM,
    )
    x_px = glow_px + side_px + bar_px + theme.px(4)
    canvas.text(head, x_px, glow_px + above_px - theme.px(3))
    canvas.text(body, x_px, glow_px + above_px + head_px)
    return canvas.to_layer("question", revision)


def mask_name(name: str, language: Language) -> str:
    """A viewer's name as it may be shown to everybody: its first letter."""
    first = name.strip()[:1]
    if not first:
        return "观众" if language in ("zh", "yue") else "Viewer"
    return f"{first}**"
