"""What a person wants to know of a file before it goes on air."""

from dataclasses import dataclass
from typing import Any, Final

from avatar.imported.container import LARGEST_TEXTURE_PX
from avatar.imported.drive import SPEECH
from avatar.imported.figure import Imported
from avatar.imported.parts import MOST_TRIANGLES
from avatar.motion.visemes import names_of

_MOUTHS: Final = {
    "arkit": "ARKit's shapes, driven directly",
    "visemes": "Oculus visemes, translated from ARKit's weights by least squares",
    "vowels": "vowels of VRM; lips that meet are shown by none of them",
    "jaw": "one opening shape only: the jaw moves, lips neither round nor spread",
}  # fmt: skip
_NEEDED: Final = {
    "hips": "the body does not sway", "neck": "the head turns on its own joint alone",
    "leftEye": "eyes do not turn", "rightEye": "eyes do not turn",
    "leftUpperArm": "the left arm hangs still", "rightUpperArm": "the right arm hangs still",
    "leftHand": "the left hand does not turn", "rightHand": "the right hand does not turn",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check."""

    level: str
    # "ok", "note" (something is replaced or left out) or "warning" (it will show on air)
    what: str


def check(found: Imported) -> list[Finding]:
    """What was found in a file, what replaces what is missing, and what is left out."""
    return [*_mouth(found), *_face(found), *_bones(found), *_size(found), *_rights(found)]


def _mouth(found: Imported) -> list[Finding]:
    drive = found.drive
    level = {"jaw": "warning", "vowels": "note"}.get(drive.mouth, "ok")
    lines = [Finding(level, f"mouth: {_MOUTHS[drive.mouth]}")]
    if drive.visemes:
        lines.append(Finding("ok", f"its visemes: {', '.join(drive.visemes)}"))
    own = sum(1 for name in drive.own)
    lines.append(Finding("ok" if own else "note", f"{own} of ARKit's 52 shapes are there by name"))
    return lines


def _face(found: Imported) -> list[Finding]:
    drive = found.drive
    lines = [
        Finding("note", f"{name}: {told}") for name, told in drive.replaced.items()
        if not name.endswith("Right")
    ]  # fmt: skip
    still = set(drive.still)
    if found.empty:
        told = ", ".join(sorted(found.empty))
        lines.append(Finding("note", f"there by name, but they move nothing: {told}"))
    speech = [base for base in SPEECH if still.issuperset(names_of(base))]
    if speech:
        lines.append(Finding("note", f"not there, and nothing stands in: {', '.join(speech)}"))
    if {"eyeBlinkLeft", "eyeBlinkRight"} & still:
        lines.append(Finding("warning", "no shape shuts the eyes: it does not blink"))
    if {"mouthSmileLeft", "mouthSmileRight"} & still:
        lines.append(Finding("warning", "no shape smiles: its moods do not show"))
    others = [n for n in drive.still if not n.startswith(("eyeBlink", "eyeLook", "mouthSmile"))]
    others = [n for n in others if not any(n in names_of(base) for base in SPEECH)]
    if others:
        lines.append(Finding("note", f"stay still: {', '.join(others)}"))
    return lines


def _bones(found: Imported) -> list[Finding]:
    missing = found.bones.missing
    count = len(found.bones.nodes)
    lines = [Finding("ok", f"{count} bones known by {found.bones.source}")]
    lines += [
        Finding("warning", f"no bone {bone}: {why}")
        for bone, why in _NEEDED.items() if bone in missing and not _looks(found, bone)
    ]  # fmt: skip
    rest = [bone for bone in missing if bone not in _NEEDED]
    if rest:
        lines.append(Finding("note", f"no bones {', '.join(rest)}: their neighbours do their work"))
    if not found.eyes_turn and "leftEye" not in missing:
        lines.append(
            Finding("note", "its eye bones carry no vertices: shapes turn the eyes, if any")
        )
    return lines


def _looks(found: Imported, bone: str) -> bool:
    """Whether shapes turn the eyes instead."""
    return bone.endswith("Eye") and "eyeLookOutLeft" not in found.drive.still


def _size(found: Imported) -> list[Finding]:
    human = found.human
    drawn = sum(len(p.triangles) for p in human.parts if p.material != "hair")
    hair = sum(len(p.triangles) for p in human.parts if p.material == "hair")
    lines = []
    told = f"{found.triangles_in_file} triangles in the file, {drawn} are drawn"
    if hair:
        told += f"; {hair} of hair in cards are laid into one surface"
    level = "warning" if drawn > 1.2 * MOST_TRIANGLES else "ok"
    lines.append(Finding(level, f"{told} (two cores draw {MOST_TRIANGLES} in time)"))
    sizes = {id(p.texture): p.texture.shape for p in human.parts if p.texture is not None}
    largest = max((max(shape[:2]) for shape in sizes.values()), default=0)
    limit = f"; larger ones are scaled down to {LARGEST_TEXTURE_PX}"
    lines.append(Finding("ok", f"{len(human.parts)} parts, textures to {largest} pixels{limit}"))
    if not sizes:
        lines.append(Finding("note", "no textures: plain colours are drawn"))
    extensions = found.scene.extensions
    if "VRM" in extensions or "VRMC_vrm" in extensions:
        lines.append(Finding(
            "note", "left out: swinging hair and skirts (spring bones), MToon's outlines and "
            "shade colours, emission, first-person rules",
        ))  # fmt: skip
    return lines


def _rights(found: Imported) -> list[Finding]:
    """What the file itself says of its use; a shop sells, so commercial use is asked for."""
    extensions = found.scene.extensions
    meta: dict[str, Any] = (extensions.get("VRMC_vrm") or extensions.get("VRM") or {}).get(
        "meta"
    ) or {}
    if not meta:
        return [Finding("note", "it says nothing of its licence: make sure that you may use it")]
    authors = meta.get("authors") or [meta.get("author") or "nobody named"]
    licence = (
        meta.get("licenseUrl") or meta.get("otherLicenseUrl") or meta.get("licenseName") or "none"
    )
    lines = [Finding("note", f"made by {', '.join(map(str, authors))}; licence: {licence}")]
    allowed = str(meta.get("commercialUsage") or meta.get("commercialUssageName") or "")
    if allowed in ("personalNonProfit", "Disallow"):
        lines.append(Finding("warning", f"its licence forbids commercial use ({allowed})"))
    elif allowed == "personalProfit":
        lines.append(Finding("warning", "its licence allows commercial use to single persons only"))
    person = str(meta.get("avatarPermission") or meta.get("allowedUserName") or "")
    if person in ("onlyAuthor", "OnlyAuthor"):
        lines.append(Finding("warning", "its licence allows its author alone to perform with it"))
    elif person in ("onlySeparatelyLicensedPerson", "ExplicitlyLicensedPerson"):
        lines.append(Finding("warning", "its licence asks for a permission of its own to perform"))
    return lines
