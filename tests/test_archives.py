"""Archives: what is found in them, what it is called, and what they may not take."""

import io
import random
import struct
import tracemalloc
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tdkt_parse import archives
from tdkt_parse.archives import Bounds, members
from tdkt_parse.exceptions import DocumentError, Encrypted, TooLarge, Unreadable

SUFFIXES = {".txt", ".docx", ".pdf"}
SMALL = Bounds(members=5, size=4_000, total=10_000, ratio=50.0, plain=1_000, depth=2)


def zipped(
    files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, prefix: bytes = b""
) -> bytes:
    buffer = io.BytesIO(prefix)
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def raw_named(
    name: bytes, data: bytes = b"x", *, flags: int = 0, method: int = 0, extra: bytes = b""
) -> bytes:
    """A zip of one file by hand, its name these bytes and its flags those."""
    crc = zlib.crc32(data)
    sizes = struct.pack("<III", crc, len(data), len(data))
    local = struct.pack("<4sHHHHH", b"PK\3\4", 20, flags, method, 0, 33) + sizes
    local += struct.pack("<HH", len(name), 0) + name + data
    central = struct.pack("<4sHHHHHH", b"PK\1\2", 20, 20, flags, method, 0, 33) + sizes
    central += struct.pack("<HHHHHII", len(name), len(extra), 0, 0, 0, 0, 0) + name + extra
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def read(
    data: bytes, tmp_path: Path, bounds: Bounds | None = None
) -> dict[str, bytes | DocumentError]:
    """Each label with what was in it, or why nothing was."""
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    archives.is_archive(str(path))
    found: dict[str, bytes | DocumentError] = {}
    for member in members(str(path), SUFFIXES, bounds):
        label = member.label.removeprefix(str(path))
        assert label not in found
        try:
            found[label] = member.read()
        except DocumentError as error:
            found[label] = error
    return found


def test_documents_in_their_order_and_nothing_else(tmp_path: Path) -> None:
    names = ["b.txt", "thư mục/a.DOCX", "c.xlsx", ".d.txt", "~$e.docx", "__MACOSX/._b.txt", "f/"]
    found = read(zipped({name: name.encode() for name in names}), tmp_path)
    assert found == {"!b.txt": b"b.txt", "!thư mục/a.DOCX": "thư mục/a.DOCX".encode()}


def test_archives_in_archives(tmp_path: Path) -> None:
    inner = zipped({"x/b.txt": b"inner"})
    found = read(zipped({"in.zip": inner, "a.txt": b"outer"}), tmp_path)
    assert found == {"!in.zip!x/b.txt": b"inner", "!a.txt": b"outer"}


