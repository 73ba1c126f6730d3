"""Painting clothes: seams, buttons, pockets, ribs, and the shadow beside lapels and collars."""

from dataclasses import replace

import numpy as np
from jaxtyping import Float32, Float64
from scipy.spatial import cKDTree

from avatar.body.canvas import Canvas
from avatar.body.collars import SUIT_COLLAR
from avatar.body.colour import parse_linear
from avatar.body.garment import Neckline
from avatar.body.light import KEY_LIGHT
from avatar.body.raster import fill_texture
from avatar.body.surface import Surface
from avatar.presenter import WardrobeSettings

_JACKET_SIZE = 2048
_LAPEL_SIZE = 1024
_SHADOW_REACH, _SHADOW_THROW = 0.16, 0.10
_RIBS = 44
# about a roll neck
_SAMPLES = 6
# along each side of a triangle


def paint_garment(
    garment: Surface, collar: Surface, neckline: Neckline, wardrobe: WardrobeSettings
) -> tuple[Surface, Surface]:
    """The outer garment and its lapels or collar with their cloth as texture."""
    if neckline.is_open:
        return _paint_jacket(garment, collar, neckline, wardrobe), _paint_lapels(collar, wardrobe)
    canvas = _canvas(garment, _JACKET_SIZE, wardrobe.jacket)
    _mottle(canvas)
    if wardrobe.outfit == "shirt":
        _placket(canvas, neckline, wardrobe)
    _cast(canvas, collar, canvas.z > neckline.neck_z - 0.5)
    own = _canvas(collar, _LAPEL_SIZE, wardrobe.jacket)
    across, along = _texels(_LAPEL_SIZE)
    if wardrobe.outfit == "knit":
        ribs = 0.5 + 0.5 * np.cos(along * 2 * np.pi * _RIBS)
        own.shade((1.08 - 0.36 * (1 - ribs) ** 2 + 0 * across)[..., None])
    elif wardrobe.outfit == "shirt":
        _mottle(own)
        _stitch_collar(own, across, along)
    ones = np.ones_like(canvas.x)
    return (
        replace(garment, texture=canvas.finish(ones), tint=(1.0, 1.0, 1.0)),
        replace(collar, texture=own.finish(np.ones_like(own.x)), tint=(1.0, 1.0, 1.0)),
    )


def paint_top(top: Surface, neckline: Neckline, wardrobe: WardrobeSettings) -> Surface:
    """What shows under a jacket."""
    if wardrobe.outfit != "suit":
        return replace(top, tint=parse_linear(wardrobe.top))
    canvas = _canvas(top, _LAPEL_SIZE, wardrobe.top)
    across, along = _texels(_LAPEL_SIZE)
    body = np.broadcast_to(across < SUIT_COLLAR - 0.01, canvas.x.shape)
    on_collar = top.uvs[top.triangles].mean(1)[:, 0] > SUIT_COLLAR - 0.01
    _cast(canvas, replace(top, triangles=top.triangles[on_collar]), body)
    _front_edges(canvas, body)
    for n in range(5):
        _small_button(canvas, (0.0, neckline.first_button_y - 0.72 * n), body)
    _stitch_collar(canvas, (across - SUIT_COLLAR) / (1 - SUIT_COLLAR), along)
    return replace(top, texture=canvas.finish(np.ones_like(canvas.x)), tint=(1.0, 1.0, 1.0))


def _texels(size: int) -> tuple[Float64[np.ndarray, "1 size"], Float64[np.ndarray, "size 1"]]:
    """u and v in the middle of the texels."""
    middle = (np.arange(size) + 0.5) / size
    return middle[None], middle[:, None]


def _cast(canvas: Canvas, above: Surface, where: np.ndarray) -> None:
    """The shadow of cloth that lies on this one: drawn away from the lamp, close and soft."""
    near = cKDTree(_all_over(above))
    reach = 3 * _SHADOW_REACH
    towards_lamp = canvas.positions[where] + _SHADOW_THROW * np.array(KEY_LIGHT)
    thrown, _ = near.query(towards_lamp, distance_upper_bound=reach)
    touching, _ = near.query(canvas.positions[where], distance_upper_bound=reach)
    shade = np.zeros_like(canvas.x)
    shade[where] = 0.30 * np.exp(-((np.minimum(thrown, 9.0) / (0.45 * _SHADOW_REACH)) ** 2))
    shade[where] += 0.24 * np.exp(-((np.minimum(touching, 9.0) / (0.4 * _SHADOW_REACH)) ** 2))
    _darken(canvas, shade)


