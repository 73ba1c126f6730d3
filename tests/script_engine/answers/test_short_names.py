"""Short names of products."""

from core.product import Product
from script_engine.answers.short_names import ShortNames


def product(id: str, name: str, category: str = "") -> Product:
    return Product(id, name, (), category, "", (), (), 1, "")


NAMES = ShortNames(
    (
        product("g", "Quiet Burr Coffee Grinder"),
        product("k", "Gooseneck Electric Kettle"),
        product("p", "陈年普洱熟茶饼", "茶叶/普洱"),
        product("l", "明前龙井绿茶", "茶叶/绿茶"),
    )
)


def test_the_last_word_of_an_english_name_names_it() -> None:
    assert NAMES.find("and for the grinder?") == ["g"]
    assert NAMES.find("is the kettle quieter than the grinder") == ["k", "g"]
    assert NAMES.find("coffee please") == []


def test_a_pair_of_characters_that_one_product_has_names_it() -> None:
    assert NAMES.find("跟普洱比哪个贵") == ["p"]
    assert NAMES.find("茶叶新鲜吗") == []


def test_what_is_known_of_the_product_on_air_is_no_name() -> None:
    assert NAMES.find("does the grinder part come off", unless="grind") == []
