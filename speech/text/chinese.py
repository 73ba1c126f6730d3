"""What signs and numbers are called in a Chinese shop."""

import re
from typing import Final

from speech.text import chinese_spoken as zh
from speech.text.addresses import address_rule
from speech.text.chinese_spoken import MEASURES
from speech.text.codes import CODE
from speech.text.currencies import BY_SIGN
from speech.text.greek import GREEK_CHINESE, greek_rule
from speech.text.lexicon import ChineseLexicon
from speech.text.numerals import roman_value, zh_digits, zh_money, zh_number
from speech.text.pieces import Rule, rule

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
ALONE = r"(?<![\d.])"
"""Before a number: not in the middle of another."""
TO = r"\s?[-–—~～至到]\s?"
SIZE = r"(?<![A-Za-z0-9])(\d?X{0,3}[SML])(?![A-Za-z0-9])"
_N = rf"{ALONE}({NUMBER})(?!\d)"
_RANGE = rf"{ALONE}({NUMBER}){TO}({NUMBER})(?![\d])"
_BIG = r"(万|千|百|亿)?"
ROMAN: Final = r"(?<![A-Za-z0-9])(II|III|IV|VI|VII|VIII|IX|XI|XII|XIII|XIV|XV)(?![A-Za-z0-9])"
_ROMAN_SIGNS: Final = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_SIGNS: Final = "|".join(
    re.escape(sign)
    for sign in sorted(BY_SIGN, key=len, reverse=True)
    if sign not in ("¥", "￥", "RMB", "CNY", "yuan")
)
_NUMBERED: Final = (
    "房间号|尾号|编号|单号|订单|货号|型号|款号|卡号|账号|工号|手机号|邮编|区号|密码|口令|验证码|券码"
    "|优惠码|兑换码|代码|条码|批号|批次|学号|群号|分机|电话|热线|客服|直播间号|QQ"
)
"""What comes after these is read digit by digit."""
_SOLD: Final = "包邮|秒杀|到手|带走|拿走|拿下|上车|抢|封顶|开抢|起拍|一件|两件|三件|任选|的价"
"""After a bare decimal these make it a price."""


