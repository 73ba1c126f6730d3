"""What signs and numbers are called in an English shop."""

import re
from typing import Final

from speech.text import english_spoken as en
from speech.text.addresses import address_rule
from speech.text.codes import CODE
from speech.text.currencies import BY_SIGN
from speech.text.english_time import TIME_RULES
from speech.text.greek import GREEK_ENGLISH, greek_rule
from speech.text.lexicon import EnglishLexicon
from speech.text.numerals import (
    en_digits,
    en_number,
    en_ordinal,
    plain,
)
from speech.text.pieces import Rule, rule

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
ALONE = r"(?<![\d.])"
TO = r"\s?(?:-|–|—|~|to)\s?"
SIZE = r"(?<![A-Za-z0-9])(\dX[SL]|X{0,3}[SL]|M)(?![A-Za-z0-9])"
ROMAN: Final = r"(II|III|IV|VI|VII|VIII|IX|XI|XII|XIII|XIV|XV|XVI)(?![A-Za-z0-9])"
_N = rf"{ALONE}({NUMBER})(?!\d|\.\d)"
_RANGE = rf"{ALONE}({NUMBER}){TO}({NUMBER})(?!\d|\.\d)"
_SIGNS = "|".join(re.escape(s) for s in sorted(BY_SIGN, key=len, reverse=True) if s != "yuan")
_SIGN = rf"(?<![A-Za-z])({_SIGNS})\s?"
_CODE_SIGN = r"\s?(" + "|".join(s for s in BY_SIGN if s.isalpha()) + r")\b"
_PER = r"(?:\s?/\s?([A-Za-z]+))?"
_COUNTED_BIG = r"(?=\s(?:sold|views|likes|followers|fans|people|orders|reviews|units|in)\b)"
_DIGIT_WISE = (
    r"(?i:order|item|parcel|tracking|reference|ref|model|serial|account|code|zip|postcode|room|ext)"
    r"(?i:\s(?:number|no\.?|id|code))?[:\s]\s?#?"
)


