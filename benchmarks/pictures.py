"""Milliseconds of each step of a picture, at each drawing level, and what is left of its time."""

from statistics import median

import numpy as np

from avatar.body.store import load_human
from avatar.motion.performer import Performer
from avatar.presenter import load_presenter
from benchmarks.figure import Figure, time_ms
from benchmarks.voice import LINES, speak_once
from core.frame import Card, Frame
from core.line import Cue
from core.utterance import SAMPLE_RATE_HZ, Utterance
from render.encoder import Encoder
from render.overlay import Overlay
from room.places import cache_dir
from room.settings import CONFIGS
from room.stage.camera import StageCamera

SIZE = (720, 1280)
FPS = 25
PICTURES = 75
"""Three seconds at each level, speaking and gesturing."""


def measure() -> list[Figure]:
    """Draw, overlay and encode a speaking presenter, one picture after the other."""
    human = load_human(
        load_presenter(CONFIGS / "presenters" / "lin.toml"), cache_dir() / "humans", _quiet
    )
    scene = CONFIGS / "scenes" / "soft-daylight.toml"
    camera = StageCamera(human, scene, *SIZE, cache_dir() / "light", _quiet)
    graphics = Overlay(*SIZE, "zh")
    graphics.set_card(Card("A", "玻尿酸精华", "¥199", "¥299", ("保湿", "30ml"), "", 1))
    utterance = speak_once(LINES[0])
    figures: list[Figure] = []
    for level, name in enumerate(camera.levels):
        performer = Performer(human.skeleton, fps=FPS, seed=1)
        figures += _measure_level(camera, graphics, performer, utterance, level, name)
    camera.close()
    return figures


def _measure_level(
    camera: StageCamera,
    graphics: Overlay,
    performer: Performer,
    utterance: Utterance,
    level: int,
    name: str,
) -> list[Figure]:
    encoder = Encoder(*SIZE, FPS)
    performer.begin(utterance, (Cue("gesture", "open_palm", 0),), 5)
    sound = np.zeros(SAMPLE_RATE_HZ // FPS, np.float32)
    steps: dict[str, list[float]] = {}

    def note(step: str, milliseconds: float) -> None:
        steps.setdefault(step, []).append(milliseconds)

    for n in range(PICTURES):
        if n % 25 == 0:
            note("caption", time_ms(lambda n=n: graphics.set_caption(f"第{n}句，到手价199元")))
        pose, picture = [], []
        note("motion", time_ms(lambda n=n, pose=pose: pose.append(performer.pose(n))))
        total = time_ms(
            lambda pose=pose, picture=picture: picture.append(
                camera.draw(pose[0], graphics.layers(), level)
            )
        )
        for step, milliseconds in camera.timings.items():
            note(step, milliseconds if level < 3 else milliseconds / 2)
        note("picture", total)
        frame = Frame(n, FPS, picture[0], sound)
        note("encode", time_ms(lambda frame=frame: encoder.encode(frame)))
    period = 1000 / FPS
    figures = []
    for step, samples in steps.items():
        if step not in ("picture", "caption"):
            share = median(samples) / period
            note_ = f"{share:.0%} of real time"
            figures.append(Figure(f"{name}: {step}", median(samples), "ms", note_))
    drawn = float(np.mean(steps["picture"])) + median(steps["motion"])
    encoded = median(steps["encode"])
    figures.append(
        Figure(f"{name}: drawing thread", period / drawn, "x real time", f"{drawn:.1f} ms")
    )
    figures.append(
        Figure(
            f"{name}: headroom", period / max(drawn, encoded), "x real time",
            "drawing and encoding run side by side",
        )
    )  # fmt: skip
    return figures


def _quiet(label: str, fraction: float) -> None:
    del label, fraction
