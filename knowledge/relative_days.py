"""Days told from the day of writing, 仅限今晚 or "ends on Sunday": from when the file was saved."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from knowledge.amounts import plain

_WEEKDAYS: Final = {
    **{name: index for index, name in enumerate("一二三四五六日")},
    **{"天": 6, "末": 6},
    **{name: index for index, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
}
_DAY: Final = (
    r"(?P<today>今[天晚日夜]|当[天晚日](?=截止|结束)|本场|today|tonight|this (?:evening|stream))|"
    r"(?P<tomorrow>明[天晚日]|tomorrow)|(?P<after>后天)|"
    r"(?P<month>(?:本|这个?)月(?:[底末内]|有效)?|月[底末]|"
    r"(?:the )?end of (?:the|this) month|this month)|"
    r"(?P<week>(?:本|这)(?:周|星期)(?![一二三四五六日天末])|this week(?!end))|"
    r"(?:本|这)?(?:周|星期|礼拜)(?P<zh>[一二三四五六日天末])|"
    r"(?:this )?(?P<en>mon|tue|wed|thu|fri|sat|sun)[a-z]*day\b|this (?P<weekend>weekend)"
)
_LIMITED: Final = re.compile(
    rf"(?:仅限?|只限|只有|限于?|截止?(?:到|至|于)?|到|至|直到|最后|就|"
    rf"only|until|till|ends?|ending|through|by|valid|expires?|last chance)"
    rf"\s*(?:on |at )?(?:{_DAY})|"
    rf"(?:{_DAY.replace('?P<', '?P<b_')})[^，。,.]{{0,6}}"
    rf"(?:截止|结束|为止|止|有效|限定|专享|only|before midnight)",
    re.IGNORECASE,
)
_NEAR: Final = re.compile(_DAY.partition(r"(?:本|这)?(?:周")[0].rstrip("|"), re.IGNORECASE)
# without a word of limits a day of the week is every week's
_HOUR: Final = re.compile(
    r"(?P<hour>[01]?\d|2[0-4])\s*(?:[点时:：]|(?P<pm>pm))|(?P<midnight>零点|midnight)"
)
_HOUR_AFTER: Final = 4
# characters behind the day in which its hour may stand
_NO_DAY: Final = re.compile(
    r"限时|限期|短期|这几天|近期|过几天|下播|活动期间|limited[- ]time|ends soon|"
    r"for a few days|while (?:it|the (?:sale|offer)) lasts",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Bound:
    """What a relative day was taken to mean."""

    words: str
    until: datetime | None
    # the moment the offer is over; None when nobody can tell


def relative_end(text: str, zone: tzinfo, written: datetime, *, offer: bool) -> Bound | None:
    """Until when an offer holds that names its day only as seen from the day of writing.

    Args:
        text: of the sentence or cell.
        zone: of the shop.
        written: when the file was saved.
        offer: whether it stands among offers, where any such day limits it; elsewhere only a day
            with a word of limits does (仅限今晚, "ends on Sunday").
    """
    plainly = plain(text)
    found = _LIMITED.search(plainly) or (_NEAR.search(plainly) if offer else None)
    if found is None:
        vague = _NO_DAY.search(plainly) if offer else None
        return Bound(vague[0], None) if vague else None
    day = {name.removeprefix("b_"): value for name, value in found.groupdict().items() if value}
    midnight = written.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    over = _day_after(day, midnight)
    hour = _HOUR.search(plainly, found.start(), found.end() + _HOUR_AFTER)
    if hour is not None:
        evening = re.search(r"[晚夜]|tonight|evening", found[0], re.IGNORECASE) or hour["pm"]
        number = int(hour["hour"])
        number += 12 if evening and number < 12 else 0
        over += timedelta(hours=number - 24)
    return Bound(found[0].strip(), over)


def _day_after(day: dict[str, str], midnight: datetime) -> datetime:
    """The midnight that ends the day meant, from the midnight that began the day of writing."""
    if "month" in day:
        return (midnight.replace(day=1) + timedelta(days=32)).replace(day=1)
    name = day.get("zh") or day.get("en", "").lower()
    if "week" in day or "weekend" in day:
        name = "日"
    if name:
        return midnight + timedelta(days=(_WEEKDAYS[name] - midnight.weekday()) % 7 + 1)
    return midnight + timedelta(days=3 if "after" in day else 2 if "tomorrow" in day else 1)
