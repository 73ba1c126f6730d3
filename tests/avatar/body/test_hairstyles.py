"""Every style, on the head of the presenter that ships: out of the skull, where it should hang."""

from typing import get_args

import numpy as np
import pytest

from avatar.body.anatomy import Anatomy
from avatar.body.hair import build_hair
from avatar.body.hairline import angle_about_head, hairline_y
from avatar.body.surface import Surface
from avatar.presenter import HairSettings
from core.motion import BONE_INDEX
from tests.avatar.body.bust import Bust

STYLES = get_args(HairSettings.model_fields["style"].annotation)


def settings(style: str, **other: object) -> HairSettings:
    return HairSettings.model_validate({"style": style, "strands": 500, **other})


def hair_of(bust: Bust, chosen: HairSettings) -> Surface:
    return build_hair(bust.skin.surface, bust.jacket, chosen, bust.anatomy)


def lowest_beside_the_face(hair: Surface, anatomy: Anatomy) -> float:
    front = hair.points[:, 2] > anatomy.head_centre[2] - 0.2
    return float(np.percentile(hair.points[front, 1], 2))


@pytest.mark.parametrize("style", STYLES)
def test_strands_are_whole_and_out_of_the_head(bust: Bust, style: str) -> None:
    hair = hair_of(bust, settings(style))
    assert np.isfinite(hair.points).all()
    np.testing.assert_allclose(hair.weights.sum(1), 1.0, atol=1e-6)
    assert hair.tangents is not None
    np.testing.assert_allclose(np.linalg.norm(hair.tangents, axis=1), 1.0, atol=1e-3)
    middle = bust.anatomy.head_centre + [0.0, 0.3, 0.0]
    above = hair.points[:, 1] > bust.anatomy.eye_y + 0.2
    away = np.linalg.norm(hair.points[above] - middle, axis=1)
    assert away.min() > 0.40, "a strand grows inwards"
    assert away.max() < 2.2
    eyes = np.array(bust.anatomy.eye_centres)
    for eye in eyes:
        before = np.abs(hair.points - eye) < [0.2, 0.12, 9.0]
        before = before.all(1) & (hair.points[:, 2] > eye[2])
        assert not before.any(), "hair hangs before an eye"


def test_styles_are_as_long_as_their_names_say(bust: Bust) -> None:
    low = {style: lowest_beside_the_face(hair_of(bust, settings(style)), bust.anatomy)
           for style in STYLES}  # fmt: skip
    chin = bust.anatomy.chin[1]
    assert low["long"] < low["shoulder"] < low["bob"]
    assert abs(low["bob"] - chin) < 0.6
    assert low["short"] > chin + 0.4


def test_length_is_the_settings_where_they_say_one(bust: Bust) -> None:
    shorter, longer = (
        lowest_beside_the_face(
            hair_of(bust, settings("bob", tips_below_chin_m=length)), bust.anatomy
        )
        for length in (-0.03, 0.02)
    )
    assert shorter > longer + 0.25


def test_grey_is_the_share_of_strands_asked_for(bust: Bust) -> None:
    hair = hair_of(bust, settings("short", grey=0.4))
    assert hair.extra is not None
    assert hair.extra[:, 3].mean() == pytest.approx(0.4, abs=0.07)


def test_what_is_tied_follows_the_head_alone(bust: Bust) -> None:
    tied = hair_of(bust, settings("tied"))
    assert (tied.weights[:, BONE_INDEX["head"]] == 1).all()
    behind = tied.points[:, 2] < bust.anatomy.head_centre[2] - 1.0
    assert behind.sum() > 500, "there is no knot"
    hanging = hair_of(bust, settings("shoulder"))
    assert hanging.weights[:, BONE_INDEX["upperChest"]].max() > 0.3


def test_a_receding_hairline_is_higher_at_the_temples_only(bust: Bust) -> None:
    angles = np.radians([0.0, 30.0, 120.0])
    full, gone = (
        hairline_y(angles, bust.anatomy, settings("short", recede=share)) for share in (0.0, 1.0)
    )
    rise = gone - full
    assert rise[1] > rise[0] > 0
    assert rise[2] == pytest.approx(0, abs=1e-9)


def test_roots_lie_above_the_hairline(bust: Bust) -> None:
    chosen = settings("short")
    hair = hair_of(bust, chosen)
    roots = hair.points[hair.uvs[:, 1] == 0]
    line = hairline_y(angle_about_head(roots, bust.anatomy), bust.anatomy, chosen)
    assert (roots[:, 1] > line - 0.1).mean() > 0.99


@pytest.mark.parametrize("style", ["shoulder", "long", "bob"])
def test_a_fringe_falls_over_the_forehead_and_leaves_the_eyes_free(bust: Bust, style: str) -> None:
    anatomy = bust.anatomy

    def before_the_forehead(hair: Surface) -> int:
        x, y, z = hair.points.T
        line = hairline_y(angle_about_head(hair.points, anatomy), anatomy, settings(style))
        low = (y > anatomy.eye_y + 0.2) & (y < line - 0.08)
        return int((low & (np.abs(x) < 0.6) & (z > anatomy.head_centre[2] + 0.3)).sum())

    bare, fringed = (hair_of(bust, settings(style, fringe=share)) for share in (0.0, 0.8))
    assert before_the_forehead(fringed) > before_the_forehead(bare) + 100
    for eye in anatomy.eye_centres:
        before = (np.abs(fringed.points - eye) < [0.2, 0.12, 9.0]).all(1)
        assert not (before & (fringed.points[:, 2] > eye[2])).any()


def test_only_curls_are_ringlets(bust: Bust) -> None:
    for style in STYLES:
        hair = hair_of(bust, settings(style))
        assert hair.extra is not None
        assert (hair.extra[:, 2] > 0.5).all() == (style == "curly"), style


def test_light_comes_to_the_outer_side_of_a_coil(bust: Bust) -> None:
    hair = hair_of(bust, settings("curly"))
    assert hair.extra is not None
    strands = hair.points.reshape(500, -1, 2, 3).mean(2)
    coils = slice(15, -15)
    away = np.linalg.norm((strands - bust.anatomy.head_centre), axis=-1)
    bent = away[:, coils] - (away[:, 7:-23] + away[:, 23:-7]) / 2
    light = hair.extra[:, 1].reshape(500, -1, 2)[:, coils, 0]
    assert np.corrcoef(bent.ravel(), light.ravel())[0, 1] > 0.3
    assert light.max() > 5 * np.percentile(light, 25), "ringlets without shade between them"
