"""The cache: the same human back, quickly; damage and changes are noticed."""

from pathlib import Path

import numpy as np
import pytest

from avatar.body import store
from avatar.body.store import cache_key, load_human, read_human, write_human
from avatar.presenter import HairSettings, PresenterSettings, VoiceSettings
from core.human import HumanModel


def quiet(what: str, share: float) -> None:
    pass


def test_what_is_read_is_what_was_written(human: HumanModel, tmp_path: Path) -> None:
    path = tmp_path / "human.npz"
    write_human(human, path)
    back = read_human(path)
    assert (back.name, back.iris_colour) == (human.name, human.iris_colour)
    for ours, theirs in zip(back.eyes, human.eyes, strict=True):
        assert (ours.bone, ours.centre_m, ours.radius_m) == (
            theirs.bone, theirs.centre_m, theirs.radius_m,
        )  # fmt: skip
    assert back.landmarks_m == human.landmarks_m
    np.testing.assert_array_equal(back.skeleton.joints_m, human.skeleton.joints_m)
    for mine, part in zip(back.parts, human.parts, strict=True):
        assert (mine.name, mine.material, mine.tint) == (part.name, part.material, part.tint)
        np.testing.assert_array_equal(mine.positions_m, part.positions_m)
        np.testing.assert_array_equal(mine.triangles, part.triangles)
        assert (mine.texture is None) == (part.texture is None)
        if part.morphs_m is not None:
            assert mine.morphs_m is not None
            np.testing.assert_allclose(mine.morphs_m, part.morphs_m, atol=5e-5)
    assert [p.name for p in tmp_path.iterdir()] == ["human.npz"], "a half-written file was left"


def test_cached_human_is_not_built_again(
    human: HumanModel, settings: PresenterSettings, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "build_human", lambda *args: pytest.fail("built again"))
    assert load_human(settings, cache, quiet).name == human.name


@pytest.mark.parametrize("keep", [0.0, 0.001, 0.5])
def test_damaged_cache_is_built_anew(
    human: HumanModel, settings: PresenterSettings, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, keep: float,
) -> None:  # fmt: skip
    path = tmp_path / f"{settings.name}-{cache_key(settings)}.npz"
    write_human(human, path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * keep)])
    monkeypatch.setattr(store, "build_human", lambda *args: human)
    assert load_human(settings, tmp_path, quiet) is human
    assert read_human(path).name == human.name


def test_key_follows_the_looks_but_not_the_voice(settings: PresenterSettings) -> None:
    voiced = settings.model_copy(update={"voice": VoiceSettings(name="built-in-man")})
    cut = settings.model_copy(update={"hair": HairSettings(tips_below_chin_m=0.0)})
    assert cache_key(voiced) == cache_key(settings)
    assert cache_key(cut) != cache_key(settings)
