"""A figure as another maker would ship it: lips that part, lids, eyes, arms stretched out.

Written as plain glTF with Mixamo's bones, or as VRM 0.x (looking along -z) or VRM 1.0.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from tests.fakes.glb import GlbWriter

Kind = Literal["arkit", "oculus", "vrm0", "vrm1"]

HEAD = np.array([0.0, 1.60, 0.0])
RADII = np.array([0.078, 0.118, 0.095])
EYES = {"left": np.array([0.031, 1.605, 0.083]), "right": np.array([-0.031, 1.605, 0.083])}
EYE_M, LID_M = 0.0135, 0.0150
COLUMNS, ROWS = 64, 52
MOUTH_ROW = 17
MOUTH_PHI, MOUTH_THETA = -np.pi / 2 + MOUTH_ROW * np.pi / ROWS, 0.36

JOINTS: dict[str, tuple[str, tuple[float, float, float]]] = {
    "hips": ("", (0, 0.95, 0)), "spine": ("hips", (0, 1.06, 0)), "chest": ("spine", (0, 1.20, 0)),
    "neck": ("chest", (0, 1.43, -0.01)), "head": ("neck", (0, 1.50, 0)),
    "leftEye": ("head", (0.031, 1.605, 0.083)), "rightEye": ("head", (-0.031, 1.605, 0.083)),
    **{
        f"{side}{part}": (f"{side}{above}" if above != "chest" else above, (x * sign, 1.38, -0.01))
        for side, sign in (("left", 1), ("right", -1))
        for part, above, x in (
            ("Shoulder", "chest", 0.04), ("UpperArm", "Shoulder", 0.16),
            ("LowerArm", "UpperArm", 0.42), ("Hand", "LowerArm", 0.66),
        )
    },
}  # fmt: skip
MIXAMO = {
    "hips": "Hips", "spine": "Spine", "chest": "Spine1", "neck": "Neck", "head": "Head",
    "Eye": "Eye", "Shoulder": "Shoulder", "UpperArm": "Arm", "LowerArm": "ForeArm", "Hand": "Hand",
}  # fmt: skip


@dataclass(eq=False)
class Mesh:
    name: str
    points: np.ndarray
    uvs: np.ndarray
    triangles: np.ndarray
    bones: np.ndarray
    # (vertices, len(JOINTS)) weights
    colour: np.ndarray
    # texture, RGBA
    shapes: dict[str, np.ndarray]
    more: dict[str, Any]


def write_figure(path: Path, kind: Kind = "arkit", *, leave_out: tuple[str, ...] = ()) -> Path:
    """Write the figure; shapes named in `leave_out` are not in the file."""
    file = GlbWriter()
    turn = np.diag([-1.0, 1.0, -1.0]) if kind == "vrm0" else np.eye(3)
    joints = _add_joints(file, kind, turn)
    meshes = figure_meshes()
    names = [n for n in _names(kind, meshes) if n not in leave_out]
    for mesh in meshes:
        _add_mesh(file, mesh, kind, names, turn)
    if kind == "vrm0":
        file.json["extensions"] = {"VRM": _vrm0(joints, names)}
    elif kind == "vrm1":
        file.json["extensions"] = {"VRMC_vrm": _vrm1(joints, names, len(JOINTS))}
    return file.write(path)


def figure_meshes() -> list[Mesh]:
    """Face, lids, eyes, mouth, hair, trunk, arms, hands."""
    meshes = [_face(), _bag()]
    for side in ("left", "right"):
        meshes += [_eye(side), _lid(side)]
    meshes += [_hair(), _trunk()]
    for side in ("left", "right"):
        meshes += [_arm(side), _hand(side)]
    return meshes


def lip_rows() -> tuple[np.ndarray, np.ndarray]:
    """Vertices of the face along the upper and the lower lip: at rest they lie on each other."""
    _, upper, lower = _face_grid()
    return upper, lower


def _sphere(columns: int, rows: int, low: float = -np.pi / 2) -> tuple[np.ndarray, np.ndarray]:
    """(angle to the left, angle up) of a grid of vertices, row by row from below."""
    theta, phi = np.meshgrid(
        np.linspace(-np.pi, np.pi, columns + 1), np.linspace(low, np.pi / 2, rows + 1)
    )
    return theta, phi


def _on_sphere(theta: np.ndarray, phi: np.ndarray) -> np.ndarray:
    return np.stack(
        [np.cos(phi) * np.sin(theta), np.sin(phi), np.cos(phi) * np.cos(theta)], -1
    ).reshape(-1, 3)


def _grid(columns: int, rows: int) -> np.ndarray:
    i = np.arange((rows + 1) * (columns + 1)).reshape(rows + 1, columns + 1)
    a, b, c, d = i[:-1, :-1], i[:-1, 1:], i[1:, 1:], i[1:, :-1]
    return np.stack([np.stack([a, b, c], -1), np.stack([a, c, d], -1)], 2)


def _face_grid() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(triangles, vertices of the upper lip, of the lower lip); the last are added at the end."""
    theta, _ = _sphere(COLUMNS, ROWS)
    row = MOUTH_ROW
    columns = np.flatnonzero(np.abs(theta[row]) < MOUTH_THETA)
    upper = row * (COLUMNS + 1) + columns
    # corners stay whole
    inner = upper[1:-1]
    lower = np.arange(len(inner)) + theta.size
    quads = _grid(COLUMNS, ROWS)
    under = quads[row - 1]
    swap = np.arange(theta.size)
    swap[inner] = lower
    quads[row - 1] = swap[under]
    return quads.reshape(-1, 3), inner, lower


