"""What every room owes its console. The fake keeps it, and so must the real room.

Use: `@pytest.mark.parametrize("check", CHECKS)` and `await check(port)`, with a shop that holds at
least one product with a price.
"""

import asyncio
import io
import json
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import get_args

import av
import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import TypeAdapter

from console.port import Control, RoomPort
from console.routes.state import StateView, view
from core.errors import ContentError
from core.product import Money
from core.state import JournalEntry, RoomState, Status
from core.viewer import Viewer, ViewerEvent

WAIT_S = 20.0
ANSWER_KEYS = {"event_ids", "comments", "action", "text", "facts", "received", "decided"}


def comment(event_id: str, text: str) -> ViewerEvent:
    return ViewerEvent(event_id, "comment", user=Viewer("u1", "小林"), text=text)


async def state_is_whole(port: RoomPort) -> None:
    state = port.state()
    assert state.status in get_args(Status)
    assert state.seconds_since_start >= 0
    told = json.loads(TypeAdapter(StateView).dump_json(view(state)))
    assert {"room", "line", "next_line", "card", "sinks", "counters", "product_id"} <= told.keys()


async def events_are_taken_once(port: RoomPort) -> None:
    first = [comment("once-1", "你好"), comment("once-1", "你好"), comment("once-2", "你好")]
    assert await port.take_events(first) == ["once-1", "once-2"]
    assert await port.take_events([comment("once-2", "你好")]) == []


async def a_comment_gets_an_answer(port: RoomPort) -> None:
    after = port.last_entry()
    async with asyncio.timeout(WAIT_S), port.follow() as items:
        await port.take_events([comment("ask-1", "这个多少钱？")])
        async for _ in items:
            for entry in port.journal(after, "answer", 100):
                if "ask-1" in entry.data["event_ids"]:
                    assert entry.data.keys() >= ANSWER_KEYS
                    assert entry.data["comments"][0]["text"] == "这个多少钱？"
                    assert entry.data["action"] == "answer"
                    assert port.shop.facts(entry.data["facts"])
                    return


async def the_journal_counts_up(port: RoomPort) -> None:
    await port.control(Control("mute"))
    await port.control(Control("unmute"))
    entries = port.journal(0, None, 1000)
    assert all(a.n < b.n and a.at_ms <= b.at_ms for a, b in pairwise(entries))
    assert entries[-1].n == port.last_entry()
    assert port.journal(entries[0].n, None, 1)[0].n == entries[1].n
    operator = port.journal(0, "operator", 1000)
    assert {entry.kind for entry in operator} == {"operator"}
    assert [entry.data["do"] for entry in operator][-2:] == ["mute", "unmute"]
    assert json.loads(TypeAdapter(list[JournalEntry]).dump_json(entries))


async def followers_hear_states_and_entries(port: RoomPort) -> None:
    heard: set[type] = set()
    async with asyncio.timeout(WAIT_S), port.follow() as items:
        await port.control(Control("mute"))
        await port.control(Control("unmute"))
        async for item in items:
            heard.add(type(item))
            if heard >= {RoomState, JournalEntry}:
                return


async def controls_change_the_state(port: RoomPort) -> None:
    for do, status, undo in (
        ("pause", "paused", "resume"),
        ("mute", "muted", "unmute"),
        ("takeover", "human", "release"),
    ):
        assert (await port.control(Control(do))).ok  # type: ignore[arg-type]
        assert port.state().status == status
        assert (await port.control(Control(undo))).ok  # type: ignore[arg-type]
        assert port.state().status in ("live", "fallback")


async def what_an_operator_types_passes_the_gate(port: RoomPort) -> None:
    refused = await port.control(Control("say", text="全网最低，今天只要0.37元！"))
    assert not refused.ok
    assert any(claim.reason for claim in refused.claims)
    assert port.journal(0, "blocked", 1000)[-1].data["text"] == "全网最低，今天只要0.37元！"
    assert (await port.control(Control("say", text="欢迎来到直播间。"))).ok


async def an_unknown_product_is_refused_in_words(port: RoomPort) -> None:
    result = await port.control(Control("show_product", product_id="no such product"))
    assert not result.ok
    assert "no such product" in result.message


async def the_preview_plays(port: RoomPort) -> None:
    async with asyncio.timeout(WAIT_S), port.preview() as chunks:
        got = [await anext(chunks) for _ in range(10)]
    assert json.loads(got[0])["codecs"].startswith("avc1.")
    assert got[1][4:8] == b"ftyp"
    assert all(fragment[4:8] == b"moof" for fragment in got[2:])
    with av.open(io.BytesIO(b"".join(got[1:]))) as file:
        kinds = [type(frame).__name__ for frame in file.decode()]
    assert kinds.count("VideoFrame") >= 8
    assert kinds.count("AudioFrame") >= 8


async def metrics_are_prometheus_text(port: RoomPort) -> None:
    assert list(text_string_to_metric_families(port.metrics()))


async def the_shop_knows_its_products(port: RoomPort) -> None:
    shop = port.shop
    listing = shop.products()[0]
    assert shop.product(listing.product.id) == listing
    assert shop.product("no such product") is None
    ids = [fact.id for fact in listing.facts][::-1]
    assert [fact.id for fact in shop.facts([*ids, "nothing.price"])] == ids
    assert shop.files()


async def a_price_can_be_changed(port: RoomPort) -> None:
    prices = [
        fact for item in port.shop.products() for fact in item.facts
        if fact.field == "price" and isinstance(fact.value, Money)
    ]  # fmt: skip
    old = prices[0]
    changed = await port.shop.patch(old.product_id, "price", "12.5", old.variant)
    assert isinstance(changed.value, Money)
    assert changed.value.minor == 1250
    assert port.shop.facts([changed.id]) == [changed]
    with pytest.raises(ContentError, match="price"):
        await port.shop.patch(old.product_id, "price", "cheap", old.variant)


async def lines_are_checked(port: RoomPort) -> None:
    good = await port.shop.check("欢迎来到直播间。", "")
    assert good.ok
    bad = await port.shop.check("全网最低，只要0.37元。", "")
    assert not bad.ok
    assert all(bad.text[c.start : c.end] == c.text for c in bad.claims)


async def a_pitch_stands_on_facts(port: RoomPort) -> None:
    listing = port.shop.products()[0]
    lines = await port.shop.pitch(listing.product.id, "zh", 0.5)
    assert lines
    assert any(line.fact_ids for line in lines)


async def a_file_nobody_can_read_is_refused(port: RoomPort) -> None:
    with pytest.raises(ContentError, match=r"menu\.exe"):
        await port.shop.upload("menu.exe", b"MZ")


CHECKS: tuple[Callable[[RoomPort], Awaitable[None]], ...] = (
    state_is_whole, events_are_taken_once, a_comment_gets_an_answer, the_journal_counts_up,
    followers_hear_states_and_entries, controls_change_the_state,
    what_an_operator_types_passes_the_gate, an_unknown_product_is_refused_in_words,
    the_preview_plays, metrics_are_prometheus_text, the_shop_knows_its_products,
    a_price_can_be_changed, lines_are_checked, a_pitch_stands_on_facts,
    a_file_nobody_can_read_is_refused,
)  # fmt: skip
