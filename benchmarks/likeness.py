"""How well the model of lines that break the law does on lines it has not seen.

    python -m benchmarks.likeness       trains it on all labelled lines and writes it

`presenter bench likeness` leaves one set of labelled lines out at a time, trains on the others and
judges the one left out, with the model alone: the packs' rules were mended with all of them.
"""

import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.figure import Figure
from script_engine.disguise import unmask
from script_engine.likeness import AT_LEAST, BITS, FILE, features
from script_engine.text import fold

DATA: Final = Path(__file__).parents[1] / "tests" / "script_engine" / "data"
ROOM_LINES: Final = DATA / "room_lines.txt"
"""Lines that rooms said, what viewers asked and small talk: none of them wrong."""
_HARMLESS_COUNTS: Final = 2.0
_ROOM_COUNTS: Final = 0.4
_STRENGTH: Final = 50.0

Labelled = tuple[str, bool]


def sets() -> dict[str, list[Labelled]]:
    """Every set of labelled lines: text, and whether it breaks a rule."""
    return {path.stem: _read(path) for path in sorted(DATA.glob("policy_*.toml"))}


def _read(path: Path) -> list[Labelled]:
    groups = tomllib.loads(path.read_text(encoding="utf-8"))["group"]
    return [
        (text, broken)
        for group in groups
        for broken, key in ((True, "broken"), (False, "fine"))
        for text in group[key]
    ]


def harmless() -> list[str]:
    """True lines of the gate's sets, and what rooms said."""
    lines = ROOM_LINES.read_text(encoding="utf-8").splitlines()
    for path in sorted((*DATA.glob("gate*.toml"), *DATA.glob("red_team*.toml"))):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        for group in (*raw.get("group", ()), *raw.get("true", ())):
            lines += group.get("true", group.get("lines", ()))
    return lines


class Trained:
    """A model trained on some lines."""

    def __init__(self, lines: Sequence[Labelled]) -> None:
        calm = harmless()
        texts = [*(text for text, _ in lines), *calm]
        labels = np.array([*(broken for _, broken in lines), *([False] * len(calm))])
        counts = np.where(labels, 1.0, _HARMLESS_COUNTS)
        counts[len(lines) :] = _ROOM_COUNTS
        model = LogisticRegression(C=_STRENGTH, max_iter=4000)
        model.fit(_matrix(texts), labels, sample_weight=counts)
        self.weights = np.asarray(model.coef_[0], np.float32)
        self.bias = float(model.intercept_[0])

    def judge(self, texts: Sequence[str]) -> np.ndarray:
        """Probabilities that lines break the law."""
        scores = _matrix(texts) @ self.weights + self.bias
        return np.asarray(1 / (1 + np.exp(-scores)))


def _matrix(texts: Sequence[str]) -> csr_matrix:
    rows, slots, values = [], [], []
    for row, text in enumerate(texts):
        for slot, value in features(unmask(fold(text)).text).items():
            rows.append(row)
            slots.append(slot)
            values.append(value)
    return csr_matrix((values, (rows, slots)), shape=(len(texts), 1 << BITS))


def left_out(name: str) -> tuple[float, float]:
    """F1 and the share of false alarms on one set, by a model trained on the others."""
    known = sets()
    tested = known.pop(name)
    trained = Trained([line for lines in known.values() for line in lines])
    found = trained.judge([text for text, _ in tested]) >= AT_LEAST
    broken = np.array([wrong for _, wrong in tested])
    hits, alarms = int((found & broken).sum()), int((found & ~broken).sum())
    return 2 * hits / (hits + alarms + int(broken.sum())), alarms / int((~broken).sum())


def measure() -> list[Figure]:
    """Each set left out once."""
    figures = []
    for name in sets():
        f1, alarms = left_out(name)
        what = name.replace("_", " ")
        figures.append(Figure(f"{what}, left out: F1 of the model alone", f1, ""))
        figures.append(Figure(f"{what}, left out: false alarms", 100 * alarms, "%"))
    return figures


def write(path: Path = FILE) -> int:
    """Train on everything and write the weights that matter; returns how many."""
    trained = Trained([line for lines in sets().values() for line in lines])
    slots = np.flatnonzero(np.abs(trained.weights) > 1e-3).astype(np.int32)
    weights = trained.weights[slots].astype(np.float16)
    np.savez_compressed(path, slots=slots, weights=weights, bias=np.float32(trained.bias))
    return len(slots)


if __name__ == "__main__":
    sys.stdout.write(f"{write()} weights written to {FILE}\n")