def test_two_of_one_name_are_two(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", b"2")
    assert read(buffer.getvalue(), tmp_path) == {"!a.txt": b"1", "!a.txt#2": b"2"}


@pytest.mark.parametrize("entry", ["[Content_Types].xml", "mimetype"])
def test_an_office_file_is_no_archive(entry: str, tmp_path: Path) -> None:
    office = zipped({entry: b"", "word/a.txt": b"no document of its own"})
    path = tmp_path / "a.zip"
    path.write_bytes(office)
    assert not archives.is_archive(str(path))
    assert read(zipped({"plan.zip": office}), tmp_path) == {"!plan.zip": office}


def test_what_is_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.ZIP"
    path.write_bytes(zipped({"a.txt": b"1"}))
    assert archives.is_archive(str(path))
    assert not archives.is_archive(str(tmp_path / "none.zip"))
    assert not archives.is_archive(str(tmp_path))
    (tmp_path / "folder.zip").mkdir()
    assert not archives.is_archive(str(tmp_path / "folder.zip"))


# -- names


VIETNAMESE = "Kế hoạch số 5 năm 2024.docx"


def windows_1258(text: str) -> bytes:
    """As Windows wrote it: the tone marks apart, the other marks with their letters."""
    out = b""
    for letter in unicodedata.normalize("NFC", text):
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, tone = unicodedata.normalize("NFD", letter), ""
            for mark in base:
                if mark in "\u0300\u0301\u0303\u0309\u0323":
                    tone = mark
            rest = unicodedata.normalize("NFC", base.replace(tone, ""))
            out += (rest + tone).encode("cp1258")
    return out


UNICODE_PATH = b"\1" + struct.pack("<I", zlib.crc32(b"K? ho?ch.txt")) + "Kế hoạch.txt".encode()

NAMES: list[tuple[str, bytes, int, bytes, str]] = [
    ("UTF-8 that says so", VIETNAMESE.encode(), 0x800, b"", VIETNAMESE),
    ("UTF-8 that does not say so", VIETNAMESE.encode(), 0, b"", VIETNAMESE),
    ("macOS, decomposed", unicodedata.normalize("NFD", VIETNAMESE).encode(), 0x800, b"",
     VIETNAMESE),
    ("Windows-1258", windows_1258(VIETNAMESE), 0, b"", VIETNAMESE),
    ("code page 437", "Übersicht.txt".encode("cp437"), 0, b"", "Übersicht.txt"),
    ("Info-ZIP's Unicode path", b"K? ho?ch.txt", 0,
     struct.pack("<HH", 0x7075, len(UNICODE_PATH)) + UNICODE_PATH, "Kế hoạch.txt"),
    ("a Unicode path of another name", b"plan.txt", 0,
     struct.pack("<HH", 0x7075, len(UNICODE_PATH)) + UNICODE_PATH, "plan.txt"),
    ("upwards", b"../../etc/a.txt", 0, b"", "../../etc/a.txt"),
    ("absolute", b"/etc/a.txt", 0, b"", "/etc/a.txt"),
    ("a drive of Windows", b"C:\\Users\\a.txt", 0, b"", "C:/Users/a.txt"),
    ("cut at a zero", b"a.txt\0.exe", 0, b"", "a.txt"),
    ("a terminal's command", b"a\x1b[2J.txt", 0, b"", "a\x1b[2J.txt"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "flags", "extra", "said"), [row[1:] for row in NAMES], ids=[row[0] for row in NAMES]
)
def test_names_are_text(name: bytes, flags: int, extra: bytes, said: str, tmp_path: Path) -> None:
    found = read(raw_named(name, flags=flags, extra=extra), tmp_path)
    assert list(found) == [f"!{said}"]
    assert found[f"!{said}"] == b"x"


def test_names_in_no_encoding_are_said(tmp_path: Path) -> None:
    found = read(raw_named(b"\xff\xfe.txt", flags=0x800), tmp_path)
    assert isinstance(found[""], Unreadable)
    assert "encoding" in str(found[""])


# -- limits


def deep(levels: int) -> bytes:
    data = zipped({"a.txt": b"deep"})
    for _ in range(levels):
        data = zipped({"b.zip": data})
    return data


def overlapping() -> bytes:
    """Many names for one piece of the file, as in "A better zip bomb" (Fifield, 2019)."""
    one = zipped({"a.txt": bytes(3_000)}, zipfile.ZIP_STORED)
    at, size = one.index(b"PK\1\2"), one.index(b"PK\5\6") - one.index(b"PK\1\2")
    central = one[at : at + size]
    listed = b"".join(central[:46] + b"a.txt" for _ in range(5))
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 5, 5, len(listed), at, 0)
    return one[:at] + listed + end