def _face() -> Mesh:
    theta, phi = _sphere(COLUMNS, ROWS)
    triangles, upper, lower = _face_grid()
    theta = np.r_[theta.ravel(), theta.ravel()[upper]]
    phi = np.r_[phi.ravel(), phi.ravel()[upper]]
    unit = _on_sphere(theta, phi)
    nose = np.exp(-((theta / 0.16) ** 2) - ((phi + 0.18) / 0.16) ** 2) * 0.014
    points = HEAD + unit * RADII + unit * nose[:, None]
    uvs = np.stack([theta / (2 * np.pi) + 0.5, 0.5 - phi / np.pi], -1)
    below = phi < MOUTH_PHI - 1e-6
    below[lower] = True
    shapes = _face_shapes(theta, phi, below)
    return Mesh("Face", points, uvs, triangles, _neck_weights(points), _face_colour(), shapes, {})


def _face_shapes(theta: np.ndarray, phi: np.ndarray, below: np.ndarray) -> dict[str, np.ndarray]:
    """Offsets of ARKit's shapes, as far as they are made here; below: what hangs on the jaw."""
    front = np.exp(-((theta / 0.75) ** 2)) * (np.cos(theta) > 0)
    near = np.exp(-((theta / 0.33) ** 4) - ((phi - MOUTH_PHI) / 0.24) ** 2)
    lip = np.exp(-((theta / 0.28) ** 4) - ((phi - MOUTH_PHI) / 0.10) ** 2)
    inside = np.clip(1 - (theta / MOUTH_THETA) ** 2, 0, 1) * (np.abs(theta) < MOUTH_THETA)
    seam = (
        np.clip(1 - np.abs(phi - MOUTH_PHI) / 0.5, 0, 1) * inside
        + np.clip(np.abs(phi - MOUTH_PHI) / 0.5, 0, 1) * front
    )
    jaw = below * np.where(phi < MOUTH_PHI - 0.5, front, seam)
    n = len(theta)

    def moved(x: Any = 0.0, y: Any = 0.0, z: Any = 0.0) -> np.ndarray:
        return np.stack([np.broadcast_to(v, n).astype(float) for v in (x, y, z)], 1)

    opened = moved(y=-0.034 * jaw, z=-0.008 * jaw)
    side = {"Left": np.clip(theta / 0.3, 0, 1), "Right": np.clip(-theta / 0.3, 0, 1)}
    out = {
        "jawOpen": opened,
        "mouthClose": -opened * lip[:, None],
        "mouthFunnel": moved(x=-0.010 * np.sin(theta) / 0.3 * near, z=0.010 * near,
                             y=0.006 * near * inside * np.where(below, -1, 1)),
        "mouthPucker": moved(x=-0.016 * np.sin(theta) / 0.3 * near, z=0.012 * near),
        "mouthRollLower": moved(z=-0.004 * lip * below),
        "mouthRollUpper": moved(z=-0.004 * lip * ~below),
    }  # fmt: skip
    for name, share in side.items():
        half = np.clip(0.5 + 2 * (share - side["Left" if name == "Right" else "Right"]), 0, 1)
        sign = 1 if name == "Left" else -1
        corner = share * near
        out |= {
            f"mouthSmile{name}": moved(x=0.010 * sign * corner, y=0.010 * corner),
            f"mouthStretch{name}": moved(x=0.010 * sign * corner, y=-0.003 * corner),
            f"mouthPress{name}": moved(z=-0.002 * lip * half),
            f"mouthUpperUp{name}": moved(y=0.010 * lip * inside * half * ~below),
            f"mouthLowerDown{name}": moved(y=-0.012 * lip * inside * half * below),
            f"browOuterUp{name}": moved(
                y=0.006 * np.exp(-((phi - 0.28) / 0.14) ** 2) * half * front
            ),
        }  # fmt: skip
    out["browInnerUp"] = moved(y=0.008 * np.exp(-(((phi - 0.28) / 0.14) ** 2) - (theta / 0.2) ** 2))
    return out


