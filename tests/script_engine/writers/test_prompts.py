from pathlib import Path

import pytest

from core.errors import ConfigError
from script_engine.composer.phrases import MOVES
from script_engine.writers.prompts import SLOTS, Prompts, load_prompt

SMALL_TALK = {"opening", "notice", "evergreen", "bridge", "resume"}


def test_every_prompt_is_there_in_both_languages(prompts: Prompts) -> None:
    for kind, slots in SLOTS.items():
        for language in ("zh", "en"):
            prompt = prompts.get(kind, language)
            system, user = prompt.fill(**dict.fromkeys(slots, "X"))
            assert "BEGIN-DATA" in system
            assert "JSON" in system
            assert "{" + min(slots) + "}" not in user


def test_every_move_of_a_pitch_is_explained(prompts: Prompts) -> None:
    for language in ("zh", "en"):
        assert set(MOVES) - SMALL_TALK <= set(prompts.get("pitch", language).moves)


def test_other_languages_take_the_english_prompt(prompts: Prompts) -> None:
    assert prompts.get("pitch", "de") is prompts.get("pitch", "en")
    system, _ = prompts.get("pitch", "de").fill(language="German", facts="", lines="")
    assert "spoken German" in system


def test_what_is_filled_in_is_not_searched_for_slots(tmp_path: Path) -> None:
    path = tmp_path / "answer-en.md"
    path.write_text("# system\nrules\n# user\n{comment} {answer}", "utf-8")
    _, user = load_prompt(path, "answer").fill(comment="{answer}", answer="{comment}")
    assert user == "{answer} {comment}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# system\nrules", "lacks the section '# user'"),
        ("# system\nrules\n# user\n{price}", r"\{price\} is no slot; there are: \{answer\}"),
    ],
)
def test_a_wrong_prompt_is_named(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "answer-zh.md"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=words):
        load_prompt(path, "answer")


def test_a_missing_prompt_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"pitch-zh\.md: cannot be read"):
        Prompts(tmp_path)
