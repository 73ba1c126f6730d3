"""Which product a comment names."""

import re

from core.product import Product
from script_engine.answers.comment import Comment, is_chinese
from script_engine.answers.lookup import all_names
from script_engine.answers.short_names import ShortNames
from script_engine.answers.stems import name_words, stem
from script_engine.answers.told import told
from script_engine.glossary import into_chinese
from script_engine.shop import Shop

_FOUND, _FOUND_LATIN, _NICKNAMED = 0.6, 0.65, 0.9
# sureness from which a product a viewer seems to name is taken for it; one English word of three
# is not enough
_POINTED = re.compile(r"\b(?:the|that|your|those) (?:\w+ ){0,2}\w{4,}")


class Naming:
    """The products of a shop by what viewers call them."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._shorts = ShortNames(())

    def warm_up(self) -> None:
        """List the short names of all products."""
        self._short_names()

    def by_id(self, product_id: str | None) -> Product | None:
        """The product with an id, None when there is none."""
        return next((p for p in self._shop.products() if p.id == product_id), None)

    def named(self, comment: Comment, focused: Product | None) -> Product | None:
        """The product that the comment names, in either language."""
        text, focus_id = comment.text, focused.id if focused else None
        if comment.language == "zh":
            # the viewer's own words too: "AirBeat" has its name in English
            text = f"{text} {re.sub('[^a-z ]+', ' ', comment.raw.lower())}"
        enough = _FOUND if is_chinese(text) else _FOUND_LATIN
        if comment.language != "zh" and _POINTED.search(text):
            enough = _FOUND  # "the robot" is more of a name than "boil milk"
        for product_id, score in self._shop.find_product(text, focus_id):
            if score < enough:
                break
            product = self.by_id(product_id)
            passing = score < _NICKNAMED and focused is not None and product_id != focus_id
            if not (passing and product and focused and self._speaks_of(focused, product, text)):
                return product
        shorts = self._short_names()
        if shorts.find(comment.text) and (
            ids := shorts.find(comment.text, self._known_of(focused))
        ):
            return self.by_id(ids[0])
        chinese = into_chinese(text, goods_only=True) if comment.language != "zh" else text
        if chinese != text:
            for product_id, score in self._shop.find_product(chinese, focus_id):
                if score >= _FOUND:
                    return self.by_id(product_id)
        return None

    def _short_names(self) -> ShortNames:
        """Short names of the shop's products, made anew when they have changed."""
        if self._shop.products() != self._shorts.products:
            self._shorts = ShortNames(self._shop.products())
        return self._shorts

    def _known_of(self, product: Product | None) -> str:
        """All that is said of a product and of the shop, in one text with words as stems."""
        owners = [product.id, ""] if product else [""]
        facts = [told(fact) for owner in owners for fact in self._shop.facts_of(owner)]
        return " ".join(f"{each.text} {' '.join(each.stems)}" for each in facts)

    def _speaks_of(self, focused: Product, other: Product, text: str) -> bool:
        """Whether what seems to name another product is a part of the one on air: its case."""
        called = {w for w in name_words(all_names(other)) if w.isascii() and w[0] != "="}
        named = {stem(word) for word in re.findall("[a-z]{3,}", text)} & called
        facts = self._shop.facts_of(focused.id)
        return bool(named) and any(named <= told(fact).stems for fact in facts)
