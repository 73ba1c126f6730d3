import subprocess
import sys

import moderngl
import pytest

from core.errors import MediaError
from render.context import describe_context, open_context


def test_describes_what_draws() -> None:
    description = describe_context()
    assert description.renderer
    assert description.is_software == ("llvmpipe" in description.renderer)


def test_a_missing_driver_names_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise Exception("libEGL.so not loaded")

    monkeypatch.setattr(moderngl, "create_context", refuse)
    with pytest.raises(MediaError, match=r"libEGL.so not loaded.*libegl1 libgl1-mesa-dri"):
        open_context()


def test_importing_opens_nothing() -> None:
    """No context, no driver library, no thread."""
    code = (
        "import threading, render.picture, render.context, render.human.draw\n"
        "maps = open('/proc/self/maps').read()\n"
        "assert 'libEGL' not in maps and '_dri' not in maps and 'libgallium' not in maps\n"
        "assert threading.active_count() == 1\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
