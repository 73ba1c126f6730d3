"""Office files are zip archives: whether one is whole, before a library takes it apart."""

import zipfile
import zlib
from pathlib import Path
from typing import Final

from core.errors import ContentError
from core.message import Message

OLE_MAGIC: Final = bytes.fromhex("d0cf11e0a1b11ae1")
# how the old .xls and .doc begin, and every office file with a password
MOST_BYTES: Final = 400 * 2**20
# unpacked: more is no product file but a trap


def check_archive(path: Path, file: str, *, program: str, old: str, new: str) -> None:
    """Raise ContentError when an office file is locked, of the old kind, cut or damaged.

    Args:
        path: the file.
        file: its name in reports.
        program: what staff open it in: Excel.
        old: ending of the old kind: .xls.
        new: ending of the kind we read: .xlsx.
    """
    with path.open("rb") as stream:
        start = stream.read(8)
    if start == OLE_MAGIC:
        message = Message(
            "has a password or is an old {old}; save it as {new} without a password",
            old=old, new=new,
        )  # fmt: skip
        raise ContentError(message, file=file)
    if not start.startswith(b"PK"):
        message = Message(
            "is no {program} file; export it again from {program} as {new}",
            program=program, new=new,
        )  # fmt: skip
        raise ContentError(message, file=file)
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
                message = Message("unpacks to more than 400 MB; split it")
                raise ContentError(message, file=file)
            damaged = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
        # RuntimeError: a member with a password, or an unknown packing (NotImplementedError)
        damaged = str(error)
    if damaged:
        message = Message(
            "is broken ({error}); open it in {program} and save it again",
            error=damaged, program=program,
        )  # fmt: skip
        raise ContentError(message, file=file)
