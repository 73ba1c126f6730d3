"""What comes on top of what is paid for: said only when a fact gives the same."""

import re

from script_engine.amounts import same
from script_engine.claims import Assertion
from script_engine.crossing import in_common
from script_engine.quantities import quantities
from script_engine.readings import Reading, topic_words

_GIVES = re.compile(
    r"送|赠|半价|免费|换购|抽|红包|返|free|gift|complimentary|half price|bonus|throw in"
)
_EMPTY = re.compile(
    r"[再另还加多附搭都也送赠饶搭给上买得]|免费|我们|咱们?|您|你们?|大家|各位|家人们?|宝子们?|"
    r"下单|拍下|\b(?:buy|get|free|gift|bonus|throw|in|we|ll|you|your|another|one|add|give|send|"
    r"include|every|each)\b"
)
# words of giving itself, which name no gift


def given(assertion: Assertion, readings: list[Reading]) -> str:
    """A fact that gives the same on top: 买一送一 says nothing of what else comes free."""
    clause = _EMPTY.sub(" ", assertion.clause)
    words = topic_words(clause)
    for reading in readings:
        for part in reading.parts:
            if part.denied or not _GIVES.search(f"{reading.fact.label} {part.text}"):
                continue
            if assertion.group in part.text:
                return reading.fact.id
            numbered = all(
                any(same(q.value, other.value) for other in part.quantities)
                for q in quantities(assertion.group)
                if q.value != 1
            )
            if numbered and 2 * in_common(words, clause, part.words, part.text) >= max(
                1, len(words)
            ):
                return reading.fact.id
    return ""
