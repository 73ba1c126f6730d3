"""Thinning, hair in cards, covers."""

from dataclasses import replace

import numpy as np
import pytest

from avatar.imported.hair import lay_cards
from avatar.imported.parts import (
    MOST_TRIANGLES,
    cover_texture,
    light_parts,
    thin_parts,
)
from avatar.imported.parts import make_parts as make
from avatar.imported.scene import Cover, Look, RawSurface
from core.human import Finish, Part
from core.motion import BONE_INDEX


def surface(cover: Cover = "opaque", n: int = 20, tint: float = 1.0) -> RawSurface:
    """A wavy square of n x n cells."""
    x, y = np.meshgrid(np.linspace(0, 1, n + 1), np.linspace(0, 1, n + 1))
    points = np.stack([x, y, 0.02 * np.sin(9 * x)], -1).reshape(-1, 3)
    i = np.arange((n + 1) ** 2).reshape(n + 1, n + 1)
    a, b, c, d = i[:-1, :-1], i[:-1, 1:], i[1:, 1:], i[1:, :-1]
    triangles = np.concatenate([np.stack([a, b, c], -1), np.stack([a, c, d], -1)]).reshape(-1, 3)
    look = Look("cloth", 0, (1.0, 1.0, 1.0, tint), cover, 0.8, False)
    uvs = points[:, :2] * (1.0, 1.0)
    joints, weights = np.zeros((len(points), 1), int), np.ones((len(points), 1))
    return RawSurface("square", 0, points, None, uvs, triangles, joints, weights, {}, look)


