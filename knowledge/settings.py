"""What a shop says about itself (shop.toml), and its corrections to guessed columns."""

import json
from datetime import tzinfo
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field

from core.config import Settings, load_settings
from core.errors import ConfigError
from core.language import Language
from core.message import Message, joined
from knowledge.columns import IGNORED
from knowledge.fields import BY_KEY, KEYS

STATE: Final = ".presenter"
# the folder inside a shop for what we keep: overrides, backups, the mapping file


_FIELDS: Final = frozenset({*BY_KEY, *KEYS, IGNORED})
# what a column may be


class RetrievalSettings(Settings):
    """[retrieval] of shop.toml: folders of models, inside the shop or absolute; "" for none."""

    encoder: str = ""
    # else the built-in one, which knows spelling but no meaning
    reranker: str = ""


class ShopSettings(Settings):
    """shop.toml. Every key may be left out."""

    name: str = ""
    currency: str = Field(default="CNY", pattern="^[A-Z]{3}$")
    timezone: str = "Asia/Shanghai"
    names: dict[Language, str] = Field(default_factory=dict)
    retrieval: RetrievalSettings = RetrievalSettings()

    @property
    def zone(self) -> tzinfo:
        return ZoneInfo(self.timezone)


class ColumnMapping(Settings):
    """.presenter/mapping.toml: header to field, for all files and for one file."""

    columns: dict[str, str] = Field(default_factory=dict)
    files: dict[str, dict[str, str]] = Field(default_factory=dict)

    def of(self, file: str) -> dict[str, str]:
        return {**self.columns, **self.files.get(file, {})}


def load_shop_settings(folder: Path) -> ShopSettings:
    """The shop's own settings. Raises ConfigError."""
    path = folder / "shop.toml"
    if not path.exists():
        return ShopSettings()
    settings = load_settings(path, ShopSettings)
    try:
        settings.zone  # noqa: B018 - an unknown zone is found here, with the file's name
    except (ZoneInfoNotFoundError, ValueError) as error:
        message = Message(
            "unknown time zone {zone!r}; write one such as Asia/Shanghai", zone=settings.timezone
        )
        raise ConfigError(message, file=str(path), key="timezone") from error
    return settings


def known_fields() -> list[tuple[str, str, str]]:
    """What a column may be taken for: key, and what it is called in Chinese and English."""
    fields = [(field.key, field.zh, field.en) for field in BY_KEY.values() if field.words]
    keys = [(key, words.split()[0], key.replace("_", " ")) for key, words in KEYS.items()]
    return [*fields, *(one for one in keys if one[0] != "private"), (IGNORED, "不要", "leave out")]


def save_column(folder: Path, file: str, header: str, field: str) -> None:
    """Keep what a column of a file is in the mapping file.

    Raises:
        ConfigError: the mapping file is wrong, or no field is called so.
    """
    mapping = load_mapping(folder)
    files = {name: dict(columns) for name, columns in mapping.files.items()}
    files.setdefault(file, {})[header] = field
    if field not in _FIELDS:
        raise ConfigError(_no_field(field), file=f"{STATE}/mapping.toml", key=header)
    lines = ["# What the columns of this shop's files are: header = field.", "[columns]"]
    lines += [f"{_quoted(name)} = {_quoted(to)}" for name, to in mapping.columns.items()]
    for name, columns in files.items():
        lines += ["", f"[files.{_quoted(name)}]"]
        lines += [f"{_quoted(column)} = {_quoted(to)}" for column, to in columns.items()]
    path = folder / STATE / "mapping.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".tmp")
    fresh.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fresh.replace(path)


def _no_field(field: str) -> Message:
    known = joined(sorted(_FIELDS), chinese="、")
    return Message("no field is called {field!r}; known are {known}", field=field, known=known)


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's is one, but for the sign that JSON leaves alone."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def load_mapping(folder: Path) -> ColumnMapping:
    """Corrections to guessed columns. Raises ConfigError, also for a field that does not exist."""
    path = folder / STATE / "mapping.toml"
    if not path.exists():
        return ColumnMapping()
    mapping = load_settings(path, ColumnMapping)
    for table in (mapping.columns, *mapping.files.values()):
        for header, field in table.items():
            if field not in _FIELDS:
                raise ConfigError(_no_field(field), file=str(path), key=header)
    return mapping
