"""The blazer's notched lapels and the collar around the neck."""

import numpy as np
from jaxtyping import Float
from scipy.interpolate import LinearNDInterpolator, NearestNDInterpolator
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import cKDTree

from avatar.body.anatomy import Anatomy
from avatar.body.garment import Neckline
from avatar.body.mesh import grid_quads, split_quads, unit, vertex_normals
from avatar.body.surface import Surface, join_surfaces

_ROWS, _COLUMNS = 30, 10
_ACROSS = np.r_[-0.03, np.linspace(-0.02, 1, _COLUMNS - 2), 1.01]
_NOTCH = 0.72
# how far up the V the lapel ends and the collar starts
_COLLAR_POINTS = 61
_SECTION = np.array(
    [[0.00, -1.2], [0.00, 0.3], [0.02, 1.0], [0.07, 1.1], [0.14, 0.8], [0.22, 0.4], [0.31, 0.1],
     [0.39, 0.0], [0.40, -0.2]]
)  # fmt: skip
# across the collar from inside the neck over the fold to its edge: over the cloth, and upwards in
# heights of the stand
_STAND = 0.13
_END_REACH, _END_NARROW, _END_SLANT = 0.45, 0.22, 0.26
# the collar's ends at the notches
_CLEAR = np.array([-0.3, -0.3, 0.02, 0.05, 0.065, 0.065, 0.06, 0.05, -0.02])
# how far each stays off the jacket


def build_lapels(jacket: Surface, anatomy: Anatomy, neckline: Neckline) -> Surface:
    """Both lapels and the collar, as one surface without colour and light.

    Args:
        jacket: uncut, so that its surface is known all around.
    """
    sides = [_build_lapel(jacket, neckline, sign) for sign in (1.0, -1.0)]
    return join_surfaces("lapels", [*sides, _build_collar(jacket, anatomy, neckline)])


def _build_lapel(jacket: Surface, neckline: Neckline, sign: float) -> Surface:
    chest = jacket.points[jacket.points[:, 2] > 0]
    depth_at = LinearNDInterpolator(chest[:, :2], chest[:, 2])
    grid = _lapel_grid(neckline, sign)
    z = depth_at(grid[..., 0], grid[..., 1])
    for row in range(1, len(z)):
        z[row] = np.where(np.isfinite(z[row]), z[row], z[row - 1])
    # Its first and last column go down to the jacket, so that it has thickness.
    lift = 0.035 + 0.03 * np.sin(np.pi * np.clip(_ACROSS, 0, 1))
    lift[[0, -1]] = -0.10, -0.02
    grid[..., 2] = z + lift
    side = 0 if sign > 0 else 1
    return lay_cloth(grid, jacket, (0.25 * side, 0.0), (0.24, 1.0), flip=sign < 0)


def _lapel_grid(neckline: Neckline, sign: float) -> Float[np.ndarray, "rows columns 3"]:
    along = np.linspace(0, 1, _ROWS)
    low = neckline.button_y + 0.05
    high = neckline.button_y + _NOTCH * (neckline.collar_y - neckline.button_y)
    y = low + along * (high - low)
    edge = neckline.half_width(y)
    width = 0.44 * np.interp(along, [0, 0.85, 1], [0.02, 0.98, 1.10])
    # The top edge rises outwards, to a point.
    rows = y[:, None] - 0.10 * _ACROSS * (along * (1 - along) * 2)[:, None]
    rows = rows + 0.10 * np.clip(_ACROSS, 0, 1) * (along**6)[:, None]
    x = edge[:, None] + width[:, None] * _ACROSS
    return np.stack([sign * x, rows, np.zeros_like(x)], -1)


