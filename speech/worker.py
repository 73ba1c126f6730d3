"""The speech worker: `python -m speech.worker` reads requests on stdin and answers on stdout.

espeak-ng (GPL-3.0) is loaded in this process only; the rest of the house talks to it over the pipe.
It ends when its stdin ends.
"""

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from core.clock import Clock, SystemClock
from core.errors import PresenterError, ProviderError
from speech.messages import REPLIES, REQUESTS, Failed, Ready, Speak, Spoken
from speech.text.lexicon import FOLDER, Lexicon, load_lexicon

if TYPE_CHECKING:
    from speech.speaker import Speaker


def main() -> None:
    """Serve until the end of stdin."""
    parser = argparse.ArgumentParser(prog="python -m speech.worker", description=__doc__)
    parser.add_argument("--lexicon", type=Path, default=FOLDER, help="folder of zh.toml, en.toml")
    parser.add_argument("--shop-lexicon", type=Path, help="a shop's own words")
    arguments = parser.parse_args()
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # before numpy comes in
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the room decides
    with os.fdopen(os.dup(1), "wb") as replies:
        os.dup2(2, 1)  # a library that prints does not write into the pipe
        lexicon = partial(load_lexicon, arguments.lexicon, arguments.shop_lexicon)
        serve(sys.stdin.buffer, replies, lexicon, SystemClock())


def serve(requests: BinaryIO, replies: BinaryIO, load: Callable[[], Lexicon], clock: Clock) -> None:
    """Answer each request in the order it comes."""
    from speech.speaker import Speaker
    from speech.voices import LANGUAGES, VOICES

    def reply(value: Ready | Spoken | Failed) -> None:
        replies.write(REPLIES.encode(value))
        replies.flush()

    with tempfile.TemporaryDirectory(prefix="presenter-voice-") as folder:
        try:
            speaker = Speaker(load(), Path(folder))
            speaker.warm_up()
        except PresenterError as error:
            reply(Failed(0, "", str(error), retryable=False))
            return
        try:
            reply(Ready(tuple(VOICES), LANGUAGES))
            for request in REQUESTS.each(requests):
                reply(_answer(speaker, request, clock))
        except BrokenPipeError:
            return  # nobody listens any more


def _answer(speaker: "Speaker", request: Speak, clock: Clock) -> Spoken | Failed:
    began = clock.now()
    try:
        utterance = speaker.speak(
            request.line_id,
            request.text,
            request.language,
            request.voice,
            request.rate_per_min,
            request.marks,
        )
    except ProviderError as error:
        return Failed(request.request_id, request.line_id, str(error), error.retryable)
    return Spoken(request.request_id, utterance, (clock.now() - began) * 1000)


if __name__ == "__main__":
    main()
