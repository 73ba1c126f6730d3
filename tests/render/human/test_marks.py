import numpy as np
import pytest

from core.human import Material, Part
from core.motion import BONE_INDEX
from render.human.marks import SURFACES, cloth_mark, vertex_marks

SOFTENED = 10 / 255
# a smaller jump is no border


def a_part(material: Material, bones: list[str]) -> Part:
    """One vertex for each bone."""
    n = len(bones)
    weights = np.zeros((n, 4), np.float32)
    weights[:, 0] = 1.0
    index = np.zeros((n, 4), np.int32)
    index[:, 0] = [BONE_INDEX[bone] for bone in bones]
    return Part(
        name="part", material=material, positions_m=np.zeros((n, 3), np.float32),
        normals=np.tile(np.array([0, 0, 1], np.float32), (n, 1)), uvs=np.zeros((n, 2), np.float32),
        triangles=np.arange(3, dtype=np.int32)[None], bone_indices=index, bone_weights=weights,
        occlusion=np.ones(n, np.float32), key_visibility=np.ones(n, np.float32),
    )  # fmt: skip


@pytest.mark.parametrize("side", ["left", "right"])
def test_neighbouring_fingers_and_the_palm_below_them_differ(side: str) -> None:
    names = ["IndexDistal", "MiddleDistal", "RingDistal", "LittleDistal"]
    palm, *fingers = vertex_marks(
        a_part("skin", [f"{side}{bone}" for bone in ["Hand", *names]]), SURFACES["skin"]
    )
    assert (np.abs(np.diff(fingers)) >= SOFTENED).all()
    assert (np.abs(np.array(fingers) - palm) >= SOFTENED).all()


def test_any_part_of_one_hand_differs_from_any_of_the_other_on_it() -> None:
    bones = ["Hand", "ThumbDistal", "IndexDistal", "MiddleDistal", "RingDistal", "LittleDistal"]
    marks = {
        side: vertex_marks(a_part("skin", [side + bone for bone in bones]), SURFACES["skin"])
        for side in ("left", "right")
    }
    assert np.abs(marks["left"][:, None] - marks["right"][None]).min() >= SOFTENED


def test_a_sleeve_differs_from_the_trunk_it_passes_and_starts_like_it() -> None:
    trunk, upper, fore = vertex_marks(
        a_part("cloth", ["chest", "leftUpperArm", "leftLowerArmTwist"]), cloth_mark(0)
    )
    assert upper == trunk == np.float32(cloth_mark(0))
    assert abs(fore - trunk) >= SOFTENED


def test_cloth_differs_from_what_it_is_worn_with() -> None:
    cloths = [cloth_mark(number) for number in range(5)]
    for number in range(4):
        assert abs(cloths[number] - cloths[number + 1]) >= SOFTENED
    others = [0.0, 1.0, *SURFACES.values()]
    assert min(abs(cloth - other) for cloth in cloths for other in others) >= SOFTENED
