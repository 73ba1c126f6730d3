"""The built-in voice: a line of text -> an utterance."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.errors import ProviderError
from core.language import Language
from core.utterance import SAMPLE_RATE_HZ, Phone, Phrase, Utterance, Word
from speech.delivery import PITCH, is_emphasised, marked_up, parted
from speech.espeak import RATE_HZ, Espeak
from speech.mastering import master
from speech.prosody import EMPHASIS_PACE, EMPHASIS_PAUSE_S, Delivery, Mark, plan
from speech.text.clauses import Clause, split_clauses, spoken_length_s
from speech.text.lexicon import Lexicon
from speech.text.pinyin import Pinyin
from speech.text.reader import Reader, load_normaliser
from speech.text.tokens import Pronunciation, Run, make_runs
from speech.timeline import Timeline, WordSpan, at_48k
from speech.voices import BUILT_IN, LIBRARY_VOICES, VOICES, write_voice_files

DEFAULT_RATES: Final[Mapping[Language, float]] = {
    "zh": 270.0, "en": 165.0, "yue": 250.0, "ja": 400.0, "ko": 330.0, "de": 150.0, "fr": 170.0,
    "es": 170.0,
}  # fmt: skip
"""Characters (zh, yue, ja, ko) or words a minute, pauses included: a lively seller."""

_ENGINE_RATES: Final[Mapping[Language, float]] = {
    "zh": 0.87, "en": 0.94, "yue": 0.75, "ja": 0.45, "ko": 0.55,
}  # fmt: skip
"""The engine's words a minute for each of ours, measured over the lines of a pitch."""

MAX_LINE_S: Final = 120.0
"""Longer lines are refused: nobody should be unable to interrupt for so long."""

_ENGINE_MIN, _ENGINE_MAX = 80, 450
_MIN_RATE_SHARE, _MAX_RATE_SHARE = 0.5, 1.8

_SWITCH_PAUSE_S: Final = 0.025
_BREAK_PAUSE_S: Final = 0.12
_GAINS: Final[Mapping[Language, float]] = {"zh": 0.8, "en": 1.0}
"""Both languages equally loud before mastering."""

_KEPT_WITHIN: Final = 0.02
"""A line whose length is further than this from what its pace asks for is made once more."""
_SHORTEST_KEPT: Final = 6.0
"""Units of pace; the length of shorter lines says nothing about their pace."""
_EMPHASIS_KEPT: Final = (1 + EMPHASIS_PACE) / 2
"""Half of what emphasis takes makes the line longer, half is taken from the rest of it."""
_CORRECTION: Final = (0.82, 1.22)
_MEAN_LETTERS: Final = {"en": 4.4, "de": 5.5, "fr": 4.7, "es": 4.7}
_LEAST_WORD: Final = 0.45
"""The share of a mean word that the shortest takes."""


