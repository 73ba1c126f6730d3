from pathlib import Path

import numpy as np
import pytest
from jaxtyping import Float32

from speech.engines.cache import SoundCache
from speech.engines.voice import Sound, SoundPhone, SoundWord


def noise(count: int = 1000, seed: int = 0) -> Float32[np.ndarray, " n"]:
    return np.random.default_rng(seed).uniform(-1, 1, count).astype(np.float32)


def test_what_is_put_is_got(tmp_path: Path) -> None:
    cache = SoundCache(tmp_path)
    sound = Sound(noise(), 24_000, (SoundPhone("a", 0.0, 0.5, 1),), (SoundWord(0, 2, 0.0, 0.5),))
    assert cache.get("key") is None
    cache.put("key", sound)
    got = SoundCache(tmp_path).get("key")  # another process would find it too
    assert got is not None
    assert np.abs(got.samples - sound.samples).max() <= 1 / 32767
    assert (got.rate_hz, got.phones, got.words) == (24_000, sound.phones, sound.words)
    assert cache.get("other key") is None


@pytest.mark.parametrize("damage", ["cut", "flip", "empty"])
def test_damaged_entries_are_taken_for_missing(tmp_path: Path, damage: str) -> None:
    cache = SoundCache(tmp_path)
    cache.put("key", Sound(noise(), 24_000))
    (path,) = tmp_path.rglob("*.sound")
    data = bytearray(path.read_bytes())
    if damage == "flip":
        data[len(data) // 2] ^= 1
    kept = {"flip": len(data), "cut": len(data) // 2, "empty": 0}[damage]
    path.write_bytes(bytes(data[:kept]))
    assert cache.get("key") is None
    assert not path.exists()
    cache.put("key", Sound(noise(), 24_000))
    assert cache.get("key") is not None


def test_the_least_lately_used_go_first(tmp_path: Path) -> None:
    size = 2 * 5000
    cache = SoundCache(tmp_path, limit_bytes=10 * size)
    for number in range(8):
        cache.put(str(number), Sound(noise(5000, number), 24_000))
    assert cache.get("0") is not None  # used again: no longer the oldest
    for number in range(8, 12):
        cache.put(str(number), Sound(noise(5000, number), 24_000))
    held = sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file())
    assert held <= 10 * size
    assert cache.get("0") is not None
    assert cache.get("1") is None
    assert cache.get("11") is not None
    assert not list(tmp_path.rglob("*.new"))


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = SoundCache(tmp_path / "file")
    cache.put("key", Sound(noise(), 24_000))
    assert cache.get("key") is None
