import numpy as np
import pytest

from avatar.motion.face import compose_face
from avatar.motion.visemes import weights_of
from core.blendshapes import INDEX

STILL = np.zeros(4)
AHEAD = np.zeros(2)
UPPER, SMILE = INDEX["mouthUpperUpLeft"], INDEX["mouthSmileLeft"]


def face(mood: dict[str, float], mouth: dict[str, float], shut: float = 0.0) -> np.ndarray:
    return compose_face(
        weights_of(mood), weights_of(mouth), brow=0.0, eyes=AHEAD, shut=shut, noise=STILL
    )


def test_a_talking_smile_lifts_the_upper_lip_off_the_teeth() -> None:
    talking = {"jawOpen": 0.25}
    assert face({}, talking)[UPPER] == 0
    assert face({"mouthSmile": 0.5}, talking)[UPPER] == pytest.approx(0.3, abs=0.01)


def test_a_smile_leaves_sealed_lips_sealed() -> None:
    sealed = {"jawOpen": 0.1, "mouthClose": 0.1, "mouthPress": 0.28}
    for mouth in ({}, sealed):
        assert face({"mouthSmile": 0.8}, mouth)[UPPER] == 0


def test_a_rounded_mouth_cannot_smile() -> None:
    spread = face({"mouthSmile": 0.5}, {})[SMILE]
    assert (
        face({"mouthSmile": 0.5}, {"mouthFunnel": 0.4, "mouthPucker": 0.6})[SMILE] < 0.25 * spread
    )


def test_shut_lids_are_neither_wide_nor_screwed_up() -> None:
    mood = {"eyeWide": 0.4, "eyeSquint": 0.4}
    shut = face(mood, {}, shut=1.0)
    assert shut[INDEX["eyeBlinkLeft"]] == 1
    assert shut[INDEX["eyeWideLeft"]] == 0
    assert shut[INDEX["eyeSquintLeft"]] < face(mood, {})[INDEX["eyeSquintLeft"]]
