"""How long an answer takes to find and write, and how many are right in shops of all trades."""

import tempfile
import time
from datetime import datetime
from pathlib import Path

from benchmarks.figure import Figure, spread, time_ms
from core.clock import Clock, SystemClock
from core.viewer import ViewerEvent
from knowledge.shop import load_shop
from room.settings import CONFIGS, DEFAULT_SHOP
from script_engine.answers import Answerer
from script_engine.engine import ScriptEngine
from script_engine.gate import Gate
from script_engine.policy import load_policies
from tests.script_engine.answers import other_shops

QUESTIONS = (
    "这个多少钱？", "敏感肌可以用吗", "二号链接有什么颜色", "how much is shipping?", "包邮吗",
    "165cm 55kg 穿什么码", "成分有酒精吗", "你们老板姓什么", "加我微信 abc12345", "怎么洗",
    "what is it made of", "还有货吗", "主播好漂亮", "能开发票吗", "这个和三号哪个好",
)  # fmt: skip
ROUNDS = 20


def measure() -> list[Figure]:
    """Load the demo shop once, then answer three hundred questions."""
    clock = SystemClock()
    load_ms = time_ms(lambda: load_shop(DEFAULT_SHOP, clock))
    shop = load_shop(DEFAULT_SHOP, clock)
    engine = ScriptEngine(shop, (), CONFIGS / "policies", seed=1)
    focus = shop.products()[0].id
    when = clock.wall()
    asked: list[float] = []
    searched: list[float] = []
    for round_ in range(ROUNDS):
        for i, text in enumerate(QUESTIONS):
            event = ViewerEvent(f"{round_}-{i}", "comment", text=text)
            asked.append(time_ms(lambda event=event: engine.answer(event, focus, when)))  # type: ignore[misc]
            searched.append(time_ms(lambda text=text: shop.search(text, product_id=focus)))  # type: ignore[misc]
    written = [time_ms(lambda: engine.next_line(focus, when)) for _ in range(200)]
    return [
        Figure("load of the demo shop", load_ms, "ms"),
        *spread("comment to checked answer", asked),
        *spread("search", searched),
        *spread("next line of the pitch", written),
        *_right(clock, when),
    ]


def _right(clock: Clock, when: datetime) -> list[Figure]:
    """Shares of labelled comments dealt with rightly in shops of other trades, and their cost."""
    figures: list[Figure] = []
    policies = load_policies((), CONFIGS / "policies")
    spent: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in other_shops.names():
            shop = load_shop(other_shops.write_shop(name, Path(folder) / name), clock)
            answerer = Answerer(shop, Gate(shop, policies), seed=5)
            answerer.warm_up()
            for half in ("tune", "held-out", "blind"):
                rows = []
                for case in other_shops.cases(name, half):
                    began = time.process_time()
                    rows += other_shops.judge([case], answerer, shop, when)
                    spent.append((time.process_time() - began) * 1000)
                if rows:
                    share = 100 * other_shops.share_right(rows)
                    note = f"{sum(not row.fault for row in rows)} of {len(rows)}"
                    label = {"tune": "tuned on", "held-out": "never tuned on", "blind": "blind"}
                    figures.append(Figure(f"right in {name}, {label[half]}", share, "%", note))
                    invented = sum(len(row.invented) for row in rows)
                    figures.append(
                        Figure(f"numbers invented in {name}, {label[half]}", invented, "")
                    )
    return [*figures, *spread("processor time of an answer in these shops", spent)]
