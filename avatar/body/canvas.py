"""A texture being painted: what lies under each texel, and a brush."""

import numpy as np
from jaxtyping import Float, Float32, UInt8
from scipy.ndimage import gaussian_filter, zoom

from avatar.body.colour import parse_srgb


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
        small = self.size // shrink
        raw = self._rng.standard_normal((small, small)).astype(np.float32)
        soft = gaussian_filter(raw, texels / shrink, mode="wrap")
        if shrink > 1:
            soft = zoom(soft, self.size / small, order=1, mode="grid-wrap", grid_mode=True)
        out: Float32[np.ndarray, "size size"] = soft / soft.std()
        return out

    def streaks(self, up: float, across: float) -> Float32[np.ndarray, "size size"]:
        """Noise drawn out upwards, with variance 1."""
        raw = self._rng.standard_normal((self.size, self.size)).astype(np.float32)
        soft = gaussian_filter(raw, (up, across), mode="wrap")
        out: Float32[np.ndarray, "size size"] = soft / soft.std()
        return out

    def blend(self, colour: str, mask: Float[np.ndarray, "size size"]) -> None:
        """Lay a colour over what is there; the mask is its cover."""
        cover = np.clip(mask, 0, 1).astype(np.float32)[..., None]
        self.colour *= 1 - cover
        self.colour += parse_srgb(colour).astype(np.float32) * cover

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


def sample_mask(
    mask: Float32[np.ndarray, "height width"], uvs: Float[np.ndarray, "*any 2"]
) -> Float32[np.ndarray, "*any"]:
    """A mask of the base, read between its texels at these UVs."""
    height, width = mask.shape
    u = np.clip(uvs[..., 0] * (width - 1), 0, width - 1.001)
    v = np.clip((1 - uvs[..., 1]) * (height - 1), 0, height - 1.001)
    column, row = u.astype(np.int64), v.astype(np.int64)
    right, down = (u - column).astype(np.float32), (v - row).astype(np.float32)
    upper = mask[row, column] * (1 - right) + mask[row, column + 1] * right
    lower = mask[row + 1, column] * (1 - right) + mask[row + 1, column + 1] * right
    out: Float32[np.ndarray, "*any"] = upper * (1 - down) + lower * down
    return out
