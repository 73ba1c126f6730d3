"""What the room and the stage process tell each other."""

from dataclasses import dataclass
from typing import Literal

from core.frame import Card
from core.language import Language
from core.line import Cue, LineKind
from core.state import SinkState
from core.utterance import Utterance
from core.wire import Wire
from room.settings import VideoQuality

Side = Literal["comments", "product", "viewers"]
CutAt = Literal["phrase", "sentence", "end"]
"""Where a line may be cut: after any phrase, after a sentence, or not at all."""

# room -> stage


@dataclass(frozen=True, slots=True)
class Open:
    """First message: what to put on air."""

    presenter: str
    # path of its TOML file
    scene: str
    # path of its TOML file
    width_px: int
    height_px: int
    fps: int
    bitrate_bps: int
    quality: VideoQuality
    language: Language
    cache_dir: str
    sinks: tuple[str, ...]
    seed: int
    produce_id: str
    # of this broadcast, in the AI label: printable ASCII
    take: int
    # 0, and one more each time the stage had to be started again
    music: str
    # path of a file with sound; "" for the room's own pad
    music_level_db: float
    music_duck_db: float
    # lower under speech


@dataclass(frozen=True, slots=True)
class Play:
    """Speak this after what is queued; with `continues`, after the part of its line before it."""

    line_id: str
    kind: LineKind
    utterance: Utterance
    cues: tuple[Cue, ...]
    cut_at: CutAt
    generation: int
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Leave:
    """The parts of this line that are still missing will not come."""

    line_id: str


@dataclass(frozen=True, slots=True)
class Cut:
    """Forget all queued speech older than `generation`; end what sounds where it may be cut."""

    generation: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Somebody deserves a look, now."""

    side: Side


@dataclass(frozen=True, slots=True)
class ShowCard:
    card: Card | None


@dataclass(frozen=True, slots=True)
class ShowQuestion:
    """The viewer's question beside its answer; empty text takes it away."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class SetScene:
    path: str


@dataclass(frozen=True, slots=True)
class SetMuted:
    muted: bool


@dataclass(frozen=True, slots=True)
class Close:
    """End the broadcast: finish files, leave servers politely."""


# stage -> room


@dataclass(frozen=True, slots=True)
class Progress:
    """Something long is being prepared."""

    label: str
    fraction: float


@dataclass(frozen=True, slots=True)
class OnAir:
    """The first picture left at `at_s` on the machine's monotonic clock."""

    at_s: float
    renderer: str


@dataclass(frozen=True, slots=True)
class Started:
    """The first sample of a line left with picture `frame`."""

    line_id: str
    generation: int
    frame: int
    at_s: float


@dataclass(frozen=True, slots=True)
class Ended:
    """A line is over. `resume_at` is where in its text to go on; -1 when it was said whole."""

    line_id: str
    generation: int
    frame: int
    at_s: float
    resume_at: int


@dataclass(frozen=True, slots=True)
class Beat:
    """The stage's pulse, once a second."""

    counters: dict[str, int]
    quality: str
    reason: str
    # why the quality is not full
    timings_ms: dict[str, float]


@dataclass(frozen=True, slots=True)
class SinkChanged:
    state: SinkState


@dataclass(frozen=True, slots=True)
class PreviewData:
    """A piece of the fMP4 preview: the init segment, or a fragment."""

    init: bool
    keyframe: bool
    codecs: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """The stage goes on, but not as it should."""

    where: str
    message: str


STAGE_WIRE = Wire(
    [
        *(Open, Play, Leave, Cut, Notice, ShowCard, ShowQuestion, SetScene, SetMuted, Close),
        *(Progress, OnAir, Started, Ended, Beat, SinkChanged, PreviewData, Fault),
    ]
)
