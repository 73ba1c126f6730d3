"""Holding answers against labelled comments.

The files in `data/` are JSON Lines that `presenter ask --batch` takes as they are: `id`, `comment`,
`focus_sku`. The other keys say what is right: the actions that will do, fields of which one must
back the answer, `must` (each a choice parted by "|") and `must_not`. `demo-held-out` was labelled
before anything was tuned and is never tuned on.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.line import Reply
from core.product import Fact, Money
from core.viewer import ViewerEvent
from knowledge.shop import Shop
from script_engine.answers import Answerer
from script_engine.text import detect_language

DATA = Path(__file__).parent / "data"
_CHINESE_NUMBER = re.compile(
    r"(?<![第每同统])[零二两三四五六七八九十百千万]+(?=[个元块件瓶支盒袋天年月日小分秒厘毫克公斤升折成次滴档号])"
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A comment and what is right to do about it."""

    id: str
    comment: str
    focus_sku: str | None
    language: str
    # zh, en, mix, or another that is not spoken here
    kind: str
    action: tuple[str, ...]
    fields: tuple[str, ...]
    must: tuple[str, ...]
    must_not: tuple[str, ...]


def load(name: str) -> list[Labelled]:
    """The labelled comments of one file in `data/`."""
    lines = (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        Labelled(**{k: tuple(v) if isinstance(v, list) else v for k, v in row.items()})
        for row in rows
    ]


def fault(label: Labelled, reply: Reply, shop: Shop) -> str:
    """What is wrong with a reply, "" when nothing is."""
    text = reply.line.text if reply.line else ""
    if reply.action not in label.action:
        return f"action {reply.action}"
    if reply.action in {"ignore", "moderate"}:
        return "speaks" if text else "" if reply.reason else "no reason"
    if not text:
        return "says nothing"
    fields = {found.field for i in reply.fact_ids if (found := shop.fact(i)) is not None}
    if reply.action == "answer" and label.fields and not fields & set(label.fields):
        return f"backed by {sorted(fields)}"
    for must in label.must:
        if not any(choice in text for choice in must.split("|")):
            return f"lacks {must}"
    if said := [word for word in label.must_not if word in text]:
        return f"says {said}"
    wanted = {"zh": "zh", "mix": "zh", "en": "en"}.get(label.language)
    if wanted and detect_language(re.sub(r"“.*?”", "", text)) != wanted:
        return "in another language"
    return ""


def invented_numbers(label: Labelled, reply: Reply, shop: Shop) -> list[str]:
    """Numbers in the answer that stand in no fact it lists, no name it says, and not asked for."""
    if reply.line is None:
        return []
    facts = [fact for i in reply.fact_ids if (fact := shop.fact(i)) is not None]
    products = [shop.product(fact.product_id) for fact in facts if fact.product_id]
    products += [shop.product(i) for i in (reply.product_id, label.focus_sku) if i]
    names = [word for p in products for word in (p.name, *p.aliases, f"{p.ordinal}")]
    known = " ".join([label.comment, *map(written, facts), *names, *(n for p in products
                      for _, n in p.names)])  # fmt: skip
    allowed = set(map(float, re.findall(r"\d+(?:\.\d+)?", known)))
    said = re.findall(r"\d+(?:\.\d+)?", reply.line.text)
    spelled = _CHINESE_NUMBER.findall(reply.line.text)
    return [n for n in said if float(n) not in allowed] + [n for n in spelled if n not in known]


def written(fact: Fact) -> str:
    if isinstance(fact.value, Money):
        return f"{fact.value.minor / 100:g} {fact.variant}"
    value = f"{fact.value:g}" if isinstance(fact.value, float) else str(fact.value)
    return f"{value} {fact.unit} {fact.label} {fact.variant}"


@dataclass(frozen=True, slots=True)
class Verdict:
    label: Labelled
    reply: Reply
    fault: str
    invented: tuple[str, ...]


def judge(
    labels: Iterable[Labelled], answerer: Answerer, shop: Shop, when: datetime
) -> Iterator[Verdict]:
    """Each labelled comment answered and held against its label."""
    for label in labels:
        event = ViewerEvent(label.id, "comment", text=label.comment)
        reply = answerer.answer(event, label.focus_sku, when)
        invented = invented_numbers(label, reply, shop)
        yield Verdict(label, reply, fault(label, reply, shop), tuple(invented))


def table(verdicts: Iterable[Verdict]) -> str:
    """How many were right for each kind of comment, and all together."""
    rows = list(verdicts)
    total = Counter(row.label.kind for row in rows)
    right = Counter(row.label.kind for row in rows if not row.fault)
    lines = [f"{kind:12} {right[kind]:3} of {count:3}" for kind, count in total.items()]
    return "\n".join([*lines, f"{'all':12} {sum(right.values()):3} of {len(rows):3}"])