def _face_colour() -> np.ndarray:
    v, u = np.mgrid[0:512, 0:512] / 511.0
    theta, phi = (u - 0.5) * 2 * np.pi, (0.5 - v) * np.pi
    out = np.empty((512, 512, 4))
    out[:] = (222, 178, 152, 255)
    lips = np.exp(-(((phi - MOUTH_PHI) / 0.10) ** 4) - (theta / 0.37) ** 4)
    brows = np.exp(-(((phi - 0.27) / 0.035) ** 4) - ((np.abs(theta) - 0.40) / 0.20) ** 4)
    cheeks = 0.35 * np.exp(-(((phi + 0.3) / 0.25) ** 2) - ((np.abs(theta) - 0.6) / 0.3) ** 2)
    for amount, colour in ((cheeks, (225, 130, 120)), (lips, (178, 62, 66)), (brows, (60, 40, 30))):
        out[..., :3] += amount[..., None] * (np.array(colour) - out[..., :3])
    return out.round().astype(np.uint8)


def _bag() -> Mesh:
    """The dark of the mouth, with a row of teeth."""
    theta, phi = _sphere(16, 10)
    unit = _on_sphere(theta, phi)
    lips = HEAD + _on_sphere(np.zeros(1), np.array([MOUTH_PHI]))[0] * RADII
    centre = lips - (0.0, 0.010, 0.034)
    uvs = np.stack([theta / (2 * np.pi) + 0.5, 0.5 - phi / np.pi], -1).reshape(-1, 2)
    colour = np.empty((64, 64, 4), np.uint8)
    colour[:] = (70, 22, 24, 255)
    colour[14:23] = (236, 230, 220, 255)
    points = centre + unit * (0.026, 0.020, 0.020)
    return Mesh("Mouth", points, uvs, _flat(16, 10), _one("head", points), colour, {}, {})


def _eye(side: str) -> Mesh:
    theta, phi = _sphere(20, 14)
    unit = _on_sphere(theta, phi)
    uvs = (0.5 + unit[:, :2] * (0.5, -0.5)) * np.where(unit[:, 2:] > 0, 1.0, 0.0)
    y, x = np.mgrid[-1:1:128j, -1:1:128j]
    r = np.hypot(x, y)[..., None]
    colour = np.where(r < 0.18, 12, np.where(r < 0.46, (92, 58, 30), 238))
    rgba = np.dstack([np.broadcast_to(colour, (128, 128, 3)), np.full((128, 128), 255)])
    points = EYES[side] + unit * EYE_M
    bones = _one(f"{side}Eye", points)
    return Mesh(f"{side}Eye", points, uvs, _flat(20, 14), bones, rgba.astype(np.uint8), {}, {})


