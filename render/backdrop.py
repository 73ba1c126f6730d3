"""The room behind the presenter and the table before: painted in linear light, then out of focus.

Painting before blurring is what makes it look like a lens: lamps brighter than white spread into
discs, as they do in a photograph.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from jaxtyping import Float32, UInt8

from render.scene import Colour, Room

_PAINT_HEIGHT_PX = 720
_BLUR = 0.0125
# radius of the disc of confusion, in picture heights
_TABLE_SHARE = 0.085
# of the picture's height


def paint_room(room: Room, width_px: int, height_px: int) -> UInt8[np.ndarray, "h w 3"]:
    """The room as a camera focused on the presenter sees it, sRGB."""
    height = min(_PAINT_HEIGHT_PX, height_px)
    canvas = _Canvas.blank(round(height * width_px / height_px), height)
    rng = np.random.default_rng(room.seed)
    (_paint_daylight if room.style == "daylight" else _paint_night)(canvas, room, rng)
    light = _defocus(canvas.light, _BLUR * height)
    light = cv2.resize(light, (width_px, height_px), interpolation=cv2.INTER_CUBIC)
    picture = _encode(light)
    grain = rng.normal(0.0, 0.0035, (height_px, width_px, 1)).astype(np.float32)
    out: np.ndarray = (np.clip(picture + grain, 0.0, 1.0) * 255 + 0.5).astype(np.uint8)
    return out


def paint_table(room: Room, width_px: int, height_px: int) -> UInt8[np.ndarray, "rows w 3"]:
    """The table's edge at the foot of the picture."""
    rows = round(height_px * _TABLE_SHARE)
    rng = np.random.default_rng(room.seed + 1)
    v, u = np.mgrid[0:rows, 0:width_px].astype(np.float32)
    v, u = v / rows, (u - width_px / 2) / height_px
    grain = cv2.GaussianBlur(
        rng.normal(0, 1, (rows, width_px)).astype(np.float32), (0, 0), 22, None, 1.2
    )
    top = (
        0.80
        + 0.35 * np.exp(-(((v - 0.22) / 0.3) ** 2))
        + 0.35 * np.exp(-(((u + 0.16) / 0.22) ** 2))
    )
    edge = np.clip((v - 0.62) / 0.05, 0, 1)
    shade = top * (1 - edge) + 0.42 * edge * (1.15 - 0.5 * v)
    shade = shade * (1 + 1.2 * grain) * (1 - 0.25 * np.abs(u))
    lip = 0.35 * np.exp(-(((v - 0.60) / 0.025) ** 2))
    picture = _encode((shade + lip)[..., None] * np.array(room.table, np.float32))
    out: np.ndarray = (picture * 255 + 0.5).astype(np.uint8)
    return out


@dataclass(slots=True)
class _Canvas:
    """Linear light, with painting in picture heights: u to the right from the middle, v down."""

    light: Float32[np.ndarray, "h w 3"]
    u: Float32[np.ndarray, "h w"]
    v: Float32[np.ndarray, "h w"]

    @staticmethod
    def blank(width: int, height: int) -> "_Canvas":
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        return _Canvas(
            np.zeros((height, width, 3), np.float32),
            (x - width / 2 + 0.5) / height,
            (y + 0.5) / height,
        )

    def window(self, u0: float, v0: float, u1: float, v1: float) -> "_Canvas":
        """The part of the canvas round a small thing, sharing its light."""
        rows, columns = self.light.shape[:2]
        x0, x1 = (round(u * rows + columns / 2) for u in (u0, u1))
        y0, y1 = (round(v * rows) for v in (v0, v1))
        part = slice(max(0, y0), max(0, y1)), slice(max(0, x0), max(0, x1))
        return _Canvas(self.light[part], self.u[part], self.v[part])

    def fill(self, cover: np.ndarray, colour: object) -> None:
        k = np.clip(cover, 0.0, 1.0)[..., None]
        self.light += k * (np.asarray(colour, np.float32) - self.light)

    def add(self, amount: np.ndarray, colour: Colour) -> None:
        self.light += amount[..., None] * np.asarray(colour, np.float32)

    def box(self, u0: float, v0: float, u1: float, v1: float, soft: float = 0.003) -> np.ndarray:
        """Cover of a rectangle with soft edges."""
        inside = np.minimum(
            np.minimum(self.u - u0, u1 - self.u), np.minimum(self.v - v0, v1 - self.v)
        )
        return np.clip(inside / soft + 0.5, 0.0, 1.0)

    def disc(self, u: float, v: float, ru: float, rv: float) -> np.ndarray:
        """Cover of an ellipse."""
        r = np.sqrt(((self.u - u) / ru) ** 2 + ((self.v - v) / rv) ** 2)
        return np.clip((1 - r) * min(ru, rv) / 0.003 + 0.5, 0.0, 1.0)

    def glow(self, u: float, v: float, ru: float, rv: float) -> np.ndarray:
        return np.exp(-(((self.u - u) / ru) ** 2) - ((self.v - v) / rv) ** 2)


