"""Reading the TOML files people write, with errors that name the file, the key and the nearest."""

import re
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import process

from core.errors import ConfigError


class Settings(BaseModel):
    """Base of every configuration file's model: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


S = TypeVar("S", bound=Settings)
_MORE = 4
# further errors of one file that are told


def load_settings(path: Path, model: type[S]) -> S:
    """The settings in a TOML file.

    Raises:
        ConfigError: the file is missing, is no TOML, or holds a wrong or unknown key.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        others = sorted(other.stem for other in path.parent.glob("*.toml"))
        known = f"; there are: {', '.join(others)}" if others else ""
        raise ConfigError(f"no such file{known}", file=str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"cannot be read as TOML: {error}", file=str(path)) from error
    return parse_settings(raw, model, file=str(path))


def parse_settings(raw: dict[str, object], model: type[S], *, file: str) -> S:
    """The settings in a table that is already read; `file` is named in errors."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        # a key that is wrongly spelled explains the one that is missing
        first, *others = sorted(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        more = "".join(f"; {_key(other)}: {_said(other, model)}" for other in others[:_MORE])
        raise ConfigError(_said(first, model) + more, file=file, key=_key(first)) from error


def _key(error: ErrorDetails) -> str:
    return ".".join(str(part) for part in error["loc"])


def _said(error: ErrorDetails, model: type[BaseModel]) -> str:
    """What is wrong with one key, and what was probably meant."""
    if error["type"] == "extra_forbidden":
        return f"unknown key{_nearest(str(error['loc'][-1]), model, error['loc'][:-1])}"
    if error["type"] == "missing":
        return "is required and not there"
    return f"{error['msg']} (found {error['input']!r}){_nearest_choice(error)}"


def _nearest(name: str, model: type[BaseModel], inside: tuple[int | str, ...]) -> str:
    """A hint at the known key that `name` was probably meant to be."""
    fields = _fields_at(model, inside)
    best = process.extractOne(name, fields, score_cutoff=60) if fields else None
    if best:
        return f"; did you mean {best[0]!r}?"
    return f"; known keys: {', '.join(fields)}" if fields else ""


def _nearest_choice(error: ErrorDetails) -> str:
    """A hint at the choice that was probably meant, where there is a fixed set of them."""
    if error["type"] != "literal_error":
        return ""
    choices = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
    best = process.extractOne(str(error["input"]), choices, score_cutoff=60) if choices else None
    return f"; did you mean {best[0]!r}?" if best else ""


def _fields_at(model: type[BaseModel], inside: tuple[int | str, ...]) -> list[str]:
    for part in inside:
        field = model.model_fields.get(str(part))
        kind = field.annotation if field else None
        args = [a for a in (kind, *getattr(kind, "__args__", ())) if isinstance(a, type)]
        nested = next((a for a in args if issubclass(a, BaseModel)), None)
        if nested is not None:
            model = nested
    return list(model.model_fields)
