"""Copying staff's files into a shop, without losing what was there."""

import filecmp
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from core.clock import Clock
from core.errors import ContentError
from core.message import Message, message_of
from knowledge.files import product_files
from knowledge.readers import read_file
from knowledge.report import Entry, LoadReport
from knowledge.settings import STATE
from knowledge.shop import load_shop

BACKUP: Final = f"{STATE}/backup"
_PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".webp"})


def take_in(
    paths: Sequence[Path],
    shop_folder: Path,
    clock: Clock,
    progress: Callable[[str, float], None] | None = None,
) -> LoadReport:
    """Copy files, or all product files of folders, into a shop and load it.

    A file that cannot be read stays outside. One that replaces a different file of the same name
    sends the earlier one to .presenter/backup/. The shop folder is made when it is not there.

    Args:
        paths: files and folders.
        shop_folder: where they go.
        clock: tells which facts hold.
        progress: called with what is done and how much of the load is, 0 to 1.

    Returns:
        the report of the load, with what was copied, replaced and left outside before it.
    """
    entries = copy_in(paths, shop_folder, clock)
    report = load_shop(shop_folder, clock, progress).report
    return replace(report, entries=(*entries, *report.entries))


def copy_in(paths: Sequence[Path], shop_folder: Path, clock: Clock) -> list[Entry]:
    """The same without loading the shop: what was copied, replaced and left outside."""
    shop_folder.mkdir(parents=True, exist_ok=True)
    entries: list[Entry] = []
    for path in paths:
        for source, inside in _sources(path, entries):
            entries += _copy(source, inside, shop_folder, clock)
    return entries


def _sources(path: Path, entries: list[Entry]) -> Iterable[tuple[Path, Path]]:
    """The files a path stands for, each with its place in the shop."""
    if path.is_dir():
        files = product_files(path)
        files += [found for found in path.rglob("*") if found.suffix.lower() in _PICTURES]
        if (path / "shop.toml").is_file():
            files.append(path / "shop.toml")
        if not files:
            message = Message("the folder holds no product files")
            entries.append(Entry("refused", str(path), message))
        return [(file, file.relative_to(path)) for file in files]
    if not path.exists():
        entries.append(Entry("refused", str(path), Message("no such file")))
        return []
    if path.suffix.lower() in _PICTURES:
        return [(path, Path("pictures") / path.name)]
    return [(path, Path(path.name))]


def _copy(source: Path, inside: Path, shop_folder: Path, clock: Clock) -> list[Entry]:
    name = inside.as_posix()
    target = shop_folder / inside
    if source.resolve() == target.resolve():
        return []
    if source.suffix.lower() not in _PICTURES and source.name != "shop.toml":
        try:
            read_file(source, name)
        except ContentError as error:
            message = Message("{why}; it was not taken in", why=message_of(error))
            return [Entry("refused", name, message)]
    entries = [Entry("read", name, Message("taken in from {source}", source=source))]
    if target.exists():
        if filecmp.cmp(source, target, shallow=False):
            return [Entry("read", name, Message("is there already, unchanged"))]
        kept = _keep(target, inside, shop_folder, clock)
        message = Message("replaces a different file, which is now {kept}", kept=kept)
        entries = [Entry("guessed", name, message)]
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.new")
    shutil.copyfile(source, fresh)
    fresh.replace(target)  # at once, so that a watching room never reads half a file
    return entries


def _keep(target: Path, inside: Path, shop_folder: Path, clock: Clock) -> str:
    stamp = clock.wall().strftime("%Y%m%d-%H%M%S")
    folder = shop_folder / BACKUP
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{stamp}-{'-'.join(inside.parts)}"
    number = 2
    while kept.exists():
        kept = folder / f"{stamp}-{number}-{'-'.join(inside.parts)}"
        number += 1
    shutil.copyfile(target, kept)
    return kept.relative_to(shop_folder).as_posix()
