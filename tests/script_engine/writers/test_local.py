import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from core.errors import ConfigError, ProviderError
from knowledge.shop import Shop
from script_engine.composer import Composer
from script_engine.gate import Gate
from script_engine.writers import Prompts, Timing
from script_engine.writers.briefs import CUES, Brief, pitch_brief
from script_engine.writers.chat import Request
from script_engine.writers.local import LocalModel
from tests.fakes.checkpoint import make_checkpoint
from tests.script_engine.writers.conftest import OpenDesk, settle

REQUEST = Request("rules", "ask", {"type": "object"}, 50)


class Counting:
    """Says numbers until it is stopped."""

    def __init__(self, upto: int) -> None:
        self.upto, self.said = upto, 0

    def generate(self, request: Request, stop: threading.Event) -> Iterator[str]:
        while self.said < self.upto and not stop.wait(0.001):
            self.said += 1
            yield f"{self.said} "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.json").write_text("{}")
    return tmp_path


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_checkpoint(tmp_path_factory.mktemp("tiny-qwen"))


@pytest.fixture(scope="module")
def brief(shop: Shop, gate: Gate, prompts: Prompts, when: datetime) -> Brief:
    steps = Composer(shop, gate, seed=1).plan("BT1001", "zh", when)[:4]
    return pitch_brief(prompts, shop.product("BT1001"), dict(enumerate(steps, 1)), "zh")


async def test_pieces_come_from_the_thread(folder: Path) -> None:
    model = LocalModel(folder, lambda _: Counting(3))
    assert [piece async for piece in model.stream(REQUEST)] == ["1 ", "2 ", "3 "]


async def test_what_nobody_reads_is_not_written_on(folder: Path) -> None:
    counting = Counting(100_000)
    model = LocalModel(folder, lambda _: counting)
    pieces = model.stream(REQUEST)
    await anext(pieces)
    await pieces.aclose()
    while any(thread.name.startswith("model ") for thread in threading.enumerate()):
        await asyncio.wait([asyncio.create_task(pieces.aclose())], timeout=0.01)
    assert counting.said < 100_000


async def test_a_model_that_cannot_be_loaded_is_an_error(folder: Path) -> None:
    with pytest.raises(ProviderError, match="cannot be loaded") as caught:
        [piece async for piece in LocalModel(folder).stream(REQUEST)]
    assert not caught.value.retryable


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"local_model.*no config\.json"):
        LocalModel(tmp_path)


async def test_a_real_checkpoint_writes_json_of_the_asked_shape(
    checkpoint: Path, brief: Brief
) -> None:
    model = LocalModel(checkpoint)
    for _ in range(3):
        pieces = [piece async for piece in model.stream(brief.request)]
        assert len(pieces) > 5
        reply = json.loads("".join(pieces))
        assert 1 <= len(reply["lines"]) <= 4
        for line in reply["lines"]:
            assert set(line) == {"step", "say", "facts", "cue"}
            assert line["step"] in {1, 2, 3, 4}
            assert 2 <= len(line["say"]) <= 120
            assert set(line["facts"]) <= set(brief.facts)
            assert line["cue"] in CUES
    await model.close()


async def test_its_nonsense_is_read_gated_and_stepped_down_from(
    checkpoint: Path, office: OpenDesk
) -> None:
    timing = Timing(stall_s=20.0, first_rest_s=5.0)
    async with office(models=[LocalModel(checkpoint)], timing=timing) as room:
        lines = room.desk.pitch("BT1001", "zh", room.clock.wall())
        said = [next(lines)]
        await settle(room.desk, 20.0)
        said += lines
        assert room.blocked
        assert all(line.language == "zh" and line.text for line in said)
        assert [(c.up, c.to) for c in room.changes] == [(False, "composer")]


def test_importing_the_script_engine_imports_no_torch() -> None:
    code = (
        "import sys, script_engine.engine, script_engine.writers, script_engine.writers.local\n"
        "assert not {'torch', 'transformers', 'llguidance'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
