"""Arithmetic on quad meshes: normals, subdivision, smoothing, cutting out a piece."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from jaxtyping import Float, Int

Points = Float[np.ndarray, "vertices 3"]
Quads = Int[np.ndarray, "quads 4"]
Triangles = Int[np.ndarray, "triangles 3"]


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Part of a bigger mesh, subdivided: `stencil @ values` carries any value of the big one."""

    stencil: Any
    # scipy CSR, (vertices here) x (vertices of the big mesh)
    quads: Quads
    parents: Int[np.ndarray, " quads"]
    # which of the faces cut out each quad came from
    uvs: Float[np.ndarray, "quads 4 2"] | None = None
    # of each quad's corners, where the faces cut out had them


def split_quads(quads: Quads) -> Triangles:
    """Two triangles for each quad, one after the other so that draw order is kept."""
    out: np.ndarray = np.stack([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]], 1).reshape(-1, 3)
    return out


def vertex_normals(points: Points, triangles: Triangles) -> Points:
    """Unit normals, weighted by area; zero where no face is."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    faces = np.cross(b - a, c - a)
    out = np.zeros((len(points), 3))
    for axis in range(3):
        for corner in range(3):
            out[:, axis] += np.bincount(triangles[:, corner], faces[:, axis], len(points))
    return unit(out)


def unit(vectors: Float[np.ndarray, "*any 3"]) -> Float[np.ndarray, "*any 3"]:
    """The same directions with length 1."""
    out: np.ndarray = vectors / (np.linalg.norm(vectors, axis=-1, keepdims=True) + 1e-12)
    return out


def cut_piece(
    quads: Quads,
    vertices: int,
    levels: int,
    uvs: Float[np.ndarray, "quads 4 2"] | None = None,
) -> Piece:
    """These faces of a mesh of so many vertices, subdivided so many times."""
    used, local = np.unique(quads, return_inverse=True)
    local = local.reshape(-1, 4)
    stencil = sp.identity(vertices, format="csr")[used]
    parents = np.arange(len(quads))
    for _ in range(levels):
        step, local = _catmull_clark(local, stencil.shape[0])
        stencil = step @ stencil
        parents = np.tile(parents, 4)
        uvs = None if uvs is None else _quarter(uvs)
    return Piece(stencil, local, parents, uvs)


def clip_triangles(
    triangles: Triangles, heights: Float[np.ndarray, " vertices"]
) -> tuple[Any, Triangles]:
    """The part of a mesh where a height is above 0, with a clean edge along 0.

    Returns a sparse matrix that gives each new vertex from the old ones, and the new triangles.
    """
    above = heights > 0
    count = above[triangles].sum(1)
    n = len(heights)
    cut = triangles[(count > 0) & (count < 3)]
    # Turn each cut triangle so that its odd corner comes first.
    odd_above = above[cut].sum(1) == 1
    odd = np.argmax(above[cut] == odd_above[:, None], 1)
    cut = np.take_along_axis(cut, (odd[:, None] + np.arange(3)) % 3, 1)
    pairs = np.sort(np.concatenate([cut[:, [0, 1]], cut[:, [0, 2]]]), 1)
    edges, inverse = np.unique(pairs, axis=0, return_inverse=True)
    first, second = (n + half for half in np.split(inverse.ravel(), 2))
    a, b = heights[edges[:, 0]], heights[edges[:, 1]]
    share = a / (a - b)
    e = len(edges)
    rows = np.repeat(np.arange(e), 2)
    new = sp.csr_matrix((np.c_[1 - share, share].ravel(), (rows, edges.ravel())), (e, n))
    tip = np.c_[cut[:, 0], first, second][odd_above]
    base = ~odd_above
    lower = np.c_[first, cut[:, 1], cut[:, 2]][base]
    upper = np.c_[first, cut[:, 2], second][base]
    kept = np.concatenate([triangles[count == 3], tip, lower, upper])
    used, kept = np.unique(kept, return_inverse=True)
    stencil = sp.vstack([sp.identity(n, format="csr"), new]).tocsr()[used]
    return stencil, kept.reshape(-1, 3)


def smooth(values: np.ndarray, quads: Quads, rounds: int, share: float = 0.5) -> np.ndarray:
    """Each vertex's value moved towards the mean of its neighbours, so many times."""
    n = len(values)
    edges = _edges(quads)
    both = np.concatenate([edges, edges[:, ::-1]])
    links = sp.coo_matrix((np.ones(len(both)), (both[:, 0], both[:, 1])), (n, n)).tocsr()
    count = np.asarray(links.sum(1)).ravel()
    mean = sp.diags(1 / np.maximum(count, 1)) @ links
    alone = count == 0
    for _ in range(rounds):
        moved = values + share * (mean @ values - values)
        moved[alone] = values[alone]
        values = moved
    return values


