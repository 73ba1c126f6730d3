"""What a shop says about itself (shop.toml), and its corrections to guessed columns."""

from datetime import tzinfo
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field

from core.config import Settings, load_settings
from core.errors import ConfigError
from core.language import Language
from knowledge.columns import IGNORED
from knowledge.fields import BY_KEY, KEYS

STATE: Final = ".presenter"
# the folder inside a shop for what we keep: overrides, backups, the mapping file


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
        message = f"unknown time zone {settings.timezone!r}; write one such as Asia/Shanghai"
        raise ConfigError(message, file=str(path), key="timezone") from error
    return settings


def load_mapping(folder: Path) -> ColumnMapping:
    """Corrections to guessed columns. Raises ConfigError, also for a field that does not exist."""
    path = folder / STATE / "mapping.toml"
    if not path.exists():
        return ColumnMapping()
    mapping = load_settings(path, ColumnMapping)
    known = {*BY_KEY, *KEYS, IGNORED}
    for table in (mapping.columns, *mapping.files.values()):
        for header, field in table.items():
            if field not in known:
                raise ConfigError(
                    f"no field is called {field!r}; known are {', '.join(sorted(known))}",
                    file=str(path), key=header,
                )  # fmt: skip
    return mapping
