"""`presenter pitch`, `ask` and `check`: what would be said, and why."""

import asyncio
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from core.clock import Clock, SystemClock
from core.errors import ContentError
from core.language import Language
from core.line import Line, Reply
from core.product import Fact
from core.viewer import ViewerEvent
from knowledge.shop import Shop, load_shop
from room.commands.output import err, out, print_json
from room.commands.shop import show_value
from room.commands.speak import choose_language
from room.settings import CONFIGS, DEFAULT_SHOP, load_room
from room.writers import choose_formats, make_models
from script_engine.composer.formats import load_formats
from script_engine.engine import Blocked, ScriptEngine, line_json
from script_engine.gate import Verdict
from script_engine.writers import Change, Models, Prompts

POLICIES = CONFIGS / "policies"
MaybeShopOption = Annotated[
    Path | None, typer.Option("--shop", help="The shop's folder; without it the demo shop.")
]
RoomOption = Annotated[
    Path | None, typer.Option(help="A room's TOML file: its shop, policies and language model.")
]
ProductOption = Annotated[str | None, typer.Option(help="The product in focus.")]
BatchOption = Annotated[Path | None, typer.Option(help="A JSON Lines file, one case a line.")]
JsonOption = Annotated[bool, typer.Option("--json", help="For other programs.")]


def pitch(
    product_id: Annotated[str, typer.Argument(help="What the shop calls the product.")],
    shop: MaybeShopOption = None,
    language: Annotated[str, typer.Option(help="zh or en")] = "zh",
    minutes: Annotated[float, typer.Option(min=0.1, max=120)] = 1.0,
    room: RoomOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write what would be said about a product, with the fact behind each claim.

    With --room its language model writes; what was kept back is told with the reasons.

    Example: presenter pitch BT1001 --language zh --minutes 2
    """
    clock = SystemClock()
    known, engine = _open(shop, clock, room=room)
    known.product(product_id)
    said = choose_language(language, "")
    lines = asyncio.run(_pitch(engine, product_id, said, minutes, clock))
    if not lines:
        raise ContentError("sold out, or nothing is known that may be said", file=product_id)
    for line in lines:
        if as_json:
            print_json(line_json(line), indent=None)
        else:
            out.print(line.text, markup=False)
            if line.by:
                err.print(f"    in the words of {line.by}", style="dim", markup=False)
            _show_facts(known, line.fact_ids)


async def _pitch(
    engine: ScriptEngine, product_id: str, language: Language, minutes: float, clock: Clock
) -> list[Line]:
    try:
        return await engine.pitch_ahead(product_id, language, minutes, clock.wall())
    finally:
        if engine.desk is not None:
            await engine.desk.close()


def ask(
    comment: Annotated[str | None, typer.Argument(help="What a viewer wrote.")] = None,
    shop: MaybeShopOption = None,
    product: ProductOption = None,
    batch: BatchOption = None,
    room: RoomOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a comment from the shop's facts, or say that it is not known.

    With --room its language model may choose the words; what was kept back is told.

    Example: presenter ask "敏感肌能用吗？" --product BT1001
    """
    if (comment is None) == (batch is None):
        raise typer.BadParameter("give either a comment or --batch FILE.jsonl")
    clock = SystemClock()
    known, engine = _open(shop, clock, room=room)
    cases = _cases(batch, "comment") if batch else [{"comment": comment, "focus_sku": product}]
    asyncio.run(_ask(known, engine, cases, clock, batch=batch is not None, as_json=as_json))


async def _ask(
    known: Shop,
    engine: ScriptEngine,
    cases: Iterable[dict[str, Any]],
    clock: Clock,
    *,
    batch: bool,
    as_json: bool,
) -> None:
    try:
        for case in cases:
            started = time.perf_counter()
            reply = await _reply(engine, str(case["comment"]), case.get("focus_sku"), clock)
            took_ms = (time.perf_counter() - started) * 1000
            if batch:
                print_json({"id": case.get("id"), **_reply_json(reply, took_ms)}, indent=None)
            elif as_json:
                print_json(_reply_json(reply, took_ms))
            else:
                out.print(reply.line.text if reply.line else "(nothing is said)", markup=False)
                by = f", in the words of {reply.line.by}" if reply.line and reply.line.by else ""
                err.print(f"{reply.action}: {reply.reason}, {took_ms:.0f} ms{by}", markup=False)
                _show_facts(known, reply.fact_ids)
    finally:
        if engine.desk is not None:
            await engine.desk.close()


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
    _, engine = _open(shop, clock, policy or ())
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


def _open(
    shop: Path | None,
    clock: Clock,
    policies: Sequence[str] = (),
    room: Path | None = None,
) -> tuple[Shop, ScriptEngine]:
    """A shop and its engine, as a room has them when one is given."""
    formats, models = list(load_formats(CONFIGS / "formats").values()), None
    if room is not None:
        settings = load_room(room)
        shop, policies = shop or settings.shop, policies or settings.policies
        formats = choose_formats(settings)
        if writers := make_models(settings.writer, clock):
            prompts = Prompts(CONFIGS / "prompts")
            models = Models(writers, prompts, clock, _tell_change, _tell_blocked)
    known = load_shop(shop or DEFAULT_SHOP, clock)
    return known, ScriptEngine(known, policies, POLICIES, models=models, formats=formats)


def _tell_change(change: Change) -> None:
    err.print(f"{change.to} writes: {change.reason or 'it works'}", style="yellow", markup=False)


def _tell_blocked(blocked: Blocked) -> None:
    err.print(f"kept back: {blocked.draft.text}", style="yellow", markup=False)
    for reason in blocked.reasons:
        err.print(f"    {reason}", style="dim", markup=False)


async def _reply(engine: ScriptEngine, comment: str, focus: object, clock: Clock) -> Reply:
    event = ViewerEvent("asked", "comment", text=comment)
    reply = engine.answer(event, str(focus) if focus else None, clock.wall())
    return await engine.phrase(event, reply, clock.wall())


def _reply_json(reply: Reply, took_ms: float) -> dict[str, Any]:
    by = {"by": reply.line.by} if reply.line and reply.line.by else {}
    return {
        "action": reply.action,
        "text": reply.line.text if reply.line else "",
        **by,
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