def bones(share_on_head: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    index = np.tile([BONE_INDEX["chest"], BONE_INDEX["head"], 0, 0], (len(share_on_head), 1))
    zero = np.zeros_like(share_on_head)
    return index, np.stack([1 - share_on_head, share_on_head, zero, zero], 1)


def image(alpha: np.ndarray) -> np.ndarray:
    out = np.full((*alpha.shape, 4), 200, np.uint8)
    out[..., 3] = alpha
    return out


def make_parts(
    square: RawSurface, carried: tuple[np.ndarray, np.ndarray], offsets: np.ndarray | None,
    picture: np.ndarray | None,
) -> list[Part]:  # fmt: skip
    return make(square, carried, offsets, *cover_texture(picture, square.look))


def test_what_moves_with_the_head_is_a_part_of_its_own_and_overlaps() -> None:
    square = surface()
    share = np.clip(square.points[:, 1] * 2 - 1, 0, 1)
    face, body = make_parts(square, bones(share), None, None)
    assert body.name == "square.body"
    assert face.positions_m[:, 1].min() < body.positions_m[:, 1].max()
    on_head = (body.bone_weights * (body.bone_indices == BONE_INDEX["head"])).sum(1)
    assert on_head.max() < 0.4
    total = len(face.triangles) + len(body.triangles)
    assert len(square.triangles) < total < 1.4 * len(square.triangles)


def test_only_moved_vertices_have_offsets() -> None:
    square = surface()
    offsets = np.zeros((52, len(square.points), 3), np.float32)
    offsets[7, square.points[:, 1] > 0.8, 2] = 0.01
    (part,) = make_parts(square, bones(np.ones(len(square.points))), offsets, None)
    assert part.morphs_m is not None
    assert part.morph_count == (square.points[:, 1] > 0.8).sum()
    assert (part.positions_m[: part.morph_count, 1] > 0.8).all()
    assert np.linalg.norm(part.normals, axis=1) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize(
    ("cover", "alpha", "wanted", "half_at"),
    [
        ("opaque", [0, 255], "opaque", None), ("mask", [0, 255], "mask", 204),
        ("blend", [0, 255], "mask", 128), ("blend", [100, 160], "blend", None),
    ],
)  # fmt: skip
def test_covers(cover: Cover, alpha: list[int], wanted: Cover, half_at: int | None) -> None:
    """A blend without soft texels is cut out, which is cheaper; a mask is cut at one half."""
    flat = np.tile(np.array(alpha, np.uint8), (8, 4))
    if half_at:
        flat[0, 0] = half_at
    square = surface(cover)
    (part,) = make_parts(square, bones(np.ones(len(square.points))), None, image(flat))
    assert part.finish is not None
    assert part.finish.cover == wanted
    assert part.texture is not None
    if half_at:
        assert part.texture[0, 0, 3] == pytest.approx(127.5, abs=1)
    if wanted == "opaque":
        assert (part.texture[..., 3] == 255).all()


def test_what_is_wholly_clear_is_left_out() -> None:
    square = surface("blend", tint=0.0)
    soft = image(np.full((8, 8), 120, np.uint8))
    assert make_parts(square, bones(np.ones(len(square.points))), None, soft) == []


def test_too_many_triangles_are_thinned_but_not_the_face() -> None:
    square = surface(n=170)
    still = np.zeros(len(square.points))
    (body,) = make_parts(square, bones(still), None, None)
    offsets = np.full((52, len(square.points), 3), 0.01, np.float32)
    (face,) = make_parts(surface(n=60), bones(np.ones(61**2)), offsets[:, : 61**2], None)
    thinned = thin_parts([body, face])
    assert sum(len(p.triangles) for p in thinned) == pytest.approx(MOST_TRIANGLES, rel=0.02)
    assert thinned[1] is face
    assert np.ptp(thinned[0].positions_m[:, 0]) == pytest.approx(1.0, abs=0.01)
    assert thin_parts([face]) == [face]


def cards(count: int) -> Part:
    """Ribbons of 40 cells that hang round a head."""
    points, uvs, triangles = [], [], []
    for k in range(count):
        angle = 2 * np.pi * k / count
        y = np.linspace(0.1, -0.2, 41)
        middle = np.stack([0.09 * np.sin(angle) + 0 * y, y + 1.6, 0.09 * np.cos(angle) + 0 * y], 1)
        side = 0.01 * np.array([np.cos(angle), 0, -np.sin(angle)])
        i = np.arange(82).reshape(41, 2) + 82 * k
        points.append(np.stack([middle - side, middle + side], 1).reshape(-1, 3))
        uvs.append(
            np.stack(np.broadcast_arrays([0.0, 1.0], (y[:, None] + 0.2) / 0.3), -1).reshape(-1, 2)
        )
        triangles.append(np.concatenate([
            np.stack([i[:-1, 0], i[1:, 0], i[1:, 1]], 1),
            np.stack([i[:-1, 0], i[1:, 1], i[:-1, 1]], 1),
        ]))  # fmt: skip
    where, n = np.concatenate(points), 82 * count
    texture = np.full((8, 8, 4), 128, np.uint8)
    texture[:, :6, 3] = 255
    texture[:, 6:, 3] = 0
    return Part(
        "hair", "plain", where, np.tile([0, 0, 1.0], (n, 1)), np.concatenate(uvs),
        np.concatenate(triangles), *bones(np.ones(n)), np.ones(n), np.ones(n), texture,
        finish=Finish("mask"),
    )  # fmt: skip


def test_hair_in_cards_becomes_hair() -> None:
    hair = lay_cards(cards(60))
    assert hair.material == "hair"
    assert hair.finish is None
    assert hair.tangents is not None
    # v grows upwards along every card
    np.testing.assert_allclose(np.abs(hair.tangents[:, 1]), 1.0, atol=1e-3)
    assert hair.tint[0] == pytest.approx((128 / 255) ** 2, rel=0.05)


def test_other_things_on_the_head_stay_what_they_are() -> None:
    few = cards(20)
    assert lay_cards(few) is few
    solid = replace(cards(60), finish=Finish("opaque"))
    assert lay_cards(solid) is solid


def test_light_is_less_under_a_roof_and_has_no_seam() -> None:
    floor = surface(n=30)
    ground = replace(
        floor, points=floor.points[:, [0, 2, 1]] * (1, 0, -1), triangles=floor.triangles
    )
    roof = replace(ground, name="roof", points=ground.points * (0.5, 0, 1) + (0, 0.05, 0))
    still = bones(np.zeros(len(floor.points)))
    below, above = (make_parts(s, still, None, None)[0] for s in (ground, roof))
    lit, _ = light_parts([below, above])
    covered = lit.positions_m[:, 0] < 0.3
    open_ = lit.positions_m[:, 0] > 0.8
    assert lit.occlusion[covered].mean() < 0.7 * lit.occlusion[open_].mean()
    assert 0 <= lit.occlusion.min() <= lit.occlusion.max() <= 1.0 + 1e-6


def test_hands_keep_no_shadow_of_the_pose_they_were_made_in() -> None:
    floor = surface(n=12)
    ground = replace(floor, points=floor.points[:, [0, 2, 1]] * (1, 0, -1))
    roof = replace(ground, name="roof", points=ground.points + (0, 0.05, 0))
    index, weights = bones(np.zeros(len(floor.points)))
    trunk, above = (make_parts(s, (index, weights), None, None)[0] for s in (ground, roof))
    hand_index = np.full_like(index, BONE_INDEX["leftHand"])
    hand = make_parts(ground, (hand_index, weights), None, None)[0]
    dark, _ = light_parts([trunk, above])
    light, _ = light_parts([hand, above])
    assert light.key_visibility.min() == pytest.approx(1.0)
    assert light.occlusion.min() > dark.occlusion.min() + 0.2


def test_what_lies_within_the_head_is_lit_for_an_open_mouth() -> None:
    """A tooth between two plates."""
    tooth = surface(n=4)
    tooth = replace(tooth, points=tooth.points * (0.01, 0.01, 0) + (0.5, 0.5, 0.0))
    on_head = bones(np.ones(len(tooth.points)))
    (inner,) = make_parts(tooth, on_head, None, None)
    plate = surface(n=12)
    shut = [
        make_parts(
            replace(plate, points=plate.points * (1, 1, 0) + (0, 0, z)),
            bones(np.zeros(len(plate.points))), None, None,
        )[0]
        for z in (-0.02, 0.02)
    ]  # fmt: skip
    lit, *_ = light_parts([inner, *shut])
    assert lit.occlusion.min() > 0.55
