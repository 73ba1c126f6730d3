"""A writer of glTF 2.0 binaries for tests, apart from the one that is tested."""

import io
import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

CODES = {"f": 5126, "H": 5123, "I": 5125, "B": 5121}


class GlbWriter:
    """JSON and bytes that grow together; `json` may be changed at will before writing."""

    def __init__(self) -> None:
        self.bytes = bytearray()
        self.json: dict[str, Any] = {"asset": {"version": "2.0"}, "scene": 0, "scenes": [{}]}

    def add(self, key: str, entry: dict[str, Any]) -> int:
        self.json.setdefault(key, []).append(entry)
        return len(self.json[key]) - 1

    def view(self, data: bytes, stride: int = 0) -> int:
        self.bytes += b"\0" * (-len(self.bytes) % 4)
        entry = {"buffer": 0, "byteOffset": len(self.bytes), "byteLength": len(data)}
        if stride:
            entry["byteStride"] = stride
        self.bytes += data
        return self.add("bufferViews", entry)

    def accessor(self, values: np.ndarray, kind: str, *, normalized: bool = False) -> int:
        values = np.ascontiguousarray(values)
        entry: dict[str, Any] = {
            "bufferView": self.view(values.tobytes()), "componentType": CODES[values.dtype.char],
            "count": len(values), "type": kind,
        }  # fmt: skip
        if normalized:
            entry["normalized"] = True
        return self.add("accessors", entry)

    def sparse(self, offsets: np.ndarray) -> int:
        """Offsets as VRM exporters store shapes: the rows alone that are not 0."""
        rows = np.flatnonzero(np.abs(offsets).max(1) > 0)
        if not len(rows):
            rows = np.array([0])
        return self.add("accessors", {
            "componentType": 5126, "count": len(offsets), "type": "VEC3",
            "sparse": {
                "count": len(rows),
                "indices": {
                    "bufferView": self.view(rows.astype(np.uint32).tobytes()),
                    "componentType": 5125,
                },
                "values": {"bufferView": self.view(offsets[rows].astype(np.float32).tobytes())},
            },
        })  # fmt: skip

    def texture(self, rgba: np.ndarray) -> int:
        out = io.BytesIO()
        Image.fromarray(rgba).save(out, "PNG")
        image = self.add(
            "images", {"bufferView": self.view(out.getvalue()), "mimeType": "image/png"}
        )
        return self.add("textures", {"source": image})

    def material(self, name: str, rgba: np.ndarray | None = None, **more: Any) -> int:
        surface: dict[str, Any] = dict(more.pop("surface", {}))
        if rgba is not None:
            surface["baseColorTexture"] = {"index": self.texture(rgba)}
        return self.add("materials", {"name": name, "pbrMetallicRoughness": surface, **more})

    def packed(self) -> bytes:
        data = bytes(self.bytes) + b"\0" * (-len(self.bytes) % 4)
        self.json["buffers"] = [{"byteLength": len(data)}]
        text = json.dumps(self.json).encode()
        text += b" " * (-len(text) % 4)
        return b"".join([
            b"glTF", struct.pack("<II", 2, 28 + len(text) + len(data)),
            struct.pack("<II", len(text), 0x4E4F534A), text,
            struct.pack("<II", len(data), 0x004E4942), data,
        ])  # fmt: skip

    def write(self, path: Path) -> Path:
        path.write_bytes(self.packed())
        return path
