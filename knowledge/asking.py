"""How viewers ask for a field: the words that tie a question to facts it shares no word with."""

import re
from typing import Final

from knowledge.amounts import plain

_ASKED: Final[dict[str, str]] = {
    "price": r"多少钱|几块|几多钱|价格|什么价|卖多少|现价|咋卖|怎么卖|贵|便宜|how much|price|"
    r"cost|cheap|"
    r"expensive",
    "price_from": r"多少钱|价格|怎么卖|how much|price|cost",
    "list_price": r"原价|日常价|平时|划线|usual|regular|original price|list price",
    "stock": r"库存|有货|没货|还有吗|还剩|剩多少|多少件|断货|卖完|抢完|in stock|sold out|left\b|"
    r"available|stock",
    "coupon": r"优惠|券|满减|便宜点|打折|折扣|减多少|coupon|voucher|discount|code\b|off\b",
    "promotion": r"优惠|活动|[两二三]件|[两二三]瓶|"
    r"[两二三][支盒条双套].{0,6}(?:买|便宜|优惠|多少|减)|多买|一起买|立减|第二件|拍两|deal|"
    r"offer|promotion|buy two|"
    r"discount",
    "gift": r"赠|送什么|送吗|有送|礼品|小样|gift|freebie|come with|free\b",
    "shipping": r"发货|包邮|邮费|运费|快递|几天到|多久到|什么时候到|哪里发|物流|顺丰|ship|"
    r"deliver|postage|arrive|courier|warehouse",
    "returns": r"退货|退换|换货|能退|可以退|退吗|退款|七天|7天|不合适|不喜欢|运费险|return|"
    r"refund|exchange|send it back|money back|change my mind",
    "warranty": r"质保|保修|保几年|坏了|保多久|售后|warrant|guarantee|break|broken|repair",
    "invoice": r"发票|开票|专票|报销|invoice|receipt",
    "payment": r"怎么付|花呗|分期|支付|付款|pay\b|payment|instal?lment",
    "service": r"客服|人工|联系|在线|customer service|contact|human|staff|support",
    "authenticity": r"正品|真的假的|假货|是不是真|保真|genuine|authentic|fake|real\b|original\b",
    "size_table": r"尺码|码数|穿多大|穿什么码|哪个码|多高|多重|体重|身高|公斤|斤\b|[0-9]斤|穿几|"
    r"偏大|偏小|what size|which size|size chart|size guide|my size|\bkg\b|\bcm\b|tall|"
    r"true to size|fit me",
    "size": r"尺码|有[sml]码|加大|大码|sizes|sizing|plus size|size\b",
    "colour": r"颜色|色号|什么色|哪几个色|哪些色|有黑|有白|colou?rs?|shades?",
    "material": r"材质|面料|什么料|布料|纯棉|什么做的|含棉|fabric|material|made of|cotton|linen|"
    r"wool",
    "ingredients": r"成分|含有|含不含|有没有.{0,4}(?:酸|醇|香精|酒精)|配方|配料|加了什么|"
    r"放了什么|里面有什么|有没有加|ingredient|"
    r"contain|"
    r"formula|what.s in",
    "skin_type": r"肤质|孕妇|孕期|怀孕|油皮|干皮|混油|混干|敏感|敏皮|痘|什么皮|"
    r"适合.{0,3}(?:皮|肤)|过敏|skin|pregnan|oily|"
    r"dry|sensitive|combination",
    "audience": r"多大.{0,4}(?:能|可以)|几岁|几个月(?:大|能|可以)|how old|年龄|"
    r"适合谁|男生|男的|男士|女生|女士|孕妇|宝宝|小孩|老人|妈妈|多大年纪|"
    r"who is it for|men\b|"
    r"kids|pregnan",
    "usage": r"多少度|几度|水温|how hot|temperature|"
    r"怎么用|怎么使用|怎么涂|怎么吃|怎么泡|一天用?几次|几次|多久用一次|多久一次|用法|"
    r"用量|一次用|早晚|步骤|怎么开|怎么调|操作|"
    r"how (?:do|to|should)|use it|apply|how often|directions|instructions|turn it",
    "feature": r"什么味|口味|哪几种味|参数|功能|flavou?r|taste|spec",
    "availability": r"有货|没货|还有吗|现货|库存|in stock|available|sold out",
    "caution": r"误[吞食]|生锈|变色|漏|烫|放.{0,3}(?:行不行|行吗)|"
    r"注意|安全|孕妇|禁忌|能不能放|可以放|能放|副作用|能不能.{0,4}(?:泡|水)|防水|危险|"
    r"safe|caution|warning|careful|"
    r"waterproof",
    "care": r"怎么洗|能洗|可以洗|水洗|机洗|手洗|洗衣机|掉色|缩水|烘干|熨|打理|清洁|保养|起球|"
    r"wash|clean|iron|"
    r"dryer|shrink|care\b",
    "storage": r"怎么存|保存|放冰箱|收纳|store it|keep it|fridge",
    "shelf_life": r"能?放几|几年|保质期|过期|日期|放多久|多久过期|shelf life|expir|best before",
    "volume": r"多少毫升|多少克|容量|多大.{0,2}[瓶罐盒支袋桶包]|[瓶罐盒支袋桶包].{0,2}多大|几克|"
    r"净含量|多少ml|几毫升|装多少|volume|"
    r"how many ml|"
    r"how big|capacity|hold",
    "weight": r"多重|有多沉|重量|几斤|重吗|重不重|weigh|heavy",
    "dimensions": r"多大|多高|尺寸|多长|多宽|长宽|高度|dimension|"
    r"how (?:big|tall|wide|long|large)|height",
    "power": r"功率|多少瓦|几瓦|耗电|费电|power|watt",
    "battery": r"电池|毫安|mah|battery",
    "runtime": r"续航|能用几|用多久|能亮多久|烧多长|亮多长|能用多久|充一次|用几个小时|烧多久|"
    r"燃烧|点多久|充电要|"
    r"充满|battery life|how long|burn|last\b|charge",
    "origin": r"哪里产|产地|哪产的|国产|哪里生产|哪个国家|made in|"
    r"where.{0,40}(?:made|produced|from)|origin|"
    r"country",
    "brand": r"什么牌子|品牌|哪个牌|哪家的|brand|who makes",
    "certificate": r"检测|报告|认证|资质|证书|备案|certif|tested|report",
    "texture": r"质地|粘不粘|油不油|厚不厚|清爽|肤感|妆效|texture|sticky|greasy|feel|finish",
    "scent": r"香味|什么味|味道|好闻|气味|scent|smell|fragrance",
    "fit": r"版型|男女|男生|女生|小个子|宽松|修身|显瘦|显胖|多长|长度|裤长|衣长|裙长|fit\b|"
    r"unisex|\bmen\b|\bwomen\b|cropped|"
    r"loose|slim|oversized|length",
    "scene": r"什么时候穿|场合|搭配|怎么搭|适合.{0,4}(?:穿|上班|约会|出门|送人)|occasion|"
    r"wear it|match|go with|style it|for work",
    "selling_point": r"有什么特点|好在哪|什么优势|亮点|值得买|介绍|区别|为什么买|推荐|special|"
    r"why should|benefit|feature|tell me about|worth",
    "name": r"叫什么|什么名|是什么|what is it|called|name of",
    "limit": r"限购|能买几|最多买|一人几|limit|per person|how many can",
}
_PATTERNS: Final = {field: re.compile(pattern) for field, pattern in _ASKED.items()}


def asked_fields(query: str) -> dict[str, int]:
    """The fields a question seems to be about, with how many of their words it uses."""
    text = plain(query).lower()
    counts = {field: len(set(pattern.findall(text))) for field, pattern in _PATTERNS.items()}
    if counts["list_price"]:
        # "the regular price" asks for no other price
        counts["price"] = counts["price_from"] = 0
    return {field: count for field, count in counts.items() if count}
