"""What never stops: breath, sway, the small noise of a living body."""

from typing import Final

import numpy as np
from jaxtyping import Float

from core.motion import BONE_INDEX

_GOLDEN: Final = (1 + 5**0.5) / 2


class Noise:
    """Smooth noise without a period: sines at rates that share no common measure."""

    def __init__(self, rng: np.random.Generator, channels: int, rate_hz: float) -> None:
        waves = 5
        spread = _GOLDEN ** np.arange(waves) * rate_hz * 0.6
        self._rates = 2 * np.pi * spread * rng.uniform(0.9, 1.1, (channels, waves))
        self._phases = rng.uniform(0, 2 * np.pi, (channels, waves))
        self._sizes = 0.75 ** np.arange(waves) / np.sqrt(np.sum(0.75 ** (2 * np.arange(waves))))

    def at(self, time_s: float) -> Float[np.ndarray, " channels"]:
        """About -1.5 to 1.5, mean 0."""
        out: np.ndarray = np.sin(self._rates * time_s + self._phases) @ self._sizes
        return out


class Idle:
    """Breath and sway of the trunk."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._sway = Noise(rng, 6, 0.18)
        self._breath = Noise(rng, 1, 0.05)
        self._phase = float(rng.uniform(0, 1))

    def breath(self, time_s: float) -> float:
        """-1 out, 1 in; about 14 breaths a minute, none quite like the last."""
        turns = 0.23 * time_s + self._phase + 0.12 * float(self._breath.at(time_s)[0])
        # quicker in than out
        angle = 2 * np.pi * turns
        return float(np.sin(angle + 0.35 * np.sin(angle)))

    def add(self, time_s: float, out: Float[np.ndarray, "bones 3"]) -> None:
        """Adds the trunk's turns (rotation vectors) to `out`."""
        sway = self._sway.at(time_s)
        breath = self.breath(time_s)
        hips = np.array([0.007, 0.028, 0.023]) * sway[:3]
        out[BONE_INDEX["hips"]] += hips
        # the spine stays over the feet: what the hips lean, the back takes back
        out[BONE_INDEX["spine"]] += np.array([-0.5, -0.35, -0.9]) * hips
        out[BONE_INDEX["chest"]] += np.array([0.008, 0.020, 0.013]) * sway[3:]
        out[BONE_INDEX["chest"], 0] -= 0.007 * breath
        out[BONE_INDEX["upperChest"], 0] -= 0.006 * breath
        out[BONE_INDEX["neck"], 0] += 0.007 * breath
        out[BONE_INDEX["leftShoulder"], 2] += 0.012 * breath
        out[BONE_INDEX["rightShoulder"], 2] -= 0.012 * breath
