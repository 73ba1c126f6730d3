"""A figure of balls and tubes with a whole skeleton and blendshapes: fast to bake and draw."""

import numpy as np

from core.blendshapes import COUNT, INDEX
from core.human import Eyeball, HumanModel, Material, Part
from core.motion import BONE_INDEX, BONES, Skeleton

_PARENT = {"hips": -1, "spine": "hips", "chest": "spine", "upperChest": "chest",
           "neck": "upperChest", "head": "neck", "leftEye": "head", "rightEye": "head"}  # fmt: skip
_CENTRE = {"hips": (0, 0.95, 0), "spine": (0, 1.05, 0), "chest": (0, 1.15, 0),
           "upperChest": (0, 1.28, 0), "neck": (0, 1.45, 0), "head": (0, 1.53, 0.01),
           "leftEye": (0.032, 1.60, 0.09), "rightEye": (-0.032, 1.60, 0.09)}  # fmt: skip
_LIMB = {"Shoulder": (0.06, 1.42, 0), "UpperArm": (0.18, 1.40, 0), "LowerArm": (0.24, 1.14, 0.02),
         "LowerArmTwist": (0.26, 1.02, 0.03), "Hand": (0.28, 0.90, 0.05)}  # fmt: skip


def tiny_human() -> HumanModel:
    """About 1 500 triangles: head with a jaw that opens, hair cards, jacket with sleeves, hands."""
    head = _ball("face", "skin", (0, 1.60, 0.0), (0.075, 0.115, 0.095), 24, "head")
    return HumanModel(
        name="tiny",
        skeleton=_skeleton(),
        parts=(
            _with_morphs(head),
            _tube("throat", "skin", (0, 1.36, 0), (0, 1.54, 0.01), 0.045, "neck"),
            _ball("trunk", "cloth", (0, 1.20, 0), (0.17, 0.28, 0.10), 16, "chest"),
            *(_tube(f"{side}Sleeve", "cloth", *_arm_ends(side), 0.045, f"{side}UpperArm")
              for side in ("left", "right")),
            *(_ball(f"{side}Palm", "skin", _arm_ends(side)[1], _PALM_M, 10, f"{side}Hand")
              for side in ("left", "right")),
            _ball("tongue", "mouth", (0, 1.55, 0.07), (0.02, 0.01, 0.02), 8, "head"),
            _lash(),
            _hair(),
        ),
        eyes=(
            Eyeball("leftEye", _CENTRE["leftEye"], 0.013),
            Eyeball("rightEye", _CENTRE["rightEye"], 0.013),
        ),
        iris_colour=(0.10, 0.05, 0.025),
        key_light=(-0.53, 0.48, 0.70),
        landmarks_m={
            "crown": (0, 1.715, 0), "chin": (0, 1.485, 0.06), "eye_line": (0, 1.60, 0.09),
            "mouth": (0, 1.53, 0.09), "neck": (0, 1.45, 0),
        },
    )  # fmt: skip


def _skeleton() -> Skeleton:
    joints, parents = np.zeros((len(BONES), 3)), np.zeros(len(BONES), int)
    for i, name in enumerate(BONES):
        if name in _CENTRE:
            joints[i] = _CENTRE[name]
            parents[i] = BONE_INDEX.get(str(_PARENT[name]), -1)
            continue
        side, sign = ("left", 1) if name.startswith("left") else ("right", -1)
        part = name[len(side) :]
        if part in _LIMB:
            joints[i] = np.multiply(_LIMB[part], (sign, 1, 1))
            order = list(_LIMB)
            above = order.index(part) - 1
            parents[i] = BONE_INDEX[f"{side}{order[above]}" if above >= 0 else "upperChest"]
        else:
            joints[i] = np.multiply(_LIMB["Hand"], (sign, 1, 1)) + (0, -0.05, 0)
            first = part.endswith("Metacarpal") or (
                part.endswith("Proximal") and "Thumb" not in part
            )
            parents[i] = BONE_INDEX[f"{side}Hand"] if first else i - 1
    return Skeleton(parents, joints)


