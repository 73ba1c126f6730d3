from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from render.packet import Packet
from render.sinks.origin import Origin


def packet(kind: str, pts: int, base: Fraction, *, key: bool = True) -> Packet:
    return Packet("video" if kind == "video" else "audio", pts, pts, 1, base, key, b"")


@given(st.integers(0, 2**40), st.sampled_from([24, 25, 30, 50, 60]))
def test_both_tracks_move_by_the_same_exact_time(start: int, fps: int) -> None:
    origin = Origin()
    first = packet("video", start, Fraction(1, fps))
    assert origin.shift(first) == replace(first, pts=0, dts=0)
    for frames in (1, 7, 100_000):
        samples = (start + frames) * 48_000 // fps
        sound = origin.shift(packet("audio", samples, Fraction(1, 48_000)))
        picture = origin.shift(packet("video", start + frames, Fraction(1, fps), key=False))
        assert sound is not None
        assert picture is not None
        assert sound.time_s == picture.time_s == Fraction(frames, fps)


def test_nothing_passes_before_the_first_key_frame_nor_sound_from_before_it() -> None:
    origin = Origin()
    assert origin.shift(packet("audio", 0, Fraction(1, 48_000))) is None
    assert origin.shift(packet("video", 9, Fraction(1, 25), key=False)) is None
    assert origin.shift(packet("video", 10, Fraction(1, 25))) is not None
    assert origin.shift(packet("audio", 19_199, Fraction(1, 48_000))) is None
    assert origin.shift(packet("audio", 19_200, Fraction(1, 48_000))) is not None
