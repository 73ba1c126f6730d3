"""Spheres in arms and hands, and the light they take in a picture the machine's GL draws."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from core.blendshapes import COUNT
from core.motion import BONE_INDEX, Pose, Skeleton, rest_rotations
from render.human.contact import ContactSpheres
from render.human.draw import Shading
from render.human.palette import BonePalette
from render.picture import PictureRenderer
from render.scene import load_scene
from tests.fakes.human import tiny_human
from tests.fakes.skeleton import make_skeleton, posed_joints

SCENE = load_scene(Path(__file__).parents[3] / "configs" / "scenes" / "soft-daylight.toml")


def pose(**euler_deg: tuple[float, float, float]) -> Pose:
    rotations = rest_rotations()
    for bone, angles in euler_deg.items():
        turn = Rotation.from_euler("yxz", angles, degrees=True)
        rotations[BONE_INDEX[bone]] = turn.as_quat()
    return Pose(np.zeros(COUNT, np.float32), rotations)


def nearest_m(spheres: np.ndarray, point: np.ndarray) -> float:
    return float((np.linalg.norm(spheres[:, :3] - point, axis=1) - np.sqrt(spheres[:, 3])).min())


def test_fingers_stay_in_their_spheres_as_the_arm_turns() -> None:
    skeleton = make_skeleton()
    spheres, palette = ContactSpheres(skeleton), BonePalette(skeleton)
    for turned in (
        pose(),
        pose(leftUpperArm=(40, 10, -30), leftLowerArm=(70, 0, 0), leftIndexProximal=(0, 0, -60)),
    ):
        joints = posed_joints(skeleton, turned)
        found = spheres.at(palette.matrices(turned.rotations))
        for bone in ("IndexIntermediate", "MiddleDistal", "ThumbDistal"):
            assert nearest_m(found, joints[f"left{bone}"]) < 0.01
        assert nearest_m(found, joints["head"]) > 0.05


def test_spheres_are_as_large_as_the_body() -> None:
    small = make_skeleton()
    large = Skeleton(small.parents, small.joints_m * np.float32(1.2))
    sizes = [
        ContactSpheres(s).at(BonePalette(s).matrices(rest_rotations()))[:, 3].copy()
        for s in (small, large)
    ]
    assert sizes[1] == pytest.approx(1.44 * sizes[0], rel=1e-3)


@pytest.fixture(scope="module", params=list(Shading))
def renderer(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PictureRenderer]:
    renderer = PictureRenderer(
        tiny_human(), SCENE, 180, 320, tmp_path_factory.mktemp("baked"),
        lambda what, share: None, shading=request.param,
    )  # fmt: skip
    yield renderer
    renderer.close()


def test_a_hand_held_before_cloth_darkens_it_and_nothing_else(renderer: PictureRenderer) -> None:
    """The sleeve of this human moves with its upper arm alone: only the hand comes before it."""
    raised = (-40.0, -40.0, -30.0)
    away = renderer.snapshot(pose(leftUpperArm=raised)).astype(int)
    before = renderer.snapshot(pose(leftUpperArm=raised, leftLowerArm=(60, -60, 0))).astype(int)
    is_cloth = (away[..., 2] > away[..., 0] + 20) & (before[..., 2] > before[..., 0] + 20)
    change = (before - away).sum(2)
    assert (change[is_cloth] < -20).sum() > 300
    assert (change[is_cloth] > 12).sum() < 0.01 * is_cloth.sum()
    face = np.s_[40:100, 60:120]
    assert np.abs(before - away)[face].max() <= 2
