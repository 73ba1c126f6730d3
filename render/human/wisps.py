"""Single hairs that stand off the shell, so that its outline is not that of a helmet."""

from dataclasses import dataclass

import cv2
import numpy as np
from jaxtyping import Float32, Int32

from render.human.shell import HairShell

_COUNT = 170
_STEPS = 9
_LENGTH_M = (0.03, 0.10)
_LIFT_M = (0.001, 0.006)
# of the tip from the shell
_COVER = 0.32
_COARSE = 256
# texels of the field of directions


@dataclass(frozen=True, slots=True, eq=False)
class Wisps:
    """Lines in the pose of the human's mesh."""

    positions_m: Float32[np.ndarray, "points 3"]
    uvs: Float32[np.ndarray, "points 2"]
    # of the hair below, whose colour they have
    cover: Float32[np.ndarray, " points"]
    bone_indices: Int32[np.ndarray, "points 4"]
    bone_weights: Float32[np.ndarray, "points 4"]
    lines: Int32[np.ndarray, "lines 2"]


def grow_wisps(shell: HairShell) -> Wisps:
    """The same hairs every time for the same shell."""
    rng = np.random.default_rng(5)
    side = round(len(shell.positions_m) ** 0.5)
    grid = shell.positions_m.reshape(side, side, 3)
    alpha = shell.texture[..., 3]
    root = rng.uniform((0.0, 0.25), (1.0, 0.99), (8 * _COUNT, 2))
    root = root[_texel(alpha, root) > 235][:_COUNT]
    n = len(root)
    along = np.linspace(0.0, 1.0, _STEPS)
    height = float(np.ptp(grid[:, 0, 1]))
    length = rng.uniform(*_LENGTH_M, n) / max(height, 1e-3)
    bend = rng.normal(0.0, 0.5, (n, 1)) * along + rng.normal(0.0, 0.3, (n, 1)) * np.sin(
        along * rng.uniform(3.0, 9.0, (n, 1))
    )
    uv = _along_strands(_strand_angles(shell.texture), root, length, bend)
    lift = rng.uniform(*_LIFT_M, (n, 1)) * along**1.4
    points, outward = _on_shell(grid, uv)
    points = points + outward * lift[..., None]
    on_hair = np.minimum.accumulate(_texel(alpha, uv) > 60, axis=1)
    cover = _COVER * (1.0 - along**2) * on_hair * rng.uniform(0.4, 1.0, (n, 1))
    nearest = np.rint(uv * (side - 1)).astype(int)
    vertex = (nearest[..., 1] * side + nearest[..., 0]).ravel()
    i = np.arange(n * _STEPS).reshape(n, _STEPS)
    return Wisps(
        points.reshape(-1, 3).astype(np.float32),
        uv.reshape(-1, 2).astype(np.float32),
        cover.ravel().astype(np.float32),
        shell.bone_indices[vertex],
        shell.bone_weights[vertex],
        np.stack([i[:, :-1], i[:, 1:]], -1).reshape(-1, 2).astype(np.int32),
    )


def _strand_angles(texture: np.ndarray) -> np.ndarray:
    """Angle from straight down, -pi/2 to pi/2, at which strands lie, over a smaller texture.

    The structure tensor's weaker axis: brightness changes across strands, not along them.
    """
    grey = cv2.resize(texture[..., :3].mean(axis=2).astype(np.float32), (_COARSE, _COARSE))
    solid = cv2.resize(texture[..., 3], (_COARSE, _COARSE)) > 235
    across, up = (cv2.Sobel(grey, cv2.CV_32F, *order) * solid for order in ((1, 0), (0, 1)))
    xx, yy, xy = (
        cv2.GaussianBlur(product, (0, 0), _COARSE / 64)
        for product in (across * across, up * up, across * up)
    )
    # A little of straight down, which is where hair hangs when the picture says nothing.
    xx += 0.05 * xx.mean() + 1e-6
    out: np.ndarray = 0.5 * np.arctan2(2 * xy, xx - yy)
    return out


def _along_strands(
    angles: np.ndarray, root: np.ndarray, length: np.ndarray, bend: np.ndarray
) -> np.ndarray:
    """Texture coordinates (wisps, steps, 2) of lines that follow their neighbours and bend off."""
    at, places = root.copy(), [root]
    before = np.zeros(len(root))
    for step in range(1, bend.shape[1]):
        angle = _texel(angles, at)
        # A strand has no arrow: go on the way one came.
        angle = angle + np.pi * np.round((before - angle) / np.pi)
        before = angle
        heading = np.stack([np.sin(angle + bend[:, step]), -np.cos(angle + bend[:, step])], -1)
        at = at + heading * (length / (bend.shape[1] - 1))[:, None]
        at[:, 0] %= 1.0
        at[:, 1] = at[:, 1].clip(0.0, 1.0)
        places.append(at)
    return np.stack(places, 1)


def _texel(image: np.ndarray, uv: np.ndarray) -> np.ndarray:
    rows, columns = image.shape[:2]
    y = (uv[..., 1] * (rows - 1)).astype(int)
    x = (uv[..., 0] * (columns - 1)).astype(int)
    out: np.ndarray = image[y, x]
    return out


def _on_shell(grid: np.ndarray, uv: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Points of the shell's surface and which way is outward there."""
    side = len(grid)
    across, up = (np.gradient(grid, axis=axis) for axis in (1, 0))
    normal = np.cross(across, up)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True) + 1e-9
    both = np.concatenate([grid, normal], axis=-1).astype(np.float32)
    x, y = ((uv[..., k] * (side - 1)).astype(np.float32) for k in (0, 1))
    found = np.concatenate(
        [cv2.remap(both[..., k : k + 3], x, y, cv2.INTER_LINEAR) for k in (0, 3)], axis=-1
    )
    return found[..., :3], found[..., 3:]
