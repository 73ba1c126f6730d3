"""One utterance as one run of poses."""

from collections.abc import Sequence

import numpy as np

from avatar.motion.performer import Performer
from core.line import Cue
from core.motion import Motion, Skeleton
from core.utterance import Utterance


def render_motion(
    utterance: Utterance, cues: Sequence[Cue], skeleton: Skeleton, fps: int, seed: int = 0
) -> Motion:
    """Motion for an utterance from its first sample to half a second after its last."""
    performer = Performer(skeleton, fps=fps, seed=seed)
    performer.begin(utterance, cues, 0)
    pictures = int(np.ceil((utterance.duration_s + 0.5) * fps))
    poses = [performer.pose(picture) for picture in range(pictures)]
    return Motion(
        float(fps), np.stack([p.weights for p in poses]), np.stack([p.rotations for p in poses])
    )
