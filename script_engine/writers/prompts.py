"""Prompts as people edit them: Markdown files in `configs/prompts/`.

A file has the sections `# system` and `# user`, the pitch also `# moves` with a line for each move.
`{slots}` are filled in one pass: what is filled in is never searched for slots.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from core.errors import ConfigError
from core.language import Language

_SECTION = re.compile(r"^# (\w+)\s*$", re.MULTILINE)
_SLOT = re.compile(r"\{(\w+)\}")
_MOVE = re.compile(r"^- (\w+): (.+)$", re.MULTILINE)
SLOTS = {
    "pitch": frozenset({"facts", "lines", "language"}),
    "rewrite": frozenset({"facts", "lines", "language"}),
    "answer": frozenset({"comment", "facts", "answer", "language"}),
}
# what each prompt can be given


@dataclass(frozen=True, slots=True)
class Prompt:
    """One kind of request in one language."""

    system: str
    user: str
    moves: dict[str, str]
    # what each move of a pitch is to do

    def fill(self, **slots: str) -> tuple[str, str]:
        """The system and the user message."""

        def put(text: str) -> str:
            return _SLOT.sub(lambda match: slots[match[1]], text)

        return put(self.system), put(self.user)


class Prompts:
    """The prompts of a folder, read when they are made."""

    def __init__(self, folder: Path) -> None:
        """Read every prompt.

        Raises:
            ConfigError: a file is missing, lacks a section or has an unknown slot.
        """
        self._prompts = {
            (kind, language): load_prompt(folder / f"{kind}-{language}.md", kind)
            for kind in SLOTS
            for language in ("zh", "en")
        }

    def get(self, kind: str, language: Language) -> Prompt:
        """The prompt of a kind; the English one for languages without their own."""
        return self._prompts[kind, "zh" if language == "zh" else "en"]


def load_prompt(path: Path, kind: str) -> Prompt:
    """A prompt from its file.

    Raises:
        ConfigError: the file is missing, lacks a section or has an unknown slot.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", file=str(path)) from error
    parts = _SECTION.split(text)
    sections = {name: body.strip() for name, body in zip(parts[1::2], parts[2::2], strict=True)}
    for name in ("system", "user"):
        if not sections.get(name):
            raise ConfigError(f"lacks the section '# {name}'", file=str(path))
        unknown = set(_SLOT.findall(sections[name])) - SLOTS[kind]
        if unknown:
            known = ", ".join(f"{{{slot}}}" for slot in sorted(SLOTS[kind]))
            message = f"{{{min(unknown)}}} is no slot; there are: {known}"
            raise ConfigError(message, file=str(path), key=name)
    return Prompt(
        sections["system"], sections["user"], dict(_MOVE.findall(sections.get("moves", "")))
    )
