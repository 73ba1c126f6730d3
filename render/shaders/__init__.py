"""Shader texts, read from the files beside this one."""

import re
from functools import cache
from importlib.resources import files

_INCLUDE = re.compile(r'^#include "([^"]+)"$', re.MULTILINE)


@cache
def read(name: str) -> str:
    """One file as it is."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def source(name: str, constants: str = "") -> str:
    """A whole shader: version line, the scene's constants, the file with its includes."""
    body = _INCLUDE.sub(lambda found: read(found[1]), read(name))
    return f"#version 330\n{constants}\n{body}"


def texts() -> list[str]:
    """Every shader text, in order of name: changes when any of them does."""
    folder = files(__package__)
    names = sorted(entry.name for entry in folder.iterdir() if not entry.name.endswith(".py"))
    return [read(name) for name in names if "." in name]
