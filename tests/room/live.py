"""A real room in processes of its own, started as a user starts it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import psutil

from room.settings import CONFIGS

ROOT = CONFIGS.parent
PRESENTER = Path(sys.executable).with_name("presenter")


def small_room(folder: Path, *, extra: str = "") -> Path:
    """A room file with a copy of the demo shop and a small picture."""
    shutil.copytree(
        CONFIGS / "shops" / "demo", folder / "shop", ignore=shutil.ignore_patterns(".presenter")
    )
    path = folder / "room.toml"
    path.write_text(f"""
name = "test"
shop = "shop"
presenter = "{CONFIGS}/presenters/lin.toml"
scene = "{CONFIGS}/scenes/soft-daylight.toml"
[video]
width_px = 368
height_px = 640
bitrate_kbps = 800
{extra}
""")
    return path


class LiveRoom:
    """`presenter run` with its console, its journal and its processes."""

    def __init__(self, room: Path, cache: Path, *arguments: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._state = room.parent / "state"
        self._log = (room.parent / "stderr.log").open("w+")
        environment = os.environ | {
            "XDG_CACHE_HOME": str(cache), "XDG_STATE_HOME": str(self._state),
        }  # fmt: skip
        self.process = subprocess.Popen(
            [PRESENTER, "run", room, "--port", str(self.port), *arguments],
            env=environment, stderr=self._log, cwd=ROOT,
        )  # fmt: skip

    @property
    def stderr(self) -> str:
        return Path(self._log.name).read_text()

    def wait_until(self, condition: Callable[[], Any], what: str, seconds: float = 60) -> Any:
        """The first true value of a condition; fails with the room's own words after a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if value := condition():
                    return value
            except httpx.TransportError:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"{what}: not within {seconds} s; the room said:\n{self.stderr}")

    def state(self) -> dict[str, Any]:
        return dict(httpx.get(f"{self.url}/api/state").json())

    def on_air(self) -> None:
        self.wait_until(
            lambda: self.state()["counters"].get("pictures_sent", 0) > 25, "on air", 200
        )

    def journal(self, kind: str = "") -> list[dict[str, Any]]:
        query = f"&kind={kind}" if kind else ""
        return list(httpx.get(f"{self.url}/api/journal?limit=10000{query}").json())

    def journal_file(self) -> list[dict[str, Any]]:
        (path,) = self._state.rglob("journal-*.jsonl")
        return [json.loads(row) for row in path.read_text("utf-8").splitlines()]

    def control(self, command: dict[str, str]) -> None:
        reply = httpx.post(f"{self.url}/api/control", json=command, timeout=30)
        assert reply.json()["ok"], reply.text

    def ask(self, event_id: str, text: str) -> None:
        event = {"id": event_id, "kind": "comment", "text": text, "user": {"name": "小林"}}
        assert httpx.post(f"{self.url}/api/events", json=event).status_code == 202

    def answer(self, event_id: str) -> dict[str, Any]:
        """The last journal entry of a comment's answer, {} while there is none."""
        entries = [e["data"] for e in self.journal("answer") if event_id in e["data"]["event_ids"]]
        return entries[-1] if entries else {}

    def child(self, module: str) -> psutil.Process:
        """The process that runs a module."""
        for process in psutil.Process(self.process.pid).children(recursive=True):
            if module in process.cmdline():
                return process
        raise AssertionError(f"no process runs {module}")

    def end(self, seconds: float = 30) -> int:
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(seconds)

    def close(self) -> None:
        if self.process.poll() is None:
            children = psutil.Process(self.process.pid).children(recursive=True)
            self.process.kill()
            for child in children:
                child.kill()
            self.process.wait()
        self._log.close()
