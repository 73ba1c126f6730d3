"""Any synthesiser as a voice: phrase by phrase, with phones, pauses, loudness and a cache."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.errors import ProviderError
from core.language import Language
from core.utterance import Utterance
from speech.engines.assembly import assemble, joined, lifted, trimmed
from speech.engines.cache import SoundCache
from speech.engines.guide import Guide
from speech.engines.voice import REHEARSAL, Sound, Synthesiser
from speech.messages import Speak
from speech.prosody import manner_of
from speech.speaker import DEFAULT_RATES
from speech.text.clauses import Clause, split_clauses
from speech.text.pieces import Piece
from speech.text.reader import Reader

_SPEED_STEP = 0.05
_SLOWEST, _FASTEST = 0.5, 2.0
_STEPS_AN_OCTAVE = 48
_PITCH_SHARE = 0.25
# of what an emotion does to the pitch of the built-in voice: a recording's voice bears less
_UNSPOKEN = re.compile(r"[^\w\s.,!?;:'’\-，。！？；：、…~～%&+/]")


@dataclass(frozen=True, slots=True)
class Words:
    """A phrase in words, and where in the line each letter of it comes from."""

    text: str
    language: Language
    pieces: tuple[Piece, ...]

    def place(self, offset: int) -> int:
        """The offset in the line of an offset in `text`."""
        at = 0
        for piece in self.pieces:
            if offset <= at + len(piece.spoken):
                inside = offset - at
                if piece.literal:
                    return piece.start + inside
                return piece.start if inside == 0 else piece.end
            at += len(piece.spoken)
        return self.pieces[-1].end


class PhraseVoice:
    """Speaks a line's phrases one by one, each an utterance part of its own.

    The built-in voice, in a process of its own, says the same line: it gives the pauses, the words
    and, for a synthesiser without timing, the phones.
    """

    def __init__(
        self,
        name: str,
        synthesiser: Synthesiser,
        reader: Reader,
        guide: Guide,
        cache: SoundCache | None,
        speed: float = 1.0,
    ) -> None:
        self.name, self._speed = name, speed
        self._synthesiser, self._reader = synthesiser, reader
        self._guide, self._cache = guide, cache
        self._paces: dict[Language, float] = {}

    @property
    def languages(self) -> tuple[Language, ...]:
        return self._synthesiser.languages

    @property
    def device(self) -> str:
        return self._synthesiser.device

    def rehearse(self) -> float:
        seconds = 0.0
        for language in self.languages[:2]:
            sound = self._make(REHEARSAL[language], language, self._speed)
            seconds += len(sound.samples) / sound.rate_hz
            self._guide.speak(Speak(0, "rehearsal", REHEARSAL[language], language))
        return seconds

    def speak(self, request: Speak) -> Iterator[Utterance]:
        clauses = split_clauses(request.text)
        if not clauses:
            raise ProviderError(f"line {request.line_id}: nothing to say", retryable=False)
        guide = self._guide.speak(request)
        for number, clause in enumerate(clauses):
            if clause.start < request.start:
                continue
            words = self._words(request, clause)
            manner = manner_of(clause, request.marks)
            lift = 2 ** (_PITCH_SHARE * manner.pitch / _STEPS_AN_OCTAVE)
            speed = self._speed_of(request, words.language, manner.pace / lift)
            sound = lifted(self._sound(words, speed), lift)
            rest = clauses[number + 1] if number + 1 < len(clauses) else None
            yield assemble(request, self.name, guide, clause, rest, words.place, sound)

    def close(self) -> None:
        self._guide.close()
        self._synthesiser.close()

    def _words(self, request: Speak, clause: Clause) -> Words:
        pieces = self._reader.read(request.text, clause.start, clause.end, request.language)
        language = pieces[0].language
        if language not in self.languages:
            raise ProviderError(
                f"the voice {self.name} speaks {', '.join(self.languages)}, not {language}",
                retryable=False,
            )
        spoken = "".join(piece.spoken for piece in pieces)
        return Words(_UNSPOKEN.sub(" ", spoken), language, pieces)

    def _sound(self, words: Words, speed: float) -> Sound:
        text = words.text.strip()
        key = f"{self._synthesiser.fingerprint}\n{words.language} {speed:.2f}\n{text}"
        sound = self._cache.get(key) if self._cache else None
        if sound is None:
            sound = self._make(text, words.language, speed)
            if self._cache:
                self._cache.put(key, sound)
        return sound

    def _make(self, text: str, language: Language, speed: float) -> Sound:
        sound = joined(list(self._synthesiser.say(text, language, speed)))
        if not len(sound.samples) or not np.isfinite(sound.samples).all():
            raise ProviderError(f"the voice {self.name} made no sound", retryable=True)
        return sound

    def _speed_of(self, request: Speak, language: Language, pace: float) -> float:
        """The engine's speed for the pace that is asked for, in steps, so that the cache is met."""
        speed = self._speed * pace
        if request.rate_per_min is not None:
            speed *= request.rate_per_min / self._pace(language)
        return min(max(round(speed / _SPEED_STEP) * _SPEED_STEP, _SLOWEST), _FASTEST)

    def _pace(self, language: Language) -> float:
        """Characters or words a minute of the engine's own, measured once against the guide."""
        if language not in self._paces:
            request = Speak(0, "pace", REHEARSAL[language], language)
            guide = self._guide.speak(request)
            ours = guides = 0.0
            for clause, phrase in zip(split_clauses(request.text), guide.phrases, strict=True):
                sound = trimmed(self._sound(self._words(request, clause), self._speed))
                ours += len(sound.samples) / sound.rate_hz
                guides += phrase.end_s - phrase.start_s
            self._paces[language] = DEFAULT_RATES[language] * guides / max(ours, 0.1)
        return self._paces[language]