def _arm_ends(side: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    sign = 1 if side == "left" else -1
    top, hand = ((sign * x, y, z) for x, y, z in (_LIMB["UpperArm"], _LIMB["Hand"]))
    return top, hand


def _sphere(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Unit vectors, uv and triangles of n columns and n / 2 rows; a seam at the back."""
    rows = n // 2
    theta, phi = np.meshgrid(np.linspace(-np.pi, np.pi, n + 1), np.linspace(-1.5, 1.5, rows + 1))
    points = np.stack([np.cos(phi) * np.sin(theta), np.sin(phi), np.cos(phi) * np.cos(theta)], -1)
    uv = np.stack([theta / (2 * np.pi) + 0.5, phi / 3.0 + 0.5], -1)
    i = np.arange((rows + 1) * (n + 1)).reshape(rows + 1, n + 1)
    a, b, c, d = i[:-1, :-1], i[:-1, 1:], i[1:, 1:], i[1:, :-1]
    triangles = np.concatenate([np.stack([a, b, c], -1), np.stack([a, c, d], -1)]).reshape(-1, 3)
    return points.reshape(-1, 3), uv.reshape(-1, 2), triangles


_PALM_M = (0.04, 0.06, 0.03)

_COLOURS: dict[str, tuple[float, float, float]] = {
    "skin": (0.62, 0.36, 0.26), "cloth": (0.05, 0.07, 0.16), "mouth": (0.5, 0.15, 0.15),
}  # fmt: skip


def _ball(name: str, material: Material, centre: object, radii: object, n: int, bone: str) -> Part:
    unit, uv, triangles = _sphere(n)
    normals = unit / np.asarray(radii)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return _part(name, material, np.asarray(centre) + unit * radii, normals, uv, triangles, bone)


def _tube(
    name: str, material: Material, low: object, high: object, radius: float, bone: str
) -> Part:
    """A straight limb from `high` down to `low`, drawn as a long ball."""
    a, b = np.asarray(low, float), np.asarray(high, float)
    unit, uv, triangles = _sphere(12)
    length = np.linalg.norm(b - a) / 2
    up = (b - a) / np.linalg.norm(b - a) * np.sign((b - a)[1])
    side = np.cross(up, (0, 0, 1.0))
    side /= np.linalg.norm(side)
    axes = np.stack([side, up, np.cross(side, up)])
    normals = unit @ axes
    points = (a + b) / 2 + (unit * (radius, length, radius)) @ axes
    return _part(name, material, points, normals, uv, triangles, bone)


def _part(
    name: str, material: Material, points: np.ndarray, normals: np.ndarray, uv: np.ndarray,
    triangles: np.ndarray, bone: str,
) -> Part:  # fmt: skip
    n = len(points)
    bones, weights = np.zeros((n, 4), np.int32), np.zeros((n, 4))
    bones[:, 0], weights[:, 0] = BONE_INDEX[bone], 1.0
    return Part(
        name=name, material=material, positions_m=points, normals=normals, uvs=uv,
        triangles=triangles, bone_indices=bones, bone_weights=weights,
        occlusion=np.ones(n), key_visibility=np.ones(n), tint=_COLOURS[material],
    )  # fmt: skip


def _with_morphs(head: Part) -> Part:
    """jawOpen pulls the lower face down, eyeBlinkLeft dents its side."""
    points = head.positions_m
    order = np.argsort(points[:, 1], kind="stable")
    rank = np.empty(len(order), int)
    rank[order] = np.arange(len(order))
    moved = int((points[:, 1] < 1.56).sum())
    morphs = np.zeros((COUNT, moved, 3), np.float32)
    morphs[INDEX["jawOpen"], :, 1] = -0.03
    return Part(
        name=head.name, material=head.material, positions_m=points[order],
        normals=head.normals[order], uvs=head.uvs[order], triangles=rank[head.triangles],
        bone_indices=head.bone_indices[order], bone_weights=head.bone_weights[order],
        occlusion=head.occlusion[order], key_visibility=head.key_visibility[order],
        tint=head.tint, morph_count=moved, morphs_m=morphs,
    )  # fmt: skip


def _strip(
    name: str, material: Material, rows: np.ndarray, outward: np.ndarray
) -> tuple[np.ndarray, ...]:
    """(steps, 2, 3) points -> positions, normals, uv, triangles, tangents of one ribbon."""
    steps = len(rows)
    uv = np.stack(
        np.broadcast_arrays(np.array([0.0, 1.0])[None], np.linspace(0, 1, steps)[:, None]), -1
    )
    i = np.arange(steps * 2).reshape(steps, 2)
    triangles = np.concatenate([
        np.stack([i[:-1, 0], i[1:, 0], i[1:, 1]], -1),
        np.stack([i[:-1, 0], i[1:, 1], i[:-1, 1]], -1),
    ])  # fmt: skip
    tangent = np.gradient(rows.mean(axis=1), axis=0)
    tangent = np.repeat(tangent / np.linalg.norm(tangent, axis=1, keepdims=True), 2, axis=0)
    return rows.reshape(-1, 3), np.repeat(outward, 2, axis=0), uv.reshape(-1, 2), triangles, tangent


def _hair() -> Part:
    """Cards from the crown down the sides and the back; the face stays free."""
    found: list[list[np.ndarray]] = [[], [], [], [], []]
    start = 0
    for theta in np.linspace(0.9, 2 * np.pi - 0.9, 36):
        phi = np.linspace(1.5, -0.5, 8)
        out = np.stack([np.cos(phi) * np.sin(theta), np.sin(phi), np.cos(phi) * np.cos(theta)], -1)
        mid = np.array([0, 1.61, 0.0]) + out * (0.09, 0.12, 0.11)
        side = np.array([np.cos(theta), 0, -np.sin(theta)]) * 0.012
        ribbon = _strip("", "hair", np.stack([mid - side, mid + side], 1), out)
        for pile, array in zip(found, ribbon, strict=True):
            pile.append(array + start if array is ribbon[3] else array)
        start += len(ribbon[0])
    points, normals, uv, triangles, tangents = (np.concatenate(pile) for pile in found)
    n = len(points)
    bones = np.full((n, 4), BONE_INDEX["head"], np.int32)
    return Part(
        name="hair", material="hair", positions_m=points, normals=normals, uvs=uv,
        triangles=triangles, bone_indices=bones, bone_weights=np.tile([1.0, 0, 0, 0], (n, 1)),
        occlusion=np.ones(n), key_visibility=np.ones(n), tint=(0.06, 0.032, 0.02),
        tangents=tangents,
    )  # fmt: skip


def _lash() -> Part:
    x = np.linspace(-0.018, 0.018, 6)
    low = np.stack([x + 0.032, np.full(6, 1.607), np.full(6, 0.105)], -1)
    points = np.concatenate([low, low + (0, 0.006, 0.006)])
    uv = np.concatenate(
        [np.c_[np.linspace(0, 1, 6), np.zeros(6)], np.c_[np.linspace(0, 1, 6), np.ones(6)]]
    )
    i = np.arange(5)
    triangles = np.concatenate([np.c_[i, i + 1, i + 7], np.c_[i, i + 7, i + 6]])
    n = len(points)
    return Part(
        name="lash", material="lash", positions_m=points, normals=np.tile([0, 0, 1.0], (n, 1)),
        uvs=uv, triangles=triangles, bone_indices=np.full((n, 4), BONE_INDEX["head"], np.int32),
        bone_weights=np.tile([1.0, 0, 0, 0], (n, 1)), occlusion=np.ones(n),
        key_visibility=np.ones(n), tint=(0.02, 0.015, 0.013),
    )  # fmt: skip
