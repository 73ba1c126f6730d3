"""The canonical fields of facts, and the words staff use for them.

Products of the demo shop (configs/shops/demo), by id:
    beauty   BT1001 .. BT1006                 from an xlsx in Chinese with English columns
    apparel  linen-shirt-dress, cotton-oxford-shirt, wide-leg-trousers, merino-cardigan (Shopify)
    home     HM3001 .. HM3004                 from JSON-LD in both languages

A product with variants has `price` and `stock` facts for each variant. When all variants cost the
same there is one `price` for the product too; otherwise there is `price_from`, the lowest. `stock`
of the product is the sum over its variants.
"""

from dataclasses import dataclass
from typing import Final

from core.product import FactType


@dataclass(frozen=True, slots=True)
class Field:
    """One kind of fact."""

    key: str
    type: FactType
    zh: str
    en: str
    words: str
    # other headers and headings that mean it: lower case, the words of one run together
    many: bool = False
    # a list: one fact each
    per_variant: bool = False
    # belongs to the variant when the row names one


FIELDS: Final[tuple[Field, ...]] = (
    # identity
    Field("name", "text", "商品名称", "name",
          "名称 商品 商品名 品名 产品名称 产品名 商品标题 标题 宝贝标题 宝贝名称 中文名 中文名称 "
          "英文名 英文名称 货品名称 菜品名称 书名 标题名称 产品 宝贝 title productname "
          "producttitle "
          "product item itemname stylename"),
    Field("brand", "text", "品牌", "brand",
          "牌子 品牌名称 品牌名 所属品牌 vendor brandname make label"),
    Field("category", "text", "类目", "category",
          "分类 品类 商品分类 商品类目 一级类目 所属类目 产品类别 类别 type producttype "
          "productcategory googleproductcategory standardizedproducttype"),
    Field("description", "text", "商品描述", "description",
          "描述 简介 商品简介 商品详情 详情 产品介绍 产品简介 介绍 body(html) body bodyhtml "
          "summary about overview"),
    # offer
    Field("price", "price", "直播价", "price",
          "直播间价 直播间价格 活动价 到手价 促销价 售价 现价 价格 销售价 单价 团购价 秒杀价 "
          "券后价 "
          "一口价 京东价 抖音价 特价 优惠价 折后价 惊喜价 福利价 "
          "saleprice liveprice variantprice currentprice unitprice offerprice ourprice "
          "sellingprice "
          "nowprice dealprice",
          per_variant=True),
    Field("list_price", "price", "日常价", "list price",
          "原价 划线价 市场价 吊牌价 建议零售价 零售价 专柜价 官方价 平时价 指导价 门市价 定价 "
          "参考价 msrp rrp srp listprice wasprice "
          "regularprice compareatprice variantcompareatprice originalprice retailprice",
          per_variant=True),
    Field("stock", "stock", "库存", "stock",
          "库存数量 可售库存 剩余库存 现货 现货数量 库存数 库存量 inventory quantity qty "
          "variantinventoryqty onhand available instock inventorylevel qtyonhand stockqty "
          "stocklevel "
          "可用库存 实际库存 余量 剩余数量 数量",
          per_variant=True),
    Field("availability", "text", "库存状态", "availability",
          "现货状态 供货状态 库存情况 有无现货 是否有货 是否现货 货态 stockstatus inventorystatus",
          per_variant=True),
    Field("coupon", "policy", "优惠券", "coupon",
          "优惠 优惠活动 优惠政策 满减 券 折扣 领券 coupons discount discounts voucher vouchers "
          "couponcode",
          many=True),
    Field("promotion", "policy", "活动", "promotion",
          "促销 促销活动 活动内容 限时活动 直播活动 promotions offer offers deal deals",
          many=True),
    Field("gift", "policy", "赠品", "gift",
          "随货附送 附送 附赠 随箱附赠 赠送 买赠 随单赠品 礼品 gifts freegift giftwithpurchase",
          many=True),
    Field("limit", "quantity", "限购", "purchase limit",
          "限购数量 每人限购 限购件数 maxperorder purchaselimit orderlimit"),
    # what it is
    Field("volume", "quantity", "净含量", "volume",
          "容量 含量 净重量 毫升 克数 净含 每份净含量 netcontent netweight capacity contents "
          "packsize",
          per_variant=True),
    Field("weight", "quantity", "重量", "weight",
          "毛重 克重 净重 商品重量 variantgrams shippingweight grossweight",
          per_variant=True),
    Field("dimensions", "quantity", "尺寸", "dimensions",
          "packedsize foldedsize sizesetup setupsize foldeddimensions packeddimensions 收纳尺寸 "
          "展开尺寸 "
          "产品尺寸 外形尺寸 长宽高 商品尺寸 高度 直径 dimension measurements height diameter",
          per_variant=True),
    Field("power", "quantity", "功率", "power",
          "额定功率 瓦数 wattage ratedpower",
          per_variant=True),
    Field("battery", "quantity", "电池容量", "battery",
          "电池 batterycapacity",
          per_variant=True),
    Field("runtime", "text", "续航", "battery life",
          "续航时间 使用时长 燃烧时长 燃烧时间 runtime burntime runningtime "
          "batterylife"),
    Field("charging", "text", "充电时间", "charging time", "充电时长 充电 chargetime charging"),
    Field("colour", "text", "颜色", "colour",
          "色号 颜色分类 配色 可选颜色 color colors colours shade shades",
          many=True),
    Field("size", "text", "尺码", "size",
          "码数 可选尺码 号型 大小 sizes",
          many=True),
    Field("size_table", "size_table", "尺码表", "size table",
          "尺码参考 尺码建议 尺码对照 尺码对照表 选码建议 sizechart sizeguide sizing",
          many=True),
    Field("material", "material", "材质", "material",
          "面料 面料成分 材料 质地 里料 主材 fabric materials composition fabriccontent"),
    Field("ingredients", "ingredients", "成分", "ingredients",
          "主要成分 核心成分 全成分 配料 配料表 有效成分 原料 主要原料 原料组成 食材 ingredient "
          "keyingredients "
          "activeingredients",
          many=True),
    Field("skin_type", "text", "适用肤质", "skin type",
          "肤质 适合肤质 适用皮肤 skintypes suitableskin suitableforskin"),
    Field("audience", "text", "适用人群", "suitable for",
          "适用 适合 适合人群 人群 使用人群 性别 适用年龄 适合年龄 年龄段 适用对象 适用阶段 "
          "适用月龄 "
          "适用性别 "
          "agerange age recommendedage audience gender targetgender agegroup suitablefor "
          "whoisitfor"),
    Field("texture", "text", "质感", "texture",
          "肤感 妆效 触感 手感 feel finish"),
    Field("scent", "text", "香味", "scent",
          "香型 气味 香调 fragrance smell"),
    Field("fit", "text", "版型", "fit",
          "款式 廓形 衣长 silhouette cut style"),
    Field("season", "text", "季节", "season",
          "适用季节 上市季节 seasons"),
    Field("feature", "text", "功能", "feature",
          "功能特点 产品功能 规格参数 产品参数 参数 技术参数 specifications specs features "
          "function functions",
          many=True),
    # how it is used
    Field("usage", "usage", "使用方法", "usage",
          "用法 使用说明 用法用量 怎么用 使用步骤 操作说明 使用建议 充电方法 开关与调光 食用方法 "
          "怎么吃 吃法 做法 食用方式 食用建议 冲泡方法 冲泡建议 烹饪方法 喂养建议 喂食建议 "
          "佩戴方法 安装方法 "
          "安装说明 "
          "howtouse directions instructions gettingstarted operation",
          many=True),
    Field("caution", "caution", "注意事项", "caution",
          "警示 警告 注意 安全须知 安全提示 禁忌 使用须知 温馨提示 warnings warning cautions "
          "safety precautions safetynotes",
          many=True),
    Field("care", "usage", "洗涤保养", "care",
          "lookafterit lookingafterit howtolookafterit aftercare 护理 护理方法 洗涤 洗涤方式 洗护 "
          "洗护说明 保养 清洁保养 "
          "清洁与保养 清洁 洗涤说明 careinstructions "
          "washing washcare cleaning cleaningandcare",
          many=True),
    Field("storage", "usage", "储存方法", "storage",
          "保存 保存方法 保存方式 保存条件 贮存条件 贮存方法 储存 储存条件 存储条件 存放 "
          "收纳 keeping "
          "howtostore storageinstructions"),
    # where it comes from
    Field("origin", "text", "产地", "origin",
          "原产地 原产国 生产地 madein countryoforigin manufacturedin country coo"),
    Field("manufacturer", "text", "生产企业", "manufacturer",
          "生产商 厂家 生产厂家 制造商 producer maker"),
    Field("shelf_life", "quantity", "保质期", "shelf life",
          "有效期 保质期限 限用期 开封后保质期 bestbefore expiry periodafteropening shelflifedays"),
    Field("production_date", "date", "生产日期", "production date",
          "生产批次日期 出厂日期 manufacturedate productiondate mfgdate"),
    Field("release_date", "date", "上市时间", "release date",
          "上市日期 上架时间 发售日期 launchdate releasedate"),
    Field("certificate", "certificate", "认证", "certificate",
          "证书 备案号 批准文号 检测报告 资质 执行标准 产品标准 质检报告 注册证号 生产许可证 "
          "生产许可证编号 certificates "
          "certification certifications standard testreport",
          many=True),
    # why to want it
    Field("selling_point", "selling_point", "卖点", "selling points",
          "what'sgoodaboutit whatsgoodaboutit whyweloveit whyyou'lloveit whatwelike 核心卖点 "
          "商品卖点 "
          "产品卖点 亮点 产品亮点 特点 产品特点 优势 推荐理由 sellingpoint "
          "details detail productdetails highlights keyfeatures benefits bulletpoints bullets usp "
          "whyyouwillloveit",
          many=True),
    Field("scene", "selling_point", "使用场景", "scene",
          "适用场景 场景 适合场合 场合 穿着场景 搭配建议 搭配 scenes occasion occasions usecase "
          "goodfor stylewith",
          many=True),
    # promises of the shop
    Field("shipping", "policy", "发货", "shipping",
          "邮费 配送费 快递费 派送 送货 配送范围 发货须知 配送说明 物流 配送 快递 发货时间 发货地 "
          "发货说明 运费 包邮 物流配送 发货与物流 delivery "
          "postage dispatch shippinganddelivery shippingpolicy",
          many=True),
    Field("returns", "policy", "退换货", "returns",
          "退货政策 退换规则 换货政策 售后政策 售后规则 退货 换货 退换 售后 退款 退换政策 退货政策 "
          "售后服务 无理由退货 运费险 refund refunds "
          "exchange exchanges returnpolicy returnsandexchanges",
          many=True),
    Field("warranty", "policy", "质保", "warranty",
          "保修 保修期 质保期 保修政策 质保与售后 guarantee warrantyperiod",
          many=True),
    Field("invoice", "policy", "发票", "invoice",
          "开票 发票说明 开发票 invoices receipt receipts",
          many=True),
    Field("payment", "policy", "付款", "payment",
          "分期 支付 支付方式 付款方式 payments paymentmethods",
          many=True),
    Field("service", "policy", "客服", "customer service",
          "客服时间 联系客服 服务时间 contact support servicehours",
          many=True),
    Field("authenticity", "policy", "正品保障", "authenticity",
          "正品 假一赔十 品质保证 品质保障 genuine authentic",
          many=True),
    Field("note", "text", "说明", "note", "其他说明 补充说明 notes", many=True),
    Field("question", "question", "常见问题", "questions",
          "问答 问题 常见问答 买家常问 问与答 faq faqs q&a qa frequentlyaskedquestions "
          "commonquestions",
          many=True),
)  # fmt: skip
"""What facts are about. `price_from` exists too: the lowest price of a product's variants."""

