"""The export, read back by a reader of its own and by trimesh."""

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import trimesh

from avatar.gltf import write_gltf
from core.blendshapes import ARKIT, INDEX
from core.human import HumanModel
from core.motion import BONES
from tests.fakes.human import tiny_human

DTYPES = {5126: np.float32, 5123: np.uint16, 5125: np.uint32}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}


class Glb:
    """As little of a reader as the checks need."""

    def __init__(self, path: Path) -> None:
        raw = path.read_bytes()
        magic, version, total = struct.unpack_from("<III", raw)
        assert (magic, version, total) == (0x46546C67, 2, len(raw))
        length, _ = struct.unpack_from("<II", raw, 12)
        self.json: dict[str, Any] = json.loads(raw[20 : 20 + length])
        self.bytes = raw[20 + length + 8 :]

    def read(self, index: int) -> np.ndarray:
        entry = self.json["accessors"][index]
        view = self.json["bufferViews"][entry["bufferView"]]
        width = WIDTHS[entry["type"]]
        assert view["byteOffset"] % 4 == 0
        return np.frombuffer(
            self.bytes, DTYPES[entry["componentType"]], entry["count"] * width, view["byteOffset"]
        ).reshape(-1, width)

    def mesh(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = next(m for m in self.json["meshes"] if m["name"] == name)
        return found


@pytest.fixture(scope="module")
def human() -> HumanModel:
    return tiny_human()


@pytest.fixture(scope="module")
def glb(human: HumanModel, tmp_path_factory: pytest.TempPathFactory) -> Glb:
    path = tmp_path_factory.mktemp("gltf") / "tiny.glb"
    write_gltf(human, path)
    return Glb(path)


def test_every_part_comes_back(human: HumanModel, glb: Glb) -> None:
    for part in human.parts:
        primitive = glb.mesh(part.name)["primitives"][0]
        read = {key: glb.read(i) for key, i in primitive["attributes"].items()}
        np.testing.assert_array_equal(read["POSITION"], part.positions_m)
        np.testing.assert_array_equal(read["JOINTS_0"], part.bone_indices)
        np.testing.assert_allclose(read["WEIGHTS_0"].sum(1), 1.0, atol=1e-5)
        np.testing.assert_allclose(1 - read["TEXCOORD_0"][:, 1], part.uvs[:, 1], atol=1e-6)
        np.testing.assert_array_equal(glb.read(primitive["indices"]).reshape(-1, 3), part.triangles)


def test_all_arkit_shapes_are_there_by_name(human: HumanModel, glb: Glb) -> None:
    part = next(part for part in human.parts if part.morphs_m is not None)
    assert part.morphs_m is not None
    mesh = glb.mesh(part.name)
    assert mesh["extras"]["targetNames"] == list(ARKIT)
    jaw = glb.read(mesh["primitives"][0]["targets"][INDEX["jawOpen"]]["POSITION"])
    assert len(jaw) == len(part.positions_m)
    np.testing.assert_allclose(jaw[: part.morph_count], part.morphs_m[INDEX["jawOpen"]])
    assert not jaw[part.morph_count :].any()


def test_the_skeleton_stands_where_ours_does(human: HumanModel, glb: Glb) -> None:
    skin = glb.json["skins"][0]
    nodes = glb.json["nodes"]
    assert [nodes[i]["name"] for i in skin["joints"]] == list(BONES)
    world: dict[int, np.ndarray] = {}

    def walk(index: int, origin: np.ndarray) -> None:
        world[index] = origin + nodes[index]["translation"]
        for child in nodes[index].get("children", []):
            walk(child, world[index])

    walk(skin["skeleton"], np.zeros(3))
    for bone, index in enumerate(skin["joints"]):
        np.testing.assert_allclose(world[index], human.skeleton.joints_m[bone], atol=1e-5)
    inverse = glb.read(skin["inverseBindMatrices"]).reshape(-1, 4, 4)
    np.testing.assert_allclose(inverse[:, 3, :3], -human.skeleton.joints_m, atol=1e-6)


def test_another_library_reads_it(human: HumanModel, tmp_path: Path) -> None:
    path = tmp_path / "tiny.glb"
    write_gltf(human, path)
    scene = trimesh.load(path)
    assert len(scene.geometry) == len(human.parts)
    total = sum(len(part.triangles) for part in human.parts)
    assert sum(len(mesh.faces) for mesh in scene.geometry.values()) == total
