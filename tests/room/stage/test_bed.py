import numpy as np

from room.stage.bed import DUCK_DB, LEVEL_DB, Bed


def level(bed: Bed, seconds: float, *, speaking: bool) -> float:
    blocks = [bed.next(1920, speaking=speaking) for _ in range(round(seconds * 25))]
    return float(np.sqrt(np.mean(np.concatenate(blocks) ** 2)))


def test_it_makes_way_for_speech_and_comes_back() -> None:
    bed = Bed()
    alone = level(bed, 32, speaking=False)
    level(bed, 1, speaking=True)
    under = level(bed, 32, speaking=True)
    assert np.isclose(alone, 10 ** (LEVEL_DB / 20), rtol=0.15)
    assert np.isclose(under, 10 ** ((LEVEL_DB - DUCK_DB) / 20), rtol=0.15)


def test_it_has_no_click_and_no_silence() -> None:
    bed = Bed()
    sound = np.concatenate([bed.next(1920, speaking=(i // 50) % 2 == 0) for i in range(40 * 25)])
    assert np.abs(np.diff(sound)).max() < 0.03
    assert np.abs(sound).max() < 0.5
    rms = np.sqrt(np.mean(sound.reshape(-1, 4800) ** 2, axis=1))
    assert rms.min() > 3e-4
