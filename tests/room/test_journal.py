import json
from pathlib import Path

from room.journal import FOLLOWER_QUEUE, Journal
from tests.fakes.clock import VirtualClock


def test_entries_are_numbered_timed_and_written(tmp_path: Path) -> None:
    clock = VirtualClock()
    journal = Journal(tmp_path / "j.jsonl", clock)
    journal.add("start", room="demo")
    clock.sleep(1.5)
    journal.add("line", text="你好")
    journal.close()
    rows = [json.loads(row) for row in (tmp_path / "j.jsonl").read_text("utf-8").splitlines()]
    assert [(row["n"], row["at_ms"], row["kind"]) for row in rows] == [
        (1, 0, "start"),
        (2, 1500, "line"),
    ]
    assert [e.n for e in journal.after(1)] == [2]
    assert journal.after(0, kind="line")[0].data == {"text": "你好"}


async def test_a_slow_follower_loses_its_oldest_and_nothing_else() -> None:
    journal = Journal(None, VirtualClock())
    async with journal.follow() as items:
        for i in range(FOLLOWER_QUEUE + 10):
            journal.add("line", i=i)
        first = await anext(items)
    assert getattr(first, "data", None) == {"i": 10}
    assert journal.last == FOLLOWER_QUEUE + 10


def test_a_full_disk_does_not_stop_the_room(tmp_path: Path) -> None:
    journal = Journal(Path("/dev/full"), VirtualClock())
    journal.add("line", text="still here")
    journal.close()
    assert journal.last == 1
