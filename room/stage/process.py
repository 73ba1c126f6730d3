"""The stage process: `python -m room.stage.process FD`, with a socket to the room at FD."""

import os

# Before numpy and Mesa are loaded: small matrices are slower on many threads, and llvmpipe must
# leave the encoder its share of the cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("LP_NUM_THREADS", str(max(1, min(4, len(os.sched_getaffinity(0))))))

import contextlib
import logging
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import cv2

from avatar.body.store import load_human
from avatar.motion.performer import Performer
from avatar.presenter import load_presenter
from core.clock import SystemClock
from core.errors import MediaError, PresenterError
from core.state import SinkState
from render.ai_label import AiLabel
from render.broadcast import Broadcast
from render.context import describe_context
from render.encoder import Encoder
from render.overlay import Overlay
from render.sinks import PreviewChunk
from room import messages as msg
from room.stage.bed import Bed
from room.stage.camera import StageCamera
from room.stage.loop import StageLoop
from room.stage.music import load_music
from room.stage.outputs import Outputs
from room.stage.post import Post

log = logging.getLogger(__name__)

NICENESS = -10
"""Pictures go before whatever else the machine does, where we may say so."""


def main() -> int:
    """Serve one broadcast; the exit status is 1 when it could not be put on air."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s stage: %(message)s")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the room decides when we end
    cv2.setNumThreads(1)
    with contextlib.suppress(PermissionError):
        os.nice(NICENESS)
    pipe = socket.socket(fileno=int(sys.argv[1]))
    post = Post(pipe, msg.STAGE_WIRE)
    opening = post.inbox.get()
    try:
        if not isinstance(opening, msg.Open):
            return 0
        broadcast(opening, post)
    except PresenterError as error:
        post.report(msg.Fault("start", str(error)))
        return 1
    finally:
        post.close()
    return 0


def broadcast(opening: msg.Open, post: Post) -> None:
    """Make everything ready, then run the frame clock until told to close."""
    clock = SystemClock()
    report = post.report

    def progress(label: str, fraction: float) -> None:
        report(msg.Progress(label, fraction))

    cache = Path(opening.cache_dir)
    drawn_by = describe_context().renderer
    human = load_human(load_presenter(Path(opening.presenter)), cache / "humans", progress)
    camera = StageCamera(
        human, Path(opening.scene), opening.width_px, opening.height_px, cache / "light", progress,
        quality=opening.quality,
    )  # fmt: skip
    encoder = Encoder(
        opening.width_px,
        opening.height_px,
        opening.fps,
        bit_rate=opening.bitrate_bps,
        label=AiLabel(produce_id=opening.produce_id),
    )
    sinks = [another_take(url, opening.take) for url in opening.sinks]
    sender = Broadcast(encoder, sinks, clock, _on_state(report), _on_chunk(report))
    outputs = Outputs(sender.send, lambda text: report(msg.Fault("encoder", text)))
    loop = StageLoop(
        fps=opening.fps,
        language=opening.language,
        actor=Performer(human.skeleton, fps=opening.fps, seed=opening.seed),
        camera=camera,
        graphics=Overlay(opening.width_px, opening.height_px, opening.language),
        outlet=outputs,
        clock=clock,
        report=report,
        bed=make_bed(opening, report),
    )
    loop.rehearse()
    report(msg.OnAir(clock.now(), drawn_by))
    try:
        loop.run(post.inbox)
    finally:
        outputs.close()
        sender.close()
        camera.close()


def make_bed(opening: msg.Open, report: Callable[[object], None]) -> Bed:
    """The room's music; the pad when there is none or it cannot be read, which is reported."""
    if not opening.music:
        return Bed(None, opening.music_level_db, opening.music_duck_db)
    try:
        loop = load_music(Path(opening.music))
    except MediaError as error:
        report(msg.Fault("music", str(error)))
        loop = None
    return Bed(loop, opening.music_level_db, opening.music_duck_db)


def another_take(url: str, take: int) -> str:
    """A file that is begun again goes beside the first: night.mp4, night-2.mp4."""
    if take == 0 or not url.startswith("file:"):
        return url
    path = Path(url.removeprefix("file:"))
    return f"file:{path.with_stem(f'{path.stem}-{take + 1}')}"


def _on_state(report: Callable[[object], None]) -> Callable[[SinkState], None]:
    return lambda state: report(msg.SinkChanged(state))


def _on_chunk(report: Callable[[object], None]) -> Callable[[PreviewChunk], None]:
    def send(chunk: PreviewChunk) -> None:
        report(msg.PreviewData(chunk.kind == "init", chunk.keyframe, chunk.codecs, chunk.data))

    return send


if __name__ == "__main__":
    sys.exit(main())
