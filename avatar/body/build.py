"""From a presenter's settings to the human that is drawn."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from jaxtyping import Float

from avatar.body.anatomy import Anatomy, measure_body
from avatar.body.clothes import build_clothes, light_sleeves, without_forearms
from avatar.body.colour import parse_linear
from avatar.body.creases import find_creases
from avatar.body.drape import RIGID, SHIRT, WEAVES, drape
from avatar.body.eyes import build_eyes, build_lashes
from avatar.body.fabric import paint_garment, paint_top
from avatar.body.garment import draw_neckline
from avatar.body.glasses import build_glasses
from avatar.body.hair import build_hair
from avatar.body.hands import build_hands
from avatar.body.light import KEY_LIGHT, dim_surface, gather_blockers, light_surface
from avatar.body.makehuman import load_rig
from avatar.body.mouth import build_mouth
from avatar.body.paint import paint_hands, paint_skin
from avatar.body.relief import creasing, emboss, morph_normals
from avatar.body.rig import arms_down, fold_rig, pose_rig
from avatar.body.shape import enlarge_head, shape_body
from avatar.body.simplify import simplify_mesh, unwrap_surface
from avatar.body.skin import build_skin, face_units, light_linings, shut_eyes, thin_skin
from avatar.body.surface import Surface, finish_part
from avatar.presenter import PresenterSettings
from core.human import Eyeball, HumanModel
from core.motion import BONE_INDEX

Progress = Callable[[str, float], None]
"""Called with what is being done and the share that is done, 0 to 1."""

_JACKET_TRIANGLES = 4400
_TOP_TRIANGLES = 800
_LAPEL_TRIANGLES = 900
_HAND_TRIANGLES = 3200
_BENDING = [
    BONE_INDEX[side + bone]
    for side in ("left", "right")
    for bone in ("UpperArm", "LowerArm", "LowerArmTwist")
]
# joints that need triangles to bend, however flat the hanging arm is


def build_human(settings: PresenterSettings, progress: Progress) -> HumanModel:
    """Build one presenter; takes tens of seconds, see `avatar.body.store` for the cache.

    Raises:
        ConfigError: a shape detail names no target.
        MediaError: the MakeHuman data is missing.
    """
    progress("shape", 0.0)
    bones = load_rig()
    shaped = shape_body(settings.shape)
    standing = enlarge_head(shaped, fold_rig(bones, shaped), settings.shape.head)
    apose = fold_rig(bones, standing)
    rig, vertices = pose_rig(apose, standing, arms_down(apose))
    anatomy = measure_body(vertices, rig)
    wardrobe = settings.wardrobe
    neckline = draw_neckline(anatomy, wardrobe)
    units = face_units()
    progress("skin", 0.05)
    skin = build_skin(vertices, rig, anatomy, units, settings.shape.smile)
    progress("clothes", 0.10)
    jacket, lapels, top = build_clothes(
        vertices, rig, skin.surface, anatomy, neckline, wardrobe.outfit
    )
    hands = build_hands(vertices, rig, anatomy)
    eyes = build_eyes(anatomy)
    progress("hair", 0.15)
    hair = build_hair(skin.surface, jacket, settings.hair, anatomy)
    progress("light", 0.40)
    seen = ~neckline.hides(skin.surface.points[skin.surface.triangles].mean(1))
    if skin.surface.morphs is None:
        raise ValueError("the skin has no morphs")
    asleep = replace(skin.surface, points=skin.surface.points + shut_eyes(skin.surface.morphs))
    visible = replace(asleep, triangles=asleep.triangles[seen])
    # Cloth lies so close over skin that rays from under its edge would darken what is beside it:
    # there, nearness to the edge decides.
    under = gather_blockers([visible], hair)
    outer = gather_blockers([visible, without_forearms(jacket)], hair)
    bare = dim_surface(light_surface(asleep, under), neckline.contact(asleep.points))
    bare = replace(light_linings(bare), points=skin.surface.points)
    jacket, lapels = (light_surface(part, outer, floor=0.2) for part in (jacket, lapels))
    jacket = light_sleeves(jacket)
    # Hands turn in every direction: what a hanging arm meets says nothing.
    hands = light_surface(hands, gather_blockers([hands], hair), hair_share=0.0, floor=0.4)
    hands = replace(hands, key_visibility=np.ones(len(hands.points)))
    hair = _shade_hair(hair, anatomy)
    progress("texture", 0.60)
    lashes, lower_lashes = build_lashes(vertices, skin.surface, anatomy)
    creases = find_creases(skin.surface, anatomy, settings.shape.age_years)
    face = paint_skin(skin, (lashes, lower_lashes), creases, anatomy, settings)
    bare = replace(
        bare, texture=face, morph_normals=morph_normals(skin, anatomy),
        creases_um=emboss(skin, anatomy, creases), creasing=creasing(skin.surface, creases),
    )  # fmt: skip
    progress("thinning", 0.90)
    hands = unwrap_surface(_thin(hands, _HAND_TRIANGLES))
    jacket = unwrap_surface(_thin(jacket, _JACKET_TRIANGLES))
    weave = WEAVES[wardrobe.outfit]
    jacket = drape(jacket, rig, weave)
    # a shirt's collar is stiff, and a roll has ribs instead of stitches
    weave = weave if neckline.is_open else RIGID
    lapels = drape(_thin(lapels, _LAPEL_TRIANGLES), rig, weave)
    parts = [
        thin_skin(skin, bare, anatomy, neckline),
        build_mouth(vertices, anatomy, units),
        *eyes,
        lashes,
        replace(hands, texture=paint_hands(hands, rig, settings), extra=None),
        *paint_garment(jacket, lapels, neckline, wardrobe),
    ]
    if top is not None:
        lit = light_surface(top, under, floor=0.2)
        lit = dim_surface(lit, neckline.shade_on_top(top.points))
        parts.append(paint_top(drape(_thin(lit, _TOP_TRIANGLES), rig, SHIRT), neckline, wardrobe))
    if wardrobe.glasses is not None:
        parts.append(build_glasses(vertices, anatomy, parse_linear(wardrobe.glasses)))
    parts.append(replace(hair, tint=parse_linear(settings.hair.colour)))
    progress("done", 1.0)
    floor = anatomy.floor_y
    return HumanModel(
        name=settings.name,
        skeleton=rig.skeleton(floor),
        parts=tuple(finish_part(part, floor) for part in parts),
        eyes=_eyeballs(anatomy),
        iris_colour=parse_linear(settings.iris),
        key_light=KEY_LIGHT,
        landmarks_m=_landmarks(anatomy),
    )


def _thin(surface: Surface, triangles: int) -> Surface:
    """Fewer triangles where form, light and the bones allow it."""
    values = [surface.normals * 0.5, surface.weights[:, _BENDING] * 1.2]
    if surface.occlusion is not None and surface.key_visibility is not None:
        values.append(np.c_[surface.occlusion, surface.key_visibility] * 0.5)
    thin = simplify_mesh(surface.triangles, surface.points, np.concatenate(values, 1), triangles)
    return replace(surface, triangles=thin).without_unused()


def _shade_hair(hair: Surface, anatomy: Anatomy) -> Surface:
    """Inner strands lie in the shadow of outer ones, and low ones in that of the head."""
    if hair.extra is None:
        raise ValueError("the hair has no depth")
    behind = np.clip((anatomy.head_centre[2] - hair.points[:, 2]) / 0.6, 0, 1)
    low = np.clip((anatomy.eye_y - hair.points[:, 1]) / 1.0, 0, 1)
    light = hair.extra[:, 1] * (1 - 0.45 * low * behind)
    return replace(hair, occlusion=light, key_visibility=light)


def _eyeballs(anatomy: Anatomy) -> tuple[Eyeball, Eyeball]:
    radius = anatomy.eye_radius * 0.1
    left, right = (_metres(centre, anatomy) for centre in anatomy.eye_centres)
    return Eyeball("leftEye", left, radius), Eyeball("rightEye", right, radius)


def _landmarks(anatomy: Anatomy) -> dict[str, tuple[float, float, float]]:
    between = (anatomy.eye_centres[0] + anatomy.eye_centres[1]) / 2
    return {
        "eye_line": _metres(between, anatomy),
        "mouth": _metres(anatomy.mouth, anatomy),
        "chin": _metres(anatomy.chin, anatomy),
        "crown": _metres(np.array([0.0, anatomy.crown_y, anatomy.head_centre[2]]), anatomy),
        "neck": _metres(anatomy.neck, anatomy),
    }


def _metres(point: Float[np.ndarray, " 3"], anatomy: Anatomy) -> tuple[float, float, float]:
    x, y, z = (float(v) * 0.1 for v in point - np.array([0.0, anatomy.floor_y, 0.0]))
    return x, y, z
