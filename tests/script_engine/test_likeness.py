"""The model beside the rules: judged on sets that it was not trained on."""

from statistics import mean

import numpy as np
import pytest

from benchmarks.likeness import ROOM_LINES, Trained, left_out, sets
from script_engine.disguise import unmask
from script_engine.likeness import AT_LEAST, likeness
from script_engine.policy import Policy, check_text
from script_engine.text import fold


def test_sets_left_out_are_judged_well_by_the_model_alone() -> None:
    names = [name for name in sets() if "strangers" in name or name == "policy_blind"]
    scores = [left_out(name) for name in names]
    assert mean(f1 for f1, _ in scores) >= 0.7
    assert mean(alarms for _, alarms in scores) <= 0.02


def test_the_shipped_model_is_the_one_that_the_lines_give() -> None:
    lines = [line for each in sets().values() for line in each]
    texts = [text for text, _ in lines[::7]]
    shipped = np.array([likeness(unmask(fold(text)).text) for text in texts])
    # "python -m benchmarks.likeness" writes it anew when lines are added
    assert np.abs(Trained(lines).judge(texts) - shipped).max() < 0.03


def test_what_rooms_say_stays_sayable(policies: tuple[Policy, ...]) -> None:
    lines = ROOM_LINES.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if likeness(unmask(fold(line)).text) >= AT_LEAST]


@pytest.mark.parametrize(("language", "word"), [("zh", "法律"), ("en", "law")])
def test_a_finding_names_the_worst_clause_and_why(
    language: str, word: str, policies: tuple[Policy, ...]
) -> None:
    law = [policy for policy in policies if policy.kind == "law"]
    bare = [Policy(law[0].name, law[0].title, (), ())]
    text = "姐妹们晚上好，这支膏药一贴病就断根，链接在下面"
    (violation,) = check_text(text, bare, language=language)  # type: ignore[arg-type]
    assert violation.rule == "law/likeness"
    assert violation.text == "这支膏药一贴病就断根"
    assert word in violation.reason
