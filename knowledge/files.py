"""The product files of a shop, and what each gave the last time it could be read."""

import logging
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final

from core.errors import ContentError
from core.message import Message, message_of
from knowledge.draft import Draft, Mention
from knowledge.facts import Context, Found, Memory, facts_of_table
from knowledge.raw import Block
from knowledge.readers import READERS, RESAVE, read_file
from knowledge.report import Entry, Place

logger = logging.getLogger(__name__)

_PASSED_OVER: Final = ("scripts", "脚本", "models")
# folders whose files are read by others
_TEMPORARY: Final = ("~$", ".", "~")


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What one file gave the last time it could be read."""

    drafts: tuple[Draft, ...] = ()
    mentions: tuple[Mention, ...] = ()
    blocks: tuple[Block, ...] = ()
    # of a document: they are understood once the products are known
    entries: tuple[Entry, ...] = ()
    memories: tuple[Memory, ...] = ()
    # of the file's tables


def saved_at(path: Path, zone: tzinfo) -> datetime | None:
    """When a file was last saved; None for what is no file, such as a message of a webhook."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, zone)
    except OSError:
        return None


def product_files(folder: Path) -> list[Path]:
    """The files in a shop that may hold facts, tables before documents, else by name.

    Not those in scripts/ (they are lines to say), hidden ones and what editors leave behind.
    """
    found = []
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        hidden = any(part.startswith(_TEMPORARY) for part in inside.parts)
        if hidden or inside.parts[0] in _PASSED_OVER or not path.is_file():
            continue
        if path.suffix.lower() in READERS or path.suffix.lower() in RESAVE:
            found.append(path)
    tables = (
        ".xlsx",
        ".xlsm",
        ".xlsb",
        ".xls",
        ".et",
        ".ods",
        ".csv",
        ".tsv",
        ".json",
        ".jsonld",
        ".xml",
    )
    return sorted(found, key=lambda path: (path.suffix.lower() not in tables, path.as_posix()))


def read_facts(path: Path, context: Context, known: FileFacts | None) -> FileFacts:
    """One file; what it refuses is filled up with what is known of it."""
    name = context.file
    try:
        reading = read_file(path, name)
    except ContentError as error:
        message = message_of(error)
        if known is not None and (known.drafts or known.blocks):
            message = Message("{why}; what was last known of it is kept", why=message)
        logger.info("product file refused", extra={"file": name, "reason": str(message)})
        kept = known or FileFacts()
        return replace(kept, entries=(Entry("refused", name, message),))
    found = Found(entries=list(reading.entries))
    memories = list(known.memories if known else ())[: len(reading.tables)]
    memories += [Memory() for _ in reading.tables[len(memories) :]]
    for table, memory in zip(reading.tables, memories, strict=True):
        one = facts_of_table(table, context, memory)
        found.drafts += one.drafts
        found.mentions += one.mentions
        found.entries += one.entries
    if known is not None:
        _keep_last_good(found, known)
    return FileFacts(
        tuple(found.drafts), tuple(found.mentions), reading.blocks, tuple(found.entries),
        tuple(memories),
    )  # fmt: skip


def _keep_last_good(found: Found, known: FileFacts) -> None:
    """Put back what is known of the rows and cells that were refused this time."""
    refused = [entry for entry in found.entries if entry.outcome == "refused"]
    if not refused:
        return
    said = {(draft.product, draft.variant, draft.field) for draft in found.drafts}
    named = {mention.product for mention in found.mentions}
    drafts: dict[object, list[Draft]] = defaultdict(list)
    for draft in known.drafts:
        drafts[_row(draft.place)].append(draft)
        drafts[draft.product].append(draft)
    mentions: dict[object, list[Mention]] = defaultdict(list)
    for mention in known.mentions:
        mentions[_row(mention.place)].append(mention)
        mentions[mention.product].append(mention)
    for entry in refused:
        row = _row(entry.place)
        if entry.field:
            about = [d for d in drafts[row] if (d.product, d.field) == (entry.product, entry.field)]
        else:
            about = drafts[row] + (drafts[entry.product] if entry.product else [])
            of_row = mentions[row] + mentions[entry.product]
            found.mentions += [m for m in dict.fromkeys(of_row) if m.product not in named]
        found.drafts += [
            draft
            for draft in dict.fromkeys(about)
            if (draft.product, draft.variant, draft.field) not in said
        ]


def _row(place: Place) -> tuple[str, int, str]:
    return place.sheet, place.row, place.path
