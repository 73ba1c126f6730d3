"""What a viewer sees of the person in a recording, through mediapipe: lips, lids, stillness.

    python -m benchmarks.presence out.mp4 journal.jsonl --voice lin

Lines of the journal are said once more, found in the recording's sound phrase by phrase, and laid
over the gap between the lips. Nothing is taken from what the stage meant to draw but the jaw that
the phones ask for, against which the gap is correlated.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from jaxtyping import Bool, Float64

from avatar.motion.mouth import mouth_track
from avatar.motion.phones import sounds_of
from benchmarks.figure import Figure
from benchmarks.lip_watch import EYES, LOWER, UPPER, apart
from benchmarks.said_again import FPS, Span, Spoken, find_lines
from core.blendshapes import INDEX

LIDS = ((159, 145, 33, 133), (386, 374, 263, 362))
"""Upper and lower lid, outer and inner corner, of each eye."""
SHUT_SHARE = 0.55
"""An eye open less than this share of its median is shut."""
STILL = 0.35
"""Mean change of a grey level of 256 between pictures: below it nothing moved."""
NEAR_S = 0.06
"""A contact is looked for this long before and after its phone."""
LAGS_S = np.arange(-0.2, 0.2, 0.004)
SILENT_S = 0.5
"""Away from all speech by so much, the lips should rest."""


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One value a picture; NaN where no face was found. Lengths in eye distances."""

    times_s: Float64[np.ndarray, " pictures"]
    gap: Float64[np.ndarray, " pictures"]
    lids: Float64[np.ndarray, " pictures"]
    moved: Float64[np.ndarray, " pictures"]
    # change of the picture since the last one, in grey levels


def look(recording: Path) -> Face:
    """Every picture of the recording."""
    import mediapipe

    rows = []
    before: np.ndarray | None = None
    # the plain mesh: the one that attends to lips smooths over time and sees them close late
    mesh = mediapipe.solutions.face_mesh.FaceMesh(refine_landmarks=True)
    with mesh, av.open(str(recording)) as container:
        for frame in container.decode(video=0):
            picture = frame.to_ndarray(format="rgb24")
            grey = cv2.resize(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), (180, 320))
            person = grey[: int(0.75 * len(grey))].astype(np.float32)  # above the card and captions
            moved = np.inf if before is None else float(np.abs(person - before).mean())
            before = person
            found = mesh.process(picture).multi_face_landmarks
            at = float(frame.pts * frame.time_base) if frame.pts is not None else np.nan
            gap, lids = _measures(found[0].landmark, picture.shape) if found else (np.nan, np.nan)
            rows.append((at, gap, lids, moved))
    return Face(*np.array(rows).T)


def _measures(marks: Any, shape: tuple[int, ...]) -> tuple[float, float]:
    size = (shape[1], shape[0])
    eyes = apart(marks, *EYES, size)
    lids = [apart(marks, up, low, size) / apart(marks, a, b, size) for up, low, a, b in LIDS]
    return apart(marks, UPPER, LOWER, size) / eyes, float(np.mean(lids))


def measure(face: Face, spoken: Sequence[Spoken], said: Sequence[Span]) -> Iterator[Figure]:
    """All figures of one recording."""
    known = np.isfinite(face.gap)
    yield Figure("face found", 100 * float(known.mean()), "%", f"{len(known)} pictures")
    minutes = float(face.times_s[-1] - face.times_s[0]) / 60
    yield Figure("blinks", blinks(face) / minutes, "a minute")
    yield Figure("longest stretch without motion", longest_stillness_s(face) * 1000, "ms")
    note = f"{len(spoken)} lines found again"
    pairs = [(_driven(one), _seen(face, one)) for one in spoken]
    driven = np.concatenate([d[np.isfinite(s)] for d, s in pairs])
    seen = np.concatenate([s[np.isfinite(s)] for _, s in pairs])
    yield Figure("gap against driven jaw (r)", _alike(driven, seen), "", note)
    each = [_alike(d, s) for d, s in pairs if len(d) > 2 * FPS]
    yield Figure("the same, line by line (median)", float(np.median(each)), "", "of 2 s and more")
    shut, wide = np.nanpercentile(face.gap, 5), np.nanpercentile(face.gap, 99)
    touches = [t for one in spoken for t in contacts(face, one, shut + 0.15 * (wide - shut))]
    made = [off_s for closed, off_s in touches if closed]
    yield Figure("lips closed on b, p, m", 100 * len(made) / len(touches), "%", f"{len(touches)}")
    yield Figure("closure off its sound (median)", 1000 * float(np.median(np.abs(made))), "ms")
    offsets = [offset_s(face, one) * 1000 for one in spoken if one.ends_s - one.starts_s > 1.5]
    yield Figure(
        "sound against picture (median)", float(np.median(offsets)), "ms", "+: sound early"
    )
    quiet = silent(face, said)
    yield Figure("jitter in silence", 1000 * jitter(face, quiet) / (wide - shut), "‰ of wide open",
                 f"mean change of the gap between pictures, {quiet.sum()} pictures")  # fmt: skip


