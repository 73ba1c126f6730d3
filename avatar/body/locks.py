"""Strands and the locks they lie in: what styles are given, and what they give."""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float, Int
from scipy.spatial import cKDTree

from avatar.body.anatomy import Anatomy
from avatar.body.mesh import unit
from avatar.presenter import HairSettings

Strands = Float[np.ndarray, "strands 3"]
Paths = Float[np.ndarray, "strands rings 3"]
Amounts = Float[np.ndarray, "strands rings"]


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """What styles are placed by."""

    anatomy: Anatomy
    halves: Float[np.ndarray, " 3"]
    # of the skull: width, height and depth from its middle
    shoulders: tuple[cKDTree, Float[np.ndarray, " tops"]]
    # (x, z) of the tops of the shoulders, and their heights

    @property
    def centre(self) -> Float[np.ndarray, " 3"]:
        """Of the sphere on which paths are drawn."""
        out: np.ndarray = self.anatomy.head_centre + [0.0, 0.12, 0.0]
        return out

    def shoulder_y(self, points: Strands) -> Float[np.ndarray, " strands"]:
        """Height of the clothes under each point."""
        tree, heights = self.shoulders
        away, index = tree.query(points[:, [0, 2]], 3)
        top = heights[index].max(1)
        out: np.ndarray = np.where(away[:, 0] < 0.3, top, -np.inf)
        return out


@dataclass(frozen=True, slots=True, eq=False)
class Planted:
    """Strands before they have a path."""

    roots: Strands
    depth: Float[np.ndarray, " strands"]
    # 0 innermost to 1 outermost
    lock: Int[np.ndarray, " strands"]
    # which lock each belongs to: neighbours on the scalp

    def split(self, apart: Bool[np.ndarray, " strands"]) -> "Planted":
        """No lock holds strands of both kinds any more."""
        return replace(self, lock=self.lock * 2 + apart)

    def uneven(
        self, rng: np.random.Generator, size: float, shared: float = 0.7
    ) -> Float[np.ndarray, " strands"]:
        """Normal noise of that standard deviation, of whose variance a share is the lock's."""
        lock = rng.standard_normal(int(self.lock.max()) + 1)[self.lock]
        own = rng.standard_normal(len(self.roots))
        out: np.ndarray = size * (np.sqrt(shared) * lock + np.sqrt(1 - shared) * own)
        return out

    def draw_together(self, path: Paths, amount: Amounts) -> Paths:
        """Strands moved by a share towards the middle of their lock: it then ends in a point."""
        count = np.bincount(self.lock)
        middle = np.zeros((len(count), *path.shape[1:]))
        np.add.at(middle, self.lock, path)
        middle /= np.maximum(count, 1)[:, None, None]
        out: np.ndarray = path + (middle[self.lock] - path) * amount[..., None]
        return out


@dataclass(frozen=True, slots=True, eq=False)
class Growth:
    """All that a style lays its strands by."""

    planted: Planted
    head: Head
    settings: HairSettings
    rng: np.random.Generator
    along: Float[np.ndarray, " rings"]
    # share of a strand at each of its rings, 0 at the root

    @property
    def start(self) -> Strands:
        """Direction of each root from the middle of the head."""
        return unit(self.planted.roots - self.head.centre)

    @property
    def volume(self) -> float:
        """How far the outermost strands stand off, in decimetres as the body."""
        return self.settings.volume_m * 10

    @property
    def parting(self) -> float:
        """x of the parting, in decimetres."""
        return self.settings.parting_m * 10


@dataclass(frozen=True, slots=True, eq=False)
class Locks:
    """Strands of one style before they are brought to their distance."""

    path: Paths
    depth: Float[np.ndarray, " strands"]
    # 0 innermost to 1 outermost
    clearance: Amounts
    # wanted distance from the head
    bound: Amounts
    # 1 where that distance is kept, 0 where a strand hangs free and only must not enter the body
    curl: Float[np.ndarray, "strands coils 3"]
    # added at the end; coils need more rings than paths
    width: Float[np.ndarray, " strands"]
    # half of a ribbon's
    light: Float[np.ndarray, "strands coils"] | None = None
    # what a ringlet lets to each point; None: hair that is no ringlets


def refine(path: Paths, rings: int) -> Paths:
    """The same paths at more rings, evenly between those they have."""
    had = path.shape[1]
    at = np.linspace(0, had - 1, rings)
    low = np.minimum(at.astype(int), had - 2)
    share = (at - low)[:, None]
    out: np.ndarray = path[:, low] * (1 - share) + path[:, low + 1] * share
    return out


def gather_locks(
    roots: Strands, strands_each: int, rng: np.random.Generator
) -> Int[np.ndarray, " strands"]:
    """The lock of each root: that of the nearest of some roots picked at random."""
    count = max(len(roots) // strands_each, 1)
    middles = roots[rng.choice(len(roots), count, replace=False)]
    _, nearest = cKDTree(middles).query(roots)
    out: np.ndarray = nearest
    return out
