import numpy as np
import pytest

from avatar.motion.arms import ARM, Hand, Posture, Side, arm_bones, solve
from avatar.motion.rotations import quaternions
from avatar.motion.vocabulary import POSTURES
from core.motion import Pose, Skeleton, rest_rotations
from tests.fakes.skeleton import make_skeleton, posed_joints

SKELETON = make_skeleton()
FLAT = Hand((0.0, 0.0, 0.0, 0.0), (0.0, 0.0))


def posed(side: Side, posture: Posture) -> dict[str, np.ndarray]:
    rotations = rest_rotations()
    rotations[arm_bones(side)] = quaternions(solve(SKELETON, side, posture))
    return posed_joints(SKELETON, Pose(np.zeros(52, np.float32), rotations))


def arm_length_m(side: Side) -> float:
    joints = SKELETON.joints_m[arm_bones(side)]
    shoulder, elbow, wrist = (joints[ARM.index(p)] for p in ("UpperArm", "LowerArm", "Hand"))
    return float(np.linalg.norm(elbow - shoulder) + np.linalg.norm(wrist - elbow))


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("name", sorted(POSTURES))
def test_the_wrist_gets_where_it_should(side: Side, name: str) -> None:
    posture = POSTURES[name]
    joints = posed(side, posture)
    sign = 1 if side == "left" else -1
    out, up, front = posture.wrist
    wanted = arm_length_m(side) * np.array([sign * out, up, front])
    found = joints[f"{side}Hand"] - joints[f"{side}UpperArm"]
    if posture.from_middle is not None:
        palm = joints[f"{side}MiddleProximal"] - joints[f"{side}Hand"]
        middle = posture.from_middle * float(np.linalg.norm(palm))
        wanted[0] = sign * middle - joints[f"{side}UpperArm"][0]
    assert found == pytest.approx(wanted, abs=0.02)


@pytest.mark.parametrize("side", ["left", "right"])
def test_fingers_and_palm_point_where_they_should(side: Side) -> None:
    sign = 1 if side == "left" else -1
    joints = posed(
        side, Posture((0.2, -0.3, 0.6), (0.4, -0.9, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), FLAT)
    )
    fingers = joints[f"{side}MiddleProximal"] - joints[f"{side}Hand"]
    assert fingers / np.linalg.norm(fingers) == pytest.approx([0, 1, 0], abs=1e-3)
    # palm to the viewer and fingers up: the thumb's side is inwards
    across = joints[f"{side}IndexProximal"] - joints[f"{side}LittleProximal"]
    assert across[0] * sign < -0.03
    curled = posed(
        side,
        Posture((0.2, -0.3, 0.6), (0.4, -0.9, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0),
                Hand((1.0, 1.0, 1.0, 1.0), (0.0, 0.0))),
    )  # fmt: skip
    for finger in ("Index", "Middle", "Ring", "Little"):
        tip, flat = curled[f"{side}{finger}Distal"], joints[f"{side}{finger}Distal"]
        assert tip[2] > flat[2] + 0.01


@pytest.mark.parametrize("name", sorted(POSTURES))
def test_hands_stay_before_the_body_and_inside_a_tall_picture(name: str) -> None:
    for side in ("left", "right"):
        joints = posed(side, POSTURES[name])
        for bone in ("Hand", "MiddleProximal", "IndexDistal", "LittleDistal", "ThumbDistal"):
            x, _, z = joints[side + bone]
            assert z > 0.10
            assert abs(x) < 0.30


@pytest.mark.parametrize("name", [n for n, p in POSTURES.items() if p.from_middle is not None])
def test_hands_that_meet_do_so_however_wide_the_shoulders_are(name: str) -> None:
    joints_m = SKELETON.joints_m.copy()
    for side, sign in (("left", 1.0), ("right", -1.0)):
        joints_m[arm_bones(side), 0] += sign * 0.04
    wide = Skeleton(SKELETON.parents, joints_m)
    apart_m = []
    for skeleton in (SKELETON, wide):
        rotations = rest_rotations()
        rotations[arm_bones("left")] = quaternions(solve(skeleton, "left", POSTURES[name]))
        pose = Pose(np.zeros(52, np.float32), rotations)
        apart_m.append(2 * posed_joints(skeleton, pose)["leftHand"][0])
    assert apart_m[1] == pytest.approx(apart_m[0], abs=0.004)


def test_a_wrist_out_of_reach_is_brought_nearer() -> None:
    joints = posed(
        "left", Posture((0.0, 0.0, 3.0), (0.0, -1.0, 0.0), (0.0, 0.0, 1.0), (0.0, -1.0, 0.0), FLAT)
    )
    reach = joints["leftHand"] - joints["leftUpperArm"]
    assert 0.9 * arm_length_m("left") < np.linalg.norm(reach) <= arm_length_m("left") + 1e-6
    assert np.isfinite(np.concatenate(list(joints.values()))).all()
