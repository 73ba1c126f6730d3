"""The hair of a presenter that ships, as it is drawn: its outline and its ends."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from avatar.body.store import load_human
from avatar.presenter import load_presenter
from core.human import HumanModel
from core.motion import Pose, rest_rotations
from render.backdrop import paint_room
from render.camera import camera_place
from render.human.shell import HairShell
from render.human.store import BakeStore, bake_key
from render.picture import PictureRenderer
from render.scene import light_constants, load_scene
from room.settings import CONFIGS


def quiet(what: str, share: float) -> None:
    pass


@pytest.fixture(scope="module")
def human(baked_cache: Path) -> HumanModel:
    settings = load_presenter(CONFIGS / "presenters" / "lin.toml")
    return load_human(settings, baked_cache / "presenter" / "humans", quiet)


@pytest.fixture(scope="module")
def shell(human: HumanModel, baked_cache: Path) -> HairShell:
    cache = baked_cache / "presenter"
    scene = load_scene(CONFIGS / "scenes" / "soft-daylight.toml")
    PictureRenderer(human, scene, 180, 320, cache / "light", quiet).close()
    constants = light_constants(scene.lights, human.key_light, camera_place(human))
    baked = BakeStore(cache / "light").load(bake_key(human, constants))
    assert baked is not None
    assert baked.shell is not None
    return baked.shell


def test_the_crown_has_no_dent(shell: HairShell) -> None:
    """Seen from the front, no more than 2 mm below a tight band over the head."""
    side = round(len(shell.positions_m) ** 0.5)
    dome = shell.positions_m.reshape(side, side, 3)[side // 2 :]
    x, y = cv2.resize(dome, (1200, 800)).reshape(-1, 3)[:, :2].T
    outline = np.array([y[np.abs(x - at) < 0.001].max() for at in np.arange(-0.06, 0.061, 0.002)])
    band = cv2.convexHull(np.stack([np.arange(61), outline * 1000], 1).astype(np.float32))[:, 0]
    band = band[np.argsort(band[:, 0])]
    upper = band[band[:, 1] >= np.interp(band[:, 0], [0, 60], outline[[0, -1]] * 1000) - 1e-3]
    dents = np.interp(np.arange(61), upper[:, 0], upper[:, 1]) - outline * 1000
    assert dents.max() < 2.0


def test_tips_thin_out(shell: HairShell) -> None:
    cover = shell.texture[..., 3]
    border = np.argmax(cover >= 128, axis=0)
    runs = np.split(border, np.flatnonzero(np.diff(border)) + 1)
    assert sum(len(run) for run in runs if len(run) >= 12) < 0.03 * len(border), "tips are cut"
    partly = ((cover > 15) & (cover < 235)).sum(axis=0)
    assert np.median(partly) > 12, "tips end within 3 mm"


def test_few_cells_are_blended(shell: HairShell) -> None:
    """What is blended costs twice what is not."""
    assert len(shell.soft) < 0.2 * len(shell.opaque)


def test_the_outline_fades_into_the_room(human: HumanModel, baked_cache: Path) -> None:
    scene = load_scene(CONFIGS / "scenes" / "soft-daylight.toml")
    renderer = PictureRenderer(human, scene, 720, 1280, baked_cache / "presenter" / "light", quiet)
    seen = renderer.snapshot(Pose(np.zeros(52, np.float32), rest_rotations())).astype(float).mean(2)
    renderer.close()
    change = paint_room(scene.room, 720, 1280).astype(float).mean(2) - seen
    widths = []
    # beside forehead and cheeks, from the left
    for row in change[230:380]:
        solid = int(np.argmax(row > 60))
        cover = row[solid - 12 : solid + 4] / np.median(row[solid + 2 : solid + 6])
        widths.append(((cover > 0.07) & (cover < 0.85)).sum())
    assert np.median(widths) >= 3
