"""What was read from a shop's files, what was guessed, what was refused, and where."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, Literal

from core.errors import ConfigError
from core.message import Message, joined, message_of, spot

Outcome = Literal["read", "guessed", "refused"]

OUTCOMES: Final[dict[Outcome, str]] = {"refused": "未收", "guessed": "猜测", "read": "读入"}
"""What becomes of a part of a file, with what it is called in Chinese; the worst first."""


@dataclass(frozen=True, slots=True)
class Place:
    """A spot inside a file. Sheets, rows and columns are named as a spreadsheet shows them."""

    sheet: str = ""
    row: int = 0
    # counted from 1; 0 when it is no table
    column: str = ""
    # the header
    path: str = ""
    # "line 12", "$.offers.price": where there are no rows

    def __str__(self) -> str:
        row = f"row {self.row}" if self.row else ""
        where = " ".join(part for part in (self.sheet, row, self.path) if part)
        column = f"column {self.column}" if self.column else ""
        return ", ".join(part for part in (where, column) if part)

    @property
    def zh(self) -> str:
        row = f"第 {self.row} 行" if self.row else ""
        where = " ".join(part for part in (self.sheet, row, spot(self.path).zh) if part)
        column = f"“{self.column}”列" if self.column else ""
        return "，".join(part for part in (where, column) if part)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to know about a load."""

    outcome: Outcome
    file: str
    # path inside the shop folder
    message: Message
    # what was read, what was guessed from what, or why it is refused and what to do
    place: Place = Place()
    product: str = ""
    # id or name as the file has it, "" when it is about no one product
    field: str = ""

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, str(self.place)) if part)
        return f"{where}: {self.message}"

    @property
    def zh(self) -> str:
        """The same in Chinese."""
        where = "，".join(part for part in (self.file, self.place.zh) if part)
        return f"{where}：{self.message.zh}"


def refused_settings(file: str, error: ConfigError) -> Entry:
    """What is wrong with a file of settings, or with one that it names."""
    elsewhere = "" if PurePath(error.file).name == PurePath(file).name else error.file
    place, why = joined((elsewhere, error.key)), message_of(error)
    message = Message("{place}: {message}", place=place, message=why) if place else why
    return Entry("refused", file, message)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """The outcome of a load, file by file and row by row."""

    entries: tuple[Entry, ...]
    products: int
    facts: int

    @property
    def refused(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.outcome == "refused")

    @property
    def guessed(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.outcome == "guessed")

    def of(self, file: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.file == file)

    def lines(self) -> tuple[str, ...]:
        """One sentence each, for people: what was refused first, then guesses, then the rest."""
        listed = (
            entry for outcome in OUTCOMES for entry in self.entries if entry.outcome == outcome
        )
        total = f"{self.products} products, {self.facts} facts"
        return (*(f"{entry.outcome}: {entry}" for entry in listed), total)
