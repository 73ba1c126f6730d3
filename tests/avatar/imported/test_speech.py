"""Foreign faces speak: measured on the vertices of their lips."""

from collections.abc import Callable
from itertools import pairwise
from typing import get_args

import numpy as np
import pytest

from avatar.imported.figure import Imported
from avatar.motion.performer import Performer
from core.blendshapes import INDEX
from core.human import HumanModel, Part
from core.motion import Pose
from tests.fakes.foreign import Kind
from tests.fakes.utterances import utter

FPS = 25
KINDS = get_args(Kind)
LABIAL = ("p", "b", "m")
SAID = [
    ("m", 0.09), ("ɑ", 0.20), ("p", 0.09), ("u", 0.18), ("b", 0.09), ("i", 0.18), ("m", 0.09),
    ("ai", 0.22), ("t", 0.07), ("ɑ", 0.16), ("p", 0.08), ("ɔː", 0.2), ("b", 0.08), ("onɡ", 0.2),
]  # fmt: skip


def moved(part: Part, weights: np.ndarray) -> np.ndarray:
    out = part.positions_m.copy()
    assert part.morphs_m is not None
    out[: part.morph_count] += np.tensordot(weights, part.morphs_m, 1)
    return out


def lip_pairs(human: HumanModel) -> tuple[Part, np.ndarray]:
    """(face, pairs of vertices that lie on each other at rest and part when the jaw opens)."""
    face = next(p for p in human.parts if p.name.startswith(("Face", "skin")) and p.morph_count)
    assert face.morphs_m is not None
    opened = face.morphs_m[INDEX["jawOpen"], :, 1]
    places = face.positions_m[: face.morph_count]
    order = np.lexsort(places.round(5).T)
    near = [
        (a, b) if opened[a] > opened[b] else (b, a)
        for a, b in pairwise(order)
        if np.linalg.norm(places[a] - places[b]) < 5e-5 and abs(opened[a] - opened[b]) > 0.004
    ]
    return face, np.array(near)


def gap_mm(human: HumanModel, pose: Pose) -> float:
    """How far the lips are apart in the middle of the mouth."""
    face, pairs = lip_pairs(human)
    at = moved(face, np.asarray(pose.weights))
    middle = np.abs(face.positions_m[pairs[:, 0], 0]) < 0.012
    upper, lower = at[pairs[middle, 0], 1], at[pairs[middle, 1], 1]
    return float((upper - lower).max() * 1e3)


@pytest.mark.parametrize("kind", KINDS)
def test_lips_close_on_every_bilabial_and_open_on_vowels(
    figure: Callable[[Kind], Imported], kind: Kind
) -> None:
    human = figure(kind).human
    _, pairs = lip_pairs(human)
    assert len(pairs) >= 5
    utterance = utter(SAID)
    performer = Performer(human.skeleton, fps=FPS, seed=4)
    performer.begin(utterance, (), 10)
    gaps = [gap_mm(human, performer.pose(n)) for n in range(round(10 + utterance.duration_s * FPS))]
    for phone in utterance.phones:
        middle = 10 + (phone.start_s + phone.end_s) / 2 * FPS
        if phone.symbol in LABIAL:
            assert gaps[round(middle)] < 1.2, (kind, phone.symbol, gaps[round(middle)])
    assert max(gaps) > 5.0


@pytest.mark.parametrize("kind", KINDS)
def test_vowels_differ(figure: Callable[[Kind], Imported], kind: Kind) -> None:
    """An ah is taller than an oo, and an oo narrower than an ee."""
    human = figure(kind).human
    face, pairs = lip_pairs(human)
    corners = pairs[np.argsort(face.positions_m[pairs[:, 0], 0])][[0, -1], 0]

    def shape(symbol: str) -> tuple[float, float]:
        utterance = utter([("t", 0.08), (symbol, 0.4), ("t", 0.08)])
        performer = Performer(human.skeleton, fps=FPS, seed=4)
        performer.begin(utterance, (), 10)
        poses = [performer.pose(n) for n in range(24)]
        pose = poses[10 + round(0.28 * FPS)]
        at = moved(face, np.asarray(pose.weights))
        return gap_mm(human, pose), float(np.ptp(at[corners, 0]) * 1e3)

    ah, oo, ee = shape("ɑ"), shape("u"), shape("i")
    assert ah[0] > 1.5 * oo[0]
    assert ee[1] > oo[1] + 1.0


@pytest.mark.parametrize("kind", KINDS)
def test_each_lid_shuts_by_its_own_weight(figure: Callable[[Kind], Imported], kind: Kind) -> None:
    human = figure(kind).human
    for side, other in (("Left", "Right"), ("Right", "Left")):
        lid = next(p for p in human.parts if p.name.startswith(f"{side.lower()}Lid"))
        assert lid.morphs_m is not None
        down = -lid.morphs_m[INDEX[f"eyeBlink{side}"], :, 1].min()
        assert down > 0.008
        assert np.abs(lid.morphs_m[INDEX[f"eyeBlink{other}"]]).max() < 0.1 * down


@pytest.mark.parametrize("kind", KINDS)
def test_it_smiles(figure: Callable[[Kind], Imported], kind: Kind) -> None:
    human = figure(kind).human
    face, pairs = lip_pairs(human)
    assert face.morphs_m is not None
    left = face.positions_m[pairs[:, 0], 0].argmax()
    corner = pairs[left, 0]
    assert face.morphs_m[INDEX["mouthSmileLeft"], corner, 0] > 0.002
    assert abs(face.morphs_m[INDEX["mouthSmileRight"], corner, 0]) < 0.001
