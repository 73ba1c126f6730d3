from pathlib import Path

import pytest

from room.doctor import Finding, examine_writer
from room.settings import WriterSettings
from tests.fakes.lying_llm import LyingLLM


def one(writer: WriterSettings) -> Finding:
    (finding,) = examine_writer(writer)
    return finding


def test_a_room_without_a_model_is_told_how_to_attach_one() -> None:
    finding = one(WriterSettings())
    assert (finding.ok, finding.needed) == (False, False)
    assert "docs/guides/writers.md" in finding.remedy


def test_a_server_that_runs_is_found() -> None:
    with LyingLLM().serving() as llm:
        assert one(WriterSettings(url=llm.url, model="m")).ok


@pytest.mark.parametrize(
    ("model", "url", "words"),
    [("n", "", "to one of: m"), ("m", "http://127.0.0.1:9", "start the server")],
)
def test_what_is_wrong_with_a_server_is_said_with_its_cure(
    model: str, url: str, words: str
) -> None:
    with LyingLLM().serving() as llm:
        finding = one(WriterSettings(url=url or llm.url, model=model))
    assert not finding.ok
    assert words in finding.remedy


def test_a_folder_is_looked_into(tmp_path: Path) -> None:
    writer = WriterSettings(local_model=tmp_path)
    assert "config.json" in one(writer).detail
    (tmp_path / "config.json").write_text("{}")
    assert one(writer).ok