def _paint_daylight(canvas: _Canvas, room: Room, rng: np.random.Generator) -> None:
    u, v = canvas.u, canvas.v
    wall = np.asarray(room.wall, np.float32)
    falloff = 0.50 + 0.60 * np.exp(-np.clip(u + 0.30, 0, None) / 0.75) - 0.16 * v
    canvas.light[:] = wall * falloff[..., None]
    # panel mouldings of the wall
    for left in (-0.135, 0.60):
        _panel(canvas, left, 0.06, left + 0.24, 0.70, wall * 0.60)
    _window(canvas, -0.98, 0.02, -0.20, 0.92)
    _shelves(canvas, room, rng, 0.158, 0.78, (0.155, 0.335, 0.515, 0.70), 0.20)
    _lamp(canvas, room, 0.228, 0.335, 0.45)
    _plant(canvas, rng, -0.235, 1.0, 0.40)
    canvas.light *= (1.0 - 0.20 * np.abs(u) - 0.10 * (v - 0.3) ** 2)[..., None]


def _paint_night(canvas: _Canvas, room: Room, rng: np.random.Generator) -> None:
    u, v = canvas.u, canvas.v
    wall = np.asarray(room.wall, np.float32)
    canvas.light[:] = (
        wall * (0.75 + 0.5 * np.exp(-((u / 0.4) ** 2) - ((v - 0.3) / 0.4) ** 2))[..., None]
    )
    # a strip of violet light along the wall's cove
    for side in (-1.0, 1.0):
        at = side * 0.132
        canvas.fill(canvas.box(at - 0.0035, 0.0, at + 0.0035, 0.80), (2.4, 1.25, 3.2))
        canvas.add(np.exp(-np.abs(u - at) / 0.06) * 0.13, (0.75, 0.35, 1.0))
    _shelves(canvas, room, rng, 0.165, 0.78, (0.155, 0.335, 0.515, 0.70), 0.34)
    _shelves(canvas, room, rng, -0.78, -0.165, (0.205, 0.405, 0.605), 0.34)
    _lamp(canvas, room, 0.228, 0.335, 0.8)
    _lamp(canvas, room, -0.232, 0.405, 0.7)
    _plant(canvas, rng, -0.25, 1.0, 0.36)
    for _ in range(26):
        # a string of small lights
        k = rng.uniform(-0.8, 0.8)
        if abs(k) > 0.13:
            y = 0.055 + 0.05 * np.cos(k * 9.0) + rng.normal(0, 0.006)
            canvas.fill(canvas.disc(k, y, 0.0045, 0.0045), np.asarray(room.lamp) * 7.0)
    canvas.light *= (1.08 - 0.35 * np.abs(u) - 0.25 * (v - 0.3) ** 2)[..., None]


def _panel(c: _Canvas, u0: float, v0: float, u1: float, v1: float, dark: np.ndarray) -> None:
    frame = c.box(u0, v0, u1, v1) - c.box(u0 + 0.008, v0 + 0.008, u1 - 0.008, v1 - 0.008)
    c.fill(frame * 0.35, dark)
    lit = c.box(u0 + 0.008, v0 + 0.008, u1, v1) - c.box(u0 + 0.012, v0 + 0.012, u1, v1)
    c.fill(lit * 0.25, dark * 2.2)


