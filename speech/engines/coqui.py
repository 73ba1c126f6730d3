"""What both Coqui models share: getting the library in, threads, device, checkpoints."""

import hashlib
import logging
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.errors import ProviderError

if TYPE_CHECKING:
    import torch

log = logging.getLogger(__name__)

MISSING: Final = (
    "coqui-tts is not installed: .venv/bin/pip install -c constraints.txt -e '.[voices]'"
    " (without the repository: pip install 'presenter[voices]')"
)


def load_model(checkpoint: Path, config: Path) -> Any:
    """A model in evaluation, on the CPU, with its own config.

    Raises:
        ProviderError: the library or a file is missing, or the file holds another model.
    """
    for path in (checkpoint, config):
        if not path.is_file():
            raise ProviderError(f"{path} does not exist", retryable=False)
    prepare()
    from TTS.config import load_config
    from TTS.tts.models import setup_model

    try:
        settings = load_config(config)
        model = setup_model(settings)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if settings.model == "xtts":
                model.load_checkpoint(settings, checkpoint_dir=str(checkpoint.parent), eval=True)
            else:
                model.load_checkpoint(settings, str(checkpoint), eval=True)
    except (OSError, RuntimeError, ValueError, KeyError, TypeError, ImportError) as error:
        raise ProviderError(f"{checkpoint} cannot be used: {error}", retryable=False) from error
    return model


def prepare() -> None:
    """Make `import TTS` work.

    Raises:
        ProviderError: coqui-tts is not installed.
    """
    try:
        from speech.engines import espeak_phonemes, torch_audio

        torch_audio.install()
        import TTS  # noqa: F401

        espeak_phonemes.install()
    except ImportError as error:
        raise ProviderError(f"{MISSING} ({error})", retryable=False) from error
    logging.getLogger("TTS").setLevel(logging.ERROR)


def choose_device(wanted: str) -> "torch.device":
    """The device to compute on, with torch's threads set.

    Raises:
        ProviderError: cuda was asked for and is not there.
    """
    try:
        import torch
    except ImportError as error:
        raise ProviderError(f"{MISSING} ({error})", retryable=False) from error
    # as the worker's environment says; torch would take every core otherwise
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    there = torch.cuda.is_available()
    if wanted == "cuda" and not there:
        raise ProviderError('device = "cuda", but torch sees no GPU', retryable=False)
    return torch.device("cuda" if there and wanted != "cpu" else "cpu")


def fingerprint(*parts: object) -> str:
    """A name for settings and files; files count by size and time of change."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            status = part.stat()
            part = (str(part), status.st_size, status.st_mtime_ns)
        digest.update(repr(part).encode())
    return digest.hexdigest()
