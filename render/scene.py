"""What stands round the presenter: lights and room, as configs/scenes/*.toml describes them."""

from pathlib import Path
from typing import Literal

import numpy as np

from core.config import Settings, load_settings

Colour = tuple[float, float, float]


class Light(Settings):
    """A light far away."""

    colour: Colour
    # linear
    strength: float = 1.0
    direction: Colour = (0.0, 0.0, 1.0)
    # towards the light, in the figure's axes; need not be of length 1

    def radiance(self) -> Colour:
        r, g, b = self.colour
        return (r * self.strength, g * self.strength, b * self.strength)

    def towards(self) -> Colour:
        x, y, z = np.asarray(self.direction, float) / np.linalg.norm(self.direction)
        return (float(x), float(y), float(z))


class Lights(Settings):
    """The lights of a scene.

    The key light has no direction here: it stands where the human's shadows were measured from.
    """

    key: Light
    fill: Light
    rim: Light
    rim_2: Light
    sky: Colour
    # light from above, linear
    ground: Colour
    exposure: float = 0.66


class Room(Settings):
    """The room behind the presenter, painted by `render.backdrop`."""

    style: Literal["daylight", "night"]
    wall: Colour
    # linear, as all colours here
    wood: Colour
    lamp: Colour
    table: Colour
    accents: tuple[Colour, ...]
    # of the things on the shelves
    seed: int = 1


class SceneSettings(Settings):
    """One file in configs/scenes."""

    name: str
    lights: Lights
    room: Room


def load_scene(path: Path) -> SceneSettings:
    """The scene in a TOML file.

    Raises:
        ConfigError: the file is missing or has a wrong or unknown key.
    """
    return load_settings(path, SceneSettings)


def light_constants(lights: Lights, key_direction: Colour, eye_m: Colour) -> str:
    """The lights as GLSL constants, which the shader compiler folds."""
    key = np.asarray(key_direction, float) / np.linalg.norm(key_direction)
    vectors = {
        "EYE": eye_m,
        "KEY_DIRECTION": tuple(key),
        "KEY_COLOUR": lights.key.radiance(),
        "FILL_DIRECTION": lights.fill.towards(),
        "FILL_COLOUR": lights.fill.radiance(),
        "RIM_DIRECTION": lights.rim.towards(),
        "RIM_DIRECTION_2": lights.rim_2.towards(),
        "RIM_COLOUR": lights.rim.radiance(),
        "AMBIENT_SKY": lights.sky,
        "AMBIENT_GROUND": lights.ground,
        "CATCH_KEY": _catchlight(key),
        "CATCH_FILL": _catchlight(np.asarray(lights.fill.towards())),
    }
    lines = [
        f"const vec3 {name} = vec3({x:.6f}, {y:.6f}, {z:.6f});"
        for name, (x, y, z) in vectors.items()
    ]
    return "\n".join([*lines, f"const float EXPOSURE = {lights.exposure:.6f};"])


def _catchlight(direction: np.ndarray) -> Colour:
    """Where the light is reflected in the eye: pulled forward, where lids leave it seen."""
    pulled = direction * (0.75, 0.85, 1.0) + (0.0, 0.0, 0.15)
    x, y, z = pulled / np.linalg.norm(pulled)
    return (float(x), float(y), float(z))
