"""The built-in voices: espeak-ng's formant synthesis with a vocal tract of our own.

espeak-ng's variants were measured (pitch track, harmonics-to-noise, spectrum). f1, f3 and linda
break into sub-octaves (roughness), f2 to f5 ring on for 140 ms (echo), which smears the pauses;
belinda's first formant is out of proportion. So the tract is described here: formants 16 to 17 %
above the male ones they are relative to (the mean ratio in G. Fant, "A note on vocal tract size
factors", 1966), no echo, no roughness, a little breath.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.language import Language


@dataclass(frozen=True, slots=True)
class Tract:
    """How one person sounds."""

    formants_percent: tuple[int, int, int, int]
    # of espeak-ng's own, for the first, second, third, and fourth and fifth
    pitch_hz: Mapping[Language, tuple[int, int]]
    # base and top
    voicing_percent: int
    breath: str
    pitch_range: int
    # 0 to 99, 50 is espeak-ng's own
    variant: str
    # espeak-ng's nearest, for languages without a description here


BUILT_IN: Final = "built-in"
VOICES: Final[Mapping[str, Tract]] = {
    BUILT_IN: Tract(
        formants_percent=(116, 117, 117, 115),
        pitch_hz={"zh": (182, 276), "en": (162, 244)},
        voicing_percent=80,
        breath="0 2 2 2 2 2 0 0",
        pitch_range=70,
        variant="f5",
    ),
    "built-in-alto": Tract(
        formants_percent=(111, 110, 109, 111),
        pitch_hz={"zh": (150, 222), "en": (136, 201)},
        voicing_percent=88,
        breath="0 2 2 2 2 2 0 0",
        pitch_range=62,
        variant="f5",
    ),
    "built-in-man": Tract(
        formants_percent=(101, 100, 100, 100),
        pitch_hz={"zh": (98, 145), "en": (88, 132)},
        voicing_percent=80,
        breath="0 1 1 1 1 1 0 0",
        pitch_range=65,
        variant="m3",
    ),
}

_HEADS: Final[Mapping[Language, str]] = {
    "zh": "language cmn-latn-pinyin\nphonemes cmn\ndictionary cmn\nwords 1\n",
    "en": (
        "language en-us\nphonemes en-us\ndictrules 3 6\n"
        "stressLength 140 120 190 170 0 0 255 300\nstressAmp 17 16 19 19 19 19 21 19\n"
        "replace 03 I i\nreplace 03 I2 i\n"
    ),
}
LIBRARY_VOICES: Final[Mapping[Language, str]] = {
    "yue": "yue", "ja": "ja", "ko": "ko", "de": "de", "fr": "fr", "es": "es",
}  # fmt: skip
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en", "yue", "ja", "ko", "de", "fr", "es")


def write_voice_files(folder: Path, voice: str) -> dict[Language, Path]:
    """Describe a voice in files as espeak-ng reads them, one for each language."""
    tract = VOICES[voice]
    first, second, third, upper = tract.formants_percent
    paths: dict[Language, Path] = {}
    for language, head in _HEADS.items():
        base, top = tract.pitch_hz[language]
        path = folder / f"{voice}-{language}"
        path.write_text(
            f"name {voice}-{language}\n{head}pitch {base} {top}\nroughness 0\nflutter 2\n"
            f"voicing {tract.voicing_percent}\nbreath {tract.breath}\n"
            f"formant 0 105 80 150\nformant 1 {first} 85 130\nformant 2 {second} 80 130\n"
            f"formant 3 {third} 80 140\nformant 4 {upper} 80 150\nformant 5 {upper} 80 150\n"
            "stressAdd 0 0 0 0 0 0 10 20\nconsonants 110 110\n",
            encoding="ascii",
        )
        paths[language] = path
    return paths
