from core.viewer import ViewerEvent
from room.comments import MAX_WAITING, REMEMBERED_IDS, STALE_S, Comments, Waiting
from tests.fakes.clock import VirtualClock


def comment(event_id: str, at: float, kind: str = "comment") -> Waiting:
    return Waiting(ViewerEvent(event_id, kind, text="多少钱"), at)  # type: ignore[arg-type]


def test_an_id_is_new_once() -> None:
    comments = Comments(VirtualClock())
    assert comments.new(comment("a", 0).event)
    assert not comments.new(comment("a", 0).event)


def test_remembered_ids_are_bounded() -> None:
    comments = Comments(VirtualClock())
    for i in range(REMEMBERED_IDS + 1):
        comments.new(ViewerEvent(str(i), "comment"))
    assert comments.new(ViewerEvent("0", "comment"))
    assert not comments.new(ViewerEvent(str(REMEMBERED_IDS), "comment"))


def test_worth_goes_before_newness() -> None:
    comments = Comments(VirtualClock())
    for waiting in (comment("old", 1), comment("paid", 0, "paid_message"), comment("new", 2)):
        comments.put(waiting)
    taken = [comments.take() for _ in range(4)]
    assert [w and w.event.id for w in taken] == ["paid", "new", "old", None]


def test_a_full_room_gives_up_the_oldest_and_least() -> None:
    comments = Comments(VirtualClock())
    comments.put(comment("paid", 0, "paid_message"))
    for i in range(MAX_WAITING - 1):
        assert comments.put(comment(str(i), 1 + i)) is None
    gave_way = comments.put(comment("last", 999))
    assert gave_way is not None
    assert gave_way.event.id == "0"


def test_stale_questions_are_taken_out() -> None:
    clock = VirtualClock()
    comments = Comments(clock)
    comments.put(comment("old", 0))
    clock.sleep(STALE_S + 1)
    comments.put(comment("new", clock.now()))
    assert [w.event.id for w in comments.stale()] == ["old"]
    assert len(comments) == 1


def test_a_deleted_message_is_not_answered() -> None:
    comments = Comments(VirtualClock())
    comments.put(comment("rude", 0))
    assert comments.forget("rude")
    assert comments.take() is None
