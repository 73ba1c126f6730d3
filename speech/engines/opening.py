"""From a voice's description to the voice itself. Only what it needs is loaded."""

from datetime import date
from pathlib import Path

from core.errors import ConfigError, PresenterError
from speech.descriptions import (
    BuiltInVoice,
    Description,
    FliteVoice,
    RemoteVoice,
    VitsVoice,
    XttsVoice,
)
from speech.engines.cache import SoundCache
from speech.engines.voice import Synthesiser, Voice
from speech.text.lexicon import load_lexicon


def open_voice(
    name: str,
    described: Description,
    *,
    lexicon_folder: Path,
    shop_lexicon: Path | None = None,
    folder: Path,
    cache_folder: Path | None,
    today: date,
) -> Voice:
    """The voice, ready to speak; may take a while.

    Args:
        folder: a temporary one, for what the built-in voice writes.
        cache_folder: where sounds are kept; None: nowhere.

    Raises:
        ConfigError: a file is wrong, or a cloned voice has no consent.
        ProviderError: something is missing on this machine; says what.
    """
    lexicon = load_lexicon(lexicon_folder, shop_lexicon)
    if isinstance(described, BuiltInVoice):
        from speech.engines.built_in import BuiltIn

        return BuiltIn(described.name, lexicon, folder)
    from speech.engines.guide import Guide
    from speech.engines.phrases import PhraseVoice
    from speech.text.reader import Reader, load_normaliser

    guide = Guide(lexicon_folder, shop_lexicon)
    try:
        synthesiser = _open_synthesiser(described, dict(lexicon.zh.readings), today)
        reader = Reader(lexicon, load_normaliser())
        guide.wait_ready()
    except PresenterError:
        guide.close()
        raise
    cache = SoundCache(cache_folder) if cache_folder else None
    return PhraseVoice(name, synthesiser, reader, guide, cache, described.speed)


def _open_synthesiser(described: Description, readings: dict[str, str], today: date) -> Synthesiser:
    match described:
        case FliteVoice():
            from speech.engines.flite import Flite

            return Flite(described.speaker)
        case RemoteVoice():
            from speech.engines.remote import Remote

            return Remote(described)
        case VitsVoice():
            from speech.engines.vits import Vits
            from speech.text.pinyin import Pinyin

            return Vits(described, Pinyin(readings).syllables)
        case XttsVoice():
            from speech.engines.xtts import Xtts

            return Xtts(described, today)
        case BuiltInVoice():
            raise ConfigError("the built-in voice is no synthesiser")
