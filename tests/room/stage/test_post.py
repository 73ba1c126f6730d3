import socket

from room.messages import STAGE_WIRE, Beat, Close, PreviewData
from room.stage.post import MAX_WAITING_PREVIEW, Post


def beat(n: int) -> Beat:
    return Beat({"pictures_sent": n}, "full", "", {})


def test_messages_pass_both_ways_and_the_end_is_told() -> None:
    ours, theirs = socket.socketpair()
    post = Post(theirs, STAGE_WIRE)
    ours.sendall(STAGE_WIRE.encode(Close()))
    assert post.inbox.get(timeout=5) == Close()
    post.report(beat(7))
    with ours.makefile("rb") as stream:
        assert STAGE_WIRE.read(stream) == beat(7)
    ours.close()
    assert post.inbox.get(timeout=5) is None
    post.close()
    theirs.close()


def test_a_room_that_does_not_read_costs_preview_not_reports() -> None:
    ours, theirs = socket.socketpair()
    post = Post(theirs, STAGE_WIRE)
    piece = PreviewData(False, False, "", bytes(200_000))
    for n in range(300):
        post.report(piece)
        post.report(beat(n))
    seen: list[object] = []
    with ours.makefile("rb") as stream:
        while not seen or seen[-1] != beat(299):
            seen.append(STAGE_WIRE.read(stream))
    previews = sum(isinstance(m, PreviewData) for m in seen)
    assert previews <= MAX_WAITING_PREVIEW + 5
    assert [m for m in seen if isinstance(m, Beat)] == [beat(n) for n in range(300)]
    post.close()
    ours.close()
    theirs.close()
