"""The record that a person agreed to having their voice cloned: beside the reference wav."""

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints

from core.config import Settings, load_settings
from core.errors import ConfigError

_Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2)]


class Consent(Settings):
    """NAME.consent.toml beside NAME.wav."""

    who: _Said
    # whose voice it is
    when: date
    # the day they agreed
    for_what: _Said
    # what the voice may be used for
    until: date | None = None
    # the last day it may be used; none: no end was agreed


def consent_path(reference: Path) -> Path:
    """Where the consent for a recording lies."""
    return reference.with_name(f"{reference.stem}.consent.toml")


def require_consent(reference: Path, today: date) -> Consent:
    """The consent of the person on a recording.

    Raises:
        ConfigError: there is none, it says too little, or it has run out.
    """
    path = consent_path(reference)
    if not path.is_file():
        raise ConfigError(
            "a voice is cloned only with the consent of the person it belongs to, and there is no"
            " record of it. Ask them, then write this file:\n"
            '    who = "their name"\n'
            "    when = 2026-11-22            # the day they agreed\n"
            '    for_what = "live selling in our shop"\n'
            "    # until = 2027-11-22         # the last day, if one was agreed",
            file=str(path),
        )
    consent = load_settings(path, Consent)
    if consent.when > today:
        raise ConfigError(f"{consent.when} is not come yet", file=str(path), key="when")
    if consent.until is not None and consent.until < today:
        raise ConfigError(
            f"the consent of {consent.who} ended on {consent.until}; the voice may not be used",
            file=str(path), key="until",
        )  # fmt: skip
    return consent
