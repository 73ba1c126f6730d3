"""Rotations of many bones at once: vectors (axis times angle, radians), quaternions x y z w."""

import numpy as np
from jaxtyping import Float

Vectors = Float[np.ndarray, "n 3"]
Quaternions = Float[np.ndarray, "n 4"]
Matrix = Float[np.ndarray, "3 3"]


def quaternions(vectors: Vectors) -> Quaternions:
    """Exponential map: one quaternion for each rotation vector."""
    angle = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    half = 0.5 * angle
    out = np.empty((len(vectors), 4))
    # np.sinc(x) is sin(pi x) / (pi x): no division by a zero angle
    out[:, :3] = vectors * (0.5 * np.sinc(half / np.pi))[:, None]
    out[:, 3] = np.cos(half)
    return out


def vectors(turns: Quaternions) -> Vectors:
    """Logarithm: the shortest rotation vector for each quaternion."""
    turns = np.where(turns[:, 3:] < 0, -turns, turns)
    sine = np.linalg.norm(turns[:, :3], axis=1)
    angle = 2 * np.arctan2(sine, turns[:, 3])
    out: np.ndarray = (
        turns[:, :3] * np.where(sine > 1e-9, angle / np.maximum(sine, 1e-9), 2.0)[:, None]
    )
    return out


def products(a: Quaternions, b: Quaternions) -> Quaternions:
    """First `b`, then `a`, pair by pair."""
    ax, ay, az, aw = a.T
    bx, by, bz, bw = b.T
    return np.stack(
        [
            aw * bx + ax * bw + ay * bz - az * by,
            aw * by - ax * bz + ay * bw + az * bx,
            aw * bz + ax * by - ay * bx + az * bw,
            aw * bw - ax * bx - ay * by - az * bz,
        ],
        axis=1,
    )


def inverses(turns: Quaternions) -> Quaternions:
    out: np.ndarray = turns * np.array([-1.0, -1.0, -1.0, 1.0])
    return out


def matrix(vector: Float[np.ndarray, " 3"]) -> Matrix:
    """Rodrigues' formula for one rotation vector."""
    angle = float(np.linalg.norm(vector))
    if angle < 1e-12:
        return np.eye(3)
    x, y, z = vector / angle
    k = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    out: np.ndarray = np.eye(3) + np.sin(angle) * k + (1 - np.cos(angle)) * (k @ k)
    return out


def from_matrices(turns: Float[np.ndarray, "n 3 3"]) -> Quaternions:
    """Quaternions of rotation matrices (Bar-Itzhack 2000: eigenvector of the largest eigenvalue).

    Slow but free of cases; only for tables made once.
    """
    k = np.empty((len(turns), 4, 4))
    for i, m in enumerate(turns):
        k[i] = [
            [m[0, 0] - m[1, 1] - m[2, 2], m[0, 1] + m[1, 0], m[0, 2] + m[2, 0], m[2, 1] - m[1, 2]],
            [m[0, 1] + m[1, 0], m[1, 1] - m[0, 0] - m[2, 2], m[1, 2] + m[2, 1], m[0, 2] - m[2, 0]],
            [m[0, 2] + m[2, 0], m[1, 2] + m[2, 1], m[2, 2] - m[0, 0] - m[1, 1], m[1, 0] - m[0, 1]],
            [m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1], np.trace(m)],
        ]
    return np.linalg.eigh(k)[1][:, :, -1]


def unit(vector: Float[np.ndarray, " 3"]) -> Float[np.ndarray, " 3"]:
    return vector / max(float(np.linalg.norm(vector)), 1e-12)


def frame(along: Float[np.ndarray, " 3"], side: Float[np.ndarray, " 3"]) -> Matrix:
    """Orthonormal columns: `along`, `side` made square to it, and their cross product."""
    x = unit(along)
    y = unit(side - x * float(side @ x))
    return np.stack([x, y, np.cross(x, y)], axis=1)