def _lid(side: str) -> Mesh:
    """A cap over the eye that slides down over it."""
    a, b = np.meshgrid(np.linspace(-1.35, 1.35, 17), np.linspace(0.42, 1.5, 9))
    closed = -0.75 + (b - 0.42) * (1.5 + 0.75) / (1.5 - 0.42)
    name = f"eyeBlink{side.capitalize()}"
    points = EYES[side] + _on_sphere(a, b) * LID_M
    shut = EYES[side] + _on_sphere(a, closed) * LID_M
    colour = np.full((4, 4, 4), (205, 158, 134, 255), np.uint8)
    uvs = np.full((len(points), 2), 0.5)
    shapes = {name: shut - points}
    more = {"doubleSided": True}
    return Mesh(f"{side}Lid", points, uvs, _flat(16, 8), _one("head", points), colour, shapes, more)


def _hair() -> Mesh:
    """A cap, its fringe cut out of the texture."""
    theta, phi = _sphere(48, 24, -0.6)
    flat = np.stack([theta, phi], -1).reshape(-1, 2)
    points = HEAD + _on_sphere(theta, phi) * (RADII + (0.010, 0.012, 0.012)) + (0, 0.002, -0.006)
    triangles = _flat(48, 24)
    middle = flat[triangles].mean(1)
    face = (np.abs(middle[:, 0]) < 0.85) & (middle[:, 1] < 0.55)
    uvs = np.stack([flat[:, 0] / (2 * np.pi) + 0.5, 0.5 - flat[:, 1] / np.pi], -1)
    v, u = np.mgrid[0:256, 0:256] / 255.0
    strands = 0.5 + 0.5 * np.sin(u * 300)
    rgba = np.dstack(
        [40 + 26 * strands, 26 + 18 * strands, 20 + 14 * strands, np.full_like(u, 255)]
    )
    fringe = (np.abs(u - 0.5) < 0.15) & (0.5 - v < 0.22 + 0.03 * np.sin(u * 120))
    rgba[..., 3] = np.where(fringe, 0, 255)
    more = {"alphaMode": "MASK", "alphaCutoff": 0.5, "doubleSided": True}
    bones = _one("head", points)
    return Mesh("Hair", points, uvs, triangles[~face], bones, rgba.astype(np.uint8), {}, more)


def _tube(centres: np.ndarray, radii: np.ndarray, columns: int) -> tuple[np.ndarray, np.ndarray]:
    """Rings (n, 2 half axes) about a line along y or x."""
    n = len(centres)
    turn = np.linspace(-np.pi, np.pi, columns + 1)
    along_x = np.ptp(centres[:, 0]) > np.ptp(centres[:, 1])
    points = np.repeat(centres[:, None], columns + 1, 1)
    points[:, :, 1 if along_x else 0] += radii[:, :1] * np.sin(turn)
    points[:, :, 2] += radii[:, 1:] * np.cos(turn)
    points = points.reshape(-1, 3)
    triangles = _flat(columns, n - 1)
    a, b, c = (points[triangles[:, k]] for k in range(3))
    middle = np.repeat(centres, columns + 1, 0)[triangles[:, 0]]
    outward = (np.cross(b - a, c - a) * (a - middle)).sum()
    return points, triangles if outward > 0 else triangles[:, ::-1]


