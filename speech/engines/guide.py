"""The built-in voice in a process of its own, for the time of each phone it says.

espeak-ng is GPL-3.0, so it is not loaded beside a voice whose licence may not agree with it.
"""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from core.errors import MediaError, ProviderError
from core.utterance import Utterance
from speech.messages import REPLIES, REQUESTS, Failed, Pulse, Ready, Speak, Spoken


class Guide:
    """Speaks whole lines at once; starts its process again when that has died."""

    def __init__(self, lexicon: Path, shop_lexicon: Path | None = None) -> None:
        self._arguments = ["--lexicon", str(lexicon)]
        if shop_lexicon is not None:
            self._arguments += ["--shop-lexicon", str(shop_lexicon)]
        self._process = self._start()
        self._is_ready = False
        self._last: tuple[tuple[object, ...], Utterance] | None = None

    def wait_ready(self) -> None:
        """Return when it can speak; it makes ready while others do.

        Raises:
            ProviderError: the built-in voice does not work here.
        """
        if self._is_ready:
            return
        first = self._receive()
        if not isinstance(first, Ready):
            self.close()
            cause = first.message if isinstance(first, Failed) else "it began with a reply"
            raise ProviderError(
                f"the built-in voice, which gives the timing: {cause}", retryable=False
            )
        self._is_ready = True

    def speak(self, request: Speak) -> Utterance:
        """The whole line, from its beginning; asked for the same line again, the same sound.

        Raises:
            ProviderError: nothing to say, or the built-in voice does not work here.
        """
        key = (request.text, request.language, request.rate_per_min, request.marks)
        if self._last is None or self._last[0] != key:
            whole = replace(request, start=0, hurry=False)
            try:
                utterance = self._ask(whole)
            except (OSError, MediaError):
                self.close()
                self._process, self._is_ready = self._start(), False
                utterance = self._ask(whole)
            self._last = (key, utterance)
        return self._last[1]

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _ask(self, request: Speak) -> Utterance:
        self.wait_ready()
        if self._process.stdin is None:
            raise MediaError("no pipe")
        self._process.stdin.write(REQUESTS.encode(request))
        self._process.stdin.flush()
        reply = self._receive()
        if isinstance(reply, Failed):
            raise ProviderError(reply.message, retryable=reply.retryable)
        if not isinstance(reply, Spoken):
            raise MediaError("the guide answered out of turn")
        return reply.utterance

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "speech.worker", *self._arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def _receive(self) -> object:
        if self._process.stdout is None:
            raise MediaError("no pipe")
        for reply in REPLIES.each(cast(BinaryIO, self._process.stdout)):
            if not isinstance(reply, Pulse):
                return reply
        raise MediaError("the guide died")
