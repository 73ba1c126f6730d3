"""A glTF scene as arrays: nodes, skinned surfaces with their shapes, materials."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from jaxtyping import Float, Int

from avatar.imported.container import GltfFile, refusing_damage
from core.human import Cover

_TRIANGLES = 4


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    name: str
    parent: int
    # -1: a root
    world: Float[np.ndarray, "4 4"]
    # from the node to the file's space, as the file poses it


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What of a material is drawn."""

    name: str
    image: int | None
    tint: tuple[float, float, float, float]
    # linear colour and cover
    cover: Cover
    cutoff: float
    double_sided: bool
    uv_scale: tuple[float, float] = (1.0, 1.0)
    uv_offset: tuple[float, float] = (0.0, 0.0)
    uv_set: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class RawSurface:
    """One primitive where the file's own pose puts it, in the file's axes and units."""

    name: str
    mesh: int
    points: Float[np.ndarray, "vertices 3"]
    normals: Float[np.ndarray, "vertices 3"] | None
    uvs: Float[np.ndarray, "vertices 2"]
    # origin at the upper left, as glTF has it
    triangles: Int[np.ndarray, "triangles 3"]
    joints: Int[np.ndarray, "vertices influences"]
    # nodes
    weights: Float[np.ndarray, "vertices influences"]
    shapes: dict[int, Float[np.ndarray, "vertices 3"]]
    # offsets by the number of the morph target
    look: Look


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    nodes: list[Node]
    surfaces: list[RawSurface]
    shape_names: dict[int, list[str]]
    # by mesh, in the order of its morph targets
    mesh_of_node: dict[int, int]
    extensions: dict[str, Any] = field(default_factory=dict)


def read_scene(file: GltfFile) -> Scene:
    """Everything that is drawn.

    Raises:
        ContentError: the file's structure is wrong; names the file and the place.
    """
    with refusing_damage(file.path):
        return _read(file)


def _read(file: GltfFile) -> Scene:
    nodes = _nodes(file)
    looks = [_look(file, entry) for entry in file.json.get("materials", [])]
    plain = Look("", None, (0.8, 0.8, 0.8, 1.0), "opaque", 0.5, False)
    surfaces: list[RawSurface] = []
    names: dict[int, list[str]] = {}
    mesh_of_node: dict[int, int] = {}
    shown = _shown(file, nodes)
    for number, entry in enumerate(file.json.get("nodes", [])):
        if "mesh" not in entry or number not in shown:
            continue
        index = int(entry["mesh"])
        mesh = file.json["meshes"][index]
        mesh_of_node[number] = index
        names.setdefault(index, _shape_names(mesh))
        for part, primitive in enumerate(mesh["primitives"]):
            if primitive.get("mode", _TRIANGLES) != _TRIANGLES:
                continue
            look = looks[primitive["material"]] if "material" in primitive else plain
            title = str(mesh.get("name") or entry.get("name") or f"mesh{index}")
            surface = _surface(file, nodes, number, entry, mesh, primitive, look, f"{title}.{part}")
            if len(surface.triangles):
                surfaces.append(surface)
    return Scene(nodes, surfaces, names, mesh_of_node, dict(file.json.get("extensions", {})))


def _nodes(file: GltfFile) -> list[Node]:
    entries = file.json.get("nodes", [])
    parents = [-1] * len(entries)
    for number, entry in enumerate(entries):
        for child in entry.get("children", []):
            parents[child] = number
    local = [_local(entry) for entry in entries]
    worlds: dict[int, np.ndarray] = {}
    for number in range(len(entries)):
        chain = []
        at = number
        while at >= 0 and at not in worlds:
            if at in chain:
                raise ValueError(f"nodes[{at}] is its own ancestor")
            chain.append(at)
            at = parents[at]
        for at in reversed(chain):
            above = worlds[parents[at]] if parents[at] >= 0 else np.eye(4)
            worlds[at] = above @ local[at]
            if not np.isfinite(worlds[at]).all():
                raise ValueError(f"nodes[{at}] stands nowhere")
    return [
        Node(str(entry.get("name", f"node{i}")), parents[i], worlds[i])
        for i, entry in enumerate(entries)
    ]