class Speaker:
    """Speaks lines with espeak-ng. Belongs to one thread of one process.

    Raises:
        ProviderError: espeak-ng or the text normaliser is missing.
    """

    def __init__(self, lexicon: Lexicon, folder: Path) -> None:
        """`folder` is where the descriptions of the voices are written."""
        self._engine = Espeak()
        self._reader = Reader(lexicon, load_normaliser())
        self._pronunciation = Pronunciation(
            Pinyin(lexicon.zh.readings).read, lexicon.en.readings, lexicon.said_as_words
        )
        self._using: tuple[str, Language] | None = None
        self._files = {voice: write_voice_files(folder, voice) for voice in VOICES}

    def warm_up(self) -> None:
        """Speak a line of each language with words of ours, so that the first real one is quick."""
        self.speak("warm-up", "今天只要¥9.90，Hello。", "zh", BUILT_IN, None)
        self.speak("warm-up", "Only $9.90 today.", "en", BUILT_IN, None)

    def speak(
        self,
        line_id: str,
        text: str,
        language: Language,
        voice: str,
        rate_per_min: float | None,
        marks: Sequence[Mark] = (),
    ) -> Utterance:
        """The sound of a line, with the time of each phone, word and phrase.

        Args:
            rate_per_min: characters or words a minute, None for the default.
            marks: emotions and what is to stand out, besides the prices that it finds itself.

        Raises:
            ProviderError: nothing to say, too much, or no such voice (not retryable); or the
                engine failed.
        """
        if voice not in VOICES:
            raise ProviderError(
                f"no voice {voice!r}; there are: {', '.join(VOICES)}", retryable=False
            )
        if spoken_length_s(text) > MAX_LINE_S:
            raise ProviderError(
                f"line {line_id}: {len(text)} characters are more than {MAX_LINE_S:.0f} s of"
                " speech; split it into several lines",
                retryable=False,
            )
        clauses = split_clauses(text)
        if not clauses:
            raise ProviderError(f"line {line_id}: nothing to say", retryable=False)
        share = 1.0 if rate_per_min is None else rate_per_min / DEFAULT_RATES[language]
        share = min(max(share, _MIN_RATE_SHARE), _MAX_RATE_SHARE)
        phrases = [
            _Phrase(
                clause,
                delivery,
                tuple(
                    part
                    for run in self._runs(text, clause, language)
                    for part in parted(run, delivery)
                ),
            )
            for clause, delivery in zip(clauses, plan(text, clauses, marks), strict=True)
        ]
        take = self._take(phrases, voice, share, 1.0)
        correction = _correction(phrases, take, share)
        if correction != 1.0:
            take = self._take(phrases, voice, share, correction)
        if not take.timeline.words:
            raise ProviderError(f"line {line_id}: nothing to say", retryable=False)
        return _utterance(line_id, text, language, voice, take)

    def count(self, text: str, language: Language) -> Counter[Language]:
        """The characters and words that a line is spoken as, by language."""
        counts: Counter[Language] = Counter()
        for clause in split_clauses(text):
            for run in self._runs(text, clause, language):
                counts[run.language] += len(run.tokens)
        return counts

    def _take(
        self, phrases: "Sequence[_Phrase]", voice: str, share: float, correction: float
    ) -> "_Take":
        """The line spoken once; `correction` is on the pace of the words, not on the pauses."""
        timeline = Timeline()
        heard: list[tuple[Clause, int, int]] = []
        paused_s = emphasis_s = 0.0
        for phrase in phrases:
            start = timeline.length
            for number, run in enumerate(phrase.runs):
                if timeline.length > start:
                    pause_s = _pause_between(phrase.runs[number - 1], run, phrase.delivery)
                    timeline.add_silence(pause_s / share)
                    emphasis_s += pause_s / share if pause_s == EMPHASIS_PAUSE_S else 0.0
                ends = number + 1 == len(phrase.runs)
                pace = share * phrase.delivery.manner.pace * correction
                self._speak_run(timeline, run, voice, pace, phrase.delivery, ends=ends)
            heard.append((phrase.clause, start, timeline.length))
            pause_s = phrase.delivery.pause_s / share
            timeline.add_silence(pause_s)
            paused_s += pause_s
        return _Take(timeline, heard, paused_s, emphasis_s)

    def _runs(self, text: str, clause: Clause, language: Language) -> tuple[Run, ...]:
        pieces = self._reader.read(text, clause.start, clause.end, language)
        return make_runs(pieces, clause.ending, self._pronunciation)

    def _speak_run(
        self,
        timeline: Timeline,
        run: Run,
        voice: str,
        pace: float,
        delivery: Delivery,
        *,
        ends: bool,
    ) -> None:
        self._use(voice, run.language)
        engine_rate = DEFAULT_RATES[run.language] * _ENGINE_RATES.get(run.language, 1.0) * pace
        words_per_min = round(min(max(engine_rate, _ENGINE_MIN), _ENGINE_MAX))
        pitch = PITCH + delivery.manner.pitch
        run = marked_up(run, delivery, words_per_min, pitch, ends=ends)
        speech = self._engine.speak(
            run.text,
            words_per_min=words_per_min,
            pitch=pitch,
            pitch_range=min(max(VOICES[voice].pitch_range + delivery.manner.pitch_range, 0), 99),
        )
        timeline.add_speech(run, speech, _GAINS.get(run.language, 1.0))

    def _use(self, voice: str, language: Language) -> None:
        """Take up a voice, unless it is the one that spoke last: reading its file takes a while."""
        if self._using == (voice, language):
            return
        files = self._files[voice]
        if language in files:
            self._engine.use_voice_file(files[language])
        else:
            self._engine.use_voice(f"{LIBRARY_VOICES[language]}+{VOICES[voice].variant}")
        self._using = (voice, language)


