"""What a line must not say whatever the facts: rules of law and platform, kept as data.

A policy pack is a TOML file in `configs/policies/`. Each rule has patterns, exceptions in context
(最近 is no superlative; "first, wash" boasts of nothing) and a reason that a person can act on.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.config import Settings, load_settings
from core.errors import ConfigError
from core.language import Language
from script_engine.text import Folded, fold

Tier = Literal["block", "rewrite", "needs_evidence"]


class RuleSettings(Settings):
    """One rule as it stands in a file."""

    id: str
    tier: Tier
    patterns: tuple[str, ...]
    # regular expressions on folded text: lower case, half width, no blanks inside Chinese
    exceptions: tuple[str, ...] = ()
    # a match that one of these overlaps is let by
    replace: str = ""
    # for tier "rewrite": what to say instead, groups as \1
    zh: str
    en: str
    # the reason, in words


class PackSettings(Settings):
    """A policy pack as it stands in a file."""

    title: str
    categories: tuple[str, ...] = ()
    # words in the category of products it is for; empty for all
    rule: tuple[RuleSettings, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready to use."""

    id: str
    tier: Tier
    pattern: re.Pattern[str]
    exception: re.Pattern[str] | None
    replace: str
    reasons: tuple[tuple[Language, str], ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy pack."""

    name: str
    title: str
    categories: tuple[str, ...]
    rules: tuple[Rule, ...]

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


def load_policy(path: Path) -> Policy:
    """A policy pack from its file.

    Raises:
        ConfigError: the file is missing, has a wrong key, or a pattern that is none.
    """
    pack = load_settings(path, PackSettings)
    rules = []
    for number, rule in enumerate(pack.rule):
        try:
            rules.append(
                Rule(
                    f"{path.stem}/{rule.id}",
                    rule.tier,
                    re.compile("|".join(rule.patterns)),
                    re.compile("|".join(rule.exceptions)) if rule.exceptions else None,
                    rule.replace,
                    (("zh", rule.zh), ("en", rule.en)),
                )
            )
        except re.error as error:
            raise ConfigError(
                f"pattern of rule {rule.id!r} is no regular expression: {error}",
                file=str(path),
                key=f"rule.{number}.patterns",
            ) from error
    return Policy(path.stem, pack.title, pack.categories, tuple(rules))


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
    folded = fold(text)
    found = [
        violation
        for policy in policies
        if policy.applies_to(category)
        for rule in policy.rules
        for violation in _broken(rule, folded, text, language)
    ]
    return sorted(found, key=lambda violation: violation.span)


def rewrite(text: str, violations: Iterable[Violation]) -> str:
    """The text with what rules of tier "rewrite" object to said another way."""
    for violation in sorted(violations, key=lambda v: v.span, reverse=True):
        if violation.tier == "rewrite":
            start, end = violation.span
            text = text[:start] + violation.replacement + text[end:]
    return text


def _broken(rule: Rule, folded: Folded, text: str, language: Language) -> list[Violation]:
    excused = (
        [match.span() for match in rule.exception.finditer(folded.text)] if rule.exception else []
    )
    reasons = dict(rule.reasons)
    found = []
    for match in rule.pattern.finditer(folded.text):
        start, end = match.span()
        if start == end or any(start < stop and begin < end for begin, stop in excused):
            continue
        span = folded.span(start, end)
        found.append(
            Violation(
                rule.id,
                span,
                rule.tier,
                reasons.get(language, reasons["en"]),
                text[slice(*span)],
                match.expand(rule.replace) if rule.replace else "",
            )
        )
    return found
