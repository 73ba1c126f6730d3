import io
import threading
from fractions import Fraction

import av
import pytest

from core.clock import SystemClock
from render.sinks import PreviewChunk, PreviewSink
from render.sinks.preview import Fragmenter
from tests.render.media import FPS, Clip, encode_clip, later


def preview(clip: Clip) -> list[PreviewChunk]:
    chunks: list[PreviewChunk] = []
    fragmenter = Fragmenter(clip.info, chunks.append)
    for packet in clip.packets:
        fragmenter.write(packet)
    fragmenter.close()
    return chunks


def decode(chunks: list[PreviewChunk]) -> tuple[list[Fraction], list[Fraction]]:
    """Times of the pictures and of the sound's runs."""
    data = io.BytesIO(b"".join(chunk.data for chunk in chunks))
    pictures: list[Fraction] = []
    sound: list[Fraction] = []
    with av.open(data) as container:
        for frame in container.decode():
            times = pictures if isinstance(frame, av.VideoFrame) else sound
            times.append(frame.pts * frame.time_base)
    return pictures, sound


@pytest.fixture(scope="module")
def short() -> Clip:
    return encode_clip(4)


def test_init_and_fragments_are_a_film(short: Clip) -> None:
    chunks = preview(short)
    assert [chunk.kind for chunk in chunks] == ["init"] + ["fragment"] * (len(chunks) - 1)
    assert chunks[0].codecs == short.info.codecs
    pictures, sound = decode(chunks)
    assert pictures == [Fraction(n, FPS) for n in range(4 * FPS)]
    assert sound == [Fraction(1024 * n, 48_000) for n in range(len(sound))]
    assert sound[-1] >= 4 - Fraction(2 * 1024, 48_000)


def test_the_sink_delivers_them_from_a_thread_of_its_own(short: Clip) -> None:
    chunks: list[PreviewChunk] = []
    threads = set()

    def take(chunk: PreviewChunk) -> None:
        chunks.append(chunk)
        threads.add(threading.current_thread())

    sink = PreviewSink(short.info, SystemClock(), take)
    for packet in short.packets:
        sink.put(packet)
    sink.close()
    assert chunks == preview(short)
    assert len(threads) == 1
    assert threading.current_thread() not in threads


def test_fragments_are_a_fifth_of_a_second(short: Clip) -> None:
    chunks = preview(short)
    assert len(chunks) == 1 + 4 * 5
    for chunk in chunks[1:]:
        assert chunk.data[4:8] == b"moof"


def test_each_group_of_pictures_begins_a_fragment(short: Clip) -> None:
    keys = [n for n, chunk in enumerate(preview(short)) if chunk.keyframe]
    assert keys == [1, 11]


def test_a_late_joiner_sees_from_the_last_key_frame_on(short: Clip) -> None:
    chunks = preview(short)
    last = max(n for n, chunk in enumerate(chunks) if chunk.keyframe)
    pictures, sound = decode([chunks[0], *chunks[last:]])
    assert pictures == [Fraction(n, FPS) for n in range(2 * FPS, 4 * FPS)]
    assert 2 - Fraction(1, 10) <= sound[0] <= 2


def test_the_picture_before_a_skipped_one_stands_longer() -> None:
    chunks = preview(encode_clip(2, skipped=(4, 5, 6, 20)))
    pictures, _ = decode(chunks)
    assert pictures == [Fraction(n, FPS) for n in range(2 * FPS) if n not in (4, 5, 6, 20)]
    with av.open(io.BytesIO(b"".join(chunk.data for chunk in chunks))) as container:
        packets = [p for p in container.demux(video=0) if p.size]
    ends = [p.pts + p.duration for p in packets]
    assert ends[:-1] == [p.pts for p in packets[1:]]  # a browser stops at the smallest hole


def test_sound_goes_on_where_pictures_fail() -> None:
    chunks = preview(encode_clip(5, skipped=tuple(range(30, 90))))
    assert len(chunks) > 10
    _, sound = decode(chunks)
    assert sound == [Fraction(1024 * n, 48_000) for n in range(len(sound))]


def test_times_stay_exact_past_33_bits(short: Clip) -> None:
    """MPEG's own clock turns over after 26.5 hours."""
    packets = short.between(0, 2) + later(short.between(2, 4), 40 * 3600)
    pictures, _ = decode(preview(Clip(short.info, packets)))
    assert pictures[50:] == [40 * 3600 + 2 + Fraction(n, FPS) for n in range(50)]
