"""Every outfit, on the body of the presenter that ships."""

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from scipy.spatial import cKDTree

from avatar.body.clothes import build_clothes, light_sleeves, without_forearms
from avatar.body.collars import build_collar
from avatar.body.drape import drape
from avatar.body.garment import Neckline, draw_neckline
from avatar.body.glasses import build_glasses
from avatar.body.surface import Surface
from avatar.presenter import WardrobeSettings
from core.motion import BONE_INDEX
from tests.avatar.body.bust import Bust

_ARM = [i for name, i in BONE_INDEX.items() if name.startswith("left") and "Arm" in name]
OUTFITS = get_args(WardrobeSettings.model_fields["outfit"].annotation)


@pytest.mark.parametrize("outfit", OUTFITS)
def test_an_outfit_covers_the_chest_and_leaves_the_face(bust: Bust, outfit: str) -> None:
    wardrobe = WardrobeSettings.model_validate({"outfit": outfit})
    neckline = draw_neckline(bust.anatomy, wardrobe)
    outer, collar, top = build_clothes(
        bust.vertices, bust.rig, bust.skin.surface, bust.anatomy, neckline, outfit
    )
    assert (top is not None) == neckline.is_open
    pieces = [piece for piece in (outer, collar, top) if piece is not None]
    for piece in pieces:
        assert np.isfinite(piece.points).all()
        np.testing.assert_allclose(piece.weights.sum(1), 1.0, atol=1e-5)
        assert piece.points[:, 1].max() < bust.anatomy.mouth[1], "cloth before the mouth"
    cloth = np.concatenate([piece.points for piece in pieces])
    chest = np.array([0.0, bust.anatomy.neck[1] - 2.0, cloth[:, 2].max() - 0.3])
    away, _ = cKDTree(cloth).query(chest)
    assert away < 1.0
    # What is hidden of the skin lies under cloth, and the face is not.
    points = bust.skin.surface.points
    hidden = neckline.hides(points)
    assert not hidden[points[:, 1] > bust.anatomy.chin[1]].any()
    assert hidden[points[:, 1] < bust.anatomy.neck[1] - 1.2].mean() > 0.5


def test_drape_knows_sleeve_from_torso(bust: Bust) -> None:
    draped = drape(bust.jacket, bust.rig, weave=2.0)
    assert draped.extra is not None
    along, weave = draped.extra[:, 0], draped.extra[:, 3]
    assert (weave == 2.0).all()
    middle = np.abs(bust.jacket.points[:, 0]) < 0.8
    assert (along[middle] == -1.0).all()
    wrist = bust.rig.joints_dm[BONE_INDEX["leftHand"]]
    sleeve = bust.jacket.weights[:, _ARM].sum(1) > 0.5
    near = sleeve & (np.linalg.norm(bust.jacket.points - wrist, axis=1) < 0.6)
    assert near.any()
    assert along[near].min() > 0.8


def test_glasses_sit_before_the_eyes_and_reach_the_ears(bust: Bust) -> None:
    glasses = build_glasses(bust.vertices, bust.anatomy, (0.01, 0.01, 0.01))
    assert (glasses.weights[:, BONE_INDEX["head"]] == 1).all()
    for eye in bust.anatomy.eye_centres:
        beside = np.abs(glasses.points[:, 0] - eye[0]) < 0.2
        assert glasses.points[beside, 2].min() > eye[2] + bust.anatomy.eye_radius
        rim = glasses.points[beside & (glasses.points[:, 1] < eye[1])]
        assert len(rim), "no rim below the eye"
    assert glasses.points[:, 2].min() < bust.anatomy.head_centre[2] + 0.2
    assert len(glasses.triangles) < 1200