def _window(c: _Canvas, u0: float, v0: float, u1: float, v1: float) -> None:
    """A bright window behind sheer curtains."""
    sky = np.stack([1.9 - 0.5 * c.v, 1.95 - 0.45 * c.v, 2.05 - 0.40 * c.v], -1)
    trees = np.clip((c.v - 0.42 - 0.03 * np.sin(c.u * 19) - 0.02 * np.sin(c.u * 43)) / 0.1, 0, 1)
    outside = sky * (1 - 0.55 * trees[..., None] * np.array([1.0, 0.78, 1.10], np.float32))
    cover = c.box(u0, v0, u1, v1)
    c.light += cover[..., None] * (outside - c.light)
    for bar in np.arange(u0, u1 + 0.01, (u1 - u0) / 4):
        c.fill(c.box(bar - 0.010, v0, bar + 0.010, v1), (0.80, 0.78, 0.75))
    for bar in (v0, v0 + (v1 - v0) * 0.36, v1):
        c.fill(c.box(u0, bar - 0.009, u1, bar + 0.009), (0.78, 0.76, 0.73))
    folds = 0.62 + 0.20 * np.sin(c.u * 150 + 3 * np.sin(c.u * 31)) + 0.12 * np.sin(c.u * 83 + 1.0)
    sheer = c.box(u1 - 0.20, 0.0, u1 + 0.055, 1.0, 0.012) + c.box(
        u0 - 0.3, 0.0, u0 + 0.2, 1.0, 0.012
    )
    cloth = (0.80 + 0.55 * folds)[..., None] * np.array([1.0, 0.965, 0.92], np.float32)
    c.light += np.clip(sheer * (0.55 + 0.3 * folds), 0, 1)[..., None] * (cloth - c.light)
    c.add(np.exp(-np.clip(c.u - u1, 0, None) / 0.10) * 0.10, (1.0, 0.97, 0.92))


def _shelves(
    c: _Canvas,
    room: Room,
    rng: np.random.Generator,
    u0: float,
    u1: float,
    boards: tuple[float, ...],
    lamp_share: float,
) -> None:
    """Boards with things on them and a strip of warm light under each."""
    wood = np.asarray(room.wood, np.float32)
    back = wood * 0.62 + np.asarray(room.wall, np.float32) * 0.22
    inside = c.box(u0, 0.0, u1, 0.86)
    c.fill(inside, back)
    top = 0.0
    for board in boards:
        # light from the strip above falls down the back
        fall = np.clip(1 - (c.v - top) / (board - top), 0, 1) * (c.v > top) * (c.v < board)
        c.add(inside * fall**2.0 * lamp_share, room.lamp)
        _things(c, room, rng, u0 + 0.012, u1 - 0.012, top, board, lamp_share)
        e = c.window(u0 - 0.01, board - 0.01, u1 + 0.01, board + 0.03)
        grain = 1 + 0.12 * np.sin(e.u * 60 + 4 * np.sin(e.u * 17 + board * 30))
        e.fill(e.box(u0, board, u1, board + 0.017), (wood * 1.25) * grain[..., None])
        strip = np.asarray(room.lamp) * (0.4 + 2.2 * lamp_share)
        e.fill(e.box(u0, board + 0.017, u1, board + 0.020), strip)
        top = board + 0.020
    for side in (u0, u1):
        c.fill(c.box(side - 0.008, 0.0, side + 0.008, 0.86), wood * 0.95)


def _things(
    shelf: _Canvas,
    room: Room,
    rng: np.random.Generator,
    u0: float,
    u1: float,
    top: float,
    foot: float,
    lamp_share: float,
) -> None:
    """Bottles, jars, boxes and books, lit from the left and a little from above."""
    at = u0 + rng.uniform(0.0, 0.02)
    while at < u1 - 0.07:
        colour = _accent(room, rng)
        kind = rng.integers(4)
        size = rng.uniform(0.85, 1.2)
        width = (0.028, 0.040, 0.055, 0.075)[kind] * size
        height = min(
            (foot - top) * 0.86, (0.115, 0.066, 0.092, 0.112)[kind] * rng.uniform(0.85, 1.2)
        )
        mid, over = at + width / 2, foot - height
        c = shelf.window(at - 0.02, over - 0.02, at + width + 0.04, foot + 0.01)
        lit = 0.50 + 0.55 * np.clip((mid - c.u) / width + 0.35, 0, 1)
        lit = (lit + 0.8 * lamp_share * np.clip(1 - (c.v - over) / height, 0, 1))[..., None]
        body = colour * lit
        # what stands there darkens the board and the back a little
        c.fill(
            c.box(at + 0.006, over + 0.01, at + width + 0.012, foot, 0.02) * 0.35,
            (0.04, 0.03, 0.02),
        )
        if kind == 0:
            c.fill(c.box(at, foot - height * 0.74, at + width, foot), body)
            c.fill(
                c.box(mid - width * 0.22, over, mid + width * 0.22, foot - height * 0.72),
                (0.62, 0.45, 0.22),
            )
            c.fill(
                c.box(
                    at + width * 0.18, foot - height * 0.52, at + width * 0.82, foot - height * 0.22
                ),
                body * 0.4 + 0.35,
            )
        elif kind == 1:
            c.fill(c.box(at, foot - height * 0.7, at + width, foot), body * 0.6 + 0.2 * lit)
            c.fill(c.box(at - 0.002, over, at + width + 0.002, foot - height * 0.68), body * 0.55)
        elif kind == 2:
            c.fill(c.box(at, over, at + width, foot), body)
            c.fill(
                c.box(at, foot - height * 0.62, at + width, foot - height * 0.52), body * 0.5 + 0.25
            )
        else:
            for spine in np.arange(at, at + width - 0.01, 0.0145):
                tall = height * rng.uniform(0.78, 1.0)
                c.fill(
                    c.box(spine, foot - tall, spine + 0.013, foot), _accent(room, rng) * 0.8 * lit
                )
        at += width + rng.choice([0.006, 0.010, 0.030, 0.055])


