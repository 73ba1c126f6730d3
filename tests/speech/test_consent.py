from datetime import date
from pathlib import Path

import pytest

from core.errors import ConfigError
from speech.consent import require_consent

TODAY = date(2026, 11, 27)
GOOD = 'who = "Lin Yue"\nwhen = 2026-11-20\nfor_what = "live selling"\n'


def recording(folder: Path, record: str | None) -> Path:
    if record is not None:
        (folder / "lin.consent.toml").write_text(record)
    return folder / "lin.wav"


def test_a_record_says_who_when_and_for_what(tmp_path: Path) -> None:
    consent = require_consent(recording(tmp_path, GOOD + "until = 2026-11-27\n"), TODAY)
    assert (consent.who, consent.when, consent.for_what) == (
        "Lin Yue", date(2026, 11, 20), "live selling",
    )  # fmt: skip


def test_without_a_record_the_error_tells_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"lin\.consent\.toml") as caught:
        require_consent(recording(tmp_path, None), TODAY)
    written = str(caught.value).split("\n")
    lines = [line.strip() for line in written if " = " in line]
    # what it tells to write is accepted once it is written
    (tmp_path / "lin.consent.toml").write_text("\n".join(lines))
    require_consent(tmp_path / "lin.wav", TODAY)


@pytest.mark.parametrize(
    ("record", "match"),
    [
        (GOOD.replace('"Lin Yue"', '" "'), "who"),
        (GOOD + 'for_wat = "x"\n', "did you mean 'for_what'"),
        ('who = "Lin Yue"\nfor_what = "live selling"\n', "when"),
        (GOOD.replace("2026-11-20", "2027-01-01"), "not come yet"),
        (GOOD + "until = 2026-11-26\n", "ended on 2026-11-26"),
        ("yes", "TOML"),
    ],
)
def test_records_that_do_not_do(tmp_path: Path, record: str, match: str) -> None:
    with pytest.raises(ConfigError, match=match) as caught:
        require_consent(recording(tmp_path, record), TODAY)
    assert "lin.consent.toml" in str(caught.value)
