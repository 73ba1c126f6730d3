"""Whether the platforms a room names let it go on air."""

from collections.abc import Sequence

from core.errors import ConfigError
from room.settings import RoomSettings
from script_engine.policy import LaunchRule

_WHAT_TO_DO = {
    ("refuse", "zh"): "请换一个允许虚拟主播的平台；本场若不在这个平台播，就从房间文件的 policies 里"
    "去掉 {pack}",
    ("refuse", "en"): "choose a platform that admits virtual presenters, or take {pack} out of the "
    "room's policies if the show does not go there",
    ("needs_operator", "zh"): "有人全程在控制台值守时，在房间文件里写 attended = true 再开播",
    ("needs_operator", "en"): "when somebody watches the console all the time, set attended = true "
    "in the room's file",
}


def check_launch_allowed(obstacles: Sequence[LaunchRule], settings: RoomSettings) -> None:
    """Pass when nothing stands against going on air.

    Raises:
        ConfigError: a platform refuses virtual presenters, or wants a person on duty and the
            room has none; says why, where that is written, and what to do.
    """
    language = settings.language
    for rule in obstacles:
        if rule.verdict == "needs_operator" and settings.attended:
            continue
        what_to_do = _WHAT_TO_DO[rule.verdict, language].format(pack=repr(rule.policy))
        raise ConfigError(
            f"{rule.title}: {rule.reason(language)} {what_to_do} "
            f"({rule.source}; {rule.checked.isoformat()})",
            file=settings.name,
            key="policies",
        )
