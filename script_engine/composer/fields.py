"""Which fields of facts each rhetorical move leans on."""

from script_engine.composer.phrases import Move

PROOF = (
    "material", "ingredients", "certificate", "volume", "weight", "dimensions", "power", "runtime",
    "battery", "charging", "origin", "shelf_life", "colour", "scent", "season", "feature", "brand",
    "manufacturer", "limit",
)  # fmt: skip
SHOWN = ("usage", "care", "texture", "fit", "storage")
PROMISES = ("shipping", "returns", "authenticity", "warranty", "invoice", "service")
EXTRAS = ("coupon", "promotion", "gift")
FOR_WHOM = ("scene", "skin_type", "audience", "season")
FIELDS: dict[Move, tuple[str, ...]] = {
    "hook": ("description",),
    "need": FOR_WHOM,
    "story": ("scene",),
    "point": ("selling_point",),
    "pair": (*PROOF, "texture", "fit", "storage"),
    "proof": PROOF,
    "demonstration": SHOWN,
    "size": ("size_table",),
    "objection": ("question",),
    "caution": ("caution",),
    "policy": PROMISES,
    "extra": EXTRAS,
}
NEEDS_FACTS = frozenset(FIELDS) - {"hook", "need", "story"} | {"offer", "stock", "recap", "peek"}
