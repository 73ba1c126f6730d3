"""Whether the right fact is found, and how fast, in the demo shop and in one of 8,000 products.

`data/retrieval.jsonl` has questions of viewers with the facts that answer them: of the demo shop,
and of a shop of other goods. Those of the part "held_out" played no part in tuning the search.
"""

import csv
import json
import random
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from benchmarks.figure import Figure, spread, time_ms
from core.clock import SystemClock
from core.product import Fact
from knowledge.retrieval import RANKINGS, Ranking
from knowledge.shop import Shop, load_shop
from room.settings import DEFAULT_SHOP

QUESTIONS: Final = Path(__file__).parent / "data" / "retrieval.jsonl"
SHOPS: Final = {"demo": DEFAULT_SHOP, "other": QUESTIONS.with_name("other-shop")}
PRODUCTS: Final = 8_000
FIRST: Final = 5
WAYS: Final[dict[str, Mapping[Ranking, float]]] = {
    "words alone": {"words": 1.0},
    "vectors alone": {"vectors": 1.0},
    "words and vectors fused": {"words": 1.0, "vectors": 1.0},
    "all fused": RANKINGS,
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question and what answers it."""

    ask: str
    focus: str | None
    want: tuple[str, ...]
    # any of: a fact's id or the beginning of it; "product~words in the fact"; "question:its words"
    held_out: bool
    shop: str = "demo"
    # "demo", or "other": one of other goods that the search was never tuned on

    def is_answered_by(self, fact: Fact) -> bool:
        return any(_fits(fact, wanted) for wanted in self.want)


def labelled(shop: str = "demo") -> list[Labelled]:
    """All labelled questions of a shop."""
    rows = (json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines())
    return [
        Labelled(
            row["ask"],
            row["focus"],
            tuple(row["want"]),
            row["part"] == "held_out",
            row.get("shop", "demo"),
        )
        for row in rows
        if row.get("shop", "demo") == shop
    ]


def rank(
    shop: Shop, question: Labelled, rankings: Mapping[Ranking, float] = RANKINGS
) -> int | None:
    """How far down the wanted fact stands, from 1; None when it is not among the first five."""
    hits = shop.search(
        question.ask,
        product_id=question.focus,
        language="en" if question.ask.isascii() else "zh",
        limit=FIRST,
        rankings=rankings,
    )
    ranks = [n for n, hit in enumerate(hits, 1) if question.is_answered_by(hit.fact)]
    return ranks[0] if ranks else None


def recall(ranks: Sequence[int | None]) -> float:
    return sum(rank is not None for rank in ranks) / len(ranks)


def reciprocal(ranks: Sequence[int | None]) -> float:
    """Mean reciprocal rank: 1 when the wanted fact is always the first."""
    return sum(1 / rank for rank in ranks if rank) / len(ranks)


def measure() -> list[Figure]:
    """Found or not, then speed and memory at 8,000 products."""
    return [*_quality(), *_scale()]


def _quality() -> Iterator[Figure]:
    for name, place in SHOPS.items():
        questions = labelled(name)
        with _copy_of(place) as folder:
            shop = load_shop(folder, SystemClock())
            for part in (False, True):
                those = [question for question in questions if question.held_out == part]
                note = f"{name} shop, {'held out' if part else 'tuned on'}, {len(those)} questions"
                for way, rankings in WAYS.items() if those else ():
                    ranks = [rank(shop, question, rankings) for question in those]
                    yield Figure(f"recall@{FIRST}, {way}", recall(ranks), "", note)
                    yield Figure(f"MRR, {way}", reciprocal(ranks), "", note)


def _scale() -> Iterator[Figure]:
    process = psutil.Process()
    clock = SystemClock()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        table = write_products(folder / "商品.csv", PRODUCTS)
        before = process.memory_info().rss
        shops: list[Shop] = []
        note = f"{PRODUCTS} products"
        load_ms = time_ms(lambda: shops.append(load_shop(folder, clock)))
        shop = shops[0]
        yield Figure("load", load_ms / 1000, "s", note)
        yield Figure("facts", shop.report.facts, "", note)
        rss = process.memory_info().rss
        yield Figure("memory of the process", rss / 2**20, "MiB", note)
        yield Figure("memory that the shop took", (rss - before) / 2**20, "MiB", note)
        yield from spread("search at 8,000 products", _searches(shop))
        product = shop.products()[PRODUCTS // 2].id
        yield Figure(
            "a price patched", time_ms(lambda: shop.patch(product, "price", "77")), "ms", note
        )
        text = table.read_text("utf-8-sig")
        line = next(line for line in text.splitlines() if line.startswith(f"{product},"))
        cells = line.split(",")
        cells[5] = "66"
        table.write_text(text.replace(line, ",".join(cells)), "utf-8-sig")
        yield Figure(
            "a price changed in the file", time_ms(lambda: shop.reload([table])), "ms", note
        )
        message = [{"sku": one.id, "price": 55, "stock": 3} for one in shop.products()[:1000]]
        taken = time_ms(lambda: shop.take_changes(message, "webhook"))
        yield Figure("1,000 prices and stocks from a webhook", taken, "ms", note)
        value = shop.facts_of(product, "price")[0].value
        yield Figure("the price that is said then", getattr(value, "minor", 0) / 100, "yuan", note)


def _searches(shop: Shop) -> list[float]:
    asks = [
        "这个多少钱", "3号链接什么材质", "怎么用", "how much is it", "库存还有吗", "孕妇能用吗",
        "晨雾玻璃台灯还有别的颜色吗", "产地是哪里", "what is it made of", "这个和5号哪个好",
        "有没有羊毛的毛毯", "SKU00077 多重",
    ]  # fmt: skip
    products = [product.id for product in shop.products()]
    chance = random.Random(5)
    for ask in asks:
        shop.search(ask)
    return [
        time_ms(lambda ask=ask, focus=focus: shop.search(ask, product_id=focus))  # type: ignore[misc]
        for _ in range(25)
        for ask in asks
        for focus in (chance.choice([None, *chance.sample(products, 3)]),)
    ]


def write_products(path: Path, count: int) -> Path:
    """A product table such as a shop of many small things has, always the same."""
    chance = random.Random(1)
    kinds = [
        "连衣裙", "保温杯", "面霜", "台灯", "双肩包", "洗发水", "毛毯", "运动鞋", "口红", "枕头",
    ]  # fmt: skip
    looks = ["轻盈", "复古", "云感", "晨雾", "暖阳", "极简", "山茶", "海盐", "青柠", "雪松"]
    stuffs = ["羊毛", "棉麻", "陶瓷", "竹纤维", "玻璃", "真丝", "不锈钢", "硅胶"]
    ways = ["摇匀", "清洗", "通风"]
    header = (
        "货号,商品名称,英文名,品牌,类目,直播价,日常价,库存,净含量,卖点,材质,产地,使用方法,注意事项"
    )
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(header.split(","))
        for n in range(count):
            price = chance.randrange(20, 900)
            stuff = chance.choice(stuffs)
            rows.writerow([
                f"SKU{n:05d}", f"{chance.choice(looks)}{stuff}{chance.choice(kinds)}{n}款",
                f"Item {n}", f"品牌{n % 40}", chance.choice(["家居", "美妆", "服饰"]), price,
                price + chance.randrange(10, 90), chance.randrange(500),
                f"{chance.choice([30, 50, 100, 250])}ml",
                f"{chance.choice(looks)}配色，拿在手里轻{chance.randrange(100)}克；第{n}次改版",
                stuff, f"中国{chance.choice(['浙江', '广东', '上海'])}",
                f"使用前先{chance.choice(ways)}，每次{chance.randrange(1, 60)}分钟",
                "避免高温；远离儿童",
            ])  # fmt: skip
    return path


@contextmanager
def _copy_of(shop: Path) -> Iterator[Path]:
    """A shop without what a room here has changed."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "shop"
        shutil.copytree(shop, folder, ignore=shutil.ignore_patterns(".presenter"))
        yield folder


def _fits(fact: Fact, wanted: str) -> bool:
    if wanted.startswith("question:"):
        return fact.field == "question" and fact.label == wanted.removeprefix("question:")
    product, told, words = wanted.partition("~")
    if told:
        return fact.product_id == product and words in f"{fact.label} {fact.value}"
    return fact.id == wanted or fact.id.startswith(f"{wanted}.")
