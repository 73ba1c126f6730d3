"""What an operator may do, and what comes of it."""

from collections.abc import Callable
from pathlib import Path

from console.port import Control, ControlResult
from core.errors import ConfigError, ContentError, ProviderError
from core.line import Line
from core.state import Status
from room import messages as msg
from room.director import Director
from room.journal import Journal
from script_engine.engine import Blocked


class Controls:
    """Turns an operator's commands into what the director and the stage do."""

    def __init__(
        self,
        director: Director,
        send: Callable[[object], None],
        admit: Callable[[str], Line | Blocked],
        scenes: Path,
        journal: Journal,
        end: Callable[[], None],
    ) -> None:
        self._director, self._send, self._admit = director, send, admit
        self._scenes, self._journal, self._end = scenes, journal, end
        self.paused = self.muted = self.human = self.ended = False

    def status(self, degraded: bool) -> Status:
        """The one word for the room; a person's act outweighs a machine's trouble."""
        if self.ended:
            return "ended"
        if self.human:
            return "human"
        if self.muted:
            return "muted"
        if self.paused:
            return "paused"
        return "fallback" if degraded else "live"

    async def do(self, command: Control) -> ControlResult:
        result = await self._carry_out(command)
        self._journal.add(
            "operator", do=command.do, text=command.text, product_id=command.product_id,
            scene=command.scene, ok=result.ok, message=result.message,
        )  # fmt: skip
        return result

    async def _carry_out(self, command: Control) -> ControlResult:
        match command.do:
            case "pause" | "resume":
                self.paused = command.do == "pause"
                self._floor()
            case "takeover" | "release":
                self.human = command.do == "takeover"
                self._floor()
            case "mute" | "unmute":
                self.muted = command.do == "mute"
                self._send(msg.SetMuted(self.muted))
            case "skip":
                return ControlResult(True, self._director.next_product())
            case "show_product":
                try:
                    self._director.next_product(command.product_id)
                except ContentError as error:
                    return ControlResult(False, str(error))
            case "scene":
                return self._change_scene(command.scene)
            case "say":
                return await self._say(command.text)
            case "end":
                self.ended = True
                self._end()
        return ControlResult(True)

    def _floor(self) -> None:
        """Paused: no pitch, questions are answered. A person in the seat: neither."""
        self._director.deaf = self.human
        self._director.hold(self.paused or self.human)

    def _change_scene(self, name: str) -> ControlResult:
        path = self._scenes / f"{name}.toml"
        if not path.is_file():
            known = ", ".join(sorted(p.stem for p in self._scenes.glob("*.toml")))
            return ControlResult(False, f"no scene {name!r}; there are: {known}")
        self._send(msg.SetScene(str(path)))
        return ControlResult(True)

    async def _say(self, text: str) -> ControlResult:
        try:
            line = self._admit(text)
        except (ConfigError, ContentError) as error:
            return ControlResult(False, str(error))
        if not isinstance(line, Line):
            rules = tuple(f"{broken.text}: {broken.reason}" for broken in line.violations)
            return ControlResult(False, "; ".join(line.reasons), line.claims, rules)
        try:
            await self._director.say(line)
        except ProviderError as error:
            return ControlResult(False, str(error))
        return ControlResult(True)
