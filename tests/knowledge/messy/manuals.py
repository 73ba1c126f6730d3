"""Documents as people write them: FAQ, manuals, policies."""

from pathlib import Path

from docx import Document

from tests.knowledge.messy.case import Case
from tests.knowledge.pdfs import write_pdf


def _catalogue(folder: Path, text: str) -> None:
    (folder / "商品.csv").write_text(text, encoding="utf-8-sig")


def _shoes(folder: Path) -> None:
    _catalogue(
        folder, "款号,商品名称,直播价,库存\nX-77,云步健步鞋,159,60\nX-88,石径登山鞋,329,22\n"
    )
    document = Document()
    document.add_paragraph("石径登山鞋 常见问题").runs[0].bold = True
    for question, answer in (
        ("鞋底滑不滑？", "大底是橡胶的，湿石头上也抓得住。"),
        ("可以机洗吗", "不建议机洗，软刷蘸清水刷就好。"),
    ):
        document.add_paragraph().add_run(question).bold = True
        document.add_paragraph(answer)
    document.add_paragraph("Q：多久能发货？")
    document.add_paragraph("A：拍下后48小时内发出。")
    document.add_heading("尺码对照", level=2)
    table = document.add_table(rows=0, cols=3)
    for row in (("脚长(mm)", "中国码", "欧码"), ("245", "39", "40"), ("250", "40", "41")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_heading("技术参数", level=2)
    table = document.add_table(rows=0, cols=2)
    for row in (("鞋面", "牛反绒皮"), ("单只重量", "480g"), ("防水", "夹层防水膜")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(folder / "登山鞋客服资料.docx"))


SHOES = Case(
    "mountain boots, docx with bold questions and tables", _shoes,
    """
    X-77 | - | price | 159.00 CNY
    X-77 | - | stock | 60
    X-88 | - | price | 329.00 CNY
    X-88 | - | stock | 22
    X-88 | - | question | 大底是橡胶的，湿石头上也抓得住。
    X-88 | - | question | 不建议机洗，软刷蘸清水刷就好。
    X-88 | - | question | 拍下后48小时内发出。
    X-88 | - | size_table | 39码 脚长245mm 中国码39 欧码40
    X-88 | - | size_table | 40码 脚长250mm 中国码40 欧码41
    X-88 | - | material/feature | 牛反绒皮
    X-88 | - | weight/feature | 480g
    X-88 | - | feature | 防水 夹层防水膜
    """,
    tolerated="size_table",
)  # fmt: skip


def _kettle(folder: Path) -> None:
    _catalogue(folder, "货号,商品名称,直播价\nK5,暖阳养生壶,199\nK6,暖阳电饭煲,399\n")
    rows = [("项目", "参数"), ("额定功率", "800W"), ("容量", "1.5L"), ("材质", "高硼硅玻璃")]
    more = [("项目", "参数"), ("净重", "1.2kg"), ("额定电压", "220V")]
    write_pdf(folder / "养生壶说明书.pdf", [
        [("foot", "暖阳电器 2026版"), ("h1", "暖阳养生壶使用说明书"), ("h2", "使用方法"),
         ("text", "1. 首次使用前，请加清水煮沸两遍后倒掉。"), ("text", "2. 水位不要超过最高刻度线。"),
         ("h2", "技术参数"), ("table", rows)],
        [("foot", "暖阳电器 2026版"), ("table", more), ("h2", "注意事项"),
         ("text", "不可放入洗碗机。"), ("text", "空烧后需冷却十分钟再加水。")],
    ])  # fmt: skip


KETTLE = Case(
    "kettle, pdf with a table over two pages", _kettle,
    """
    K5 | - | price | 199.00 CNY
    K6 | - | price | 399.00 CNY
    K5 | - | usage | 首次使用前，请加清水煮沸两遍后倒掉。
    K5 | - | usage | 水位不要超过最高刻度线。
    K5 | - | power | 800w
    K5 | - | volume | 1.5l
    K5 | - | material | 高硼硅玻璃
    K5 | - | weight | 1.2kg
    K5 | - | feature | 额定电压 220V
    K5 | - | caution | 不可放入洗碗机。
    K5 | - | caution | 空烧后需冷却十分钟再加水。
    """,
    never=("2026版",),
)  # fmt: skip


def _policies(folder: Path) -> None:
    (folder / "店铺公告.txt").write_text(
        "【发货时间】\n16点前付款当天发，周日休息\n\n【退换货】\n支持7天无理由退换，定制商品除外。\n退回运费由买家承担\n\n"
        "【发票】\n默认开电子普票，拍下备注抬头\n\n【优惠】\n满199减20（2026年11月1日-11月30日）\n双11专享：满300减50，活动时间：11月10日至11月12日\n",
        encoding="gbk",
    )
    (folder / "faq.md").write_text(
        "# Help\n\n## Shipping\n- Orders ship within 2 working days.\n- Free over $50.\n\n## Returns\n"
        "30-day returns, unworn and with tags.\n\n## FAQ\n**Do you ship to Canada?**\nYes, in 6 to 9 days.\n\n"
        "**Q: Can I change my order?**\nA: Write to us within an hour.\n\n| Method | Time |\n|---|---|\n| Express | 1-2 days |\n",
        encoding="utf-8",
    )  # fmt: skip
    _catalogue(folder, "货号,商品名称,直播价\nP1,棉麻围裙,49\n")


POLICIES = Case(
    "apron, notice and help pages", _policies,
    """
    P1 | - | price | 49.00 CNY
    shop | - | shipping | 16点前付款当天发，周日休息
    shop | - | returns | 支持7天无理由退换，定制商品除外。
    shop | - | returns | 退回运费由买家承担
    shop | - | invoice | 默认开电子普票，拍下备注抬头
    shop | - | coupon/promotion | [2026-11-01..2026-12-01] 满199减20（2026年11月1日-11月30日）
    shop | - | shipping | Orders ship within 2 working days.
    shop | - | shipping | Free over $50.
    shop | - | returns | 30-day returns, unworn and with tags.
    shop | - | question | Yes, in 6 to 9 days.
    shop | - | question | Write to us within an hour.
    shop | - | shipping/question/note/feature | Express 1-2 days
    """,
    never=("满300减50",),
)  # fmt: skip

CASES = (SHOES, KETTLE, POLICIES)
