"""
Compound files ([MS-CFB]): what Word 6 to 2003 wrote, and what stands in one.

Word's text is the stream ``WordDocument`` at the top; a workbook or a presentation that holds a
Word file has it further down. How that stream begins is in [MS-DOC], 2.5.1 and 2.5.2.
"""

from contextlib import suppress
from functools import partial
from io import BytesIO
from typing import Any, NamedTuple

from tdkt_parse.exceptions import Unreadable

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = "WordDocument"
_TABLES = frozenset({"0Table", "1Table"})
"""Of Word's own too, where the name of its text is broken."""
_LOCKED = "EncryptedPackage"
"""Of a DOCX with a password."""
_MAGICS = frozenset({0xA5EC, 0xA5DC})
"""Of Word 97 and later, and of Word 6 and 95."""
_ENCRYPTED = 0x0100
_WORD_97 = 0x006A
"""The version after those of Word 6 and 95, which are 101 to 105; Word 97 writes 193."""
_OTHERS = (
    ("Workbook", "an Excel workbook (.xls)"),
    ("Book", "an Excel workbook (.xls)"),
    ("PowerPoint Document", "a PowerPoint presentation (.ppt)"),
    ("VisioDocument", "a Visio drawing"),
    ("Quill", "a Publisher file"),
    ("MatOST", "a Works file"),
    ("__properties_version1.0", "an Outlook message"),
)
"""Names at the top by which other programs' files are known, and what to call those."""


class WordStream(NamedTuple):
    """How Word's text begins: whether it is of Word 97 or later, and locked by a password."""

    word97: bool
    encrypted: bool


def is_word(data: bytes) -> bool:
    """Whether the bytes are a compound file with Word's text, whole or broken."""
    if not data.startswith(MAGIC):
        return False
    names = _names(data)
    if not names:
        # Its list of streams is broken or cut off; LibreOffice may know better what is left of it.
        return not any(_has_row(data, name) for name in (_LOCKED, *(name for name, _ in _OTHERS)))
    return _WORD in names or (bool(names & _TABLES) and not any(n in names for n, _ in _OTHERS))


def _has_row(data: bytes, name: str) -> bool:
    """Whether a row of a directory, which has 128 bytes, begins with a name."""
    sought = f"{name}\0".encode("utf-16-le")
    at = data.find(sought)
    while at >= 0 and at % 128:
        at = data.find(sought, at + 1)
    return at >= 0


def called(data: bytes) -> str | None:
    """What another program's compound file is; ``None`` if nothing says."""
    if not data.startswith(MAGIC):
        return None
    names = _names(data)
    there = names.__contains__ if names else partial(_has_row, data)
    return next((what for name, what in _OTHERS if there(name)), None)


def word_stream(data: bytes) -> WordStream | None:
    """
    What Word's text says of itself; ``None`` where the file is too broken to say.

    Raises ``Unreadable`` where it is not Word's text in spite of its name.
    """
    head = b""
    with suppress(Exception):  # What a broken file does to the library is not told by any type.
        head = _opened(data).openstream(_WORD).read(12)
    if len(head) < 12:
        return None
    if int.from_bytes(head[:2], "little") not in _MAGICS:
        raise Unreadable(
            "The file is broken: its text is not Word's.",
            hint="Copy it again; if Word opens it, save it there as a Word document (.docx).",
        )
    version, flags = (int.from_bytes(head[at : at + 2], "little") for at in (2, 10))
    return WordStream(version >= _WORD_97, bool(flags & _ENCRYPTED))


def _names(data: bytes) -> frozenset[str] | None:
    """The streams at the top; ``None`` where there is no list of them."""
    with suppress(Exception):  # As above.
        return frozenset(path[0] for path in _opened(data).listdir() if len(path) == 1)
    return None


def _opened(data: bytes) -> Any:
    """
    The compound file as the library has it.

    A table of sectors that claims to be larger than the file is refused before the library follows
    it: its chain may lead round in a circle.
    """
    import olefile

    shift = int.from_bytes(data[30:32], "little")
    tables = int.from_bytes(data[44:48], "little")
    if shift not in (9, 12) or tables > (len(data) >> shift) + 1:
        raise ValueError(tables)
    return olefile.OleFileIO(BytesIO(data))
