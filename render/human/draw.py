"""Draws a posed human into whatever framebuffer is in use."""

from dataclasses import replace
from enum import Enum

import moderngl
import numpy as np
from jaxtyping import Float32

from core.blendshapes import INDEX
from core.human import HumanModel, Part
from core.motion import BONES, Pose
from render.human.bake import (
    RELIEF_UNIT,
    BakedHuman,
    material_constants,
    part_albedo,
    part_relief,
)
from render.human.contact import BLOCK, ContactSpheres, sphere_range
from render.human.draw_call import DrawCall
from render.human.eyes import EyePair
from render.human.hair_draw import HairDrawer
from render.human.marks import SURFACES, cloth_mark, vertex_marks
from render.human.mesh import (
    ALPHA_BLENDING,
    Streamed,
    bind_block,
    floats,
    lit_texture,
    set_blending,
    vertex_array,
)
from render.human.morph import MorphBuffer
from render.human.palette import BonePalette
from render.human.plain import front_to_back, plain_defines, plain_texture, vertex_greys
from render.human.region import Region, split_regions
from render.shaders import source

_BINDING = 0
_PLAIN_MARKS = {Region.HEAD: 0.25, Region.TRUNK: 0.5, Region.ARMS: 0.62}
# written to alpha; borders between marks are softened later
_MOUTH_SHAPES = [
    INDEX[name]
    for name in (
        "jawOpen", "mouthUpperUpLeft", "mouthUpperUpRight", "mouthLowerDownLeft",
        "mouthLowerDownRight", "mouthFunnel", "tongueOut", "mouthSmileLeft", "mouthSmileRight",
    )
]  # fmt: skip
_MOUTH_OPENS_AT = 0.05


class Shading(Enum):
    """Where the light of skin and cloth is worked out."""

    BAKED = "baked"
    # once, into textures; relit at the vertices: for a CPU
    FULL = "full"
    # at every pixel of every picture: for a GPU