def _accent(room: Room, rng: np.random.Generator) -> np.ndarray:
    return np.asarray(room.accents[rng.integers(len(room.accents))], np.float32)


def _lamp(wall: _Canvas, room: Room, u: float, foot: float, strength: float) -> None:
    """A small table lamp that is on."""
    lamp = np.asarray(room.lamp, np.float32)
    c = wall.window(u - 0.4, foot - 0.45, u + 0.4, foot + 0.3)
    c.fill(c.box(u - 0.003, foot - 0.05, u + 0.003, foot), (0.30, 0.22, 0.12))
    c.fill(c.disc(u, foot, 0.022, 0.008), (0.34, 0.25, 0.14))
    slope = np.clip((c.v - (foot - 0.105)) / 0.06, 0, 1)
    shade = np.clip((0.022 + 0.018 * slope - np.abs(c.u - u)) / 0.003 + 0.5, 0, 1)
    shade = shade * (c.v > foot - 0.105) * (c.v < foot - 0.045)
    hot = 1.1 + 2.2 * c.glow(u, foot - 0.068, 0.028, 0.022)
    c.light += shade[..., None] * (hot[..., None] * lamp * (1.0 + strength) - c.light)
    c.add(c.glow(u, foot - 0.07, 0.13, 0.13) * 0.42 * strength, room.lamp)


def _plant(floor: _Canvas, rng: np.random.Generator, u: float, foot: float, height: float) -> None:
    """Long leaves out of a pot on the floor."""
    for _ in range(26):
        lean = rng.normal(0.0, 0.55)
        length = height * rng.uniform(0.6, 1.15)
        steps = np.linspace(0, 1, 48)
        x = u + np.sin(lean) * length * steps + 0.05 * lean * steps**2
        y = foot - np.cos(lean * 0.8) * length * steps + 0.10 * abs(lean) * steps**2
        tone = rng.uniform(0.5, 1.25)
        for px, py, s in zip(x, y, steps, strict=True):
            r = 0.012 * np.sin(np.pi * (0.12 + 0.86 * s)) + 0.001
            c = floor.window(px - 2 * r, py - 2 * r, px + 2 * r, py + 2 * r)
            green = np.array([0.085, 0.14, 0.06]) * tone * (0.5 + 0.9 * s)
            c.fill(c.disc(px, py, r, r * 1.4) * 0.9, green)


def _defocus(light: np.ndarray, radius_px: float) -> np.ndarray:
    """Each point becomes a disc, a little brighter at its border as real lenses have it."""
    size = int(radius_px) + 1
    y, x = np.mgrid[-size : size + 1, -size : size + 1]
    r = np.hypot(x, y)
    kernel = np.clip(radius_px - r + 0.5, 0, 1) * (0.85 + 0.15 * np.clip(r / radius_px, 0, 1) ** 3)
    out: np.ndarray = cv2.filter2D(
        light, cv2.CV_32F, (kernel / kernel.sum()).astype(np.float32), borderType=cv2.BORDER_REFLECT
    )
    return out


def _encode(light: np.ndarray) -> np.ndarray:
    """Linear light to sRGB with a shoulder, so that lamps do not clip hard."""
    c = np.clip(light, 0.0, None) * 0.85
    c = (c * (2.51 * c + 0.03)) / (c * (2.43 * c + 0.59) + 0.14)
    out: np.ndarray = np.sqrt(np.clip(c, 0.0, 1.0)).astype(np.float32)
    return out