def chinese_rules(lexicon: ChineseLexicon) -> tuple[Rule, ...]:
    """The rules for Chinese text, the more special ones first."""
    units = "|".join(re.escape(u) for u in sorted(lexicon.units, key=len, reverse=True))
    unit = rf"\s?({units})(?![A-Za-z0-9])"
    one = rf"(?:[\u4e00-\u9fff]|(?:{units})(?![A-Za-z0-9]))"
    per = rf"(?:/({one}))?"
    priced_per = rf"(?:/((?:\d+\s?)?{one}))?"

    def measured(match: re.Match[str]) -> str:
        *_, name, each = match.groups()
        return f"{zh.span(match, counting=True)}{lexicon.units[name]}{each_one(each)}"

    def each_one(each: str | None) -> str:
        """30ml/瓶 is 一瓶, 25km/h 每小时, 12.9元/500g 每五百克."""
        if not each:
            return ""
        if amount := re.match(r"(\d+)\s?(.+)", each):
            spoken = zh_number(amount[1], counting=amount[2] not in lexicon.units)
            head = "每" if amount[2] in lexicon.units else ""
            return f"{head}{spoken}{lexicon.units.get(amount[2], amount[2])}"
        return f"每{lexicon.units[each]}" if each in lexicon.units else f"一{each}"

    def sized(match: re.Match[str]) -> str:
        """5×10×3cm; each with its own unit where they differ: 1.5m×22cm."""
        sides = re.findall(rf"({NUMBER})\s?({units})?", f"{match[1]} {match[2]}")
        if len({name for _, name in sides if name}) > 1:
            return "乘".join(zh_number(n) + lexicon.units.get(name, "") for n, name in sides)
        return "乘".join(zh_number(n) for n, _ in sides) + lexicon.units[match[2]]

    def below_zero(match: re.Match[str]) -> str:
        name = lexicon.units[match[2]]
        prefix = "零下" if name.endswith("度") else "负"
        return prefix + zh_number(match[1], counting=True) + name

    def from_below_zero(match: re.Match[str]) -> str:
        """-20~-5℃"""
        first, sign, second, unit_name = match.groups()
        name = lexicon.units[unit_name]
        below = "零下" if name.endswith("度") else "负"
        head = below + zh_number(first)
        return f"{head}到{below if sign else ''}{zh_number(second)}{name}"

    words = sorted(lexicon.words, key=len, reverse=True)
    return (
        address_rule("zh", zh_digits),
        rule("|".join(_bounded(word) for word in words), lambda m: lexicon.words[m.group()]),
        greek_rule(GREEK_CHINESE),
        rule(f"[{_ROMAN_SIGNS}]", lambda m: zh_number(str(_ROMAN_SIGNS.index(m.group()) + 1))),
        rule(rf"(?<=第){ROMAN}|{ROMAN}(?=[代型级类期区世号])|(?<=[A-Za-z][ -]){ROMAN}",
             lambda m: zh_number(str(roman_value(m[1] or m[2] or m[3])))),
        rule(rf"(?:{_NUMBERED})(?:号码|号)?[是为:：\s]{{0,2}}(?=\d)(\d{{3,}})(?![\d.,:]|[-—]\d|[{MEASURES}])",
             lambda m: m.group()[: m.start(1) - m.start()] + zh_digits(m[1])),
        rule(r"(?<=[扣打刷敲])(\d)\1+(?!\d|[个件元块遍次])", lambda m: zh_digits(m.group())),
        rule(r"(?<![\d.¥￥第满减价要共付仅元])(?:6{3,}|23{2,})(?=$|[^\w.%*×/+-])",
             lambda m: zh_digits(m.group())),
        rule(r"(?<!\d)(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)", zh.phone),
        rule(r"(?<!\d)([48]00)-(\d{3,4})-(\d{3,4})(?!\d)", zh.phone),
        rule(r"(?<=比例|配比|稀释|兑水)([是为：:]?)(\d+)[:：](\d+)(?!\d)",
             lambda m: f"{m[1]}{zh_number(m[2])}比{zh_number(m[3])}"),
        # what looks like an amount and is a code or a sum
        rule(r"(?<![\dA-Za-z])(\d{1,2})W-?(\d{2})(?!\d)",
             lambda m: f"{zh_number(m[1])} W {zh_number(m[2])}"),
        rule(r"(?<!\d)(\d{3})/(\d{2})\s?(Z?R)(\d{2})(?!\d)", lambda m: f"{zh_digits(m[1])} "
             f"{zh_digits(m[2])} {' '.join(m[3])} {zh_number(m[4])}"),
        rule(r"(?<![\d.])(\d+)\s?[-−]\s?(\d+)(?=\s?[=＝]\s?\d)",
             lambda m: f"{zh_number(m[1])}减{zh_number(m[2])}"),
        # dates and times
        rule(r"(?<!\d)((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)", zh.date),
        rule(r"(?<=[周月日号早晚晨午][一二三四五六日天早晚])\s?[-–—~～]\s?(?=[周星礼早晚中下次])"
             r"|(?<=[月日号晨午])\s?[-–—~～]\s?(?=[一二三四五六七八九十次晚下])", lambda m: "到"),
        rule(r"(?<!\d)((?:19|20)\d\d)(?=年|[新老]?款|[新旧]版|春|夏|秋|冬|赛季|早春|版)",
             lambda m: zh_digits(m[1])),
        rule(rf"(?<=[间期动惠售销])([是为:：\s]?)(\d{{1,2}})\.(\d{{1,2}}){TO}(\d{{1,2}})\.(\d{{1,2}})(?![\d.])",
             zh.days),
        rule(rf"(?<!\d)([012]?\d):([0-5]\d)(?::([0-5]\d))?(?!\d)(?:{TO}([012]?\d):([0-5]\d))?",
             zh.time),
        # money
        rule(rf"(?:[¥￥]|RMB\s?|CNY\s?){_RANGE}{_BIG}元?{per}", zh.price_range),
        rule(rf"(?:[¥￥]|RMB\s?|CNY\s?)({NUMBER}){TO}[¥￥]({NUMBER}){_BIG}元?{per}",
             zh.price_range),
        rule(rf"(?:[¥￥]|RMB\s?|CNY\s?){_N}{_BIG}(?:元|块钱?|圆)?{priced_per}",
             lambda m: zh.price(m) + each_one(m[3])),
        rule(rf"{_N}()元{priced_per}", lambda m: zh.price(m) + each_one(m[3])),
        rule(rf"(?<![A-Za-z])({_SIGNS})\s?{_N}(?:{TO}(?:{_SIGNS})?({NUMBER}))?{_BIG}", zh.foreign),
        rule(rf"{_N}\s?({_SIGNS})(?![A-Za-z])",
             lambda m: zh_number(m[1], counting=True) + BY_SIGN[m[2]].chinese),
        rule(rf"{ALONE}(\d+\.[1-9]\d?)(?={_SOLD})", lambda m: zh_money(m[1])),
        rule(r"(?:(?<=价)|(?<=只要)|(?<=仅需))(\d+\.\d{1,2})(?=[，。！？；,!?;\s]|$)",
             lambda m: zh_money(m[1])),
        # shares and discounts
        rule(rf"{ALONE}({NUMBER})%?{TO}({NUMBER})%",
             lambda m: f"百分之{zh_number(m[1])}到百分之{zh_number(m[2])}"),
        rule(rf"(?<![\dA-Za-z\u4e00-\u9fff])[-−]{_N}\s?%",
             lambda m: "负百分之" + zh_number(m[1])),
        rule(rf"{_N}\s?%(\+)?", lambda m: "百分之" + zh_number(m[1]) + ("加" if m[2] else "")),
        rule(rf"{_N}\s?‰", lambda m: "千分之" + zh_number(m[1])),
        rule(rf"{ALONE}(\d(?:\.\d)?){TO}(\d(?:\.\d)?)折",
             lambda m: f"{zh.tenths(m[1])}到{zh.tenths(m[2])}折"),
        rule(r"(?<![\d.])(\d\d?|\d\.\d)折", lambda m: f"{zh.tenths(m[1])}折"),
        rule(r"(第|买|送|拍|减|赠)(\d+)(?![\d.%:/A-Za-z×*-])",
             lambda m: m[1] + zh_number(m[2], counting=m[1] != "第" and zh.counts(m))),
        rule(rf"满({NUMBER})[元块]?[-–]({NUMBER})(?![\d.])",
             lambda m: f"满{zh_number(m[1])}减{zh_number(m[2])}"),
        rule(r"(?<!\d)(\d{1,2})[.·](\d{1,2})(?=节|大促|狂欢|活动|预售|年中|开门红)",
             lambda m: f"{zh_number(m[1])} {zh_number(m[2])}"),
        # amounts with units
        rule(r"(?<=[金银铂])(9{2,4}|925|990|950|750)(?![\d.%元块])", lambda m: zh_digits(m[1])),
        rule(r"(?<!\d)([12])米(\d\d?)(?![\d.米*×xX])",
             lambda m: f"{zh_number(m[1], counting=m[1] == '2')}米{zh_digits(m[2])}"),
        rule(r"(?<!\d)(\d)合(\d)(?!\d)", lambda m: f"{zh_number(m[1])}合{zh_number(m[2])}"),
        rule(r"(?<!\d)(2|4|8)([kK])(?![A-Za-z0-9])(?!/)", lambda m: f"{zh_number(m[1])} K"),
        rule(rf"(?<!\d)(3[0-8]|[6-9][05])([A-G])(?:{TO}(3[0-8]|[6-9][05])([A-G]))?(?![A-Za-z0-9])",
             zh.cups),
        rule(rf"{ALONE}({NUMBER}(?:\s?(?:{units}))?(?:\s?[×xX*]\s?{NUMBER}(?:\s?(?:{units}))?)*"
             rf"\s?[×xX*]\s?{NUMBER}){unit}", sized),
        rule(rf"(?<![\dA-Za-z])[-−]({NUMBER})\s?[-–—~～至到]\s?([-−])?({NUMBER}){unit}",
             from_below_zero),
        rule(rf"(?<![\dA-Za-z])[-−]{_N}{unit}", below_zero),
        rule(rf"{_RANGE}{unit}{per}", measured),
        rule(rf"{_N}(){unit}{per}", measured),
        rule(rf"{_N}w(\+?)(?![A-Za-z])", lambda m: f"{zh_number(m[1], counting=True)}万"
             + ("加" if m[2] else "")),
        rule(rf"{_N}W\+", lambda m: f"{zh_number(m[1], counting=True)}万加"),
        # sizes, codes, letters with signs
        rule(r"(?<!\d)(\d{3})/(\d{2,3})([A-Z])(?![A-Za-z])",
             lambda m: f"{zh_number(m[1])} {zh_number(m[2])} {m[3]}"),
        rule(r"(?<![A-Za-z0-9])([A-Z]+)\s?(\d+)?(\+{1,4})(?!\d)", zh.graded),
        rule(rf"{ALONE}(\d+\.\d+)\s?([A-Z]{{1,2}})(?![A-Za-z0-9])",
             lambda m: f"{zh_number(m[1])} {' '.join(m[2])}"),
        rule(SIZE + TO + SIZE,
             lambda m: f"{' '.join(zh.size(m[1]))}到{' '.join(zh.size(m[2]))}"),
        rule(r"(?<![A-Za-z])[Nn][Oo]\.?\s?(\d+)", lambda m: f"{zh_number(m[1])}号"),
        rule(CODE, lambda m: zh.code(m, lexicon.words)),
        rule(r"(?<![A-Za-z])([A-Z]{2,5})\s(\d{4})(?![\d.,%年]|\s?(?:ml|g|mg|kg)\b)", zh.model),
        rule(r"(?<![\d.])(480|720|1080|1440|2160)([pPiI])(?![A-Za-z0-9])",
             lambda m: f"{zh_digits(m[1])} {m[2].upper()}"),
        rule(r"(?<![A-Za-z0-9])(\d+)([A-Z]{1,3})(?![A-Za-z0-9])",
             lambda m: f"{zh_number(m[1])} {' '.join(m[2])}"),
        rule(r"(?<![A-Za-z])[SMLX]{1,4}(?:/[SMLX]{1,4})+(?![A-Za-z])",
             lambda m: "，".join(" ".join(size) for size in m.group().split("/"))),
        # plain numbers
        rule(r"(?<=[年月日号点分秒天周])\s?[-–—~～]\s?(?=\d|周)", lambda m: "到"),
        rule(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])", lambda m: zh_number(m.group())),
        rule(r"(?<=[\u4e00-\u9fff])/(?=(?:分钟?|秒钟?|小?时|天|日|周|月|年|次|人)(?![\u4e00-\u9fff]))",
             lambda m: "每"),
        rule(rf"(?<=\d[{MEASURES}])/(?=[{MEASURES}](?![\u4e00-\u9fff]))", lambda m: "每"),
        rule(rf"{ALONE}2(?=[{MEASURES}])(?!点\d)", lambda m: "两"),
        rule(rf"{_RANGE}(?=[^\W\d_]|\b|$)", lambda m: zh.span(m, counting=zh.counts(m))),
        rule(rf"{ALONE}(\d{{1,3}}(?:\.\d+)?)[:：](\d{{1,3}}(?:\.\d+)?)(?!\d)",
             lambda m: f"{zh_number(m[1])}比{zh_number(m[2])}"),
        rule(rf"[<＜]\s?(?={NUMBER})", lambda m: "小于"),
        rule(rf"[>＞]\s?(?={NUMBER})", lambda m: "大于"),
        rule(r"(?<=[A-Za-z\u4e00-\u9fff])\s?[+＋]\s?(?=[\dA-Za-z\u4e00-\u9fff])",
             lambda m: "加"),
        rule(r"(?<=[A-Za-z℃°%″\"\u4e00-\u9fff])[+＋](?=$|[\s，。！？、,)）])", lambda m: "加"),
        rule(r"(?<=[\d元块分\u4e00-\u9fff])\s?[=＝]\s?(?=[\d\u4e00-\u9fff])", lambda m: "等于"),
        rule(rf"{_N}\s?([+×xX*])\s?({NUMBER})(?!\d)", lambda m: zh_number(m[1])
             + ("加" if m[2] == "+" else "乘") + zh_number(m[3])),
        rule(r"\s?[×*]\s?(?=\d)", lambda m: "乘"),
        rule(rf"{_N}([万亿千百]?)\+(?!\d)", lambda m: f"{zh_number(m[1], counting=bool(m[2]))}"
             f"{m[2]}加"),
        rule(r"(?<!\d)0\d+(?!\d)|(?<!\d)\d{8,}(?![\d.,])", lambda m: zh_digits(m.group())),
    )  # fmt: skip


def zh_fallback(token: str) -> str:
    """A run of digits in Chinese when nothing else knows what it is."""
    return re.sub(NUMBER, lambda m: zh_number(m.group()), token)


def _bounded(word: str) -> str:
    """The word as a pattern that does not match inside a longer word or number."""
    before = r"(?<![A-Za-z0-9.])" if word[0].isascii() and word[0].isalnum() else ""
    after = r"(?![A-Za-z0-9]|\.\d)" if word[-1].isascii() and word[-1].isalnum() else ""
    if word.isdigit():
        after = r"(?![\dA-Za-z%.,元块折件个天克万]|\s?ml|\s?g)"
    return f"{before}{re.escape(word)}{after}"
