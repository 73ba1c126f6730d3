"""The `presenter` command. Errors people can do something about end it with status 1 and a line."""

import sys

import typer

from core.errors import PresenterError
from room.commands import avatar, bench, pitch, run, shop, speak
from room.commands.output import err

app = typer.Typer(
    name="presenter",
    help="A selling room that runs by itself. Start with: presenter run",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for family in (run, shop, pitch, speak, avatar, bench):
    family.add_to(app)


def main() -> None:
    """Entry point."""
    try:
        app()
    except PresenterError as error:
        err.print(f"[red]error:[/red] {error}", markup=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(1)


if __name__ == "__main__":
    main()
