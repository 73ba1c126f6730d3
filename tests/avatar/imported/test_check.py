"""The check says what is there, what stands in, and what to fear."""

import json
from collections.abc import Callable
from pathlib import Path

from avatar.imported.check import check
from avatar.imported.figure import Imported, import_human
from avatar.presenter import BodySettings
from tests.avatar.imported.conftest import quiet
from tests.fakes.foreign import Kind, write_figure

Figure = Callable[[Kind], Imported]


def told(found: Imported, level: str = "") -> str:
    return "\n".join(f.what for f in check(found) if f.level == level or not level)


def test_each_mouth_is_named(figure: Figure) -> None:
    assert "ARKit's shapes, driven directly" in told(figure("arkit"))
    assert "Oculus visemes" in told(figure("oculus"))
    for kind in ("vrm0", "vrm1"):
        assert "vowels of VRM" in told(figure(kind))  # type: ignore[arg-type]


def test_what_stands_in_is_shown_with_its_factors(figure: Figure) -> None:
    text = told(figure("vrm0"), "note")
    assert "mouthClose: takes jawOpen back" in text
    assert "jawOpen: " in text
    assert " aa" in text
    assert "mouthSmileLeft: smile, left half" in text


def test_missing_bones_are_named(figure: Figure) -> None:
    text = told(figure("arkit"))
    assert "15 bones known by names" in text
    assert "upperChest" in text
    assert "leftIndexProximal" in text
    assert "VRM 1.0" in told(figure("vrm1"))


def test_the_licence_is_read(figure: Figure) -> None:
    assert "forbids commercial use (Disallow)" in told(figure("vrm0"), "warning")
    assert not told(figure("vrm1"), "warning")
    assert "says nothing of its licence" in told(figure("arkit"), "note")


def test_no_blink_and_no_smile_are_warned_of(tmp_path: Path) -> None:
    path = write_figure(
        tmp_path / "stiff.glb", "arkit",
        leave_out=("eyeBlinkLeft", "eyeBlinkRight", "mouthSmileLeft", "mouthSmileRight"),
    )  # fmt: skip
    found = import_human("stiff", BodySettings(model=path), quiet, lit=False)
    text = told(found, "warning")
    assert "does not blink" in text
    assert "no shape smiles" in text


def test_numbers_of_triangles_and_textures(figure: Figure) -> None:
    found = figure("arkit")
    text = told(found, "ok")
    assert f"{found.triangles_in_file} triangles in the file" in text
    assert "textures to 512 pixels" in text
    assert json.dumps([f.what for f in check(found)])
