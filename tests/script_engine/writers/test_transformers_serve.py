"""The whole road with a real server: `transformers serve` and a small checkpoint made here."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from core.clock import SystemClock
from script_engine.writers import Timing
from script_engine.writers.chat import Request
from script_engine.writers.server import ServerModel
from tests.fakes.checkpoint import make_checkpoint
from tests.fakes.clock import VirtualClock
from tests.script_engine.writers.conftest import OpenDesk, settle

START_S = 90.0
TIMING = Timing(stall_s=20.0, patience_s=60.0)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """URL and model name."""
    folder = make_checkpoint(tmp_path_factory.mktemp("served-qwen"))
    home = tmp_path_factory.mktemp("hf")
    (home / "hub").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        str(Path(sys.executable).parent / "transformers"), "serve", str(folder),
        "--device", "cpu", "--host", "127.0.0.1", "--port", str(port),
    ]  # fmt: skip
    environment = os.environ | {"HF_HOME": str(home), "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/health", process)
            yield f"http://127.0.0.1:{port}", str(folder)
        finally:
            process.terminate()


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    clock = SystemClock()
    until_s = clock.now() + START_S
    while clock.now() < until_s and process.poll() is None:
        try:
            if httpx.get(url, trust_env=False).is_success:
                return
        except httpx.TransportError:
            clock.sleep(0.25)
    pytest.fail("transformers serve does not answer")


@pytest.mark.slow
@pytest.mark.timeout(180)
async def test_tokens_stream_and_the_lines_of_a_random_model_are_kept_back(
    served: tuple[str, str], office: OpenDesk
) -> None:
    url, name = served
    model = ServerModel(url, name, VirtualClock(), timeout_s=60)
    request = Request("say something", "hello", {"type": "object"}, 200, 1.5)
    pieces = [piece async for piece in model.stream(request)]
    assert len([piece for piece in pieces if piece]) > 3
    await model.close()

    model = ServerModel(url, name, VirtualClock(), timeout_s=60)
    async with office(models=[model], timing=TIMING) as room:
        lines = room.desk.pitch("BT1001", "zh", room.clock.wall())
        said = [next(lines)]
        await settle(room.desk, 60.0)
        said += lines
        assert len(said) >= 5
        assert [(c.up, c.to) for c in room.changes] == [(False, "composer")]
        assert "may be said" in room.changes[0].reason
