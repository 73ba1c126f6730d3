"""The real XTTS code on a checkpoint that is made here: 92 MB, so once for the module."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from benchmarks.checkpoints import write_xtts
from core.errors import ConfigError, ProviderError
from speech.consent import consent_path
from speech.descriptions import XttsVoice, read_description
from speech.engines.assembly import joined
from speech.engines.guide import Guide
from speech.engines.phrases import PhraseVoice
from speech.engines.xtts import Xtts
from speech.messages import Speak
from speech.text.lexicon import FOLDER
from speech.text.reader import Reader
from tests.speech.utterances import check_times

pytestmark = [pytest.mark.soak, pytest.mark.filterwarnings("ignore")]
TODAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> XttsVoice:
    described = read_description(write_xtts(tmp_path_factory.mktemp("xtts")))
    assert isinstance(described, XttsVoice)
    return described


@pytest.fixture(scope="module")
def engine(described: XttsVoice) -> Xtts:
    return Xtts(described, TODAY)


def test_it_clones_and_streams(engine: Xtts) -> None:
    pieces = list(engine.say("hello there, how are you today my dear friends?", "en", 1.0))
    assert len(pieces) >= 2
    sound = joined(pieces)
    assert sound.rate_hz == 24_000
    assert len(sound.samples) > 12_000
    assert np.isfinite(sound.samples).all()
    assert float(np.abs(sound.samples).max()) > 0


def test_it_reads_chinese(engine: Xtts) -> None:
    assert len(joined(list(engine.say("大家晚上好", "zh", 1.0))).samples) > 0


def test_a_line_has_its_phones(engine: Xtts, reader: Reader) -> None:
    guide = Guide(FOLDER)
    voice = PhraseVoice("clone", engine, reader, guide, None)
    try:
        part = next(iter(voice.speak(Speak(1, "L", "今天这瓶，只要九块。", "zh"))))
    finally:
        voice.close()
    check_times(part)
    assert [p.symbol for p in part.phones if p.symbol]


def test_without_consent_it_is_refused(described: XttsVoice) -> None:
    assert described.reference is not None
    record: Path = consent_path(described.reference)
    text = record.read_text()
    record.unlink()
    try:
        with pytest.raises(ConfigError, match="who ="):
            Xtts(described, TODAY)
    finally:
        record.write_text(text)


def test_a_speaker_the_model_has_not(described: XttsVoice) -> None:
    other = described.model_copy(update={"reference": None, "speaker": "Nobody"})
    with pytest.raises(ProviderError, match="no speaker 'Nobody'"):
        Xtts(other, TODAY)