def _stitch_collar(canvas: Canvas, across: np.ndarray, along: np.ndarray) -> None:
    """A shirt's collar: a seam along its edges, and the inside of its stand in the shade."""
    leaf = (across > 0.42) & (across < 0.79)
    for edge in (0.018, 0.982):
        _darken(canvas, 0.16 * np.exp(-(((along - edge) / 0.0025) ** 2)) * leaf)
    inner = (along > 0.018) & (along < 0.982)
    _darken(canvas, 0.16 * np.exp(-(((across - 0.745) / 0.008) ** 2)) * inner)
    _darken(canvas, 0.30 * np.clip((0.27 - across) / 0.1, 0, 1) * (across > -0.02))
    _darken(canvas, 0.30 * np.clip((across - 0.82) / 0.05, 0, 1))


def _front_edges(canvas: Canvas, where: np.ndarray) -> None:
    """The band that a shirt is buttoned on: its edges, one over the other, and their stitches."""
    for edge, strength, width in ((-0.17, 0.16, 0.010), (0.17, 0.34, 0.012), (0.185, 0.16, 0.03)):
        _darken(canvas, strength * np.exp(-(((canvas.x - edge) / width) ** 2)) * where)
    for edge in (-0.13, 0.13):
        stitch = (np.sin(canvas.y * 90) > -0.2) * np.exp(-(((canvas.x - edge) / 0.006) ** 2))
        _darken(canvas, 0.16 * stitch * where)


def _mottle(canvas: Canvas) -> None:
    tone = 1 + 0.02 * canvas.noise(1.2) + 0.015 * canvas.noise(4) + 0.015 * canvas.noise(50)
    canvas.shade(tone[..., None].repeat(3, 2))


def _placket(canvas: Canvas, neckline: Neckline, wardrobe: WardrobeSettings) -> None:
    """Where a shirt is buttoned, its yoke and its chest pocket."""
    front = canvas.z > neckline.neck_z + 0.2
    _front_edges(canvas, front)
    for y in np.arange(neckline.first_button_y, neckline.hem_y, -0.85):
        _small_button(canvas, (0.0, float(y)), front)
    x, y = canvas.x - 0.75, canvas.y - (neckline.neck_y - 2.0)
    inside = np.maximum(np.abs(x) - 0.36, np.abs(y) - 0.42)
    _darken(canvas, 0.35 * np.exp(-((inside / 0.012) ** 2)) * front)


def _small_button(canvas: Canvas, at: tuple[float, float], front: np.ndarray) -> None:
    distance = np.hypot(canvas.x - at[0], canvas.y - at[1])
    _darken(canvas, 0.35 * np.exp(-((np.maximum(distance - 0.05, 0) / 0.018) ** 2)) * front)
    canvas.blend("#efeae2", np.clip((0.05 - distance) / 0.008, 0, 1) * front)
    rim = np.exp(-(((distance - 0.038) / 0.006) ** 2)) * front
    canvas.blend("#b8b2a8", 0.7 * rim)


def _paint_jacket(
    jacket: Surface, lapels: Surface, neckline: Neckline, wardrobe: WardrobeSettings
) -> Surface:
    """The jacket with its cloth as texture."""
    canvas = _canvas(jacket, _JACKET_SIZE, wardrobe.jacket)
    _weave(canvas)
    front = canvas.z > 0.3
    below = np.clip((neckline.button_y - canvas.y) / 0.05, 0, 1) * front
    closing = np.exp(-(((canvas.x - 0.07) / 0.012) ** 2)) * below
    _darken(canvas, 0.55 * closing)
    _darken(canvas, 0.16 * _step(0.07 - canvas.x, 0.10) * (canvas.x < 0.07) * below)
    for side in (-1, 1):
        _pocket(canvas, side, neckline)
    _cast(canvas, lapels, front)
    _button(canvas, (0.0, neckline.button_y - 0.22), wardrobe.button, front)
    texture = canvas.finish(np.ones_like(canvas.x))
    return replace(jacket, texture=texture, tint=(1.0, 1.0, 1.0))


