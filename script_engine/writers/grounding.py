"""What a model adds of its own: a second look at its words, beyond the gate.

The gate knows numbers, prices and long lists of terms. A model can also lie in words on no list, so
its lines are held to three rules more. A clause that says something about the goods may only use
words that stand in the facts or are plain talk (`plain.py`); a scene from the viewers' own life
(`script_engine/scenes.py`) may use any. It may not deny what the facts affirm, nor affirm what
they deny (`contrary.py`). And it may not tell of a life the presenter does not have.
"""

import re
from collections.abc import Iterable, Iterator

import jieba

from core.product import Fact, Product
from script_engine.claims import QUESTION
from script_engine.quantities import quantities
from script_engine.readings import read
from script_engine.scenes import scenes
from script_engine.text import CJK, HAN, LATIN_WORD, clauses, content_words, fold, sentences
from script_engine.writers.plain import (
    book,
    grammar,
    is_everyday,
    is_plain,
    named,
    plain_stems,
    stem_of,
)

_AROUND = re.compile(
    r"^[这那一两几每先想能会可就都也还再很更太好不没别来去要有在是]+|[的了着过吧呢吗啊呀到]+$"
)
# what Chinese word division leaves on a word
_AFFIX = (
    "这那哪一两几每先再又很更太不没别全半整新老大小多少上下里外前后中内面头边子儿个只的了着过"
    "到好完去来起开住成掉进出给把会能可要想得地它你我他她您咱人在打拿看摆塞"
)
# characters that make a word of another word, not of another thing: 垫子 of 垫, 上印 of 印
_JOINED = re.compile(r"\b[a-z]+(?:-[a-z]+)+\b")
# make-up is neither make nor up
_ACTS = re.compile(
    r"(?:(?:and|so|but|then|because) )*(?:it|they)(?: \w+ly| also| just)? "
    r"(?!(?:is|are|was|were|has|have|had|comes?|gets?|says?|means?|goes|does|do|will|can|may)\b)\w+"
)
# it holds, they last: what it does stands in a fact
_ABLE = re.compile(r"(?<![不机体])(?:会|能|可以)(?![员场议])")


def ungrounded(text: str, product: Product, facts: Iterable[Fact]) -> list[str]:
    """Words by which a text says something of the goods that neither facts nor plain talk have.

    Args:
        text: of a line.
        product: that it is about; its names are known words.
        facts: that hold now, of the product and the shop.
    """
    known = _known(product, facts)
    stems, names = frozenset(map(stem_of, LATIN_WORD.findall(known))), named(product)
    found: list[str] = []
    scene = False
    for sentence in sentences(fold(text).text):
        scene = scenes().is_scene(sentence) or (scene and not book().asserted(sentence))
        for start, end in clauses(sentence):
            clause = sentence[start:end].strip()
            asks = sentence[end : end + 1] in {"?", "？"} or bool(QUESTION.search(clause))
            if asks:
                continue
            found += [word for word in book().loaded(clause) if not _meant(word, clause, known)]
            bold = (*book().promised(clause), *book().absolute(clause))
            found += [words for words in bold if words not in known]
            if scene:
                continue
            strange = [word for word in _words(clause) if not _backed(word, names, known, stems)]
            strange += [word for word in _able(clause) if word not in known]
            if not book().asserted(clause):
                # It may speak of everyday things, and have one word of its own.
                strange = [word for word in strange if not is_everyday(word)]
                strange = strange if len(strange) > 1 or not _speaks(clause, known) else []
            elif _tells_deeds(clause) and not _speaks(clause, known):
                strange.append(clause)
            found += strange
    return list(dict.fromkeys(found))


def pretended(text: str) -> list[str]:
    """Words by which the presenter tells of a body, a home or kin of its own."""
    return [match.group() for match in book().pretending.finditer(fold(text).text)]


def _backed(word: str, names: str, known: str, stems: frozenset[str]) -> bool:
    """Whether a word stands in the facts or needs none; part of a name is a name too."""
    if "-" in word:
        return word in known or all(stem_of(part) in stems for part in word.split("-"))
    if not HAN.match(word):
        stem = stem_of(word)
        return stem in plain_stems() or any(_kindred(stem, other) for other in stems)
    if word in book().loaded_zh.split():
        return word in known
    named = any(_spelled(word, name) for name in names.split("\n"))
    return named or _pieced(word, known) or is_plain(word) or word.strip(_AFFIX) in known


def _spelled(word: str, name: str) -> bool:
    """Whether a name has a word's characters in their order: 折伞 of 三折晴雨伞."""
    rest = iter(name)
    return all(character in rest for character in word)


def _kindred(stem: str, other: str) -> bool:
    """Whether two English stems are of one family: reflect, reflective."""
    short, long = sorted((stem, other), key=len)
    near = len(short) >= 5 and len(long) - len(short) < 4
    return short == long or (near and long.startswith(short))


def _meant(word: str, clause: str, known: str) -> bool:
    """Whether a fact says the word of the same thing: free shipping makes no free cream."""
    topics = content_words(clause.replace(word, " "))
    told = (known[slice(*span)] for span in clauses(known))
    return any(word in each and topics & content_words(each.replace(word, " ")) for each in told)


def _words(clause: str) -> Iterator[str]:
    """Words that carry meaning."""
    for word in jieba.cut("".join(re.findall(f"[{CJK}]+|[^{CJK}]", clause))):
        bare = _AROUND.sub("", word)
        if len(bare) > 1 and HAN.match(bare):
            yield bare
    for word in LATIN_WORD.findall(_JOINED.sub(" ", clause)):
        if len(word) > 2:
            yield word
    yield from _JOINED.findall(clause)


def _able(clause: str) -> Iterator[str]:
    """Chinese words for what the goods can do that are no talk of ours to viewers."""
    able = _ABLE.search(clause)
    for word in _words(clause[able.end() :]) if able else ():
        stem = word.strip(_AFFIX)
        talk = word in book().zh or word in grammar()
        if len(stem) > 1 and HAN.match(stem) and not talk:
            yield stem


def _tells_deeds(clause: str) -> bool:
    """Whether a clause tells what the goods do: then it needs a word of the facts, or a figure."""
    if quantities(clause):
        return False
    return bool(_ACTS.match(clause)) or (book().does(clause) and any(_topics(clause)))


def _speaks(clause: str, known: str) -> bool:
    """Whether a clause has a word of the facts."""
    return any(word in known for word in _topics(clause))


def _topics(clause: str) -> Iterator[str]:
    """Words a fact can have: no pronoun, no everyday word."""
    for word in _words(clause):
        if HAN.match(word):
            yield word.strip(_AFFIX) or word
        elif stem_of(word) not in plain_stems():
            yield stem_of(word)


def _pieced(word: str, known: str) -> bool:
    """Whether a word is known, or put together of known ones: 温和保湿 of 温和 and 保湿."""
    pairs = [word[i : i + 2] for i in range(0, len(word) - 1, 2)]
    return word in known or (len(word) > 2 and all(p in known or is_plain(p) for p in pairs))


def _known(product: Product, facts: Iterable[Fact]) -> str:
    return "\n".join([named(product), *(read(fact).text for fact in facts)])