def under_collar(bust: Bust, outfit: str) -> tuple[Neckline, Surface]:
    """The neckline of an outfit and the cloth that its collar stands on."""
    wardrobe = WardrobeSettings.model_validate({"outfit": outfit})
    neckline = draw_neckline(bust.anatomy, wardrobe)
    garment = build_clothes(
        bust.vertices, bust.rig, bust.skin.surface, bust.anatomy, neckline, outfit
    )
    source = garment[2] if outfit == "suit" else garment[0]
    assert source is not None
    return neckline, source


@pytest.mark.parametrize("outfit", ["shirt", "suit", "knit", "dress"])
def test_a_collar_faces_outwards_round_the_neck(bust: Bust, outfit: str) -> None:
    neckline, source = under_collar(bust, outfit)
    collar = build_collar(source, bust.skin.surface, bust.anatomy, neckline, outfit)
    centre = collar.points.reshape(61, -1, 3).mean(1, keepdims=True)
    out = collar.points.reshape(61, -1, 3) - centre
    outwards = (out * collar.normals.reshape(61, -1, 3)).sum(-1)
    assert np.median(outwards) > 0


@pytest.mark.parametrize("outfit", ["shirt", "suit"])
def test_an_open_collar_is_widest_at_its_top(bust: Bust, outfit: str) -> None:
    neckline, source = under_collar(bust, outfit)
    collar = build_collar(source, bust.skin.surface, bust.anatomy, neckline, outfit)
    for end in collar.points.reshape(61, -1, 3)[[0, -1]]:
        assert abs(end[end[:, 1].argmax(), 0]) > 1.25 * abs(end[0, 0])


@pytest.mark.parametrize("outfit", ["shirt", "suit"])
def test_the_leaves_of_a_collar_hang_before_the_chest_beside_the_v(bust: Bust, outfit: str) -> None:
    neckline, source = under_collar(bust, outfit)
    rows = build_collar(source, bust.skin.surface, bust.anatomy, neckline, outfit).points
    assert neckline.first_button_y < neckline.top_edge(np.zeros(1))[0]
    for end in rows.reshape(61, -1, 3)[[0, -1]]:
        fold, point = end[end[:, 1].argmax()], end[end[:, 1].argmin()]
        assert point[1] < fold[1] - 0.25
        assert abs(point[0]) > abs(fold[0]) + 0.05
        near = np.hypot(*(source.points[:, :2] - point[:2]).T) < 0.15
        assert point[2] > np.median(source.points[near & (source.points[:, 2] > 0), 2])


def test_sleeves_forget_what_hid_them_and_the_trunk_does_not(bust: Bust) -> None:
    dark = np.zeros(len(bust.jacket.points))
    lit = light_sleeves(replace(bust.jacket, occlusion=dark, key_visibility=dark))
    assert lit.occlusion is not None
    assert lit.key_visibility is not None
    assert bust.jacket.extra is not None
    lining = bust.jacket.extra[:, 0] > 0.5
    assert lining.any()
    assert lit.occlusion[lining].min() > 0.5
    on_forearm = lit.weights[:, BONE_INDEX["leftLowerArm"]] > 0.95
    assert lit.key_visibility[on_forearm & ~lining].min() > 0.9
    # the lining lies in the sleeve's shadow
    assert lit.key_visibility[lining].max() < 0.6
    on_trunk = lit.weights[:, [BONE_INDEX["spine"], BONE_INDEX["chest"]]].sum(1) > 0.9
    assert lit.occlusion[on_trunk].max() < 0.05
    with pytest.raises(ValueError, match="not lit"):
        light_sleeves(bust.jacket)


def test_forearms_throw_no_lasting_shadow(bust: Bust) -> None:
    kept = without_forearms(bust.jacket)
    seen = kept.weights[kept.triangles].max(1)
    for side in ("left", "right"):
        assert seen[:, BONE_INDEX[f"{side}LowerArmTwist"]].max() < 0.5
        assert seen[:, BONE_INDEX[f"{side}UpperArm"]].max() > 0.95
    assert len(kept.triangles) > 0.5 * len(bust.jacket.triangles)
