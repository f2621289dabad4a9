"""
Damage to what a PDF file says, written again so that all around it is right.

It gets past the table of places and the checks of packing into what reads pages, fonts and text:
objects change places, entries of dictionaries and operators of content are changed, cut, doubled
and moved, and the file is put together anew.
"""

import random
from collections.abc import Callable
from functools import lru_cache

import regex

import pdf_objects
from pdf_objects import TIMEOUT, Parts

Objects = dict[int, bytes]

_NUMBERS = (
    b"0", b"-1", b"1", b"99999999999", b"2147483647", b"-2147483648", b"1e38", b"0.0000001", b"NaN",
    b"-", b".", b"3.4028235e38", b"65536", b"1" * 400,
)  # fmt: skip
_VALUES = (
    *_NUMBERS, b"null", b"true", b"()", b"<>", b"[]", b"<<>>", b"/", b"/Name", b"(\xff\xfe\xff)",
    b"<d800d800>", b"[" * 600, b"<<" * 600, b"99999 0 R", b"0 0 R", b"1 65535 R",
    b"(" + b"a" * 9999 + b")",
)  # fmt: skip
"""Values that stand in no real file, or elsewhere."""
_NUMBER = regex.compile(rb"(?<![\w.#-])[-+]?\d*\.?\d+(?![\w.#])")
_REFERENCE = regex.compile(rb"\b(\d{1,7}) 0 R\b")
_NAME = regex.compile(rb"/[\w+-]+")
_ENTRY = regex.compile(rb"/\w+\s*(?:\d+ 0 R|[-\d.]+|/\w+|\[[^\[\]]*\]|\([^()]*\)|<[^<>]*>)")
_OPERATION = regex.compile(rb"[^\n]*?\b(?:[A-Za-z]{1,3}\*?|'|\")(?=\s)")
_TEXT = regex.compile(rb"\([^()]*\)|<[0-9A-Fa-f]+>")


def damage_objects(data: bytes, chance: random.Random) -> bytes:
    """Some objects of a PDF changed, all of them written again."""
    found, trailer = _take(data)
    objects = dict(found)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        if objects:
            chance.choice(_DAMAGES)(objects, chance)
    return pdf_objects.put(objects, trailer)


@lru_cache(maxsize=8)
def _take(data: bytes) -> tuple[Objects, bytes]:
    return pdf_objects.take(data)


# -- objects


def _swap(objects: Objects, chance: random.Random) -> None:
    """Two objects change places."""
    one, other = _any_of(objects, chance), _any_of(objects, chance)
    objects[one], objects[other] = objects[other], objects[one]


def _lose(objects: Objects, chance: random.Random) -> None:
    del objects[_any_of(objects, chance)]


def _refer(objects: Objects, chance: random.Random) -> None:
    """A reference goes elsewhere: to another object, or back to where it stands."""
    number = _any_of(objects, chance)
    other = chance.choice((number, *objects))
    found = list(_REFERENCE.finditer(objects[number], timeout=TIMEOUT))
    if found:
        at = chance.choice(found)
        body = objects[number]
        objects[number] = body[: at.start()] + b"%d 0 R" % other + body[at.end() :]


def _any_of(objects: Objects, chance: random.Random) -> int:
    """An object, mostly one that is read: pages, content and fonts before the programs of fonts."""
    numbers = sorted(objects)
    weights = [_weight(objects[number]) for number in numbers]
    return chance.choices(numbers, weights)[0]


def _weight(body: bytes) -> int:
    if b"/Length1" in body[:200] or b"/Subtype/Image" in body[:400]:
        return 1
    return 8 if b"stream" in body[:400] else 4 if b"/Font" in body or b"/Page" in body else 2


# -- the dictionary of an object


def _in_head(
    change: Callable[[bytes, random.Random], bytes],
) -> Callable[[Objects, random.Random], None]:
    """A change to the part of an object before its stream."""

    def damage(objects: Objects, chance: random.Random) -> None:
        number = _any_of(objects, chance)
        body = objects[number]
        end = body.find(b"stream")
        end = len(body) if end < 0 else end
        objects[number] = change(body[:end], chance) + body[end:]

    return damage