HOSTILE: list[tuple[str, Callable[[], bytes], str, type[DocumentError], str]] = [
    ("one byte repeated", lambda: zipped({"a.txt": b"\0" * 3_000}), "!a.txt", TooLarge, "50 times"),
    ("too large a member", lambda: zipped({"a.txt": bytes(range(256)) * 20}, 0), "!a.txt",
     TooLarge, "more than the archive may hold"),
    ("too many members", lambda: zipped({f"{n}.txt": b"1" for n in range(6)}), "!…", TooLarge,
     "5 members"),
    ("too many that are no documents", lambda: zipped({f"{n}.exe": b"" for n in range(6)}), "!…",
     TooLarge, "5 members"),
    ("too deep", lambda: deep(2), "!b.zip!b.zip", TooLarge, "2 deep"),
    ("locked", lambda: raw_named(b"a.txt", flags=1), "!a.txt", Encrypted, "password"),
    ("packed by LZMA", lambda: zipped({"a.txt": b"1" * 900}, zipfile.ZIP_LZMA), "!a.txt",
     Unreadable, "packed in a way"),
    ("a wrong sum", lambda: zipped({"a.txt": b"words"}, 0).replace(b"words", b"wordz"), "!a.txt",
     Unreadable, "damaged"),
    ("broken off", lambda: zipped({"a.txt": b"words" * 99})[:-30], "", Unreadable, "damaged"),
    ("no zip at all", lambda: b"MZ no zip", "", Unreadable, "damaged"),
    ("empty", lambda: b"", "", Unreadable, "damaged"),
    ("a broken one inside", lambda: zipped({"b.zip": b"PK\3\4"}), "!b.zip", Unreadable, "damaged"),
    ("a field that breaks off", lambda: raw_named(b"a.txt", extra=b"\x75\x70\x84\3\1"), "",
     Unreadable, "damaged"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("make", "label", "kind", "words"),
    [row[1:] for row in HOSTILE],
    ids=[row[0] for row in HOSTILE],
)
def test_hostile_archives(
    make: Callable[[], bytes], label: str, kind: type[DocumentError], words: str, tmp_path: Path
) -> None:
    error = read(make(), tmp_path, SMALL)[label]
    assert type(error) is kind
    assert words in str(error)


def test_overlapping_members_count_as_often_as_they_are_read(tmp_path: Path) -> None:
    found = list(read(overlapping(), tmp_path, SMALL._replace(ratio=1e9)).values())
    assert sum(len(one) for one in found if isinstance(one, bytes)) <= SMALL.total
    assert isinstance(found[-1], TooLarge | Unreadable), "newer Pythons refuse all of them"


def test_one_bad_member_stops_no_other(tmp_path: Path) -> None:
    data = zipped({"a.txt": b"words", "b.txt": b"others"}, 0).replace(b"words", b"wordz")
    found = read(data, tmp_path)
    assert isinstance(found["!a.txt"], Unreadable)
    assert found["!b.txt"] == b"others"


def test_links_in_archives_are_no_documents(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("b.txt", b"1")
    assert read(buffer.getvalue(), tmp_path) == {"!b.txt": b"1"}


def test_a_long_list_of_names_is_not_taken_into_memory(tmp_path: Path) -> None:
    many = zipped({f"{'n' * 200}{number}.exe": b"" for number in range(2_000)})
    bounds = Bounds(directory=100_000)
    tracemalloc.start()
    try:
        found = read(many, tmp_path, bounds)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert isinstance(found[""], TooLarge)


def test_a_bomb_takes_no_more_memory_than_a_document_may(tmp_path: Path) -> None:
    bomb = zipped({"a.txt": bytes(60_000_000)})
    tracemalloc.start()
    try:
        found = read(bomb, tmp_path, Bounds(size=2_000_000))
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()
    assert isinstance(found["!a.txt"], TooLarge)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The same with some bytes changed, taken out or put in."""
    out = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 4, 8])):
        at = chance.randrange(len(out))
        how = chance.random()
        if how < 0.6:
            out[at] = chance.choice([0, 1, 255, chance.randrange(256)])
        elif how < 0.8:
            del out[at : at + chance.randrange(1, 20)]
        else:
            out[at:at] = chance.randbytes(chance.randrange(1, 9))
    return bytes(out)


def test_damage_of_any_kind_is_an_error_of_a_document(tmp_path: Path) -> None:
    chance = random.Random(9)  # noqa: S311 - had again
    files = {"a.txt": b"words" * 50, "thư mục/b.docx": b"x" * 300, "in.zip": deep(0)}
    wholes = [zipped(files), deep(1), raw_named(windows_1258(VIETNAMESE))]
    wholes.append(raw_named(b"K? ho?ch.txt", extra=NAMES[5][3]))
    readings = 0
    for number in range(1_500):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # The library's, of names that are there twice.
            found = read(damaged(wholes[number % len(wholes)], chance), tmp_path)
        assert all(isinstance(one, bytes | DocumentError) for one in found.values())
        readings += sum(isinstance(one, bytes) for one in found.values())
    assert readings > 100
