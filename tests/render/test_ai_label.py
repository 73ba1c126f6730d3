import json

from hypothesis import given
from hypothesis import strategies as st

from render.ai_label import AiLabel, _without_start_codes, read_sei, visible_text


def test_the_label_has_the_keys_of_annex_e() -> None:
    label = json.loads(AiLabel("shop", "r1").to_json())
    assert list(label) == [
        "Label",
        "ContentProducer",
        "ProduceID",
        "ReservedCode1",
        "ContentPropagator",
        "PropagateID",
        "ReservedCode2",
    ]
    assert label["Label"] == "1"


def test_the_visible_mark_names_ai_in_each_language() -> None:
    assert "AI生成" in visible_text("zh")
    assert "AI" in visible_text("en")
    assert "AI" in visible_text("de")


def test_other_messages_are_not_taken_for_ours() -> None:
    assert read_sei(bytes(16) + b"x264 - core 164") is None


def test_the_unit_is_an_sei_message_of_the_right_length() -> None:
    unit = AiLabel("p" * 300, "r").to_sei()
    assert unit[:2] == b"\x06\x05"
    sizes = unit[2:]
    runs = len(sizes) - len(sizes.lstrip(b"\xff"))
    size = 255 * runs + sizes[runs]
    assert unit[2 + runs + 1 + size :] == b"\x80"


@given(st.binary(max_size=60) | st.text("\0\1\2\3\4", max_size=60).map(str.encode))
def test_no_start_code_is_left_inside_and_nothing_is_lost(payload: bytes) -> None:
    escaped = _without_start_codes(payload)
    assert not any(bytes([0, 0, n]) in escaped for n in range(3))
    out, zeros = bytearray(), 0
    for byte in escaped:  # what a decoder does
        if zeros == 2 and byte == 3:
            zeros = 0
            continue
        out.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    assert bytes(out) == payload
