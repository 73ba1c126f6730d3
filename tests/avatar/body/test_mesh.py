"""Mesh arithmetic against what is known by hand."""

import numpy as np
import pytest

from avatar.body.mesh import (
    clip_triangles,
    cut_piece,
    grid_quads,
    smooth,
    split_quads,
    vertex_normals,
)
from avatar.body.raster import fill_texture
from avatar.body.simplify import simplify_mesh, unwrap_surface
from avatar.body.surface import Surface
from core.motion import BONES

CUBE = np.array([[x, y, z] for x in (-1.0, 1) for y in (-1.0, 1) for z in (-1.0, 1)])
CUBE_QUADS = np.array(
    [[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]]
)


def sheet(rows: int, columns: int) -> tuple[np.ndarray, np.ndarray]:
    y, x = np.meshgrid(np.linspace(0, 1, rows), np.linspace(0, 1, columns), indexing="ij")
    points = np.stack([x, y, np.zeros_like(x)], -1).reshape(-1, 3)
    return points, grid_quads(rows, columns)


def area(points: np.ndarray, triangles: np.ndarray) -> float:
    a, b, c = (points[triangles[:, k]] for k in range(3))
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


def test_subdivided_cube_closes_in_on_a_ball() -> None:
    piece = cut_piece(CUBE_QUADS, 8, 3)
    points = piece.stencil @ CUBE
    assert len(piece.quads) == 6 * 4**3
    np.testing.assert_allclose(np.asarray(piece.stencil.sum(1)), 1.0, atol=1e-9)
    reach = np.linalg.norm(points, axis=1)
    assert reach.max() / reach.min() < 1.1
    # The first step's face points are the faces' middles, by definition.
    once = cut_piece(CUBE_QUADS, 8, 1)
    middles = CUBE[CUBE_QUADS].mean(1)
    np.testing.assert_allclose((once.stencil @ CUBE)[-6:], middles)


def test_flat_sheet_stays_flat_with_its_borders_in_place() -> None:
    points, quads = sheet(5, 5)
    piece = cut_piece(quads, 25, 1, np.zeros((16, 4, 2)))
    finer = piece.stencil @ points
    assert np.abs(finer[:, 2]).max() == 0
    on_left = np.abs(finer[:, 0]) < 1e-12
    assert on_left.sum() == 7, "a border vertex left its straight border"
    assert piece.uvs is not None
    assert piece.uvs.shape == (64, 4, 2)
    np.testing.assert_array_equal(piece.parents[:16], np.arange(16))


@pytest.mark.parametrize("angle", [0.0, 0.3, 1.1])
def test_clipped_sheet_has_the_area_above_the_line(angle: float) -> None:
    points, quads = sheet(9, 7)
    triangles = split_quads(quads)
    heights = (points[:, 0] - 0.45) * np.cos(angle) + (points[:, 1] - 0.47) * np.sin(angle)
    stencil, kept = clip_triangles(triangles, heights)
    new = stencil @ points
    assert (stencil @ heights).min() > -1e-9
    other, below = clip_triangles(triangles, -heights)
    whole = area(new, kept) + area(other @ points, below)
    assert whole == pytest.approx(1.0)
    assert (vertex_normals(new, kept)[:, 2] > 0.99).all(), "a triangle was turned over"


def test_smoothing_calms_a_spike_and_leaves_strangers_alone() -> None:
    points, quads = sheet(5, 5)
    points[12, 2] = 1.0
    points = np.vstack([points, [9.0, 9.0, 9.0]])
    calm = smooth(points, quads, 4)
    assert calm[12, 2] < 0.3
    np.testing.assert_array_equal(calm[25], [9.0, 9.0, 9.0])


def test_simplified_ball_is_still_a_ball() -> None:
    piece = cut_piece(CUBE_QUADS, 8, 4)
    points = piece.stencil @ CUBE
    triangles = split_quads(piece.quads)
    thin = simplify_mesh(triangles, points, np.zeros((len(points), 1)), 400)
    assert 300 < len(thin) <= 400
    assert area(points, thin) == pytest.approx(area(points, triangles), rel=0.03)
    with pytest.raises(ValueError, match="attributes"):
        simplify_mesh(triangles, points, np.zeros((len(points), 40)), 400)


def test_unwrapped_surface_covers_its_atlas_without_overlap() -> None:
    piece = cut_piece(CUBE_QUADS, 8, 2)
    points = piece.stencil @ CUBE
    triangles = split_quads(piece.quads)
    ball = Surface(
        name="ball", material="cloth", points=points, normals=vertex_normals(points, triangles),
        triangles=triangles, weights=np.ones((len(points), len(BONES))),
        uvs=np.zeros((len(points), 2)),
    )  # fmt: skip
    flat = unwrap_surface(ball)
    assert area(flat.points, flat.triangles) == pytest.approx(area(points, triangles))
    corners = flat.uvs[flat.triangles]
    a, b = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    total = np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum() / 2
    _, inside = fill_texture(corners, np.zeros((len(corners), 3, 1)), 256)
    assert inside.mean() == pytest.approx(total, abs=0.05)


def test_filled_texture_holds_the_values_of_its_triangles() -> None:
    points, quads = sheet(4, 4)
    triangles = split_quads(quads)
    corners = points[triangles][..., :2] * 0.8 + 0.1
    filled, inside = fill_texture(corners, points[triangles], 64)
    assert inside.mean() == pytest.approx(0.64, abs=0.03)
    centre = (np.arange(64) + 0.5) / 64
    wanted = (np.clip(centre, 0.1, 0.9) - 0.1) / 0.8
    # A texel outside takes its neighbour's value, so half a texel of error is left there.
    np.testing.assert_allclose(filled[32, :, 0], wanted, atol=0.012)
    np.testing.assert_allclose(filled[:, 20, 1], wanted, atol=0.012)


def test_last_in_order_lies_on_top() -> None:
    one = np.array([[[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]])
    both = np.concatenate([one, one])
    values = np.array([1.0, 2.0])[:, None, None].repeat(3, 1)
    for order, seen in (([0.0, 1.0], 2.0), ([1.0, 0.0], 1.0)):
        filled, _ = fill_texture(both, values, 16, np.array(order))
        assert filled[2, 2, 0] == seen
