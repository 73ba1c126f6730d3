from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from render.packet import Packet
from render.sinks.queues import NewestQueue, PacketQueue


def video(at: int, *, key: bool) -> Packet:
    return Packet("video", at, at, 1, Fraction(1, 25), key, b"v")


def audio(at: int) -> Packet:
    return Packet("audio", at * 1920, at * 1920, 1024, Fraction(1, 48_000), True, b"a")


def drained(queue: PacketQueue) -> list[Packet]:
    queue.close()
    return list(iter(queue.get, None))


def fill(queue: PacketQueue, n: int) -> None:
    for at in range(n):
        queue.put(video(at, key=at % 50 == 0))
        queue.put(audio(at))


def test_the_oldest_group_goes_with_its_sound() -> None:
    queue = PacketQueue(limit_s=8.0)
    fill(queue, 230)  # 9.2 s
    left = drained(queue)
    assert left[0] == video(50, key=True)
    assert [p.pts for p in left if p.kind == "video"] == list(range(50, 230))
    assert queue.dropped == 50


def test_a_fresh_start_keeps_the_newest_group_only() -> None:
    queue = PacketQueue(limit_s=8.0)
    fill(queue, 120)
    queue.freshen()
    assert drained(queue)[0] == video(100, key=True)
    assert queue.dropped == 100


def test_pictures_without_a_key_frame_are_not_kept_for_ever() -> None:
    queue = PacketQueue(limit_s=2.0)
    for at in range(200):
        queue.put(video(at, key=at == 0))
    queue.put(video(200, key=True))
    queue.put(video(201, key=False))
    assert drained(queue) == [video(200, key=True), video(201, key=False)]
    assert queue.dropped == 200


@given(
    st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 3)), max_size=300),
    st.floats(0.2, 3.0),
)
def test_what_is_left_can_be_decoded_and_is_bounded(
    steps: list[tuple[bool, bool, int]], limit_s: float
) -> None:
    """However pictures, key frames, sound and reading interleave."""
    queue = PacketQueue(limit_s)
    queue.put(video(0, key=True))
    taken: list[Packet] = []
    pictures = 1
    for at, (is_video, key, reads) in enumerate(steps, start=1):
        queue.put(video(at, key=key) if is_video else audio(at))
        pictures += is_video
        waiting = queue._packets
        assert not waiting or waiting[-1].time_s - waiting[0].time_s <= limit_s
        taken += [packet for _ in range(min(reads, len(waiting))) if (packet := queue.get())]
    taken += drained(queue)
    shown = [packet for packet in taken if packet.kind == "video"]
    assert len(shown) + queue.dropped == pictures
    for before, after in pairwise(shown):
        put = range(before.pts + 1, after.pts)
        skipped = [at for at in put if steps[at - 1][0]]
        assert not skipped or after.keyframe


def test_pictures_for_the_camera_drop_the_oldest() -> None:
    queue = NewestQueue[int](2)
    for n in range(5):
        queue.put(n)
    assert (queue.get(), queue.get(), queue.dropped) == (3, 4, 3)
    queue.close()
    assert queue.get() is None
