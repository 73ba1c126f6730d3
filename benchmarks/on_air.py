"""A recording's journal: the lines that were heard, said once more with the same voice."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from core.errors import ProviderError
from core.language import Language
from core.line import Claim, Cue, Line
from core.utterance import Utterance
from script_engine.text import detect_language
from speech.client import SpeechWorker


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """A line that went on air."""

    line: Line
    frame: int
    # the picture with which its sound began
    cut_frame: int | None
    # that with which the next line began, before its end perhaps
    urgent: bool
    # an answer, whose first phrases are spoken by themselves


def read_journal(path: Path) -> list[dict[str, Any]]:
    """The entries of a room's journal, in order."""
    return [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]


def heard_lines(entries: Sequence[dict[str, Any]]) -> list[Heard]:
    """Lines and answers that went on air, in order, with the cues and claims they had."""
    aired = [
        Heard(line_of(entry["data"]), entry["data"]["frame"], None, entry["kind"] == "answer")
        for entry in entries
        if entry["kind"] in ("line", "answer")
        and "frame" in entry["data"]
        and "done" not in entry["data"]
    ]
    cut = [replace(one, cut_frame=following.frame) for one, following in pairwise(aired)]
    return cut + aired[-1:]


def line_of(data: dict[str, Any]) -> Line:
    """The line of an entry, as the voice was given it."""
    language: Language = data.get("language") or detect_language(data["text"])
    return Line(
        str(data.get("id", "")), data["text"], language, "pitch", tuple(data.get("facts", ())),
        cues=tuple(Cue(**cue) for cue in data.get("cues", ())),
        claims=tuple(Claim(**claim) for claim in data.get("claims", ())),
    )  # fmt: skip


def say_again(
    lines: Sequence[Heard], voice: str, shop_lexicon: Path | None = None
) -> Iterator[tuple[Heard, Utterance]]:
    """Each line with its sound; lines that the voice cannot say are left out."""

    async def spoken() -> list[tuple[Heard, Utterance]]:
        worker = SpeechWorker(voice=voice, shop_lexicon=shop_lexicon)
        await worker.start()
        found = []
        try:
            for heard in lines:
                try:
                    found.append((heard, await worker.speak(heard.line, urgent=heard.urgent)))
                except ProviderError:
                    continue
        finally:
            await worker.stop()
        return found

    yield from asyncio.run(spoken())