def _trunk() -> Mesh:
    y = np.linspace(0.55, 1.50, 30)
    wide = np.interp(
        y, [0.55, 1.0, 1.2, 1.33, 1.40, 1.44, 1.50], [0.17, 0.15, 0.17, 0.17, 0.10, 0.05, 0.048]
    )
    deep = np.interp(
        y, [0.55, 1.0, 1.2, 1.33, 1.40, 1.44, 1.50], [0.11, 0.10, 0.115, 0.10, 0.07, 0.05, 0.048]
    )
    centres = np.stack([0 * y, y, 0 * y - 0.005], 1)
    points, triangles = _tube(centres, np.stack([wide, deep], 1), 32)
    stops = {"hips": 0.95, "spine": 1.06, "chest": 1.22, "neck": 1.45, "head": 1.53}
    bones = _between(points[:, 1], stops)
    colour = np.full((64, 4, 4), (60, 96, 120, 255), np.uint8)
    colour[:6] = (222, 178, 152, 255)
    uvs = np.stack([np.full(len(points), 0.5), (1.50 - points[:, 1]) / 0.95], 1)
    return Mesh("Trunk", points, uvs, triangles, bones, colour, {}, {})


def _arm(side: str) -> Mesh:
    sign = 1 if side == "left" else -1
    x = np.r_[np.linspace(0.02, 0.67, 28), 0.672]
    radius = np.interp(
        x, [0.02, 0.10, 0.18, 0.42, 0.67, 0.672], [0.02, 0.058, 0.056, 0.044, 0.034, 0.004]
    )
    centres = np.stack([x * sign, np.full_like(x, 1.38), np.full_like(x, -0.01)], 1)
    points, triangles = _tube(centres, np.stack([radius, radius], 1), 16)
    stops = {f"{side}Shoulder": 0.10, f"{side}UpperArm": 0.22, f"{side}LowerArm": 0.48,
             f"{side}Hand": 0.70}  # fmt: skip
    reach = np.abs(points[:, 0])
    bones = np.zeros((len(points), len(JOINTS)))
    edges = [0.10, 0.16, 0.42, 0.66]
    for (bone, _), low, high in zip(stops.items(), edges, [*edges[1:], 1.0], strict=True):
        width = 0.04
        bones[:, list(JOINTS).index(bone)] = np.clip((reach - low) / width + 0.5, 0, 1) - np.clip(
            (reach - high) / width + 0.5, 0, 1
        )
    bones[:, list(JOINTS).index(f"{side}Shoulder")] += 1 - bones.sum(1)
    colour = np.full((4, 4, 4), (60, 96, 120, 255), np.uint8)
    uvs = np.full((len(points), 2), 0.5)
    return Mesh(f"{side}Arm", points, uvs, triangles, bones, colour, {}, {})


def _hand(side: str) -> Mesh:
    sign = 1 if side == "left" else -1
    theta, phi = _sphere(16, 10)
    points = np.array([0.74 * sign, 1.38, -0.01]) + _on_sphere(theta, phi) * (0.09, 0.018, 0.042)
    colour = np.full((4, 4, 4), (222, 178, 152, 255), np.uint8)
    uvs = np.full((len(points), 2), 0.5)
    bones = _one(f"{side}Hand", points)
    return Mesh(f"{side}Hand", points, uvs, _flat(16, 10), bones, colour, {}, {})


def _flat(columns: int, rows: int) -> np.ndarray:
    out: np.ndarray = _grid(columns, rows).reshape(-1, 3)
    return out


def _one(bone: str, points: np.ndarray) -> np.ndarray:
    out = np.zeros((len(points), len(JOINTS)))
    out[:, list(JOINTS).index(bone)] = 1.0
    return out


def _between(heights: np.ndarray, stops: dict[str, float]) -> np.ndarray:
    out = np.zeros((len(heights), len(JOINTS)))
    places = list(stops.values())
    for k, bone in enumerate(stops):
        out[:, list(JOINTS).index(bone)] = np.interp(heights, places, np.eye(len(places))[k])
    return out


def _neck_weights(points: np.ndarray) -> np.ndarray:
    return _between(points[:, 1], {"neck": 1.46, "head": 1.49})


def _names(kind: Kind, meshes: list[Mesh]) -> list[str]:
    arkit = sorted({name for mesh in meshes for name in mesh.shapes})
    return arkit if kind == "arkit" else list(MADE[kind])


