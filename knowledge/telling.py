"""Columns that no word explains: which are worth telling, and which are the shop's own business.

A column such as 口味, 防水等级 or "Sowing time" is of no field, yet it is what viewers ask about:
what it says is kept under its own header. What a shop keeps for itself (who last changed a row, a
warehouse, a barcode, a link) is not.
"""

import re
from collections.abc import Sequence
from typing import Final

from knowledge.amounts import plain

_OWN: Final = re.compile(
    r"状态|仓|备注|操作|审核|更新|修改|创建|录入|导出|时间戳|链接|网址|地址|条码|条形码|编码|编号|代码|"
    r"id$|模板|店铺|平台|渠道|运营|销量|销售额|成交|访客|点击|转化|排名|评分|权重|批次|税|发货人|联系|"
    r"电话|手机|微信|邮箱|姓名|经手|采购|供应|佣金|毛利|预警|安全库存|是否|标签|关键词|seo|上传|序号|"
    r"待办|内部|勿|草稿|负责|主播|排期|话术|竞品|"
    r"status|warehouse|bin$|location|note|remark|comment|internal|private|updated|modified|created|"
    r"exported|url|link|barcode|\b(?:upc|ean|gtin|mpn|hs)\b|code$|\bid\b|template|store|channel|"
    r"platform|sales|sold|revenue|views|click|rank|rating|weightage|tax|vat|duty|contact|phone|"
    r"email|owner|editor|author|assignee|supplier|vendor|buyer|margin|profit|reorder|safetystock|"
    r"tags?$|keyword|published|fulfil|tracker|policy$|competitor|todo|check|approved|todo|flag|"
    r"currency|index|position|batch|lot",
    re.IGNORECASE,
)
_VALUE: Final = re.compile(
    r"https?:|www\.|@|\d{9,}|^(?:true|false|yes|no|是|否|[√×xy])$|\.(?:png|jpe?g|webp|mp4|pdf)$",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(
    r"[页片层口档格件块针支根股]数$|^(?:number|no\.?) of \w+|\bcount$|"
    r"^(?:pages|pieces|seats|doors|drawers|players|parts|layers|speeds|gears|pockets)$",
    re.IGNORECASE,
)
# headers that say themselves what a bare number counts
LONGEST_HEADER: Final = 24
LONGEST_VALUE: Final = 80


def is_worth_telling(header: str, samples: Sequence[str]) -> bool:
    """Whether what stands below an unknown header may be said of a product.

    Args:
        header: as the file has it.
        samples: some filled cells below it.
    """
    name = plain(header)
    bare = name.split("(")[0].strip()
    # what stands in brackets says the unit, or where a program keeps it
    if not re.search(r"[^\W\d_]{2}", bare) or len(bare) > LONGEST_HEADER or _OWN.search(bare):
        return False
    filled = [plain(text) for text in samples if text.strip()]
    if not filled or any(_VALUE.search(text) or len(text) > LONGEST_VALUE for text in filled):
        return False
    # a number without a unit says nothing to a viewer, unless the header names the unit
    return (
        "(" in name
        or _COUNTED.search(name) is not None
        or not all(re.fullmatch(r"[\d.,\s-]+", text) for text in filled)
    )
