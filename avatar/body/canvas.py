"""A texture being painted: what lies under each texel, and a brush."""

import cv2
import numpy as np
from jaxtyping import Float, Float32, Int, UInt8

from avatar.body.colour import parse_srgb

_UNSEEN = 1 / 512


class Canvas:
    """Colours in sRGB over a map of positions; rows from v = 0 upwards."""

    def __init__(self, positions: Float32[np.ndarray, "size size 3"], tone: str, seed: int) -> None:
        self.x, self.y, self.z = (positions[..., k] for k in range(3))
        self.positions = positions
        self.size = len(positions)
        self.colour = np.empty((self.size, self.size, 3), np.float32)
        self.colour[:] = parse_srgb(tone)
        self._rng = np.random.default_rng(seed)

    def noise(self, texels: float) -> Float32[np.ndarray, "size size"]:
        """Smooth noise of this grain with variance 1."""
        shrink = max(int(texels / 3), 1)
        if shrink == 1:
            # Fine grain repeats unseen.
            tile = self._grain(self.size // 2, (texels, texels))
            return np.tile(tile, (2, 2))
        soft = self._grain(self.size // shrink, (texels / shrink, texels / shrink))
        wide = cv2.resize(soft, (self.size, self.size), interpolation=cv2.INTER_LINEAR)
        out: np.ndarray = wide.astype(np.float32)
        return out

    def streaks(self, up: float, across: float) -> Float32[np.ndarray, "size size"]:
        """Noise drawn out upwards, with variance 1."""
        return self._grain(self.size, (up, across))

    def _grain(self, size: int, sigma: tuple[float, float]) -> Float32[np.ndarray, "size size"]:
        raw = self._rng.standard_normal((size, size), np.float32)
        soft = cv2.GaussianBlur(
            raw, (0, 0), sigmaX=sigma[1], sigmaY=sigma[0], borderType=cv2.BORDER_REFLECT
        )
        out: Float32[np.ndarray, "size size"] = soft / soft.std()
        return out

    def blend(self, colour: str, mask: Float[np.ndarray, "size size"]) -> None:
        """Lay a colour over what is there; the mask is its cover."""
        area = _covered(mask)
        cover = np.clip(mask[area], 0, 1).astype(np.float32)[..., None]
        under = self.colour[area]
        under += (parse_srgb(colour).astype(np.float32) - under) * cover

    def deepen(
        self, mask: Float[np.ndarray, "size size"], factors: tuple[float, float, float]
    ) -> None:
        """Multiply red, green and blue where the mask is 1: suits every complexion."""
        area = _covered(mask)
        cover = np.clip(mask[area], 0, 1).astype(np.float32)[..., None]
        self.colour[area] *= 1 - cover * (1 - np.array(factors, np.float32))

    def near(
        self, at: Float[np.ndarray, " 3"], reach: float
    ) -> tuple[Int[np.ndarray, " texels"], Int[np.ndarray, " texels"]]:
        """Rows and columns of the texels about a place."""
        rows, columns = np.nonzero(np.abs(self.x - at[0]) < reach)
        close = (np.abs(self.y[rows, columns] - at[1]) < reach) & (
            np.abs(self.z[rows, columns] - at[2]) < reach
        )
        return rows[close], columns[close]

    def shade(self, factors: Float[np.ndarray, "size size channels"]) -> None:
        """Multiply what is there."""
        self.colour *= factors.astype(np.float32)

    def spot(
        self, at: tuple[float, float], radii: tuple[float, float]
    ) -> Float32[np.ndarray, "size size"]:
        """A soft spot in front of x and y: 1 in its middle."""
        across = (self.x - at[0]) / radii[0]
        up = (self.y - at[1]) / radii[1]
        out: Float32[np.ndarray, "size size"] = np.exp(-(across**2) - up**2)
        return out

    def finish(self, alpha: Float[np.ndarray, "size size"]) -> UInt8[np.ndarray, "size size 4"]:
        """The texture as `core.human.Part` wants it: first row at the top."""
        full = np.dstack([self.colour, alpha])
        return np.ascontiguousarray((np.clip(full, 0, 1)[::-1] * 255 + 0.5).astype(np.uint8))


def _covered(mask: Float[np.ndarray, "size size"]) -> tuple[slice, slice]:
    """The rectangle outside of which the mask is 0."""
    rows = np.flatnonzero(mask.max(1) > _UNSEEN)
    columns = np.flatnonzero(mask.max(0) > _UNSEEN)
    if not len(rows):
        return slice(0), slice(0)
    return slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)


def sample_mask(
    mask: Float32[np.ndarray, "rows columns"], uvs: Float[np.ndarray, "height width 2"]
) -> Float32[np.ndarray, "height width"]:
    """A mask of the base, read between its texels at these UVs."""
    height, width = mask.shape
    across = (uvs[..., 0] * (width - 1)).astype(np.float32)
    down = ((1 - uvs[..., 1]) * (height - 1)).astype(np.float32)
    out: Float32[np.ndarray, "height width"] = cv2.remap(
        mask, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return out
