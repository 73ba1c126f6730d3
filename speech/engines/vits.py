"""Coqui's VITS: one model for text, timing and sound. It knows how long each token takes."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np

from core.errors import ProviderError
from core.language import Language
from speech.descriptions import VitsVoice, checkpoint_files
from speech.engines.coqui import choose_device, fingerprint, load_model
from speech.engines.voice import Sound, SoundPhone, SoundWord
from speech.text.reader import HAN

_WORD = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:['’\-][^\W_{HAN}]+)*")
_HAN_CHAR = re.compile(f"[{HAN}]")
_STRESS: Final = {"ˈ": 1, "ˌ": 2}
_MODIFIERS: Final = frozenset(
    "\u02d0\u02d1\u02b0\u02b2\u02b7\u02e0\u02e4\u207f\u02bc\u02de\u0303\u0325\u0329\u032c\u032f\u031a"
)
"""Tokens that belong to the sound before them."""
_GAP_S: Final = 0.06
"""A space that takes longer than this is heard as a pause."""

Token = tuple[str, float, float]
"""What stands in the model's text, from and until when it sounds."""


class Vits:
    """A VITS checkpoint of any size, language and alphabet, on the CPU or a GPU."""

    def __init__(self, described: VitsVoice, read_pinyin: Callable[[str], Sequence[str]]) -> None:
        """`read_pinyin` gives a syllable a character, for models that read pinyin.

        Raises:
            ProviderError: the checkpoint cannot be used.
        """
        import torch

        path, config_path = checkpoint_files(described.checkpoint)
        device = choose_device(described.device)
        self._model: Any = load_model(path, config_path).to(device)
        if type(self._model).__name__ != "Vits":
            raise ProviderError(f"{path} is no VITS model", retryable=False)
        self._torch = torch
        self.languages, self.device = described.languages, device.type
        self._names = described.model_languages
        self._speaker = described.speaker
        self._read_pinyin = read_pinyin
        self._natural = float(self._model.length_scale)
        config = self._model.config
        self._rate_hz = int(config.audio.sample_rate)
        self._hop_s = config.audio.hop_length / self._rate_hz
        self._phonemes = bool(config.use_phonemes)
        known = self._model.tokenizer.characters.vocab
        self._as_pinyin = not self._phonemes and not any(_HAN_CHAR.match(c) for c in known)
        self.fingerprint = fingerprint("vits", path, described.speaker, described.model_languages)

    def say(self, text: str, language: Language, speed: float) -> Iterator[Sound]:
        said, words = self._letters(text)
        self._model.length_scale = self._natural / speed
        try:
            with self._torch.inference_mode():
                made = self._model.synthesize(
                    text=said, speaker=self._speaker, language=self._names.get(language)
                )
        except (RuntimeError, ValueError, KeyError, AttributeError) as error:
            raise ProviderError(f"VITS failed: {error}", retryable=True) from error
        tokens = self._tokens(made)
        samples = np.asarray(made["wav"], np.float32)
        if self._phonemes:
            yield Sound(samples, self._rate_hz, phones=ipa_phones(tokens))
        else:
            yield Sound(samples, self._rate_hz, words=letter_words(tokens, words))

    def close(self) -> None:
        """The model goes with the process."""

    def _letters(self, text: str) -> tuple[str, list[tuple[int, int]]]:
        """The text as the model reads it, and where its words stand in the text given."""
        words = [match.span() for match in _WORD.finditer(text)]
        if not self._as_pinyin or not _HAN_CHAR.search(text):
            return text, words
        han = "".join(_HAN_CHAR.findall(text))
        syllables = iter(self._read_pinyin(han))
        spoken = _HAN_CHAR.sub(lambda _: f" {next(syllables)} ", text)
        spoken = re.sub(r"\s+", " ", re.sub(r"\s+([.,!?;:，。！？；：、])", r"\1", spoken))
        return spoken.translate(_HALF_WIDTH).strip(), words

    def _tokens(self, made: dict[str, Any]) -> list[Token]:
        durations = made["outputs"]["durations"][0, 0].cpu().numpy() * self._hop_s
        characters = self._model.tokenizer.characters
        names = [characters.id_to_char(int(i)) for i in made["text_inputs"][0]]
        blank = characters.blank
        edges = np.concatenate(([0.0], np.cumsum(durations)))
        tokens = [
            [name, float(start), float(end)]
            for name, start, end in zip(names, edges, edges[1:], strict=False)
        ]
        spoken = [i for i, token in enumerate(tokens) if token[0] != blank]
        for left, right in pairwise(spoken):
            middle = (float(tokens[left][2]) + float(tokens[right][1])) / 2
            tokens[left][2] = tokens[right][1] = middle
        return [(str(name), float(s), float(e)) for name, s, e in (tokens[i] for i in spoken)]


_HALF_WIDTH = str.maketrans("，。！？；：、", ",.!?;:,")


def ipa_phones(tokens: Sequence[Token]) -> tuple[SoundPhone, ...]:
    """A model's phoneme letters as phones: length and aspiration join what they follow."""
    phones: list[SoundPhone] = []
    stress = 0
    begin: float | None = None
    for name, start, end in tokens:
        start = start if begin is None else begin
        begin = None
        if name in _STRESS:
            stress, begin = _STRESS[name], start
        elif name in _MODIFIERS and phones and phones[-1].symbol:
            last = phones.pop()
            phones.append(SoundPhone(last.symbol + name, last.start_s, end, last.stress))
        elif name.isalpha():
            phones.append(SoundPhone(name, start, end, stress))
            stress = 0
        elif phones and end - start < _GAP_S:  # a space nobody hears
            last = phones.pop()
            phones.append(SoundPhone(last.symbol, last.start_s, end, last.stress))
        else:
            phones.append(SoundPhone("", start, end))
    return tuple(phone for phone in phones if phone.end_s > phone.start_s)


def letter_words(
    tokens: Sequence[Token], words: Sequence[tuple[int, int]]
) -> tuple[SoundWord, ...]:
    """When each word is heard, from the letters of a model that reads letters.

    Empty when the model's own cleaning made other words of the text.
    """
    runs: list[tuple[float, float]] = []
    inside = False
    for name, start, end in tokens:
        letter = name.isalnum() or name in "'’-"
        alone = bool(_HAN_CHAR.match(name))
        if letter and inside and not alone:
            runs[-1] = (runs[-1][0], end)
        elif letter:
            runs.append((start, end))
        inside = letter and not alone
    if len(runs) != len(words):
        return ()
    return tuple(
        SoundWord(*word, start, end) for word, (start, end) in zip(words, runs, strict=True)
    )
