"""Presenter files: what ships loads; what is wrong is named."""

from pathlib import Path

import pytest

from avatar.body.shape import shape_body
from avatar.presenter import ShapeSettings, load_presenter
from core.errors import ConfigError

FOLDER = Path(__file__).parents[2] / "configs" / "presenters"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_presenter_that_ships_loads(path: Path) -> None:
    settings = load_presenter(path)
    assert settings.name == path.stem
    shape_body(settings.shape)


def test_unknown_key_names_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "mei.toml"
    path.write_text('name = "mei"\n[hair]\ncolor = "#000000"\n')
    with pytest.raises(ConfigError, match=r"hair\.color.*did you mean 'colour'"):
        load_presenter(path)


def test_colour_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mei.toml"
    path.write_text('name = "mei"\n[skin]\ntone = "beige"\n')
    with pytest.raises(ConfigError, match=r"skin\.tone"):
        load_presenter(path)


def test_missing_presenter_names_those_there_are() -> None:
    with pytest.raises(ConfigError, match="lin"):
        load_presenter(FOLDER / "nobody.toml")


def test_unknown_shape_detail_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match="nose/nose-hump-incr"):
        shape_body(ShapeSettings(details={"nose/nose-humpincr": 0.5}))