_FIVE = {
    "aa": {"jawOpen": 0.75, "mouthLowerDown": 0.3}, "ih": {"jawOpen": 0.2, "mouthStretch": 0.7,
    "mouthUpperUp": 0.3}, "ou": {"mouthPucker": 0.8, "jawOpen": 0.2, "mouthFunnel": 0.2},
    "E": {"jawOpen": 0.4, "mouthStretch": 0.4, "mouthUpperUp": 0.2},
    "oh": {"jawOpen": 0.5, "mouthFunnel": 0.7},
}  # fmt: skip
_REST = {
    "PP": {"mouthPress": 0.8, "mouthRollLower": 0.3}, "FF": {"mouthRollLower": 0.8,
    "mouthUpperUp": 0.4}, "TH": {"jawOpen": 0.2}, "DD": {"jawOpen": 0.2, "mouthLowerDown": 0.3},
    "kk": {"jawOpen": 0.25}, "CH": {"mouthFunnel": 0.7, "jawOpen": 0.1},
    "SS": {"mouthStretch": 0.3, "mouthLowerDown": 0.4}, "nn": {"jawOpen": 0.15},
    "RR": {"mouthFunnel": 0.4, "jawOpen": 0.15},
}  # fmt: skip
MADE: dict[str, dict[str, dict[str, float]]] = {
    # names in the file -> what they are made of
    "oculus": {
        **{f"viseme_{name}": mix for name, mix in (_FIVE | _REST).items()},
        "mouthOpen": {"jawOpen": 1.0}, "mouthSmile": {"mouthSmile": 1.0},
        "eyesClosed": {"eyeBlink": 1.0},
    },
    "vrm0": {
        **{f"Fcl_MTH_{letter}": _FIVE[v] for letter, v in
           zip("AIUEO", ("aa", "ih", "ou", "E", "oh"), strict=True)},
        "Fcl_MTH_Fun": {"mouthSmile": 0.9}, "Fcl_EYE_Close_L": {"eyeBlinkLeft": 1.0},
        "Fcl_EYE_Close_R": {"eyeBlinkRight": 1.0}, "Fcl_BRW_Surprised": {"browOuterUp": 1.0},
    },
    "vrm1": {
        **{f"m_{v}": _FIVE[v] for v in ("aa", "ih", "ou", "E", "oh")},
        "m_happy": {"mouthSmile": 1.0, "jawOpen": 0.3}, "m_relaxed": {"mouthSmile": 0.8},
        "m_blink": {"eyeBlink": 1.0},
    },
}  # fmt: skip


def _offsets(mesh: Mesh, mixture: dict[str, float]) -> np.ndarray:
    out = np.zeros_like(mesh.points)
    for base, amount in mixture.items():
        for name in (base, f"{base}Left", f"{base}Right"):
            if name in mesh.shapes:
                out += amount * mesh.shapes[name]
    return out


def _add_joints(file: GlbWriter, kind: Kind, turn: np.ndarray) -> dict[str, int]:
    nodes: dict[str, int] = {}
    for name, (parent, place) in JOINTS.items():
        origin = np.array(JOINTS[parent][1]) if parent else np.zeros(3)
        called = _mixamo(name) if kind in ("arkit", "oculus") else f"bone_{len(nodes)}"
        local = turn @ (np.array(place) - origin)
        nodes[name] = file.add("nodes", {"name": called, "translation": local.tolist()})
        if parent:
            file.json["nodes"][nodes[parent]].setdefault("children", []).append(nodes[name])
    file.json["scenes"][0]["nodes"] = [nodes["hips"]]
    inverse = np.tile(np.eye(4, dtype=np.float32), (len(JOINTS), 1, 1))
    inverse[:, 3, :3] = [-(turn @ np.array(place)) for _, place in JOINTS.values()]
    matrices = file.accessor(inverse.reshape(-1, 16), "MAT4")
    file.add("skins", {"joints": list(nodes.values()), "inverseBindMatrices": matrices})
    return nodes


