"""The GL context: EGL without a window, so that a server without display or GPU can draw."""

import logging
from dataclasses import dataclass
from typing import Any

import moderngl

from core.errors import MediaError

log = logging.getLogger(__name__)

_REMEDY = "install them with: sudo apt-get install -y libegl1 libgl1-mesa-dri"


@dataclass(frozen=True, slots=True)
class ContextDescription:
    """What draws on this machine."""

    renderer: str
    version: str
    is_software: bool


def open_context() -> moderngl.Context:
    """A context of its own, current in the calling thread.

    GL calls from any other thread fail without an error, so make it in the thread that draws.

    Raises:
        MediaError: EGL or its drivers are missing.
    """
    try:
        # the stubs want a dict here, the function a name
        backend: Any = "egl"
        context = moderngl.create_context(standalone=True, backend=backend)
    except Exception as error:  # the loader raises bare Exception, OSError, ImportError
        raise MediaError(f"cannot draw: EGL gave no context ({error}); {_REMEDY}") from error
    log.info("drawing with %s", context.info["GL_RENDERER"])
    return context


def is_software(context: moderngl.Context) -> bool:
    """Whether a CPU draws."""
    renderer = str(context.info["GL_RENDERER"]).lower()
    return any(word in renderer for word in ("llvmpipe", "softpipe", "swrast"))


def describe_context() -> ContextDescription:
    """What `open_context` would draw with; opens one and closes it.

    Raises:
        MediaError: as `open_context`.
    """
    context = open_context()
    try:
        renderer = str(context.info["GL_RENDERER"])
        version = str(context.info["GL_VERSION"])
        return ContextDescription(renderer, version, is_software(context))
    finally:
        context.release()
