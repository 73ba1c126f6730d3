"""`presenter shop load` and `presenter shop search`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final

import typer

from core.clock import SystemClock
from core.errors import ContentError
from core.message import Message, Word
from core.product import Fact
from knowledge.intake import take_in
from knowledge.report import OUTCOMES, Outcome
from knowledge.shop import load_shop
from room.cards import show_money
from room.commands.output import Bars, err, in_words, out, print_json
from room.settings import CONFIGS, DEFAULT_SHOP, SCRIPTS
from script_engine.engine import ScriptEngine

group = typer.Typer(help="Product files and what is known from them.", no_args_is_help=True)

_COLOURS: Final[dict[Outcome, str]] = {"refused": "red", "guessed": "yellow", "read": "green"}
ShopOption = Annotated[Path, typer.Option("--shop", help="The shop's folder.")]


@group.command()
def load(
    paths: Annotated[list[Path], typer.Argument(help="Product files or folders.")],
    shop: ShopOption,
) -> None:
    """Take product files in and say, per file and row, what was read, guessed or refused.

    Example: presenter shop load 商品表.xlsx manual.docx --shop my-shop
    """
    bars = Bars()
    try:
        report = take_in(paths, shop, SystemClock(), bars)
    finally:
        bars.stop()
    for entry in report.entries:
        _print_entry(entry.outcome, entry)
    total = Message(
        "{products} products, {facts} facts", products=report.products, facts=report.facts
    )
    out.print(in_words(total))
    wrong = check_scripts(shop)
    for error in wrong:
        _print_entry("refused", error)
    if report.refused or wrong:
        raise typer.Exit(1)


def _print_entry(outcome: Outcome, said: object) -> None:
    err.print(
        f"[{_COLOURS[outcome]}]{in_words(Word(f'{outcome:<8}', OUTCOMES[outcome]))}[/] ", end=""
    )
    err.print(in_words(said), markup=False)


@group.command()
def search(
    text: Annotated[str, typer.Argument(help="What a viewer might ask.")],
    shop: ShopOption = DEFAULT_SHOP,
    product: Annotated[str | None, typer.Option(help="The product in focus.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100)] = 8,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Find the facts nearest to a question.

    Example: presenter shop search "敏感肌能用吗" --shop my-shop
    """
    hits = load_shop(shop, SystemClock()).search(text, product_id=product, limit=limit)
    if as_json:
        print_json([{"score": round(hit.score, 4), **asdict(hit.fact)} for hit in hits])
        return
    for hit in hits:
        fact = hit.fact
        out.print(f"{hit.score:.3f}  [bold]{fact.id}[/bold]  ", end="")
        out.print(f"{show_value(fact)}  ({fact.source.file}, {fact.source.place})", markup=False)
    if not hits:
        err.print("nothing found")


def check_scripts(shop: Path) -> list[ContentError]:
    """What is wrong with the shop's staff scripts, each with file and line."""
    folder = shop / SCRIPTS
    if not folder.is_dir():
        return []
    engine = ScriptEngine(load_shop(shop, SystemClock()), (), CONFIGS / "policies")
    return engine.load_scripts(folder, sorted(p.stem for p in (CONFIGS / "scenes").glob("*.toml")))


def show_value(fact: Fact) -> str:
    """A fact's value as people write it."""
    if isinstance(fact.value, (str, float, int)):
        value = f"{fact.value:g}" if isinstance(fact.value, float) else str(fact.value)
        return f"{value} {fact.unit}".strip()
    return show_money(fact.value)


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="shop")
