"""A presenter's whole motion: speech, face, eyes, head, hands, breath, for ever."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from jaxtyping import Float

from avatar.motion.blinks import LENGTH_S, Blinks
from avatar.motion.emotion import FRIENDLY, Emotions
from avatar.motion.face import compose_face
from avatar.motion.gaze import NOTICE_S, Gaze, Side, eye_turn
from avatar.motion.gestures import Gestures
from avatar.motion.idle import Idle, Noise
from avatar.motion.lips import Lips
from avatar.motion.mouth import mouth_track
from avatar.motion.nods import Nods
from avatar.motion.prosody import Accent, accents, time_of
from avatar.motion.rotations import products, quaternions
from avatar.motion.vocabulary import GESTURES
from core.line import Cue
from core.motion import BONE_INDEX, BONES, Pose, Skeleton
from core.utterance import Utterance

MAX_FACE_S: Final = 12.0
"""No weight below the eyes changes faster than this, in weights a second, cuts and all."""
MAX_LID_S: Final = 20.0
"""Nor one of the lids: a blink shuts in 85 ms."""
MAX_BONE_RAD_S: Final = 9.0
"""No joint turns faster against its parent, in radians a second."""
MAX_EYE_RAD_S: Final = 14.0
"""Nor an eye: saccades are that fast."""

_BLINK_AT_PHRASE: Final = 0.25
# share of the phrases that end in a blink: more would be above 25 a minute in fluent talk
_NECK_SHARE: Final = 0.42
# of the head's turn; the head itself takes the rest
_EYES: Final = np.array([BONE_INDEX["leftEye"], BONE_INDEX["rightEye"]])
_NECK, _HEAD = BONE_INDEX["neck"], BONE_INDEX["head"]


@dataclass(frozen=True, slots=True)
class _Spoken:
    """When an utterance is heard, in pictures."""

    start: int
    end: int


class Performer:
    """Moves one presenter: give it utterances and ask it for a pose a picture.

    Everything is a function of the seed and of what was asked for and when, so the same calls give
    the same poses. Times are pictures of the room: picture n shows n / fps of sent sound. What is
    asked for in the past happens at the next picture.

    The eyeballs follow the bones `leftEye` and `rightEye`; the eyeLook weights are for the lids and
    the skin around, and fit the same turn.
    """

    def __init__(self, skeleton: Skeleton, *, fps: int, seed: int) -> None:
        streams = np.random.default_rng(seed).spawn(7)
        self._fps = fps
        self._next = 0
        self._spoken: list[_Spoken] = []
        self._rng = streams[0]
        self._blinks = Blinks(streams[1])
        self._gaze = Gaze(streams[2], self._blinks)
        self._idle = Idle(streams[3])
        self._gestures = Gestures(skeleton, streams[4])
        self._head_noise = Noise(streams[5], 3, 0.38)
        self._face_noise = Noise(streams[6], 4, 0.3)
        self._emotions = Emotions()
        self._nods = Nods()
        self._lips = Lips(fps)

    def begin(self, utterance: Utterance, cues: Sequence[Cue], at_frame: int) -> None:
        """Perform an utterance whose first sample sounds at picture `at_frame`.

        Begun a quarter of a second ahead, the mouth prepares its first sound. An utterance that
        still sounds then ends there.
        """
        origin = max(at_frame, self._next)
        self._end(origin)
        length = int(np.ceil(utterance.duration_s * self._fps))
        until = self._spoken[-1].end if self._spoken else 0
        self._spoken.append(_Spoken(origin, origin + length))
        self._lips.follow(mouth_track(utterance, self._fps), origin, self._next, until)
        start_s = origin / self._fps
        found = accents(utterance)
        self._emotions.feel(FRIENDLY, start_s, within_s=0.8)
        busy = self._cue(utterance, cues, start_s)
        self._stress(found, start_s)
        self._speak_with_hands(utterance, found, busy, start_s)
        for phrase in utterance.phrases:
            if self._rng.random() < _BLINK_AT_PHRASE:
                self._blinks.ask(start_s + phrase.end_s - LENGTH_S / 3)
        end_s = start_s + utterance.duration_s
        self._emotions.feel(FRIENDLY, end_s + 0.8, within_s=1.2)

    def cut(self, at_frame: int) -> None:
        """All that was begun so far ends at picture `at_frame`: lips close, hands go home."""
        picture = max(at_frame, self._next)
        self._end(picture)
        time_s = picture / self._fps
        self._lips.close(picture)
        self._gestures.rest(time_s)
        self._emotions.feel(FRIENDLY, time_s + 0.3, within_s=0.9)

    def notice(self, side: Side, at_frame: int) -> None:
        """Eyes and head turn to a side at once and the face wakes; 1.5 s later they come back."""
        time_s = max(at_frame, self._next) / self._fps
        self._gaze.look(side, time_s, NOTICE_S, at_once=True)
        self._nods.raise_brows(time_s, 0.8)

    def pose(self, frame: int) -> Pose:
        """The pose in picture `frame`; pictures rise from call to call and may be skipped."""
        if frame < self._next:
            raise ValueError(f"picture {frame} was asked for after picture {self._next - 1}")
        self._next = frame + 1
        time_s = frame / self._fps
        turns = np.zeros((len(BONES), 3))
        self._idle.add(time_s, turns)
        self._gestures.add(time_s, turns)
        mood, held = self._emotions.at(time_s)
        nod, brow = self._nods.at(time_s)
        sight, head_gaze = self._gaze.at(time_s)
        noise = self._head_noise.at(time_s)
        head = np.array(
            [
                head_gaze[0] + held[1] + 0.016 * noise[0],
                head_gaze[1] + held[0] - nod + 0.012 * noise[1],
                held[2] - 0.10 * head_gaze[0] + 0.014 * noise[2],
            ]
        )  # yaw to the left, pitch up, roll to the left
        # turning about y goes to the left, about x goes down, about z rolls to the right
        turn = np.array([-head[1], head[0], -head[2]])
        turns[_NECK] += _NECK_SHARE * turn
        turns[_HEAD] += (1 - _NECK_SHARE) * turn
        eyes = eye_turn(sight, head[:2])
        turns[_EYES] = [-eyes[1], eyes[0], 0.0]
        weights = self._face(frame, mood, brow, eyes)
        rotations = products(self._gestures.home, quaternions(turns))
        return Pose(weights.astype(np.float32), rotations.astype(np.float32))

    def _face(
        self, frame: int, mood: Float[np.ndarray, " 52"], brow: float, eyes: Float[np.ndarray, " 2"]
    ) -> Float[np.ndarray, " 52"]:
        time_s = frame / self._fps
        return compose_face(
            mood,
            self._lips.at(frame),
            brow=brow,
            eyes=eyes,
            shut=self._blinks.at(time_s),
            noise=self._face_noise.at(time_s),
        )

    def _end(self, picture: int) -> None:
        """Nothing that was planned for speech begins from a picture on."""
        time_s = picture / self._fps
        self._spoken = [
            _Spoken(s.start, min(s.end, picture)) for s in self._spoken if s.start < picture
        ][-1:]
        for part in (self._gestures, self._emotions, self._nods, self._blinks, self._gaze):
            part.drop_from(time_s)

    def _cue(
        self, utterance: Utterance, cues: Sequence[Cue], start_s: float
    ) -> list[tuple[float, float]]:
        """Plan what the line asks for; returns when hands are busy with it."""
        busy: list[tuple[float, float]] = []
        for cue in sorted(cues, key=lambda cue: cue.at):
            time_s = start_s + time_of(utterance, cue.at)
            if cue.kind == "emotion":
                self._emotions.feel(cue.value, time_s)
            elif cue.kind == "gaze" and cue.value in ("viewers", "product", "comments"):
                side: Side = cue.value  # type: ignore[assignment]
                self._gaze.look(side, time_s, 1.2)
            elif cue.kind == "gesture" and cue.value in GESTURES:
                # the stroke lands on the word, so it starts before it
                time_s = max(time_s - 0.35, start_s)
                if busy and time_s < busy[-1][1]:
                    time_s = busy[-1][1]
                busy.append((time_s, self._gestures.play(cue.value, time_s)))
        return busy

    def _stress(self, found: Sequence[Accent], start_s: float) -> None:
        for accent in found:
            if self._rng.random() < 0.75:
                self._nods.nod(start_s + accent.time_s, accent.strength)
            if self._rng.random() < 0.5 * accent.strength:
                self._nods.raise_brows(start_s + accent.time_s - 0.12, accent.strength)

    def _speak_with_hands(
        self,
        utterance: Utterance,
        found: Sequence[Accent],
        busy: list[tuple[float, float]],
        start_s: float,
    ) -> None:
        """Beats on emphasis wherever no gesture was asked for; hands go home at the end."""
        end_s = start_s + utterance.duration_s
        free_s = start_s
        taken = sorted(busy)
        for accent in found:
            stroke_s = start_s + accent.time_s - 0.35
            later = [b for b in taken if b[1] > stroke_s]
            blocked = bool(later) and later[0][0] < stroke_s + 1.1
            if stroke_s < free_s or blocked or stroke_s > end_s - 0.6:
                continue
            if self._rng.random() < 0.5 + 0.5 * accent.strength:
                free_s = self._gestures.beat(stroke_s) + float(self._rng.uniform(0.1, 0.7))
                busy.append((stroke_s, free_s))
        spans = sorted(busy)
        if not spans or spans[0][0] > start_s + 0.5:
            (self._gestures.ready if found else self._gestures.rest)(start_s)
        for (_, over_s), (following_s, _) in pairwise(spans):
            if following_s - over_s > 0.4:
                self._gestures.ready(over_s)
        self._gestures.rest(max([end_s - 0.2, *(over_s for _, over_s in spans)]))
