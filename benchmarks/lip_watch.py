"""What mediapipe sees of a drawn mouth: the gap between the lips, its width, in eye distances."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float64

UPPER, LOWER, LEFT, RIGHT = 13, 14, 78, 308
"""Inner lips: the middle of both, and the corners."""
EYES = (33, 263)


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One row a picture; NaN where no face was found."""

    gap: Float64[np.ndarray, " pictures"]
    width: Float64[np.ndarray, " pictures"]

    @property
    def found(self) -> float:
        """The share of pictures with a face."""
        return float(np.isfinite(self.gap).mean()) if len(self.gap) else 0.0


def watch(pictures: Iterable[np.ndarray]) -> Seen:
    """Look at RGB pictures, (height, width, 3) uint8, one after the other."""
    rows = np.array(list(_looked(pictures))).reshape(-1, 2)
    return Seen(rows[:, 0], rows[:, 1])


def _looked(pictures: Iterable[np.ndarray]) -> Iterator[tuple[float, float]]:
    import mediapipe

    # the plain mesh: the one that attends to lips smooths over time and sees them close late
    with mediapipe.solutions.face_mesh.FaceMesh(refine_landmarks=True) as mesh:
        for picture in pictures:
            result = mesh.process(picture)
            if not result.multi_face_landmarks:
                yield np.nan, np.nan
                continue
            marks = result.multi_face_landmarks[0].landmark
            size = (picture.shape[1], picture.shape[0])
            eyes = apart(marks, *EYES, size)
            yield apart(marks, UPPER, LOWER, size) / eyes, apart(marks, LEFT, RIGHT, size) / eyes


def apart(marks: Any, a: int, b: int, size: tuple[int, int]) -> float:
    """Distance of two landmarks in pixels."""
    return float(np.hypot((marks[a].x - marks[b].x) * size[0], (marks[a].y - marks[b].y) * size[1]))
