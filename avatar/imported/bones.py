"""Which node of a file is which bone of ours: VRM's own map, else names, else the tree."""

import re
from dataclasses import dataclass
from typing import Any, Final

from avatar.imported.scene import Scene
from core.motion import BONES

_DROPPED: Final = {
    "mixamorig", "armature", "def", "org", "j", "bip", "bip01", "bip001", "c", "cc", "base", "adj",
    "jnt", "joint", "bone", "b", "rig", "sk",
}  # fmt: skip
_TOKEN: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SIDES: Final = {"l": "left", "left": "left", "r": "right", "right": "right"}
_CENTRE: Final = {
    "hips": "hips", "hip": "hips", "pelvis": "hips", "root": "hips", "neck": "neck",
    "neck1": "neck", "head": "head", "jaw": "jaw",
}  # fmt: skip
_LIMB: Final = {
    "shoulder": "Shoulder", "clavicle": "Shoulder", "collar": "Shoulder",
    "upperarm": "UpperArm", "arm": "UpperArm", "upperarm1": "UpperArm", "uparm": "UpperArm",
    "lowerarm": "LowerArm", "forearm": "LowerArm", "lowerarm1": "LowerArm", "elbow": "LowerArm",
    "lowerarmtwist": "LowerArmTwist", "lowerarm2": "LowerArmTwist", "forearmtwist": "LowerArmTwist",
    "forearmtwist1": "LowerArmTwist", "lowerarmtwist1": "LowerArmTwist",
    "hand": "Hand", "wrist": "Hand", "eye": "Eye", "eyeball": "Eye",
    "faceeye": "Eye",
}  # fmt: skip
_FINGERS: Final = {
    "thumb": "Thumb", "finger1": "Thumb", "index": "Index", "finger2": "Index",
    "middle": "Middle", "finger3": "Middle", "ring": "Ring", "finger4": "Ring",
    "little": "Little", "pinky": "Little", "finger5": "Little",
}  # fmt: skip
_JOINTS: Final = ("Proximal", "Intermediate", "Distal")
_THUMB: Final = ("Metacarpal", "Proximal", "Distal")
_SPINE: Final = ("spine", "chest", "upperChest")


@dataclass(frozen=True, slots=True, eq=False)
class BoneMap:
    """Our bones in a file."""

    nodes: dict[str, int]
    # by our name; "jaw" too, which we have no bone for
    source: str
    # "VRM 0.x", "VRM 1.0" or "names"

    @property
    def missing(self) -> list[str]:
        """Ours that the file lacks; a forearm's twist bone is made where it lacks."""
        return [b for b in BONES if b not in self.nodes and not b.endswith("LowerArmTwist")]


def map_bones(scene: Scene, given: dict[str, str]) -> BoneMap:
    """The bones of a scene.

    Args:
        given: our name -> the node's name, where somebody knows better than we.

    Raises:
        KeyError: a given node is not in the file.
    """
    nodes, source = _vrm_bones(scene)
    if not nodes:
        nodes, source = _named_bones(scene), "names"
    by_name = {node.name: i for i, node in enumerate(scene.nodes)}
    for ours, theirs in given.items():
        nodes[ours] = by_name[theirs]
    _fill_spine(scene, nodes)
    return BoneMap(nodes, source)


def ancestors(scene: Scene, node: int) -> list[int]:
    """The node and what it hangs on, up to the root."""
    out = []
    while node >= 0:
        out.append(node)
        node = scene.nodes[node].parent
    return out


def _vrm_bones(scene: Scene) -> tuple[dict[str, int], str]:
    old, new = scene.extensions.get("VRM"), scene.extensions.get("VRMC_vrm")
    if new:
        bones: dict[str, Any] = new["humanoid"]["humanBones"]
        return {name: int(entry["node"]) for name, entry in bones.items()}, "VRM 1.0"
    if old:
        found = {str(e["bone"]): int(e["node"]) for e in old["humanoid"]["humanBones"]}
        return {_vrm1_name(name): node for name, node in found.items()}, "VRM 0.x"
    return {}, ""


def _vrm1_name(name: str) -> str:
    """VRM 0.x calls the thumb's joints one further out."""
    side, thumb, joint = name.partition("Thumb")
    if not thumb or joint not in _JOINTS:
        return name
    return side + thumb + _THUMB[_JOINTS.index(joint)]


def _named_bones(scene: Scene) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, node in enumerate(scene.nodes):
        name = bone_of_name(node.name)
        # the first is the outermost: later ones are helpers of the same name
        if name and name not in found and number not in scene.mesh_of_node:
            found[name] = number
    if "head" in found:
        above = ancestors(scene, found["head"])
        if found.get("hips") not in above:
            # the lowest node that carries head and legs, or the whole figure's
            found["hips"] = above[-1]
    return found


def bone_of_name(name: str) -> str:
    """Our name for a bone of Mixamo, Ready Player Me, Unreal, MakeHuman, Rigify, VRoid; or ""."""
    if name in BONES:
        return name
    bare = re.sub(r"(?i)^bip0*1?[ _]", "", name.rpartition(":")[2])
    tokens = [t.lower() for t in _TOKEN.findall(bare)]
    side = next((_SIDES[t] for t in tokens if t in _SIDES), "")
    rest = [t for t in tokens if t not in _SIDES and t not in _DROPPED]
    if any(t in ("end", "nub", "ik", "pole", "target") for t in rest):
        return ""
    key = "".join(t.lstrip("0") or "0" if t.isdigit() else t for t in rest)
    if not side:
        return _CENTRE.get(key, "")
    if key in _LIMB:
        return side + _LIMB[key]
    return _finger(side, key)


def _finger(side: str, key: str) -> str:
    bare = re.sub(r"^(hand|f)(?=thumb|index|middle|ring|little|pinky)", "", key)
    for theirs, ours in _FINGERS.items():
        if not bare.startswith(theirs):
            continue
        joint = bare.removeprefix(theirs)
        names = _THUMB if ours == "Thumb" else _JOINTS
        if joint in ("1", "2", "3"):
            return f"{side}{ours}{names[int(joint) - 1]}"
        wanted = joint.capitalize()
        return f"{side}{ours}{wanted}" if wanted in names else ""
    return ""


def _fill_spine(scene: Scene, nodes: dict[str, int]) -> None:
    """Between hips and neck names differ everywhere, so there the tree decides."""
    if "head" not in nodes or "hips" not in nodes or any(bone in nodes for bone in _SPINE):
        return
    above = ancestors(scene, nodes["head"])
    if nodes["hips"] not in above:
        return
    chain = above[1 : above.index(nodes["hips"])][::-1]
    if "neck" in nodes and nodes["neck"] in chain:
        chain = chain[: chain.index(nodes["neck"])]
    if len(chain) == 1:
        nodes["chest"] = chain[0]
    elif len(chain) >= 2:
        nodes["spine"], nodes["chest"] = chain[0], chain[len(chain) // 2]
        if len(chain) > 2:
            nodes["upperChest"] = chain[-1]
