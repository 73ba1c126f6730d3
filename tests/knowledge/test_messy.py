"""Files of other shops as staff have them: what is known from them, and nothing else."""

from pathlib import Path

import pytest

from tests.knowledge.messy.case import Case, load_case, score_case
from tests.knowledge.messy.score import CASES

LEAST_RECALL = 0.9
LEAST_PRECISION = 0.95


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_messy_file_is_read_as_a_careful_person_reads_it(case: Case, tmp_path: Path) -> None:
    score = score_case(case, load_case(case, tmp_path))
    assert score.recall >= LEAST_RECALL, score.missing
    assert score.precision >= LEAST_PRECISION, score.wrong
    assert not [line for line in score.wrong if "NEVER" in line]
