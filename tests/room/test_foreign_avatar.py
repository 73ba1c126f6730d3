"""A foreign avatar from import to a clip, as a person types it."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from room.settings import CONFIGS
from tests.fakes.foreign import write_figure
from tests.room.test_cli import one_line, presenter

pytestmark = pytest.mark.timeout(240)

NAME = "zz_foreign_avatar_of_the_tests"


@pytest.fixture
def taken() -> Iterator[Path]:
    """Where the import writes; nothing is left there."""
    path = CONFIGS / "presenters" / f"{NAME}.toml"
    path.unlink(missing_ok=True)
    yield path
    path.unlink(missing_ok=True)


def test_import_then_say(taken: Path, tmp_path: Path) -> None:
    model = write_figure(tmp_path / "My Avatar.vrm", "vrm1")
    done = presenter("avatar", "import", model, "--name", NAME, "--language", "en")
    assert "vowels of VRM" in done.stdout
    assert f"avatar preview {NAME}" in one_line(done.stderr)
    written = tomllib.loads(taken.read_text("utf-8"))
    assert written["body"]["model"] == str(model)
    assert written["language"] == "en"
    assert NAME in presenter("avatar", "list").stdout
    told = one_line(presenter("avatar", "import", model, "--name", NAME, status=1).stderr)
    assert "is there already" in told

    clip = tmp_path / "clip.mp4"
    presenter(
        "say", "Mama may buy a big map.", "--presenter", NAME, "--sink", f"file:{clip}",
        "--size", "288x512",
    )  # fmt: skip
    with av.open(str(clip)) as file:
        pictures = [frame.to_ndarray(format="rgb24") for frame in file.decode(video=0)]
    mouths = np.stack([p[150:190, 120:168] for p in pictures]).astype(float)
    # the mouth is dark when open: it opens and shuts more than once
    dark = (mouths.mean(-1) < 80).mean((1, 2))
    opens = (np.diff((dark > dark.max() / 2).astype(int)) == 1).sum()
    assert dark.max() > 0.02
    assert opens >= 2

    assert "vowels of VRM" in presenter("avatar", "check", NAME).stdout
    model.unlink()
    told = one_line(presenter("avatar", "list").stdout)
    assert f"{NAME} cannot be used" in told
    assert "lin" in told
    people = json.loads(presenter("avatar", "list", "--json").stdout)
    assert {"lin", NAME} <= {person["name"] for person in people}


def test_check_names_what_is_wrong_and_imports_nothing(taken: Path, tmp_path: Path) -> None:
    model = write_figure(tmp_path / "cut.glb")
    findings = json.loads(presenter("avatar", "check", model, "--json").stdout)
    assert {"ok", "note"} <= {finding["level"] for finding in findings}
    model.write_bytes(model.read_bytes()[:5000])
    for command in (("check", model), ("import", model, "--name", NAME)):
        told = one_line(presenter("avatar", *command, status=1).stderr)
        assert "cut.glb" in told
        assert "is cut off" in told
    assert not taken.exists()
