"""A performer over minutes, interrupted at any time. Bounds are those its docstring states."""

from itertools import pairwise

import numpy as np
import pytest

from avatar.motion.clip import render_motion
from avatar.motion.gaze import DIRECTIONS, Side
from avatar.motion.performer import MAX_BONE_RAD_S, MAX_EYE_RAD_S, MAX_FACE_S, MAX_LID_S, Performer
from avatar.motion.vocabulary import GESTURES
from core.blendshapes import ARKIT, INDEX
from core.line import Cue
from core.motion import BONE_INDEX, BONES, Pose
from tests.fakes.skeleton import make_skeleton, posed_joints
from tests.fakes.utterances import chatter, utter

FPS = 25
SKELETON = make_skeleton()
LIDS = [i for i, name in enumerate(ARKIT) if name.startswith("eye")]
FACE = [i for i in range(len(ARKIT)) if i not in LIDS]
MOUTH = [i for i, name in enumerate(ARKIT) if name.startswith(("mouth", "jaw", "tongue"))]
EYES = [BONE_INDEX["leftEye"], BONE_INDEX["rightEye"]]
OTHERS = [i for i in range(len(BONES)) if i not in EYES]


def turned_rad(before: Pose, after: Pose) -> np.ndarray:
    """How far each bone turned between two poses."""
    same = np.abs((before.rotations.astype(float) * after.rotations).sum(1))
    return 2 * np.arccos(np.clip(same, 0, 1))


def looks_at(pose: Pose) -> tuple[float, float]:
    """Yaw of (the eyes' line of sight, the head's front), radians to the figure's left."""

    def yaw(bones: list[str]) -> float:
        return sum(2 * float(pose.rotations[BONE_INDEX[b], 1]) for b in bones)

    head = yaw(["neck", "head"])
    return head + yaw(["leftEye"]), head


def test_a_hundred_random_cuts_never_pop() -> None:
    rng = np.random.default_rng(11)
    lines = [chatter(rng, n) for n in (8, 14, 22)]
    performer = Performer(SKELETON, fps=FPS, seed=5)
    frame, before, cuts = 0, None, 0
    emotions = ("smile", "delight", "earnest", "sympathy")
    sides: tuple[Side, ...] = ("comments", "product", "viewers")
    most = dict.fromkeys(("lid", "face", "eye", "bone"), 0.0)
    while cuts < 100:
        line = lines[int(rng.integers(len(lines)))]
        cues = [
            Cue("gesture", str(rng.choice(list(GESTURES))), int(rng.integers(20))),
            Cue("emotion", str(rng.choice(emotions)), int(rng.integers(20))),
            Cue("gaze", str(rng.choice(sides)), int(rng.integers(20))),
        ]
        performer.begin(line, cues, frame + int(rng.integers(0, 8)))
        for _ in range(int(rng.integers(3, 60))):
            if rng.random() < 0.03:
                performer.notice(sides[int(rng.integers(3))], frame)
            pose = performer.pose(frame)
            frame += 1
            if before is not None:
                change = np.abs(pose.weights - before.weights) * FPS
                turn = turned_rad(before, pose) * FPS
                most["lid"] = max(most["lid"], change[LIDS].max())
                most["face"] = max(most["face"], change[FACE].max())
                most["eye"] = max(most["eye"], turn[EYES].max())
                most["bone"] = max(most["bone"], turn[OTHERS].max())
            before = pose
        performer.cut(frame + int(rng.integers(0, 4)))
        cuts += 1
    assert most["lid"] <= MAX_LID_S
    assert most["face"] <= MAX_FACE_S
    assert most["eye"] <= MAX_EYE_RAD_S
    assert most["bone"] <= MAX_BONE_RAD_S


