"""What the shapes of a face are called: ARKit in every spelling, Oculus visemes, VRM and VRoid."""

import re
from typing import Final

from core.blendshapes import ARKIT

_NOISE: Final = re.compile(
    r"^.*(?=Fcl_)|^(?:bs|blendshapes?|shape|morph|face|head|exp)[._ ]+|\.\d{3}$", re.IGNORECASE
)
# prefixes of tools, VRoid's model numbers, Blender's copies
_TOKEN: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SIDES: Final = {"l": "left", "left": "left", "r": "right", "right": "right"}
_VISEMES: Final = {
    "sil": "sil", "pp": "PP", "ff": "FF", "th": "TH", "dd": "DD", "kk": "kk", "ch": "CH",
    "ss": "SS", "nn": "nn", "rr": "RR", "aa": "aa", "e": "E", "ih": "ih", "i": "ih", "oh": "oh",
    "o": "oh", "ou": "ou", "u": "ou",
}  # fmt: skip
_VOWELS: Final = {
    "a": "aa", "i": "ih", "u": "ou", "e": "E", "o": "oh", "aa": "aa", "ih": "ih", "ou": "ou",
    "ee": "E", "oh": "oh", "ah": "aa", "eh": "E", "oo": "ou",
    "あ": "aa", "い": "ih", "う": "ou", "え": "E", "お": "oh",
}  # fmt: skip
_OTHERS: Final = {
    # whole expressions and half-names -> ours; what they then move: avatar.imported.drive
    "eyesclosed": "blink", "eyeclose": "blink", "blink": "blink", "まばたき": "blink",
    "fcleyeclose": "blink", "eyeblink": "blink", "eyesblink": "blink",
    "mouthopen": "jawOpen", "openmouth": "jawOpen",
    "mouthsmile": "smile", "smile": "smile", "fclmthfun": "smile", "fclmthup": "smileUp",
    "fclbrwsorrow": "browInnerUp", "fclbrwsurprised": "browsUp", "browraise": "browsUp",
    "browsup": "browsUp", "browup": "browsUp", "fun": "relaxed", "relaxed": "relaxed",
    "joy": "happy", "happy": "happy", "にっこり": "smile", "にこり": "smile",
    "lookup": "lookUp", "lookdown": "lookDown", "eyeslookup": "lookUp", "eyeslookdown": "lookDown",
}  # fmt: skip
_OTHERS_SIDED: Final = {
    "blink": "eyeBlink", "eyesclosed": "eyeBlink", "eyeclose": "eyeBlink",
    "fcleyeclose": "eyeBlink", "wink": "eyeBlink", "ウィンク": "eyeBlink", "look": "look",
    "eyeslook": "look",
}  # fmt: skip


def _key(name: str) -> tuple[str, str]:
    """(letters in lower case without the side, side)."""
    bare = re.split(r"[.:](?=[A-Za-z])", name)
    tail = bare[-1]
    if tail.lower() in _SIDES and len(bare) > 1:
        # Blender's way: mouthSmile.L
        tail = f"{bare[-2]}_{tail}"
    tokens = [t.lower() for t in _TOKEN.findall(tail)] or [tail]
    side = ""
    if len(tokens) > 1 and tokens[-1] in _SIDES:
        side = _SIDES[tokens.pop()]
    elif len(tokens) > 2 and tokens[1] in ("left", "right"):
        # sides in the middle: mouthLeftSmile is nobody's, eyeLeftBlink is
        side = _SIDES[tokens.pop(1)]
    return "".join(tokens), side


_BY_KEY: Final = {_key(name): name for name in ARKIT}
_SPLIT_IN_TWO: Final = {"browinnerup": "browInnerUp", "cheekpuff": "cheekPuff"}


def shape_of_name(name: str) -> str:
    """What a morph target is: an ARKit name, `viseme:aa`, `blink`, `smile` and the like; or "".

    An ARKit shape without its side (`mouthSmile`) is given as `both:mouthSmile`.
    """
    stripped = _NOISE.sub("", name.strip())
    key, side = _key(stripped)
    if (key, side) in _BY_KEY:
        return _BY_KEY[key, side]
    if side and key in _SPLIT_IN_TWO:
        return _SPLIT_IN_TWO[key]
    if not side and (key, "left") in _BY_KEY and (key, "right") in _BY_KEY:
        return f"both:{_BY_KEY[key, 'left'].removesuffix('Left')}"
    found = re.match(r"^(?:vrc)?[._]?(?:v|viseme|vis)[._ ]([a-z]+)$", stripped, flags=re.I)
    if found is None:
        found = re.match(r"^viseme([a-z]{1,3})$", stripped, flags=re.I)
    if found and found[1].lower() in _VISEMES:
        return f"viseme:{_VISEMES[found[1].lower()]}"
    if side and key in _OTHERS_SIDED:
        return f"{_OTHERS_SIDED[key]}{side.capitalize()}"
    if not side and key in _OTHERS:
        return _OTHERS[key]
    vowel = re.match(
        r"^(?:fcl_)?(?:mth_|mouth_)?([aiueo]|aa|ih|ou|ee|oh|ah|eh|oo|[あいうえお])$", stripped, re.I
    )
    return f"vowel:{_VOWELS[vowel[1].lower()]}" if vowel else ""


VRM_PRESETS: Final = {
    # VRM 0.x, then VRM 1.0
    "a": "vowel:aa", "i": "vowel:ih", "u": "vowel:ou", "e": "vowel:E", "o": "vowel:oh",
    "blink": "blink", "blink_l": "eyeBlinkLeft", "blink_r": "eyeBlinkRight", "joy": "happy",
    "fun": "relaxed", "lookup": "lookUp", "lookdown": "lookDown", "lookleft": "lookLeft",
    "lookright": "lookRight",
    "aa": "vowel:aa", "ih": "vowel:ih", "ou": "vowel:ou", "ee": "vowel:E", "oh": "vowel:oh",
    "blinkleft": "eyeBlinkLeft", "blinkright": "eyeBlinkRight", "happy": "happy",
    "relaxed": "relaxed",
}  # fmt: skip


def exact_arkit(name: str) -> str:
    """The ARKit name that this is, but for capitals and prefixes; or ""."""
    shape = shape_of_name(name)
    return shape if shape in ARKIT and shape.lower() == name.lower()[-len(shape) :] else ""


def is_half(name: str) -> bool:
    """Whether this is one side of what ARKit has whole: browInnerUp_L."""
    key, side = _key(name)
    return bool(side) and key in _SPLIT_IN_TWO