def _paint_lapels(lapels: Surface, wardrobe: WardrobeSettings) -> Surface:
    """Lapels and collar in the same wool, stitched along their edges."""
    canvas = _canvas(lapels, _LAPEL_SIZE, wardrobe.lapel)
    _weave(canvas)
    u, v = _texels(_LAPEL_SIZE)
    for edge in (0.213, 0.463):
        _darken(canvas, 0.20 * np.exp(-(((u - edge) / 0.002) ** 2)) * (v < 0.97))
    on_collar = u > 0.51
    # the gorge: where the collar is sewn to the lapels
    for end in (0.012, 0.988):
        _darken(canvas, 0.55 * np.exp(-(((v - end) / 0.004) ** 2)) * on_collar)
    # the edge turned down, and the inside of the stand
    _darken(canvas, 0.45 * np.clip((u - 0.915) / 0.02, 0, 1) * np.ones_like(v))
    _darken(canvas, 0.30 * np.clip((0.60 - u) / 0.04, 0, 1) * on_collar)
    return replace(lapels, texture=canvas.finish(np.ones_like(canvas.x)), tint=(1.0, 1.0, 1.0))


def _canvas(surface: Surface, size: int, colour: str) -> Canvas:
    corners = surface.uvs[surface.triangles]
    filled, _ = fill_texture(corners, surface.points[surface.triangles], size)
    return Canvas(filled, colour, seed=31)


def _weave(canvas: Canvas) -> None:
    """Mottled wool with soft folds."""
    x, y, z = canvas.x, canvas.y, canvas.z
    twill = np.sin((x + y + 0.6 * z) * 150.0)
    tone = 1 + 0.03 * canvas.noise(0.8) + 0.015 * canvas.noise(3) + 0.015 * twill
    canvas.shade(tone[..., None].repeat(3, 2))


def _all_over(surface: Surface) -> Float64[np.ndarray, "points 3"]:
    """Points close together: from vertices alone a shadow beside an edge would be scalloped."""
    share = np.arange(_SAMPLES + 1) / _SAMPLES
    a, b = (grid.ravel() for grid in np.meshgrid(share, share))
    inside = a + b <= 1 + 1e-9
    corners = np.stack([a, b, 1 - a - b], 1)[inside]
    out: np.ndarray = np.einsum("sc,tcx->tsx", corners, surface.points[surface.triangles])
    return out.reshape(-1, 3)


def _darken(canvas: Canvas, share: Float32[np.ndarray, "size size"]) -> None:
    canvas.shade((1 - np.clip(share, 0, 1))[..., None].repeat(3, 2))


def _step(distance: Float32[np.ndarray, "size size"], reach: float) -> np.ndarray:
    """1 at distance 0, falling to 0 at `reach`."""
    out: np.ndarray = np.clip(1 - distance / reach, 0, 1)
    return out


def _pocket(canvas: Canvas, side: int, neckline: Neckline) -> None:
    """A flap: a dark line above, a soft shadow below."""
    x, y = canvas.x * side, canvas.y - (neckline.button_y - 0.85) - 0.06 * (canvas.x * side)
    across = np.clip(np.minimum(x - 0.50, 1.12 - x) / 0.012, 0, 1) * (canvas.z > 0.1)
    _darken(canvas, 0.55 * across * np.exp(-((y / 0.010) ** 2)))
    flap = (y < 0) & (y > -0.24)
    under = np.where(y > -0.24, 0.006, 0.035)
    _darken(canvas, 0.42 * across * np.exp(-(((y + 0.24) / under) ** 2)))
    edges = np.exp(-(((x - 0.50) / 0.010) ** 2)) + np.exp(-(((x - 1.12) / 0.010) ** 2))
    _darken(canvas, 0.18 * edges * flap * (canvas.z > 0.1))


def _button(canvas: Canvas, at: tuple[float, float], colour: str, front: np.ndarray) -> None:
    distance = np.hypot(canvas.x - at[0], canvas.y - at[1])
    _darken(canvas, 0.5 * np.exp(-((np.maximum(distance - 0.085, 0) / 0.03) ** 2)) * front)
    disc = np.clip((0.085 - distance) / 0.008, 0, 1) * front
    canvas.blend(colour, disc)
    rim = np.exp(-(((distance - 0.068) / 0.008) ** 2)) * front
    canvas.blend("#5a5458", 0.6 * rim)
    for dx, dy in ((-0.02, -0.02), (0.02, -0.02), (-0.02, 0.02), (0.02, 0.02)):
        hole = np.hypot(canvas.x - at[0] - dx, canvas.y - at[1] - dy)
        canvas.blend("#080808", np.clip((0.011 - hole) / 0.006, 0, 1) * front)