def _change_number(text: bytes, chance: random.Random) -> bytes:
    return _put(text, _NUMBER, chance.choice(_NUMBERS), chance)


def _change_entry(text: bytes, chance: random.Random) -> bytes:
    """The value of an entry becomes what it cannot be."""
    found = list(_ENTRY.finditer(text, timeout=TIMEOUT))
    if not found:
        return text
    at = chance.choice(found)
    key = _NAME.match(at[0])
    return (
        text[: at.start()]
        + (key[0] if key else b"/A")
        + b" "
        + chance.choice(_VALUES)
        + text[at.end() :]
    )


def _change_name(text: bytes, chance: random.Random) -> bytes:
    """A name becomes another that stands beside it."""
    names = [match[0] for match in _NAME.finditer(text, timeout=TIMEOUT)]
    return _put(text, _NAME, chance.choice(names), chance) if names else text


def _cut_entry(text: bytes, chance: random.Random) -> bytes:
    return _put(text, _ENTRY, b"", chance)


def _double_entry(text: bytes, chance: random.Random) -> bytes:
    found = list(_ENTRY.finditer(text, timeout=TIMEOUT))
    if not found:
        return text
    one, other = chance.choice(found), chance.choice(found)
    more: bytes = other[0] * chance.choice((1, 1, 50))
    return text[: one.end()] + more + text[one.end() :]


def _put(text: bytes, pattern: "regex.Pattern[bytes]", new: bytes, chance: random.Random) -> bytes:
    """Something in the place of one match."""
    found = list(pattern.finditer(text, timeout=TIMEOUT))
    if not found:
        return text
    at = chance.choice(found)
    changed: bytes = text[: at.start()] + new + text[at.end() :]
    return changed


# -- what is packed in a stream


def _in_stream(
    change: Callable[[bytes, random.Random], bytes],
) -> Callable[[Objects, random.Random], None]:
    """A change to what is packed in a stream, which is packed again."""

    def damage(objects: Objects, chance: random.Random) -> None:
        for _ in range(4):
            number = _any_of(objects, chance)
            parts = pdf_objects.part(objects[number])
            if parts.data:
                changed = change(parts.data, chance)
                objects[number] = pdf_objects.joined(Parts(parts.head, changed))
                return

    return damage


def _change_operand(text: bytes, chance: random.Random) -> bytes:
    return _put(text, _NUMBER, chance.choice(_NUMBERS), chance)


def _change_text(text: bytes, chance: random.Random) -> bytes:
    noise = chance.randbytes(chance.choice((1, 2, 40))).hex().encode()
    new = chance.choice((b"<%s>" % noise, b"(%s)" % noise, b"<>", b"(", b"<%s" % noise, b"[]"))
    return _put(text, _TEXT, new, chance)


def _swap_operations(text: bytes, chance: random.Random) -> bytes:
    return _put(text, _OPERATION, _operation(text, chance), chance)


def _cut_operation(text: bytes, chance: random.Random) -> bytes:
    return _put(text, _OPERATION, b"", chance)


def _double_operation(text: bytes, chance: random.Random) -> bytes:
    times = chance.choice((1, 2, 50, 2000))
    return _put(text, _OPERATION, (_operation(text, chance) + b"\n") * times, chance)


def _operation(text: bytes, chance: random.Random) -> bytes:
    found = list(_OPERATION.finditer(text, timeout=TIMEOUT))
    return chance.choice(found)[0] if found else b"q"


def _cut_stretch(text: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start + chance.choice((1, 9, 300)) :]


def _spoil(text: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.randbytes(chance.choice((1, 1, 8))) + text[at + 1 :]


_DAMAGES: tuple[Callable[[Objects, random.Random], None], ...] = (
    _swap, _lose, _refer, _refer,
    *map(_in_head, (
        _change_number, _change_number, _change_entry, _change_entry, _change_name, _cut_entry,
        _double_entry, _spoil,
    )),
    *map(_in_stream, (
        _change_operand, _change_operand, _change_text, _swap_operations, _cut_operation,
        _double_operation, _cut_stretch, _spoil, _spoil,
    )),
)  # fmt: skip
