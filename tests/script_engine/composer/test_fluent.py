import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from script_engine.composer.fluent import as_clause, as_parts, in_number, lowered, with_particles
from script_engine.composer.wording import finished


@pytest.mark.parametrize(
    ("note", "clause"),
    [
        ("Melts at skin temperature", "it melts at skin temperature"),
        ("Hooks are light on the ear", "Hooks are light on the ear"),
        ("No added alcohol", "there's no added alcohol"),
        ("Fits in a coat pocket", "it fits in a coat pocket"),
        ("Beech base", "Beech base"),
    ],
)
def test_a_note_without_a_subject_gets_one(note: str, clause: str) -> None:
    assert as_clause(note, "en") == clause


def test_names_keep_their_capital() -> None:
    assert lowered("Fine, dense foam", ()) == "fine, dense foam"
    assert lowered("Hong Kong milk tea", ()) == "Hong Kong milk tea"
    assert lowered("USB-C cable included", ()) == "USB-C cable included"
    assert lowered("Lune is cut by hand", ("Lune",)) == "Lune is cut by hand"


def test_earrings_are_plural() -> None:
    said = in_number("it's made of silver and it comes from Portugal; this earrings", "earrings")
    assert said == "they're made of silver and they come from Portugal; these earrings"
    assert in_number("it has a glass lid", "glass") == "it has a glass lid"
    assert in_number("It washes well", "trousers") == "They wash well"


def test_a_long_text_is_told_a_sentence_at_a_time() -> None:
    text = "Six pockets you can reach; Weighs next to nothing. But it is not waterproof."
    assert as_parts(text, "en") == ["Six pockets you can reach", "Weighs next to nothing"]
    assert as_parts("巴掌大小，塞得进大衣口袋", "zh") == ["巴掌大小，塞得进大衣口袋"]


@given(st.text(alphabet="棉麻丝很轻，啊好用的0", min_size=1, max_size=24), st.integers(0, 99))
def test_particles_leave_every_word_of_staff_in_its_order(text: str, seed: int) -> None:
    said = with_particles(text, "selling_point", "zh", random.Random(seed))
    words = iter(said)
    assert all(character in words for character in text)


@pytest.mark.parametrize(
    ("raw", "text", "language"),
    [
        ("好不好？。下一句，。", "好不好？下一句。", "zh"),
        ("你家有没有。", "你家有没有？", "zh"),
        ("really?. it's a apple.", "Really? It's an apple.", "en"),
        ("a used one, a European plug.", "A used one, a European plug.", "en"),
    ],
)
def test_marks_and_capitals_are_put_right(raw: str, text: str, language: str) -> None:
    assert finished(raw, "zh" if language == "zh" else "en") == text
