"""How strands lie in each style: a path from the root, how far off the head, how it curls.

Paths are drawn on a sphere about the head first; `hair` then brings them to their distance from
the real skull, so a style is written without knowing the face.
"""

from collections.abc import Callable

import numpy as np

from avatar.body.hair_combed import lay_short, lay_tied
from avatar.body.hair_curly import lay_curly
from avatar.body.hair_hanging import lay_hanging
from avatar.body.locks import Head, Locks, Planted
from avatar.presenter import HairSettings


def lay_strands(
    planted: Planted, head: Head, settings: HairSettings, rng: np.random.Generator, rings: int
) -> Locks:
    """The strands of the style that the settings name."""
    style = _STYLES[settings.style]
    return style(planted, head, settings, rng, np.linspace(0, 1, rings))


_Style = Callable[[Planted, Head, HairSettings, np.random.Generator, np.ndarray], Locks]
_STYLES: dict[str, _Style] = {
    "shoulder": lay_hanging, "long": lay_hanging, "bob": lay_hanging, "tied": lay_tied,
    "short": lay_short, "curly": lay_curly,
}  # fmt: skip
