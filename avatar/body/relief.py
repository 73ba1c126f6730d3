"""Creases pressed into the skin, and how far each face unit presses them."""

from typing import Final

import cv2
import numpy as np
from jaxtyping import Float, Int16
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist

from avatar.body.anatomy import Anatomy
from avatar.body.creases import Crease, Kind
from avatar.body.mesh import vertex_normals
from avatar.body.raster import fill_texture
from avatar.body.skin import CYLINDER_TOP, Skin, outwardness
from avatar.body.surface import Surface
from core.blendshapes import COUNT, INDEX

_SIZE: Final = 1024
_REACH: Final = 0.10
# how far beyond a crease its face units still count, fading; decimetres
_MIDLINE: Final = 0.05
# half of the strip in which left passes into right
_LIGHT_FOLLOWS: Final = 0.5
# of the turn of a normal: light goes round in skin, and a coarse mesh folds more sharply than it
_LID: Final = 1.3
# lids end so many radii from the middle of the eye; there light begins to follow

_DRAWN_BY: Final[dict[Kind, dict[str, float]]] = {
    "cheek": {"mouthSmile": 1.0, "noseSneer": 0.5, "mouthUpperUp": 0.3, "mouthDimple": 0.3,
              "cheekSquint": 0.2},
    "corner": {"mouthDimple": 1.0, "mouthSmile": 0.8, "mouthStretch": 0.4, "mouthPress": 0.3},
    "eye": {"eyeSquint": 0.7, "cheekSquint": 0.5, "mouthSmile": 0.35},
    "lid": {"cheekSquint": 0.7, "eyeSquint": 0.7, "mouthSmile": 0.15},
    "forehead": {"browOuterUp": 1.0, "browInnerUp": 1.0},
    "frown": {"browDown": 1.0, "noseSneer": 0.3},
    "lips": {"mouthPucker": 0.9, "mouthFunnel": 0.4, "mouthPress": 0.5},
}  # fmt: skip


def emboss(
    skin: Skin, anatomy: Anatomy, creases: list[Crease]
) -> Int16[np.ndarray, "rows columns"]:
    """Heights of all creases at once over the skin's own UVs, in micrometres; 0 elsewhere."""
    surface = skin.surface
    corners = surface.uvs[surface.triangles]
    places = skin.spread_points[surface.triangles]
    # the face alone, which the seam of the cylinder does not cross
    face = places[..., 2].max(1) > anatomy.head_centre[2]
    face &= np.ptp(corners[..., 0], axis=1) < 0.5
    corners, places = corners[face], places[face]
    filled, inside = fill_texture(corners, places, _SIZE, outwardness(places, anatomy))
    front = inside & (filled[..., 2] > anatomy.head_centre[2])
    front &= (np.arange(_SIZE) < CYLINDER_TOP * _SIZE)[:, None]
    out = np.zeros((_SIZE, _SIZE))
    for crease in creases:
        reach = 7 * crease.width
        low, high = crease.curve.min(0) - reach, crease.curve.max(0) + reach
        near = front & (filled[..., :2] > low).all(-1) & (filled[..., :2] < high).all(-1)
        out[near] += _profile(crease, filled[near][:, :2])
    smooth = cv2.GaussianBlur(out, (0, 0), 0.7)
    return np.ascontiguousarray(np.clip(smooth, -30000, 30000)[::-1].round().astype(np.int16))


def _profile(crease: Crease, places: Float[np.ndarray, "places 2"]) -> Float[np.ndarray, " places"]:
    """A groove; skin that has to go somewhere rises beside it, of a cheek only further out."""
    away, nearest = cKDTree(crease.curve).query(places)
    depth = crease.depth_um * crease.fade[nearest]
    groove = -np.exp(-((away / crease.width) ** 2))
    if crease.kind == "cheek":
        along = np.gradient(crease.curve, axis=0)[nearest]
        aside = places - crease.curve[nearest]
        left = along[:, 0] * aside[:, 1] - along[:, 1] * aside[:, 0]
        outward = left * np.sign(crease.curve[0, 0]) > 0
        beside = np.exp(-(((away - 2.8 * crease.width) / (2.0 * crease.width)) ** 2)) * outward
        beside *= np.clip(away / crease.width, 0, 1)
    else:
        beside = 0.35 * np.exp(-(((away - 2.2 * crease.width) / (1.2 * crease.width)) ** 2))
    out: np.ndarray = depth * (groove + beside)
    return out


def creasing(surface: Surface, creases: list[Crease]) -> Float[np.ndarray, "52 vertices"]:
    """How far each face unit draws the creases about each vertex, 0 to 1."""
    x = surface.points[:, 0]
    left = np.clip(0.5 + x / (2 * _MIDLINE), 0, 1)
    middle = np.exp(-((x / 0.24) ** 2))
    out, total = np.zeros((COUNT, len(x))), np.zeros(len(x))
    for kind, units in _DRAWN_BY.items():
        near = np.zeros(len(x))
        for crease in (c for c in creases if c.kind == kind):
            away, _ = cKDTree(crease.curve).query(surface.points[:, :2])
            near = np.maximum(near, np.clip(1 - (away - 5 * crease.width) / _REACH, 0, 1))
        near *= (surface.normals[:, 2] > -0.2) & (surface.uvs[:, 1] <= CYLINDER_TOP)
        total += near
        for unit, weight in units.items():
            sides = {"": 1.0} if unit in INDEX else {"Left": left, "Right": 1 - left}
            share = weight * near
            if unit == "browInnerUp":
                share = share * (0.3 + 0.7 * middle)
            elif unit == "browOuterUp":
                share = share * (1 - 0.6 * middle)
            for suffix, side in sides.items():
                out[INDEX[unit + suffix]] += share * side
    result: np.ndarray = out / np.maximum(total, 1)
    return result


def morph_normals(skin: Skin, anatomy: Anatomy) -> Float[np.ndarray, "52 vertices 3"]:
    """What each face unit adds to the normals: where it bulges the skin, light follows."""
    surface = skin.surface
    if surface.morphs is None:
        raise ValueError("the skin has no morphs")
    out = np.zeros(surface.morphs.shape)
    moved = np.empty_like(skin.welded_points)
    # lids keep the light that they have when shut: open, there is too little of them to turn
    away = cdist(surface.points, np.stack(anatomy.eye_centres)).min(1) / anatomy.eye_radius
    share = _LIGHT_FOLLOWS * np.clip((away - _LID) / _LID, 0, 1)
    share[surface.uvs[:, 1] > CYLINDER_TOP] = 0.0
    still = vertex_normals(skin.welded_points, skin.welded)[skin.source]
    for i, morph in enumerate(surface.morphs):
        if not morph.any():
            continue
        moved[:] = skin.welded_points
        moved[skin.source] += morph
        turned = vertex_normals(moved, skin.welded)[skin.source]
        out[i] = share[:, None] * (turned - still)
    return out
