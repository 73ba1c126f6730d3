"""Nods and raised brows: short pulses on what is emphasised."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

_NOD_S: Final = 0.46
_NOD_RAD: Final = 0.060
_BROW_S: Final = 0.65
_BROW: Final = 0.38


@dataclass(slots=True)
class Nods:
    """Pulses of the head (radians down) and of the brows (0 to 1)."""

    _nods: list[tuple[float, float]] = field(default_factory=list)
    _brows: list[tuple[float, float]] = field(default_factory=list)

    def nod(self, peak_s: float, strength: float) -> None:
        """A nod that is lowest at `peak_s`."""
        self._nods.append((peak_s - _NOD_S / 2, strength))

    def raise_brows(self, start_s: float, strength: float) -> None:
        self._brows.append((start_s, strength))

    def drop_from(self, time_s: float) -> None:
        """Forget pulses that begin at `time_s` or later."""
        self._nods = [pulse for pulse in self._nods if pulse[0] < time_s]
        self._brows = [pulse for pulse in self._brows if pulse[0] < time_s]

    def at(self, time_s: float) -> tuple[float, float]:
        """(nod in radians down, brow 0 to 1)."""
        self._nods = [pulse for pulse in self._nods if time_s < pulse[0] + _NOD_S]
        self._brows = [pulse for pulse in self._brows if time_s < pulse[0] + _BROW_S]
        nod = sum(_pulse((time_s - at_s) / _NOD_S) * size for at_s, size in self._nods)
        brow = max(
            (_pulse((time_s - at_s) / _BROW_S) * size for at_s, size in self._brows), default=0.0
        )
        return _NOD_RAD * nod, _BROW * brow


def _pulse(s: float) -> float:
    """0 to 1 to 0 over 0..1, flat at both ends."""
    return float(np.sin(np.pi * s) ** 2) if 0 < s < 1 else 0.0
