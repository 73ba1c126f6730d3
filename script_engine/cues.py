"""The short names of cues, as phrase books and staff scripts write them."""

from core.line import Cue, CueKind

_NAMES: dict[str, tuple[CueKind, str]] = {
    **{name: ("emotion", name) for name in ("smile", "earnest", "delight", "sympathy")},
    **{
        name: ("gesture", name)
        for name in (
            "open_palm", "point_left", "point_right", "wave", "thanks", "number_one",
            "count_1", "count_2", "count_3", "count_4", "count_5",
        )
    },
    **{name: ("gaze", name) for name in ("viewers", "product", "comments")},
    "card": ("show", "card"),
}  # fmt: skip
CUE_NAMES = tuple(_NAMES)


def cue(name: str, at: int = 0) -> Cue:
    """The cue of that name, beginning at an offset into the line's text.

    Raises:
        KeyError: there is no cue of that name.
    """
    kind, value = _NAMES[name]
    return Cue(kind, value, at)