def _build_collar(jacket: Surface, anatomy: Anatomy, neckline: Neckline) -> Surface:
    """From one notch around the neck to the other, folded over itself."""
    axis = np.array([0.0, 0.0, anatomy.neck[2]])
    curve = _neck_curve(jacket, axis, neckline)
    tree = cKDTree(jacket.points)
    _, nearest = tree.query(curve, 12)
    surface = unit(jacket.normals[nearest].mean(1))
    across = unit(np.cross(np.gradient(curve, axis=0), surface))
    away = unit((curve - axis) * [1, 0, 1]) * 0.5 - [0, 1, 0]
    across *= np.sign((across * away).sum(1, keepdims=True))
    across = unit(gaussian_filter1d(across, 2.0, axis=0, mode="nearest"))
    along = np.linspace(0, 1, len(curve))
    stand = _STAND * np.clip(np.minimum(along, 1 - along) / 0.22 - 0.25, 0, 1)
    # Towards the notch it narrows, and the outer half of its end turns up, away from the lapel.
    length = np.linalg.norm(np.diff(curve, axis=0), axis=1).sum()
    end = np.exp(-(((np.minimum(along, 1 - along) * length) / _END_REACH) ** 2))
    wide = _SECTION[:, 0] * (1 - _END_NARROW * end)[:, None]
    grid = curve[:, None] + across[:, None] * wide[..., None]
    slant = _END_SLANT * np.clip((_SECTION[:, 0] - 0.20) / 0.19, 0, 1)
    onwards = unit(np.gradient(curve, axis=0)) * (np.sign(0.5 - along) * end)[:, None]
    grid = grid + onwards[:, None] * slant[:, None]
    grid[..., 1] += stand[:, None] * _SECTION[:, 1]
    grid[:, 0] -= surface * 0.12
    for _ in range(3):
        away, index = tree.query(grid, 5)
        share = 1 / (away + 0.02)
        share /= share.sum(-1, keepdims=True)
        normal = unit((jacket.normals[index] * share[..., None]).sum(2))
        height = (((grid[:, :, None] - jacket.points[index]) * jacket.normals[index]).sum(-1)
                  * share).sum(2)  # fmt: skip
        grid = grid + normal * np.clip(_CLEAR - height, 0, 0.3)[..., None]
    grid[:, 2:] = gaussian_filter1d(grid[:, 2:], 1.2, axis=0, mode="nearest")
    return lay_cloth(grid, jacket, (0.52, 0.0), (0.46, 1.0), flip=False)


def _neck_curve(
    jacket: Surface, axis: Float[np.ndarray, " 3"], neckline: Neckline
) -> Float[np.ndarray, "points 3"]:
    """Where the collar sits: up the V, round the back of the neck, and down the V."""
    high = jacket.points[jacket.points[:, 1] > neckline.neck_y - 1.4]
    angle = np.arctan2(high[:, 0], high[:, 2] - axis[2])
    radius = np.hypot(high[:, 0], high[:, 2] - axis[2])
    radius_at = NearestNDInterpolator(np.c_[angle, high[:, 1]], radius)
    along = np.linspace(_NOTCH - 0.02, 1.0, 16)
    y = neckline.button_y + along * (neckline.collar_y - neckline.button_y)
    # flush with the lapels, whose edge is laid inwards
    x = neckline.half_width(y) - 0.012
    chest = jacket.points[jacket.points[:, 2] > 0]
    z = LinearNDInterpolator(chest[:, :2], chest[:, 2])(x, y)
    keep = np.isfinite(z)
    front = np.stack([x[keep], y[keep], z[keep]], 1)
    first = np.arctan2(front[-1, 0], front[-1, 2] - axis[2])
    turn = np.linspace(first, np.pi, 26)[1:]
    back_y = np.interp(turn, [first, np.pi / 2, np.pi],
                       [front[-1, 1], neckline.neck_y + 0.22, neckline.neck_y + 0.34])  # fmt: skip
    back_r = gaussian_filter1d(radius_at(turn, back_y), 3, mode="nearest") + 0.03
    back = np.stack([back_r * np.sin(turn), back_y, axis[2] + back_r * np.cos(turn)], 1)
    half = gaussian_filter1d(np.concatenate([front, back]), 1.5, axis=0, mode="nearest")
    half[-1, 0] = 0.0
    whole = np.concatenate([half, half[-2::-1] * [-1, 1, 1]])
    length = np.r_[0, np.cumsum(np.linalg.norm(np.diff(whole, axis=0), axis=1))]
    at = np.linspace(0, length[-1], _COLLAR_POINTS)
    return np.stack([np.interp(at, length, whole[:, k]) for k in range(3)], 1)


def lay_cloth(
    grid: Float[np.ndarray, "rows columns 3"], jacket: Surface, corner: tuple[float, float],
    extent: tuple[float, float], *, flip: bool,
) -> Surface:  # fmt: skip
    """A grid of cloth that moves with the jacket under it."""
    rows, columns = grid.shape[:2]
    quads = grid_quads(rows, columns)
    triangles = split_quads(quads[:, ::-1] if flip else quads)
    points = grid.reshape(-1, 3)
    away, nearest = cKDTree(jacket.points).query(points, 4)
    share = 1 / (away + 0.02)
    share /= share.sum(1, keepdims=True)
    u = corner[0] + extent[0] * np.tile(np.linspace(0.02, 0.98, columns), rows)
    v = corner[1] + extent[1] * np.repeat(np.linspace(0.01, 0.99, rows), columns)
    return Surface(
        name="lapels", material="cloth", points=points,
        normals=vertex_normals(points, triangles), triangles=triangles,
        weights=(jacket.weights[nearest] * share[..., None]).sum(1), uvs=np.stack([u, v], 1),
    )  # fmt: skip
