"""How much ambient and key light reaches each vertex, by casting rays with Embree."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import trimesh
from jaxtyping import Float
from trimesh.ray.ray_pyembree import RayMeshIntersector

from avatar.body.mesh import unit
from avatar.body.surface import Surface

KEY_LIGHT = (-0.4062, 0.4965, 0.7673)
"""Towards the key light: from the viewer's left, above, in front."""

_SKY = 64
_LAMP = 20
_LAMP_SPREAD = 0.16
_OFF_SURFACE = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Blockers:
    """What stands in the light's way: solid parts, and hair that lets some through."""

    solid: Any
    hair: Any


def gather_blockers(solids: list[Surface], hair: Surface) -> Blockers:
    """Ray structures over these parts."""
    starts = np.cumsum([0] + [len(s.points) for s in solids])
    points = np.concatenate([s.points for s in solids])
    triangles = np.concatenate(
        [s.triangles + start for s, start in zip(solids, starts, strict=False)]
    )
    return Blockers(_tracer(points, triangles), _tracer(hair.points, hair.triangles))


def light_surface(
    surface: Surface,
    blockers: Blockers,
    *,
    hair_share: float = 0.7,
    off: float = _OFF_SURFACE,
    floor: float = 0.0,
) -> Surface:
    """The surface with occlusion and key visibility measured at its vertices.

    Args:
        hair_share: how much of the light hair takes.
        off: how far from the surface rays start, so that it does not meet itself.
        floor: ambient light that reaches even where no sky is seen.
    """
    return replace(
        surface,
        occlusion=floor + (1 - floor) * _ambient(surface, blockers, hair_share, off),
        key_visibility=_key(surface, blockers, hair_share * 0.85, off),
    )


def dim_surface(surface: Surface, light: Float[np.ndarray, " vertices"]) -> Surface:
    """The surface with this share of what light it had."""
    if surface.occlusion is None or surface.key_visibility is None:
        raise ValueError(f"{surface.name} is not lit yet")
    return replace(
        surface,
        occlusion=surface.occlusion * light,
        key_visibility=surface.key_visibility * light,
    )


def _tracer(points: np.ndarray, triangles: np.ndarray) -> RayMeshIntersector:
    return RayMeshIntersector(trimesh.Trimesh(points, triangles, process=False))


def _ambient(
    surface: Surface, blockers: Blockers, hair_share: float, off: float
) -> Float[np.ndarray, " vertices"]:
    """Share of a sky, brighter above, that is seen: directions on a Fibonacci sphere."""
    step = np.arange(_SKY) + 0.5
    polar = np.arccos(1 - 2 * step / _SKY)
    around = np.pi * (1 + 5**0.5) * step
    directions = np.stack(
        [np.cos(around) * np.sin(polar), np.cos(polar), np.sin(around) * np.sin(polar)], 1
    )
    seen = np.zeros(len(surface.points))
    total = np.zeros(len(surface.points))
    for direction in directions:
        facing = surface.normals @ direction
        index = np.flatnonzero(facing > 0.05)
        weight = facing[index] * (0.65 + 0.35 * direction[1])
        origins = surface.points[index] + surface.normals[index] * off
        blocked = _blocked(origins, direction, blockers, hair_share)
        seen[index] += weight * (1 - blocked)
        total[index] += weight
    out: np.ndarray = seen / np.maximum(total, 1e-6)
    return out


def _key(
    surface: Surface, blockers: Blockers, hair_share: float, off: float
) -> Float[np.ndarray, " vertices"]:
    """Share of a lamp of some size that is seen."""
    rng = np.random.default_rng(5)
    origins = surface.points + surface.normals * (off * 1.25)
    seen = np.zeros(len(surface.points))
    for _ in range(_LAMP):
        direction = unit(np.array(KEY_LIGHT) + _LAMP_SPREAD * rng.standard_normal(3))
        seen += 1 - _blocked(origins, direction, blockers, hair_share)
    return seen / _LAMP


def _blocked(
    origins: Float[np.ndarray, "rays 3"],
    direction: Float[np.ndarray, " 3"],
    blockers: Blockers,
    hair_share: float,
) -> Float[np.ndarray, " rays"]:
    rays = np.tile(direction, (len(origins), 1))
    blocked = blockers.solid.intersects_any(origins, rays).astype(np.float64)
    if hair_share > 0:
        through = blockers.hair.intersects_any(origins + rays * 0.03, rays) * hair_share
        blocked = np.maximum(blocked, through)
    out: np.ndarray = blocked
    return out
