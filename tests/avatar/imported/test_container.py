"""Files as they come: whole, cut off, damaged, compressed."""

import base64
import contextlib
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from avatar.imported.container import LARGEST_TEXTURE_PX, GltfFile
from avatar.imported.scene import read_scene
from core.errors import ContentError
from tests.fakes.glb import GlbWriter


def small() -> GlbWriter:
    """One triangle."""
    file = GlbWriter()
    points = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]], np.float32)
    primitive = {
        "attributes": {"POSITION": file.accessor(points, "VEC3")},
        "indices": file.accessor(np.array([0, 1, 2], np.uint16), "SCALAR"),
    }
    file.add("meshes", {"primitives": [primitive]})
    file.add("nodes", {"mesh": 0})
    file.json["scenes"] = [{"nodes": [0]}]
    return file


def test_numbers_of_every_layout(tmp_path: Path) -> None:
    file = GlbWriter()
    plain = file.accessor(np.arange(6, dtype=np.float32).reshape(2, 3), "VEC3")
    normal = file.accessor(np.array([[0, 65535]], np.uint16), "VEC2", normalized=True)
    rows = np.array([[1, 2, 3, 9], [4, 5, 6, 9]], np.float32)
    strided = file.add("accessors", {
        "bufferView": file.view(rows.tobytes(), 16), "componentType": 5126, "count": 2,
        "type": "VEC3",
    })  # fmt: skip
    sparse = file.sparse(np.array([[0, 0, 0], [0, 7, 0], [0, 0, 0]], np.float32))
    read = GltfFile(file.write(tmp_path / "a.glb"))
    np.testing.assert_array_equal(read.accessor(plain), [[0, 1, 2], [3, 4, 5]])
    np.testing.assert_array_equal(read.accessor(normal), [[0.0, 1.0]])
    np.testing.assert_array_equal(read.accessor(strided), rows[:, :3])
    np.testing.assert_array_equal(read.accessor(sparse), [[0, 0, 0], [0, 7, 0], [0, 0, 0]])


def test_text_with_files_beside_it_and_within(tmp_path: Path) -> None:
    file = small()
    whole = GltfFile(file.write(tmp_path / "a.glb"))
    (tmp_path / "my points.bin").write_bytes(bytes(file.bytes))
    for uri in (
        "my%20points.bin",
        "data:application/octet-stream;base64," + base64.b64encode(bytes(file.bytes)).decode(),
    ):
        file.json["buffers"] = [{"byteLength": len(file.bytes), "uri": uri}]
        path = tmp_path / "a.gltf"
        path.write_text(json.dumps(file.json), "utf-8")
        np.testing.assert_array_equal(GltfFile(path).accessor(0), whole.accessor(0))
    (tmp_path / "my points.bin").unlink()
    file.json["buffers"][0]["uri"] = "my%20points.bin"
    (tmp_path / "a.gltf").write_text(json.dumps(file.json), "utf-8")
    with pytest.raises(ContentError, match=r"my points\.bin, which is not there"):
        GltfFile(tmp_path / "a.gltf")


@pytest.mark.parametrize("uri", ["../outside.bin", "https://example.org/a.bin", "/etc/hostname"])
def test_nothing_outside_its_folder_is_read(uri: str, tmp_path: Path) -> None:
    (tmp_path / "outside.bin").write_bytes(b"0" * 64)
    (tmp_path / "in").mkdir()
    file = small()
    file.json["buffers"] = [{"byteLength": 42, "uri": uri}]
    path = tmp_path / "in" / "a.gltf"
    path.write_text(json.dumps(file.json), "utf-8")
    with pytest.raises(ContentError, match="refers to"):
        GltfFile(path)


@pytest.mark.parametrize(
    ("extension", "told"),
    [
        ("KHR_draco_mesh_compression", "Draco.*Blender.*Compression switched off"),
        ("EXT_meshopt_compression", "meshopt"),
        ("KHR_texture_basisu", "KTX2.*PNG"),
        ("ACME_secret", "ACME_secret"),
    ],
)
def test_what_cannot_be_read_says_how_to_convert(extension: str, told: str, tmp_path: Path) -> None:
    file = small()
    file.json["extensionsUsed"] = file.json["extensionsRequired"] = [extension]
    with pytest.raises(ContentError, match=told) as caught:
        GltfFile(file.write(tmp_path / "a.glb"))
    assert "a.glb" in str(caught.value)


def test_large_pictures_are_scaled_down(tmp_path: Path) -> None:
    file = GlbWriter()
    file.texture(np.zeros((16, LARGEST_TEXTURE_PX * 2, 4), np.uint8))
    read = GltfFile(file.write(tmp_path / "a.glb"))
    assert read.image(0).shape == (8, LARGEST_TEXTURE_PX, 4)


