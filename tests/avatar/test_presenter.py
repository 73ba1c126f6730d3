"""Presenter files: what ships loads; what is wrong is named."""

from pathlib import Path

import numpy as np
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


def test_unknown_style_names_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "mei.toml"
    path.write_text('name = "mei"\n[hair]\nstyle = "shoulders"\n')
    with pytest.raises(ConfigError, match=r"hair\.style.*did you mean 'shoulder'"):
        load_presenter(path)
    path.write_text('name = "mei"\n[wardrobe]\noutfit = "blaser"\n')
    with pytest.raises(ConfigError, match=r"wardrobe\.outfit.*did you mean 'blazer'"):
        load_presenter(path)


def test_presenters_that_ship_are_different_people() -> None:
    people = [load_presenter(path) for path in sorted(FOLDER.glob("*.toml"))]
    assert len(people) >= 3
    for key in (
        lambda p: p.hair.style, lambda p: p.wardrobe.outfit, lambda p: p.skin.tone,
        lambda p: p.shape.age_years,
    ):  # fmt: skip
        assert len({key(person) for person in people}) == len(people)
    assert len({person.voice.name for person in people}) > 1


def test_age_changes_the_shape_and_keeps_the_weights_whole() -> None:
    young, old = (shape_body(ShapeSettings(age_years=age)) for age in (25, 75))
    assert np.abs(old - young).max() > 0.05
    half = shape_body(ShapeSettings(age_years=50))
    assert np.abs(half - shape_body(ShapeSettings(age_years=25))).max() < 2.0


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_a_body_may_come_from_a_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "aiko.vrm").write_bytes(b"")
    path = write(
        tmp_path / "aiko.toml",
        'name = "aiko"\n[body]\nmodel = "aiko.vrm"\n[body.shapes]\njawOpen = "Open"\naa = "A"\n',
    )
    body = load_presenter(path).body
    assert body is not None
    assert body.model == tmp_path / "aiko.vrm"
    assert body.shapes == {"jawOpen": "Open", "aa": "A"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[body]\nmodel = "gone.vrm"', r"body\.model.*gone\.vrm does not exist"),
        ('[body]\nmodel = "aiko.vrm"\nshape = {}', r"did you mean 'shapes'"),
        ('[body]\nmodel = "aiko.vrm"\n[hair]\nstyle = "bob"', r"hair.*delete 'hair'"),
        ('[body]\nmodel = "aiko.vrm"\n[body.shapes]\njawOpn = "A"', r"did you mean 'jawOpen'"),
        ('[body]\nmodel = "aiko.vrm"\n[body.bones]\nHead = "A"', r"did you mean 'head'"),
    ],
)
def test_a_wrong_body_says_what_is_wrong(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "aiko.vrm").write_bytes(b"")
    with pytest.raises(ConfigError, match=told):
        load_presenter(write(tmp_path / "aiko.toml", f'name = "aiko"\n{text}\n'))
