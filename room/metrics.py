"""The room's counters in the text format of Prometheus."""

from collections.abc import Mapping, Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from core.state import RoomState

LATENCY_BUCKETS_S = (0.5, 0.8, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0, 13.0)


def metrics_text(
    state: RoomState, timings_ms: Mapping[str, float], latencies_ms: Sequence[int]
) -> str:
    """One scrape."""
    registry = CollectorRegistry()
    Gauge("presenter_up_seconds", "Seconds since the room's start", registry=registry).set(
        state.seconds_since_start
    )
    statuses = Gauge("presenter_status", "1 for the room's status", ["status"], registry=registry)
    statuses.labels(state.status).set(1)
    for name, value in state.counters.items():
        if name.endswith("_ms"):
            Gauge(f"presenter_{name}", name.replace("_", " "), registry=registry).set(value)
        else:
            words = name.replace("_", " ")
            Counter(f"presenter_{name}", words, registry=registry).inc(value)
    stages = Gauge("presenter_picture_ms", "Last picture", ["step"], registry=registry)
    for step, milliseconds in timings_ms.items():
        stages.labels(step).set(milliseconds)
    live = Gauge("presenter_sink_live", "1 when a sink is live", ["sink"], registry=registry)
    for sink in state.sinks:
        live.labels(sink.url).set(sink.state == "live")
    answers = Histogram(
        "presenter_answer_seconds",
        "Comment to the first sample of its answer",
        buckets=LATENCY_BUCKETS_S,
        registry=registry,
    )
    for latency in latencies_ms:
        answers.observe(latency / 1000)
    return generate_latest(registry).decode()
