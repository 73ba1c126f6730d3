"""One pose -> one matrix for each bone."""

import numpy as np
from jaxtyping import Float32

from core.motion import BONES, Skeleton


class BonePalette:
    """Turns the rotations of a pose into matrices from the mesh's pose to the world.

    Bones of the same depth are multiplied together, so a pose costs a dozen numpy calls.
    """

    def __init__(self, skeleton: Skeleton) -> None:
        parents = np.asarray(skeleton.parents)
        depth = np.zeros(len(BONES), int)
        for bone, parent in enumerate(parents):
            depth[bone] = 0 if parent < 0 else depth[parent] + 1
        self._joints = np.asarray(skeleton.joints_m, np.float64)
        self._levels = [
            (bones, parents[bones])
            for bones in (np.flatnonzero(depth == d) for d in range(depth.max() + 1))
        ]
        self._world = np.empty((len(BONES), 4, 4))

    def matrices(
        self, rotations: Float32[np.ndarray, "bones 4"]
    ) -> Float32[np.ndarray, "bones 3 4"]:
        """World matrices, the last row left out. Quaternions x y z w need not have length 1."""
        turns = rotation_matrices(rotations)
        local = np.zeros((len(BONES), 4, 4))
        local[:, :3, :3] = turns
        local[:, :3, 3] = self._joints - np.einsum("bij,bj->bi", turns, self._joints)
        local[:, 3, 3] = 1.0
        world = self._world
        for bones, parents in self._levels:
            if parents[0] < 0:
                world[bones] = local[bones]
            else:
                world[bones] = world[parents] @ local[bones]
        return world[:, :3].astype(np.float32)


def rotation_matrices(quaternions: Float32[np.ndarray, "n 4"]) -> np.ndarray:
    """(n, 3, 3) from x y z w."""
    q = np.asarray(quaternions, np.float64)
    q = q / np.linalg.norm(q, axis=1, keepdims=True)
    x, y, z, w = q.T
    out = np.empty((len(q), 3, 3))
    out[:, 0, 0], out[:, 0, 1], out[:, 0, 2] = (
        1 - 2 * (y * y + z * z),
        2 * (x * y - z * w),
        2 * (x * z + y * w),
    )
    out[:, 1, 0], out[:, 1, 1], out[:, 1, 2] = (
        2 * (x * y + z * w),
        1 - 2 * (x * x + z * z),
        2 * (y * z - x * w),
    )
    out[:, 2, 0], out[:, 2, 1], out[:, 2, 2] = (
        2 * (x * z - y * w),
        2 * (y * z + x * w),
        1 - 2 * (x * x + y * y),
    )
    return out