def test_the_mouth_is_shut_a_quarter_second_after_a_cut_and_hands_come_home() -> None:
    home = Performer(SKELETON, fps=FPS, seed=2).pose(0)
    performer = Performer(SKELETON, fps=FPS, seed=2)
    performer.begin(chatter(np.random.default_rng(0), 20), [Cue("gesture", "wave", 0)], 5)
    poses = [performer.pose(frame) for frame in range(40)]
    assert max(pose.weights[INDEX["jawOpen"]] for pose in poses) > 0.2
    performer.cut(40)
    after = [performer.pose(frame) for frame in range(40, 100)]
    assert all(pose.weights[INDEX["jawOpen"]] < 0.01 for pose in after[6:])
    wrist = posed_joints(SKELETON, after[-1])["rightHand"]
    assert wrist == pytest.approx(posed_joints(SKELETON, home)["rightHand"], abs=0.05)


@pytest.mark.parametrize("seed", range(2))
def test_alive_for_ten_minutes_without_a_word(seed: int) -> None:
    performer = Performer(SKELETON, fps=FPS, seed=seed)
    poses = [performer.pose(frame) for frame in range(600 * FPS)]
    shut = np.array([p.weights[INDEX["eyeBlinkLeft"]] for p in poses]) > 0.6
    assert 8 <= np.count_nonzero(shut[1:] & ~shut[:-1]) / 10 <= 25
    # no second without motion: in each the head turns, the chest breathes, something is seen
    rotations = np.stack([p.rotations for p in poses]).astype(float)
    for bone, least_rad in (("head", 0.0008), ("upperChest", 0.0002)):
        turn = rotations[:, BONE_INDEX[bone], :3].reshape(600, FPS, 3)
        assert np.ptp(turn, axis=1).max(axis=1).min() > least_rad
    # silence is still: the mouth keeps its faint smile
    mouth = np.stack([p.weights[MOUTH] for p in poses])
    assert np.abs(np.diff(mouth, axis=0)).max() < 0.01
    assert 0.1 < mouth[:, MOUTH.index(INDEX["mouthSmileLeft"])].mean() < 0.7


@pytest.mark.parametrize("side", ["comments", "product"])
@pytest.mark.parametrize("seed", range(5))
def test_notice_turns_eyes_and_head_within_300_ms(side: Side, seed: int) -> None:
    performer = Performer(SKELETON, fps=FPS, seed=seed)
    for frame in range(60):
        performer.pose(frame)
    eyes0, head0 = looks_at(performer.pose(60))
    performer.notice(side, 61)
    poses = [performer.pose(frame) for frame in range(61, 160)]
    target = DIRECTIONS[side][0]
    eyes1, head1 = looks_at(poses[6])
    # picture 67 shows the face 280 ms after picture 60, the last before the notice
    assert (eyes1 - eyes0) / (target - eyes0) > 0.5
    assert np.sign(head1 - head0) == np.sign(target)
    assert abs(head1 - head0) > 0.25 * abs(target)
    eyes_after, _ = looks_at(poses[-1])
    assert abs(eyes_after) < 0.15
    brows = [pose.weights[INDEX["browOuterUpLeft"]] for pose in poses]
    assert max(brows[:15]) > brows[-1] + 0.05


def test_same_calls_same_poses_and_another_seed_another_performance() -> None:
    def perform(seed: int) -> np.ndarray:
        performer = Performer(SKELETON, fps=FPS, seed=seed)
        line = chatter(np.random.default_rng(0), 12)
        performer.begin(line, [Cue("gesture", "open_palm", 3)], 4)
        out = [performer.pose(frame) for frame in range(50)]
        performer.notice("comments", 50)
        performer.cut(52)
        out += [performer.pose(frame) for frame in range(50, 120)]
        return np.stack([np.concatenate([p.weights, p.rotations.ravel()]) for p in out])

    assert (perform(1) == perform(1)).all()
    assert np.abs(perform(1) - perform(2)).max() > 0.05


def test_skipped_pictures_leave_the_rest_as_they_were() -> None:
    line = chatter(np.random.default_rng(0), 12)
    every, some = (Performer(SKELETON, fps=FPS, seed=3) for _ in range(2))
    for performer in (every, some):
        performer.begin(line, [Cue("emotion", "smile", 0)], 6)
    poses = {frame: every.pose(frame) for frame in range(200)}
    for frame in [0, 1, 7, 8, 30, 31, 75, 199]:
        pose = some.pose(frame)
        assert pose.weights == pytest.approx(poses[frame].weights, abs=1e-5)
        assert pose.rotations == pytest.approx(poses[frame].rotations, abs=1e-5)


