"""One live room: wires the stages, keeps them alive, ends them cleanly."""

import asyncio
import logging
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from core.clock import Clock
from core.frame import Card
from core.line import Line
from core.message import told
from core.state import JournalKind, RoomState, SinkState
from core.viewer import ViewerEvent
from knowledge.shop import Shop, load_shop
from knowledge.watch import watch_shop
from room import messages as msg
from room.cards import make_card
from room.comments import WORTH, Comments, Waiting
from room.control import Controls
from room.director import Director
from room.journal import Journal
from room.launch import check_launch_allowed
from room.places import cache_dir, state_dir
from room.preview import Preview
from room.rundown import Rundown
from room.settings import CONFIGS, SCRIPTS, RoomSettings
from room.speaker import Speaker
from room.stage_link import StageLink
from room.voices import make_ladder
from room.words import tell
from room.writers import choose_formats, make_models
from script_engine.engine import Blocked, ScriptEngine
from script_engine.writers import COMPOSER, Change, Models, Prompts
from speech.text.lexicon import load_lexicon, shop_lexicon

log = logging.getLogger(__name__)

STATE_EVERY_S = 1.0


class Room:
    """Everything behind one broadcast. `run` returns when the room has ended."""

    def __init__(
        self, settings: RoomSettings, *, clock: Clock, progress: Callable[[str, float], None]
    ) -> None:
        self.settings, self.clock, self._progress = settings, clock, progress
        started = clock.wall().strftime("%Y%m%d-%H%M%S")
        self.journal_path = state_dir(settings.name) / f"journal-{started}.jsonl"
        self.journal = Journal(self.journal_path, clock)
        self._began_s = clock.now()
        load_lexicon(shop_file=shop_lexicon(settings.shop))  # a wrong one is said before the air
        self._writer_fault = ""
        # what the writer that was stepped down from did
        progress("reading the shop", 0.0)
        self.shop: Shop = load_shop(settings.shop, clock)
        progress("reading the shop", 1.0)
        self.engine = ScriptEngine(
            self.shop, settings.policies, CONFIGS / "policies", language=settings.language,
            models=self._models(), formats=choose_formats(settings), on_blocked=self._blocked,
        )  # fmt: skip
        check_launch_allowed(self.engine.launch_obstacles(), settings)
        self._load_scripts()
        self.comments = Comments(clock)
        self.preview = Preview()
        ladder = make_ladder(settings, self.journal, clock)
        self.speaker = Speaker(ladder, self.journal, clock, settings.language)
        self.stage = StageLink(
            _opening(settings, started), self._take, self._again, self.journal, clock
        )
        self.rundown = Rundown(
            settings.rundown.products or [product.id for product in self.shop.products()],
            self._minutes_of, self.engine.sellable, clock,
        )  # fmt: skip
        self.director = Director(
            self.engine, self.speaker, self.stage.send, self.journal, self.rundown,
            self.comments, clock, self._show_product, settings.language, CONFIGS / "scenes",
        )  # fmt: skip
        self._ended = asyncio.Event()
        self.controls = Controls(
            self.director, self.stage.send, self._admit, CONFIGS / "scenes", self.journal,
            self._ended.set,
        )  # fmt: skip
        self.on_air = asyncio.Event()
        self.beat = msg.Beat({}, "full", "", {})
        self._card: Card | None = None
        self._sinks: dict[str, SinkState] = {}
        self._reconnects = 0

    # a life

    async def run(self, *, seconds: float | None = None) -> None:
        """Go on air and stay until ended, or for so many seconds on air."""
        self.journal.add(
            "start", room=self.settings.name, presenter=self.settings.presenter.stem,
            scene=self.settings.scene.stem, shop=str(self.settings.shop),
        )  # fmt: skip
        reason = "ended"
        try:
            async with asyncio.TaskGroup() as tasks:
                keep = [
                    tasks.create_task(self.stage.run(), name="stage"),
                    tasks.create_task(self.speaker.run(), name="voice"),
                    tasks.create_task(self._watch_shop(), name="shop"),
                    tasks.create_task(self._tell_state(), name="state"),
                ]
                ended = tasks.create_task(self._ended.wait(), name="end")
                ready = tasks.create_task(self.on_air.wait(), name="ready")
                await asyncio.wait((ready, ended), return_when=asyncio.FIRST_COMPLETED)
                if not ended.done():
                    keep.append(tasks.create_task(self.director.run(), name="director"))
                    if self.engine.desk is not None:
                        keep.append(tasks.create_task(self.engine.desk.run(), name="writers"))
                    await asyncio.wait((ended,), timeout=seconds)
                await self.stage.close()
                for task in (*keep, ready, ended):
                    task.cancel()
        except* asyncio.CancelledError:
            reason = "stopped"
            await self.stage.close()
            raise
        finally:
            self.controls.ended = True
            self.director.close()
            self.journal.add("end", reason=reason, **self.counters())
            self.journal.publish(self.state())
            self.journal.close()

    def now(self) -> datetime:
        """The time of day that facts must hold at."""
        return self.clock.wall()

    def end(self) -> None:
        """Ask the room to end; `run` returns when files are finished."""
        self._ended.set()

    async def take_events(self, events: Sequence[ViewerEvent]) -> list[str]:
        """The ids that were new. What is worth an answer waits for it."""
        taken = []
        for event in events:
            if not self.comments.new(event):
                continue
            taken.append(event.id)
            received = replace(event, received_at=self.clock.wall())
            if event.kind == "moderation_delete":
                self.comments.forget(event.text or event.id)
            elif event.kind in WORTH and event.text.strip():
                self.director.heard(Waiting(received, self.clock.now()))
        return taken

    # what it shows

    def counters(self) -> dict[str, int]:
        latencies = sorted(self.director.latencies_ms)
        median = latencies[len(latencies) // 2] if latencies else 0
        return self.beat.counters | {
            "reconnects": self._reconnects,
            "restarts": self.stage.restarts + self.speaker.restarts,
            "answered": self.director.answered,
            "blocked": self.director.blocked,
            "answer_median_ms": median,
        }

    def state(self) -> RoomState:
        reasons = tuple(
            reason
            for reason in (
                self.speaker.reason,
                self.beat.reason,
                self.stage.fault,
                self._no_better_writer(),
            )
            if reason
        ) + tuple(s.message for s in self._sinks.values() if s.state in ("retrying", "failed"))
        degraded = bool(self.speaker.reason or self.stage.fault) or not self.on_air.is_set()
        return RoomState(
            room=self.settings.name,
            status=self.controls.status(degraded),
            seconds_since_start=round(self.clock.now() - self._began_s, 3),
            line=self.director.queue.now,
            next_line=self.director.queue.next,
            card=self._card,
            voice=self.speaker.voice,
            quality=self.beat.quality,
            reasons=reasons,
            sinks=tuple(self._sinks.values()),
            writer=self.engine.desk.writer if self.engine.desk else COMPOSER,
            counters=self.counters(),
        )

    # what the parts tell it

    def _take(self, message: object) -> None:
        match message:
            case msg.Started():
                self.director.started(message)
                self.journal.publish(self.state())
            case msg.Ended():
                self.director.ended(message)
                self.journal.publish(self.state())
            case msg.Beat():
                self._beat(message)
            case msg.SinkChanged(state):
                self._sink(state)
            case msg.PreviewData():
                self.preview.put(message)
            case msg.Progress(label, fraction):
                self._progress(label, fraction)
            case msg.OnAir(at_s, renderer):
                self.stage.send(msg.SetMuted(self.controls.muted))
                self.on_air.set()
                self.journal.add("step_up", part="stage", to=renderer, on_air=self.journal.ms(at_s))
            case msg.Fault(where, text):
                self.journal.add("step_down", part=where, to="still", reason=text)

    def _beat(self, beat: msg.Beat) -> None:
        if beat.quality != self.beat.quality:
            self.journal.add(
                "step_down" if beat.reason else "step_up",
                part="picture", to=beat.quality, reason=beat.reason,
            )  # fmt: skip
        self.beat = beat

    def _sink(self, state: SinkState) -> None:
        before = self._sinks.get(state.url)
        self._sinks[state.url] = state
        if before is None or before.state != state.state:
            if before and before.state == "retrying" and state.state == "live":
                self._reconnects += 1
            self.journal.add("sink", url=state.url, state=state.state, message=state.message)

    def _again(self) -> None:
        """A new stage is on air: give it back what it showed."""
        self.preview.stop()
        self.director.stage_lost()
        if self._card is not None:
            self.stage.send(msg.ShowCard(self._card))

    def _show_product(self, product_id: str) -> None:
        self._card = make_card(
            self.shop.product(product_id), self.shop.facts_of(product_id), self.settings.language,
            self.settings.shop, self.clock.wall(),
        )  # fmt: skip
        self.stage.send(msg.ShowCard(self._card))
        self.journal.publish(self.state())

    def _models(self) -> Models | None:
        """The room's language models, None when it names none."""
        models = make_models(self.settings.writer, self.clock)
        if not models:
            return None
        prompts = Prompts(CONFIGS / "prompts")
        return Models(models, prompts, self.clock, self._writer_changed, self._refused)

    def _writer_changed(self, change: Change) -> None:
        """Another writer is in use."""
        kind: JournalKind = "step_up" if change.up else "step_down"
        self._writer_fault = change.reason or self._writer_fault
        self.journal.add(kind, part="writer", to=change.to, reason=change.reason)
        self.journal.publish(self.state())

    def _no_better_writer(self) -> str:
        """Why the best of the writers is not in use, in words; "" when it is."""
        desk = self.engine.desk
        if desk is None or desk.ladder.active == 0:
            return ""
        language = self.settings.language
        return tell("writer_lost", language, cause=self._writer_fault, to=desk.writer)

    def _refused(self, blocked: Blocked) -> None:
        """A line of a model was kept back."""
        self._blocked(blocked, by="model")

    def _blocked(self, blocked: Blocked, by: str = "") -> None:
        """The gate kept a line back."""
        self.director.count_blocked()
        draft = blocked.draft
        self.journal.add(
            "blocked", text=draft.text, by=by or draft.kind,
            rules=[v.rule for v in blocked.violations],
            claims=[
                {"kind": c.kind, "text": c.text, "reason": c.reason}
                for c in blocked.claims
                if c.reason
            ],
            reason="; ".join(blocked.reasons),
        )  # fmt: skip

    def _admit(self, text: str) -> Line | Blocked:
        return self.engine.operator_line(text, self.clock.wall())

    def _minutes_of(self, product_id: str) -> float:
        return self.settings.rundown.minutes_each or self.engine.minutes_of(product_id)

    def _load_scripts(self) -> None:
        """Staff scripts in; what is wrong with them is in the journal and stops nothing."""
        scenes = sorted(path.stem for path in (CONFIGS / "scenes").glob("*.toml"))
        wrong = self.engine.load_scripts(self.settings.shop / SCRIPTS, scenes)
        if wrong:
            refused = [told(error, self.settings.language) for error in wrong]
            self.journal.add("shop", file=SCRIPTS, refused=refused)

    async def _watch_shop(self) -> None:
        async for paths in watch_shop(self.settings.shop, self.clock):
            try:
                report = await asyncio.to_thread(self.shop.reload, paths)
                self.facts_changed()
                self._load_scripts()
            except Exception as error:  # a file that breaks us must not end the night
                log.exception("a changed shop could not be taken in")
                self.journal.add("shop", refused=[f"{type(error).__name__}: {error}"])
                continue
            names = sorted(path.name for path in paths)
            self.journal.add(
                "shop", file=", ".join(names), read=report.facts,
                guessed=len(report.guessed),
                refused=[told(entry, self.settings.language) for entry in report.refused],
            )  # fmt: skip

    def facts_changed(self) -> None:
        """Products, prices or stock are new: the card, the rundown and what is queued follow."""
        listed = self.settings.rundown.products or [p.id for p in self.shop.products()]
        self.rundown.refresh(listed)
        self.director.recheck()
        if self._card is not None:
            self._show_product(self.rundown.product)

    async def _tell_state(self) -> None:
        while True:
            self.journal.publish(self.state())
            await self.clock.pause(STATE_EVERY_S)


def _opening(settings: RoomSettings, started: str) -> msg.Open:
    video = settings.video
    return msg.Open(
        presenter=str(settings.presenter),
        scene=str(settings.scene),
        width_px=video.width_px,
        height_px=video.height_px,
        fps=video.fps,
        bitrate_bps=video.bitrate_kbps * 1000,
        quality=video.quality,
        language=settings.language,
        cache_dir=str(cache_dir()),
        sinks=settings.sinks,
        seed=zlib.crc32(started.encode()),
        produce_id=f"{settings.name.encode('ascii', 'ignore').decode()}-{started}",
        take=0,
        music=str(settings.music.file or ""),
        music_level_db=settings.music.level_db,
        music_duck_db=settings.music.duck_db,
    )
