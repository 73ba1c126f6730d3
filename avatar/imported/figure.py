"""A glTF or VRM file -> the human that is drawn and performs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from jaxtyping import Float

from avatar.body.light import KEY_LIGHT
from avatar.body.rig import strongest_four
from avatar.imported.bones import BoneMap, map_bones
from avatar.imported.container import GltfFile, refusing_damage
from avatar.imported.drive import Binds, Drive, plan_drive, read_shapes
from avatar.imported.face import LOOKS, Landmarks, arkit_offsets, border_of, find_landmarks
from avatar.imported.hair import lay_cards
from avatar.imported.jaw import open_by_bone
from avatar.imported.parts import cover_texture, light_parts, make_parts, thin_parts
from avatar.imported.scene import Look, RawSurface, Scene, read_scene
from avatar.imported.skeleton import PARENTS, bone_weights, hang_hair, place_joints, spread_twist
from avatar.presenter import BodySettings
from core.human import Cover, Eyeball, HumanModel, Part
from core.motion import BONE_INDEX, Skeleton

Progress = Callable[[str, float], None]

HEAD_M: Final = 0.191
"""Chin to crown of the built-in presenters: every head is brought to this size."""

_EYE_BONES: Final = [BONE_INDEX["leftEye"], BONE_INDEX["rightEye"]]


@dataclass(frozen=True, slots=True, eq=False)
class Imported:
    """A file as a human, and what was found in it."""

    human: HumanModel
    scene: Scene
    bones: BoneMap
    drive: Drive
    eyes_turn: bool
    empty: frozenset[str]
    # shapes that are there by name but move nothing
    triangles_in_file: int


def import_human(
    name: str, body: BodySettings, progress: Progress, *, lit: bool = True
) -> Imported:
    """Read a file and make a human of it.

    Args:
        body: the file, and names of shapes and bones where they are given.
        lit: measure how much light reaches each vertex, which takes seconds.

    Raises:
        ContentError: the file cannot be read or cannot speak: names the file and what is wrong.
    """
    progress("reading", 0.0)
    file = GltfFile(body.model)
    scene = read_scene(file)
    progress("mapping", 0.2)
    # what is wrong in the JSON may show late: a picture or a bone that is not there
    with refusing_damage(file.path):
        return _make(name, file, scene, body, progress, lit)


def _make(
    name: str, file: GltfFile, scene: Scene, body: BodySettings, progress: Progress, lit: bool
) -> Imported:
    bones, named = _understand(file, scene, body)
    shapes = _moving(scene, named)
    turn = _facing(scene, bones)
    surfaces = [_turned(surface, turn) for surface in scene.surfaces]
    eyes_turn = _eyes_turn(scene, bones)
    drive = plan_drive(shapes, eyes_turn=eyes_turn)
    if drive is None and "jaw" in bones.nodes:
        surfaces, opening = open_by_bone(scene, bones, surfaces, turn)
        drive = plan_drive({**shapes, "jawOpen": opening}, eyes_turn=eyes_turn) if opening else None
    if drive is None:
        raise file.error(_silent(scene))
    known = {
        ours: turn @ scene.nodes[node].world[:3, 3]
        for ours, node in bones.nodes.items()
        if ours in BONE_INDEX
    }
    gain = _eye_gain(scene) if eyes_turn else 1.0
    weights = [bone_weights(scene, bones, surface, gain) for surface in surfaces]
    marks = find_landmarks(surfaces, weights, drive, known)
    if marks is None:
        raise file.error(
            "has shapes for the mouth, but they move nothing on the head; are they on the mesh "
            "that hangs on the head's bone?"
        )
    if marks.head_height <= 0:
        raise file.error("has its eyes below its chin; is the head's bone mapped rightly?")
    eyes = {"leftEye": marks.left_eye, "rightEye": marks.right_eye}
    joints = place_joints(known, marks.head_height, eyes)
    scale = HEAD_M / marks.head_height
    shift = np.array([-marks.between_eyes[0], 0.0, 0.0])
    parts: list[Part] = []
    textures = _Textures(file)
    for number, (surface, carried) in enumerate(zip(surfaces, weights, strict=True)):
        progress("textures", 0.3 + 0.4 * number / len(surfaces))
        spread_twist(carried, surface.points, joints, bones)
        hang_hair(scene, bones, surface, carried, joints, marks.head_height)
        border = border_of(marks.left_eye, marks.right_eye)
        moved = arkit_offsets(surface, drive, float(marks.between_eyes[0]), border)
        if moved is not None:
            if carried[:, _EYE_BONES].sum(1).mean() > 0.2 * gain:
                moved[LOOKS] = 0.0
            moved *= np.float32(scale)
        placed = replace(surface, points=(surface.points + shift) * scale)
        parts += make_parts(placed, strongest_four(carried), moved, *textures(surface.look))
    in_file = sum(len(surface.triangles) for surface in surfaces)
    parts = thin_parts([lay_cards(part) for part in parts])
    if lit:
        progress("light", 0.75)
        parts = light_parts(parts)
    progress("done", 1.0)
    human = HumanModel(
        name=name,
        skeleton=Skeleton(PARENTS, ((joints + shift) * scale).astype(np.float32)),
        parts=tuple(parts),
        eyes=_eyeballs(marks, shift, scale),
        iris_colour=(0.1, 0.05, 0.03),
        key_light=KEY_LIGHT,
        landmarks_m=_landmarks(marks, joints, shift, scale),
    )
    empty = frozenset(named) - frozenset(shapes)
    return Imported(human, scene, bones, drive, eyes_turn, empty, in_file)


class _Textures:
    """Pictures as they are drawn, each made once however many surfaces share it."""

    def __init__(self, file: GltfFile) -> None:
        self._file = file
        self._made: dict[tuple[object, ...], tuple[np.ndarray | None, Cover]] = {}

    def __call__(self, look: Look) -> tuple[np.ndarray | None, Cover]:
        key = (look.image, look.cover, look.cutoff, look.tint[3])
        if key not in self._made:
            image = None if look.image is None else self._file.image(look.image)
            self._made[key] = cover_texture(image, look)
        return self._made[key]


def _understand(
    file: GltfFile, scene: Scene, body: BodySettings
) -> tuple[BoneMap, dict[str, Binds]]:
    """Bones and shapes, or why there are none."""
    if not scene.surfaces:
        raise file.error("has no meshes of triangles")
    called = {*(node.name for node in scene.nodes)}
    called |= {name for names in scene.shape_names.values() for name in names}
    for name in (*body.bones.values(), *body.shapes.values()):
        if name not in called:
            raise file.error(f"has no bone or shape called {name!r}, which [body] names")
    bones = map_bones(scene, body.bones)
    shapes = read_shapes(scene, body.shapes)
    if not file.json.get("skins"):
        raise file.error("has no skin, so nothing can bend; export it with its skeleton (armature)")
    if "head" not in bones.nodes:
        told = ", ".join(node.name for node in scene.nodes[:12])
        raise file.error(
            f"has no bone that is known as the head (it has: {told}, ...); say which it is: "
            '[body.bones] head = "ITS NAME"'
        )
    return bones, shapes


def _moving(scene: Scene, shapes: dict[str, Binds]) -> dict[str, Binds]:
    """The shapes that move anything: exporters write names for all 52, made or not."""
    moving = {
        (surface.mesh, target)
        for surface in scene.surfaces
        for target, offsets in surface.shapes.items() if np.abs(offsets).max(initial=0.0) > 0
    }  # fmt: skip
    kept = {
        name: {bind: weight for bind, weight in binds.items() if bind in moving}
        for name, binds in shapes.items()
    }
    return {name: binds for name, binds in kept.items() if binds}


def _silent(scene: Scene) -> str:
    """Why nothing opens the mouth."""
    names = [name for names in scene.shape_names.values() for name in names]
    if not names:
        return (
            "has no morph targets, so its mouth cannot move; export it with its blend shapes "
            "(shape keys)"
        )
    return (
        "has no shape that opens the mouth: neither ARKit's jawOpen nor an Oculus or VRM aa "
        f"(it has: {', '.join(names[:12])}, ...); say which it is: "
        '[body.shapes] jawOpen = "ITS NAME"'
    )


def _eyes_turn(scene: Scene, bones: BoneMap) -> bool:
    """Whether bones turn both eyes."""
    turning = [bones.nodes[bone] for bone in ("leftEye", "rightEye") if bone in bones.nodes]
    return len(turning) == 2 and any(
        np.isin(s.joints[s.weights > 0.3], turning).any() for s in scene.surfaces
    )


def _facing(scene: Scene, bones: BoneMap) -> Float[np.ndarray, "3 3"]:
    """The turn about the upright that brings the figure's left to +x: VRM 0.x looks along -z."""
    for bone in ("UpperArm", "Shoulder", "Eye", "Hand"):
        if f"left{bone}" in bones.nodes and f"right{bone}" in bones.nodes:
            left, right = (
                scene.nodes[bones.nodes[s + bone]].world[:3, 3] for s in ("left", "right")
            )
            across = left - right
            break
    else:
        across = np.array([-1.0 if "VRM" in scene.extensions else 1.0, 0.0, 0.0])
    quarter = round(float(np.arctan2(across[2], across[0])) / (np.pi / 2))
    cosine, sine = round(np.cos(quarter * np.pi / 2)), round(np.sin(quarter * np.pi / 2))
    return np.array([[cosine, 0, sine], [0, 1, 0], [-sine, 0, cosine]], float)


