"""Half an hour of a room's evening, for looking at the page."""

from core.line import Claim, Line
from core.viewer import Viewer, ViewerEvent
from tests.fakes.room import FakeRoom

NOW = "姐妹们看过来，今天这瓶玻尿酸精华直播间只要199元，干性、中性、敏感肌都能用。"
NEXT = "成分写得很清楚：三重玻尿酸、B5、神经酰胺，洗完脸趁着没干透，拍两泵就够。"


def _claim(kind: str, text: str, fact_id: str) -> Claim:
    start = NOW.index(text)
    return Claim(kind, text, start, start + len(text), fact_id)  # type: ignore[arg-type]


LINE = Line(
    "BT1001-4", NOW, "zh", "pitch", ("BT1001.price", "BT1001.skin_type"), "BT1001",
    claims=(_claim("price", "199元", "BT1001.price"),
            _claim("suitability", "敏感肌", "BT1001.skin_type")), move="offer",
)  # fmt: skip
FOLLOWING = Line("BT1001-5", NEXT, "zh", "pitch", ("BT1001.ingredients",), "BT1001")

SAID = (
    ("小林同学", "这个多少钱呀"),
    ("momo", "哈哈哈哈"),
    ("爱吃橘子的猫", "敏感肌能用吗"),
    ("用户8812", "加微信便宜卖，私我"),
    ("Anna", "how much is the serum?"),
    ("阿杰", "有没有做过动物实验？"),
    ("小满", "今天拍什么时候发货"),
)


async def play(room: FakeRoom) -> None:
    room.add("start", room="夜班直播间", presenter="shell")
    room.say(LINE, FOLLOWING)
    events = [
        ViewerEvent(f"e{i}", "comment", user=Viewer(f"u{i}", name), text=text)
        for i, (name, text) in enumerate(SAID)
    ]
    await room.take_events(events)
    room.add("step_down", part="picture", to="lite", reason="画面算不过来，降到轻量")
    room.add("step_up", part="picture", to="full")
    room.count(pictures_sent=45_120, pictures_skipped=3)
