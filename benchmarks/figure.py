"""One measured number."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts."""

    name: str
    value: float
    unit: str
    note: str = ""


def time_ms(work: Callable[[], object]) -> float:
    """Wall time of one call, in milliseconds."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def spread(name: str, samples_ms: Sequence[float]) -> list[Figure]:
    """Median and 95th percentile."""
    p95 = quantiles(samples_ms, n=20)[-1] if len(samples_ms) > 1 else samples_ms[0]
    return [
        Figure(f"{name} (median)", median(samples_ms), "ms"),
        Figure(f"{name} (p95)", p95, "ms"),
    ]
