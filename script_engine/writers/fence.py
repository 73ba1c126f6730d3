"""Keeping what others wrote apart from what we ask: a fence nobody can guess or imitate.

Comments and product copy are material. They reach a model only inside a fence whose mark is drawn
anew for each request, with everything taken out that could close a fence, open a turn of the
conversation or pass for a heading of ours.
"""

import re
import secrets
import unicodedata

_MOST = 2000
# characters of one piece of material
_TURNS = re.compile(
    r"<\|[^|>]{0,40}\|>|<\||\|>|\[/?(?:INST|SYS)\]|</?s>|<</?SYS>>|"
    r"</?(?:think|system|user|assistant|tool|data)[^>]{0,20}>|"
    r"(?:^|\n)\s*(?:#{1,6}|system|user|assistant|human)\s*:?(?=\s|$)|`{3,}|~{3,}|-{3,}|={3,}|"
    r"[<>\[\]]{2,}|BEGIN[ -]DATA|END[ -]DATA",
    re.IGNORECASE,
)


def fence(text: str) -> str:
    """Text between two lines with a mark drawn for this call alone."""
    mark = secrets.token_hex(8)
    return f"BEGIN-DATA {mark}\n{text}\nEND-DATA {mark}"


def defuse(text: str, most: int = _MOST) -> str:
    """What somebody wrote, on one line, without anything that looks like our own marks."""
    plain = "".join(c if unicodedata.category(c) not in {"Cf", "Cc", "Co"} else " " for c in text)
    wide = unicodedata.normalize("NFKC", plain)
    plain = wide if _TURNS.search(wide) else plain
    before = ""
    while before != plain:
        before, plain = plain, _TURNS.sub(" ", plain)
    return re.sub(r"\s+", " ", plain).strip()[:most]
