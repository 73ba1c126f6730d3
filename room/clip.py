"""A line spoken into a file, as fast as the machine can: the stage without its clock."""

from collections.abc import Callable
from pathlib import Path

from avatar.body.store import load_human
from avatar.motion.performer import Performer
from avatar.presenter import load_presenter
from core.clock import Clock
from core.errors import SinkError
from core.frame import Frame
from core.language import Language
from core.line import Cue
from core.state import SinkState
from core.utterance import Utterance
from render.broadcast import Broadcast
from render.encoder import Encoder
from render.overlay import Overlay
from room.messages import Play
from room.places import cache_dir
from room.stage.bed import Bed
from room.stage.camera import StageCamera
from room.stage.track import PhraseStarted, SoundTrack

LEAD_S = 0.6
TAIL_S = 1.0


def record_clip(
    utterance: Utterance,
    cues: tuple[Cue, ...],
    *,
    sink: str,
    presenter: Path,
    scene: Path,
    size: tuple[int, int],
    fps: int,
    language: Language,
    clock: Clock,
    progress: Callable[[str, float], None],
) -> int:
    """Draw and encode one utterance; returns how many pictures it has.

    Raises:
        SinkError: the file cannot be written.
    """
    human = load_human(load_presenter(presenter), cache_dir() / "humans", progress)
    camera = StageCamera(human, scene, *size, cache_dir() / "light", progress)
    performer = Performer(human.skeleton, fps=fps, seed=0)
    graphics = Overlay(*size, language)
    failed: list[str] = []

    def on_state(state: SinkState) -> None:
        if state.state == "failed":
            failed.append(state.message)

    sender = Broadcast(Encoder(*size, fps), [sink], clock, on_state)
    track, bed = SoundTrack(fps), Bed()
    lead, total = round(LEAD_S * fps), round((LEAD_S + utterance.duration_s + TAIL_S) * fps)
    for frame in range(total):
        if frame == lead:
            track.play(Play(utterance.line_id, "operator", utterance, cues, "end", 1))
            performer.begin(utterance, cues, frame)
        sound, events = track.next(frame)
        for event in events:
            if isinstance(event, PhraseStarted):
                graphics.set_caption(event.text)
        picture = camera.draw(performer.pose(frame), graphics.layers(), 0)
        sound = sound + bed.next(len(sound), speaking=track.speaking)
        sender.send(Frame(frame, fps, picture, sound))
        progress("recording", (frame + 1) / total)
    sender.close()
    camera.close()
    if failed:
        raise SinkError(failed[0], sink=sink)
    return total
