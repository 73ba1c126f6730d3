"""The AI label in the picture. It is always on."""

from core.language import Language
from render.ai_label import SHORTEST_SIDE_SHARE, visible_text
from render.layer import Layer
from render.overlay.canvas import Canvas
from render.overlay.text import Style, Typesetter
from render.overlay.theme import SHADE, WHITE, Theme

INK_SHARE = 0.84
# of the font's size: how high the ink of a line of Chinese or of English at least is


def draw_label(theme: Theme, type_: Typesetter, language: Language, revision: int) -> Layer:
    """Upper left; its letters as high as GB 45438-2025 asks (5 % of the shortest side)."""
    shortest_px = min(theme.width_px, theme.height_px)
    size_px = shortest_px * SHORTEST_SIDE_SHARE / INK_SHARE
    words = type_.lay_out(visible_text(language), Style(size_px, WHITE))
    pad_px, height_px = theme.px(20), theme.px(68)
    width_px = round(words.MaxIntrinsicWidth) + 2 * pad_px
    top_px = round(theme.height_px * 0.08) if theme.portrait else theme.margin_px
    # Below the bar that apps draw over the top of a portrait stream.
    canvas = Canvas(theme.margin_px, top_px, width_px, height_px)
    canvas.plate((0, 0, width_px, height_px), height_px / 2, SHADE)
    canvas.text(words, pad_px, (height_px - words.Height) / 2 - theme.px(2))
    return canvas.to_layer("ai_label", revision)
