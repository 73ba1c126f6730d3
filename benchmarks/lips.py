"""Three ways to move a mouth, drawn on the same face and read off the pictures by mediapipe.

The room's own way (visemes with coarticulation and contacts) stands beside the two that peers use:
visemes one after the other, and a jaw that follows loudness. Everything is read off the drawn
pictures: nothing is taken from the weights that a method asked for, save where it says so.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from avatar.body.store import load_human
from avatar.motion.mouth import mouth_track
from avatar.motion.performer import Performer
from avatar.motion.phones import sounds_of
from avatar.motion.visemes import SHAPES
from avatar.presenter import load_presenter
from benchmarks.figure import Figure
from benchmarks.lip_watch import Seen, watch
from core.blendshapes import COUNT, INDEX
from core.language import Language
from core.line import Line
from core.motion import Pose
from core.utterance import SAMPLE_RATE_HZ, Utterance
from room.places import cache_dir
from room.settings import CONFIGS
from room.stage.camera import StageCamera
from speech.client import SpeechWorker

FPS = 25
SIZE = (576, 1024)
SENTENCES: dict[Language, tuple[str, ...]] = {
    "zh": (
        "姐妹们看过来，这瓶精华不贵，买一瓶送一瓶面膜。",
        "皮肤薄的朋友，早晚薄薄拍一层，不闷不黏。",
        "方便面不要配咖啡，非常不健康，我们要喝白粥。",
        "爸爸妈妈都放心，宝宝的被子很蓬松，摸起来特别软。",
        "鱼和牛肉都有货，不多不少，刚好五百克，发顺丰。",
    ),
    "en": (
        "Mum bought a big blue bag and paid by mobile before midnight.",
        "Five people have voted for the very soft velvet fabric.",
        "Please pop back tomorrow morning, we may bring more purple ones.",
        "The brown jumper is warm, made from pure baby alpaca and cotton.",
        "Do you prefer a wide or a narrow fit for your new blue shoes?",
    ),
}
OPEN, ROUND, SPREAD = "aɑæɐʌ", "uoʊɔwy", "iɪeɛ"
NEAR_S = 0.06
"""A contact is looked for this long before and after its phone."""

Track = Callable[[Utterance], Float64[np.ndarray, "pictures 52"]]


@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """One sentence as it was seen; time 0 is its first sample."""

    utterance: Utterance
    times_s: Float64[np.ndarray, " pictures"]
    driven: Float64[np.ndarray, " pictures"]
    # jaw less what mouthClose takes back
    seen: Seen


def measure() -> list[Figure]:
    """The table: a row for each method and language."""
    human = load_human(
        load_presenter(CONFIGS / "presenters" / "lin.toml"), cache_dir() / "humans", _quiet
    )
    scene = CONFIGS / "scenes" / "soft-daylight.toml"
    camera = StageCamera(human, scene, *SIZE, cache_dir() / "light", _quiet)
    still = Performer(human.skeleton, fps=FPS, seed=0).pose(0).rotations
    spoken = asyncio.run(_speak())
    wide = _wide_gap(camera, still)
    figures = []
    for method, track in METHODS.items():
        for language, utterances in spoken.items():
            watched = [_watch(camera, still, u, track(u)) for u in utterances]
            figures += [
                Figure(f"{language}, {method}: {name}", value, unit)
                for name, value, unit in summarise(watched, wide)
            ]
    camera.close()
    return figures


def summarise(watched: list[Watched], wide: float) -> Iterator[tuple[str, float, str]]:
    """What a viewer would notice of a method, over its sentences.

    Args:
        watched: the sentences.
        wide: gap of a mouth wide open, the measure of all others.
    """
    shut = float(np.nanpercentile(np.concatenate([w.seen.gap for w in watched]), 2))
    limit = shut + 0.12 * (wide - shut)
    touches = [t for w in watched for t in _contacts(w, "lips", limit)]
    yield "lips closed on b, p, m", 100 * float(np.mean([made for made, _ in touches])), "%"
    late = [abs(off_s) * 1000 for made, off_s in touches if made]
    yield "closure off its sound (median)", float(np.median(late)) if late else np.nan, "ms"
    bites = [made for w in watched for made, _ in _contacts(w, "teeth", limit + 0.06 * wide)]
    yield "lip at the teeth on f, v", 100 * float(np.mean(bites)), "%"
    yield "open vowels against shut sounds", _contrast(watched, wide), "of wide open"
    yield "width of rounded vowels", 100 * _rounding(watched), "% of spread ones"
    gap = np.concatenate([w.seen.gap for w in watched])
    driven = np.concatenate([w.driven for w in watched])
    known = np.isfinite(gap)
    yield "gap against driven jaw (r)", float(np.corrcoef(gap[known], driven[known])[0, 1]), ""
    yield "turns of the lips (a second)", float(np.mean([_turns(w, wide) for w in watched])), ""
    yield "jitter in silence", 1000 * float(np.nanmax([_jitter(w, wide) for w in watched])), "‰"
    yield "face found", 100 * float(np.mean(known)), "%"


def coarticulated(utterance: Utterance) -> Float64[np.ndarray, "pictures 52"]:
    """The room's own: dominance, contacts, loudness."""
    track = mouth_track(utterance, FPS)
    return np.stack([track.at(n) for n in range(_pictures(utterance))]).astype(float)


