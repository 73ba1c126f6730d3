"""How exactly the times of phones are found in sounds that come without: known ones are hidden."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from benchmarks.figure import Figure
from benchmarks.taught import taught_sounds
from core.utterance import SAMPLE_RATE_HZ
from speech.engines.assembly import trimmed
from speech.engines.flite import Flite
from speech.engines.voice import Sound, SoundPhone
from speech.engines.warp import match_phones, warp_by_sound
from speech.speaker import Speaker
from speech.text.lexicon import load_lexicon

LINES = (
    "The handle stays cool while the water boils.",
    "You can wash it at thirty degrees with similar colours.",
    "Our kitchen knife is forged from one piece of steel.",
    "The battery lasts about eleven hours on a single charge.",
    "Nobody has to iron this fabric after a long flight.",
)
SPREAD = 0.25
"""Phones of the taught model are up to so much longer or shorter than flite's."""


def measure() -> list[Figure]:
    """Against flite's own segments (three speakers), and against durations imposed on a VITS."""
    with tempfile.TemporaryDirectory() as folder:
        guide = Speaker(load_lexicon(), Path(folder))
        found: list[Figure] = []
        for speaker in ("slt", "rms", "awb"):
            engine = Flite(speaker)
            sounds = [next(iter(engine.say(line, "en", 1.0))) for line in LINES]
            found += _figures(
                f"flite {speaker}", boundary_errors_ms(guide, zip(LINES, sounds, strict=True))
            )
        taught = zip(LINES, taught_sounds(LINES, SPREAD), strict=True)
        return found + _figures("VITS, imposed durations", boundary_errors_ms(guide, taught))


def boundary_errors_ms(guide: Speaker, spoken: Iterable[tuple[str, Sound]]) -> list[float]:
    """How far from its known beginning each phone is found, in milliseconds."""
    errors: list[float] = []
    for text, sound in spoken:
        said = guide.speak("bench", text, "en", "built-in", None)
        start, end = said.phrases[0].start_s, said.phrases[-1].end_s
        first, last = round(start * SAMPLE_RATE_HZ), round(end * SAMPLE_RATE_HZ)
        known = trimmed(sound)
        warp = warp_by_sound(said.samples[first:last], SAMPLE_RATE_HZ, known.samples, known.rate_hz)
        ours = [
            SoundPhone(p.symbol, p.start_s - start, p.end_s - start)
            for p in said.phones
            if p.symbol
        ]
        own = [phone for phone in known.phones if phone.symbol]
        errors += [
            1000 * abs(warp(ours[i].start_s) - own[j].start_s)
            for i, j in match_phones([p.symbol for p in ours], [p.symbol for p in own])
        ]
    return errors


def _figures(name: str, errors_ms: list[float]) -> list[Figure]:
    note = f"{len(errors_ms)} boundaries; 90 % within {np.percentile(errors_ms, 90):.0f} ms"
    return [Figure(f"phone boundaries, {name} (median)", float(np.median(errors_ms)), "ms", note)]