BY_KEY: Final[dict[str, Field]] = {field.key: field for field in FIELDS} | {
    "price_from": Field("price_from", "price", "起售价", "price from", ""),
}

# Columns that say which product a row is about, how it is shown, or how long its offer holds. They
# become no facts themselves. What is in a private column is never taken in.
KEYS: Final[dict[str, str]] = {
    "id": "货号 编码 商品id 宝贝id 产品id 货品id 商品编号 商品编码 商品货号 产品编号 产品编码 "
          "编号 款号 商家编码 "
          "货品编号 商品代码 款式编号 isbn spuid sku spu handle id "
          "itemid productid itemno itemnumber code itemcode productcode stylecode modelno "
          "articleno "
          "articlenumber partnumber",
    "variant": "规格 规格名称 商品规格 款式规格 型号 销售规格 销售属性 规格属性 sku名称 "
          "sku属性 颜色尺码 套餐 "
          "variant option optionname spec model "
               "varianttitle",
    "sku": "sku编码 规格编码 skuid sku货号 variantsku skucode",
    "alias": "小名 又叫 也叫 叫法 别名 别称 又名 昵称 俗称 简称 粉丝叫法 外号 alias aliases "
             "nickname nicknames "
             "alsocalled alsoknownas aka alternatename",
    "ordinal": "链接号 链接序号 链接 几号链接 序号 上架顺序 顺序 排序 linkno linknumber ordinal "
               "order "
               "position no. no",
    "image": "图片 主图 商品图 商品图片 主图文件 image imagesrc imagelink picture photo "
             "variantimage",
    "answer": "答案 回答 回复 标准回复 参考回答 answer answers reply",
    "valid_from": "活动开始 开始时间 活动开始时间 生效日期 开始日期 validfrom startdate starts "
                  "startsat",
    "valid_until": "活动结束 活动截止 截止时间 截止日期 结束时间 活动结束时间 有效期至 失效日期 "
                   "结束日期 validuntil enddate ends expires pricevaliduntil",
    "private": "成本 成本价 采购价 进货价 供货价 底价 供应商 佣金 佣金率 毛利 毛利率 利润 备注 "
               "内部备注 负责人 cost costperitem costprice margin profit supplier commission "
               "internalnotes remark remarks owner 批发价 结算价 代理价 分销价 经销价 出厂价 "
               "wholesale "
               "wholesaleprice dealerprice tradeprice",
}  # fmt: skip
