import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.frame import Card
from core.language import Language
from render.layer import Layer
from render.overlay import Overlay
from render.overlay.card import ordinal_words, split_price
from render.overlay.question import mask_name

SIZES = [(720, 1280), (1280, 720), (1080, 1920), (360, 640), (1920, 1080)]
CARD = Card(
    "BT1001",
    "玻尿酸补水精华液 30ml 敏感肌可用",
    "¥199",
    list_price="¥299",
    points=("三重玻尿酸", "敏感肌实测", "30天无忧退"),
    ordinal=1,
)
CAPTION = "姐妹们看过来，今天这瓶玻尿酸精华30ml，直播间只要199元。"


def full(size: tuple[int, int], language: Language = "zh") -> Overlay:
    overlay = Overlay(*size, language)
    overlay.set_card(CARD)
    overlay.set_caption(CAPTION)
    overlay.set_question("小明同学", "敏感肌能不能用？")
    return overlay


def layer(overlay: Overlay, name: str) -> Layer:
    return next(layer for layer in overlay.layers() if layer.name == name)


def box(layer: Layer) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is nearly opaque or more: shadows may touch."""
    rows, columns = np.nonzero(layer.rgba[..., 3] > 100)
    return (
        layer.x_px + columns.min(),
        layer.y_px + rows.min(),
        layer.x_px + columns.max() + 1,
        layer.y_px + rows.max() + 1,
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en", "yue", "ja"])
def test_the_label_is_as_high_as_the_standard_asks(
    size: tuple[int, int], language: Language
) -> None:
    """GB 45438-2025: text at least 5 % of the shortest side, always on."""
    overlay = Overlay(*size, language)
    (label,) = overlay.layers()
    assert label.name == "ai_label"
    rows = np.nonzero((label.rgba[..., :3].min(axis=2) > 160).any(axis=1))[0]
    assert rows.max() - rows.min() + 1 >= 0.05 * min(size)
    assert rows.min() > 0
    assert rows.max() < label.rgba.shape[0] - 1
    overlay.set_card(CARD)
    overlay.set_card(None)
    assert [layer.name for layer in overlay.layers()] == ["ai_label"]


@pytest.mark.parametrize("size", SIZES)
def test_everything_is_inside_the_picture_and_nothing_covers_anything(
    size: tuple[int, int],
) -> None:
    layers = full(size).layers()
    assert [layer.name for layer in layers] == ["card", "caption", "question", "ai_label"]
    width, height = size
    boxes = [box(layer) for layer in layers]
    for left, top, right, bottom in boxes:
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
    for n, (left, top, right, bottom) in enumerate(boxes):
        for other_left, other_top, other_right, other_bottom in boxes[n + 1 :]:
            apart = right <= other_left or other_right <= left
            assert apart or bottom <= other_top or other_bottom <= top


@pytest.mark.parametrize("size", SIZES)
def test_the_face_is_left_free(size: tuple[int, int]) -> None:
    width, height = size
    overlay = full(size)
    overlay.set_question("小明同学", "敏感肌能不能用？" * 10)
    face = (width * 0.36, height * 0.14, width * 0.64, height * 0.52)
    for drawn in overlay.layers():
        left, top, right, bottom = box(drawn)
        beside = right <= face[0] or face[2] <= left
        assert beside or bottom <= face[1] or face[3] <= top, drawn.name


def test_only_what_changed_is_drawn_again() -> None:
    overlay = full((720, 1280))
    before = {layer.name: layer for layer in overlay.layers()}
    overlay.set_caption("点一号链接。")
    overlay.set_card(CARD)
    overlay.set_question("小明同学", "敏感肌能不能用？")
    after = {layer.name: layer for layer in overlay.layers()}
    assert after["card"] is before["card"]
    assert after["question"] is before["question"]
    assert after["ai_label"] is before["ai_label"]
    assert after["caption"].revision > max(layer.revision for layer in before.values())


@pytest.mark.parametrize("size", [(720, 1280), (1280, 720)])
def test_the_caption_makes_room_for_the_card(size: tuple[int, int]) -> None:
    overlay = full(size)
    beside = box(layer(overlay, "caption"))
    overlay.set_card(None)
    alone = box(layer(overlay, "caption"))
    assert alone != beside
    assert alone[3] >= beside[3]


def test_empty_texts_are_not_drawn() -> None:
    overlay = full((720, 1280))
    overlay.set_caption("")
    overlay.set_question("", "")
    overlay.set_card(None)
    assert [layer.name for layer in overlay.layers()] == ["ai_label"]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120) | st.text("水光肌，a 9¥.", max_size=160), st.sampled_from(SIZES[:2]))
def test_any_caption_and_question_is_at_most_two_lines_inside_the_picture(
    text: str, size: tuple[int, int]
) -> None:
    overlay = Overlay(*size, "zh")
    overlay.set_caption(text)
    overlay.set_question(text, text)
    for drawn in overlay.layers():
        high, wide = drawn.rgba.shape[:2]
        assert 0 <= drawn.x_px <= drawn.x_px + wide <= size[0]
        assert 0 <= drawn.y_px <= drawn.y_px + high <= size[1]
        assert high < 200
        assert (drawn.rgba[..., :3] <= drawn.rgba[..., 3:]).all()  # premultiplied


def test_chinese_is_drawn_and_not_boxes() -> None:
    """A font without a character draws the same box for each."""
    overlay = Overlay(720, 1280, "zh")
    shapes = set()
    for character in "今天直播":
        overlay.set_caption(character)
        shapes.add(layer(overlay, "caption").rgba.tobytes())
    assert len(shapes) == 4


def test_the_product_picture_is_shown_and_a_broken_one_is_survived(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    Image.new("RGB", (300, 500), (0, 200, 0)).save(tmp_path / "green.png")
    (tmp_path / "broken.png").write_bytes(b"not a picture")
    overlay = Overlay(720, 1280, "zh")
    for name, green in (("green.png", True), ("broken.png", False), ("missing.png", False)):
        overlay.set_card(Card("A", "精华", "¥9", image=str(tmp_path / name), ordinal=2))
        rgba = layer(overlay, "card").rgba
        assert bool((rgba == (0, 200, 0, 255)).all(axis=2).any()) is green
    assert caplog.text.count("a product picture cannot be read") == 2


def test_a_card_of_nothing_but_a_title_can_be_drawn() -> None:
    overlay = Overlay(1280, 720, "en")
    overlay.set_card(Card("A", "A title that goes on and on " * 5, ""))
    assert box(layer(overlay, "card"))[2] < 1280 / 2


def test_a_viewers_name_is_masked() -> None:
    assert mask_name("小明同学", "zh") == "小**"
    assert mask_name(" Katie P", "en") == "K**"
    assert mask_name("", "zh") == "观众"
    assert mask_name("  ", "en") == "Viewer"


def test_prices_and_ordinals_are_written_as_in_a_shop() -> None:
    assert split_price("¥199.90") == ("¥", "199", ".90")
    assert split_price("$1,299") == ("$", "1,299", "")
    assert split_price("199元") == ("", "199", "元")
    assert split_price("面议") == ("", "面议", "")
    assert ordinal_words(1, "zh") == "1号链接"
    assert ordinal_words(12, "en") == "No. 12"


def test_a_machine_without_chinese_fonts_is_told_what_to_install(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>")
    done = subprocess.run(
        [sys.executable, "-c", "from render.overlay import Overlay; Overlay(720, 1280, 'zh')"],
        env=os.environ | {"FONTCONFIG_FILE": str(fonts), "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "MediaError" in done.stderr
    assert "sudo apt-get install fonts-noto-cjk" in done.stderr