def _shown(file: GltfFile, nodes: list[Node]) -> set[int]:
    """Nodes of the file's scene; of all where it has none."""
    scenes = file.json.get("scenes", [])
    if not scenes:
        return set(range(len(nodes)))
    shown: set[int] = set(scenes[file.json.get("scene", 0)].get("nodes", []))
    # parents may stand after their children
    while more := {i for i, n in enumerate(nodes) if n.parent in shown and i not in shown}:
        shown |= more
    return shown


def _local(entry: dict[str, Any]) -> Float[np.ndarray, "4 4"]:
    if "matrix" in entry:
        return np.array(entry["matrix"], float).reshape(4, 4).T
    out = np.eye(4)
    x, y, z, w = (float(v) for v in entry.get("rotation", (0, 0, 0, 1)))
    turn = np.array([
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ])  # fmt: skip
    out[:3, :3] = turn * np.array(entry.get("scale", (1, 1, 1)), float)
    out[:3, 3] = entry.get("translation", (0, 0, 0))
    return out


def _shape_names(mesh: dict[str, Any]) -> list[str]:
    """Names of the morph targets: glTF has no place for them, exporters put them into `extras`."""
    primitives = mesh["primitives"]
    count = max((len(p.get("targets", [])) for p in primitives), default=0)
    places = [mesh, *primitives]
    named = [p["extras"]["targetNames"] for p in places if "targetNames" in (p.get("extras") or {})]
    names = [str(name) for name in named[0]] if named else []
    return [*names, *(f"target{i}" for i in range(len(names), count))][:count]


