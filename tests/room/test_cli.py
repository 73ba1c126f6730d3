"""Every command as a person types it."""

import json
import subprocess
import wave
from pathlib import Path

import pytest
from typer.testing import CliRunner

from room.cli import build_app
from room.commands import output
from tests.fakes.lying_llm import LyingLLM
from tests.room.live import PRESENTER, ROOT, small_room

pytestmark = pytest.mark.timeout(240)


def presenter(
    *arguments: str | Path, status: int = 0, timeout: float = 200
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [PRESENTER, *arguments], capture_output=True, text=True, cwd=ROOT, timeout=timeout
    )
    assert done.returncode == status, (done.stdout, done.stderr)
    return done


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_help_of_everything_shows_an_example() -> None:
    assert "presenter run" in presenter("--help").stdout
    for command in ("run", "pitch", "ask", "check", "say", "speak", "bench", "shop search"):
        told = CliRunner().invoke(build_app(), [*command.split(), "--help"])
        assert "Example:" in told.stdout, command


def test_wrong_usage_is_status_2() -> None:
    presenter("sell", status=2)
    presenter("ask", status=2)
    presenter("speak", "hello", status=2)


def test_doctor_says_what_there_is() -> None:
    findings = json.loads(presenter("doctor", "--json").stdout)
    by_name = {finding["name"]: finding for finding in findings}
    assert by_name["drawing (EGL)"]["ok"]
    assert all(f["remedy"] for f in findings if not f["ok"])
    assert "drawing (EGL)" in presenter("doctor").stdout


def test_shop_load_names_file_and_row(tmp_path: Path) -> None:
    (tmp_path / "货.csv").write_text("货号,商品名称,直播价\nA1,杯子,39\nA2,盘子,三块\n", "utf-8")
    (tmp_path / "cut.json").write_text('{"@type": "Product", "name": "mug', "utf-8")
    done = presenter(
        "shop", "load", tmp_path / "货.csv", tmp_path / "cut.json", "--shop", tmp_path / "s",
        status=1,
    )  # fmt: skip
    told = one_line(done.stderr)
    assert "货.csv" in told
    assert "row 3" in told
    assert "cut.json" in told
    assert "2 products" in done.stdout or "1 products" in done.stdout


def test_shop_load_speaks_chinese_where_the_machine_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    (tmp_path / "货.csv").write_text("货号,商品名称,直播价\nA1,杯子,39\nA2,盘子,三块\n", "utf-8")
    done = presenter("shop", "load", tmp_path / "货.csv", "--shop", tmp_path / "s", status=1)
    assert "未收 货.csv，第 3 行，“直播价”列：“三块”不是一个价格" in done.stderr
    assert "2 件商品" in done.stdout
    done = presenter("shop", "search", "杯子", "--shop", tmp_path / "none", status=1)
    assert "没有这个店铺文件夹" in done.stderr


