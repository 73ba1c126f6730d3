"""Text: fonts, shaping, line breaking."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

import skia

from core.errors import MediaError
from core.language import Language
from render.overlay.theme import INK

_FAMILIES: Final[dict[str, tuple[str, ...]]] = {
    "zh": ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC"),
    "yue": ("Noto Sans CJK HK", "Noto Sans HK", "Source Han Sans HC", "PingFang HK"),
    "ja": ("Noto Sans CJK JP", "Noto Sans JP", "Source Han Sans", "Hiragino Sans"),
    "ko": ("Noto Sans CJK KR", "Noto Sans KR", "Source Han Sans K", "Apple SD Gothic Neo"),
}
_LOCALES: Final = {"zh": "zh-Hans", "yue": "zh-Hant-HK"}
_SAMPLE: Final = {"ja": "あ", "ko": "한", "yue": "冇"}
_FALLBACK: Final = ("Microsoft YaHei", "WenQuanYi Micro Hei", "Noto Sans", "DejaVu Sans")

Align = Literal["left", "centre"]


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of text looks."""

    size_px: float
    colour: int = INK
    bold: bool = False
    struck: bool = False


class Typesetter:
    """Lays text out in one language's letter forms; other scripts fall back by themselves.

    Raises:
        MediaError: no font on this machine covers Chinese, or the language's own script.
    """

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        self._manager = skia.FontMgr()
        for sample in ("中", _SAMPLE.get(language, "A")):
            if not self._covers(sample):
                raise MediaError(
                    f"no font on this machine has {sample!r}: sudo apt-get install fonts-noto-cjk"
                )
        own = _FAMILIES.get(language, _FAMILIES["zh"])
        known = {self._manager.getFamilyName(i) for i in range(self._manager.countFamilies())}
        self._families = [name for name in (*own, *_FAMILIES["zh"], *_FALLBACK) if name in known]
        self._fonts = skia.textlayout.FontCollection()
        self._fonts.setDefaultFontManager(self._manager)
        self._ellipsis = "…" if language in _FAMILIES else "..."
        self._drawable: dict[str, bool] = {}

    def lay_out(
        self,
        text: str | Sequence[tuple[str, Style]],
        style: Style | None = None,
        width_px: float = 1e5,
        align: Align = "left",
    ) -> Any:
        """A `skia.textlayout.Paragraph`; give runs with their styles, or one text and its style."""
        runs = [(text, style or Style(16))] if isinstance(text, str) else text
        whole = skia.textlayout.ParagraphStyle()
        centred = align == "centre"
        kinds = skia.textlayout.TextAlign
        whole.setTextAlign(kinds.kCenter if centred else kinds.kLeft)
        builder = skia.textlayout.ParagraphBuilder.make(whole, self._fonts, _unicode())
        for words, look in runs:
            builder.pushStyle(self._skia_style(look))
            builder.addText(words)
            builder.pop()
        paragraph = builder.Build()
        paragraph.layout(width_px)
        return paragraph

    def width_of(self, text: str, style: Style) -> float:
        """Pixels on one line."""
        return float(self.lay_out(text, style).MaxIntrinsicWidth)

    def shorten(self, text: str, style: Style, width_px: float, lines: int = 1) -> str:
        """The text, cut with an ellipsis where it would need more lines than `lines`."""
        limit_px = self.lay_out("\n".join("中" * lines), style).Height + 1

        def fits(candidate: str) -> bool:
            return bool(self.lay_out(candidate, style, width_px).Height <= limit_px)

        if fits(text):
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if fits(text[:middle].rstrip() + self._ellipsis):
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip() + self._ellipsis

    def clean(self, text: str) -> str:
        """On one line, without control characters and what no font can draw."""
        return "".join(c for c in " ".join(text.split()) if self._can_draw(c))

    def _can_draw(self, character: str) -> bool:
        if unicodedata.category(character).startswith("C"):  # also what turns the direction round
            return False
        known = self._drawable.get(character)
        if known is None:
            known = self._drawable[character] = self._covers(character)
        return known

    def _covers(self, character: str) -> bool:
        face = self._manager.matchFamilyStyleCharacter(
            "", skia.FontStyle.Normal(), [self._language], ord(character)
        )
        return face is not None

    def _skia_style(self, style: Style) -> Any:
        look = skia.textlayout.TextStyle()
        look.setFontFamilies(self._families)
        look.setFontSize(style.size_px)
        look.setColor(style.colour)
        look.setLocale(_LOCALES.get(self._language, self._language))
        look.setFontStyle(skia.FontStyle.Bold() if style.bold else skia.FontStyle.Normal())
        if style.struck:
            look.setDecoration(skia.textlayout.TextDecoration.kLineThrough)
            look.setDecorationColor(style.colour)
        return look


@cache
def _unicode() -> Any:
    return skia.Unicodes.ICU.Make()