def _surface(
    file: GltfFile, nodes: list[Node], number: int, entry: dict[str, Any], mesh: dict[str, Any],
    primitive: dict[str, Any], look: Look, name: str,
) -> RawSurface:  # fmt: skip
    attributes = primitive["attributes"]
    points = file.accessor(attributes["POSITION"]).astype(float)
    n = len(points)
    if not np.isfinite(points).all():
        raise ValueError(f"{name} has positions that are no numbers")
    if "indices" in primitive:
        triangles = file.accessor(primitive["indices"]).astype(np.int64).ravel()
    else:
        triangles = np.arange(n)
    triangles = triangles[: len(triangles) // 3 * 3].reshape(-1, 3)
    if triangles.size and int(triangles.max()) >= n:
        raise ValueError(f"{name}: triangles point past its {n} vertices")
    normals = None
    if "NORMAL" in attributes:
        normals = file.accessor(attributes["NORMAL"]).astype(float)
    uvs = np.zeros((n, 2))
    if (coordinates := f"TEXCOORD_{look.uv_set}") in attributes:
        uvs = file.accessor(attributes[coordinates]).astype(float)
    shapes = {
        i: file.accessor(target["POSITION"]).astype(float)
        for i, target in enumerate(primitive.get("targets", []))
        if "POSITION" in target
    }
    for i, weight in enumerate(entry.get("weights", mesh.get("weights", []))):
        if weight and i in shapes:
            points = points + float(weight) * shapes[i]
    if "skin" in entry and "JOINTS_0" in attributes:
        joints, weights, placed = _skin(file, nodes, entry, attributes)
    else:
        joints = np.full((n, 1), number)
        weights = np.ones((n, 1))
        placed = np.tile(nodes[number].world, (n, 1, 1))
    turned = placed[:, :3, :3]
    if n and np.linalg.det(turned.mean(0)) < 0:
        triangles = triangles[:, ::-1]
    if normals is not None:
        normals = np.einsum("nij,nj->ni", turned, normals)
    # primitives of one mesh often share their vertices: each keeps its own
    used, corners = np.unique(triangles, return_inverse=True)
    turned, placed = turned[used], placed[used]
    return RawSurface(
        name, int(entry["mesh"]),
        np.einsum("nij,nj->ni", turned, points[used]) + placed[:, :3, 3],
        None if normals is None else normals[used], uvs[used] * look.uv_scale + look.uv_offset,
        corners.reshape(-1, 3), joints[used], weights[used],
        {i: np.einsum("nij,nj->ni", turned, shape[used]) for i, shape in shapes.items()}, look,
    )  # fmt: skip


def _skin(
    file: GltfFile, nodes: list[Node], entry: dict[str, Any], attributes: dict[str, Any]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(nodes, weights, matrices from the mesh to the file's pose) of each vertex."""
    skin = file.json["skins"][entry["skin"]]
    joint_nodes = np.array(skin["joints"], int)
    sets = [k for k in range(4) if f"JOINTS_{k}" in attributes and f"WEIGHTS_{k}" in attributes]
    joints = np.concatenate([file.accessor(attributes[f"JOINTS_{k}"]) for k in sets], 1).astype(int)
    weights = np.concatenate(
        [file.accessor(attributes[f"WEIGHTS_{k}"]) for k in sets], 1
    ).astype(float)  # fmt: skip
    if joints.size and int(joints.max()) >= len(joint_nodes):
        raise ValueError(f"a vertex hangs on joint {int(joints.max())} of {len(joint_nodes)}")
    total = weights.sum(1, keepdims=True)
    weights = np.where(total > 1e-6, weights / np.maximum(total, 1e-6), 0.0)
    weights[total[:, 0] <= 1e-6, 0] = 1.0
    inverse = np.tile(np.eye(4), (len(joint_nodes), 1, 1))
    if "inverseBindMatrices" in skin:
        stored = file.accessor(skin["inverseBindMatrices"])
        inverse = stored.reshape(-1, 4, 4).transpose(0, 2, 1).astype(float)[: len(joint_nodes)]
    posed = np.stack([nodes[j].world for j in joint_nodes]) @ inverse
    placed = np.einsum("nk,nkij->nij", weights, posed[joints])
    return joint_nodes[joints], weights, placed


def _look(file: GltfFile, entry: dict[str, Any]) -> Look:
    extensions = entry.get("extensions") or {}
    surface = entry.get("pbrMetallicRoughness") or {}
    texture, tint = surface.get("baseColorTexture"), surface.get("baseColorFactor", (1, 1, 1, 1))
    glossy = extensions.get("KHR_materials_pbrSpecularGlossiness")
    if glossy and texture is None:
        texture, tint = glossy.get("diffuseTexture"), glossy.get("diffuseFactor", (1, 1, 1, 1))
    image, scale, offset, uv_set = None, (1.0, 1.0), (0.0, 0.0), 0
    if texture is not None:
        source = file.json["textures"][texture["index"]]
        webp = (source.get("extensions") or {}).get("EXT_texture_webp", {})
        image = source.get("source", webp.get("source"))
        moved = (texture.get("extensions") or {}).get("KHR_texture_transform", {})
        uv_set = int(moved.get("texCoord", texture.get("texCoord", 0)))
        scale, offset = tuple(moved.get("scale", scale)), tuple(moved.get("offset", offset))
    covers: dict[str, Cover] = {"MASK": "mask", "BLEND": "blend"}
    red, green, blue, alpha = (float(v) for v in tint)
    return Look(
        str(entry.get("name", "")), image, (red, green, blue, alpha),
        covers.get(str(entry.get("alphaMode", "OPAQUE")), "opaque"),
        float(entry.get("alphaCutoff", 0.5)), bool(entry.get("doubleSided", False)),
        (float(scale[0]), float(scale[1])), (float(offset[0]), float(offset[1])), uv_set,
    )  # fmt: skip
