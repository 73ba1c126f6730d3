import asyncio
import io
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pytest

from core.product import Fact, Money, Source
from core.utterance import Phone, Phrase, Utterance, Word
from core.wire import Wire


@dataclass(frozen=True, slots=True)
class Unknown:
    x: int


def utterance() -> Utterance:
    return Utterance(
        line_id="L1",
        text="你好",
        language="zh",
        voice="built-in",
        samples=np.linspace(-1, 1, 4800, dtype=np.float32),
        phones=(Phone("n", 0.0, 0.05), Phone("i", 0.05, 0.1, tone=3)),
        words=(Word(0, 2, 0.0, 0.1),),
        phrases=(Phrase(0, 2, 0.0, 0.1, 0, 0),),
    )


def test_utterance_survives_the_pipe() -> None:
    wire = Wire([Utterance, Fact])
    before = utterance()
    stream = io.BytesIO(wire.encode(before) + wire.encode(before))
    first, second = wire.each(stream)
    assert first.phones == before.phones
    assert second.phrases == before.phrases
    np.testing.assert_array_equal(first.samples, before.samples)


@pytest.mark.parametrize("value", [Money(19900, "CNY"), "玻尿酸", 30.0])
def test_fact_keeps_the_type_of_its_value(value: Money | str | float) -> None:
    wire = Wire([Fact])
    fact = Fact(
        "BT1001.price", "BT1001", "", "price", "price", value, "", "zh",
        Source("a.xlsx", "row 2"), valid_until=datetime(2026, 12, 1, tzinfo=UTC),
    )  # fmt: skip
    assert wire.decode(wire.encode(fact)[4:]) == fact


def test_a_cut_message_ends_the_stream() -> None:
    wire = Wire([Utterance])
    assert wire.read(io.BytesIO(wire.encode(utterance())[:-1])) is None


def test_types_the_pipe_does_not_carry_are_refused() -> None:
    with pytest.raises(TypeError, match="Unknown"):
        Wire([Utterance]).encode(Unknown(1))


async def test_receive_over_asyncio() -> None:
    wire = Wire([Utterance])
    reader = asyncio.StreamReader()
    reader.feed_data(wire.encode(utterance()))
    reader.feed_eof()
    assert (await wire.receive(reader)).line_id == "L1"
    with pytest.raises(asyncio.IncompleteReadError):
        await wire.receive(reader)
