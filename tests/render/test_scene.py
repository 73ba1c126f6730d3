from pathlib import Path

import numpy as np
import pytest

from core.errors import ConfigError
from render.backdrop import paint_room, paint_table
from render.scene import light_constants, load_scene

SCENES = Path(__file__).parents[2] / "configs" / "scenes"


@pytest.mark.parametrize("name", ["soft-daylight", "night-studio"])
def test_scenes_paint_a_room(name: str) -> None:
    scene = load_scene(SCENES / f"{name}.toml")
    room = paint_room(scene.room, 180, 320)
    assert room.shape == (320, 180, 3)
    # neither black nor burnt out, and something to see
    assert 40 < room.mean() < 215
    assert room.std() > 15
    table = paint_table(scene.room, 180, 320)
    assert table.shape[1:] == (180, 3)
    assert (room == paint_room(scene.room, 180, 320)).all()


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    text = (SCENES / "soft-daylight.toml").read_text(encoding="utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(text.replace("exposure", "exposur"), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"mine.toml.*exposur.*did you mean 'exposure'"):
        load_scene(path)


def test_directions_are_of_length_one() -> None:
    lights = load_scene(SCENES / "soft-daylight.toml").lights
    text = light_constants(lights, (0.0, 0.0, 5.0), (0.0, 1.5, 2.5))
    assert "const vec3 KEY_DIRECTION = vec3(0.000000, 0.000000, 1.000000);" in text
    assert np.isclose(np.linalg.norm(lights.fill.towards()), 1.0)