@pytest.mark.parametrize(
    ("named", "spoken"),
    [
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ({}, "en"),
    ],
)
def test_the_language_is_the_first_that_is_set(
    named: dict[str, str], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    assert output.language() == spoken


def test_shop_search_finds_the_fact() -> None:
    hits = json.loads(presenter("shop", "search", "敏感肌能用吗", "--json").stdout)
    assert hits
    assert {"id", "value", "source", "score"} <= hits[0].keys()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pitch_shows_each_claim_with_its_fact(language: str) -> None:
    done = presenter("pitch", "BT1001", "--language", language, "--minutes", "1", "--json")
    lines = [json.loads(row) for row in done.stdout.splitlines()]
    assert len(lines) > 4
    assert all({"text", "cues", "facts"} <= line.keys() for line in lines)
    assert all(claim["fact"] for line in lines for claim in line["claims"])


def test_pitch_of_an_unknown_product_names_those_there_are() -> None:
    assert "BT1001" in presenter("pitch", "ZZ9", status=1).stderr


def test_ask_answers_or_says_it_does_not_know(tmp_path: Path) -> None:
    told = json.loads(presenter("ask", "多少钱？", "--product", "BT1001", "--json").stdout)
    assert told["action"] == "answer"
    assert told["facts"]
    cases = tmp_path / "cases.jsonl"
    cases.write_text(
        '{"id": 7, "comment": "how much is it?", "focus_sku": "BT1001"}\n'
        '{"id": "b", "comment": "你们老板姓什么", "focus_sku": null}\n'
        '{"id": "c", "comment": "加我微信 abc12345", "focus_sku": null}\n',
        "utf-8",
    )
    rows = [json.loads(row) for row in presenter("ask", "--batch", cases).stdout.splitlines()]
    assert [(row["id"], row["action"]) for row in rows] == [
        (7, "answer"), ("b", "unknown"), ("c", "moderate"),
    ]  # fmt: skip
    assert all(row.keys() == {"id", "action", "text", "facts", "ms"} for row in rows)


def test_a_broken_batch_names_its_line(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text('{"id": 1, "comment": "hi"}\n{"id": 2}\n', "utf-8")
    assert "line 2" in one_line(presenter("ask", "--batch", cases, status=1).stderr)


def test_check_names_rule_and_reason(tmp_path: Path) -> None:
    broken = json.loads(presenter("check", "全网最低价，错过再等一年", "--json", status=1).stdout)
    assert broken["violation"]
    assert broken["rules"]
    assert broken["reasons"]
    assert not json.loads(presenter("check", "最近天气转凉了", "--json").stdout)["violation"]
    cases = tmp_path / "cases.jsonl"
    cases.write_text('{"text": "根治湿疹"}\n{"text": "第一次来的朋友你好"}\n', "utf-8")
    rows = [json.loads(row) for row in presenter("check", "--batch", cases).stdout.splitlines()]
    assert [row["violation"] for row in rows] == [True, False]


def test_speak_writes_sound_and_phones(tmp_path: Path) -> None:
    sound, phones = tmp_path / "a.wav", tmp_path / "a.json"
    presenter("speak", "到手价199元", "--out", sound, "--phones", phones)
    with wave.open(str(sound)) as file:
        assert file.getframerate() == 48000
        seconds = file.getnframes() / 48000
    assert 1 < seconds < 6
    assert json.loads(phones.read_text("utf-8"))


def test_wrong_files_and_sinks_are_told_at_once(tmp_path: Path) -> None:
    room = tmp_path / "room.toml"
    room.write_text('name = "r"\nsink = ["null:"]\n', "utf-8")
    told = one_line(presenter("run", room, status=1).stderr)
    assert "room.toml" in told
    assert "sinks" in told
    assert "srt" in one_line(presenter("run", "--sink", "srt://x", status=1).stderr)
    assert "lin" in one_line(
        presenter("say", "hi", "--sink", "file:a.mp4", "--presenter", "ln", status=1).stderr
    )


def test_a_new_presenter_starts_from_another() -> None:
    path = ROOT / "configs" / "presenters" / "made_by_a_test.toml"
    path.unlink(missing_ok=True)  # of a run that was killed
    try:
        presenter("avatar", "new", "made_by_a_test", "--like", "lin")
        assert 'name = "made_by_a_test"' in path.read_text("utf-8")
        presenter("avatar", "new", "made_by_a_test", status=1)
    finally:
        path.unlink()
    presenter("avatar", "new", "../x", status=2)


@pytest.mark.slow
def test_say_records_a_clip(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    presenter("say", "大家好。", "--sink", f"file:{clip}", "--size", "360x640")
    probe = subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0", clip],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert probe.stdout.split() == ["h264", "aac"]


@pytest.mark.slow
def test_avatar_preview_draws_a_sheet(tmp_path: Path) -> None:
    sheet = tmp_path / "lin.png"
    presenter("avatar", "preview", "lin", "--out", sheet)
    assert sheet.stat().st_size > 200_000
    assert "lin" in presenter("avatar", "list").stdout
    assert "built-in" in presenter("voice", "list").stdout


def test_a_rooms_language_model_is_shown_at_work(tmp_path: Path) -> None:
    with LyingLLM(["honest", "prices"]).serving() as llm:
        writer = f'[writer]\nurl = "{llm.url}"\nmodel = "m"'
        room = small_room(tmp_path, extra=writer)
        done = presenter("pitch", "BT1001", "--room", room, "--json")
        lines = [json.loads(row) for row in done.stdout.splitlines()]
        assert {line["by"] for line in lines} >= {"m at 127.0.0.1"}
        llm.modes = ["prices"]
        done = presenter("ask", "产地是哪里", "--product", "BT1001", "--room", room)
    assert "上海" in done.stdout
    assert "kept back" in done.stderr
    assert "没有依据" in done.stderr