def _turned(surface: RawSurface, turn: np.ndarray) -> RawSurface:
    return replace(
        surface,
        points=surface.points @ turn.T,
        normals=None if surface.normals is None else surface.normals @ turn.T,
        shapes={i: shape @ turn.T for i, shape in surface.shapes.items()},
    )


def _eye_gain(scene: Scene) -> float:
    """How far VRM lets eyes turn for a glance aside: flat irises leave the face otherwise."""
    new, old = scene.extensions.get("VRMC_vrm") or {}, scene.extensions.get("VRM") or {}
    gains: list[float] = []
    for key in ("rangeMapHorizontalInner", "rangeMapHorizontalOuter"):
        entry: dict[str, Any] = (new.get("lookAt") or {}).get(key) or {}
        if entry.get("inputMaxValue"):
            gains.append(float(entry.get("outputScale", 10)) / float(entry["inputMaxValue"]))
    for key in ("lookAtHorizontalInner", "lookAtHorizontalOuter"):
        entry = (old.get("firstPerson") or {}).get(key) or {}
        if entry.get("xRange"):
            gains.append(float(entry.get("yRange", 10)) / float(entry["xRange"]))
    return float(np.clip(np.mean(gains), 0.1, 1.0)) if gains else 1.0


def _eyeballs(marks: Landmarks, shift: np.ndarray, scale: float) -> tuple[Eyeball, Eyeball]:
    left, right = ((eye + shift) * scale for eye in (marks.left_eye, marks.right_eye))
    return Eyeball("leftEye", _point(left), 0.013), Eyeball("rightEye", _point(right), 0.013)


def _landmarks(
    marks: Landmarks, joints: np.ndarray, shift: np.ndarray, scale: float
) -> dict[str, tuple[float, float, float]]:
    crown = marks.chin + np.array([0.0, marks.head_height, 0.0])
    crown[2] = joints[BONE_INDEX["head"]][2]
    places = {
        "eye_line": marks.between_eyes, "mouth": marks.mouth, "chin": marks.chin, "crown": crown,
        "neck": joints[BONE_INDEX["neck"]],
    }  # fmt: skip
    return {name: _point((place + shift) * scale) for name, place in places.items()}


def _point(place: np.ndarray) -> tuple[float, float, float]:
    x, y, z = (float(v) for v in place)
    return x, y, z
