"""The `presenter` command. Errors people can do something about end it with status 1 and a line."""

import sys
from importlib import import_module

import typer

from core.errors import PresenterError
from core.message import Word
from room.commands.output import err, in_words

FAMILIES = {
    "run": "run", "doctor": "run", "shop": "shop", "pitch": "pitch", "ask": "pitch",
    "check": "pitch", "speak": "speak", "say": "speak", "voice": "speak", "avatar": "avatar",
    "bench": "bench",
}  # fmt: skip
"""Which module of room.commands has a command: only that one is imported, so each starts fast."""


def build_app(command: str = "") -> typer.Typer:
    """The application with one command's family, or with all of them when it is none of ours."""
    app = typer.Typer(
        name="presenter",
        help="A selling room that runs by itself. Start with: presenter run",
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    chosen = [FAMILIES[command]] if command in FAMILIES else dict.fromkeys(FAMILIES.values())
    for family in chosen:
        import_module(f"room.commands.{family}").add_to(app)
    # with a single command Typer would take its name for an argument
    app.callback()(lambda: None)
    return app


def main() -> None:
    """Entry point."""
    try:
        build_app(sys.argv[1] if len(sys.argv) > 1 else "")()
    except PresenterError as error:
        err.print(in_words(Word("[red]error:[/red]", "[red]出错：[/red]")), end=" ")
        err.print(in_words(error), markup=False)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(1)


if __name__ == "__main__":
    main()
