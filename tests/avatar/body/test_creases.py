"""Where expression folds a face, found on this very face."""

import numpy as np
import pytest

from avatar.body.creases import Crease, find_creases, squeeze
from avatar.body.lips import find_lip_line
from avatar.presenter import PresenterSettings, ShapeSettings
from tests.avatar.body.bust import Bust, make_bust


@pytest.fixture(scope="module", params=["lin", "of sliders"])
def face(request: pytest.FixtureRequest, bust: Bust) -> Bust:
    """The presenter that ships, and one nobody has seen."""
    if request.param == "lin":
        return bust
    shape = ShapeSettings(
        gender=0.8, age_years=71, asian=0.0, african=0.4, caucasian=0.6, weight=0.9, head=1.0,
        details={"mouth/mouth-scale-horiz": 0.8, "nose/nose-scale-horiz": 0.7},
    )  # fmt: skip
    return make_bust(PresenterSettings(name="sliders", shape=shape))


def of_kind(creases: list[Crease], kind: str) -> list[Crease]:
    return [crease for crease in creases if crease.kind == kind]


def test_the_cheek_folds_from_the_nose_to_beside_the_mouth(face: Bust) -> None:
    creases = find_creases(face.skin.surface, face.anatomy, 40)
    across, heights = find_lip_line(face.skin.surface, face.anatomy)
    folds = of_kind(creases, "cheek")
    assert sorted(np.sign(fold.curve[0, 0]) for fold in folds) == [-1, 1]
    for fold in folds:
        x, y = np.abs(fold.curve[:, 0]), fold.curve[:, 1]
        assert np.hypot(x[0] - face.anatomy.nose_wing[0], y[0] - face.anatomy.nose_wing[1]) < 0.06
        beside = np.interp(heights[-1], y[::-1], x[::-1]) - across[-1]
        assert 0.02 < beside < 0.2, "the fold runs through the mouth or past the cheek"
        assert y[-1] < heights[-1] - 0.08
        assert np.abs(np.diff(x)).max() < 0.02, "the fold jumps"


def test_it_lies_where_a_smile_presses_most(face: Bust) -> None:
    surface = face.skin.surface
    pressed = squeeze(surface, {"mouthSmileLeft": 1.0, "mouthSmileRight": 1.0})
    front = (surface.normals[:, 2] > 0) & (surface.points[:, 2] > face.anatomy.head_centre[2])
    fold = of_kind(find_creases(surface, face.anatomy, 40), "cheek")[0]
    lower = fold.curve[40:60]
    away = np.linalg.norm(surface.points[:, None, :2] - lower, axis=2).min(1)
    assert pressed[front & (away < 0.03)].mean() > 3 * pressed[front].mean()


def test_nothing_is_pressed_where_nothing_moves(bust: Bust) -> None:
    assert squeeze(bust.skin.surface, {}).max() < 1e-4
    surface = bust.skin.surface
    smiled = squeeze(surface, {"mouthSmileLeft": 1.0})
    assert smiled[surface.points[:, 1] > bust.anatomy.eye_y + 0.4].max() < 1e-4


def test_crows_feet_begin_at_the_outer_corner(face: Bust) -> None:
    creases = of_kind(find_creases(face.skin.surface, face.anatomy, 40), "eye")
    for crease in creases:
        x, y = crease.curve[0]
        eye = face.anatomy.eye_centres[0 if x > 0 else 1]
        assert 0.8 < (abs(x) - abs(eye[0])) / face.anatomy.eye_radius < 2.0
        assert abs(y - eye[1]) < 0.06
        assert abs(crease.curve[-1, 0]) > abs(x)


def test_forehead_lines_lie_between_brows_and_crown(face: Bust) -> None:
    for crease in of_kind(find_creases(face.skin.surface, face.anatomy, 40), "forehead"):
        share = (crease.curve[:, 1] - face.anatomy.eye_y) / face.anatomy.crown_height
        assert share.min() > 0.3
        assert share.max() < 0.8


def test_age_deepens_and_sharpens(bust: Bust) -> None:
    young, middle, old = (
        find_creases(bust.skin.surface, bust.anatomy, years) for years in (22, 50, 75)
    )
    for a, b, c in zip(young, middle, old, strict=True):
        assert a.depth_um < b.depth_um < c.depth_um
        assert a.width > b.width > c.width
    # of a young face nothing but a hint of the fold stays when it rests
    assert {crease.kind for crease in young if crease.stays > 0} == {"cheek"}
    assert max(crease.depth_um / crease.width for crease in of_kind(young, "forehead")) < 2000
