"""`presenter pitch`, `ask` and `check`: what would be said, and why."""

import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from core.clock import Clock, SystemClock
from core.errors import ContentError
from core.line import Reply
from core.product import Fact
from core.viewer import ViewerEvent
from knowledge.shop import Shop, load_shop
from room.commands.output import err, out, print_json
from room.commands.shop import ShopOption, show_value
from room.commands.speak import choose_language
from room.settings import CONFIGS, DEFAULT_SHOP
from script_engine.composer.formats import load_formats
from script_engine.engine import ScriptEngine, line_json
from script_engine.gate import Verdict

POLICIES = CONFIGS / "policies"
ProductOption = Annotated[str | None, typer.Option(help="The product in focus.")]
BatchOption = Annotated[Path | None, typer.Option(help="A JSON Lines file, one case a line.")]
JsonOption = Annotated[bool, typer.Option("--json", help="For other programs.")]


def pitch(
    product_id: Annotated[str, typer.Argument(help="What the shop calls the product.")],
    shop: ShopOption = DEFAULT_SHOP,
    language: Annotated[str, typer.Option(help="zh or en")] = "zh",
    minutes: Annotated[float, typer.Option(min=0.1, max=120)] = 1.0,
    as_json: JsonOption = False,
) -> None:
    """Write what would be said about a product, with the fact behind each claim.

    Example: presenter pitch BT1001 --language zh --minutes 2
    """
    clock = SystemClock()
    known, engine = _open(shop, clock)
    known.product(product_id)
    lines = engine.pitch_minutes(product_id, choose_language(language, ""), minutes, clock.wall())
    if not lines:
        raise ContentError("sold out, or nothing is known that may be said", file=product_id)
    for line in lines:
        if as_json:
            print_json(line_json(line), indent=None)
        else:
            out.print(line.text, markup=False)
            _show_facts(known, line.fact_ids)


def ask(
    comment: Annotated[str | None, typer.Argument(help="What a viewer wrote.")] = None,
    shop: ShopOption = DEFAULT_SHOP,
    product: ProductOption = None,
    batch: BatchOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a comment from the shop's facts, or say that it is not known.

    Example: presenter ask "敏感肌能用吗？" --product BT1001
    """
    if (comment is None) == (batch is None):
        raise typer.BadParameter("give either a comment or --batch FILE.jsonl")
    clock = SystemClock()
    known, engine = _open(shop, clock)
    if batch is not None:
        for case in _cases(batch, "comment"):
            started = time.perf_counter()
            reply = _reply(engine, str(case["comment"]), case.get("focus_sku"), clock)
            took_ms = (time.perf_counter() - started) * 1000
            print_json({"id": case.get("id"), **_reply_json(reply, took_ms)}, indent=None)
        return
    started = time.perf_counter()
    reply = _reply(engine, comment or "", product, clock)
    took_ms = (time.perf_counter() - started) * 1000
    if as_json:
        print_json(_reply_json(reply, took_ms))
        return
    out.print(reply.line.text if reply.line else "(nothing is said)", markup=False)
    err.print(f"{reply.action}: {reply.reason}, {took_ms:.0f} ms", markup=False)
    _show_facts(known, reply.fact_ids)


def check(
    text: Annotated[str | None, typer.Argument(help="The sentence.")] = None,
    policy: Annotated[
        list[str] | None, typer.Option(help="A pack of configs/policies; all if not set.")
    ] = None,
    shop: Annotated[Path | None, typer.Option(help="Match claims with this shop's facts.")] = None,
    product: ProductOption = None,
    batch: BatchOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say whether a sentence may be said: its claims with their facts, and the rules it breaks.

    Without --shop only the rules are checked. Example: presenter check "全网最低价" --shop my-shop
    """
    if (text is None) == (batch is None):
        raise typer.BadParameter("give either a sentence or --batch FILE.jsonl")
    clock = SystemClock()
    _, engine = _open(shop or DEFAULT_SHOP, clock, policy)
    if batch is not None:
        for case in _cases(batch, "text"):
            verdict = engine.check(str(case["text"]), product or "", clock.wall())
            print_json(_verdict_json(str(case["text"]), verdict, with_claims=False), indent=None)
        return
    verdict = engine.check(text or "", product or "", clock.wall())
    with_claims = shop is not None
    bad = bool(verdict.violations) or (with_claims and not verdict.ok)
    if as_json:
        print_json(_verdict_json(text or "", verdict, with_claims=with_claims))
    else:
        for broken in verdict.violations:
            out.print(f"{broken.tier:<8} {broken.text}: {broken.reason} ({broken.rule})")
        for claim in verdict.claims if with_claims else ():
            fate = claim.fact_id or claim.reason
            out.print(f"{claim.kind:<12} {claim.text} -> {fate}", markup=False)
        out.print("[red]may not be said[/red]" if bad else "[green]may be said[/green]")
    if bad:
        raise typer.Exit(1)


def _open(shop: Path, clock: Clock, policies: list[str] | None = None) -> tuple[Shop, ScriptEngine]:
    known = load_shop(shop, clock)
    formats = list(load_formats(CONFIGS / "formats").values())
    return known, ScriptEngine(known, policies or (), POLICIES, formats=formats)


def _reply(engine: ScriptEngine, comment: str, focus: object, clock: Clock) -> Reply:
    event = ViewerEvent("asked", "comment", text=comment)
    return engine.answer(event, str(focus) if focus else None, clock.wall())


def _reply_json(reply: Reply, took_ms: float) -> dict[str, Any]:
    return {
        "action": reply.action,
        "text": reply.line.text if reply.line else "",
        "facts": list(reply.fact_ids),
        "ms": round(took_ms, 2),
    }


def _verdict_json(text: str, verdict: Verdict, *, with_claims: bool) -> dict[str, Any]:
    claims = {"claims": [asdict(claim) for claim in verdict.claims]} if with_claims else {}
    unbacked = with_claims and not verdict.ok
    return {
        "text": text,
        "violation": bool(verdict.violations) or unbacked,
        "spans": [list(broken.span) for broken in verdict.violations],
        "rules": [broken.rule for broken in verdict.violations],
        "reasons": [broken.reason for broken in verdict.violations],
        **claims,
    }


def _cases(path: Path, key: str) -> Iterator[dict[str, Any]]:
    """The cases of a JSON Lines file.

    Raises:
        ContentError: the file is missing, or a line is no JSON object with `key`.
    """
    try:
        rows = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"cannot be read: {error}", file=str(path)) from error
    for number, row in enumerate(rows, 1):
        if not row.strip():
            continue
        try:
            case = msgspec.json.decode(row, type=dict[str, Any])
        except msgspec.MsgspecError as error:
            raise ContentError(
                f"is no JSON object: {error}", file=str(path), row=f"line {number}"
            ) from error
        if key not in case:
            raise ContentError(f"has no {key!r}", file=str(path), row=f"line {number}")
        yield case


def _show_facts(shop: Shop, fact_ids: tuple[str, ...]) -> None:
    for fact in _known(shop, fact_ids):
        source = f"{fact.source.file}, {fact.source.place}"
        err.print(f"    {fact.id}: {show_value(fact)}  ({source})", style="dim", markup=False)


def _known(shop: Shop, fact_ids: tuple[str, ...]) -> list[Fact]:
    found = (shop.fact(fact_id) for fact_id in fact_ids)
    return [fact for fact in found if fact is not None]


def add_to(app: typer.Typer) -> None:
    app.command()(pitch)
    app.command()(ask)
    app.command()(check)
