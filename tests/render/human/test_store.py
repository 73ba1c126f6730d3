import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.errors import MediaError
from render.human.bake import BakedHuman
from render.human.store import BakeStore, bake_key
from tests.fakes.human import tiny_human

BAKED = BakedHuman(
    {"face": np.arange(64, dtype=np.uint8).reshape(4, 4, 4)},
    {"face": np.ones((5, 3), np.float32)},
    None,
    {"face": 0.4},
)


def test_gives_back_what_was_saved(tmp_path: Path) -> None:
    store = BakeStore(tmp_path)
    store.save("k", BAKED)
    back = store.load("k")
    assert back is not None
    assert (back.textures["face"] == BAKED.textures["face"]).all()
    assert back.greys == BAKED.greys
    assert back.shell is None
    assert not list(tmp_path.rglob("*.part"))


def test_a_damaged_file_counts_as_none(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = BakeStore(tmp_path)
    store.save("k", BAKED)
    path = next(tmp_path.rglob("k.npz"))
    path.write_bytes(path.read_bytes()[:100])
    assert store.load("k") is None
    assert "damaged" in caplog.text


def test_an_unwritable_folder_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "light").write_text("in the way")
    with pytest.raises(MediaError, match="cannot keep baked light"):
        BakeStore(tmp_path).save("k", BAKED)


def test_the_oldest_are_forgotten(tmp_path: Path) -> None:
    store = BakeStore(tmp_path)
    for i in range(14):
        store.save(f"k{i}", BAKED)
        path = tmp_path / "light" / f"k{i}.npz"
        os.utime(path, (i, i))
        store.save_still(f"k{i}", np.zeros((4, 4, 3), np.uint8))
    assert store.load("k0") is None
    assert store.load_still("k0", 4, 4) is None
    assert store.load("k13") is not None
    assert store.load_still("k13", 4, 4) is not None


def test_key_follows_geometry_and_light() -> None:
    human = tiny_human()
    key = bake_key(human, "light 1")
    assert key == bake_key(tiny_human(), "light 1")
    assert key != bake_key(human, "light 2")
    face, *others = human.parts
    redder = replace(face, tint=(0.9, 0.3, 0.2))
    assert key != bake_key(replace(human, parts=(redder, *others)), "light 1")
    still = replace(face, morphs_m=np.zeros_like(face.morphs_m))
    assert key == bake_key(replace(human, parts=(still, *others)), "light 1")
    moved = replace(face, positions_m=face.positions_m + np.float32(0.01))
    assert key != bake_key(replace(human, parts=(moved, *others)), "light 1")
