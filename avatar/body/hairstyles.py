"""How strands lie in each style: a path from the root, how far off the head, how it curls.

Paths are drawn on a sphere about the head first; `hair` then brings them to their distance from
the real skull, so a style is written without knowing the face.
"""

from collections.abc import Callable

from avatar.body.hair_combed import lay_short, lay_tied
from avatar.body.hair_curly import lay_curly
from avatar.body.hair_hanging import lay_hanging
from avatar.body.locks import Growth, Locks


def lay_strands(growth: Growth) -> Locks:
    """The strands of the style that the settings name."""
    return _STYLES[growth.settings.style](growth)


_STYLES: dict[str, Callable[[Growth], Locks]] = {
    "shoulder": lay_hanging, "long": lay_hanging, "bob": lay_hanging, "tied": lay_tied,
    "short": lay_short, "curly": lay_curly,
}  # fmt: skip
