"""One built human for all tests of the body: the presenter that ships."""

from pathlib import Path

import pytest

from avatar.body.store import load_human
from avatar.presenter import PresenterSettings, load_presenter
from core.human import HumanModel
from tests.avatar.body.bust import Bust, make_bust

LIN = Path(__file__).parents[3] / "configs" / "presenters" / "lin.toml"


@pytest.fixture(scope="session")
def settings() -> PresenterSettings:
    return load_presenter(LIN)


@pytest.fixture(scope="session")
def cache(baked_cache: Path) -> Path:
    """Where a live room of these tests looks too: building takes twenty seconds."""
    return baked_cache / "presenter" / "humans"


@pytest.fixture(scope="session")
def human(settings: PresenterSettings, cache: Path) -> HumanModel:
    return load_human(settings, cache, lambda what, share: None)


@pytest.fixture(scope="session")
def bust(settings: PresenterSettings) -> Bust:
    return make_bust(settings)
