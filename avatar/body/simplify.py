"""Fewer triangles with meshoptimizer, and flat atlases with xatlas.

The Python face of meshoptimizer passes its arguments wrongly for the call with attributes, so
that one C function is called here with its proper types.
"""

import ctypes

import numpy as np
import xatlas
from jaxtyping import Bool, Float, Int
from meshoptimizer._loader import lib

from avatar.body.surface import Surface

_MOST_ATTRIBUTES = 32
_ATLAS_PX, _APART_PX = 1024, 3
_POINTER = ctypes.c_void_p


def simplify_mesh(
    triangles: Int[np.ndarray, "triangles 3"],
    points: Float[np.ndarray, "vertices 3"],
    attributes: Float[np.ndarray, "vertices attributes"],
    target: int,
    locked: Bool[np.ndarray, " vertices"] | None = None,
) -> Int[np.ndarray, "fewer 3"]:
    """About `target` of the triangles, on the same vertices, with the least error.

    Args:
        attributes: values whose change counts as an error too, already weighted.
        locked: vertices that must stay.

    Raises:
        ValueError: more attributes than meshoptimizer takes.
    """
    if attributes.shape[1] > _MOST_ATTRIBUTES:
        raise ValueError(f"{attributes.shape[1]} attributes, at most {_MOST_ATTRIBUTES}")
    call = lib.meshopt_simplifyWithAttributes
    call.restype = ctypes.c_size_t
    size = ctypes.c_size_t
    call.argtypes = [
        _POINTER, _POINTER, size, _POINTER, size, size, _POINTER, size, _POINTER, size, _POINTER,
        size, ctypes.c_float, ctypes.c_uint, _POINTER,
    ]  # fmt: skip
    flat = np.ascontiguousarray(triangles.ravel(), np.uint32)
    places = np.ascontiguousarray(points, np.float32)
    values = np.ascontiguousarray(attributes, np.float32)
    weights = np.ones(values.shape[1], np.float32)
    locks = None if locked is None else np.ascontiguousarray(locked, np.uint8)
    out = np.zeros(len(flat), np.uint32)
    error = ctypes.c_float(0)
    count = call(
        out.ctypes.data, flat.ctypes.data, len(flat), places.ctypes.data, len(places), 12,
        values.ctypes.data, 4 * values.shape[1], weights.ctypes.data, values.shape[1],
        None if locks is None else locks.ctypes.data, target * 3, 1.0, 0, ctypes.byref(error),
    )  # fmt: skip
    return out[:count].reshape(-1, 3).astype(np.int64)


def principal_values(
    rows: Float[np.ndarray, "vertices values"], count: int
) -> Float[np.ndarray, "vertices {count}"]:
    """The directions in which the rows differ most: a short stand-in for many attributes."""
    centred = rows - rows.mean(0)
    spread = centred.T @ centred
    _, vectors = np.linalg.eigh(spread)
    out: np.ndarray = centred @ vectors[:, -count:]
    return out


def unwrap_surface(surface: Surface) -> Surface:
    """The surface with its own flat atlas; vertices on seams are doubled."""
    surface = surface.without_unused()
    atlas = xatlas.Atlas()
    atlas.add_mesh(surface.points.astype(np.float32), surface.triangles.astype(np.uint32))
    packing = xatlas.PackOptions()
    # Islands apart: filtered, each would take up its neighbour's colour along the seams.
    packing.resolution, packing.padding = _ATLAS_PX, _APART_PX
    atlas.generate(pack_options=packing)
    source, triangles, uvs = atlas[0]
    out = surface.pick_vertices(source.astype(np.int64), triangles.astype(np.int64))
    out.uvs[:] = uvs
    return out
