"""The product files of a shop, and what each gave the last time it could be read."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.errors import ContentError
from knowledge.draft import Draft, Mention
from knowledge.facts import Context, Found, facts_of_table
from knowledge.raw import Block
from knowledge.readers import READERS, RESAVE, read_file
from knowledge.report import Entry

logger = logging.getLogger(__name__)

_PASSED_OVER: Final = ("scripts", "脚本")
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
    tables = (".xlsx", ".xlsm", ".csv", ".tsv", ".json", ".jsonld", ".xml")
    return sorted(found, key=lambda path: (path.suffix.lower() not in tables, path.as_posix()))


def read_facts(path: Path, context: Context, known: FileFacts | None) -> FileFacts:
    """One file; what it refuses is filled up with what is known of it."""
    name = context.file
    try:
        reading = read_file(path, name)
    except ContentError as error:
        message = str(error).removeprefix(f"{name}: ")
        if known is not None and (known.drafts or known.blocks):
            message += "; what was last known of it is kept"
        logger.warning("product file refused", extra={"file": name, "reason": message})
        kept = known or FileFacts()
        return FileFacts(
            kept.drafts, kept.mentions, kept.blocks, (Entry("refused", name, message),)
        )
    found = Found(entries=list(reading.entries))
    for table in reading.tables:
        one = facts_of_table(table, context)
        found.drafts += one.drafts
        found.mentions += one.mentions
        found.entries += one.entries
    if known is not None:
        _keep_last_good(found, known)
    return FileFacts(
        tuple(found.drafts), tuple(found.mentions), reading.blocks, tuple(found.entries)
    )


def _keep_last_good(found: Found, known: FileFacts) -> None:
    """Put back what is known of the rows and cells that were refused this time."""
    said = {(draft.product, draft.variant, draft.field) for draft in found.drafts}
    named = {mention.product for mention in found.mentions}
    for entry in [entry for entry in found.entries if entry.outcome == "refused"]:
        row = (entry.place.sheet, entry.place.row, entry.place.path)
        for draft in known.drafts:
            same_row = (draft.place.sheet, draft.place.row, draft.place.path) == row
            about = (
                draft.product == entry.product and draft.field == entry.field and same_row
                if entry.field
                else same_row or (bool(entry.product) and draft.product == entry.product)
            )
            if about and (draft.product, draft.variant, draft.field) not in said:
                found.drafts.append(draft)
        if not entry.field:
            for mention in known.mentions:
                same_row = (mention.place.sheet, mention.place.row, mention.place.path) == row
                if (same_row or mention.product == entry.product) and mention.product not in named:
                    found.mentions.append(mention)
