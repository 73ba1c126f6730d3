"""What a line asserts: each number, term and turn of phrase in it that can be false."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from core.line import ClaimKind
from script_engine.dates import Day, dates
from script_engine.lexicon import CLAIM_OF, frames, lexicon, phrases, terms
from script_engine.quantities import Quantity, quantities
from script_engine.text import SENTENCE_END, clauses, content_words

LIST_PRICE = re.compile(
    r"原价|原来|本来|之前|以前|日常价|划线价|市场价|平时|平常|日常|专柜|吊牌|原本|"
    r"list price|regular|usual|normal|rrp|retail|instead of|down from|\bwas\b|crossed"
)
SAVING = re.compile(
    r"省|减|比(?:平时|平常|原价|日常价?|之前)少|便宜|优惠|直降|"
    r"\bsav|\boff\b|\bless\b|cheaper"
)
_OFF = re.compile(r"\s*(?:off|less|cheaper|below|under (?:the|its)|discount)\b")
PRICE = re.compile(
    r"只要|只需|价|到手|拍下|卖(?!点)|带走|拿下|带回家|多少钱|"
    r"\bonly\b|\bjust\b|price|cost|take it|\bfor\b|down from"
)
_USUALLY = re.compile(r"平时|平常|日常|原价|原来|原本|usually|normally")
_ON_THE_LIST = re.compile(r"^\s*on the (?:list|tag|label)\b|^\s*(?:before|originally)\b")
_ALSO_ONE = re.compile(r"还有?一[个根只条支张把块副双件套本顶](?![，。！!]|了|$)")
# 还有一个网袋: one more thing in the box, no stock of one
STOCK = re.compile(
    r"还有|还剩|只剩|仅剩|剩下|剩余|库存|现货|仅有|就剩|只有|余量|"
    r"\bleft\b|in stock|remain|on hand|available|stock"
)
NEGATIVE = re.compile(
    r"不含|不添加|远离|另外[卖买购配]|另售|单[卖买]|避免|请勿|禁止|没(?!事|问题|关系|毛病|啥事)有?|无(?![线论数敌聊比缝痕需理条忧])|未(?!来)|(?<![特级分区个类性])别(?![人的家致])|勿|零添加|"
    r"不(?![仅但止光错同少管妨过愧禁停断够黏粘油刺拔卡闷沾挑伤缩掉褪变起漏怕愁]|用[担怕愁])|"
    r"另购|另买|自备|单独(?:购买|出售)|sold separately|"
    r"\b(?:keep|stay|leave)s?(?: \w+)? (?:away|out of|off)\b|"
    r"\b(?:no|not|never|without|free of|free from|zero|cannot|avoid|nor)\b|n't\b|n’t\b"
)
CAREFUL = re.compile(
    r"咨询|医生|慎用|请选|另选|改用|先[^，。]{0,8}(?:试|测|问)|避免|避开|勿|过敏史|皮试|局部|"
    r"consult|doctor|patch|check with|ask your|avoid|keep away|before using|first"
)
QUESTION = re.compile(
    r"[吗么呢]$|([\u4e00-\u9fff])[不没]\1|是不是|有没有|能不能|会不会|要不要|可不可以|适不适合|好不好|含不含|谁|哪[个款位种]|怎么(?![^，。]{0,4}[都也])|"
    r"^(?:is|are|do|does|did|can|could|who|which|what|how|why|would|will|any|have|has|ever)\b"
)
SUPPOSES = re.compile(
    r"\s*(?:(?:so|and|but|then) )?(?:if|unless|when)\b|(?:那|所以|但)?(?:如果|要是|假如|万一)"
)
# a clause that only supposes something: "if you run trails" says of no shoe that it is for trails
_CHOICE = re.compile(
    r"[有出选共款版]|\bversions?\b|颜色|可选|\bcolou?rs?\b|\bcomes? in\b|"
    r"\bavailable\b|\bchoose\b|\bhave it in\b"
)
_MAYBE = frozenset({"suitability", "colour", "origin"})
# kinds of terms that are only asserted with a verb of theirs
_LIST = re.compile(r"[、/]|以及|[和与及跟]|\s+(?:and|or)\s+")
_JUNK = re.compile(
    r"^(?:[一二三四五六七八九十两\d]+[个根只条支张把块副双件套本顶瓶包袋盒片])(?=..)|"
    r"^(?:的|了|是|有|a |an |the |some |any )+|(?:的|了|等|呢|哦|哟|啊|吧)+$"
)
CHINESE_BRAND = re.compile(r"[\u4e00-\u9fff]{2}(?<![品大名招吊王洗杂老底冒贴金])牌(?![子照匾坊])")
_BUDGET = re.compile(r"(?:预算|兜里|手头)[^，。！？!?,]{0,4}$|\bbudget (?:of|is|under)\s*\S?$")
# what a viewer has to spend is no price
_LEAST_PRICE = 5
# without a unit; fewer is a number of things
_PIECES = frozenset(["件", "瓶", "盒", "支", "套", "双", "只", "包", "团", "盏"])


_EITHER_WAY = re.compile(r"([\u4e00-\u9fff])[不没]\1")
# 塞不塞, 有没有: asks, denies nothing
_NOT_YET = re.compile(r"[没未](?!有)[\u4e00-\u9fff]{1,3}的(?=[\u4e00-\u9fff])")
# 没拆的毛线: tells which, denies nothing of it


@dataclass(frozen=True, slots=True)
class Assertion:
    """A stretch of folded text that can be true or false."""

    kind: ClaimKind
    what: str
    # the lexicon's list or the kind of quantity it comes from
    start: int
    end: int
    clause: str
    # the words it stands among
    before: str
    # of these, the ones ahead of it
    topics: frozenset[str]
    # what the clause is about, its own words left out
    sentence: str
    negative: bool = False
    group: str = ""
    # for terms: the word that stands for all its synonyms
    quantity: Quantity | None = None
    day: Day | None = None


@lru_cache(maxsize=2048)
def cut(folded: str) -> tuple[Assertion, ...]:
    """Every assertion in a folded text, in order."""
    found = [
        *_days(folded), *_numbers(folded), *_terms(folded), *_phrases(folded), *_framed(folded)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda assertion: (assertion.start, assertion.end)))


def clause_at(folded: str, start: int) -> tuple[int, int]:
    """The clause a position stands in."""
    for clause_start, clause_end in clauses(folded):
        if clause_start <= start < clause_end:
            return clause_start, clause_end
    return start, len(folded)


def denies(clause: str) -> bool:
    """Whether a clause says that something is not so."""
    return bool(NEGATIVE.search(_NOT_YET.sub(" ", _EITHER_WAY.sub(" ", clause))))


def negative_before(folded: str, clause_start: int, start: int, end: int) -> bool:
    """Whether the clause denies the word: 不含酒精, no alcohol, alcohol-free."""
    if re.match(r"[\s-]free\b|[\s-]less\b", folded[end:]):
        return True
    return folded[start:end].startswith("无") or bool(NEGATIVE.search(folded, clause_start, start))


def _asks(folded: str, clause: tuple[int, int]) -> bool:
    closing = folded[clause[1] : clause[1] + 1]
    return closing in {"?", "？"} or bool(QUESTION.search(folded[slice(*clause)].strip()))


def _setting(folded: str, start: int, end: int) -> tuple[str, str, frozenset[str], str]:
    """The words an assertion stands among: its clause with a label before it, the part ahead of
    it, its topics and its sentence."""
    first, last = clause_at(folded, start)
    label = re.search(r"[^。！？!?，,;；\n]*[:：]\s*$", folded[:first])
    first = label.start() if label else first
    around = folded[first:start] + " " + folded[end:last]
    topics = content_words(around) or content_words(folded[:start] + " " + folded[end:])
    ends = [match.end() for match in SENTENCE_END.finditer(folded)]
    opening = max((at for at in ends if at <= start), default=0)
    closing = min((at for at in ends if at >= end), default=len(folded))
    return folded[first:last], folded[first:start], topics, folded[opening:closing]


def _days(folded: str) -> Iterator[Assertion]:
    for day in dates(folded):
        setting = _setting(folded, day.start, day.end)
        yield Assertion("date", "day", day.start, day.end, *setting, day=day)


def _numbers(folded: str) -> Iterator[Assertion]:
    days = dates(folded)
    for quantity in quantities(folded):
        if any(day.start < quantity.end and quantity.start < day.end for day in days):
            continue
        if _BUDGET.search(folded[: quantity.start]):
            continue
        setting = _setting(folded, quantity.start, quantity.end)
        yield Assertion(
            _kind_of(quantity, *setting[:2]),
            quantity.kind,
            quantity.start,
            quantity.end,
            *setting,
            quantity=quantity,
        )


def _kind_of(quantity: Quantity, clause: str, before: str) -> ClaimKind:
    match quantity.kind:
        case "money":
            after = clause[len(before) + quantity.end - quantity.start :]
            taken_off = saves(before) or saves(clause[-4:]) or _OFF.match(after)
            return "discount" if taken_off else "price"
        case "bare" if saves(before) or _OFF.match(
            clause[len(before) + quantity.end - quantity.start :]
        ):
            return "discount"
        case "bare" if re.search(r"库存|只剩|还剩|\bleft\b|in stock", clause):
            return "stock"
        case "bare" if quantity.value >= _LEAST_PRICE and (
            PRICE.search(clause)
            or _USUALLY.search(before)
            or _ON_THE_LIST.search(clause[len(before) + quantity.end - quantity.start :])
        ):
            return "price"
        case "tenths":
            return "discount"
        case "percent" if SAVING.search(clause):
            return "discount"
        case "count" if quantity.unit in _PIECES and STOCK.search(_ALSO_ONE.sub("", clause)):
            return "stock"
        case _:
            return "quantity"


def saves(text: str) -> bool:
    """Whether the words before an amount say that it is taken off, not asked."""
    marks = [match.end() for match in SAVING.finditer(text)]
    prices = [match.end() for match in re.finditer(r"只要|到手|价|only|just|price", text)]
    return bool(marks) and (not prices or max(marks) > max(prices))


def _terms(folded: str) -> Iterator[Assertion]:
    suits, comes = lexicon().suits, lexicon().comes
    for term in terms(folded):
        clause = clause_at(folded, term.start)
        text = folded[slice(*clause)]
        denied = negative_before(folded, clause[0], term.start, term.end)
        if term.kind == "suitability":
            treats = term.group in lexicon().handling
            if CAREFUL.search(text) and not (treats and suits.search(text)):
                continue
            if not (treats or denied or suits.search(text)):
                continue
            denied = denied or bool(re.search(r"不(?:适|能|可|建议|宜|要)|\bnot\b|n't", text))
        if term.kind == "origin" and not comes.search(text):
            continue
        if term.kind == "colour" and not _CHOICE.search(text):
            continue
        if term.kind == "feature" and (
            denied or not lexicon().able.search(text) or SUPPOSES.match(text)
        ):
            continue
        if denied and term.kind in {"effect", "promise", "certificate", "brand", "origin"}:
            continue
        if term.kind != "brand" and _asks(folded, clause):
            continue
        yield Assertion(
            CLAIM_OF[term.kind],
            term.kind,
            term.start,
            term.end,
            *_setting(folded, term.start, term.end),
            denied,
            term.group,
        )
    for match in CHINESE_BRAND.finditer(folded):
        yield Assertion(
            "brand",
            "brand",
            match.start(),
            match.end(),
            *_setting(folded, match.start(), match.end()),
            group=match.group()[:-1],
        )


def _phrases(folded: str) -> Iterator[Assertion]:
    for phrase in phrases(folded):
        clause = clause_at(folded, phrase.start)
        asks = _asks(folded, clause) and phrase.kind not in {"scarcity", "hurry", "saving", "gift"}
        if asks or negative_before(folded, clause[0], phrase.start, phrase.end):
            continue
        yield Assertion(
            CLAIM_OF[phrase.kind],
            phrase.kind,
            phrase.start,
            phrase.end,
            *_setting(folded, phrase.start, phrase.end),
            group=phrase.group,
        )


def _framed(folded: str) -> Iterator[Assertion]:
    """What is asserted of words no list knows: 含有…, 产自…, "comes with ..."."""
    known = [(term.start, term.end) for term in terms(folded) if term.kind not in _MAYBE]
    for kind, pattern in frames().patterns:
        for match in pattern.finditer(folded):
            clause = clause_at(folded, match.start())
            if _asks(folded, clause):
                continue
            denied = bool(NEGATIVE.search(folded, clause[0], match.end("object")))
            at = match.start("object")
            for item in _LIST.split(match["object"]):
                start = folded.find(item, at)
                end = at = start + len(item)
                if any(first < end and start < last for first, last in known):
                    continue
                said = _JUNK.sub("", item.strip())
                if not said or frames().neutral.search(said):
                    continue
                yield Assertion(
                    CLAIM_OF[kind],
                    "open",
                    start,
                    end,
                    *_setting(folded, start, end),
                    denied,
                    said,
                )