def one_after_the_other(utterance: Utterance) -> Float64[np.ndarray, "pictures 52"]:
    """Each phone's viseme while it lasts, eased over two pictures: no sound minds its neighbour."""
    out = np.zeros((_pictures(utterance), COUNT))
    for n in range(len(out)):
        phone = next((p for p in utterance.phones if p.start_s <= n / FPS < p.end_s), None)
        sounds = sounds_of(phone.symbol) if phone else ()
        if phone and sounds:
            into = (n / FPS - phone.start_s) / max(phone.end_s - phone.start_s, 1e-6)
            sound = sounds[min(int(into * len(sounds)), len(sounds) - 1)]
            out[n] = np.einsum("v,avw->w", sound.mixture, SHAPES)
    eased: np.ndarray = (out + np.vstack([out[:1], out[:-1]])) / 2
    return eased


def loudness_jaw(utterance: Utterance) -> Float64[np.ndarray, "pictures 52"]:
    """The jaw opens with the sound's level, and nothing else moves."""
    size = SAMPLE_RATE_HZ // FPS
    count = _pictures(utterance)
    padded = np.zeros(count * size)
    padded[: len(utterance.samples)] = utterance.samples[: count * size]
    level = np.sqrt((padded.reshape(count, size) ** 2).mean(1))
    out = np.zeros((count, COUNT))
    out[:, INDEX["jawOpen"]] = 0.42 * np.clip(level / np.percentile(level, 90), 0, 1)
    return out


METHODS: dict[str, Track] = {
    "coarticulated": coarticulated,
    "one after the other": one_after_the_other,
    "jaw by loudness": loudness_jaw,
}


def _pictures(utterance: Utterance) -> int:
    return int(np.ceil((utterance.duration_s + 0.3) * FPS))


def _watch(
    camera: StageCamera, still: np.ndarray, utterance: Utterance, weights: np.ndarray
) -> Watched:
    seen = watch(camera.snapshot(Pose(row.astype(np.float32), still)) for row in weights)
    driven = weights[:, INDEX["jawOpen"]] - weights[:, INDEX["mouthClose"]]
    return Watched(utterance, np.arange(len(weights)) / FPS, driven, seen)


def _wide_gap(camera: StageCamera, still: np.ndarray) -> float:
    """The gap of a jaw as open as it gets in speech."""
    weights = np.zeros(COUNT, np.float32)
    weights[INDEX["jawOpen"]] = 0.42
    picture = camera.snapshot(Pose(weights, still))
    return float(np.nanmax(watch([picture] * 3).gap))


def _contacts(watched: Watched, kind: str, limit: float) -> Iterator[tuple[bool, float]]:
    """For each sound that needs a contact: whether it was seen, and how far off its middle."""
    for phone in watched.utterance.phones:
        if not any(sound.contact == kind for sound in sounds_of(phone.symbol)):
            continue
        near = (watched.times_s >= phone.start_s - NEAR_S) & (
            watched.times_s <= phone.end_s + NEAR_S
        )
        gaps = watched.seen.gap[near]
        if not np.isfinite(gaps).any():
            yield False, np.nan
            continue
        least = np.nanmin(gaps)
        # the middle of the pictures that are about as shut as the most shut one
        flat = watched.times_s[near][gaps <= least + 0.15 * limit]
        yield bool(least <= limit), float(flat.mean() - (phone.start_s + phone.end_s) / 2)


def _contrast(watched: list[Watched], wide: float) -> float:
    """How much wider open vowels are than everything that is not open."""
    open_, other = [], []
    for w in watched:
        for phone in w.utterance.phones:
            inside = (w.times_s >= phone.start_s) & (w.times_s < phone.end_s)
            if phone.symbol and inside.any():
                group = open_ if set(OPEN) & set(phone.symbol) else other
                group.append(float(np.nanmax(w.seen.gap[inside])))
    return float((np.nanmedian(open_) - np.nanmedian(other)) / wide)


def _rounding(watched: list[Watched]) -> float:
    """Width of the mouth in rounded vowels, as a share of that in spread ones."""
    widths: dict[bool, list[float]] = {True: [], False: []}
    for w in watched:
        for phone in w.utterance.phones:
            inside = (w.times_s >= phone.start_s) & (w.times_s < phone.end_s)
            first = phone.symbol[:1]
            if first and first in ROUND + SPREAD and inside.any():
                widths[first in ROUND].append(float(np.nanmean(w.seen.width[inside])))
    return float(np.median(widths[True]) / np.median(widths[False]))


def _turns(watched: Watched, wide: float) -> float:
    """How often in a second the lips turn from opening to closing or back, small moves aside."""
    gap = watched.seen.gap[np.isfinite(watched.seen.gap)]
    last, direction, turns = gap[0], 0, 0
    for value in gap:
        if abs(value - last) < 0.06 * wide:
            continue
        towards = 1 if value > last else -1
        turns += direction not in (0, towards)
        direction, last = towards, value
    return turns / watched.utterance.duration_s


def _jitter(watched: Watched, wide: float) -> float:
    """Mean change from picture to picture after the last sound, as a share of wide open."""
    over = watched.times_s > watched.utterance.phones[-1].end_s + 0.04
    quiet = watched.seen.gap[over]
    return float(np.nanmean(np.abs(np.diff(quiet)))) / wide if len(quiet) > 2 else np.nan


async def _speak() -> dict[Language, list[Utterance]]:
    worker = SpeechWorker()
    await worker.start()
    try:
        return {
            language: [
                await worker.speak(Line(f"{language}-{n}", text, language, "pitch", ()))
                for n, text in enumerate(texts)
            ]
            for language, texts in SENTENCES.items()
        }
    finally:
        await worker.stop()


def _quiet(label: str, fraction: float) -> None:
    del label, fraction
