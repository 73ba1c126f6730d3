"""One built human for all tests of the body: the presenter that ships."""

from pathlib import Path

import pytest

from avatar.body.store import load_human
from avatar.presenter import PresenterSettings, load_presenter
from core.human import HumanModel

LIN = Path(__file__).parents[3] / "configs" / "presenters" / "lin.toml"


@pytest.fixture(scope="session")
def settings() -> PresenterSettings:
    return load_presenter(LIN)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("humans")


@pytest.fixture(scope="session")
def human(settings: PresenterSettings, cache: Path) -> HumanModel:
    return load_human(settings, cache, lambda what, share: None)
