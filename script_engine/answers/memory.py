"""What viewers asked last, so that "那第二个呢" can be understood."""

import re
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from script_engine.answers.intents import Intent

KEPT = 1000
# viewers; the one who has been silent longest is forgotten first
FRESH = timedelta(minutes=5)
# after which a viewer is taken to speak of the product on air again
_GOES_ON = re.compile(
    r"呢[?？]?$|^那|也(?:是|一样|有)?吗"
    r"|^(?:and|what about|how about|what of|same for)\b|\btoo\s*\??$"
)
_BACK = re.compile(r"那[个款件瓶]|\bthat one\b")
_HERE = re.compile(r"这|\bthis\b|\bthese\b")
SOON = timedelta(seconds=90)
# in which a question that names nothing is taken to go on about the product asked about before


@dataclass(frozen=True, slots=True)
class Recent:
    """A viewer's last question."""

    at: datetime
    product_id: str
    focus_id: str
    # the product that was on air
    intents: tuple[Intent, ...]
    text: str


class Memory:
    """The last question of each viewer."""

    def __init__(self) -> None:
        self._recent: OrderedDict[str, Recent] = OrderedDict()

    def last(self, viewer_id: str, when: datetime) -> Recent | None:
        """What the viewer asked in the last minutes."""
        recent = self._recent.get(viewer_id) if viewer_id else None
        return recent if recent is not None and when - recent.at <= FRESH else None

    def note(self, viewer_id: str, recent: Recent) -> None:
        if not viewer_id:
            return
        self._recent[viewer_id] = recent
        self._recent.move_to_end(viewer_id)
        if len(self._recent) > KEPT:
            self._recent.popitem(last=False)


def goes_on(folded: str) -> bool:
    """Whether a comment leaves out what it asks because it has asked before: 第二个呢."""
    return bool(_GOES_ON.search(folded)) and len(folded) <= 40


def still_about(recent: Recent, focus_id: str, folded: str, when: datetime) -> bool:
    """Whether a comment that names no product goes on about the one the viewer asked about."""
    if recent.product_id == recent.focus_id or recent.focus_id != focus_id:
        return False
    return when - recent.at <= SOON and not _HERE.search(folded)


def points_back(folded: str) -> bool:
    """Whether it speaks of the thing asked about before: 那个, "that one"."""
    return bool(_BACK.search(folded))