def grid_quads(rows: int, columns: int, *, wrap: bool = False) -> Quads:
    """Faces of a grid of vertices in row order; `wrap` joins the last column to the first."""
    index = np.arange(rows * columns).reshape(rows, columns)
    right = np.roll(index, -1, 1)
    quads = np.stack([index[:-1], right[:-1], right[1:], index[1:]], -1)
    out: np.ndarray = (quads if wrap else quads[:, :-1]).reshape(-1, 4)
    return out


def _quarter(uvs: Float[np.ndarray, "quads 4 2"]) -> Float[np.ndarray, "quads 4 2"]:
    middle = uvs.mean(1)
    half = (uvs + np.roll(uvs, -1, 1)) / 2
    quarters = [
        np.stack([uvs[:, c], half[:, c], middle, half[:, (c + 3) % 4]], 1) for c in range(4)
    ]
    return np.concatenate(quarters)


def _edges(quads: Quads) -> Int[np.ndarray, "edges 2"]:
    pairs = np.stack([quads, np.roll(quads, -1, 1)], -1).reshape(-1, 2)
    out: np.ndarray = np.unique(np.sort(pairs, 1), axis=0)
    return out


def _catmull_clark(quads: Quads, n: int) -> tuple[Any, Quads]:
    """One step after Catmull and Clark, 1978, with their rule for open borders.

    Returns a sparse matrix from n vertices to the new ones (old, edge points, face points) and
    the new quads.
    """
    m = len(quads)
    corners = np.sort(np.stack([quads, np.roll(quads, -1, 1)], -1).reshape(-1, 2), 1)
    edges, inverse, faces_at = np.unique(corners, axis=0, return_inverse=True, return_counts=True)
    of_quad = inverse.reshape(m, 4)
    e = len(edges)
    each = np.repeat(np.arange(m), 4)
    face_points = _sparse(np.full(4 * m, 0.25), each, quads.ravel(), (m, n))
    edge_faces = _sparse(np.ones(4 * m), of_quad.ravel(), each, (e, m))
    middles = _sparse(np.full(2 * e, 0.5), np.repeat(np.arange(e), 2), edges.ravel(), (e, n))
    border = faces_at == 1
    edge_points = (
        sp.diags(np.where(border, 1.0, 0.5)) @ middles
        + sp.diags(np.where(border, 0.0, 0.25)) @ edge_faces @ face_points
    )
    vertex_faces = _sparse(np.ones(4 * m), quads.ravel(), each, (n, m))
    vertex_edges = _sparse(np.ones(2 * e), edges.ravel(), np.repeat(np.arange(e), 2), (n, e))
    k = np.maximum(np.asarray(vertex_edges.sum(1)).ravel(), 1)
    used = np.asarray(vertex_faces.sum(1)).ravel() > 0
    on_border = np.zeros(n, bool)
    on_border[edges[border].ravel()] = True
    inner = (~on_border & used) * 1.0
    border_edges = vertex_edges @ sp.diags(border * 1.0)
    along = on_border & (np.asarray(border_edges.sum(1)).ravel() == 2)
    fixed = ~used | (on_border & ~along)
    old_points = (
        sp.diags(inner / k**2) @ (vertex_faces @ face_points)
        + sp.diags(inner * 2 / k**2) @ (vertex_edges @ middles)
        + sp.diags(inner * (k - 3) / k + along * 0.5 + fixed * 1.0)
        + sp.diags(along * 0.25) @ (border_edges @ middles)
    )
    stencil = sp.vstack([old_points, edge_points, face_points]).tocsr()
    centre = n + e + np.arange(m)
    new = [
        np.stack([quads[:, c], n + of_quad[:, c], centre, n + of_quad[:, (c + 3) % 4]], 1)
        for c in range(4)
    ]
    return stencil, np.concatenate(new)


def _sparse(data: np.ndarray, rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> Any:
    return sp.csr_matrix((data, (rows, columns)), shape)
