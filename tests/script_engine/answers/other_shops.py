"""Shops of other trades than the demo's, kept as plain text and made into the files staff have.

A folder in `shops/` holds a shop: `name.gb18030.csv` is written as `name.csv` in that encoding,
`name.xlsx.csv` as a workbook, `name.docx.md` as a Word file, everything else as it is.
`comments.txt` holds what viewers ask, a line each:

    ACTIONS FOCUS[>PRODUCT+PRODUCT] | an earlier comment >> comment | must/or this; must; !must not

`A`nswer, `U`nknown, `I`gnore, `M`oderate: any that will do. PRODUCT: whose facts must back the
answer. A `##` line names the kind. Half of each kind is never tuned on: which half is drawn by a
fixed seed when the file is read. A file that begins with `# practice` is all tuned on, one that
begins with `# blind` not at all: it was written last and is only ever scored. Behind the word may
stand the share that must be right at least, and what share was right before anything was tuned.
"""

import csv
import random
import re
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from docx import Document
from openpyxl import Workbook

from core.line import Reply
from core.viewer import Viewer, ViewerEvent
from knowledge.shop import Shop
from script_engine.answers import Answerer
from script_engine.text import detect_language
from tests.script_engine.answers.yardstick import Labelled, invented_numbers, written

SHOPS = Path(__file__).parent / "shops"
Half = Literal["tune", "held-out", "blind", "all"]
_ACTIONS = {"A": "answer", "U": "unknown", "I": "ignore", "M": "moderate"}
_CHINESE = re.compile(r"[一-鿿]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled comment, with what the viewer wrote before it and the products it is about."""

    label: Labelled
    before: str
    products: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    case: Case
    reply: Reply
    fault: str
    invented: tuple[str, ...]


def names() -> list[str]:
    """The shops there are."""
    return sorted(path.name for path in SHOPS.iterdir() if (path / "comments.txt").exists())


def write_shop(name: str, folder: Path) -> Path:
    """Write a shop's files into a new folder and give the folder back."""
    folder.mkdir(parents=True)
    for path in sorted((SHOPS / name).iterdir()):
        stem, _, made = path.stem.partition(".")
        if path.name == "comments.txt":
            continue
        if made == "xlsx":
            _write_workbook(path, folder / f"{stem}.xlsx")
        elif made == "docx":
            _write_document(path, folder / f"{stem}.docx")
        elif made:
            target = folder / f"{stem}{path.suffix}"
            target.write_text(path.read_text("utf-8"), made, newline="")
        else:
            shutil.copy(path, folder / path.name)
    return folder


def is_practice(name: str) -> bool:
    """Whether all of a shop's comments were tuned on."""
    return _mark(name) == "# practice"


def least(name: str) -> float | None:
    """The share that a shop's first line says must be right; None when it says none."""
    stated = re.search(r"at least (0\.\d+)", _first_line(name))
    return float(stated[1]) if stated else None


def _mark(name: str) -> str:
    return _first_line(name).partition(",")[0]


def _first_line(name: str) -> str:
    return (SHOPS / name / "comments.txt").read_text("utf-8").partition("\n")[0]


def cases(name: str, half: Half = "all") -> list[Case]:
    """The labelled comments of a shop, all or one half of each kind."""
    found: list[Case] = []
    kind = ""
    for number, line in enumerate((SHOPS / name / "comments.txt").read_text("utf-8").splitlines()):
        if line.startswith("#"):
            kind = line.strip("# ")
        elif line.strip():
            found.append(_case(f"{name}-{number + 1}", kind, line))
    whole = {"# practice": "tune", "# blind": "blind"}.get(_mark(name))
    if half == "all" or half == whole:
        return found
    if whole or half == "blind":
        return []
    draw = random.Random(f"{name} held out")
    tuned: set[str] = set()
    for each in dict.fromkeys(case.label.kind for case in found):
        ids = [case.label.id for case in found if case.label.kind == each]
        draw.shuffle(ids)
        tuned.update(ids[: (len(ids) + draw.randrange(2)) // 2])
    return [case for case in found if (case.label.id in tuned) == (half == "tune")]


def judge(found: Sequence[Case], answerer: Answerer, shop: Shop, when: datetime) -> list[Judged]:
    """Each comment answered, after what came before it, and held against its label."""
    judged: list[Judged] = []
    for case in found:
        id, focus, viewer = case.label.id, case.label.focus_sku, Viewer(case.label.id)
        if case.before:
            earlier = ViewerEvent(f"{id}-", "comment", user=viewer, text=case.before)
            answerer.answer(earlier, focus, when)
        event = ViewerEvent(id, "comment", user=viewer, text=case.label.comment)
        reply = answerer.answer(event, focus, when)
        invented = tuple(invented_numbers(case.label, reply, shop))
        judged.append(Judged(case, reply, fault(case, reply, shop), invented))
    return judged


def fault(case: Case, reply: Reply, shop: Shop) -> str:
    """What is wrong with a reply, "" when nothing is."""
    label = case.label
    text = reply.line.text if reply.line else ""
    if reply.action not in label.action:
        return f"action {reply.action}"
    if reply.action in {"ignore", "moderate"}:
        return "speaks" if text else "" if reply.reason else "no reason"
    if not text:
        return "says nothing"
    if said := [word for word in label.must_not if word in text]:
        return f"says {said}"
    if label.language and detect_language(re.sub(r"“.*?”", "", text)) != label.language:
        return "in another language"
    if reply.action == "unknown":
        return ""
    facts = [fact for i in reply.fact_ids if (fact := shop.fact(i)) is not None]
    for must in label.must:
        choices = [choice for choice in must.split("/") if choice in text]
        if not choices:
            return f"lacks {must}"
        known = " ".join(map(written, facts))
        if any(_NUMBER.search(c) for c in choices) and not any(
            set(map(float, _NUMBER.findall(c))) <= set(map(float, _NUMBER.findall(known)))
            for c in choices
        ):
            return f"no fact listed for {must}"
    if missing := set(case.products) - {fact.product_id for fact in facts}:
        return f"no fact of {sorted(missing)}"
    return ""


def table(rows: Sequence[Judged]) -> str:
    """What went wrong, a line each kind and fault."""
    found = Counter((row.case.label.kind, row.fault) for row in rows if row.fault)
    lines = [f"{count:3} {kind:10} {fault}" for (kind, fault), count in sorted(found.items())]
    return "\n".join([f"{share_right(rows):.1%} of {len(rows)}", *lines])


def share_right(rows: Sequence[Judged]) -> float:
    """Right ones among all, 0 to 1."""
    return sum(not row.fault for row in rows) / len(rows)


def _case(id: str, kind: str, line: str) -> Case:
    head, comment, *rest = (part.strip() for part in line.split(" | "))
    actions, _, about = head.partition(" ")
    focus, _, products = about.replace(" ", "").partition(">")
    before, _, comment = comment.rpartition(" >> ")
    wanted = [each.strip() for each in rest[0].split(";")] if rest else []
    latin = len(re.findall(r"[A-Za-z]+", comment))
    language = "zh" if _CHINESE.search(comment) else "en" if latin > 1 else ""
    label = Labelled(
        id, comment, None if focus == "-" else focus, language, kind,
        tuple(_ACTIONS[letter] for letter in actions), (),
        tuple(each for each in wanted if not each.startswith("!")),
        tuple(each[1:] for each in wanted if each.startswith("!")),
    )  # fmt: skip
    return replace(Case(label, before, ()), products=tuple(filter(None, products.split("+"))))


def _write_workbook(source: Path, target: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    with source.open(newline="", encoding="utf-8") as file:
        for row in csv.reader(file):
            sheet.append([_number(cell) for cell in row])
    book.save(target)


def _number(cell: str) -> str | float | None:
    return float(cell) if re.fullmatch(r"\d+(\.\d+)?", cell) else cell or None


def _write_document(source: Path, target: Path) -> None:
    document = Document()
    for line in source.read_text("utf-8").splitlines():
        hashes = len(line) - len(line.lstrip("#"))
        if hashes:
            document.add_heading(line.strip("# "), hashes)
        elif line:
            document.add_paragraph(line)
    document.save(str(target))