def english_rules(lexicon: EnglishLexicon) -> tuple[Rule, ...]:
    """The rules for English text, the more special ones first."""
    units = "|".join(re.escape(u) for u in sorted(lexicon.units, key=len, reverse=True))
    unit = rf"[\s-]?({units})(?![A-Za-z0-9])"

    def measured(match: re.Match[str]) -> str:
        singular, plural = lexicon.units[match[3]]
        alone = match[2] is None or match[2] == ""
        if alone and (match.group()[len(match[1])] == "-" or en.describes(match)):
            return f"{en_number(match[1])} {singular}"  # a 30-ml bottle
        said = en.span(match) if match[2] else en_number(match[1])
        return f"{said} {singular if alone and plain(match[1]) == '1' else plural}"

    def sized(match: re.Match[str]) -> str:
        numbers = re.findall(NUMBER, match[1])
        return " by ".join(en_number(n) for n in numbers) + f" {lexicon.units[match[2]][1]}"

    def words_said(match: re.Match[str]) -> str:
        return exact.get(match.group(), lowered.get(match.group().lower(), ""))

    exact = {word: said for word, said in lexicon.words.items() if word != word.lower()}
    lowered = {word: said for word, said in lexicon.words.items() if word == word.lower()}
    words = sorted(lexicon.words, key=len, reverse=True)
    return (
        address_rule("en", en_digits),
        rule("|".join(_bounded(word) for word in words), words_said, any_case=True),
        greek_rule(GREEK_ENGLISH),
        rule(r"(?<!\d)(?:\+?1[- ])?\(?(\d{3})\)?[- .](\d{3})[- .](\d{4})(?!\d)", en.phone),
        rule(r"(?<![\dA-Za-z])(\d{1,2})W-?(\d{2})(?!\d)",
             lambda m: f"{en_number(m[1])} W {en_number(m[2])}"),
        *TIME_RULES,
        # money
        rule(rf"(?<![\d/.])(\d\d?)/(?={_SIGN}\d)", lambda m: f"{en_number(m[1])} for "),
        rule(rf"{_SIGN}({NUMBER}){TO}(?:{_SIGNS})?({NUMBER})(?!\d)", en.money_range),
        rule(rf"{_SIGN}{_N}(\s?(?:[kKmMbB]|bn|mn)\b|\s(?:million|thousand|billion)\b)?{_PER}",
             en.money),
        rule(rf"{_N}{_CODE_SIGN}{_PER}", lambda m: en.priced(m[1], m[2], m[3])),
        rule(rf"{_N}\s?¢|¢\s?{_N}", lambda m: en.cents(m[1] or m[2])),
        # shares
        rule(rf"{ALONE}({NUMBER})%?{TO}({NUMBER})\s?%", lambda m: f"{en.span(m)} percent"),
        rule(rf"(?<![\dA-Za-z])[-−]{_N}\s?%", lambda m: f"minus {en_number(m[1])} percent"),
        rule(rf"{_N}\s?%", lambda m: f"{en_number(m[1])} percent"),
        # amounts with units
        rule(rf"{ALONE}({NUMBER}(?:\s?[×xX*]\s?{NUMBER})+){unit}", sized),
        rule(rf"{ALONE}({NUMBER}(?:\s?[×xX*]\s?{NUMBER})+)\sin(?=\.?$|[,;.!?)](?!\d))",
             lambda m: " by ".join(map(en_number, re.findall(NUMBER, m[1]))) + " inches"),
        rule(rf"{_N}\s?★", lambda m: f"{en_number(m[1])} star{'s' * (m[1] != '1')}"),
        rule(rf"(?<![\dA-Za-z])[-−]{_N}(){unit}", lambda m: f"minus {measured(m)}"),
        rule(rf"{_N}K(?=\s(?:\w+\s)?gold\b)|{_N}\s?kt\b",
             lambda m: f"{en_number(m[1] or m[2])} karat"),
        rule(rf"{ALONE}(\d{{1,3}}(?:\.\d)?)K(\+)?(?![A-Za-z0-9])",
             lambda m: f"{en_number(m[1])} K{' plus' if m[2] else ''}"),
        rule(rf"{ALONE}({NUMBER})\s?(bn|mn)\b(\+)?", en.big),
        rule(rf"{ALONE}(\d+\.\d+|\d+(?=\s?[MB](?:\+|{_COUNTED_BIG})))\s?([MB])(\+)?"
             r"(?![A-Za-z0-9])", en.big),
        rule(r"(?<![\d.])(10+)s(?=\sof\b)", lambda m: f"{en.round_number(m[1])}s"),
        rule(rf"{_RANGE}{unit}", measured),
        rule(rf"{_N}(){unit}", measured),
        rule(r"(?<!\d)(\d)['′’]\s?(\d\d?)[\"″”]", lambda m: f"{en_number(m[1])} foot "
             f"{en_number(m[2])}"),
        rule(rf"{_N}['′’]\s?[×xX]\s?({NUMBER})['′’](?![\d\w])",
             lambda m: f"{en_number(m[1])} foot by {en_number(m[2])} foot"),
        rule(r"(?<![\w.])[~～]\s?(?=[$€£]?\d)", lambda m: "about "),
        rule(rf"{_N}[\"”](?=[\s,.!?;)-]|$)", en.inches),
        # ordinals, codes, letters with signs
        rule(r"\b[vV](\d+(?:\.\d+)+)", lambda m: "version "
             + " point ".join(en_number(part) for part in m[1].split("."))),
        rule(r"(?<![\d.])(\d+)(st|nd|rd|th)\b", lambda m: en_ordinal(m[1])),
        rule(r"\b[Nn][oO]\.\s?(\d+)(?!\d)", lambda m: f"number {en_number(m[1])}"),
        rule(rf"(?<=[A-Za-z][ -]){ROMAN}", en.roman),
        rule(r"(?<![A-Za-z0-9])([A-Z]+)\s?(\d+)?(\+{1,4})(?!\d)", en.graded),
        rule(SIZE + r"\s?[-–~]\s?" + SIZE, lambda m: f"{en.size(m[1])} to {en.size(m[2])}"),
        rule(r"(?<![A-Za-z0-9])(?:\dX[SL]|X{0,3}[SL]|M)(?:/(?:\dX[SL]|X{0,3}[SL]|M))+(?![A-Za-z0-9])",
             lambda m: ", ".join(en.size(size) for size in m.group().split("/"))),
        rule(SIZE, lambda m: en.size(m[1]) if "X" in m[1] else ""),
        rule(rf"{_DIGIT_WISE}(\d{{4,}}|\d{{2,}}(?:-\d{{2,}})+)(?![\d.,])",
             lambda m: en.digit_wise(m)),
        rule(r"\b([Cc]all|[Dd]ial)\s(\d{3})(?![\d-])", lambda m: f"{m[1]} {en_digits(m[2])}"),
        rule(r"(?<=[a-z])/(?=(?:hour|day|night|week|month|year|person|pack|box|order)\b)",
             lambda m: " a "),
        rule(r"#(\d+)(?!\d)", lambda m: f"number {en_number(m[1])}"),
        rule(CODE, lambda m: en.code(m, lexicon.words)),
        rule(r"(?<![A-Za-z])([A-Z]{2,5})\s(\d{3,4})(?![\d.,%]|\s?(?:ml|g|mg|kg)\b)", en.model),
        # plain numbers
        rule(r"(?<![\d.])(\d\.\d)\s?/\s?(5|10)(?![\d/])",
             lambda m: f"{en_number(m[1])} out of {en_number(m[2])}"),
        rule(rf"(?<=[a-z])\s?[×xX*]\s?(?={NUMBER})", lambda m: " by "
             if re.match(rf"{NUMBER}\s?(?:{units})", m.string[m.end() :]) else " times "),
        rule(r"\s[×x]\s(?=\d)", lambda m: " times "),
        rule(r"(?<![\d./])(\d{1,2})\s([1-9])/([2-9])(?![\d/])", en.mixed),
        rule(r"(?<!\d)(\d{1,3})\s?([½⅓¼⅔¾])",
             lambda m: f"{en_number(m[1])} and {en.VULGAR[m[2]]}"),
        rule(r"(?<![\d./])(\d{1,3})/\1(?![\d/])", lambda m: f"{en_number(m[1])} {en_number(m[1])}"),
        rule(rf"(?<![\d./])([1-9])/([2-8]|16)(?:[\"”](?=[\s,.!?)]|$)|{unit})",
             lambda m: f"{en.fraction(m[1], m[2])} {lexicon.units[m[3]][0] if m[3] else 'inch'}"),
        rule(r"(?<![\d./])([1-9]\d?)/([2-9]|[1-9]\d)(?![\d/])", lambda m: en.fraction(m[1], m[2])),
        rule(rf"{_RANGE}", en.span),
        rule(rf"{ALONE}(\d{{1,3}}(?:\.\d+)?):(\d{{1,3}}(?:\.\d+)?)(?!\d)",
             lambda m: f"{en_number(m[1])} to {en_number(m[2])}"),
        rule(rf"{_N}\s?[×xX]\s?({NUMBER})(?!\d)",
             lambda m: f"{en_number(m[1])} by {en_number(m[2])}"),
        rule(rf"{_N}\s?[×x](?![A-Za-z0-9])", lambda m: f"{en_number(m[1])} times"),
        rule(rf"{_N}\s?\*\s?({NUMBER})(?!\d)",
             lambda m: f"{en_number(m[1])} times {en_number(m[2])}"),
        rule(rf"(?<![\dA-Za-z)\]])[-−]{_N}", lambda m: f"minus {en_number(m[1])}"),
        rule(rf"[<＜]\s?(?={NUMBER})", lambda m: "less than "),
        rule(rf"[>＞]\s?(?={NUMBER})", lambda m: "more than "),
        rule(rf"{_N}\s?\+\s?({NUMBER})(?!\d)",
             lambda m: f"{en_number(m[1])} plus {en_number(m[2])}"),
        rule(rf"{_N}\+(?!\d)", lambda m: f"{en_number(m[1])} plus"),
        rule(r"(?<=[A-Za-z])\+(?=\s|$|[.,!?])", lambda m: " plus"),
        rule(r"(?<=[A-Za-z0-9%])\s\+\s(?=[A-Za-z0-9$€£])", lambda m: " plus "),
        rule(r"(?<![\d.,])0\d+(?![\d.,])|(?<![\d.,])\d{8,}(?![\d.,])",
             lambda m: en_digits(m.group())),
        rule(rf"(?<![/:'A-Za-z]){_N}(?![\d/A-Za-z'\"])", lambda m: en_number(m[1])),
    )  # fmt: skip


def en_fallback(token: str) -> str:
    """A run of digits in English when nothing else knows what it is."""
    return re.sub(NUMBER, lambda m: f" {en_number(m.group())} ", token).strip()


def _bounded(word: str) -> str:
    before = r"(?<![A-Za-z0-9.])" if word[0].isalnum() else ""
    after = r"(?![A-Za-z0-9+])" if word[-1].isalnum() else ""
    return f"{before}{re.escape(word)}{after}"
