import io
import json
from fractions import Fraction

import av
import numpy as np
import pytest

from core.errors import MediaError
from core.frame import Frame
from render.ai_label import AiLabel, read_sei
from render.encoder import Encoder
from render.sinks.preview import Fragmenter, PreviewChunk
from tests.render.media import FPS, HEIGHT, SAMPLES, WIDTH, Clip, encode_clip, flash_frame


def decoded(clip: Clip) -> list[av.VideoFrame]:
    chunks: list[PreviewChunk] = []
    fragmenter = Fragmenter(clip.info, chunks.append)
    for packet in clip.packets:
        fragmenter.write(packet)
    fragmenter.close()
    with av.open(io.BytesIO(b"".join(chunk.data for chunk in chunks))) as container:
        return list(container.decode(video=0))


def test_times_follow_the_index_exactly() -> None:
    encoder = Encoder(WIDTH, HEIGHT, FPS)
    start = 40 * 24 * 3600 * FPS  # forty days on air
    packets = [p for i in range(start, start + 50) for p in encoder.encode(flash_frame(i))]
    pictures = [p.time_s for p in packets if p.kind == "video"]
    assert pictures == [Fraction(i, FPS) for i in range(start, start + 50)]
    sound = [p.pts for p in packets if p.kind == "audio"]
    assert sound[0] == start * SAMPLES - 1024  # what the AAC encoder puts before its first sample
    assert set(np.diff(sound)) == {1024}


def test_skipped_pictures_leave_a_gap_and_the_sound_none() -> None:
    clip = encode_clip(3, skipped=(10, 11, 50))
    pictures = [p.pts for p in clip.packets if p.kind == "video"]
    assert pictures == [i for i in range(75) if i not in (10, 11, 50)]
    assert set(np.diff([p.pts for p in clip.packets if p.kind == "audio"])) == {1024}


def test_a_key_frame_every_two_seconds_even_where_its_picture_was_skipped() -> None:
    clip = encode_clip(6, skipped=(50,))
    keys = [p.pts for p in clip.packets if p.kind == "video" and p.keyframe]
    assert keys == [0, 51, 101]


def test_all_sound_comes_out_at_the_end() -> None:
    clip = encode_clip(2)
    last = [p for p in clip.packets if p.kind == "audio"][-1]
    assert last.pts + 1024 >= 2 * 48_000


def test_each_key_frame_carries_the_label() -> None:
    label = AiLabel(producer="shop-42", produce_id="room-7")
    encoder = Encoder(WIDTH, HEIGHT, FPS, label=label)
    packets = [p for i in range(4 * FPS) for p in encoder.encode(flash_frame(i))]
    pictures = decoded(Clip(encoder.info, packets))
    found = [
        read
        for picture in pictures
        for data in picture.side_data
        if "SEI_UNREGISTERED" in str(data.type)
        for read in [read_sei(bytes(data))]
        if read is not None
    ]
    assert found == [json.loads(label.to_json())] * 2
    assert found[0]["Label"] == "1"
    assert found[0]["ContentProducer"] == "shop-42"


def test_pictures_come_back_with_their_colours_and_tags() -> None:
    pictures = decoded(encode_clip(1))
    assert len(pictures) == FPS
    assert [round(float(p.to_ndarray()[:HEIGHT].mean()), -1) for p in pictures[3:12]] == (
        [40.0] * 2 + [230.0] * 5 + [40.0] * 2
    )
    assert (pictures[0].colorspace, pictures[0].color_range) == (6, 1)  # BT.601, limited


def test_the_codecs_are_named_for_browsers() -> None:
    codecs = Encoder(WIDTH, HEIGHT, FPS).info.codecs
    video, audio = codecs.split(",")
    assert video.startswith("avc1.")
    assert len(video) == 11
    assert audio == "mp4a.40.2"


def test_what_does_not_fit_is_refused_in_words() -> None:
    with pytest.raises(MediaError, match="even"):
        Encoder(161, 284, 25)
    with pytest.raises(MediaError, match="divide 48000"):
        Encoder(160, 284, 29)
    with pytest.raises(MediaError, match="no-such-preset"):
        Encoder(160, 284, 25, preset="no-such-preset")
    encoder = Encoder(WIDTH, HEIGHT, FPS)
    with pytest.raises(MediaError, match="frame 3 is"):
        encoder.encode(Frame(3, FPS, np.zeros((6, 4), np.uint8), np.zeros(SAMPLES, np.float32)))
    with pytest.raises(MediaError, match="1600 samples"):
        encoder.encode(Frame(3, 30, None, np.zeros(1600, np.float32)))
