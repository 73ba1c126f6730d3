from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import ConfigError
from render.sinks import parse_address


@pytest.mark.parametrize(
    ("url", "scheme", "target"),
    [
        ("file:clips/a.mp4", "file", "clips/a.mp4"),
        ("file:/tmp/直播 1.MP4", "file", "/tmp/直播 1.MP4"),
        ("hls:/srv/live", "hls", "/srv/live"),
        ("camera:", "camera", ""),
        ("camera:/dev/video10", "camera", "/dev/video10"),
        ("null:", "null", ""),
    ],
)
def test_addresses_are_read(url: str, scheme: str, target: str) -> None:
    address = parse_address(url)
    assert (address.scheme, address.target, address.shown) == (scheme, target, url)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("rtmp://a.rtmp.youtube.com/live2/KEY-1", "rtmp://a.rtmp.youtube.com/live2/***"),
        ("rtmps://x.com:443/app/KEY?sign=KEY&t=1", "rtmps://x.com:443/app/***"),
        ("rtmp://u:KEY@x.com/third/stream-KEY/KEY", "rtmp://x.com/third/***"),
    ],
)
def test_the_stream_key_is_not_shown(url: str, shown: str) -> None:
    address = parse_address(url)
    assert address.shown == shown
    assert address.target == url


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("srt://host:9000", "there are: file:PATH.mp4, rtmp://"),
        ("clip.mp4", "there are: file:"),
        ("", "there are: file:"),
        ("file:clip.avi", "must name an MP4 file"),
        ("file:", "must name an MP4 file"),
        ("hls:", "needs a folder"),
        ("camera:video1", "camera:/dev/videoN"),
        ("null:x", "nothing after the colon"),
        ("rtmp://host/KEY", "rtmp://HOST/APP/KEY"),
        ("rtmp:///live/KEY", "rtmp://HOST/APP/KEY"),
        ("rtmp://host:port/live/KEY", "rtmp://HOST/APP/KEY"),
        ("rtsp://host/live/KEY", "there are:"),
    ],
)
def test_wrong_addresses_are_refused_in_words(url: str, says: str) -> None:
    with pytest.raises(ConfigError, match="sink") as error:
        parse_address(url)
    assert says in str(error.value)
    assert "KEY" not in str(error.value).replace("APP/KEY", "")


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_a_config_error(text: str) -> None:
    with suppress(ConfigError):
        assert parse_address(text).shown
