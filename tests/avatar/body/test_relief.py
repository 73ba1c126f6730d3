"""Creases pressed into a face, and which face units press them."""

import numpy as np
import pytest

from avatar.body.creases import Crease, find_creases
from avatar.body.relief import creasing, emboss, morph_normals
from core.blendshapes import INDEX
from core.human import HumanModel
from tests.avatar.body.bust import Bust


@pytest.fixture(scope="module")
def creases(bust: Bust) -> list[Crease]:
    return find_creases(bust.skin.surface, bust.anatomy, 60)


@pytest.fixture(scope="module")
def drawn(bust: Bust, creases: list[Crease]) -> np.ndarray:
    return creasing(bust.skin.surface, creases)


def near(bust: Bust, x: float, y: float) -> np.ndarray:
    """Vertices of the face about a place, which is left of and above the middle of the mouth."""
    at = bust.skin.surface.points - bust.anatomy.mouth
    out: np.ndarray = (np.hypot(at[:, 0] - x, at[:, 1] - y) < 0.05) & (at[:, 2] > -0.35)
    return out & (bust.skin.surface.normals[:, 2] > 0.3)


def test_there_are_grooves_on_the_face_and_nothing_elsewhere(
    bust: Bust, creases: list[Crease]
) -> None:
    heights = emboss(bust.skin, bust.anatomy, creases).astype(float)
    assert heights.min() < -400
    assert heights.max() > 100
    rows, columns = np.nonzero(np.abs(heights) > 5)
    size = len(heights)
    # the front of the cylinder is the middle of the texture, the linings are its top
    assert columns.min() > 0.15 * size
    assert columns.max() < 0.85 * size
    assert rows.min() > 0.06 * size
    mirrored = np.corrcoef(heights.ravel(), heights[:, ::-1].ravel())[0, 1]
    assert mirrored > 0.5, "left and right have little in common"


def test_each_face_unit_draws_its_own(bust: Bust, drawn: np.ndarray) -> None:
    assert drawn.min() >= 0
    assert drawn.max() <= 1
    eye = bust.anatomy.eye_y - bust.anatomy.mouth[1]
    cheek, forehead = near(bust, 0.24, 0.16), near(bust, 0.0, eye + 0.52)
    assert cheek.any()
    assert forehead.any()
    smile, inner = drawn[INDEX["mouthSmileLeft"]], drawn[INDEX["browInnerUp"]]
    assert smile[cheek].min() > 0.5
    assert smile[forehead].max() == 0
    assert inner[forehead].min() > 0.8
    assert inner[cheek].max() == 0


def test_left_draws_left(bust: Bust, drawn: np.ndarray) -> None:
    x = bust.skin.surface.points[:, 0]
    for unit in ("mouthSmile", "eyeSquint", "browOuterUp", "browDown"):
        assert drawn[INDEX[f"{unit}Left"], x < -0.06].max() == 0, unit
        assert drawn[INDEX[f"{unit}Right"], x > 0.06].max() == 0, unit


def test_speech_alone_draws_no_forehead_and_no_fold(drawn: np.ndarray) -> None:
    for unit in ("jawOpen", "mouthClose", "eyeBlinkLeft", "mouthRollLower"):
        assert drawn[INDEX[unit]].max() == 0, unit


def test_normals_turn_where_a_unit_moves_the_skin(bust: Bust) -> None:
    turned = np.linalg.norm(morph_normals(bust.skin, bust.anatomy), axis=2)
    cheek = near(bust, 0.38, 0.25)
    assert turned[INDEX["mouthSmileLeft"], cheek].mean() > 0.03
    assert turned[INDEX["browInnerUp"], cheek].max() < 1e-6
    on_lid = np.linalg.norm(bust.skin.surface.points - bust.anatomy.eye_centres[0], axis=1)
    assert turned[:, on_lid < 1.2 * bust.anatomy.eye_radius].max() == 0


def test_the_built_skin_carries_it_all(human: HumanModel) -> None:
    skin = human.part("skin")
    assert skin.creases_um is not None
    assert skin.creasing is not None
    assert skin.morph_normals is not None
    up = skin.positions_m[: skin.morph_count, 1] - human.landmarks_m["eye_line"][1]
    raised = skin.creasing[INDEX["browInnerUp"]] > 0.5
    # vertices of the forehead that no face unit moves are among them
    assert up[raised].max() > 0.055
    assert all(part.creasing is None for part in human.parts if part.name != "skin")
