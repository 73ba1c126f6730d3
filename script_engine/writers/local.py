"""A language model of a local folder, in this process; nothing is loaded before the first request.

Its replies are JSON of the asked shape by construction: see `generation.py`, which needs the extra
`models`.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from pathlib import Path
from typing import Protocol

from core.errors import ConfigError, ProviderError
from script_engine.writers.chat import Request

log = logging.getLogger(__name__)


class Generator(Protocol):
    """A loaded model."""

    def generate(self, request: Request, stop: threading.Event) -> Iterator[str]:
        """The reply in pieces; ends early when `stop` is set."""
        ...


class LocalModel:
    """Runs a transformers model on a thread, one request at a time."""

    def __init__(self, folder: Path, load: Callable[[Path], Generator] | None = None) -> None:
        """A model of a folder, not yet loaded.

        Args:
            folder: with `config.json`, weights and tokenizer, as `save_pretrained` writes them.
            load: how to load it; with torch and transformers when left out.

        Raises:
            ConfigError: the folder holds no model.
        """
        if not (folder / "config.json").is_file():
            message = f"{folder} holds no model: there is no config.json in it"
            raise ConfigError(message, key="writer.local_model")
        self._folder, self._load = folder, load or _load
        self._generator: Generator | None = None
        self._one = threading.Lock()
        self._stops: set[threading.Event] = set()

    @property
    def name(self) -> str:
        return self._folder.name

    async def stream(self, request: Request) -> AsyncGenerator[str, None]:
        """See `Model.stream`. While the model is loaded or busy nothing comes."""
        loop = asyncio.get_running_loop()
        pieces: asyncio.Queue[str | ProviderError | None] = asyncio.Queue()
        # bounded by the tokens asked for
        stop = threading.Event()

        def hand_over(piece: str | ProviderError | None) -> None:
            if not stop.is_set():
                loop.call_soon_threadsafe(pieces.put_nowait, piece)

        self._stops.add(stop)
        threading.Thread(
            target=self._work, args=(request, stop, hand_over), name=f"model {self.name}",
            daemon=True,
        ).start()  # fmt: skip
        try:
            while (piece := await pieces.get()) is not None:
                if isinstance(piece, ProviderError):
                    raise piece
                yield piece
        finally:
            stop.set()
            self._stops.discard(stop)

    async def close(self) -> None:
        """Stop what is being written; memory goes when it has stopped."""
        for stop in self._stops:
            stop.set()
        self._generator = None

    def _work(
        self,
        request: Request,
        stop: threading.Event,
        hand_over: Callable[[str | ProviderError | None], None],
    ) -> None:
        try:
            with self._one:
                generator = self._generator = self._generator or self._load(self._folder)
                for piece in generator.generate(request, stop):
                    hand_over(piece)
            hand_over(None)
        except ProviderError as error:
            hand_over(error)
        except Exception as error:  # whatever a model's libraries raise, the desk must hear of it
            log.exception("a local model failed", extra={"model": self.name})
            hand_over(ProviderError(f"{type(error).__name__}: {error}", retryable=True))


def _load(folder: Path) -> Generator:
    """Raises ProviderError when the libraries are missing or the folder cannot be loaded."""
    try:
        from script_engine.writers.generation import TransformersGenerator
    except ImportError as error:
        message = f"{error}; install the extra: pip install 'presenter[models]'"
        raise ProviderError(message, retryable=False) from error
    return TransformersGenerator(folder)