def _alike(driven: np.ndarray, seen: np.ndarray) -> float:
    return float(np.corrcoef(driven, seen)[0, 1])


def blinks(face: Face) -> int:
    """How often the lids shut, for half a second at most."""
    shut = face.lids < SHUT_SHARE * np.nanmedian(face.lids)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], shut, [False]]).astype(int)))
    lasting = face.times_s[np.minimum(edges[1::2], len(shut) - 1)] - face.times_s[edges[::2]]
    return int((lasting <= 0.5).sum())


def longest_stillness_s(face: Face) -> float:
    """The longest time in which the person's part of the picture hardly changed."""
    moving = face.times_s[face.moved > STILL]
    return float(np.diff(moving).max()) if len(moving) > 1 else np.inf


def contacts(face: Face, spoken: Spoken, limit: float) -> Iterator[tuple[bool, float]]:
    """For each b, p, m that was heard: whether the lips were seen shut, and how far off it."""
    for phone in spoken.utterance.phones:
        if not any(sound.contact == "lips" for sound in sounds_of(phone.symbol)):
            continue
        starts = spoken.heard_at(phone.start_s)
        ends = starts + phone.end_s - phone.start_s
        near = (face.times_s >= starts - NEAR_S) & (face.times_s <= ends + NEAR_S)
        if ends > spoken.ends_s or not np.isfinite(face.gap[near]).any():
            continue
        gaps = face.gap[near]
        least = np.nanmin(gaps)
        flat = face.times_s[near][gaps <= least + 0.15 * limit]
        yield bool(least <= limit), float(flat.mean() - (starts + ends) / 2)


def offset_s(face: Face, spoken: Spoken) -> float:
    """By how much the sound is earlier than the lips that fit it best."""
    grid = np.arange(spoken.starts_s, spoken.ends_s, 0.004)
    track = mouth_track(spoken.utterance, 250)
    wanted = np.array([_jaw(track.at(round(spoken.sounding(t) * 250))) for t in grid])
    known = np.isfinite(face.gap)
    scores = []
    for lag in LAGS_S:
        seen = np.interp(grid + lag, face.times_s[known], face.gap[known])
        scores.append(float(np.corrcoef(wanted, seen)[0, 1]))
    return float(LAGS_S[int(np.argmax(scores))])


def silent(face: Face, said: Sequence[Span]) -> Bool[np.ndarray, " pictures"]:
    """The pictures away from all speech."""
    quiet = np.ones(len(face.times_s), bool)
    for starts, ends in said:
        quiet &= (face.times_s < starts - SILENT_S) | (face.times_s > ends + SILENT_S)
    return quiet


def jitter(face: Face, quiet: Bool[np.ndarray, " pictures"]) -> float:
    """Mean change of the gap from picture to picture where nothing is said."""
    changes = np.abs(np.diff(face.gap))[quiet[1:] & quiet[:-1]]
    changes = changes[np.isfinite(changes)]
    return float(changes.mean()) if len(changes) else np.nan


def _driven(spoken: Spoken) -> Float64[np.ndarray, " pictures"]:
    """The jaw less what closes the lips over it, in each picture that showed the line."""
    track = mouth_track(spoken.utterance, FPS)
    jaw = [_jaw(weights) for weights in track.weights]
    at = [spoken.sounding(n / FPS) * FPS for n in range(*_pictures(spoken))]
    return np.interp(at, np.arange(len(jaw)) + track.first, jaw)


def _seen(face: Face, spoken: Spoken) -> Float64[np.ndarray, " pictures"]:
    first, last = _pictures(spoken)
    known = np.isfinite(face.gap)
    times = np.arange(first, last) / FPS
    return np.interp(times, face.times_s[known], face.gap[known])


def _pictures(spoken: Spoken) -> tuple[int, int]:
    return round(spoken.starts_s * FPS), max(round(spoken.ends_s * FPS), 1)


def _jaw(weights: np.ndarray) -> float:
    return float(weights[INDEX["jawOpen"]] - weights[INDEX["mouthClose"]])


def main() -> None:
    """Print the figures of a recording."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recording", type=Path)
    parser.add_argument("journal", type=Path)
    parser.add_argument("--voice", default="built-in", help="the presenter's")
    parser.add_argument("--lexicon", type=Path, help="the shop's own")
    arguments = parser.parse_args()
    spoken, said = find_lines(
        arguments.recording, arguments.journal, arguments.voice, arguments.lexicon
    )
    for figure in measure(look(arguments.recording), spoken, said):
        sys.stdout.write(f"{figure.name:36s} {figure.value:10.3f} {figure.unit:9s} {figure.note}\n")


if __name__ == "__main__":
    main()