@dataclass(frozen=True, slots=True)
class _Phrase:
    clause: Clause
    delivery: Delivery
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class _Take:
    """A line spoken once."""

    timeline: Timeline
    phrases: list[tuple[Clause, int, int]]
    paused_s: float
    # between the phrases, and after the last
    emphasis_s: float
    # before what stands out; comes on top of what the pace asks for


def _pause_between(before: Run, run: Run, delivery: Delivery) -> float:
    """The silence between two runs of one phrase."""
    if run.tokens[0].after_break:
        return _BREAK_PAUSE_S
    stands_out = is_emphasised(run.tokens[0], delivery)
    if stands_out and not is_emphasised(before.tokens[-1], delivery):
        return EMPHASIS_PAUSE_S
    return _SWITCH_PAUSE_S


def _correction(phrases: Sequence[_Phrase], take: _Take, share: float) -> float:
    """What the pace of the words has to be multiplied with for the line's to be kept."""
    wanted_s = units = 0.0
    for phrase in phrases:
        for run in phrase.runs:
            pace = share * phrase.delivery.manner.pace
            for token in run.tokens:
                count = _units(token.said, run.language)
                units += count
                own = _EMPHASIS_KEPT if is_emphasised(token, phrase.delivery) else 1.0
                wanted_s += count * 60 / (DEFAULT_RATES[run.language] * pace * own)
    spoken_s = take.timeline.length / RATE_HZ - take.paused_s - take.emphasis_s
    left_s = wanted_s - take.paused_s
    if units < _SHORTEST_KEPT or left_s <= 0 or abs(spoken_s / left_s - 1) < _KEPT_WITHIN:
        return 1.0
    return min(max(spoken_s / left_s, _CORRECTION[0]), _CORRECTION[1])


def _units(said: str, language: Language) -> float:
    """How much of the pace a token takes: a character is one, a word as much as its length asks."""
    mean = _MEAN_LETTERS.get(language)
    if mean is None:
        return float(len(said)) if language in ("yue", "ja", "ko") else 1.0
    return _LEAST_WORD + (1 - _LEAST_WORD) * len(said) / mean


def _utterance(
    line_id: str,
    text: str,
    language: Language,
    voice: str,
    take: _Take,
) -> Utterance:
    timeline = take.timeline

    def seconds(sample: int) -> float:
        return at_48k(sample) / SAMPLE_RATE_HZ

    return Utterance(
        line_id=line_id,
        text=text,
        language=language,
        voice=voice,
        samples=master(timeline.sound()),
        phones=tuple(
            Phone(p.symbol, seconds(p.start), seconds(p.end), p.stress, p.tone)
            for p in timeline.phones
            if at_48k(p.end) > at_48k(p.start)
        ),
        words=tuple(
            Word(w.text_start, w.text_end, seconds(w.start), seconds(w.end))
            for w in _merged(timeline.words)
        ),
        phrases=tuple(
            Phrase(c.start, c.end, seconds(start), seconds(end), c.sentence, c.sentence_start)
            for c, start, end in take.phrases
        ),
    )


def _merged(words: list[WordSpan]) -> list[WordSpan]:
    """One word for each stretch of text: "¥129" is one, however many words it is spoken as."""
    out: list[WordSpan] = []
    for word in words:
        if out and word.text_start < out[-1].text_end:
            last = out[-1]
            word = WordSpan(
                last.text_start, max(last.text_end, word.text_end), last.start, word.end
            )
            out.pop()
        out.append(word)
    return out
