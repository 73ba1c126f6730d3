"""Folded hands, on the skeletons of the presenters that ship: they are of many proportions."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from avatar.body.makehuman import load_rig
from avatar.body.rig import arms_down, fold_rig, pose_rig
from avatar.body.shape import shape_body
from avatar.motion.arms import FINGERS, Side, arm_bones, solve
from avatar.motion.performer import Performer
from avatar.motion.rotations import quaternions
from avatar.motion.vocabulary import GESTURES, MAKES_WAY, POSTURES, REST, Gesture
from avatar.presenter import load_presenter
from core.motion import Pose, Skeleton, rest_rotations
from tests.fakes.skeleton import posed_joints

PRESENTERS = sorted((Path(__file__).parents[3] / "configs" / "presenters").glob("*.toml"))
FPS = 25
HALF_PALM = 0.16
FINGER = 0.09
# half the thickness of a palm in its middle, and a finger's radius, in lengths of the palm


@pytest.fixture(params=[path.stem for path in PRESENTERS])
def skeleton(request: pytest.FixtureRequest) -> Skeleton:
    return skeleton_of(request.param)


@cache
def skeleton_of(presenter: str) -> Skeleton:
    (path,) = (path for path in PRESENTERS if path.stem == presenter)
    body = shape_body(load_presenter(path).shape)
    rig = fold_rig(load_rig(), body)
    posed, _ = pose_rig(rig, body, arms_down(rig))
    return posed.skeleton(float(body[:, 1].min()))


def at_rest(skeleton: Skeleton, rest: str) -> dict[str, np.ndarray]:
    rotations = rest_rotations()
    for side in ("left", "right"):
        rotations[arm_bones(side)] = quaternions(solve(skeleton, side, POSTURES[REST[rest][side]]))
    return posed_joints(skeleton, Pose(np.zeros(52, np.float32), rotations))


def finger_points(joints: dict[str, np.ndarray], side: Side, reach: float) -> np.ndarray:
    """Points along fingers and thumb: to their last joint is 1, to their tips, if straight, 1.8."""
    points = []
    for finger in (*FINGERS, "Thumb"):
        middle = "Proximal" if finger == "Thumb" else "Intermediate"
        a, b = joints[f"{side}{finger}{middle}"], joints[f"{side}{finger}Distal"]
        points += [a + share * (b - a) for share in np.linspace(0, reach, 8)]
    return np.array(points)


def depth_in_palm(joints: dict[str, np.ndarray], side: Side, reach: float = 1.8) -> float:
    """How deep the other hand's fingers are in this hand's palm, in lengths of it; below 0: not."""
    other: Side = "right" if side == "left" else "left"
    wrist, knuckle = joints[f"{side}Hand"], joints[f"{side}MiddleProximal"]
    length = float(np.linalg.norm(knuckle - wrist))
    along = (knuckle - wrist) / length
    across = joints[f"{side}IndexProximal"] - joints[f"{side}LittleProximal"]
    out = np.cross(along, across)
    out /= np.linalg.norm(out)
    offset = (finger_points(joints, other, reach) - wrist) / length
    on_palm = (offset @ along > 0) & (offset @ along < 1)
    beside = np.abs(offset @ np.cross(out, along)) / 0.5
    on_palm &= beside < 1
    # a palm thins out towards its sides
    thick = HALF_PALM * np.sqrt(np.clip(1 - beside**2, 0, 1))
    depths = (thick + FINGER - np.abs(offset @ out))[on_palm]
    return float(depths.max(initial=-1.0))


@pytest.mark.parametrize("rest", sorted(REST))
@pytest.mark.parametrize("side", ["left", "right"])
def test_folded_hands_do_not_enter_each_other(skeleton: Skeleton, rest: str, side: Side) -> None:
    assert depth_in_palm(at_rest(skeleton, rest), side) < 0.0


@pytest.mark.parametrize("rest", sorted(REST))
def test_the_hand_on_top_lies_on_the_other_and_hides_its_fingers(
    skeleton: Skeleton, rest: str
) -> None:
    joints = at_rest(skeleton, rest)
    palm_m = float(np.linalg.norm(joints["leftMiddleProximal"] - joints["leftHand"]))
    lower_palm = (joints["leftHand"] + joints["leftMiddleProximal"]) / 2
    for finger in ("Index", "Middle"):
        gap = joints[f"right{finger}Intermediate"] - lower_palm
        # before it, but no farther than a hand that touches
        assert 0.15 < gap[2] / palm_m < 0.75
        assert joints[f"left{finger}Distal"][2] < joints["rightMiddleProximal"][2] - 0.2 * palm_m


def test_hands_at_rest_stay_out_of_each_other_as_they_breathe_and_settle(
    skeleton: Skeleton,
) -> None:
    performer = Performer(skeleton, fps=FPS, seed=4)
    for frame in range(0, 60 * FPS, 10):
        joints = posed_joints(skeleton, performer.pose(frame))
        for side in ("left", "right"):
            # a finger is soft: a millimetre or two is not seen
            assert depth_in_palm(joints, side) < 0.03


@pytest.mark.parametrize(
    "gesture", [g for kind in GESTURES.values() for g in kind], ids=lambda g: g.name
)
def test_a_held_gesture_keeps_hands_out_of_each_other(skeleton: Skeleton, gesture: Gesture) -> None:
    rotations = rest_rotations()
    home = {"left": POSTURES[REST["clasped"]["left"]], "right": POSTURES[MAKES_WAY["right"]]}
    held = home | {s.part: POSTURES[s.posture] for s in gesture.strokes if s.part != "bow"}
    for side in ("left", "right"):
        rotations[arm_bones(side)] = quaternions(solve(skeleton, side, held[side]))
    joints = posed_joints(skeleton, Pose(np.zeros(52, np.float32), rotations))
    for side in ("left", "right"):
        # a fist's fingers are not straight
        assert depth_in_palm(joints, side, reach=1.0) < 0.06
