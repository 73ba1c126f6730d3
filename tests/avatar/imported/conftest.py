from collections.abc import Callable
from pathlib import Path

import pytest

from avatar.imported.figure import Imported, import_human
from avatar.presenter import BodySettings
from tests.fakes.foreign import Kind, write_figure


def quiet(what: str, share: float) -> None:
    pass


@pytest.fixture(scope="session")
def figure(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Kind], Imported]:
    """The tests' figure of a kind, imported once; without light, which takes longest."""
    folder = tmp_path_factory.mktemp("figures")
    made: dict[str, Imported] = {}

    def give(kind: Kind) -> Imported:
        if kind not in made:
            suffix = ".vrm" if kind.startswith("vrm") else ".glb"
            path = write_figure(folder / f"{kind}{suffix}", kind)
            made[kind] = import_human(kind, BodySettings(model=path), quiet, lit=False)
        return made[kind]

    return give


@pytest.fixture(scope="session")
def glb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_figure(tmp_path_factory.mktemp("glb") / "figure.glb")
