"""A body before it is dressed and lit, for tests of single builders."""

from dataclasses import dataclass

import numpy as np

from avatar.body.anatomy import Anatomy, measure_body
from avatar.body.clothes import build_clothes
from avatar.body.garment import draw_neckline
from avatar.body.makehuman import load_rig
from avatar.body.rig import Rig, arms_down, fold_rig, pose_rig
from avatar.body.shape import enlarge_head, shape_body
from avatar.body.skin import Skin, build_skin, face_units
from avatar.body.surface import Surface
from avatar.presenter import PresenterSettings


@dataclass(frozen=True, slots=True, eq=False)
class Bust:
    vertices: np.ndarray
    rig: Rig
    anatomy: Anatomy
    skin: Skin
    jacket: Surface


def make_bust(settings: PresenterSettings) -> Bust:
    bones = load_rig()
    shaped = shape_body(settings.shape)
    standing = enlarge_head(shaped, fold_rig(bones, shaped), settings.shape.head)
    apose = fold_rig(bones, standing)
    rig, vertices = pose_rig(apose, standing, arms_down(apose))
    anatomy = measure_body(vertices, rig)
    skin = build_skin(vertices, rig, anatomy, face_units(), settings.shape.smile)
    neckline = draw_neckline(anatomy, settings.wardrobe)
    jacket, _, _ = build_clothes(
        vertices, rig, skin.surface, anatomy, neckline, settings.wardrobe.outfit
    )
    return Bust(vertices, rig, anatomy, skin, jacket)
