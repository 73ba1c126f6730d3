"""The ladder of voices that a room's settings ask for."""

import logging
from functools import partial
from pathlib import Path

from core.clock import Clock
from core.errors import ConfigError
from core.language import Language
from room.journal import Journal
from room.places import cache_dir
from room.rungs import Rung
from room.settings import RoomSettings
from speech.catalog import require_voice
from speech.client import SpeechWorker
from speech.text.lexicon import load_lexicon, shop_lexicon
from speech.voices import BUILT_IN, VOICES

log = logging.getLogger(__name__)


def make_ladder(settings: RoomSettings, journal: Journal, clock: Clock) -> list[Rung]:
    """A worker for each voice, best first; none is started. The last is a built-in one, kept warm.

    Raises:
        ConfigError: a voice does not exist, a file of it is missing, or a person's consent is.
    """
    today = clock.wall().date()
    ladder: list[Rung] = []
    wanted = list(dict.fromkeys((settings.voice.name, *settings.voice.fallback)))
    last = next((name for name in reversed(wanted) if name in VOICES), BUILT_IN)
    for voice in (*wanted, last):
        name = require_voice(voice, today)
        standby = any(rung.voice == name for rung in ladder)
        hire = partial(_hire, settings, voice, clock)
        ladder.append(Rung(name, hire, journal, clock, standby=standby))
    return ladder


def speech_cache() -> Path:
    """Where spoken lines are kept."""
    return cache_dir() / "speech"


def _hire(settings: RoomSettings, voice: str, clock: Clock) -> SpeechWorker:
    """A worker with a voice, not yet started. A shop's lexicon that went wrong is left out."""
    own = shop_lexicon(settings.shop)
    try:
        load_lexicon(shop_file=own)
    except ConfigError as error:
        log.warning("the shop's lexicon is left out", extra={"reason": str(error)})
        own = None
    rates: dict[Language, float] = {}
    if settings.voice.zh_characters_per_min:
        rates["zh"] = settings.voice.zh_characters_per_min
    if settings.voice.en_words_per_min:
        rates["en"] = settings.voice.en_words_per_min
    return SpeechWorker(
        voice=voice, rates_per_min=rates, shop_lexicon=own, cache=speech_cache(), clock=clock
    )
