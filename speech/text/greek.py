"""Greek letters in ingredient names."""

import re
from collections.abc import Mapping
from typing import Final

from speech.text.pieces import Rule, rule

GREEK_ENGLISH: Final = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "π": "pie", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "χ": "kai",
    "ψ": "psi", "ω": "omega", "Δ": "delta", "Σ": "sigma", "Φ": "phi", "Ω": "omega",
}  # fmt: skip
GREEK_CHINESE: Final = {
    "α": "阿尔法", "β": "贝塔", "γ": "伽马", "δ": "德尔塔", "ε": "艾普西龙", "ζ": "泽塔",
    "η": "伊塔", "θ": "西塔", "ι": "约塔", "κ": "卡帕", "λ": "兰姆达", "μ": "缪", "ν": "纽",
    "ξ": "克西", "π": "派", "ρ": "柔", "σ": "西格玛", "τ": "陶", "φ": "斐", "χ": "凯",
    "ψ": "普西", "ω": "欧米伽", "Δ": "德尔塔", "Σ": "西格玛", "Φ": "斐", "Ω": "欧米伽",
}  # fmt: skip


def greek_rule(names: Mapping[str, str]) -> Rule:
    """α-arbutin is alpha arbutin."""
    letters = "".join(names)

    def named(match: re.Match[str]) -> str:
        return names[match[1]] + (" " if match.group().endswith("-") else "")

    return rule(rf"(?<![\d{letters}])([{letters}])(?:-(?=\w))?(?![{letters}])", named)
