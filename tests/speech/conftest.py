"""One real voice for all tests of this process."""

from pathlib import Path

import pytest

from speech.speaker import Speaker
from speech.text.lexicon import Lexicon, load_lexicon
from speech.text.reader import Reader, load_normaliser


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def reader(lexicon: Lexicon) -> Reader:
    return Reader(lexicon, load_normaliser())


@pytest.fixture(scope="session")
def speaker(lexicon: Lexicon, tmp_path_factory: pytest.TempPathFactory) -> Speaker:
    return Speaker(lexicon, Path(tmp_path_factory.mktemp("voices")))
