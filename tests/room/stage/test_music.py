from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from benchmarks.recording import longest_silence_s, read_sound
from core.clock import SystemClock
from core.errors import ConfigError, MediaError
from render.broadcast import Broadcast
from render.encoder import Encoder
from room.settings import load_room
from room.stage.bed import Bed
from room.stage.music import check_music, load_music
from tests.render.media import FPS, HEIGHT, WIDTH, States, flash_frame

FORMATS = {"m.mp3": ("mp3", 44_100), "m.ogg": ("libopus", 48_000), "m.flac": ("flac", 44_100),
           "m.m4a": ("aac", 48_000), "m.wav": ("pcm_s16le", 22_050)}  # fmt: skip


def write_music(path: Path, codec: str, rate_hz: int, *, duration_s: float = 6.0) -> Path:
    """A chord in stereo that keeps its level, with silence before and after it."""
    t = np.arange(round(duration_s * rate_hz)) / rate_hz
    chord = 0.2 * sum(np.sin(2 * np.pi * hertz * t) for hertz in (220, 277, 330))
    quiet = np.zeros(2 * rate_hz)
    both = np.stack([np.concatenate([quiet, chord, quiet])] * 2).astype(np.float32)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate_hz, layout="stereo")
        for at in range(0, both.shape[1], 1024):
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(both[:, at : at + 1024]), "fltp", "stereo"
            )
            frame.sample_rate, frame.pts = rate_hz, at
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def blocks_db(sound: np.ndarray, size: int = 2400) -> np.ndarray:
    cut = sound[: len(sound) // size * size].reshape(-1, size)
    return 20 * np.log10(np.sqrt(np.mean(cut**2, axis=1)) + 1e-9)


@pytest.mark.parametrize("name", FORMATS)
def test_a_loop_has_no_gap_whatever_the_format(tmp_path: Path, name: str) -> None:
    path = write_music(tmp_path / name, *FORMATS[name])
    check_music(path)
    loop = load_music(path)
    bed = Bed(loop, -20.0, 12.0)
    sound = np.concatenate([bed.next(1920, speaking=False) for _ in range(20 * 25)])
    levels = blocks_db(sound)
    assert levels.mean() == pytest.approx(-20.0, abs=0.7)
    assert levels.min() > -24.5  # the silence at the ends is gone, the seam keeps its level
    assert np.abs(np.diff(sound)).max() < 0.05
    assert abs(sound.mean()) < 1e-3


def test_it_makes_way_for_speech_by_what_the_room_says(tmp_path: Path) -> None:
    bed = Bed(load_music(write_music(tmp_path / "m.wav", *FORMATS["m.wav"])), -20.0, 12.0)

    def level(seconds: float, *, speaking: bool) -> float:
        pieces = [bed.next(1920, speaking=speaking) for _ in range(round(seconds * 25))]
        return float(blocks_db(np.concatenate(pieces)).mean())

    assert level(4, speaking=False) == pytest.approx(-20.0, abs=0.7)
    level(1, speaking=True)
    assert level(4, speaking=True) == pytest.approx(-32.0, abs=0.7)


def test_a_recording_holds_the_music_alone_and_lower_under_speech(tmp_path: Path) -> None:
    """Through the encoder into a file and back: 330 Hz is the music's, 220 Hz the voice's."""
    t = np.arange(4 * 48_000) / 48_000
    music = (np.sqrt(2) * np.sin(2 * np.pi * 330 * t)).astype(np.float32)
    bed = Bed(music, -20.0, 12.0)
    encoder = Encoder(WIDTH, HEIGHT, FPS, preset="ultrafast")
    sender = Broadcast(encoder, [f"file:{tmp_path}/r.mp4"], SystemClock(), States())
    voice = 0.2 * np.sin(2 * np.pi * 220 * np.arange(1920) / 48_000)
    for index in range(12 * FPS):
        speaking = 4 * FPS <= index < 8 * FPS
        sound = bed.next(1920, speaking=speaking) + (voice if speaking else 0)
        sender.send(replace(flash_frame(index), samples=np.asarray(sound, np.float32)))
    sender.close()
    heard = read_sound(tmp_path / "r.mp4")
    assert heard.gaps == 0
    assert longest_silence_s(heard) == 0

    def music_db(start_s: float) -> float:
        part = heard.samples[round(start_s * 48_000) :][:48_000] * np.hanning(48_000)
        return float(20 * np.log10(np.abs(np.fft.rfft(part))[330]))

    assert music_db(2.5) - music_db(5.5) == pytest.approx(12.0, abs=1.0)
    assert music_db(10.5) == pytest.approx(music_db(2.5), abs=1.0)


@pytest.mark.parametrize("content", [b"", b"no music at all" * 100])
def test_what_is_no_music_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tune.mp3"
    path.write_bytes(content)
    with pytest.raises(MediaError, match=r"tune\.mp3"):
        load_music(path)
    with pytest.raises(MediaError, match=r"tune\.mp3"):
        check_music(path)


def test_a_jingle_is_too_short(tmp_path: Path) -> None:
    path = write_music(tmp_path / "m.wav", "pcm_s16le", 22_050, duration_s=0.5)
    with pytest.raises(MediaError, match="too short"):
        load_music(path)


def test_a_room_names_file_and_key_of_music_it_cannot_use(tmp_path: Path) -> None:
    for name in ("shop", "s.toml"):
        (tmp_path / name).touch()
    (tmp_path / "p.toml").write_text('name = "p"\n')
    room = tmp_path / "room.toml"
    head = (
        'name = "r"\nshop = "shop"\npresenter = "p.toml"\nscene = "s.toml"\n'
        '[voice]\nname = "built-in"\n[music]\n'
    )
    room.write_text(head + 'file = "none.mp3"\n')
    with pytest.raises(ConfigError, match=r"none\.mp3") as caught:
        load_room(room)
    assert "music.file" in str(caught.value)
    assert "room.toml" in str(caught.value)
    write_music(tmp_path / "m.ogg", *FORMATS["m.ogg"])
    room.write_text(head + 'file = "m.ogg"\nlevel_db = -30\n')
    assert load_room(room).music.file == tmp_path / "m.ogg"
