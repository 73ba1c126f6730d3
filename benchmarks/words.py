"""How well lines are judged: the policy packs' F1 and the claim gate's leaks, and what it costs."""

import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure
from core.clock import SystemClock
from knowledge.shop import load_shop
from room.settings import CONFIGS, DEFAULT_SHOP
from script_engine.gate import Gate
from script_engine.policy import Policy, check_text, load_policies
from script_engine.text import detect_language

DATA = Path(__file__).parents[1] / "tests" / "script_engine" / "data"
LABELLED = ("policy_tune.toml", "policy_held_out.toml", "policy_blind.toml")
SHOPS = {"cycle": DATA / "cycle-shop", "garden": DATA / "garden-shop",
         "second": DATA / "mountain-shop", "demo": DEFAULT_SHOP}  # fmt: skip
CLAIMS = ("red_team.toml", "red_team_held_out.toml", "red_team_trades.toml")


def measure() -> list[Figure]:
    """Every labelled line of the project once."""
    policies = load_policies((), CONFIGS / "policies")
    return [*_rules(policies), *_claims(policies)]


def _rules(policies: tuple[Policy, ...]) -> Iterator[Figure]:
    for name in LABELLED:
        groups = tomllib.loads((DATA / name).read_text(encoding="utf-8"))["group"]
        broken = [text for group in groups for text in group["broken"]]
        fine = [text for group in groups for text in group["fine"]]
        hits = sum(bool(check_text(text, policies)) for text in broken)
        alarms = sum(bool(check_text(text, policies)) for text in fine)
        f1 = 2 * hits / (hits + len(broken) + alarms)
        what = name.removesuffix(".toml").replace("_", " ")
        lines = f"{len(broken) + len(fine)} lines, all of them seen when the packs were mended"
        yield Figure(f"{what}: F1", f1, "", lines)
        yield Figure(f"{what}: false alarms", 100 * alarms / len(fine), "%")


def _claims(policies: tuple[Policy, ...]) -> Iterator[Figure]:
    clock = SystemClock()
    when = clock.wall()
    gates = {name: Gate(load_shop(path, clock), policies) for name, path in SHOPS.items()}
    checked, spent_s = 0, 0.0
    for name in CLAIMS:
        groups = tomllib.loads((DATA / name).read_text(encoding="utf-8"))["group"]
        passed: dict[str, list[bool]] = {"true": [], "false": []}
        for group in (each for each in groups if each["shop"] in gates):
            for truth, texts in passed.items():
                for text in group[truth]:
                    started = time.process_time()
                    verdict = gates[group["shop"]].check(
                        text, detect_language(text), group["product"], when
                    )
                    spent_s += time.process_time() - started
                    checked += 1
                    texts.append(verdict.ok)
        what = name.removesuffix(".toml").replace("_", " ")
        for truth, ok in (("false", True), ("true", False)):
            share = 100 * passed[truth].count(ok) / len(passed[truth])
            told = "said" if ok else "kept back"
            yield Figure(f"{what}: {truth} lines {told}", share, "%", f"of {len(passed[truth])}")
    yield Figure("gate, CPU time a line", 1000 * spent_s / checked, "ms", f"{checked} lines")
