"""Which columns of no field are worth telling, and which are the shop's own business."""

import pytest

from knowledge.telling import is_worth_telling


@pytest.mark.parametrize(
    ("header", "samples"),
    [
        ("口味", ["麻辣", "五香"]), ("防水等级", ["IPX4"]), ("Sowing time", ["March"]),
        ("转速(r/min)", ["1500"]), ("页数", ["128"]), ("Seats", ["2", "3"]), ("能效", ["85%"]),
    ],
)  # fmt: skip
def test_what_viewers_ask_about_is_kept(header: str, samples: list[str]) -> None:
    assert is_worth_telling(header, samples)


@pytest.mark.parametrize(
    ("header", "samples"),
    [
        ("上架状态", ["在售"]), ("最近修改人", ["小王"]), ("仓库", ["华东仓"]),
        ("条码", ["690123"]),
        ("Warehouse", ["B2"]), ("Updated at", ["yesterday"]), ("Foo", ["12", "13"]),
        ("详情页", ["https://x.test"]), ("是否包邮", ["是"]), ("x", ["y"]), ("口味", []),
        ("Supplier note", ["late"]),
    ],
)  # fmt: skip
def test_what_a_shop_keeps_for_itself_is_not(header: str, samples: list[str]) -> None:
    assert not is_worth_telling(header, samples)
