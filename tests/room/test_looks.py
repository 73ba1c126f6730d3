"""Every presenter in every scene as it looked before, and as a face to a face finder."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from avatar.body.store import load_human
from avatar.motion.visemes import SHAPES, VISEMES, weights_of
from avatar.presenter import load_presenter
from core.blendshapes import COUNT
from core.human import HumanModel
from core.motion import BONE_INDEX, Pose, rest_rotations
from render.context import describe_context
from render.human.draw import Shading
from render.picture import PictureRenderer
from render.scene import load_scene
from room.settings import CONFIGS

GOLDEN = Path(__file__).parent / "golden"
SIZE = (180, 320)
SEEN_SIZE = (360, 640)
PRESENTERS = sorted(path.stem for path in (CONFIGS / "presenters").glob("*.toml"))
SCENES = sorted(path.stem for path in (CONFIGS / "scenes").glob("*.toml"))
QUICK = ("lin", "soft-daylight")
"""The rest take a minute and a half to build and light."""
PAIRS = [
    pytest.param(person, scene, marks=() if (person, scene) == QUICK else pytest.mark.soak)
    for person in PRESENTERS
    for scene in SCENES
]
PEOPLE = [
    pytest.param(person, marks=() if person == QUICK[0] else pytest.mark.soak)
    for person in PRESENTERS
]


def quiet(what: str, share: float) -> None:
    pass


def human_of(name: str, cache: Path) -> HumanModel:
    settings = load_presenter(CONFIGS / "presenters" / f"{name}.toml")
    return load_human(settings, cache / "presenter" / "humans", quiet)


def posed(weights: np.ndarray, turn_deg: float = 0.0) -> Pose:
    """The arms hang; the head is turned to its left."""
    rotations = rest_rotations()
    for bone, share in (("neck", 0.42), ("head", 0.58)):
        turn = Rotation.from_euler("y", turn_deg * share, degrees=True)
        rotations[BONE_INDEX[bone]] = turn.as_quat()
    return Pose(weights.astype(np.float32), rotations)


@pytest.mark.parametrize(("person", "scene"), PAIRS)
def test_looks_as_it_did(person: str, scene: str, baked_cache: Path, tmp_path: Path) -> None:
    if not describe_context().is_software:
        pytest.skip("golden pictures are of the software renderer")
    renderer = PictureRenderer(
        human_of(person, baked_cache), load_scene(CONFIGS / "scenes" / f"{scene}.toml"), *SIZE,
        baked_cache / "presenter" / "light", quiet,
    )  # fmt: skip
    seen = renderer.snapshot(posed(weights_of({"mouthSmile": 0.3, "jawOpen": 0.15}), 12.0))
    renderer.close()
    cv2.imwrite(str(tmp_path / "seen.png"), seen[..., ::-1])
    path = GOLDEN / f"{person}-{scene}.png"
    golden = cv2.imread(str(path))
    assert golden is not None, f"no golden picture: look at {tmp_path / 'seen.png'}"
    off = np.abs(seen.astype(int) - golden[..., ::-1]).max(axis=-1)
    assert off.mean() < 2.5, f"compare {path} with {tmp_path / 'seen.png'}"
    assert (off > 32).mean() < 0.02, f"compare {path} with {tmp_path / 'seen.png'}"


def creased_change(name: str, cache: Path, **face: float) -> np.ndarray:
    """What creases alone change about a face: the same geometry drawn with and without."""
    human = human_of(name, cache)
    skin, *others = human.parts
    assert skin.creasing is not None
    bare = replace(skin, creasing=np.zeros_like(skin.creasing))
    scene = load_scene(CONFIGS / "scenes" / f"{QUICK[1]}.toml")
    seen = []
    for figure in (human, replace(human, parts=(bare, *others))):
        renderer = PictureRenderer(
            figure, scene, *SEEN_SIZE, cache / "presenter" / "light", quiet, shading=Shading.BAKED
        )
        seen.append(renderer.snapshot(posed(weights_of(face))).astype(float).mean(-1))
        renderer.close()
    out: np.ndarray = seen[0] - seen[1]
    return out


def test_a_smile_folds_the_cheeks_and_a_face_at_rest_is_as_it_was(baked_cache: Path) -> None:
    assert not creased_change("lin", baked_cache).any()
    change = creased_change("lin", baked_cache, mouthSmile=0.75)
    rows, columns = np.nonzero(change < -3)
    assert len(rows) > 30
    assert change.min() > -60, "a young face is not furrowed"
    for side in (columns < SEEN_SIZE[0] / 2, columns > SEEN_SIZE[0] / 2):
        assert side.sum() > 10, "one cheek alone folds"
    # between eyes and chin of a face that fills the second tenth to the fourth
    assert SEEN_SIZE[1] * 0.2 < rows.mean() < SEEN_SIZE[1] * 0.4


@pytest.mark.soak
def test_raised_brows_line_an_old_forehead_more_than_a_young_one(baked_cache: Path) -> None:
    raised = {"browInnerUp": 0.8, "browOuterUp": 0.9}
    young, old = (creased_change(name, baked_cache, **raised) for name in ("lin", "zhou"))
    assert old.min() < -15
    assert np.minimum(old, 0).sum() < 3 * np.minimum(young, 0).sum()


@pytest.fixture(params=PEOPLE)
def camera(request: pytest.FixtureRequest, baked_cache: Path) -> Iterator[PictureRenderer]:
    renderer = PictureRenderer(
        human_of(request.param, baked_cache),
        load_scene(CONFIGS / "scenes" / f"{QUICK[1]}.toml"),
        *SEEN_SIZE, baked_cache / "presenter" / "light", quiet,
    )  # fmt: skip
    yield renderer
    renderer.close()


def test_a_face_finder_finds_the_face_in_every_shape_and_turn(camera: PictureRenderer) -> None:
    mediapipe = pytest.importorskip("mediapipe")
    poses = {f"viseme {name}": posed(SHAPES[:, i].sum(0)) for i, name in enumerate(VISEMES)}
    poses["smile"] = posed(weights_of({"mouthSmile": 0.6, "cheekSquint": 0.4}))
    poses["blink"] = posed(weights_of({"eyeBlink": 1.0}))
    for degrees in (-30, -15, 15, 30):
        poses[f"turned {degrees}"] = posed(np.zeros(COUNT), degrees)
    lost = []
    with mediapipe.solutions.face_mesh.FaceMesh(static_image_mode=True) as mesh:
        for name, pose in poses.items():
            if not mesh.process(camera.snapshot(pose)).multi_face_landmarks:
                lost.append(name)
    assert not lost
