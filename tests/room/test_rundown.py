import pytest

from core.errors import ContentError
from room.rundown import Rundown
from tests.fakes.clock import VirtualClock


def test_each_product_has_its_minutes() -> None:
    clock = VirtualClock()
    rundown = Rundown(["A", "B"], lambda _: 3, lambda _: True, clock)
    assert not rundown.due
    clock.sleep(180)
    assert rundown.due
    assert rundown.advance() == "B"
    assert not rundown.due
    assert rundown.advance() == "A"


def test_a_sold_out_product_is_passed_over_at_once() -> None:
    stock = {"A": 0, "B": 1, "C": 1}
    rundown = Rundown(list("ABC"), lambda _: 3, lambda p: stock[p] > 0, VirtualClock())
    assert rundown.product == "B"
    stock["B"] = 0
    assert rundown.due
    assert rundown.advance() == "C"
    stock["C"] = 0
    assert rundown.advance() == "C"


def test_a_product_that_is_gone_is_passed_over() -> None:
    minutes = {"A": 3.0, "B": 3.0}

    def sellable(product_id: str) -> bool:
        if product_id not in minutes:
            raise ContentError(f"no product {product_id}")
        return True

    rundown = Rundown(["A", "B"], lambda p: minutes[p], sellable, VirtualClock())
    del minutes["A"]
    assert rundown.due
    assert rundown.advance() == "B"
    del minutes["B"]
    assert rundown.advance() == "B"


def test_jump_names_what_there_is() -> None:
    rundown = Rundown(["A", "B"], lambda _: 3, lambda _: True, VirtualClock())
    rundown.jump("B")
    assert rundown.product == "B"
    with pytest.raises(ContentError, match="A, B"):
        rundown.jump("Z")


def test_an_empty_shop_is_an_error() -> None:
    with pytest.raises(ContentError, match="no products"):
        Rundown([], lambda _: 3, lambda _: True, VirtualClock())


def test_a_product_in_focus_survives_a_reload() -> None:
    rundown = Rundown(["A", "B"], lambda _: 3, lambda _: True, VirtualClock())
    rundown.jump("B")
    rundown.refresh(["B", "C"])
    assert rundown.product == "B"
