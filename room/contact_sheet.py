"""A presenter on one page: faces, mouth shapes, turns and gestures, each with its name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import UInt8
from PIL import Image, ImageDraw, ImageFont
from scipy.spatial.transform import Rotation

from avatar.motion.performer import Performer
from avatar.motion.visemes import SHAPES, VISEMES, weights_of
from core.blendshapes import COUNT
from core.human import HumanModel
from core.line import Cue
from core.motion import BONE_INDEX, Pose
from core.utterance import SAMPLE_RATE_HZ, Utterance
from room.stage.camera import StageCamera

_SIZE = (576, 1024)
_FACE_BOX = (0.25, 0.065, 0.75, 0.3875)
# left, top, right, bottom: shares of the picture
_TILE = (300, 344)
_BODY_TILE = (300, 533)
_COLUMNS = 7
_LABEL_PX = 30
_INK, _PAPER = (34, 34, 38), (250, 249, 247)
_FACES = {
    "neutral": {},
    "smile": {"mouthSmile": 0.6, "cheekSquint": 0.4},
    "laugh": {"mouthSmile": 0.7, "cheekSquint": 0.6, "jawOpen": 0.2, "mouthUpperUp": 0.3},
    "blink": {"eyeBlink": 1.0},
    "surprise": {"eyeWide": 0.5, "browInnerUp": 0.6, "browOuterUp": 0.5, "jawOpen": 0.2},
}  # fmt: skip
_TURNS_DEG = (-35, -20, 20, 35)
_GESTURES = {
    "open palm": "open_palm", "point": "point_left", "count 1": "count_1", "count 2": "count_2",
    "count 3": "count_3", "wave": "wave", "thanks": "thanks",
}  # fmt: skip
_FPS = 25
_HELD_AT = 26
# picture of a gesture that shows it at its height


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One picture of the sheet."""

    label: str
    pose: Pose
    whole: bool
    # the whole picture, or the head alone


def draw_sheet(
    human: HumanModel, scene: Path, cache: Path, progress: Callable[[str, float], None]
) -> UInt8[np.ndarray, "height width 3"]:
    """The contact sheet, RGB."""
    camera = StageCamera(human, scene, *_SIZE, cache, progress)
    shots = list(_shots(human))
    faces = [_label(_crop(camera.snapshot(s.pose)), _TILE, s.label) for s in shots if not s.whole]
    bodies = [_label(camera.snapshot(s.pose), _BODY_TILE, s.label) for s in shots if s.whole]
    camera.close()
    rows = [*_rows(faces), *_rows(bodies)]
    title = Image.new("RGB", (rows[0].shape[1], 56), _PAPER)
    ImageDraw.Draw(title).text((14, 12), human.name, _INK, ImageFont.load_default(30))
    return np.vstack([np.asarray(title), *rows])


def _shots(human: HumanModel) -> Iterator[Shot]:
    still = np.array(Performer(human.skeleton, fps=_FPS, seed=0).pose(0).rotations)
    for name, shapes in _FACES.items():
        yield Shot(name, _pose(weights_of(shapes), still), False)
    for degrees in _TURNS_DEG:
        side = "left" if degrees > 0 else "right"
        turned = _turned(still, degrees)
        yield Shot(f"turn {abs(degrees)} {side}", _pose(np.zeros(COUNT), turned), False)
    for name, weights in zip(VISEMES, SHAPES.sum(0), strict=True):
        yield Shot(f"viseme {name}", _pose(weights, still), False)
    for label, gesture in _GESTURES.items():
        yield Shot(label, gesture_pose(human, gesture), True)


def gesture_pose(human: HumanModel, gesture: str) -> Pose:
    """A gesture at its height, the mouth shut."""
    performer = Performer(human.skeleton, fps=_FPS, seed=3)
    silence = np.zeros(3 * SAMPLE_RATE_HZ, np.float32)
    performer.begin(
        Utterance("sheet", " ", "en", "", silence, (), (), ()), (Cue("gesture", gesture, 0),), 0
    )
    for picture in range(_HELD_AT):
        performer.pose(picture)
    return performer.pose(_HELD_AT)


def _turned(rotations: np.ndarray, degrees: float) -> np.ndarray:
    out = rotations.copy()
    for bone, share in (("neck", 0.42), ("head", 0.58)):
        turn = Rotation.from_euler("y", degrees * share, degrees=True)
        out[BONE_INDEX[bone]] = (Rotation.from_quat(out[BONE_INDEX[bone]]) * turn).as_quat()
    return out


def _pose(weights: np.ndarray, rotations: np.ndarray) -> Pose:
    return Pose(weights.astype(np.float32), rotations.astype(np.float32))


def _crop(picture: np.ndarray) -> np.ndarray:
    height, width = picture.shape[:2]
    left, top, right, bottom = _FACE_BOX
    return picture[
        round(top * height) : round(bottom * height), round(left * width) : round(right * width)
    ]


def _label(picture: np.ndarray, size: tuple[int, int], text: str) -> np.ndarray:
    tile = Image.new("RGB", (size[0], size[1] + _LABEL_PX), _PAPER)
    small = Image.fromarray(picture).resize((size[0] - 4, size[1]), Image.Resampling.LANCZOS)
    tile.paste(small, (2, 0))
    ImageDraw.Draw(tile).text((8, size[1] + 3), text, _INK, ImageFont.load_default(20))
    return np.asarray(tile)


def _rows(tiles: list[np.ndarray]) -> list[np.ndarray]:
    blank = np.full_like(tiles[0], _PAPER)
    padded = [*tiles, *[blank] * (-len(tiles) % _COLUMNS)]
    return [np.hstack(padded[i : i + _COLUMNS]) for i in range(0, len(padded), _COLUMNS)]
