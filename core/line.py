"""A line: something checked that the presenter may say, and how to perform it."""

from dataclasses import dataclass
from typing import Literal

from core.language import Language

CueKind = Literal["emotion", "gesture", "gaze", "scene", "show", "pause"]
LineKind = Literal["pitch", "answer", "greeting", "notice", "operator", "evergreen"]
ClaimKind = Literal[
    "price", "discount", "quantity", "stock", "date", "brand", "ingredient", "material",
    "certificate", "suitability", "comparison", "superlative", "effect", "promise", "feature",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """Something to do while speaking."""

    kind: CueKind
    value: str
    # emotion: smile earnest delight sympathy; gesture: open_palm point_left point_right wave
    # thanks count_1..count_5 number_one; gaze: viewers product comments; show: card none;
    # scene: a name in configs/scenes; pause: seconds
    at: int = 0
    # offset into the line's text at which it begins


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of a line that asserts something, and the fact that backs it."""

    kind: ClaimKind
    text: str
    start: int
    end: int
    fact_id: str
    # "" when nothing backs it
    reason: str = ""
    # why it fails, in words; "" when it holds


@dataclass(frozen=True, slots=True)
class Line:
    """Text to say with the facts behind it. Only the script engine's gate makes one."""

    id: str
    text: str
    language: Language
    kind: LineKind
    fact_ids: tuple[str, ...]
    product_id: str = ""
    cues: tuple[Cue, ...] = ()
    claims: tuple[Claim, ...] = ()
    interruptible: bool = True
    move: str = ""
    # the rhetorical move it makes: hook, need, proof, demonstration, objection, offer, call, ask
    by: str = ""
    # the language model that chose the words; "" for our own composer, staff and operators


Action = Literal["answer", "unknown", "ignore", "moderate"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What is done about a comment."""

    event_id: str
    action: Action
    line: Line | None
    # None when nothing is said
    fact_ids: tuple[str, ...]
    reason: str
    # intent found, or why it is ignored or moderated
    product_id: str = ""
