"""What a model is told: facts under short ids, the lines wanted, and the rules around them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.language import Language
from core.line import Reply
from core.product import Fact, Product
from script_engine.composer.plan import Step
from script_engine.gate import Blocked
from script_engine.orders import gives_orders
from script_engine.spoken import told
from script_engine.text import HAN
from script_engine.writers.chat import Request
from script_engine.writers.fence import defuse, fence
from script_engine.writers.prompts import Prompt, Prompts

CUES = ("", "smile", "earnest", "delight", "open_palm", "point_left", "product", "viewers")
_SAY_MOST = {"zh": 120, "en": 320}
_TOKENS_A_LINE, _TOKENS_AROUND = 160, 200
_LANGUAGES: dict[Language, str] = {
    "zh": "Chinese", "en": "English", "yue": "Cantonese", "ja": "Japanese", "ko": "Korean",
    "de": "German", "fr": "French", "es": "Spanish",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Brief:
    """A request, and what the short ids in its reply stand for."""

    request: Request
    facts: dict[str, Fact]
    # by short id: F1, F2 ...


def say_most(language: Language) -> int:
    """Characters a line may have."""
    return _SAY_MOST["zh" if language == "zh" else "en"]


def pitch_brief(
    prompts: Prompts, product: Product, steps: Mapping[int, Step], language: Language
) -> Brief:
    """Asks for the lines of a pitch.

    Args:
        prompts: the room's.
        product: to pitch.
        steps: the moves wanted, by the number the reply is to give them.
        language: to write in.
    """
    prompt = prompts.get("pitch", language)
    facts = _listed(step.facts for step in steps.values())
    lines = "\n".join(_wanted(number, step, prompt, facts) for number, step in steps.items())
    return _lines_brief(prompt, product, facts, lines, steps, language)


def rewrite_brief(
    prompts: Prompts,
    product: Product,
    steps: Mapping[int, Step],
    refused: Mapping[int, Blocked],
    language: Language,
) -> Brief:
    """Asks for refused lines once more, with the reasons."""
    prompt = prompts.get("rewrite", language)
    facts = _listed(steps[number].facts for number in refused)
    around = prompts.get("pitch", language)
    lines = "\n".join(
        _wanted(number, steps[number], around, facts) + "\n" + fence(_refusal(blocked))
        for number, blocked in refused.items()
    )
    return _lines_brief(prompt, product, facts, lines, refused, language)


def answer_brief(prompts: Prompts, comment: str, reply: Reply, facts: Sequence[Fact]) -> Brief:
    """Asks for other words for an answer that is already decided.

    Args:
        prompts: the room's.
        comment: as the viewer wrote it.
        reply: what our own code answers; it has a line.
        facts: those behind it.

    Raises:
        ValueError: the reply says nothing.
    """
    if reply.line is None:
        raise ValueError("a reply without a line cannot be put in other words")
    language = reply.line.language
    known = _listed([facts])
    system, user = prompts.get("answer", language).fill(
        comment=fence(defuse(comment, 300)),
        facts=_told(known, language),
        answer=fence(defuse(reply.line.text)),
        language=_LANGUAGES[language],
    )
    schema = _object(
        {
            "say": {"type": "string", "maxLength": say_most(language)},
            "facts": {"type": "array", "maxItems": 8, "items": _one_of(known)},
        }
    )
    return Brief(Request(system, user, schema, _TOKENS_A_LINE + _TOKENS_AROUND, 0.5), known)


def _lines_brief(
    prompt: Prompt,
    product: Product,
    facts: dict[str, Fact],
    lines: str,
    numbers: Iterable[int],
    language: Language,
) -> Brief:
    wanted = sorted(numbers)
    system, user = prompt.fill(
        facts=_told(facts, language, product.name_in(language)),
        lines=lines,
        language=_LANGUAGES[language],
    )
    line = _object(
        {
            "step": {"type": "integer", "enum": wanted},
            "say": {"type": "string", "minLength": 2, "maxLength": say_most(language)},
            "facts": {"type": "array", "maxItems": 6, "items": _one_of(facts)},
            "cue": {"type": "string", "enum": list(CUES)},
        }
    )
    lines_of = {"type": "array", "items": line, "minItems": 1, "maxItems": len(wanted)}
    tokens = _TOKENS_AROUND + _TOKENS_A_LINE * len(wanted)
    return Brief(Request(system, user, _object({"lines": lines_of}), tokens), facts)


def _listed(groups: Iterable[Sequence[Fact]]) -> dict[str, Fact]:
    """Short ids for facts. What reads like an order to a machine is not shown to one."""
    distinct = dict.fromkeys(fact for group in groups for fact in group)
    plain = [fact for fact in distinct if not gives_orders(fact)]
    return {f"F{number}": fact for number, fact in enumerate(plain, 1)}


def _told(facts: Mapping[str, Fact], language: Language, name: str = "") -> str:
    """The facts, fenced, a JSON object each."""
    rows = [{"product": defuse(name, 80)}] if name else []
    rows += [
        {
            "id": short,
            "what": defuse(_label(fact, language), 80),
            "of": defuse(fact.variant, 60),
            "says": defuse(told(fact, language), 400),
        }
        for short, fact in facts.items()
    ]
    return fence("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))


def _label(fact: Fact, language: Language) -> str:
    """What staff call the field if they do so in the language, else our own name of it."""
    if fact.label and bool(HAN.search(fact.label)) == (language == "zh"):
        return fact.label
    return fact.field.replace("_", " ")


def _wanted(number: int, step: Step, prompt: Prompt, facts: Mapping[str, Fact]) -> str:
    ids = [short for short, fact in facts.items() if fact in step.facts]
    what = prompt.moves.get(step.move, step.move)
    return f"{number}. [{', '.join(ids)}] {what}"


def _refusal(blocked: Blocked) -> str:
    reasons = [defuse(reason, 120) for reason in blocked.reasons[:4]]
    row = {"refused": defuse(blocked.draft.text, 200), "reasons": reasons}
    return json.dumps(row, ensure_ascii=False)


def _one_of(facts: Mapping[str, Fact]) -> dict[str, Any]:
    return {"type": "string", "enum": list(facts)} if facts else {"type": "string", "maxLength": 0}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
