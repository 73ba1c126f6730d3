"""Which utterance the mouth is following, and how it passes from one to the next."""

from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float

from avatar.motion.glide import smoothstep
from avatar.motion.mouth import LEAD_S, MouthTrack
from core.blendshapes import COUNT

_JOIN_S = 0.10
_CLOSE_S = 0.20


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    """From picture `start` on, the mouth follows `track` (None: it rests)."""

    start: int
    blend_pictures: int
    # over so many it takes over from the source before
    origin: int = 0
    # picture at which the track's sound starts
    track: MouthTrack | None = None

    def at(self, picture: int) -> Float[np.ndarray, " 52"]:
        return np.zeros(COUNT) if self.track is None else self.track.at(picture - self.origin)


@dataclass(slots=True, eq=False)
class Lips:
    """The mouth's share of the face, picture by picture."""

    fps: int
    _sources: list[_Source] = field(default_factory=list)

    def follow(self, track: MouthTrack, origin: int, not_before: int, sounding_until: int) -> None:
        """Follow a track whose sound starts at picture `origin`.

        The mouth prepares up to 0.2 s ahead, but neither before picture `not_before` nor while an
        earlier utterance still sounds (`sounding_until`, a picture).
        """
        lead = int(np.ceil(LEAD_S * self.fps))
        start = max(origin - lead, min(sounding_until, origin), not_before)
        self._switch(_Source(start, max(1, round(_JOIN_S * self.fps)), origin, track))

    def close(self, picture: int) -> None:
        """Come to rest from a picture on."""
        self._switch(_Source(picture, max(1, round(_CLOSE_S * self.fps))))

    def at(self, picture: int) -> Float[np.ndarray, " 52"]:
        """Mouth weights; pictures must not go back."""
        self._forget(picture)
        out = np.zeros(COUNT)
        for source in self._sources:
            if source.start <= picture:
                share = smoothstep((picture + 1 - source.start) / (source.blend_pictures + 1))
                out = out + share * (source.at(picture) - out)
        return out

    def _switch(self, source: _Source) -> None:
        self._sources = [s for s in self._sources if s.start < source.start]
        self._sources.append(source)

    def _forget(self, picture: int) -> None:
        """Sources that a later one has fully taken over from."""
        done = [i for i, s in enumerate(self._sources) if s.start + s.blend_pictures <= picture]
        if done:
            self._sources = self._sources[done[-1] :]
