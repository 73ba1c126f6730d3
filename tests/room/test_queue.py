from room.queue import SpeechQueue, rest_of
from tests.fakes.speech import make_line


def given(*ids: str) -> SpeechQueue:
    queue = SpeechQueue()
    for line_id in ids:
        queue.give(make_line(line_id), 4.0, (1.0, 4.0))
    return queue


def test_an_interrupted_line_comes_back_before_the_lines_behind_it() -> None:
    queue = given("A", "B", "C")
    queue.started("A", 10.0)
    queue.cut()
    assert not queue.settled
    queue.ended("B", 0)
    queue.ended("C", 0)
    queue.ended("A", 16)
    assert queue.settled
    again = [queue.take_again() for _ in range(4)]
    assert [line and line.id for line in again] == ["A~16", "B", "C", None]
    assert again[0] is not None
    assert again[0].text == "敏感肌也能用，放心拍。"


def test_answers_are_not_taken_up_again() -> None:
    queue = SpeechQueue()
    queue.give(make_line("answer", kind="answer"), 3.0, (3.0,))
    queue.started("answer", 0.0)
    queue.cut()
    queue.ended("answer", 5)
    assert queue.take_again() is None


def test_skipping_forgets_what_was_not_said() -> None:
    queue = given("A", "B")
    queue.started("A", 0.0)
    queue.cut(keep=False)
    queue.ended("B", 0)
    queue.ended("A", 5)
    assert queue.take_again() is None


def test_what_a_dead_stage_had_is_said_again_in_order() -> None:
    queue = given("A", "B")
    queue.started("A", 0.0)
    queue.lost()
    assert queue.settled
    lines = (queue.take_again(), queue.take_again())
    assert [line.id for line in lines if line] == ["A", "B"]


def test_seconds_ahead_shrink_as_a_line_sounds() -> None:
    queue = given("A", "B")
    assert queue.ahead_s(0.0) == 8.0
    queue.started("A", 0.0)
    assert queue.ahead_s(3.0) == 5.0


def test_a_cut_is_as_far_as_the_next_point() -> None:
    queue = given("A", "B")
    assert queue.cut_in_s(0.0) == 0.0
    queue.started("A", 10.0)
    assert queue.cut_in_s(10.25) == 0.75
    assert queue.cut_in_s(11.5) == 2.5
    assert queue.cut_in_s(99.0) == 0.0


def test_a_rest_from_the_start_is_the_line_itself() -> None:
    line = make_line()
    assert rest_of(line, 0) is line