def _mixamo(name: str) -> str:
    side = "left" if name.startswith("left") else "right" if name.startswith("right") else ""
    return f"mixamorig:{side.capitalize()}{MIXAMO[name.removeprefix(side)]}"


def _add_mesh(file: GlbWriter, mesh: Mesh, kind: Kind, names: list[str], turn: np.ndarray) -> None:
    order = np.argsort(-mesh.bones, 1, kind="stable")[:, :4]
    weights = np.take_along_axis(mesh.bones, order, 1)
    weights /= weights.sum(1, keepdims=True)
    points = mesh.points @ turn.T
    primitive: dict[str, Any] = {
        "attributes": {
            "POSITION": file.accessor(points.astype(np.float32), "VEC3"),
            "TEXCOORD_0": file.accessor(mesh.uvs.astype(np.float32), "VEC2"),
            "JOINTS_0": file.accessor(order.astype(np.uint8), "VEC4"),
            "WEIGHTS_0": file.accessor(
                (weights * 65535).round().astype(np.uint16), "VEC4", normalized=True
            ),
        },
        "indices": file.accessor(mesh.triangles.astype(np.uint16).reshape(-1), "SCALAR"),
        "material": file.material(mesh.name, mesh.colour, **mesh.more),
    }
    entry: dict[str, Any] = {"name": mesh.name, "primitives": [primitive]}
    mixtures = (
        {n: {n: 1.0} for n in names} if kind == "arkit" else {n: MADE[kind][n] for n in names}
    )
    if mesh.shapes:
        primitive["targets"] = [
            {"POSITION": file.sparse((_offsets(mesh, mixtures[n]) @ turn.T).astype(np.float32))}
            for n in names
        ]
        entry["extras"] = {"targetNames": names}
    node = file.add("nodes", {"name": mesh.name, "mesh": file.add("meshes", entry), "skin": 0})
    file.json["scenes"][0]["nodes"].append(node)


def _vrm0(joints: dict[str, int], names: list[str]) -> dict[str, Any]:
    presets = {"Fcl_MTH_A": "a", "Fcl_MTH_I": "i", "Fcl_MTH_U": "u", "Fcl_MTH_E": "e",
               "Fcl_MTH_O": "o", "Fcl_EYE_Close_L": "blink_l", "Fcl_EYE_Close_R": "blink_r",
               "Fcl_MTH_Fun": "fun"}  # fmt: skip
    groups = [
        {
            "name": preset.upper(), "presetName": preset,
            "binds": [{"mesh": m, "index": names.index(name), "weight": 100} for m in (0, 3, 5)],
        }
        for name, preset in presets.items() if name in names
    ]  # fmt: skip
    return {
        "meta": {"author": "the tests", "commercialUssageName": "Disallow", "licenseName": "CC0"},
        "humanoid": {"humanBones": [{"bone": b, "node": n} for b, n in joints.items()]},
        "blendShapeMaster": {"blendShapeGroups": groups},
        "firstPerson": {"lookAtTypeName": "Bone",
                        "lookAtHorizontalInner": {"xRange": 90, "yRange": 30},
                        "lookAtHorizontalOuter": {"xRange": 90, "yRange": 30}},
    }  # fmt: skip


def _vrm1(joints: dict[str, int], names: list[str], first_mesh_node: int) -> dict[str, Any]:
    nodes = [first_mesh_node + m for m in (0, 3, 5)]
    preset = {
        {"E": "ee"}.get(n.removeprefix("m_"), n.removeprefix("m_")): {
            "morphTargetBinds": [
                {"node": node, "index": names.index(n), "weight": 1.0} for node in nodes
            ]
        }
        for n in names
    }
    return {
        "specVersion": "1.0",
        "meta": {"authors": ["the tests"], "commercialUsage": "corporation", "licenseUrl": "-"},
        "humanoid": {"humanBones": {b: {"node": n} for b, n in joints.items()}},
        "expressions": {"preset": preset},
    }
