"""glTF 2.0 files: the JSON, the numbers it points to, the pictures.

After the specification of the Khronos Group (registry.khronos.org/glTF/specs/2.0). VRM files are
glTF binaries with more in their JSON.
"""

import base64
import binascii
import hashlib
import io
import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import numpy as np
from jaxtyping import UInt8
from PIL import Image, UnidentifiedImageError

from core.errors import ContentError

LARGEST_TEXTURE_PX: Final = 2048
"""Larger pictures are scaled down to this."""

_MAGIC: Final = b"glTF"
_JSON, _BIN = 0x4E4F534A, 0x004E4942
_TYPES: Final = {5120: "i1", 5121: "u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
_WIDTHS: Final = {
    "SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT2": 4, "MAT3": 9, "MAT4": 16,
}  # fmt: skip
_BLENDER: Final = "open it in Blender and export it as glTF 2.0 again"
_REMEDIES: Final = {
    "KHR_draco_mesh_compression": (
        f"its meshes are compressed with Draco: {_BLENDER}, with Compression switched off"
    ),
    "EXT_meshopt_compression": (
        f"its meshes are compressed with meshopt: {_BLENDER}, or ask its maker for the file "
        "before compression"
    ),
    "KHR_meshopt_compression": (
        f"its meshes are compressed with meshopt: {_BLENDER}, or ask its maker for the file "
        "before compression"
    ),
    "KHR_texture_basisu": (
        "its textures are KTX2: export it again with PNG or JPEG textures (`ktx extract` of "
        "KTX-Software makes a PNG of each .ktx2)"
    ),
}
_UNDERSTOOD: Final = {
    "KHR_texture_transform", "KHR_materials_unlit", "KHR_mesh_quantization", "VRM", "VRMC_vrm",
    "VRMC_materials_mtoon", "VRMC_springBone", "VRMC_node_constraint",
    "KHR_materials_pbrSpecularGlossiness", "KHR_materials_emissive_strength", "EXT_texture_webp",
    "KHR_materials_specular", "KHR_materials_ior", "KHR_materials_clearcoat",
    "KHR_materials_sheen", "KHR_materials_transmission", "KHR_materials_volume",
    "KHR_materials_hdr_emissiveMultiplier", "VRMC_materials_hdr_emissiveMultiplier",
}  # fmt: skip
# required extensions without which the mesh is still right
_MOST_NUMBERS: Final = 50_000_000
_DAMAGE: Final = (
    KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError, RecursionError,
    np.linalg.LinAlgError,
)  # fmt: skip


@contextmanager
def refusing_damage(path: Path) -> Iterator[None]:
    """Turns what wrong JSON leads to into an error that names the file.

    Raises:
        ContentError: a value within is missing or of the wrong kind.
    """
    try:
        yield
    except _DAMAGE as error:
        raise ContentError(
            f"is damaged or no proper glTF ({type(error).__name__}: {error}); export it again",
            file=str(path),
        ) from error


class GltfFile:
    """One file, read whole.

    Raises:
        ContentError: from the constructor and every method: the file and what is wrong with it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._digest = hashlib.blake2b(digest_size=16)
        raw = self._load(path)
        self._chunk: bytes | None = None
        with refusing_damage(path):
            text = raw
            if raw[:4] == _MAGIC:
                text = self._unpack(raw)
            try:
                found = json.loads(text.decode("utf-8"))
            except (UnicodeDecodeError, json.JSONDecodeError) as error:
                raise self.error(
                    f"is neither a glTF text nor a .glb or .vrm binary ({error})"
                ) from None
            if not isinstance(found, dict) or not isinstance(found.get("asset"), dict):
                raise self.error("is JSON, but no glTF: it has no `asset`")
            self.json: dict[str, Any] = found
            version = str(found["asset"].get("version", ""))
            if not version.startswith("2"):
                raise self.error(f"is glTF {version or 'of no version'}; only glTF 2.0 can be read")
            self._refuse_compression()
            self._buffers = [self._buffer(i) for i in range(len(found.get("buffers", [])))]

    def error(self, message: str, place: str = "") -> ContentError:
        return ContentError(message, file=str(self.path), field=place)

    @property
    def digest(self) -> str:
        """Changes when any byte of the file or of what it refers to does."""
        return self._digest.hexdigest()

    def accessor(self, index: int) -> np.ndarray:
        """Numbers as (count, width); normalised integers become floats of 0 to 1 or -1 to 1."""
        place = f"accessors[{index}]"
        entry = self._entry("accessors", index)
        try:
            kind = np.dtype(_TYPES[entry["componentType"]])
            width, count = _WIDTHS[entry["type"]], int(entry["count"])
        except (KeyError, TypeError, ValueError) as error:
            raise self.error(f"has a wrong or missing value: {error}", place) from None
        if not 0 < count * width <= _MOST_NUMBERS:
            raise self.error(f"counts {count}, which no avatar needs", place)
        if "bufferView" in entry:
            offset = int(entry.get("byteOffset", 0))
            values = self._view(entry["bufferView"], offset, kind, count, width, place)
        else:
            values = np.zeros((count, width), kind)
        if "sparse" in entry:
            values = self._with_sparse(values, entry["sparse"], width, place)
        if values.dtype.kind == "f" and not np.isfinite(values).all():
            raise self.error("holds numbers that are none", place)
        if entry.get("normalized") and kind.kind in "iu":
            most = float(np.iinfo(kind).max)
            return np.maximum(values.astype(np.float32) / np.float32(most), -1.0)
        return values

    def image(self, index: int) -> UInt8[np.ndarray, "height width 4"]:
        """A picture as RGBA, its sides at most `LARGEST_TEXTURE_PX`."""
        place = f"images[{index}]"
        entry = self._entry("images", index)
        if "bufferView" in entry:
            view = self._entry("bufferViews", entry["bufferView"])
            start, length = int(view.get("byteOffset", 0)), int(view["byteLength"])
            data = self._bytes(int(view["buffer"]), start, length, place)
        else:
            data = self._resource(str(entry.get("uri", "")), place)
        if data[:12] == b"\xabKTX 20\xbb\r\n\x1a\n":
            raise self.error(_REMEDIES["KHR_texture_basisu"], place)
        try:
            with Image.open(io.BytesIO(data)) as opened:
                picture = opened.convert("RGBA")
        except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
            raise self.error(f"is no picture that can be read ({error})", place) from None
        if max(picture.size) > LARGEST_TEXTURE_PX:
            picture.thumbnail((LARGEST_TEXTURE_PX, LARGEST_TEXTURE_PX), Image.Resampling.BOX)
        return np.asarray(picture)

    def _load(self, path: Path) -> bytes:
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise ContentError(
                f"cannot be read: {error.strerror or error}", file=str(path)
            ) from None
        self._digest.update(raw)
        return raw

    def _unpack(self, raw: bytes) -> bytes:
        """The JSON chunk; keeps the binary one."""
        if len(raw) < 20:
            raise self.error("is cut off: it ends within its first 20 bytes; fetch it again")
        version, total = struct.unpack_from("<II", raw, 4)
        if version != 2:
            raise self.error(f"is glTF {version}; only glTF 2.0 can be read")
        if total > len(raw):
            raise self.error(
                f"is cut off: {len(raw)} of {total} bytes are there; fetch or export it again"
            )
        text, at = None, 12
        while at + 8 <= total:
            length, kind = struct.unpack_from("<II", raw, at)
            if at + 8 + length > total:
                raise self.error("is damaged: a chunk is longer than the file; export it again")
            chunk = raw[at + 8 : at + 8 + length]
            if kind == _JSON and text is None:
                text = chunk
            elif kind == _BIN and self._chunk is None:
                self._chunk = chunk
            at += 8 + length
        if text is None:
            raise self.error("is damaged: it has no JSON chunk; export it again")
        return text

    def _refuse_compression(self) -> None:
        # what is used but not required comes with a plain copy of the same data
        required = self.json.get("extensionsRequired", [])
        for name, remedy in _REMEDIES.items():
            if name in required:
                raise self.error(f"cannot be read as it is: {remedy}")
        for name in required:
            if name not in _UNDERSTOOD and not str(name).startswith("KHR_materials"):
                raise self.error(f"needs the glTF extension {name}, which is not known here")

    def _entry(self, key: str, index: object) -> dict[str, Any]:
        entries = self.json.get(key, [])
        if not isinstance(index, int) or not 0 <= index < len(entries):
            raise self.error(f"refers to {key}[{index}], but it has {len(entries)}")
        entry = entries[index]
        if not isinstance(entry, dict):
            raise self.error("is no object", f"{key}[{index}]")
        return entry

    def _buffer(self, index: int) -> bytes:
        entry = self._entry("buffers", index)
        if "uri" in entry:
            return self._resource(str(entry["uri"]), f"buffers[{index}]")
        if index == 0 and self._chunk is not None:
            return self._chunk
        raise self.error("has no bytes: neither a uri nor the file's binary chunk", "buffers[0]")

    def _resource(self, uri: str, place: str) -> bytes:
        if uri.startswith("data:"):
            try:
                return base64.b64decode(uri.partition(",")[2], validate=True)
            except binascii.Error as error:
                raise self.error(f"holds damaged base64 ({error})", place) from None
        if not uri or "://" in uri:
            raise self.error(f"refers to {uri!r}; only files beside it can be read", place)
        folder = self.path.parent.resolve()
        path = (folder / unquote(uri)).resolve()
        if not path.is_relative_to(folder):
            raise self.error(f"refers to {uri!r}, outside of its own folder", place)
        if not path.is_file():
            raise self.error(f"needs {path}, which is not there; put it beside the file", place)
        return self._load(path)

    def _bytes(self, buffer: int, start: int, length: int, place: str) -> bytes:
        if not 0 <= buffer < len(self._buffers):
            raise self.error(f"refers to buffers[{buffer}], which is not there", place)
        data = self._buffers[buffer]
        if start < 0 or length < 0 or start + length > len(data):
            raise self.error(
                f"is cut off: it needs bytes {start} to {start + length} of {len(data)}; "
                "fetch or export the file again", place,
            )  # fmt: skip
        return data[start : start + length]

    def _view(
        self, view: object, offset: int, kind: np.dtype, count: int, width: int, place: str
    ) -> np.ndarray:
        entry = self._entry("bufferViews", view)
        item = kind.itemsize * width
        stride = int(entry.get("byteStride", 0)) or item
        if count <= 0 or stride < item or offset < 0:
            raise self.error("has a wrong count, offset or stride", place)
        length = stride * (count - 1) + item
        if offset + length > int(entry["byteLength"]):
            raise self.error("reaches past the end of its bufferView", place)
        start = int(entry.get("byteOffset", 0)) + offset
        data = self._bytes(int(entry["buffer"]), start, length, place)
        if stride == item:
            return np.frombuffer(data, kind, count * width).reshape(count, width)
        rows = np.lib.stride_tricks.as_strided(
            np.frombuffer(data, np.uint8), (count, item), (stride, 1), writeable=False
        )
        return np.ascontiguousarray(rows).view(kind).reshape(count, width)

    def _with_sparse(
        self, values: np.ndarray, sparse: dict[str, Any], width: int, place: str
    ) -> np.ndarray:
        """The values with some rows replaced."""
        count = int(sparse["count"])
        which, what = sparse["indices"], sparse["values"]
        kind = np.dtype(_TYPES[which["componentType"]])
        rows = self._view(
            which["bufferView"], int(which.get("byteOffset", 0)), kind, count, 1, place
        ).ravel()
        if rows.size and int(rows.max()) >= len(values):
            raise self.error("has sparse rows past its end", place)
        out = values.copy()
        out[rows.astype(int)] = self._view(
            what["bufferView"], int(what.get("byteOffset", 0)), values.dtype, count, width, place
        )
        return out
