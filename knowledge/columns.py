"""Which field a header means: by saved mapping, by its words, by likeness, by what is below it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from rapidfuzz import fuzz, process

from core.language import Language
from knowledge.amounts import currency_in, parse_money, parse_quantity, plain
from knowledge.fields import FIELDS, KEYS
from knowledge.telling import is_worth_telling

How = Literal["saved", "header", "likeness", "content", "kept", "unknown"]
"""`kept`: under its own header, for what no field is."""

IGNORED: Final = "ignore"
# what a mapping file says of a column nobody should read
LIKENESS: Final = 84.0
# of 100: how like a known word a header must be to be taken for it
_LANGUAGES: Final[dict[str, Language]] = {
    "英文": "en", "英语": "en", "english": "en", "en": "en", "eng": "en",
    "中文": "zh", "汉语": "zh", "chinese": "zh", "zh": "zh", "cn": "zh",
    "日文": "ja", "日语": "ja", "japanese": "ja", "ja": "ja", "jp": "ja",
    "韩文": "ko", "韩语": "ko", "korean": "ko", "ko": "ko", "粤语": "yue",
    "德文": "de", "german": "de", "de": "de", "法文": "fr", "french": "fr", "fr": "fr",
    "西文": "es", "spanish": "es", "es": "es",
}  # fmt: skip
_INTERNAL: Final = frozenset(
    {"internal", "private", "内部", "内部用", "勿外传", "不对外", "仅内部"}
)
# in brackets: the column is nobody else's business
_UNITS: Final = re.compile(
    "ml|l|m?g|kg|[cm]?m|k?w|v|mah|h|毫升|升|千?克|公?斤|[厘毫]?米|瓦|小时|分钟|个?月|年|天|片|支"
)
_MORE_UNITS: Final = (
    "rpm|r|pcs?|oz|fl ?oz|lbs?|ft|in|inch(?:es)?|yd|[kcdm]?m[²³]|㎡|[μu]m|nm|[kmg]?hz|m?ah?|wh|"
    "kwh|mw|lm|lux|"
    "k|db|k?pa|bar|psi|n|nm|j|kj|kcal|cal|%|°|℃|°?[cf]|min|s|sec|hrs?|hours?|days?|weeks?|months?|"
    "years?|gb|tb|mb|mp|px|dpi|fps|bit|gsm|tc|d|den|mg|iu|[μu]g|pp[bm]|spf|mmhg|kn|mph|km|t|"
    "[元件个只瓶盒袋包支片粒颗条根张双对套副把台本册卷桶罐杯份人次页组箱颗朵枚串]|分米|微米|英寸|英尺|两|吨|"
    "秒|周|岁|平方米|立方米|立方厘米|千瓦|毫安时?|伏|流明|赫兹|度|寸|码|克拉|目"
)
_UNIT_SHAPE: Final = re.compile(
    rf"(?:{_UNITS.pattern}|{_MORE_UNITS})(?:/(?:{_UNITS.pattern}|{_MORE_UNITS}))?"
)
# in brackets behind a header that no word explains: (r/min), (%), (片)
_ENDINGS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (
            r"(?:会员|拼团|起批|满|件|老客|新客|首单|vip).*价.?$|价.{0,2}(?:会员|拼团|vip)|"
            r"member.*price|bulkprice|price.*member",
            IGNORED,
        ),
        # a price for some buyers only is not the price
        (r"(?:保存|储存|贮存|存储|存放|收纳)(?:方式|方法|条件|温度|说明|要求)$", "storage"),
        (r"(?:洗涤|清洗|清洁|保养|养护|护理|打理)(?:方式|方法|说明|建议)?$", "care"),
        (r"(?:发货|配送|物流).{0,2}(?:方式|方法|说明|时效|时间)$", "shipping"),
        (
            r"(?:食用|使用|冲泡|服用|烹饪|喂养|喂食|安装|操作|佩戴|涂抹|泡|用).{0,2}"
            r"(?:方法|方式|步骤|说明|建议|指南|教程)$|instructions?$",
            "usage",
        ),
        (
            r"(?:适用|适合|推荐|建议).{0,3}(?:年龄|阶段|人群|对象|性别|月龄|年级|犬种|体型)$",
            "audience",
        ),
        (r".(?:年龄段?|月龄)$", "audience"),
        (r"(?:库存|现货|货品?)(?:状态|情况)$|availability$", "availability"),
        (r".库存(?:数量?|量|数)?$|(?:stock|inventory)(?:qty|count|level)?$", "stock"),
        (
            r"(?:原|市场|吊牌|划线|日常|官方|专柜|门市|指导|建议|参考|零售).{0,3}价格?$",
            "list_price",
        ),
        (r".价格?$|[a-z]price$", "price"),
        (
            r"(?:截止|结束|到期|有效期至)(?:日期?|时间)?$|(?:until|till|expires?|validto|enddate|ends)$",
            "valid_until",
        ),
        (r"(?:开始|生效|起始)(?:日期?|时间)?$|(?:validfrom|startdate|starts)$", "valid_from"),
        (r"(?:length|width|depth).*x.*(?:width|depth|height)|长.{0,3}宽|宽.{0,3}高", "dimensions"),
    )
)
"""How a header ends, for those that no word explains whole."""
_NUMBERED: Final = re.compile(r"(?:\d{1,2}|[一二三四五六七八])$")
# 卖点1, 卖点2, "Bullet 3": one list in several columns
_MANY: Final = frozenset(field.key for field in FIELDS if field.many)
_OF_ITS_OWN: Final = re.compile(
    r"(?:load|weight|seating|carrying|storage|memory|filling)capacity|maxload|承重|载重|限重|充绒量"
)
# no volume and no weight of the thing itself
_STRONG_PRICE: Final = re.compile(
    r"直播|到手|券后|活动|促销|秒杀|特价|折后|优惠|福利|现价|sale|live|promo|deal|special|offer|our|now|"
    r"current",
    re.IGNORECASE,
)
# of two prices, the one that is asked for now
PASSING_PRICE: Final = re.compile(
    r"活动|促销|秒杀|特价|折后|优惠|限时|\bsale|promo|deal|special|offer", re.IGNORECASE
)
# a price that not everything has: where its cell is empty, the list price is the price
_MODEL: Final = re.compile(r"型号|model", re.IGNORECASE)
_CODE: Final = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9._/-]{2,24}")
_BRACKETS = re.compile(r"[(（\[【<《](.*?)[)）\]】>》]")
_EDGE = re.compile(
    r"^(?P<front>英文|中文|日文|韩文|english|chinese)[\s_\-:：]*(?P<rest>.+)$"
    r"|^(?P<body>.+?)[\s_\-:：.]*(?P<back>英文|中文|日文|韩文|english|chinese|(?<=[\s_\-.])(?:en|zh|cn|ja|ko))$"
)


@dataclass(frozen=True, slots=True)
class Column:
    """What one header was taken for."""

    header: str
    field: str
    # a key of FIELDS or KEYS, IGNORED, or "" when nobody knows
    how: How
    language: Language | None = None
    # "卖点（英文）" says which
    currency: str | None = None
    # "价格(USD)" says which
    unit: str = ""
    # "身高(cm)" says which


def map_columns(
    headers: Sequence[str],
    samples: Mapping[str, Sequence[str]],
    saved: Mapping[str, str],
) -> dict[str, Column]:
    """Every header with what it means.

    Args:
        headers: as the file has them.
        samples: some filled cells below each header.
        saved: header to field, from the shop's mapping file.
    """
    columns = {header: _by_words(header, saved) for header in headers}
    taken = {column.field for column in columns.values()}
    for header, column in columns.items():
        if not column.field:
            columns[header] = _by_content(column, samples.get(header, ()), taken)
    return _with_prices(_with_skus(_with_models(columns, samples)))


def without_unit(header: str) -> str:
    """A header as it is said: 转速 of "转速(r/min)"."""
    return _BRACKETS.sub("", header).strip() or header


def is_known_header(text: str) -> bool:
    """Whether a cell reads like a header: its words are known exactly."""
    return len(text) <= 40 and _by_words(text, {}).how == "header"


def field_of_header(text: str) -> str:
    """What a header names by its words alone: a key of FIELDS or KEYS, "" when nobody knows."""
    return _by_words(text, {}).field


def field_of_heading(text: str, *, exactly: bool = False) -> str | None:
    """The field that a heading or a key in a document names; None when it names none.

    With `exactly`, words that are only alike do not count.
    """
    column = _by_words(re.sub(r"^[\d一二三四五六七八九十]+[、.．)）]\s*", "", text), {})
    if exactly and column.how != "header":
        return None
    return column.field if column.field and column.field not in KEYS else None


def _by_words(header: str, saved: Mapping[str, str]) -> Column:
    if header in saved:
        return Column(header, saved[header], "saved", *_marks(header)[1:])
    core, language, currency, unit = _marks(header)
    field, how = _match(core)
    if field in ("price", "list_price") and currency is None:
        currency = currency_in(header)
    return Column(header, field, how, language, currency, unit)


def _marks(header: str) -> tuple[str, Language | None, str | None, str]:
    """The header without brackets, spaces and language words; and what those said."""
    text = plain(header).lower()
    language: Language | None = None
    currency: str | None = None
    unit = ""
    for inside in _BRACKETS.findall(text):
        word = inside.strip()
        language = language or _LANGUAGES.get(word)
        currency = currency or currency_in(word)
        if word in _INTERNAL:
            return "internalnotes", None, None, ""
        unit = unit or (word if _UNIT_SHAPE.fullmatch(word) else "")
    whole = re.sub(r"\s+", "", text)
    text = text if whole in _WORDS else _BRACKETS.sub("", text)
    if re.sub(r"[\s_\-]+", "", text) not in _WORDS:
        edge = _EDGE.match(text.strip())
        if edge:
            language = language or _LANGUAGES.get(edge["front"] or edge["back"])
            text = edge["rest"] or edge["body"]
    elif "英文" in text or "english" in text:
        language = language or "en"
    return re.sub(r"[\s_\-*:：]+", "", text), language, currency, unit


def _table() -> dict[str, str]:
    words: dict[str, str] = {}
    for field in FIELDS:
        for word in (field.zh, field.en.replace(" ", ""), field.key, *field.words.split()):
            words[word.replace("_", "")] = field.key
    for key, known in KEYS.items():
        for word in known.split():
            words[word] = key
    return words


_WORDS: Final = _table()


@lru_cache(maxsize=4096)
def _match(word: str) -> tuple[str, How]:
    if not word:
        return "", "unknown"
    if word in _WORDS:
        return _WORDS[word], "header"
    if word.rstrip(".") in _WORDS:
        return _WORDS[word.rstrip(".")], "header"
    singular = word.removesuffix("s")
    if singular in _WORDS:
        return _WORDS[singular], "header"
    numbered = _NUMBERED.sub("", word)
    for form in (numbered, f"{numbered}s"):
        if numbered != word and _WORDS.get(form) in _MANY:
            return _WORDS[form], "header"
    if _OF_ITS_OWN.search(word):
        return "", "unknown"
    # a private column must never pass for a public one: 成本价 is not 价
    if any(secret in word for secret in KEYS["private"].split() if len(secret) > 1):
        return "private", "likeness"
    ending = next((field for pattern, field in _ENDINGS if pattern.search(word)), "")
    if ending and len(word) <= 12 + 12 * word.isascii():
        return ending, "likeness"
    inside = [known for known in _WORDS if known in word and _is_telling(known, word)]
    if inside:
        return _WORDS[max(inside, key=len)], "likeness"
    if len(word) > 2:
        best = process.extractOne(word, _WORDS.keys(), scorer=fuzz.ratio, score_cutoff=LIKENESS)
        if best:
            return _WORDS[best[0]], "likeness"
    return "", "unknown"


def _is_telling(known: str, word: str) -> bool:
    """Whether a known word inside a longer one says what the longer one is about.

    Chinese headers end with their noun (产品核心卖点): a word of two characters must stand there.
    """
    if known.isascii():
        return len(known) >= 5 and len(known) * 2 >= len(word)
    return len(known) >= 3 or (len(known) == 2 and word.endswith(known))


def _by_content(column: Column, samples: Sequence[str], taken: set[str]) -> Column:
    """A guess from the cells below a header that no word explains."""
    filled = [text for text in samples if text][:20]
    if not filled:
        return column
    for field, test in (("price", _is_price), ("volume", _is_volume), ("image", _is_image)):
        if len(filled) > 1 and field not in taken and all(test(text) for text in filled):
            taken.add(field)
            return Column(column.header, field, "content", *_marks(column.header)[1:])
    if is_worth_telling(column.header, filled):
        return replace(column, field="feature", how="kept")
    return column


def _is_price(text: str) -> bool:
    """Only with a currency sign: a bare number could be anything."""
    if not re.search(r"[¥￥$€£元]", text):
        return False
    try:
        parse_money(text, "CNY")
    except ValueError:
        return False
    return True


def _is_volume(text: str) -> bool:
    quantity = parse_quantity(text)
    return quantity is not None and quantity[1].lower() in (
        "ml",
        "l",
        "g",
        "kg",
        "毫升",
        "克",
        "升",
    )


def _is_image(text: str) -> bool:
    return re.search(r"\.(?:png|jpe?g|webp)$", text.lower()) is not None


def _with_models(
    columns: dict[str, Column], samples: Mapping[str, Sequence[str]]
) -> dict[str, Column]:
    """Where nothing else says which product, a model is one: each of its own, and no mere word."""
    fields = {column.field for column in columns.values()}
    models = [header for header, column in columns.items() if column.field == "variant"]
    if "id" in fields or "sku" in fields or "name" not in fields or len(models) != 1:
        return columns
    codes = [plain(text) for text in samples.get(models[0], ()) if text]
    alone = len(codes) > 1 and len(set(codes)) == len(codes)
    if alone and _MODEL.search(models[0]) and all(_CODE.fullmatch(code) for code in codes):
        columns[models[0]] = replace(columns[models[0]], field="id", how="content")
    return columns


def _with_skus(columns: dict[str, Column]) -> dict[str, Column]:
    """Of several columns that are ids, one says which product; one called SKU tells variants apart.

    What a shop system numbers its products by (商品ID, 宝贝ID, "Item no.") goes before codes of
    the shop's own (商家编码), and words that are known before those that are only alike.
    """
    ids = [header for header, column in columns.items() if column.field == "id"]
    if len(ids) < 2:
        return columns
    rank = {header: n for n, header in enumerate(ids)}
    main = min(ids, key=lambda h: ("sku" in h.lower(), columns[h].how != "header", rank[h]))
    for header in ids:
        if header == main:
            continue
        if "sku" in header.lower():
            columns[header] = replace(columns[header], field="sku")
        else:
            columns[header] = replace(columns[header], field=IGNORED)
    return columns


def _with_prices(columns: dict[str, Column]) -> dict[str, Column]:
    """Of several prices, the one that is asked for now; the other is what it costs otherwise."""
    prices = [header for header, column in columns.items() if column.field == "price"]
    if len(prices) < 2 or any(columns[header].how == "saved" for header in prices):
        return columns
    listed = any(column.field == "list_price" for column in columns.values())
    strong = [header for header in prices if _STRONG_PRICE.search(header)]
    main = (strong or prices)[0]
    others = [header for header in prices if header != main]
    for header in others:
        plainly = header not in strong and not listed
        columns[header] = replace(
            columns[header], field="list_price" if plainly else IGNORED, how="likeness"
        )
        listed = listed or plainly
    return columns
