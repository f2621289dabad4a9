"""
What damage does to Word and PDF files: files mutated at random, and how each of them ends.

Every one must give a Plan or an error that the package raises on purpose. Anything else is a
defect, printed with the place it came from and the number that makes the same file again:
``mutate.py --seed 7 --only 1234``. One that takes longer than ``--seconds``, or more memory than
a document may, counts as a defect too: what it is made of takes a fraction of that.

Two kinds of damage take turns: to the bytes of the file, as a broken disk or line does it, and to
what it is made of, packed again, which gets past the checks of the packing into the reader itself:
the XML of one part of a Word file, the objects and the content of a PDF.
"""

import argparse
import io
import random
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import regex
from lxml import etree

from damage_pdf import damage_objects
from tdkt_parse import sandbox
from tdkt_parse.exceptions import Crashed, OutOfMemory, TimedOut
from tdkt_parse.pipeline import parse

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SECONDS = 10.0
TIMEOUT = 5.0

_ELEMENT = regex.compile(rb"<[^<>]*>")
_ATTRIBUTE = regex.compile(rb'([\w:]+)="([^"]*)"')
_STRANGE = (
    b"", b"0", b"-1", b"1", b"99999999999", b"300000000", b"abc", b"NaN", b"1e9", b"0x10", b"NULL",
    b"../../etc/passwd", b"\xc2\xa0", b"\xef\xbf\xbd", b"&#x202e;", b"%1%2%3%9", b"true",
    b"a" * 999,
)  # fmt: skip
"""Values that no attribute of Word has, or has elsewhere."""


class Ending(NamedTuple):
    """How the reading of a file ended: ``Plan``, or the error's class; what is wrong with that."""

    number: int
    kind: str
    defect: str | None
    seconds: float


def damage_bytes(data: bytes, chance: random.Random) -> bytes:
    """Some bytes flipped, cut out, doubled or put in, or the end cut off."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        at = chance.randrange(len(out))
        if chance.random() < 0.4:
            # Its lists of parts are where a zip is soft.
            at = max(0, len(out) - 1 - chance.randrange(min(len(out), 2000)))
        length = chance.choice((1, 2, 4, 16, 400, 4000))
        match chance.randrange(6):
            case 0 | 1:
                out[at] ^= 1 << chance.randrange(8)
            case 2:
                out[at] = chance.choice((0x00, 0xFF, 0x7F, chance.randrange(256)))
            case 3:
                del out[at : at + length]
            case 4:
                out[at:at] = out[at : at + length]
            case _:
                out[at:at] = chance.randbytes(length)
        if len(out) < 8:
            break
    if chance.random() < 0.1:
        del out[chance.randrange(len(out) + 1) :]
    return bytes(out)


def damage_part(data: bytes, chance: random.Random) -> bytes:
    """The XML of one part changed, and packed again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    read = [name for name, _ in parts if name.endswith((".xml", ".rels")) and name in _WEIGHTS]
    chosen = chance.choices(read, [_WEIGHTS[name] for name in read])[0]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts:
            # What the reader never opens costs time to pack, and nothing else.
            if name == chosen:
                content = damage_xml(content, chance)
            if name in _WEIGHTS:
                # Without the time of day: the same number makes the same file.
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 1)
    return made.getvalue()


_WEIGHTS = {
    "[Content_Types].xml": 1, "_rels/.rels": 2, "word/_rels/document.xml.rels": 4,
    "word/document.xml": 24, "word/styles.xml": 3, "word/numbering.xml": 8,
    "word/settings.xml": 2, "word/header1.xml": 3, "word/footer1.xml": 2, "word/footnotes.xml": 5,
    "word/endnotes.xml": 2,
}  # fmt: skip
"""The parts that are damaged, and how often."""


def damage_xml(data: bytes, chance: random.Random) -> bytes:
    """Tags swapped, attributes changed, elements cut, doubled or moved, or bytes spoilt."""
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        if not data:
            break
        data = chance.choice(_DAMAGES)(data, chance)
    return _well_formed(data) if chance.random() < 0.5 else data


def _well_formed(data: bytes) -> bytes:
    """The same with tags closed and signs escaped, so that the reader walks what is left."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return data
    return data if root is None else etree.tostring(root)


def _swap_tags(data: bytes, chance: random.Random) -> bytes:
    """Two names of elements change places throughout, so that it stays well formed."""
    names = sorted(set(regex.findall(rb"<([\w:]+)[ />]", data, timeout=TIMEOUT)))
    if len(names) < 2:
        return data
    one, other = chance.sample(names, 2)
    swapped = {one: other, other: one}
    pattern = regex.compile(rb"(</?)(%s|%s)(?=[ />])" % (one, other))
    changed: bytes = pattern.sub(lambda m: m[1] + swapped[m[2]], data, timeout=TIMEOUT)
    return changed


def _rename(data: bytes, chance: random.Random) -> bytes:
    """One name of an element becomes another's, throughout."""
    names = sorted(set(regex.findall(rb"<([\w:]+)[ />]", data, timeout=TIMEOUT)))
    if len(names) < 2:
        return data
    one, other = chance.sample(names, 2)
    pattern = regex.compile(rb"(</?)%s(?=[ />])" % one)
    changed: bytes = pattern.sub(lambda m: m[1] + other, data, timeout=TIMEOUT)
    return changed