class HumanDrawer:
    """One human on the GPU. All calls belong to the thread of `context`."""

    def __init__(
        self,
        context: moderngl.Context,
        human: HumanModel,
        baked: BakedHuman,
        constants: str,
        view_projection: Float32[np.ndarray, "4 4"],
        shading: Shading = Shading.BAKED,
    ) -> None:
        self._context = context
        self._shading = shading
        self._constants = f"{constants}\n#define BONE_ROWS {3 * len(BONES)}{BLOCK}"
        self._bones = BonePalette(human.skeleton)
        self._matrices = np.zeros((len(BONES), 3, 4), np.float32)
        self._weights = np.zeros(len(INDEX), np.float32)
        self._spheres = ContactSpheres(human.skeleton)
        whole = floats(view_projection.T) + self._posed()
        self._figure = context.buffer(whole, dynamic=True)
        self._morphs: list[MorphBuffer] = []
        self._cloths = 0
        self._surfaces: dict[Region, list[DrawCall]] = {region: [] for region in Region}
        self._mouth: list[DrawCall] = []
        self._lashes: list[DrawCall] = []
        self._blended: list[DrawCall] = []
        self._plain_textures: dict[tuple[object, ...], moderngl.Texture] = {}
        self._programs: dict[tuple[str, str, str], moderngl.Program] = {}
        for part in human.parts:
            self._add_part(part, baked)
        self._hair: HairDrawer | None = None
        if baked.shell is not None:
            self._hair = HairDrawer(context, baked.shell, self._constants, self._program)
        self._eyes: EyePair | None = None
        # figures of other makers bring eyes of their own
        if all(part.material != "plain" for part in human.parts):
            self._eyes = EyePair(context, human, constants, view_projection, SURFACES["eye"])

    @property
    def matrices(self) -> Float32[np.ndarray, "bones 3 4"]:
        """Bone matrices of the last pose, from the mesh's pose to the world."""
        return self._matrices

    def pose(self, pose: Pose) -> None:
        """Takes the pose that the next draws show."""
        self._matrices = self._bones.matrices(pose.rotations)
        self._weights = np.asarray(pose.weights)
        self._figure.write(self._posed(), offset=64)
        for morph in self._morphs:
            morph.apply(self._weights)

    def _posed(self) -> bytes:
        return floats(self._matrices) + floats(self._spheres.at(self._matrices))

    def begin(self) -> None:
        """State for all draws of this class."""
        context = self._context
        self._figure.bind_to_uniform_block(_BINDING)
        context.enable(moderngl.DEPTH_TEST | moderngl.CULL_FACE)
        context.disable(moderngl.BLEND)
        # the picture is upside down, which turns every triangle round
        context.front_face = "cw"
        context.cull_face = "back"

    def draw_trunk(self) -> None:
        self._draw_region(Region.TRUNK)

    def draw_arms(self) -> None:
        self._draw_region(Region.ARMS)

    def draw_head(self) -> None:
        """Head, hair, eyes, mouth: whatever moves in every picture. Blended things come last."""
        context = self._context
        if self._hair is not None:
            self._hair.draw_opaque()
        self._draw_region(Region.HEAD)
        left, right = (float(self._weights[INDEX[f"eyeBlink{s}"]]) for s in ("Left", "Right"))
        if self._eyes is not None:
            self._eyes.draw(self._matrices, (left, right))
        context.disable(moderngl.CULL_FACE)
        if self._weights[_MOUTH_SHAPES].sum() > _MOUTH_OPENS_AT:
            for surface in self._mouth:
                surface.draw()
        context.enable(moderngl.BLEND)
        # colour is blended, the mark in alpha stays what lies below
        set_blending(context, (*ALPHA_BLENDING, moderngl.ZERO, moderngl.ONE))
        if self._hair is not None:
            self._hair.draw_soft()
        # lashes write depth where they are nearly clear: what they may hide comes before them
        for surface in self._lashes:
            surface.draw()
        # layers of a painted face often lie in the very plane of what is below
        context.depth_func = "<="
        for surface in self._blended:
            surface.draw()
        context.depth_func = "<"
        context.disable(moderngl.BLEND)

    def _draw_region(self, region: Region) -> None:
        for surface in self._surfaces[region]:
            surface.draw()

    def _add_part(self, part: Part, baked: BakedHuman) -> None:
        if part.material in ("skin", "cloth") and self._shading is Shading.FULL:
            self._add_full(part)
        elif part.material in ("skin", "cloth"):
            self._add_surface(part, baked)
        elif part.material == "plain":
            self._add_plain(part)
        elif part.material == "mouth":
            program = self._program("mouth.vert", "mouth.frag", self._constants)
            uniforms: dict[str, object] = {"tint": part.tint, "mark": SURFACES["mouth"]}
            texture = part_albedo(self._context, part)
            array = vertex_array(self._context, program, self._attributes(part), part.triangles)
            self._mouth.append(DrawCall(array, program, texture, uniforms))
        elif part.material == "lash":
            program = self._program("lash.vert", "lash.frag", self._constants)
            dark = tuple(float(np.sqrt(c)) for c in part.tint)
            texture = part_albedo(self._context, part)
            array = vertex_array(self._context, program, self._attributes(part), part.triangles)
            self._lashes.append(DrawCall(array, program, texture, {"tint": dark}))

    def _add_surface(self, part: Part, baked: BakedHuman) -> None:
        pixels = baked.textures[part.name]
        cut_out = part.material == "cloth" and bool((pixels[..., 3] < 128).any())
        constants = material_constants(part, self._constants) + sphere_range(part)
        if cut_out:
            constants += "\n#define CUT_OUT"
        texture = lit_texture(self._context, pixels)
        uniforms: dict[str, object] = {"grey": baked.greys[part.name]}
        attributes = self._attributes(part) | {"unlit": baked.unlit[part.name]}
        self._add_marked(
            part, ("surface.vert", "surface.frag", constants), texture, uniforms, attributes
        )

    def _add_full(self, part: Part) -> None:
        constants = f"{self._constants}\n#define POSED{sphere_range(part)}"
        if part.creases_um is not None:
            constants += "\n#define CREASES"
        uniforms: dict[str, object] = {
            "tint": part.tint,
            "has_albedo": float(part.texture is not None),
            "relief": RELIEF_UNIT,
        }
        texture = part_albedo(self._context, part)
        relief = None if part.creases_um is None else part_relief(self._context, part.creases_um)
        attributes = self._attributes(part)
        shaders = ("full.vert", f"{part.material}.frag", constants)
        self._add_marked(part, shaders, texture, uniforms, attributes, relief)

    def _add_marked(
        self,
        part: Part,
        shaders: tuple[str, str, str],
        texture: moderngl.Texture,
        uniforms: dict[str, object],
        attributes: dict[str, np.ndarray | Streamed],
        relief: moderngl.Texture | None = None,
    ) -> None:
        """Where all marks of a region are one, pixels need not work out theirs."""
        marks = self._vertex_marks(part)
        for region, triangles in split_regions(part).items():
            found = marks[triangles]
            own = "\n#define OWN_MARKS" if np.ptp(found) > 1e-3 else ""
            program = self._program(*shaders[:2], shaders[2] + own)
            array = vertex_array(self._context, program, attributes | {"mark": marks}, triangles)
            one = uniforms | {"marked": float(found.flat[0])}
            self._surfaces[region].append(DrawCall(array, program, texture, one, relief=relief))

    def _vertex_marks(self, part: Part) -> Float32[np.ndarray, " vertices"]:
        if part.material == "skin":
            return vertex_marks(part, SURFACES["skin"])
        self._cloths += 1
        return vertex_marks(part, cloth_mark(self._cloths - 1))

    def _add_plain(self, part: Part) -> None:
        constants = self._constants + plain_defines(part)
        program = self._program("plain.vert", "plain.frag", constants)
        # parts cut from one mesh share a texture
        key = (id(part.texture), part.tint, part.finish)
        if key not in self._plain_textures:
            self._plain_textures[key] = plain_texture(self._context, part, self._constants)
        texture = self._plain_textures[key]
        attributes = self._attributes(part) | {"grey": vertex_greys(part)}
        cover = part.finish.cover if part.finish is not None else "opaque"
        double_sided = part.finish is not None and part.finish.double_sided
        if cover == "blend":
            array = vertex_array(self._context, program, attributes, part.triangles)
            self._blended.append(DrawCall(array, program, texture, {}))
            return
        ordered = replace(part, triangles=front_to_back(part))
        for region, triangles in split_regions(ordered).items():
            mark = SURFACES["hair"] if cover == "mask" else _PLAIN_MARKS[region]
            array = vertex_array(self._context, program, attributes, triangles)
            self._surfaces[region].append(
                DrawCall(array, program, texture, {"mark": mark}, double_sided=double_sided)
            )

    def _attributes(self, part: Part) -> dict[str, np.ndarray | Streamed]:
        still: dict[str, np.ndarray | Streamed] = {
            "position": part.positions_m,
            "normal": part.normals,
            "uv": part.uvs,
            "bones": part.bone_indices.astype(np.float32),
            "weights": part.bone_weights,
            "shade": np.stack([part.occlusion, part.key_visibility], 1),
            "drape": np.zeros((len(part.normals), 4)) if part.extra is None else part.extra,
        }
        if part.morphs_m is None:
            return still
        morph = MorphBuffer(self._context, part)
        self._morphs.append(morph)
        return still | morph.attributes

    def _program(self, vertex: str, fragment: str, constants: str) -> moderngl.Program:
        key = (vertex, fragment, constants)
        if key not in self._programs:
            program = self._context.program(
                vertex_shader=source(vertex, constants), fragment_shader=source(fragment, constants)
            )
            bind_block(program, "Figure", _BINDING)
            self._programs[key] = program
        return self._programs[key]
