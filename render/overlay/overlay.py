"""Everything that is laid over the scene, kept as pictures that change only when they must."""

from core.frame import Card
from core.language import Language
from render.layer import Layer
from render.overlay.caption import draw_caption
from render.overlay.card import HEIGHT, draw_card
from render.overlay.label import draw_label
from render.overlay.question import draw_question, mask_name
from render.overlay.text import Typesetter
from render.overlay.theme import Theme

CAPTION_LINES_HIGH = 150


class Overlay:
    """AI label, product card, caption and the viewer's question.

    All but the label stay in the lower part, away from the face. Texts that are empty are not
    drawn; the label always is.

    Raises:
        MediaError: no font on this machine covers Chinese.
    """

    def __init__(self, width_px: int, height_px: int, language: Language) -> None:
        self._theme = Theme(width_px, height_px)
        self._language: Language = language
        self._type = Typesetter(language)
        self._revision = 0
        self._card: Card | None = None
        self._caption = ""
        self._question = ("", "")
        self._drawn: dict[str, Layer] = {
            "ai_label": draw_label(self._theme, self._type, language, self._next_revision())
        }

    def set_card(self, card: Card | None) -> None:
        """The product on show; None takes the card away."""
        if card == self._card:
            return
        moved = (card is None) != (self._card is None)
        self._card = card
        self._draw_card()
        if moved:
            self._draw_caption()
            self._draw_question()

    def set_caption(self, text: str) -> None:
        """The phrase being said; "" for none."""
        text = self._type.clean(text)
        if text != self._caption:
            self._caption = text
            self._draw_caption()

    def set_question(self, name: str, text: str) -> None:
        """The question being answered and who asked it, shown masked; "" takes it away."""
        question = (mask_name(self._type.clean(name), self._language), self._type.clean(text))
        if question != self._question:
            self._question = question
            self._draw_question()

    def layers(self) -> tuple[Layer, ...]:
        """Tight, premultiplied pictures from back to front, as `render.layer.Layer` says."""
        order = ("card", "caption", "question", "ai_label")
        return tuple(self._drawn[name] for name in order if name in self._drawn)

    @property
    def _card_width_px(self) -> int:
        theme = self._theme
        return theme.width_px - 2 * theme.margin_px if theme.portrait else theme.px(540)

    @property
    def _card_top_px(self) -> int:
        return self._theme.height_px - self._theme.margin_px - self._theme.px(HEIGHT)

    def _draw_card(self) -> None:
        self._drawn.pop("card", None)
        if self._card is None:
            return
        self._drawn["card"] = draw_card(
            self._theme,
            self._type,
            self._card,
            self._language,
            left_px=self._theme.margin_px,
            top_px=self._card_top_px,
            width_px=self._card_width_px,
            revision=self._next_revision(),
        )

    def _draw_caption(self) -> None:
        """Above the card in portrait, beside it in landscape, so that nothing covers anything."""
        self._drawn.pop("caption", None)
        if not self._caption:
            return
        theme, margin_px = self._theme, self._theme.margin_px
        left_px, bottom_px = margin_px, theme.height_px - margin_px - theme.px(12)
        if self._card is not None and theme.portrait:
            bottom_px = self._card_top_px - theme.px(22)
        elif self._card is not None:
            left_px += self._card_width_px + margin_px
        width_px = theme.width_px - margin_px - left_px
        self._drawn["caption"] = draw_caption(
            theme,
            self._type,
            self._caption,
            centre_x_px=left_px + width_px // 2,
            bottom_px=bottom_px,
            width_px=min(width_px, theme.px(860)),
            revision=self._next_revision(),
        )

    def _draw_question(self) -> None:
        """Above the caption's two lines in portrait, above the card in landscape."""
        self._drawn.pop("question", None)
        name, text = self._question
        if not text:
            return
        theme = self._theme
        bottom_px = theme.height_px - theme.margin_px
        if self._card is not None:
            bottom_px = self._card_top_px - theme.px(18)
        if theme.portrait:
            bottom_px -= theme.px(CAPTION_LINES_HIGH)
        self._drawn["question"] = draw_question(
            theme,
            self._type,
            name,
            text,
            left_px=theme.margin_px,
            bottom_px=bottom_px,
            width_px=theme.px(600 if theme.portrait else 430),
            revision=self._next_revision(),
        )

    def _next_revision(self) -> int:
        self._revision += 1
        return self._revision
