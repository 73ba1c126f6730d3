"""Filling a texture with values that are known at the corners of triangles."""

import cv2
import numpy as np
from jaxtyping import Bool, Float, Float32

_CELLS_AT_ONCE = 4_000_000


def fill_texture(
    uvs: Float[np.ndarray, "triangles 3 2"],
    values: Float[np.ndarray, "triangles 3 channels"],
    size: int,
    order: Float[np.ndarray, " triangles"] | None = None,
) -> tuple[Float32[np.ndarray, "size size channels"], Bool[np.ndarray, "size size"]]:
    """Values at every texel (row 0 at v = 0), and which texels a triangle covers.

    Where triangles lie over one another, the one that is last in `order` wins. Texels outside
    take the value of the nearest texel inside.
    """
    corners = (uvs * size - 0.5).astype(np.float32)
    low = np.floor(corners.min(1)).astype(int)
    high = np.ceil(corners.max(1)).astype(int)
    extent = (high - low).max(1) + 1
    texels: list[np.ndarray] = []
    owners: list[np.ndarray] = []
    shares: list[np.ndarray] = []
    side = 2
    while side < 2 * extent.max():
        members = np.flatnonzero((extent <= side) & (extent > side // 2))
        step = max(_CELLS_AT_ONCE // (side * side), 1)
        for start in range(0, len(members), step):
            found = _cover(corners, low, members[start : start + step], side, size)
            for parts, part in zip((texels, owners, shares), found, strict=True):
                parts.append(part)
        side *= 2
    texel, owner, share = (np.concatenate(parts) for parts in (texels, owners, shares))
    if order is not None:
        sequence = np.argsort(order[owner], kind="stable")
        texel, owner, share = texel[sequence], owner[sequence], share[sequence]
    # Where texels repeat, numpy keeps the last; so find it first, then mix only the winners.
    last = np.full(size * size, -1)
    last[texel] = np.arange(len(texel))
    winners = last[last >= 0]
    out = np.zeros((size * size, values.shape[2]), np.float32)
    mixed = np.einsum("nc,nck->nk", share[winners], values[owner[winners]].astype(np.float32))
    out[texel[winners]] = mixed
    inside = (last >= 0).reshape(size, size)
    _, labels = cv2.distanceTransformWithLabels(
        (~inside).astype(np.uint8), cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL
    )
    # Every texel inside has a label of its own; the others bear the nearest one's.
    owner_of = np.zeros(labels.max() + 1, np.int64)
    owner_of[labels[inside]] = np.flatnonzero(inside)
    return out[owner_of[labels]], inside


def _cover(
    corners: np.ndarray, low: np.ndarray, members: np.ndarray, side: int, size: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Texels inside some triangles, whose triangle, and the shares of its corners."""
    steps = np.arange(side)
    x = low[members, 0, None] + steps
    y = low[members, 1, None] + steps
    a, b, c = (corners[members, k, :, None, None] for k in range(3))
    px, py = x[:, None, :].astype(np.float32), y[:, :, None].astype(np.float32)
    area = _cross(b[:, 0] - a[:, 0], b[:, 1] - a[:, 1], c[:, 0] - a[:, 0], c[:, 1] - a[:, 1])
    area = np.where(np.abs(area) < 1e-9, np.nan, area)
    at_b = _cross(px - a[:, 0], py - a[:, 1], c[:, 0] - a[:, 0], c[:, 1] - a[:, 1]) / area
    at_c = _cross(b[:, 0] - a[:, 0], b[:, 1] - a[:, 1], px - a[:, 0], py - a[:, 1]) / area
    at_a = 1 - at_b - at_c
    edge = -1e-3
    inside = (at_a >= edge) & (at_b >= edge) & (at_c >= edge)
    inside &= (px >= 0) & (px < size) & (py >= 0) & (py < size)
    which, row, column = np.nonzero(inside)
    texel = y[which, row] * size + x[which, column]
    share = np.stack([at_a[inside], at_b[inside], at_c[inside]], 1).astype(np.float32)
    return texel, members[which], share


def _cross(ax: np.ndarray, ay: np.ndarray, bx: np.ndarray, by: np.ndarray) -> np.ndarray:
    out: np.ndarray = ax * by - ay * bx
    return out