def _change_attribute(data: bytes, chance: random.Random) -> bytes:
    found = list(_ATTRIBUTE.finditer(data, timeout=TIMEOUT))
    if not found:
        return data
    one, other = chance.choice(found), chance.choice(found)
    new = chance.choice((*_STRANGE, other[2], other[2]))
    if chance.random() < 0.2:
        return data.replace(one[0], one[1] + b'="' + new + b'"')
    return data[: one.start(2)] + new + data[one.end(2) :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    """A stretch between two tags taken out, mostly a small one."""
    start, end = _stretch(data, chance)
    return data[:start] + data[end:]


def _double(data: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    times = chance.choice((1, 1, 2, 50)) if end - start < 5_000 else 1
    return data[:end] + data[start:end] * times + data[end:]


def _move(data: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    taken, rest = data[start:end], data[:start] + data[end:]
    ends = [match.end() for match in _ELEMENT.finditer(rest, timeout=TIMEOUT)]
    at = chance.choice(ends) if ends else 0
    return rest[:at] + taken + rest[at:]


def _nest(data: bytes, chance: random.Random) -> bytes:
    """An element within itself, some times over."""
    start, end = _stretch(data, chance)
    taken = data[start:end]
    opening = _ELEMENT.match(taken, timeout=TIMEOUT)
    if opening is None or not taken.endswith(b">") or opening[0].endswith(b"/>"):
        return data
    tag: bytes = opening[0]
    depth = chance.choice((1, 3, 40, 200))
    return data[:start] + tag * depth + taken + (b"</%s>" % _name_of(tag)) * depth + data[end:]


def _spoil(data: bytes, chance: random.Random) -> bytes:
    """A byte of it, anywhere."""
    at = chance.randrange(len(data))
    new = chance.choice((b"", b"<", b">", b"&", b"\x00", b"\xff", b'"', chance.randbytes(1)))
    return data[:at] + new + data[at + 1 :]


def _truncate(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))] if chance.random() < 0.1 else data


def _stretch(data: bytes, chance: random.Random) -> tuple[int, int]:
    """An element with what is in it, more or less: it ends with a tag of the name it began with."""
    found = list(_ELEMENT.finditer(data, timeout=TIMEOUT))
    if not found:
        return 0, 0
    first = chance.choice(found)
    name = _name_of(first[0])
    if first[0].endswith(b"/>") or name.startswith((b"/", b"?")):
        return first.start(), first.end()
    end = data.find(b"</%s>" % name, first.end())
    return first.start(), end + len(name) + 3 if end >= 0 else first.end()


def _name_of(tag: bytes) -> bytes:
    return next(iter(tag[1:-1].split()), b"").rstrip(b"/")


_DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _swap_tags, _rename, _change_attribute, _change_attribute, _change_attribute, _cut, _cut,
    _double, _double, _move, _move, _nest, _spoil, _truncate,
)  # fmt: skip


Damage = Callable[[bytes, random.Random], bytes]

DAMAGES: dict[str, tuple[Damage, Damage]] = {
    ".docx": (damage_bytes, damage_part),
    ".pdf": (damage_bytes, damage_objects),
}
"""By the suffix of what is spoilt: from without, and within."""


def mutants(
    paths: Sequence[Path], seed: int, numbers: Sequence[int]
) -> Iterator[tuple[int, bytes]]:
    """Files spoilt at random; the same seed and number make the same file."""
    whole = [(path.read_bytes(), DAMAGES[path.suffix]) for path in paths]
    for number in numbers:
        chance = random.Random(f"{seed}:{number}")  # noqa: S311 - damage, no secret
        data, damages = whole[number // 2 % len(whole)]
        yield number, damages[number % 2](data, chance)


def endings(files: Iterable[tuple[int, bytes]], seconds: float = SECONDS) -> Iterator[Ending]:
    """
    Read files by workers that are ended when they take too long, and say how each ended.

    What hangs in a library written in C can be ended in no other way.
    """
    limits = sandbox.Limits(seconds=seconds, seconds_per_page=0.0)
    tasks = (sandbox.Task(data, str(number)) for number, data in files)
    options = {"ocr": "never"}  # What is drawn is damaged in benchmarks of its own.
    for outcome in sandbox.run_all(tasks, limits=limits, options=options):
        error = outcome.error
        defect = error.message if isinstance(error, Crashed | TimedOut | OutOfMemory) else None
        kind = "Plan" if error is None else type(error).__name__
        yield Ending(int(outcome.path), kind, defect, outcome.seconds)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Files mutated at random, and how they end.")
    parser.add_argument("files", nargs="*", type=Path, help="by default those of corpus/")
    parser.add_argument("--files", dest="count", type=int, default=1500, help="how many to make")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="make this one again, and raise what it raises")
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="with --only: to this file instead"
    )
    parser.add_argument("--seconds", type=float, default=SECONDS)
    options = parser.parse_args(arguments)
    paths = options.files or [
        path for suffix in DAMAGES for path in sorted(CORPUS.glob(f"*{suffix}"))
    ]
    if not paths:
        parser.error("there is no file to mutate")
    if options.only is not None:
        ((_, data),) = mutants(paths, options.seed, [options.only])
        if options.write is not None:
            options.write.write_bytes(data)
        else:
            print(parse(data).to_json(indent=2))
        return 0
    kinds: Counter[str] = Counter()
    defects: dict[str, list[int]] = {}
    slowest = (0.0, -1)
    files = mutants(paths, options.seed, range(options.count))
    for number, kind, defect, seconds in endings(files, options.seconds):
        kinds[kind] += 1
        slowest = max(slowest, (seconds, number))
        if defect is not None:
            defects.setdefault(defect, []).append(number)
    print(f"{options.count} files made of {len(paths)}, seed {options.seed}")
    for kind, count in kinds.most_common():
        print(f"{count:8}  {kind}")
    print(f"slowest: {slowest[0]:.2f} s, number {slowest[1]}")
    print(f"defects: {sum(map(len, defects.values()))}")
    for defect, numbers in defects.items():
        print(f"{len(numbers):8}  {defect}  (number {min(numbers)})")
    return 1 if defects else 0


if __name__ == "__main__":
    sys.exit(main())
