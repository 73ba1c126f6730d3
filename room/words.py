"""What the room says to its operators, in their language."""

from typing import Final

from core.language import Language

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "slow": (
        "画一帧要用掉一帧时间的{share}，已自动降低画质",
        "a picture takes {share} of its time on this machine; drawing was stepped down",
    ),
    "voice_lost": ("{cause}；{wait} 秒后重试", "{cause}; next try in {wait} s"),
    "voice_loading": ("音色 {voice} 还在加载", "the voice {voice} is still being loaded"),
    "poison": (
        "这句话让音色 {voice} 崩溃了 {times} 次，不再交给它说",
        "this text has killed the voice {voice} {times} times and is not given to it again",
    ),
    "writer_lost": (
        "{cause}；先由 {to} 撰稿，会自动再试",
        "{cause}; {to} writes meanwhile, it is tried again by itself",
    ),
    "overtaken": ("已先回答更新的问题", "newer questions came first"),
    "ended": ("直播已结束", "the room has ended"),
    "crowded": ("评论太多，没排上", "too many comments at once"),
    "fault": ("程序出错，已跳过：{cause}", "a fault of the program, passed over: {cause}"),
    "stale_line": ("依据的资料已经变了", "a fact behind it no longer holds"),
}


def tell(key: str, language: Language, **values: str) -> str:
    """A sentence for people; English for languages we have no words in."""
    zh, en = _WORDS[key]
    return (zh if language == "zh" else en).format(**values)
