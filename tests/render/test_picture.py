"""A tiny human, really baked and drawn by the machine's GL."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from core.blendshapes import COUNT, INDEX
from core.motion import BONE_INDEX, Pose, rest_rotations
from render.colour import i420_to_rgb
from render.context import describe_context
from render.human.draw import Shading
from render.layer import Layer
from render.picture import RING, PictureRenderer, Quality, load_still
from render.scene import load_scene
from tests.fakes.human import tiny_human

SCENE = load_scene(Path(__file__).parents[2] / "configs" / "scenes" / "soft-daylight.toml")
GOLDEN = Path(__file__).parent / "golden" / "tiny.png"
SIZE = (180, 320)


def quiet(what: str, share: float) -> None:
    pass


def posed(turns: dict[str, tuple[float, float, float]] | None = None, **weights: float) -> Pose:
    """Euler angles y x z in degrees by bone, blendshapes by name."""
    rotations, shapes = rest_rotations(), np.zeros(COUNT, np.float32)
    for bone, angles in (turns or {}).items():
        turn = Rotation.from_euler("yxz", angles, degrees=True)
        rotations[BONE_INDEX[bone]] = turn.as_quat()
    for name, weight in weights.items():
        shapes[INDEX[name]] = weight
    return Pose(shapes, rotations)


@pytest.fixture(scope="module")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("baked")


@pytest.fixture(scope="module")
def renderer(cache_dir: Path) -> Iterator[PictureRenderer]:
    renderer = PictureRenderer(tiny_human(), SCENE, *SIZE, cache_dir, quiet)
    yield renderer
    renderer.close()


@pytest.fixture(autouse=True)
def _no_layers(renderer: PictureRenderer) -> None:
    renderer.set_layers([])


def difference(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    out: np.ndarray = np.abs(a.astype(int) - b).max(axis=-1)
    return out


def test_looks_as_it_did(renderer: PictureRenderer, tmp_path: Path) -> None:
    if not describe_context().is_software:
        pytest.skip("golden pictures are of the software renderer")
    pose = posed({"head": (15, 0, 0), "rightUpperArm": (0, 0, -40)}, jawOpen=0.5)
    seen = renderer.snapshot(pose)
    cv2.imwrite(str(tmp_path / "seen.png"), seen[..., ::-1])
    golden = cv2.imread(str(GOLDEN))[..., ::-1]
    off = difference(seen, golden)
    assert off.mean() < 2.0, f"compare {GOLDEN} with {tmp_path / 'seen.png'}"
    assert (off > 24).mean() < 0.01, f"compare {GOLDEN} with {tmp_path / 'seen.png'}"


def test_i420_and_rgb_are_the_same_picture(renderer: PictureRenderer) -> None:
    i420 = renderer.draw(posed())
    assert i420.shape == (SIZE[1] * 3 // 2, SIZE[0])
    assert (i420_to_rgb(i420) == renderer.read_rgb()).all()
    assert set(renderer.timings) == {"pose", "draw", "read", "colour", "overlay"}


def test_skin_is_skin_coloured_and_upright(renderer: PictureRenderer) -> None:
    rgb = renderer.snapshot(posed()).astype(int)
    forehead = rgb[62:70, 86:94].reshape(-1, 3).mean(axis=0)
    assert forehead[0] > forehead[1] > forehead[2] > 60
    cloth = rgb[200:210, 85:95].reshape(-1, 3).mean(axis=0)
    assert cloth[2] > cloth[0]


@pytest.mark.parametrize(
    ("bone", "angles", "rows"),
    [
        ("head", (30, 0, 0), slice(30, 110)),
        ("rightUpperArm", (0, 0, -60), slice(100, 290)),
        ("spine", (0, 0, 8), slice(30, 290)),
    ],
)
def test_bones_move_pixels(
    renderer: PictureRenderer, bone: str, angles: tuple[float, float, float], rows: slice
) -> None:
    rest = renderer.snapshot(posed())
    off = difference(rest, renderer.snapshot(posed({bone: angles}))) > 16
    assert off[rows].sum() > 400
    assert off[rows].sum() > 0.95 * off.sum()


def test_eyes_turn_with_their_bones(renderer: PictureRenderer) -> None:
    rest = renderer.snapshot(posed())
    looking = renderer.snapshot(posed({"leftEye": (30, 0, 0), "rightEye": (30, 0, 0)}))
    rows, columns = np.nonzero(difference(rest, looking) > 16)
    assert len(rows) > 4
    assert np.ptp(rows) < 16
    assert np.ptp(columns) < 40


def test_the_jaw_opens_and_shows_the_mouth(renderer: PictureRenderer) -> None:
    rows, _ = np.nonzero(
        difference(renderer.snapshot(posed()), renderer.snapshot(posed(jawOpen=1.0))) > 16
    )
    assert len(rows) > 50
    assert rows.min() > 70


@pytest.mark.parametrize("quality", [Quality.TORSO_CACHED, Quality.SMALL])
def test_lower_quality_shows_the_same(renderer: PictureRenderer, quality: Quality) -> None:
    pose = posed({"head": (10, 0, 0)})
    full = renderer.snapshot(pose)
    for _ in range(4):
        lower = i420_to_rgb(renderer.draw(pose, quality=quality))
        assert difference(full, lower).mean() < 4.0


def test_a_kept_torso_follows_when_it_moves(renderer: PictureRenderer) -> None:
    for angle in np.linspace(0, 30, 9):
        pose = posed({"spine": (0, 0, angle / 4), "leftUpperArm": (0, 0, angle)})
        kept = i420_to_rgb(renderer.draw(pose, quality=Quality.TORSO_CACHED)).copy()
        assert (difference(kept, renderer.snapshot(pose)) > 32).mean() < 0.01


def test_layers_lie_over_the_picture(renderer: PictureRenderer) -> None:
    bare = renderer.snapshot(posed())
    card = np.zeros((40, 100, 4), np.uint8)
    card[:] = (250, 250, 250, 255)
    for quality in Quality:
        renderer.set_layers([Layer("card", 40, 240, card, 1)])
        seen = i420_to_rgb(renderer.draw(posed(), quality=quality))
        assert np.abs(seen[242:278, 42:138].astype(int) - 250).max() < 6
        assert difference(seen, bare)[:238].mean() < 4.0


def test_buffers_are_used_in_turn(renderer: PictureRenderer) -> None:
    first = renderer.draw(posed())
    kept = first.copy()
    for _ in range(RING - 1):
        renderer.draw(posed({"head": (40, 0, 0)}))
    assert (first == kept).all()
    renderer.draw(posed({"head": (40, 0, 0)}))
    assert (first != kept).any()


def test_a_second_start_reads_the_baked_light(renderer: PictureRenderer, cache_dir: Path) -> None:
    told: list[str] = []
    before = renderer.snapshot(posed())
    again = PictureRenderer(
        tiny_human(), SCENE, *SIZE, cache_dir, lambda what, _: told.append(what)
    )
    try:
        assert (again.snapshot(posed()) == before).all()
        assert told == []
    finally:
        again.close()
    # two renderers in one thread do not disturb each other
    assert (renderer.snapshot(posed()) == before).all()


def test_the_still_is_the_presenter(renderer: PictureRenderer, cache_dir: Path) -> None:
    still = i420_to_rgb(load_still(tiny_human(), SCENE, *SIZE, cache_dir))
    assert difference(still, renderer.snapshot(posed())).mean() < 2.0


def test_without_a_still_there_is_the_room(tmp_path: Path) -> None:
    still = i420_to_rgb(load_still(tiny_human(), SCENE, *SIZE, tmp_path))
    assert still.shape == (SIZE[1], SIZE[0], 3)
    assert still.mean() > 60


def test_an_odd_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="even"):
        PictureRenderer(tiny_human(), SCENE, 181, 320, tmp_path, quiet)


def test_full_shading_shows_the_same_person(
    renderer: PictureRenderer, cache_dir: Path, tmp_path: Path
) -> None:
    full = PictureRenderer(tiny_human(), SCENE, *SIZE, cache_dir, quiet, shading=Shading.FULL)
    try:
        for pose in (posed(), posed({"head": (15, 0, 0)}, jawOpen=0.5)):
            baked, seen = renderer.snapshot(pose), full.snapshot(pose)
            cv2.imwrite(str(tmp_path / "full.png"), seen[..., ::-1])
            off = difference(baked, seen)
            assert 0.0 < off.mean() < 6.0, f"see {tmp_path / 'full.png'}"
            assert (off > 60).mean() < 0.02
        # light stays where it is when a part turns; baked light turns with it
        turned = posed({"spine": (60, 0, 0)})
        assert (difference(renderer.snapshot(turned), full.snapshot(turned)) > 20).sum() > 100
    finally:
        full.close()


def test_a_cpu_draws_baked_light_unless_told_otherwise(renderer: PictureRenderer) -> None:
    assert describe_context().is_software == (renderer.shading is Shading.BAKED)
