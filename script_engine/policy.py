"""What a line must not say whatever the facts: rules of law and platform, kept as data.

A policy pack is a TOML file in `configs/policies/`. Each rule has patterns, exceptions in context
(最近 is no superlative; "first, wash" boasts of nothing) and a reason that a person can act on. A
pack of law applies wherever the room is; a pack of a platform only when the room names it, and it
may forbid the launch altogether.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from pydantic import Field

from core.config import Settings, load_settings
from core.errors import ConfigError
from core.language import Language
from script_engine.disguise import unmask
from script_engine.likeness import AT_LEAST, likeness, worst_clause
from script_engine.stance import unasserted
from script_engine.text import HAN, SENTENCE_END, Folded, fold

Tier = Literal["block", "rewrite", "needs_evidence"]
PackKind = Literal["law", "platform"]
LaunchVerdict = Literal["refuse", "needs_operator", "allow"]


class RuleSettings(Settings):
    """One rule as it stands in a file."""

    id: str
    tier: Tier
    patterns: tuple[str, ...]
    # regular expressions on folded text: lower case, half width, no blanks inside Chinese; <name>
    # stands for any of the pack's words of that name
    together: tuple[tuple[str, ...], ...] = ()
    # each a set of patterns that break the rule when all of them stand in one sentence
    exceptions: tuple[str, ...] = ()
    # a match that one of these overlaps is let by; so is one that is denied, asked or quoted
    replace: str = ""
    # for tier "rewrite": what to say instead, groups as \1
    zh: str
    en: str
    # the reason, in words


class LaunchSettings(Settings):
    """What a platform says to a virtual presenter, as it stands in a file."""

    verdict: LaunchVerdict
    zh: str
    en: str
    source: str
    # where it is written
    checked: date
    # when somebody last looked


class PackSettings(Settings):
    """A policy pack as it stands in a file."""

    title: str
    kind: PackKind = "law"
    categories: tuple[str, ...] = ()
    # words in the category of products it is for; empty for all
    launch: LaunchSettings | None = None
    words: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    # lists that patterns name in angle brackets
    rule: tuple[RuleSettings, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready to use."""

    id: str
    tier: Tier
    pattern: re.Pattern[str]
    foreign: re.Pattern[str] | None
    # of the pattern what can match where nothing is Chinese
    exception: re.Pattern[str] | None
    replace: str
    reasons: tuple[tuple[Language, str], ...]
    together: tuple[tuple[re.Pattern[str], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class LaunchRule:
    """Whether a platform lets a room with a virtual presenter on air."""

    policy: str
    # name of the pack
    title: str
    verdict: LaunchVerdict
    # "needs_operator": only while a person is on duty at the console
    reasons: tuple[tuple[Language, str], ...]
    source: str
    checked: date

    def reason(self, language: Language) -> str:
        """Why, in words of that language; in English where there are none."""
        reasons = dict(self.reasons)
        return reasons.get(language, reasons["en"])


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy pack."""

    name: str
    title: str
    categories: tuple[str, ...]
    rules: tuple[Rule, ...]
    kind: PackKind = "law"
    launch: LaunchRule | None = None

    def applies_to(self, category: str) -> bool:
        """Whether a product of this category falls under it; an unknown one falls under all."""
        named = category.lower()
        return not self.categories or not named or any(word in named for word in self.categories)


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule broken by a stretch of text."""

    rule: str
    # "cn-advertising/superlative"
    span: tuple[int, int]
    # in the text as given
    tier: Tier
    reason: str
    text: str
    # the words that break it
    replacement: str = ""


_ALIKE: Final = (
    "It reads like lines that the law forbids: absolute or medical claims, guarantees, rivals,"
    " false urgency. Say what the data says, in plain words.",
    "读起来像法律不允许的话：绝对化、医疗功效、保证效果、贬低同行或虚假紧迫。请用资料里的话平实地说。",
)
"""English, Chinese."""


def load_policies(names: Sequence[str], folder: Path) -> tuple[Policy, ...]:
    """The packs a room obeys.

    Args:
        names: of packs in the folder. Of the packs of law the named ones apply, or all of them
            when none is named; of the packs of platforms only the named.
        folder: where the packs are.

    Raises:
        ConfigError: a pack is missing or wrong.
    """
    named = [load_policy(folder / f"{name}.toml") for name in names]
    if any(policy.kind == "law" for policy in named):
        return tuple(named)
    packs = [load_policy(path) for path in sorted(folder.glob("*.toml")) if path.stem not in names]
    return (*(policy for policy in packs if policy.kind == "law"), *named)


def load_policy(path: Path) -> Policy:
    """A policy pack from its file.

    Raises:
        ConfigError: the file is missing, has a wrong key, or a pattern that is none.
    """
    pack = load_settings(path, PackSettings)
    words = {name: f"(?:{'|'.join(listed)})" for name, listed in pack.words.items()}
    rules = []
    for number, rule in enumerate(pack.rule):
        foreign = [pattern for pattern in rule.patterns if not HAN.search(pattern)]
        try:
            rules.append(
                Rule(
                    f"{path.stem}/{rule.id}",
                    rule.tier,
                    re.compile(_pattern(rule.patterns, words)),
                    re.compile(_pattern(foreign, words)) if foreign else None,
                    re.compile(_pattern(rule.exceptions, words)) if rule.exceptions else None,
                    rule.replace,
                    (("zh", rule.zh), ("en", rule.en)),
                    tuple(
                        tuple(re.compile(_pattern((part,), words)) for part in parts)
                        for parts in rule.together
                    ),
                )
            )
        except (re.error, KeyError) as error:
            what = "names unknown words" if isinstance(error, KeyError) else "is no pattern"
            raise ConfigError(
                f"pattern of rule {rule.id!r} {what}: {error}",
                file=str(path),
                key=f"rule.{number}.patterns",
            ) from error
    return Policy(
        path.stem, pack.title, pack.categories, tuple(rules), pack.kind, _launch(path.stem, pack)
    )


def _pattern(patterns: Iterable[str], words: Mapping[str, str]) -> str:
    """One pattern of many, <name> exchanged for the words of that name; KeyError if unknown."""
    return re.sub(r"(?<!\?P)<([a-z_]+)>", lambda match: words[match[1]], "|".join(patterns))


def _launch(name: str, pack: PackSettings) -> LaunchRule | None:
    if (rule := pack.launch) is None:
        return None
    reasons: tuple[tuple[Language, str], ...] = (("zh", rule.zh), ("en", rule.en))
    return LaunchRule(name, pack.title, rule.verdict, reasons, rule.source, rule.checked)


def check_launch(policies: Iterable[Policy]) -> list[LaunchRule]:
    """What stands against going on air: each pack that refuses it or asks for an operator."""
    rules = [policy.launch for policy in policies if policy.launch is not None]
    return [rule for rule in rules if rule.verdict != "allow"]


def check_text(
    text: str, policies: Iterable[Policy], *, language: Language = "zh", category: str = ""
) -> list[Violation]:
    """Every rule of the packs that a text breaks, in order of place.

    Args:
        text: as typed; spans refer to it.
        policies: packs to hold it against.
        language: of the reasons.
        category: of the product spoken of; packs for other categories are left out.
    """
    folded = unmask(fold(text))
    obeyed = [policy for policy in policies if policy.applies_to(category)]
    found = [
        violation
        for policy in obeyed
        for rule in policy.rules
        for violation in _broken(rule, folded, text, language)
    ]
    if not found and any(policy.kind == "law" for policy in obeyed):
        found = _alike(folded, text, language)
    return sorted(found, key=lambda violation: violation.span)


def rewrite(text: str, violations: Iterable[Violation]) -> str:
    """The text with what rules of tier "rewrite" object to said another way."""
    for violation in sorted(violations, key=lambda v: v.span, reverse=True):
        if violation.tier == "rewrite":
            start, end = violation.span
            text = text[:start] + violation.replacement + text[end:]
    return text


def _alike(folded: Folded, text: str, language: Language) -> list[Violation]:
    """A finding where a line that no rule names reads like those that break one."""
    if likeness(folded.text) < AT_LEAST:
        return []
    first, last = worst_clause(folded.text)
    if any(begin < last and first < stop for begin, stop in unasserted(folded.text)):
        return []
    span = folded.span(first, last)
    return [Violation("law/likeness", span, "block", _ALIKE[language == "zh"], text[slice(*span)])]


def _broken(rule: Rule, folded: Folded, text: str, language: Language) -> list[Violation]:
    pattern = rule.pattern if HAN.search(folded.text) else rule.foreign
    matches = list(pattern.finditer(folded.text)) if pattern else []
    if not matches and not rule.together:
        return []
    excused = (
        [match.span() for match in rule.exception.finditer(folded.text)] if rule.exception else []
    )
    reasons = dict(rule.reasons)
    stretches = [(*match.span(), match.expand(rule.replace or "")) for match in matches]
    stretches += [(start, end, "") for start, end in _met(rule, folded.text)]
    found = []
    for start, end, instead in stretches:
        if start == end or any(start < stop and begin < end for begin, stop in excused):
            continue
        if any(begin <= start < stop for begin, stop in unasserted(folded.text)):
            continue
        span = folded.span(start, end)
        reason = reasons.get(language, reasons["en"])
        found.append(Violation(rule.id, span, rule.tier, reason, text[slice(*span)], instead))
    return found


def _met(rule: Rule, folded: str) -> Iterator[tuple[int, int]]:
    """The stretches in which all patterns of a set meet, in whatever order, inside a sentence."""
    if not rule.together:
        return
    denied = unasserted(folded)
    ends = [match.end() for match in SENTENCE_END.finditer(folded)]
    for start, end in zip([0, *ends], [*ends, len(folded)], strict=True):
        for patterns in rule.together:
            spans = []
            for pattern in patterns:
                said = (match.span() for match in pattern.finditer(folded, start, end))
                free = (s for s in said if not any(a <= s[0] < b for a, b in denied))
                if (span := next(free, None)) is None:
                    break
                spans.append(span)
            else:
                yield min(spans)[0], max(stop for _, stop in spans)
                break
