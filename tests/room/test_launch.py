import pytest

from core.errors import ConfigError
from room.launch import check_launch_allowed
from room.settings import CONFIGS, DEFAULT_ROOM, load_room
from script_engine.policy import check_launch, load_policies


def launch(pack: str, **changes: object) -> None:
    settings = load_room(DEFAULT_ROOM).model_copy(update=changes)
    obstacles = check_launch(load_policies((pack,), CONFIGS / "policies"))
    check_launch_allowed(obstacles, settings)


@pytest.mark.parametrize(
    ("language", "says"), [("zh", "去掉 'tiktok-shop'"), ("en", "take 'tiktok-shop' out")]
)
def test_a_platform_that_refuses_keeps_the_room_off_the_air(language: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        launch("tiktok-shop", language=language, attended=True)


def test_a_platform_that_wants_somebody_on_duty_gets_it() -> None:
    with pytest.raises(ConfigError, match="attended = true"):
        launch("douyin")
    launch("douyin", attended=True)


@pytest.mark.parametrize("pack", ["youtube", "twitch", "general-en"])
def test_the_others_let_a_room_on_air(pack: str) -> None:
    launch(pack)
