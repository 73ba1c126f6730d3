"""The speech worker: `python -m speech.worker` reads requests on stdin and answers on stdout.

One voice a process: espeak-ng (GPL-3.0) and the neural models never share one with the rest of the
house, which talks to them over the pipe. It ends when its stdin ends.
"""

import argparse
import os
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from core.clock import Clock, SystemClock
from core.errors import PresenterError, ProviderError
from speech.messages import REPLIES, REQUESTS, Failed, Pulse, Ready, Speak, Spoken
from speech.text.lexicon import FOLDER
from speech.voices import BUILT_IN

if TYPE_CHECKING:
    from speech.engines.voice import Voice

PULSE_S = 0.2
NICENESS = 5
"""Of a voice that computes much: pictures go first."""


def main() -> None:
    """Serve until the end of stdin."""
    parser = argparse.ArgumentParser(prog="python -m speech.worker", description=__doc__)
    parser.add_argument("--voice", default=BUILT_IN, help="a name, or the path of its TOML file")
    parser.add_argument("--lexicon", type=Path, default=FOLDER, help="folder of zh.toml, en.toml")
    parser.add_argument("--shop-lexicon", type=Path, help="a shop's own words")
    parser.add_argument("--cache", type=Path, help="folder where sounds are kept; else nowhere")
    arguments = parser.parse_args()
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # before numpy comes in
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the room decides
    with os.fdopen(os.dup(1), "wb") as replies:
        os.dup2(2, 1)  # a library that prints does not write into the pipe
        outlet = Outlet(replies)
        outlet.beat(SystemClock())
        serve(sys.stdin.buffer, outlet, arguments, SystemClock())


class Outlet:
    """The way out, for the voice's thread and the pulse's."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._lock = stream, threading.Lock()
        self._closed = False

    def send(self, value: Ready | Spoken | Failed | Pulse) -> None:
        data = REPLIES.encode(value)
        with self._lock:
            self._stream.write(data)
            self._stream.flush()

    def beat(self, clock: Clock) -> None:
        """Send a pulse now and then from a thread, until nobody listens or `close`."""

        def run() -> None:
            while not self._closed:
                try:
                    self.send(Pulse())
                except (OSError, ValueError):  # closed
                    return
                clock.sleep(PULSE_S)

        threading.Thread(target=run, name="pulse", daemon=True).start()

    def close(self) -> None:
        self._closed = True


def serve(requests: BinaryIO, outlet: Outlet, arguments: argparse.Namespace, clock: Clock) -> None:
    """Answer each request in the order it comes."""
    from speech.descriptions import Computed, find_voice
    from speech.engines.opening import open_voice

    with tempfile.TemporaryDirectory(prefix="presenter-voice-") as folder:
        try:
            name, described = find_voice(arguments.voice)
            if isinstance(described, Computed):
                os.nice(NICENESS)
            voice = open_voice(
                name, described, lexicon_folder=arguments.lexicon,
                shop_lexicon=arguments.shop_lexicon, folder=Path(folder),
                cache_folder=arguments.cache, today=clock.wall().date(),
            )  # fmt: skip
            began = clock.now()
            seconds = voice.rehearse()
            factor = (clock.now() - began) / max(seconds, 0.1)
        except PresenterError as error:
            retryable = isinstance(error, ProviderError) and error.retryable
            outlet.send(Failed(0, "", str(error), retryable))
            return
        try:
            outlet.send(Ready(name, voice.languages, voice.device, factor))
            for request in REQUESTS.each(requests):
                outlet.send(_answer(voice, request, clock))
        except BrokenPipeError:
            return  # nobody listens any more
        finally:
            outlet.close()
            voice.close()


def _answer(voice: "Voice", request: Speak, clock: Clock) -> Spoken | Failed:
    began = clock.now()
    try:
        utterance = next(iter(voice.speak(request)))
    except ProviderError as error:
        return Failed(request.request_id, request.line_id, str(error), error.retryable)
    except PresenterError as error:
        return Failed(request.request_id, request.line_id, str(error), retryable=True)
    return Spoken(request.request_id, utterance, (clock.now() - began) * 1000)


if __name__ == "__main__":
    main()
