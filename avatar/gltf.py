"""A human as one binary glTF 2.0 file: meshes, skeleton, the 52 ARKit shapes, textures.

After the specification of the Khronos Group (registry.khronos.org/glTF/specs/2.0). Axes are ours
already: y up, z forward, metres, right-handed. Light is not part of it: whoever loads it lights it.
"""

import io
import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from core.blendshapes import ARKIT
from core.human import HumanModel, Part
from core.motion import BONES, Skeleton

_FLOAT, _USHORT, _UINT = 5126, 5123, 5125
_VERTICES, _INDICES = 34962, 34963
_MAGIC, _JSON, _BIN = 0x46546C67, 0x4E4F534A, 0x004E4942
_ROUGHNESS = {
    "skin": 0.55, "eye": 0.08, "mouth": 0.35, "lash": 0.8, "cloth": 0.9, "hair": 0.45, "plain": 0.8,
}  # fmt: skip
_COVERS = {"opaque": "OPAQUE", "mask": "MASK", "blend": "BLEND"}
_STRANDS_PX = (64, 256)
_LASHES_PX = (512, 64)
_EYE_PX = 256


def write_gltf(human: HumanModel, path: Path) -> None:
    """Write the human to a .glb file.

    Raises:
        OSError: the file cannot be written.
    """
    file = _File()
    bones = _add_skeleton(file, human.skeleton)
    parts = [_add_part(file, human, part) for part in human.parts]
    file.json["scenes"] = [{"nodes": [bones[0], *parts]}]
    path.write_bytes(file.packed())


class _File:
    """The JSON and the bytes it points into, growing together."""

    def __init__(self) -> None:
        self.bytes = bytearray()
        self.json: dict[str, Any] = {
            "asset": {"version": "2.0", "generator": "Presenter"}, "scene": 0, "nodes": [],
            "meshes": [], "skins": [], "materials": [], "textures": [], "images": [],
            "samplers": [{"magFilter": 9729, "minFilter": 9987}], "accessors": [],
            "bufferViews": [],
        }  # fmt: skip

    def add(self, key: str, entry: dict[str, Any]) -> int:
        self.json[key].append(entry)
        return len(self.json[key]) - 1

    def view(self, data: bytes, target: int | None = None) -> int:
        self.bytes += b"\0" * (-len(self.bytes) % 4)
        entry: dict[str, Any] = {
            "buffer": 0, "byteOffset": len(self.bytes), "byteLength": len(data),
        }  # fmt: skip
        if target is not None:
            entry["target"] = target
        self.bytes += data
        return self.add("bufferViews", entry)

    def accessor(self, values: np.ndarray, kind: str, target: int | None = None) -> int:
        code = {"f": _FLOAT, "H": _USHORT, "I": _UINT}[values.dtype.char]
        entry: dict[str, Any] = {
            "bufferView": self.view(np.ascontiguousarray(values).tobytes(), target),
            "componentType": code, "count": len(values), "type": kind,
        }  # fmt: skip
        if kind == "VEC3" and len(values):
            entry["min"], entry["max"] = values.min(0).tolist(), values.max(0).tolist()
        return self.add("accessors", entry)

    def texture(self, rgba: np.ndarray) -> int:
        out = io.BytesIO()
        Image.fromarray(rgba).save(out, "PNG")
        view = self.view(out.getvalue())
        image = self.add("images", {"bufferView": view, "mimeType": "image/png"})
        return self.add("textures", {"source": image, "sampler": 0})

    def packed(self) -> bytes:
        self.bytes += b"\0" * (-len(self.bytes) % 4)
        self.json["buffers"] = [{"byteLength": len(self.bytes)}]
        text = json.dumps({k: v for k, v in self.json.items() if v != []}).encode()
        text += b" " * (-len(text) % 4)
        total = 12 + 8 + len(text) + 8 + len(self.bytes)
        return b"".join([
            struct.pack("<III", _MAGIC, 2, total), struct.pack("<II", len(text), _JSON), text,
            struct.pack("<II", len(self.bytes), _BIN), bytes(self.bytes),
        ])  # fmt: skip


def _add_skeleton(file: _File, skeleton: Skeleton) -> list[int]:
    joints = np.asarray(skeleton.joints_m)
    nodes = []
    for bone, name in enumerate(BONES):
        parent = int(skeleton.parents[bone])
        origin = joints[bone] - (joints[parent] if parent >= 0 else 0.0)
        nodes.append(file.add("nodes", {"name": name, "translation": origin.tolist()}))
        if parent >= 0:
            file.json["nodes"][nodes[parent]].setdefault("children", []).append(nodes[bone])
    inverse = np.tile(np.eye(4, dtype=np.float32), (len(BONES), 1, 1))
    # column by column, as glTF has matrices
    inverse[:, 3, :3] = -joints
    matrices = file.accessor(inverse.reshape(-1, 16), "MAT4")
    file.add("skins", {"joints": nodes, "inverseBindMatrices": matrices, "skeleton": nodes[0]})
    return nodes


