"""Voices that die, freeze and are poisoned in a room that is on air, with real processes."""

import os
import shutil
import signal
import stat
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from benchmarks.recording import longest_silence_s, read_sound
from room.settings import CONFIGS
from tests.room.live import LiveRoom, small_room

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

POISON = "bonjour"


def poisoned_flite(folder: Path) -> Path:
    """A flite that kills the voice that runs it when it is to say a certain word."""
    path = folder / "bin" / "flite"
    path.parent.mkdir()
    real = shutil.which("flite")
    path.write_text(
        "#!/bin/bash\n"
        f'case "${{*,,}}" in *{POISON}*) kill -9 $PPID; sleep 5;; esac\n'
        f'exec {real} "$@"\n'
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path.parent


def workers(room: LiveRoom, voice: str) -> list[psutil.Process]:
    """The room's own workers with a voice, oldest first."""
    found = [
        process
        for process in psutil.Process(room.process.pid).children()
        if "speech.worker" in process.cmdline() and voice in process.cmdline()
    ]
    return sorted(found, key=lambda process: process.create_time())


def steps(room: LiveRoom) -> list[dict[str, Any]]:
    entries = [*room.journal("step_down"), *room.journal("step_up")]
    return sorted((e for e in entries if e["data"]["part"] == "voice"), key=lambda e: e["n"])


def voice_of(room: LiveRoom) -> str:
    return str(room.state()["voice"])


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("flite") is None, reason="flite is not installed")
def test_killed_frozen_and_poisoned(
    tmp_path: Path, baked_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """flite speaks; it is killed, then stopped, then given a line it dies over; then all die."""
    monkeypatch.setenv("PATH", f"{poisoned_flite(tmp_path)}:{os.environ['PATH']}")
    film = tmp_path / "night.mp4"
    path = small_room(tmp_path, extra='[voice]\nname = "flite"\n')
    path.write_text(path.read_text().replace('name = "test"', 'name = "test"\nlanguage = "en"'))
    room = LiveRoom(path, baked_cache, "--sink", f"file:{film}")
    try:
        room.on_air()
        room.wait_until(lambda: voice_of(room) == "flite", "flite is ready")
        room.wait_until(lambda: room.state()["line"], "the first line")

        # killed: the next voice steps in, and flite comes back by itself
        os.kill(workers(room, "flite")[0].pid, signal.SIGKILL)
        room.wait_until(lambda: steps(room)[-1:] and steps(room)[-1]["kind"] == "step_down", "down")
        assert steps(room)[-1]["data"]["to"] == "built-in"
        room.wait_until(lambda: steps(room)[-1]["data"]["to"] == "flite", "flite is back")

        # frozen: it lives and does nothing
        before = len(steps(room))
        frozen = workers(room, "flite")[0]
        frozen.suspend()
        room.ask("q1", "How much is it?")
        room.wait_until(lambda: len(steps(room)) > before, "stepped over")
        answer = room.wait_until(lambda: room.answer("q1").get("done") and room.answer("q1"), "q1")
        assert answer["on_air"] - answer["received"] < 20_000
        room.wait_until(lambda: not frozen.is_running() or frozen.status() == "zombie", "killed")
        room.wait_until(lambda: steps(room)[-1]["data"]["to"] == "flite", "flite is back again")

        # poisoned: a line that kills it twice is said by another voice from then on
        text = f"Say {POISON} to our new friends"
        for number in range(3):
            lives = len(room.journal("restart"))
            room.control({"do": "say", "text": text})
            room.wait_until(
                lambda lives=lives, number=number: (
                    number == 2 or len(room.journal("restart")) > lives
                ),
                "it dies over the line",
            )
            room.wait_until(lambda: voice_of(room) == "flite", "flite is back")
        told = [e["data"] for e in room.journal("blocked") if e["data"]["by"] == "voice"]
        assert [data["text"] for data in told] == [text]

        # every voice dies at once, again and again: pictures and captions go on
        for _ in range(2):
            for process in workers(room, "flite") + workers(room, "built-in"):
                process.kill()
            time.sleep(0.3)
        room.wait_until(lambda: voice_of(room) == "flite", "all are back", 90)
        lines = len(room.journal("line"))
        room.wait_until(lambda: len(room.journal("line")) > lines, "the pitch goes on")
        assert room.end() == 0, room.stderr
    finally:
        room.close()
    assert longest_silence_s(read_sound(film)) < 1.0


def test_the_built_in_voice_has_a_warm_standby(tmp_path: Path, baked_cache: Path) -> None:
    room = LiveRoom(small_room(tmp_path), baked_cache, "--sink", "null:")
    try:
        room.on_air()
        room.wait_until(lambda: len(workers(room, "built-in")) == 2, "two workers")
        room.wait_until(lambda: room.state()["line"], "the first line")
        in_use = workers(room, "built-in")[0]
        in_use.suspend()
        room.ask("q", "一号链接多少钱？")
        answer = room.wait_until(lambda: room.answer("q").get("done") and room.answer("q"), "q")
        assert answer["action"] == "answer"
        room.wait_until(lambda: room.state()["counters"]["restarts"] == 1, "the frozen one is gone")
        room.wait_until(lambda: voice_of(room) == "built-in", "back")
        names = [entry["data"]["to"] for entry in steps(room)]
        assert names[-2:] == ["built-in (standby)", "built-in"]
    finally:
        room.close()


def test_a_clone_without_consent_keeps_the_room_off_air(tmp_path: Path, baked_cache: Path) -> None:
    voice = tmp_path / "clone.toml"
    for name in ("model.pth", "config.json", "vocab.json"):
        (tmp_path / name).write_bytes(b"")
    shutil.copyfile(CONFIGS / "rooms" / "demo.toml", tmp_path / "person.wav")
    voice.write_text(
        'engine = "xtts"\ncheckpoint = "."\nreference = "person.wav"\nlanguages = ["zh"]\n'
        'licence = "CPML"\n'
    )
    room = LiveRoom(
        small_room(tmp_path, extra='[voice]\nname = "clone.toml"\n'), baked_cache, "--sink", "null:"
    )
    try:
        assert room.process.wait(60) == 1
        assert "person.consent.toml" in room.stderr.replace("\n", "")
        assert "who =" in room.stderr
    finally:
        room.close()
