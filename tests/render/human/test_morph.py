"""What blendshapes do to points, light and creases, uploaded and really drawn."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import moderngl
import numpy as np
import pytest

from core.blendshapes import COUNT, INDEX
from core.human import HumanModel
from core.motion import Pose, rest_rotations
from render.context import open_context
from render.human.draw import Shading
from render.human.morph import MorphBuffer
from render.picture import PictureRenderer
from render.scene import load_scene
from tests.fakes.human import tiny_human

SCENE = load_scene(Path(__file__).parents[3] / "configs" / "scenes" / "soft-daylight.toml")
SIZE = (180, 320)
GROOVE_V = 0.30
"""Where on the face's texture the groove runs: across its lower half."""
Draw = Callable[..., np.ndarray]


def quiet(what: str, share: float) -> None:
    pass


def creased() -> HumanModel:
    """A face with a groove that a dimple draws; a squint turns normals. Neither moves a point."""
    human = tiny_human()
    face, *others = human.parts
    rows = (np.arange(256) + 0.5) / 256
    across = -1500 * np.exp(-(((1 - rows - GROOVE_V) / 0.02) ** 2))
    left = face.positions_m[: face.morph_count, 0] > 0.0
    creasing = np.zeros((COUNT, face.morph_count), np.float32)
    creasing[INDEX["mouthDimpleLeft"], left] = 1.0
    turned = np.zeros((COUNT, face.morph_count, 3), np.float32)
    turned[INDEX["cheekSquintLeft"], left] = (0.0, -0.8, 0.0)
    face = replace(
        face, creases_um=np.repeat(across[:, None], 256, 1).astype(np.int16),
        creasing=creasing, morph_normals=turned,
    )  # fmt: skip
    return replace(human, parts=(face, *others))


def smooth() -> HumanModel:
    human = creased()
    face, *others = human.parts
    return replace(
        human,
        parts=(replace(face, creases_um=None, creasing=None, morph_normals=None), *others),
    )


def pose(**weights: float) -> Pose:
    shapes = np.zeros(COUNT, np.float32)
    for name, weight in weights.items():
        shapes[INDEX[name]] = weight
    return Pose(shapes, rest_rotations())


def brightness(picture: np.ndarray) -> np.ndarray:
    return picture.astype(float).mean(-1)


@pytest.fixture(scope="module", params=list(Shading))
def draw(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Draw]:
    cache = tmp_path_factory.mktemp("baked")
    renderers = [
        PictureRenderer(human, SCENE, *SIZE, cache, quiet, shading=request.param)
        for human in (creased(), smooth())
    ]

    def drawn(*, without: bool = False, **weights: float) -> np.ndarray:
        return brightness(renderers[int(without)].snapshot(pose(**weights)))

    yield drawn
    for renderer in renderers:
        renderer.close()


def test_a_dimple_darkens_its_groove_and_nothing_far_from_it(draw: Draw) -> None:
    change = draw(mouthDimpleLeft=1.0) - draw(without=True, mouthDimpleLeft=1.0)
    rows, columns = np.nonzero(change < -6)
    assert len(rows) > 10
    assert np.ptp(rows) < 12, "the groove is a line across"
    # the figure's left is the viewer's right
    assert columns.min() > SIZE[0] / 2 - 3
    assert np.abs(np.delete(change, range(rows.min() - 6, rows.max() + 7), axis=0)).max() < 4


def test_half_a_dimple_darkens_half_as_much(draw: Draw) -> None:
    rest = draw()
    whole, half = (rest - draw(mouthDimpleLeft=w) for w in (1.0, 0.5))
    deepest = np.unravel_index(whole.argmax(), whole.shape)
    assert 0.25 < half[deepest] / whole[deepest] < 0.75


def test_a_face_at_rest_shows_none(draw: Draw) -> None:
    assert np.abs(draw() - draw(without=True)).max() < 1.5


def test_light_follows_a_cheek_that_turns_down(draw: Draw) -> None:
    change = draw(cheekSquintLeft=1.0) - draw(without=True, cheekSquintLeft=1.0)
    darker = np.argwhere(change < -6)
    assert len(darker) > 30
    assert darker[:, 1].min() > SIZE[0] / 2 - 8


@pytest.fixture(scope="module")
def context() -> Iterator[moderngl.Context]:
    context = open_context()
    yield context
    context.release()


def test_uploads_what_the_weights_give(context: moderngl.Context) -> None:
    face = creased().part("face")
    assert face.morphs_m is not None
    assert face.creasing is not None
    morph = MorphBuffer(context, face)
    weights = np.zeros(COUNT, np.float32)
    weights[INDEX["jawOpen"]], weights[INDEX["mouthDimpleLeft"]] = 0.5, 0.8
    morph.apply(weights)
    read = {
        name: np.frombuffer(streamed.buffer.read(), np.float32).reshape(-1, streamed.components)
        for name, streamed in morph.attributes.items()
    }
    moved = face.morph_count
    expected = face.positions_m.copy()
    expected[:moved] += 0.5 * face.morphs_m[INDEX["jawOpen"]]
    np.testing.assert_allclose(read["position"], expected, atol=1e-6)
    drawn = 0.8 * face.creasing[INDEX["mouthDimpleLeft"]]
    np.testing.assert_allclose(read["creasing"][:moved, 0], drawn, atol=1e-6)
    np.testing.assert_allclose(read["normal"], face.normals, atol=1e-6)


def test_a_part_without_creases_streams_its_points_alone(context: moderngl.Context) -> None:
    assert list(MorphBuffer(context, smooth().part("face")).attributes) == ["position"]
