"""`presenter speak`, `presenter say` and `presenter voice list`."""

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, cast, get_args

import typer
from rich.markup import escape

from avatar.presenter import load_presenter
from core.clock import SystemClock
from core.errors import ConfigError
from core.language import Language
from core.line import Line
from core.utterance import Utterance
from room.clip import record_clip
from room.commands.output import Bars, err, out, print_json
from room.settings import CONFIGS
from room.voices import speech_cache
from speech.catalog import list_voices, require_voice
from speech.client import SpeechWorker
from speech.files import write_phones, write_wav

voices = typer.Typer(help="Voices.", no_args_is_help=True)

VoiceOption = Annotated[str, typer.Option(help="See: presenter voice list")]
LanguageOption = Annotated[str, typer.Option(help="zh, en, ...: guessed from the text if not set")]


def speak(
    text: Annotated[str, typer.Argument(help="What to say.")],
    out_file: Annotated[Path, typer.Option("--out", help="The .wav file to write.")],
    phones: Annotated[Path | None, typer.Option(help="Phone times, as JSON.")] = None,
    voice: VoiceOption = "built-in",
    language: LanguageOption = "",
) -> None:
    """Say a text into a sound file, with the time of each phone.

    Example: presenter speak "到手价199元" --out price.wav --phones price.json
    """
    utterance = asyncio.run(_speak(text, voice, choose_language(language, text)))
    write_wav(out_file, utterance)
    if phones is not None:
        write_phones(phones, utterance)
    err.print(f"{utterance.duration_s:.2f} s -> {out_file}")


def say(
    text: Annotated[str, typer.Argument(help="What to say.")],
    sink: Annotated[str, typer.Option(help="file:PATH.mp4")],
    presenter: Annotated[str, typer.Option(help="See: presenter avatar list")] = "lin",
    scene: Annotated[str, typer.Option(help="A name in configs/scenes")] = "soft-daylight",
    voice: Annotated[str, typer.Option(help="Without it the presenter's own.")] = "",
    language: LanguageOption = "",
    size: Annotated[str, typer.Option(help="WIDTHxHEIGHT")] = "720x1280",
    fps: Annotated[int, typer.Option(min=1, max=60)] = 25,
) -> None:
    """Let a presenter say a text into a video file. For rehearsal: no gate checks it.

    Example: presenter say "大家好" --sink file:clip.mp4
    """
    spoken = choose_language(language, text)
    who = find_config("presenters", presenter)
    bars = Bars()
    try:
        pictures = record_clip(
            asyncio.run(_speak(text, voice or load_presenter(who).voice.name, spoken)), (),
            sink=sink, presenter=who, scene=find_config("scenes", scene),
            size=parse_size(size), fps=fps, language=spoken, clock=SystemClock(), progress=bars,
        )  # fmt: skip
    finally:
        bars.stop()
    err.print(f"{pictures} pictures -> {sink}")


@voices.command("list")
def list_all(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """What can speak on this machine: engine, languages, licence, and what mends it where not.

    Example: presenter voice list
    """
    entries = list_voices(SystemClock().wall().date())
    if as_json:
        print_json([asdict(entry) for entry in entries])
        return
    for entry in entries:
        mark = "[green]ok[/green]   " if entry.usable else "[red]lacks[/red]"
        out.print(f"{mark} [bold]{escape(entry.name)}[/bold]  {entry.engine}", end="")
        out.print(f", {', '.join(entry.languages)}; {entry.device}", markup=False)
        for text in (entry.licence, entry.detail, entry.remedy):
            if text:
                out.print(f"      {text}", style="dim", markup=False)


async def _speak(text: str, voice: str, language: Language) -> Utterance:
    require_voice(voice, SystemClock().wall().date())
    worker = SpeechWorker(voice=voice, cache=speech_cache())
    await worker.start()
    try:
        return await worker.speak(Line("spoken", text, language, "operator", ()))
    finally:
        await worker.stop()


def choose_language(name: str, text: str) -> Language:
    """The language asked for; without one, Chinese if the text holds any Chinese.

    Raises:
        typer.BadParameter: no such language.
    """
    if not name:
        return "zh" if any("\u4e00" <= char <= "\u9fff" for char in text) else "en"
    if name not in get_args(Language):
        raise typer.BadParameter(f"{name!r}: choose from {', '.join(get_args(Language))}")
    return cast(Language, name)


def find_config(folder: str, name: str) -> Path:
    """configs/FOLDER/NAME.toml, or the path itself.

    Raises:
        ConfigError: neither exists.
    """
    for path in (Path(name), CONFIGS / folder / f"{name}.toml"):
        if path.suffix == ".toml" and path.is_file():
            return path
    known = ", ".join(sorted(path.stem for path in (CONFIGS / folder).glob("*.toml")))
    raise ConfigError(f"no {name!r}; there are: {known}", file=f"configs/{folder}")


def parse_size(text: str) -> tuple[int, int]:
    try:
        width, height = (int(part) for part in text.lower().split("x"))
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no size; write WIDTHxHEIGHT, as 720x1280") from None
    return width, height


def add_to(app: typer.Typer) -> None:
    app.command()(speak)
    app.command()(say)
    app.add_typer(voices, name="voice")