def _add_part(file: _File, human: HumanModel, part: Part) -> int:
    uvs = part.uvs * np.array([1, -1], np.float32) + np.array([0, 1], np.float32)
    attributes = {
        "POSITION": file.accessor(part.positions_m, "VEC3", _VERTICES),
        "NORMAL": file.accessor(part.normals, "VEC3", _VERTICES),
        "TEXCOORD_0": file.accessor(uvs.astype(np.float32), "VEC2", _VERTICES),
        "JOINTS_0": file.accessor(part.bone_indices.astype(np.uint16), "VEC4", _VERTICES),
        "WEIGHTS_0": file.accessor(part.bone_weights, "VEC4", _VERTICES),
    }
    triangles = part.triangles.astype(np.uint32).reshape(-1)
    primitive: dict[str, Any] = {
        "attributes": attributes,
        "indices": file.accessor(triangles, "SCALAR", _INDICES),
        "material": _add_material(file, human, part),
    }
    mesh: dict[str, Any] = {"name": part.name, "primitives": [primitive]}
    if part.morphs_m is not None:
        still = np.zeros((len(part.positions_m) - part.morph_count, 3), np.float32)
        primitive["targets"] = [
            {"POSITION": file.accessor(np.concatenate([shape, still]), "VEC3", _VERTICES)}
            for shape in part.morphs_m
        ]
        mesh["weights"] = [0.0] * len(ARKIT)
        mesh["extras"] = {"targetNames": list(ARKIT)}
    return file.add("nodes", {"name": part.name, "mesh": file.add("meshes", mesh), "skin": 0})


def _add_material(file: _File, human: HumanModel, part: Part) -> int:
    surface: dict[str, Any] = {
        "baseColorFactor": [*part.tint, 1.0], "metallicFactor": 0.0,
        "roughnessFactor": _ROUGHNESS[part.material],
    }  # fmt: skip
    material: dict[str, Any] = {"name": part.name, "pbrMetallicRoughness": surface}
    picture = part.texture
    if part.material == "skin" and picture is not None:
        # alpha is gloss there, which glTF has no place for
        picture = picture[..., :3]
    elif part.material == "hair":
        picture = _strands() if picture is None else picture
        material |= {"alphaMode": "MASK", "alphaCutoff": 0.4, "doubleSided": True}
    elif part.finish is not None:
        material |= {
            "alphaMode": _COVERS[part.finish.cover], "doubleSided": part.finish.double_sided,
        }  # fmt: skip
    elif part.material == "eye":
        picture = _iris(np.asarray(human.iris_colour))
    elif part.material == "lash":
        picture = _hairs()
        material |= {"alphaMode": "BLEND", "doubleSided": True}
    if picture is not None:
        surface["baseColorTexture"] = {"index": file.texture(picture)}
    return file.add("materials", material)


def _strands() -> np.ndarray:
    """A ribbon of hair: fibres with gaps between, thinning out to the tip; u across, v along."""
    width, height = _STRANDS_PX
    rng = np.random.default_rng(2)
    fibre = np.repeat(rng.uniform(0.55, 1.0, (1, width)), height, 0)
    across = np.abs(np.linspace(-1, 1, width))[None]
    along = np.linspace(1, 0, height)[:, None]
    cover = (fibre > 0.55 + 0.4 * np.maximum(along - 0.75, 0) / 0.25) & (across < 1 - 0.3 * along)
    shade = (255 * fibre).astype(np.uint8)
    return np.dstack([shade, shade, shade, np.where(cover, 255, 0).astype(np.uint8)])


def _hairs() -> np.ndarray:
    """A strip of lashes: u along the lid, v from the lid to the tips; as the lash shader has it."""
    width, height = _LASHES_PX
    u, v = np.meshgrid(np.linspace(0, 1, width), np.linspace(1, 0, height))
    across = np.abs((u * 30 + 0.25 * np.sin(v * 3 + u * 40)) % 1 - 0.5) * 2
    threshold = 0.30 + 0.62 * v
    cover = np.clip((1 - across * 0.78 - threshold + 0.08) / 0.18, 0, 1)
    cover *= 1 - np.clip((v + 0.15 * np.sin(u * 57) - 0.80) / 0.2, 0, 1)
    cover = np.maximum(cover, np.clip((0.22 - v) / 0.16, 0, 1))
    cover *= np.clip(u / 0.08, 0, 1) * np.clip((1 - u) / 0.08, 0, 1)
    white = np.full((height, width, 3), 255, np.uint8)
    return np.dstack([white, (255 * cover).astype(np.uint8)])


def _iris(colour: np.ndarray) -> np.ndarray:
    """Sclera, iris and pupil as seen from the front."""
    at = np.linspace(-1, 1, _EYE_PX)
    r = np.hypot(*np.meshgrid(at, at)) / 0.5
    iris = np.clip(colour, 0, 1) ** (1 / 2.2)
    ring = np.interp(r, [0.0, 0.34, 0.40, 0.85, 1.0], [0.0, 0.0, 1.15, 0.9, 0.35])
    white = np.array([0.86, 0.84, 0.83])
    out = np.where((r < 1.0)[..., None], iris * ring[..., None], white)
    return (np.clip(out, 0, 1) * 255).astype(np.uint8)
