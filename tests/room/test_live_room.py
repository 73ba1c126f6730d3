"""The whole path with real processes, a real voice, a real file and a real server."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import openpyxl
import pytest

from benchmarks.recording import longest_silence_s, picture_times, read_sound
from core.utterance import SAMPLE_RATE_HZ
from tests.render.conftest import RtmpServer
from tests.room.live import LiveRoom, small_room

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RtmpServer]:
    place = tmp_path / "rtmp"
    place.mkdir()
    server = RtmpServer(place)
    server.start()
    yield server
    server.stop()


def voice_steps_up(room: LiveRoom) -> list[dict[str, Any]]:
    return [e for e in room.journal("step_up") if e["data"]["part"] == "voice"]


def test_a_night_in_half_a_minute(folder: Path, server: RtmpServer, baked_cache: Path) -> None:
    """On air to a file and a server; questions; a killed voice; a price changed in the file."""
    film = folder / "night.mp4"
    room = LiveRoom(small_room(folder), baked_cache, "--sink", f"file:{film}", "--sink", server.url)
    try:
        room.on_air()
        room.wait_until(lambda: room.state()["line"], "the first line")

        # a question that the facts answer
        room.ask("q1", "一号链接多少钱？")
        answer = room.wait_until(lambda: room.answer("q1").get("done") and room.answer("q1"), "q1")
        assert answer["action"] == "answer"
        assert answer["facts"]
        assert 0 < answer["on_air"] - answer["received"] < 20_000
        # one that they do not
        room.ask("q2", "你们工厂有多少个工人？")
        unknown = room.wait_until(lambda: room.answer("q2").get("done") and room.answer("q2"), "q2")
        assert (unknown["action"], unknown["facts"]) == ("unknown", [])
        # the same id is taken once
        room.ask("q1", "一号链接多少钱？")

        # the voice is killed: pictures go on, the voice comes back
        before = room.state()["counters"]["pictures_sent"]
        # it has stepped up before if it was still loading when the room went on air
        back = len(voice_steps_up(room))
        os.kill(room.child("speech.worker").pid, signal.SIGKILL)
        room.wait_until(lambda: room.state()["counters"]["restarts"] == 1, "a new voice")
        room.wait_until(
            lambda: len(voice_steps_up(room)) > back,
            "the voice is back",
        )
        lines = len(room.journal("line"))
        room.wait_until(lambda: len(room.journal("line")) > lines, "the pitch goes on")
        assert room.state()["counters"]["pictures_sent"] > before

        # an operator's line passes the gate, or is told why not
        said = httpx.post(f"{room.url}/api/control", json={"do": "say", "text": "欢迎新来的朋友"})
        assert said.json()["ok"], said.text
        lie = httpx.post(
            f"{room.url}/api/control", json={"do": "say", "text": "今天全网最低价，只要9.9元"}
        )
        assert not lie.json()["ok"]
        assert lie.json()["claims"] or lie.json()["rules"]

        assert room.end() == 0, room.stderr
        assert "s3cret-key" not in room.stderr
    finally:
        room.close()

    entries = room.journal_file()
    assert "s3cret-key" not in str(entries)
    assert entries[-1]["kind"] == "end"
    answers = [e["data"]["event_ids"] for e in entries if e["kind"] == "answer"]
    assert answers.count(["q1"]) == 3  # decided, on air, done
    sound, times = read_sound(film), picture_times(film)
    assert sound.gaps == 0
    assert longest_silence_s(sound) < 0.5
    assert len(sound.samples) / SAMPLE_RATE_HZ == pytest.approx(times[-1] - times[0], abs=0.3)
    # what the server recorded is the same broadcast
    (recording,) = server.recordings
    pushed = picture_times(recording)
    assert len(pushed) == pytest.approx(len(times), rel=0.1)
    assert np.all(np.diff(pushed) > 0)


def test_a_price_changed_in_the_file_is_what_the_next_answer_says(
    folder: Path, baked_cache: Path
) -> None:
    room = LiveRoom(small_room(folder), baked_cache, "--sink", "null:")
    try:
        room.on_air()
        product = httpx.get(f"{room.url}/api/shop/products").json()[0]["product"]["id"]
        table = folder / "shop" / "商品表.xlsx"
        book = openpyxl.load_workbook(table)
        sheet = book.worksheets[0]
        header = next(row for row in sheet.iter_rows() if any(c.value == "直播价" for c in row))
        column = next(cell.column for cell in header if cell.value == "直播价")
        row = next(r for r in sheet.iter_rows() if any(c.value == product for c in r))
        sheet.cell(row[0].row, column).value = 177
        book.save(table)
        book.close()
        room.wait_until(lambda: room.journal("shop"), "the file is read again")
        room.ask("q", f"{product}多少钱？")
        answer = room.wait_until(lambda: room.answer("q"), "an answer")
        assert "177" in answer["text"]

        # a broken file is told of, and what was known stays
        shutil.copyfile(folder / "shop" / "pictures" / f"{product}.png", table)
        room.wait_until(
            lambda: any(e["data"].get("refused") for e in room.journal("shop")), "refused"
        )
        room.ask("q2", f"{product}多少钱？")
        assert "177" in room.wait_until(lambda: room.answer("q2"), "an answer")["text"]
    finally:
        room.close()


def test_ctrl_c_before_it_is_on_air(folder: Path, tmp_path: Path) -> None:
    room = LiveRoom(small_room(folder), tmp_path / "empty-cache", "--sink", "null:")
    try:
        room.wait_until(lambda: "shape" in room.stderr, "the presenter is being built")
        assert room.end(15) == 0, room.stderr
        assert not any(entry["data"].get("on_air") for entry in room.journal_file())
    finally:
        room.close()


def test_a_port_in_use_is_said_at_once(folder: Path, baked_cache: Path) -> None:
    first = LiveRoom(small_room(folder), baked_cache, "--sink", "null:")
    (folder / "b").mkdir()
    try:
        first.on_air()
        second = LiveRoom(
            small_room(folder / "b"), baked_cache, "--sink", "null:", "--port", str(first.port)
        )
        assert second.process.wait(60) == 1
        assert f"127.0.0.1:{first.port}" in second.stderr.replace("\n", "")
        second.close()
    finally:
        first.close()
