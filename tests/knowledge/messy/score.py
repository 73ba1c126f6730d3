"""Prints how the messy files are read: `python -m tests.knowledge.messy.score [PART OF A NAME]`."""

import sys
import tempfile
from pathlib import Path

from tests.knowledge.messy import exports, manuals, second, texts
from tests.knowledge.messy.case import Score, load_case, score_case

FIRST = (*exports.CASES, *texts.CASES, *manuals.CASES)
CASES = (*FIRST, *second.CASES)


def main(part: str) -> None:
    total = Score()
    for case in CASES:
        if part not in case.name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            shop = load_case(case, Path(folder))
            score = score_case(case, shop)
            total.add(score)
            print(f"{case.name}: recall {score.recall:.3f}, precision {score.precision:.3f}")
            if part:
                print(*shop.report.lines(), sep="\n")
    print(*(f"missing {line}" for line in total.missing), sep="\n")
    print(*(f"wrong {line}" for line in total.wrong), sep="\n")
    print(f"recall {total.found}/{total.wanted} = {total.recall:.3f}", end=", ")
    print(f"precision {total.right}/{total.produced} = {total.precision:.3f}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