def test_a_picture_of_the_past_is_refused() -> None:
    performer = Performer(SKELETON, fps=FPS, seed=0)
    performer.pose(10)
    with pytest.raises(ValueError, match="picture 10"):
        performer.pose(10)


def test_lips_close_in_the_performed_line() -> None:
    """Closure survives smile, noise and the passage from the line before."""
    line = utter([("m", 0.08), ("ɑ", 0.15), ("p", 0.05), ("ai", 0.2), ("b", 0.06), ("ɔː", 0.2)])
    performer = Performer(SKELETON, fps=FPS, seed=0)
    performer.begin(line, [Cue("emotion", "delight", 0)], 10)
    poses = [performer.pose(frame) for frame in range(10 + 40)]
    for phone in line.phones:
        if phone.symbol in ("m", "p", "b"):
            weights = poses[10 + round((phone.start_s + phone.end_s) / 2 * FPS)].weights
            assert weights[INDEX["jawOpen"]] - weights[INDEX["mouthClose"]] < 0.02
            assert weights[INDEX["mouthLowerDownLeft"]] < 0.02


@pytest.mark.parametrize("name", sorted(GESTURES))
def test_cued_gestures_raise_a_hand_and_are_never_the_same_twice_in_a_row(name: str) -> None:
    line = utter([("", 0.3), *[("t", 0.08), ("ɑ", 0.15)] * 8])
    performer = Performer(SKELETON, fps=FPS, seed=7)
    runs = []
    for start in (0, 100, 200):
        performer.begin(line, [Cue("gesture", name, 0)], start)
        run = []
        for frame in range(start, start + 100):
            joints = posed_joints(SKELETON, performer.pose(frame))
            run.append(np.concatenate([joints["leftHand"], joints["rightHand"]]))
        runs.append(np.stack(run))
    low = posed_joints(SKELETON, Performer(SKELETON, fps=FPS, seed=7).pose(0))["leftHand"][1]
    for run in runs:
        assert max(run[:, 1].max(), run[:, 4].max()) > low + 0.08
    for first, second in pairwise(runs):
        assert np.abs(first - second).max() > 0.02


def test_hands_move_while_talking_and_stay_out_of_the_body() -> None:
    rng = np.random.default_rng(4)
    performer = Performer(SKELETON, fps=FPS, seed=9)
    hands = []
    for start in range(0, 900, 150):
        performer.begin(chatter(rng, 24), [], start)
        for frame in range(start, start + 150):
            joints = posed_joints(SKELETON, performer.pose(frame))
            hands.append([joints["leftHand"], joints["rightHand"]])
            for bone in ("Hand", "MiddleProximal", "MiddleDistal", "LittleDistal"):
                assert min(joints[f"left{bone}"][2], joints[f"right{bone}"][2]) > 0.09
    travelled = np.ptp(np.array(hands), axis=0)
    assert travelled[:, 1].min() > 0.10


def test_a_line_without_words_or_phones_is_performed() -> None:
    performer = Performer(SKELETON, fps=FPS, seed=0)
    performer.begin(utter([]), [Cue("gesture", "wave", 0), Cue("emotion", "unheard-of", 0)], 0)
    performer.begin(utter([("", 0.5)]), [Cue("gesture", "unheard-of", 99)], 3)
    for frame in range(40):
        performer.pose(frame)


def test_a_clip_lasts_as_long_as_its_sound_and_ends_shut() -> None:
    line = chatter(np.random.default_rng(2), 10)
    motion = render_motion(line, [], SKELETON, 30)
    assert motion.fps == 30
    assert len(motion.weights) == int(np.ceil((line.duration_s + 0.5) * 30))
    assert motion.weights[-1, INDEX["jawOpen"]] < 0.01
