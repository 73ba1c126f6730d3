"""What a shop knows at one moment: everything that is exchanged at once after a load."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.product import Fact, Product
from knowledge.catalogue import Catalogue, derive
from knowledge.encoders import ConceptEncoder, Encoder, EncoderFor
from knowledge.index import text_of
from knowledge.naming import Namer
from knowledge.overrides import Override, additions, apply_overrides
from knowledge.pretrained import PretrainedEncoder, PretrainedReranker
from knowledge.retrieval import Reranker, Retriever
from knowledge.settings import RetrievalSettings


@dataclass(frozen=True, slots=True)
class Models:
    """What retrieval works with besides words."""

    encoder_for: EncoderFor = ConceptEncoder
    reranker: Reranker | None = None


def load_models(settings: RetrievalSettings, folder: Path) -> Models:
    """The models that a shop names. Raises ConfigError when one cannot be loaded."""
    encoder_for: EncoderFor = ConceptEncoder
    reranker: Reranker | None = None
    if settings.encoder:
        encoder = PretrainedEncoder(folder / settings.encoder)

        def encoder_for(texts: Sequence[str]) -> Encoder:
            del texts  # it has learned before
            return encoder

    if settings.reranker:
        reranker = PretrainedReranker(folder / settings.reranker)
    return Models(encoder_for, reranker)


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A catalogue with live changes, ready to be asked."""

    catalogue: Catalogue
    tables: Catalogue
    # the catalogue without what documents say
    products: dict[str, Product]
    namer: Namer
    facts: dict[str, tuple[Fact, ...]]
    # by product, live changes and derived facts included
    by_id: dict[str, Fact]
    retriever: Retriever
    overrides: Mapping[str, Override]
    models: Models

    @classmethod
    def empty(cls) -> "View":
        nothing = Catalogue()
        return cls(nothing, nothing, {}, Namer(()), {}, {}, Retriever((), {}), {}, Models())

    @classmethod
    def made(
        cls,
        catalogue: Catalogue,
        tables: Catalogue,
        namer: Namer,
        overrides: Mapping[str, Override],
        earlier: "View",
        models: Models,
        progress: Callable[[float], None],
    ) -> "View":
        """A view of what the files say now.

        Args:
            catalogue: everything the files say.
            tables: the same without documents.
            namer: of the products in `tables`.
            overrides: live changes.
            earlier: the view before; what did not change is taken over.
            models: for retrieval.
            progress: called with the share that is indexed, 0 to 1.
        """
        products = {product.id: product for product in catalogue.products}
        if catalogue.products != tables.products:
            namer = Namer(catalogue.products)
        facts: dict[str, tuple[Fact, ...]] = {}
        added = additions(overrides.values())
        for product_id, part in catalogue.parts.items():
            known = earlier.catalogue.parts.get(product_id)
            if part is known and overrides == earlier.overrides:
                facts[product_id] = earlier.facts[product_id]
            else:
                facts[product_id] = derive(
                    apply_overrides(part.facts, overrides, added.get(product_id, ()))
                )
        by_id = {fact.id: fact for those in facts.values() for fact in those}
        retriever = None
        if earlier.by_id and models == earlier.models:
            changed = {
                product_id: facts.get(product_id, ())
                for product_id in facts | earlier.facts
                if _is_moved(product_id, facts, products, earlier)
            }
            retriever = (
                earlier.retriever.updated(changed, products) if changed else earlier.retriever
            )
        if retriever is None:
            retriever = Retriever(
                list(by_id.values()), products, models.encoder_for, models.reranker, progress
            )
        return cls(
            catalogue, tables, products, namer, facts, by_id, retriever, overrides, models
        )  # fmt: skip

    def refreshed(self, product_ids: Iterable[str], overrides: Mapping[str, Override]) -> "View":
        """The view after live changes of some products."""
        added = additions(overrides.values())
        fresh = {
            product_id: derive(
                apply_overrides(
                    self.catalogue.facts_of(product_id), overrides, added.get(product_id, ())
                )
            )
            for product_id in product_ids
        }
        gone = {fact.id for product_id in fresh for fact in self.facts.get(product_id, ())}
        by_id = {key: fact for key, fact in self.by_id.items() if key not in gone}
        by_id |= {fact.id: fact for facts in fresh.values() for fact in facts}
        view = replace(self, facts={**self.facts, **fresh}, overrides=overrides, by_id=by_id)
        moved = {
            product_id: facts
            for product_id, facts in fresh.items()
            if _is_moved(product_id, view.facts, self.products, self)
        }
        if not moved:
            return view
        retriever = self.retriever.updated(moved, self.products)
        return view if retriever is None else replace(view, retriever=retriever)


def _is_moved(
    product_id: str,
    facts: Mapping[str, tuple[Fact, ...]],
    products: Mapping[str, Product],
    earlier: View,
) -> bool:
    """Whether the index holds a product otherwise than it is now. Prices are not in the index."""
    now, then = facts.get(product_id, ()), earlier.facts.get(product_id, ())
    if products.get(product_id) != earlier.products.get(product_id):
        return True
    if now is then:
        return False
    return [(f.id, text_of(f)) for f in now] != [(f.id, text_of(f)) for f in then]
