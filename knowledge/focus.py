"""Which products a question is about, by those it names and the one in focus."""

import re
from collections.abc import Sequence
from typing import Final

FOCUS: Final = 2.0
# weight of facts of the product in focus
ASIDE: Final = 1.4
# its weight when the question names others alone
NAMED: Final = 1.2
# weight of facts of a product that the question names: this once, and once more when it is sure
SURE: Final = 0.6
ALMOST_CERTAIN: Final = 0.9
# scores from which a product counts as named, and from which it does among many
_TOGETHER: Final = re.compile(r"[和跟与同配搭比]|一起|\b(?:with|and|than|or|vs)\b", re.IGNORECASE)
# words that join the product in focus to another
MOST_NAMED: Final = 4
# products that one question compares


def products_asked_about(
    query: str, named: Sequence[tuple[str, float]], focus: str | None
) -> dict[str, float]:
    """The products a question is about, with their weights.

    A kind of thing that many products are (台灯 in a shop of lamps) names none of them.

    Args:
        query: what somebody asks.
        named: products that it names, with scores from 0 to 1, the surest first.
        focus: the product on the table.
    """
    sure = [(product, score) for product, score in named if score >= SURE]
    if len(sure) > MOST_NAMED:
        sure = [(product, score) for product, score in sure if score >= ALMOST_CERTAIN]
    sure = sure[:MOST_NAMED]
    about = {product: NAMED * (1 + score) for product, score in sure}
    if focus:
        aside = bool(about) and focus not in about and not _TOGETHER.search(query)
        about[focus] = max(about.get(focus, 0.0), ASIDE if aside else FOCUS)
    return about
