"""Parts of other makers, really drawn."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from avatar.imported.figure import import_human
from avatar.presenter import BodySettings
from core.blendshapes import INDEX
from core.human import Finish, HumanModel, Part
from core.motion import Pose, rest_rotations
from render.human.plain import front_to_back, plain_defines, vertex_greys
from render.picture import PictureRenderer, Quality
from render.scene import load_scene
from tests.fakes.foreign import write_figure
from tests.fakes.human import tiny_human

SCENE = load_scene(Path(__file__).parents[3] / "configs" / "scenes" / "soft-daylight.toml")
SIZE = (288, 512)


def quiet(what: str, share: float) -> None:
    pass


@pytest.fixture(scope="module")
def human(tmp_path_factory: pytest.TempPathFactory) -> HumanModel:
    path = write_figure(tmp_path_factory.mktemp("figure") / "it.vrm", "vrm1")
    return import_human("it", BodySettings(model=path), quiet).human


@pytest.fixture(scope="module")
def renderer(
    human: HumanModel, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PictureRenderer]:
    renderer = PictureRenderer(human, SCENE, *SIZE, tmp_path_factory.mktemp("baked"), quiet)
    yield renderer
    renderer.close()


def pose(**weights: float) -> Pose:
    shapes = np.zeros(52, np.float32)
    for name, weight in weights.items():
        shapes[INDEX[name]] = weight
    return Pose(shapes, rest_rotations())


def changed(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Rows and columns of pixels that differ, as (n, 2)."""
    return np.argwhere(np.abs(a.astype(int) - b).max(-1) > 24)


def test_the_head_stands_where_a_built_in_one_does(renderer: PictureRenderer) -> None:
    """In the middle, its face from an eighth below the top; the neck's skin follows."""
    picture = renderer.snapshot(pose()).astype(int)
    skin = (picture[..., 0] > picture[..., 2] + 30) & (picture[..., 0] > 120)
    middle = skin[:, int(SIZE[0] * 0.44) : int(SIZE[0] * 0.56)].mean(1) > 0.6
    rows = np.flatnonzero(middle[: SIZE[1] // 2])
    assert SIZE[1] * 0.10 < rows.min() < SIZE[1] * 0.22
    assert SIZE[1] * 0.30 < rows.max() < SIZE[1] * 0.46


def test_speech_shows_at_the_mouth_and_a_blink_at_the_eyes(renderer: PictureRenderer) -> None:
    still = renderer.snapshot(pose())
    mouth = changed(still, renderer.snapshot(pose(jawOpen=0.6)))
    lids = changed(still, renderer.snapshot(pose(eyeBlinkLeft=1.0, eyeBlinkRight=1.0)))
    assert len(mouth) > 40
    assert len(lids) > 15
    assert mouth[:, 0].mean() > lids[:, 0].mean() + 15
    assert mouth[:, 0].max() < SIZE[1] * 0.45


def test_one_lid_shuts_alone(renderer: PictureRenderer) -> None:
    still = renderer.snapshot(pose())
    # its left is the viewer's right
    left = changed(still, renderer.snapshot(pose(eyeBlinkLeft=1.0)))
    assert left[:, 1].min() > SIZE[0] / 2


def test_a_kept_torso_leaves_no_gap(renderer: PictureRenderer) -> None:
    """Where trunk and neck meet, no picture of the wall behind shines through."""
    whole = renderer.snapshot(pose())
    for _ in range(2):
        renderer.draw(pose(), quality=Quality.TORSO_CACHED)
    kept = renderer.read_rgb()
    assert len(changed(whole, kept)) < 30


def test_it_is_lit_from_the_key_lights_side(renderer: PictureRenderer) -> None:
    """The key light stands on the viewer's left, where the trunk is brighter."""
    picture = renderer.snapshot(pose()).astype(float).mean(-1)
    row = picture[int(SIZE[1] * 0.62), int(SIZE[0] * 0.36) : int(SIZE[0] * 0.64)]
    third = len(row) // 3
    assert row[:third].mean() > row[-third:].mean()


def plain(finish: Finish, alpha: int = 255) -> Part:
    part = tiny_human().part("trunk")
    texture = np.full((4, 4, 4), 255, np.uint8)
    texture[..., 3] = alpha
    return replace(part, material="plain", texture=texture, tint=(0.5, 0.02, 0.02), finish=finish)


@pytest.mark.parametrize(
    ("finish", "alpha", "red"),
    [
        (Finish("opaque"), 255, True), (Finish("mask"), 255, True), (Finish("mask"), 60, False),
        (Finish("blend"), 255, True), (Finish("blend"), 3, False),
    ],
)  # fmt: skip
def test_covers(finish: Finish, alpha: int, red: bool, tmp_path: Path) -> None:
    """A trunk drawn by its cover: seen, or the room behind it."""
    tiny = tiny_human()
    figure = replace(tiny, parts=(plain(finish, alpha),))
    renderer = PictureRenderer(figure, SCENE, 180, 320, tmp_path, quiet)
    try:
        pixel = renderer.snapshot(pose())[170, 90].astype(int)
    finally:
        renderer.close()
    assert (pixel[0] > pixel[2] + 60) == red


def test_no_eyes_are_drawn_that_the_file_does_not_bring(tmp_path: Path) -> None:
    tiny = tiny_human()
    renderer = PictureRenderer(
        replace(tiny, parts=(plain(Finish()),)), SCENE, 180, 320, tmp_path, quiet
    )
    try:
        head = renderer.snapshot(pose())[60:110, 70:110].astype(int)
    finally:
        renderer.close()
    # nothing but wall where the face would be
    assert head.min() > 90


def test_greys_follow_the_texture_and_its_tiles() -> None:
    texture = np.zeros((8, 8, 4), np.uint8)
    texture[:4] = 255
    part = plain(Finish(tiles=True))
    n = len(part.positions_m)
    uvs = np.tile([0.5, 0.9], (n, 1))
    uvs[: n // 2, 1] = 1.1
    greys = vertex_greys(replace(part, texture=texture, uvs=uvs, tint=(1.0, 1.0, 1.0)))
    # 1.1 tiles on to 0.1, near the foot of the texture, which is dark
    assert greys[: n // 2].max() < 0.1
    assert greys[n // 2 :].min() > 0.4


def test_the_front_is_drawn_first() -> None:
    part = plain(Finish())
    depth = part.positions_m[front_to_back(part)].mean(1)[:, 2]
    assert depth[:20].mean() > depth[-20:].mean()
    with pytest.raises(ValueError, match="no finish"):
        plain_defines(replace(part, finish=None))