def test_a_damaged_picture_names_its_place(tmp_path: Path) -> None:
    file = GlbWriter()
    file.add("images", {"bufferView": file.view(b"no picture"), "mimeType": "image/png"})
    with pytest.raises(ContentError, match=r"images\[0\].*no picture that can be read"):
        GltfFile(file.write(tmp_path / "a.glb")).image(0)


def test_other_files_are_told_apart(tmp_path: Path) -> None:
    for name, content, told in (
        ("a.glb", b"\x89PNG\r\n", "neither a glTF text"),
        ("b.gltf", b"[1, 2]", "no glTF"),
        ("c.gltf", b'{"asset": {"version": "1.0"}}', "only glTF 2.0"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ContentError, match=told):
            GltfFile(tmp_path / name)
    with pytest.raises(ContentError, match="cannot be read"):
        GltfFile(tmp_path / "none.vrm")


def test_the_digest_follows_every_byte(tmp_path: Path) -> None:
    file = small()
    first = GltfFile(file.write(tmp_path / "a.glb")).digest
    file.bytes[4] ^= 1
    assert GltfFile(file.write(tmp_path / "a.glb")).digest != first


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_damage_gives_our_error_and_no_other(data: st.DataObject, tmp_path: Path) -> None:
    """Cut off anywhere, or with bytes changed, a file is read or refused."""
    raw = bytearray(small().packed())
    if data.draw(st.booleans()):
        raw = raw[: data.draw(st.integers(0, len(raw) - 1))]
    for _ in range(data.draw(st.integers(0, 6))):
        if raw:
            raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "damaged.glb"
    path.write_bytes(raw)
    with contextlib.suppress(ContentError):
        read_scene(GltfFile(path))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 9) | st.floats(-2, 2) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_wrong_values_anywhere_give_our_error(data: st.DataObject, tmp_path: Path) -> None:
    file = small()
    at: object = file.json
    while isinstance(at, dict | list) and at:
        key = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        if data.draw(st.booleans()) or not isinstance(at[key], dict | list):  # type: ignore[index, call-overload]
            at[key] = data.draw(JSON)  # type: ignore[index, call-overload]
            break
        at = at[key]  # type: ignore[index, call-overload]
    path = file.write(tmp_path / "wrong.glb")
    with contextlib.suppress(ContentError):
        read_scene(GltfFile(path))


def test_pictures_may_be_jpeg(tmp_path: Path) -> None:
    path = tmp_path / "skin.jpg"
    Image.new("RGB", (8, 8), (200, 150, 120)).save(path)
    file = small()
    file.json["images"] = [{"uri": "skin.jpg"}]
    file.json["buffers"] = [{"byteLength": 0, "uri": "data:;base64,"}]
    (tmp_path / "a.gltf").write_text(json.dumps(file.json), "utf-8")
    assert GltfFile(tmp_path / "a.gltf").image(0)[0, 0, 3] == 255


def test_a_textures_own_coordinates_are_taken(tmp_path: Path) -> None:
    file = small()
    attributes = file.json["meshes"][0]["primitives"][0]["attributes"]
    for k, value in enumerate((0.1, 0.7)):
        uvs = np.full((3, 2), value, np.float32)
        attributes[f"TEXCOORD_{k}"] = file.accessor(uvs, "VEC2")
    texture = file.texture(np.zeros((2, 2, 4), np.uint8))
    file.json["meshes"][0]["primitives"][0]["material"] = file.add("materials", {
        "pbrMetallicRoughness": {"baseColorTexture": {
            "index": texture, "texCoord": 1,
            "extensions": {"KHR_texture_transform": {"scale": [0.5, 1], "offset": [0, 0.25]}},
        }},
    })  # fmt: skip
    (surface,) = read_scene(GltfFile(file.write(tmp_path / "a.glb"))).surfaces
    np.testing.assert_allclose(surface.uvs, [[0.35, 0.95]] * 3, atol=1e-6)


def test_primitives_of_one_mesh_keep_their_own_vertices(tmp_path: Path) -> None:
    file = small()
    points = np.arange(18, dtype=np.float32).reshape(6, 3)
    shared = {"POSITION": file.accessor(points, "VEC3")}
    offsets = file.accessor(points / 10, "VEC3")
    file.json["meshes"][0]["primitives"] = [
        {
            "attributes": shared, "targets": [{"POSITION": offsets}],
            "indices": file.accessor(np.array(corners, np.uint16), "SCALAR"),
        }
        for corners in ([0, 1, 2], [5, 4, 3])
    ]  # fmt: skip
    first, second = read_scene(GltfFile(file.write(tmp_path / "a.glb"))).surfaces
    np.testing.assert_array_equal(first.points, points[:3])
    np.testing.assert_array_equal(second.points[second.triangles[0]], points[[5, 4, 3]])
    np.testing.assert_allclose(second.shapes[0], points[3:] / 10, rtol=1e-6)
