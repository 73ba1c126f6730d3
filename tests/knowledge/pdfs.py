"""PDF files for the tests, written with the fonts that the machine has."""

from collections.abc import Sequence
from pathlib import Path

import skia

Piece = tuple[str, object]
"""("h1" | "h2" | "bold" | "text" | "foot", words), ("gap", points) or ("table", rows of words)."""
_SIZES = {"h1": 22.0, "h2": 16.0, "bold": 10.5, "text": 10.5, "foot": 8.0}


def write_pdf(path: Path, pages: Sequence[Sequence[Piece]]) -> Path:
    """A document with one list of pieces for each page."""
    stream = skia.FILEWStream(str(path))
    document = skia.PDF.MakeDocument(stream)
    fonts = skia.FontMgr()
    family = "Noto Sans CJK SC"
    plain = fonts.matchFamilyStyle(family, skia.FontStyle.Normal())
    bold = fonts.matchFamilyStyle(family, skia.FontStyle.Bold())
    ink = skia.Paint(Color=skia.ColorBLACK)
    frame = skia.Paint(Color=skia.ColorBLACK, Style=skia.Paint.kStroke_Style, StrokeWidth=1)
    for page in pages:
        canvas = document.beginPage(595, 842)
        top = 60.0
        for kind, what in page:
            if kind == "gap":
                top += float(str(what))
            elif kind == "table":
                assert isinstance(what, list)
                width = 480 / len(what[0])
                for row in what:
                    for column, text in enumerate(row):
                        left = 60 + column * width
                        canvas.drawRect(skia.Rect.MakeXYWH(left, top, width, 24), frame)
                        canvas.drawString(text, left + 4, top + 16, skia.Font(plain, 10), ink)
                    top += 24
                top += 30
            else:
                face = bold if kind in ("h1", "h2", "bold") else plain
                at = 820 if kind == "foot" else top
                canvas.drawString(str(what), 60, at, skia.Font(face, _SIZES[kind]), ink)
                top += 0 if kind == "foot" else _SIZES[kind] * 1.5
        document.endPage()
    document.close()
    stream.flush()
    return path
