"""
PDF files whose pages are made to do harm: what is packed, drawn and set on them.

What a file ends with is words that stand in its Plan, or classes of the error tree, or either where
it depends on what is used up first. Files are made when they are asked for, of the plan of
``pdf_by_hand`` and one thing wrong with it; those that break the file itself, and all of them
together, are in ``hostile_pdf_files``.
"""

import base64
import math
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from pdf_by_hand import (
    FREE,
    MORE,
    NUMBER,
    PAGE,
    PAGES,
    PLAN,
    coded,
    font,
    letters_of,
    page,
    plan,
    show,
    themselves,
)

from pdf_objects import stream
from tdkt_parse.exceptions import (
    NeedsOcr,
    OutOfMemory,
    TdktError,
    TimedOut,
    TooLarge,
    Unreadable,
)

Ends = tuple[type[TdktError] | str, ...]

READ: Ends = (NUMBER,)
MUCH: Ends = (NUMBER, TimedOut, OutOfMemory, TooLarge)
"""Read with its plan, or ended for what it takes."""
REFUSED: Ends = (Unreadable,)
ANY: Ends = (*MUCH, Unreadable, NeedsOcr)


class Case(NamedTuple):
    """A file: what is wrong with it, how it is made, and how its reading may end."""

    label: str
    make: Callable[[], bytes]
    ends: Ends = READ
    large: Callable[[], bytes] | None = None
    """The same as large as it comes, where the tests have it smaller."""

    @property
    def words(self) -> str:
        """What stands in the Plan; nothing, if there must be none."""
        return next((end for end in self.ends if isinstance(end, str)), "")

    @property
    def errors(self) -> tuple[type[TdktError], ...]:
        return tuple(end for end in self.ends if not isinstance(end, str))

    @property
    def may_be_ended(self) -> bool:
        """Whether it may take all that it is given."""
        return TimedOut in self.ends


def sized(
    label: str, make: Callable[[int], bytes], size: int, large: int, ends: Ends = READ
) -> Case:
    """A file of so many of something, and of more where it is read as large as it comes."""
    label = f"{size:,} to {large:,} {label}"
    return Case(label, partial(make, size), ends, partial(make, large))


# -- what they are made of


def raw(data: bytes, filters: str, entries: str = "") -> bytes:
    """A stream of these bytes, which say of themselves how they are packed."""
    head = f"<</Length {len(data)}/Filter{filters}{entries}>>"
    return b"%s\nstream\n%s\nendstream" % (head.encode(), data)


def flate(piece: bytes, times: int, before: bytes = b"", after: bytes = b"") -> bytes:
    """
    A piece many times over, packed by Flate without ever being in memory whole.

    A megabyte of it is packed once: what a full flush ends stands for itself, wherever it is.
    """
    packer = zlib.compressobj(6)
    out = [packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)]
    many = max(1, (1 << 20) // len(piece))
    chunk, whole = piece * many, times // many
    rest = piece * (times % many) + after
    if whole:
        out += [packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)] * whole
    out.append(packer.compress(rest) + packer.flush())
    total = zlib.adler32(before)
    for _ in range(whole):
        total = zlib.adler32(chunk, total)
    out[-1] = out[-1][:-4] + struct.pack(">I", zlib.adler32(rest, total))
    return b"".join(out)


def blanks(length: int) -> bytes:
    return flate(b" " * 4096, length // 4096)


def drawn_by(body: bytes, more: dict[int, bytes] | None = None) -> bytes:
    """The plan, and a content stream given as it stands in the file."""
    return plan(more={MORE: body, **(more or {})})


def drawn_many(piece: bytes, times: int, before: bytes = b"", after: bytes = b"") -> bytes:
    """The plan, and something drawn many times over."""
    return drawn_by(raw(flate(piece, times, before, after), "/FlateDecode"))


def lzw(cycles: int) -> bytes:
    """Seven million blanks for each cycle, by LZW: the longest words that its table can hold."""
    clear, end = 256, 257
    codes = [(32, 9), *((code, _width(code)) for code in range(258, 4094))]
    cycle = "".join(f"{code:0{width}b}" for code, width in codes)
    text = f"{clear:09b}" + f"{clear:012b}".join([cycle] * cycles) + f"{end:012b}"
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big")


def _width(known: int) -> int:
    """Bits of a code when the table holds so many."""
    return 9 if known < 511 else 10 if known < 1023 else 11 if known < 2047 else 12


def runs(length: int) -> bytes:
    """Blanks by RunLength: 128 of two bytes."""
    return b"\x81 " * (length // 128) + b"\x80"


def run_lengths(data: bytes) -> bytes:
    """Any bytes by RunLength, as they are."""
    pieces = [data[k : k + 128] for k in range(0, len(data), 128)]
    return b"".join(bytes([len(piece) - 1]) + piece for piece in pieces) + b"\x80"


# -- filters


def filters() -> Iterator[Case]:
    giga = 1 << 30
    yield Case("1 GB of blanks by Flate", lambda: drawn_by(raw(blanks(giga), "/FlateDecode")), MUCH)
    yield Case("1 GB of blanks by Flate ten times", lambda: _flated(giga, 10), MUCH)
    yield Case("a plan by Flate 200 times", lambda: _flated(1 << 14, 200))
    yield Case(
        "1 GB of zeros by ASCII85 by Flate",
        lambda: drawn_by(raw(flate(b"z", giga // 4), "[/FlateDecode/ASCII85Decode]")),
        MUCH,
    )
    yield Case(
        "1 GB of blanks by LZW by Flate",
        lambda: drawn_by(raw(zlib.compress(lzw(144)), "[/FlateDecode/LZWDecode]")),
        MUCH,
    )
    yield Case(
        "1 GB of blanks by RunLength by RunLength by Flate",
        lambda: drawn_by(
            raw(
                zlib.compress(run_lengths(runs(giga))),
                "[/FlateDecode/RunLengthDecode/RunLengthDecode]",
            )
        ),
    )
    yield Case("ASCIIHex ten times", lambda: _in_hex(10))
    yield Case("ASCII85 thirty times", lambda: _in_85(30))
    yield Case("100,000 filters", lambda: drawn_by(raw(b"Q", "[" + "/AHx" * 100_000 + "]")))
    yield Case(
        "each filter after each other",
        lambda: drawn_by(
            raw(b"1" * 999, "[/AHx/A85/LZW/Fl/RL/CCF/DCT/JBIG2Decode/JPXDecode/Crypt]")
        ),
    )
    yield Case("a filter that is none", lambda: drawn_by(raw(b"Q", "/NoneDecode")))
    yield Case("a filter that is the stream", lambda: drawn_by(raw(b"Q", f" {MORE} 0 R")))
    for label, parameters in (
        ("a predictor of 2,147,483,647 columns", "/Predictor 12/Columns 2147483647"),
        ("a predictor of -1 columns", "/Predictor 12/Columns -1"),
        ("a predictor of 100,000 colours", "/Predictor 2/Colors 100000/BitsPerComponent 32"),
        ("a predictor of 99,999,999,999", "/Predictor 99999999999/Columns 99999999999"),
    ):  # fmt: skip
        packed = zlib.compress(b"Q q " * 99_999)
        entries = f"/DecodeParms<<{parameters}>>"
        yield Case(label, partial(drawn_by, raw(packed, "/FlateDecode", entries)))
        yield Case(f"{label}, in LZW", partial(drawn_by, raw(lzw(1), "/LZWDecode", entries)))
    yield Case("noise for Flate", lambda: drawn_by(raw(b"\xff" * 9999, "/FlateDecode")))
    yield Case(
        "Flate without an end",
        lambda: drawn_by(raw(zlib.compress(b"Q q " * 9999)[:-9], "/FlateDecode")),
    )
    yield Case("noise for each filter", _noise)


def _flated(length: int, times: int) -> bytes:
    data = blanks(length)
    for _ in range(times - 1):
        data = zlib.compress(data)
    return drawn_by(raw(data, "[" + "/FlateDecode" * times + "]"))


def _in_hex(times: int) -> bytes:
    data = show("thi đua", 72, 300)
    for _ in range(times):
        data = data.hex().encode() + b">"
    return drawn_by(raw(data, "[" + "/ASCIIHexDecode" * times + "]"))


def _in_85(times: int) -> bytes:
    data = show("thi đua", 72, 300)
    for _ in range(times):
        data = base64.a85encode(data) + b"~>"
    return drawn_by(raw(data, "[" + "/ASCII85Decode" * times + "]"))


def _noise() -> bytes:
    """Pictures of noise, and content of it, by each filter."""
    noise = chance("filters").randbytes(20_000)
    names = ("ASCIIHexDecode", "ASCII85Decode", "LZWDecode", "FlateDecode", "RunLengthDecode",
             "CCITTFaxDecode", "DCTDecode", "JBIG2Decode", "JPXDecode")  # fmt: skip
    more = {
        FREE + k: raw(noise, f"/{name}", _image_entries(99, 99)) for k, name in enumerate(names)
    }
    images = " ".join(f"/I{number} {number} 0 R" for number in more)
    contents = f"{PLAN} 0 R " + " ".join(f"{number} 0 R" for number in (*more, MORE))
    painted = " ".join(f"/I{number} Do" for number in more)
    more[PAGE] = page(resources=f"/XObject<<{images}>>", contents=contents)
    return plan(painted.encode(), more)


# -- forms and pictures


def form(body: bytes, resources: str = "", more: str = "") -> bytes:
    """A drawing that may be drawn many times."""
    entries = f"/Type/XObject/Subtype/Form/BBox[0 0 9999 9999]/Resources<<{resources}>>{more}"
    return stream(body, entries.encode())


def forms() -> Iterator[Case]:
    yield Case("forms that draw the next ten times, ten deep", lambda: _laughs(10, 10), MUCH)
    yield Case("forms that draw the next twice, forty deep", lambda: _laughs(2, 40), MUCH)
    yield Case("forms that draw the next once, 20,000 deep", lambda: _laughs(1, 20_000))
    yield Case(
        "a form that draws itself",
        lambda: _with_forms({FREE: form(b"/X Do " * 9, x_object(FREE))}),
        MUCH,
    )
    yield Case(
        "forms that draw each other",
        lambda: _with_forms(
            {
                FREE: form(b"/X Do " * 9, x_object(FREE + 1)),
                FREE + 1: form(b"/X Do " * 9, x_object(FREE)),
            }
        ),
        MUCH,
    )
    yield Case(
        "a form with the page's own resources",
        lambda: _with_forms({FREE: stream(b"/X Do /X Do", b"/Subtype/Form/BBox[0 0 9 9]")}),
        MUCH,
    )
    yield Case("a form drawn a million times", lambda: _drawn_often(1_000_000), MUCH)
    yield Case("a pattern that paints itself", _pattern)
    yield Case("a soft mask of itself", _soft_mask)
    yield sized("forms", _many_forms, 20_000, 100_000, MUCH)


def x_object(number: int) -> str:
    """The resource ``/X``."""
    return f"/XObject<</X {number} 0 R>>"


def _with_forms(more: dict[int, bytes], drawn: bytes = b"/X Do") -> bytes:
    return plan(drawn, {PAGE: page(resources=x_object(FREE)), **more})


def _laughs(times: int, depth: int) -> bytes:
    more = {FREE + k: form(b"/X Do " * times, x_object(FREE + k + 1)) for k in range(depth)}
    more[FREE + depth] = form(show("ha", 99, 99), "/Font<</F 5 0 R>>")
    return _with_forms(more)


def _drawn_often(times: int) -> bytes:
    body = raw(flate(b"/X Do ", times), "/FlateDecode")
    return _with_forms({MORE: body, FREE: form(show("ha", 99, 99), "/Font<</F 5 0 R>>")})


def _pattern() -> bytes:
    entries = (
        b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 0.0001"
        b"/YStep 0.0001/Resources<</Pattern<</P %d 0 R>>>>" % FREE
    )
    painted = b"/Pattern cs /P scn 0 0 9999 9999 re f"
    resources = f"/Pattern<</P {FREE} 0 R>>"
    return plan(painted, {PAGE: page(resources=resources), FREE: stream(painted, entries)})


def _soft_mask() -> bytes:
    state = f"/ExtGState<</G {FREE + 1} 0 R>>"
    group = form(b"/G gs /X Do", state + x_object(FREE), "/Group<</S/Transparency>>")
    mask = b"<</Type/ExtGState/SMask<</S/Luminosity/G %d 0 R>>>>" % FREE
    resources = state + x_object(FREE)
    return plan(b"/G gs /X Do", {PAGE: page(resources=resources), FREE: group, FREE + 1: mask})


def _many_forms(count: int) -> bytes:
    more = {FREE + k: b"<</Subtype/Form/BBox[0 0 9 9]/Length 1>>\nstream\nQ\nendstream"
            for k in range(count)}  # fmt: skip
    names = "".join(f"/X{k} {k} 0 R" for k in more)
    drawn = "".join(f"/X{k} Do " for k in more)
    return plan(drawn.encode(), {PAGE: page(resources=f"/XObject<<{names}>>"), **more})


def _image_entries(width: int, height: int, bits: int = 8, space: str = "/DeviceGray") -> str:
    return (
        f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent {bits}"
        f"/ColorSpace{space}"
    )


def pictures() -> Iterator[Case]:
    side = 92_681
    for label, filters, data, entries in (
        ("by Flate", "/FlateDecode", blanks(1 << 28), _image_entries(side, side)),
        ("of one bit by Flate", "/FlateDecode", blanks(1 << 28), _image_entries(side, side, 1)),
        ("in four colours", "/FlateDecode", blanks(1 << 20),
         _image_entries(side, side, 16, "/DeviceCMYK")),
        ("by fax", "/CCITTFaxDecode", b"\x00" * 99_999,
         f"{_image_entries(side, side, 1)}/DecodeParms<</K -1/Columns {side}/Rows {side}>>"),
        ("by JBIG2", "/JBIG2Decode", _jbig2(side), _image_entries(side, side, 1)),
        ("by JPEG", "/DCTDecode", _jpeg(65_500), _image_entries(side, side, 8, "/DeviceRGB")),
        ("by JPEG 2000", "/JPXDecode", _jpeg_2000(side), _image_entries(side, side)),
    ):  # fmt: skip
        yield Case(f"a picture of 92,681² {label}", partial(_picture, filters, data, entries))
    yield Case(
        "a picture of 2,147,483,647²",
        lambda: _picture("/FlateDecode", blanks(1 << 20), _image_entries(2**31 - 1, 2**31 - 1)),
    )
    yield Case(
        "a picture of -5 by 0",
        lambda: _picture("/FlateDecode", blanks(1 << 20), _image_entries(-5, 0)),
    )
    yield Case(
        "a picture that masks itself",
        lambda: _picture(
            "/FlateDecode", blanks(1 << 20), _image_entries(99, 99) + f"/SMask {FREE} 0 R"
        ),
    )
    yield Case(
        "a picture of colours of themselves",
        lambda: _picture(
            "/FlateDecode",
            blanks(1 << 20),
            _image_entries(99, 99, space=f" {FREE + 1} 0 R"),
            {FREE + 1: b"[/Indexed %d 0 R 255 (abc)]" % (FREE + 1)},
        ),
    )
    yield Case("100,000 pictures within the text", lambda: _inline(100_000), MUCH)
    yield Case("a picture within the text, without an end", lambda: _inline(1, b""))
    yield Case("nothing but a picture", _scan, (Unreadable,))


def _picture(
    filters: str, data: bytes, entries: str, more: dict[int, bytes] | None = None
) -> bytes:
    """The plan over a picture of the whole page."""
    return plan(
        b"q 595 0 0 842 0 0 cm /X Do Q",
        {PAGE: page(resources=x_object(FREE)), FREE: raw(data, filters, entries), **(more or {})},
    )


def _inline(times: int, end: bytes = b"EI Q ") -> bytes:
    return drawn_many(
        b"q 9 0 0 9 0 0 cm BI /W 4 /H 4 /BPC 8 /CS /G ID 0123456789abcdef " + end, times
    )


def _scan() -> bytes:
    image = raw(blanks(1 << 20), "/FlateDecode", _image_entries(1024, 1024))
    painted = stream(b"q 595 0 0 842 0 0 cm /X Do Q")
    return plan(more={PAGE: page(resources=x_object(FREE)), PLAN: painted, FREE: image})


def _jpeg(side: int) -> bytes:
    """The head of a JPEG that says it is large, and nothing after it."""
    frame = struct.pack(">BHHB", 8, side, side, 3) + b"\x01\x11\x00\x02\x11\x00\x03\x11\x00"
    table = b"\xff\xdb" + struct.pack(">HB", 67, 0) + b"\x01" * 64
    scan = b"\xff\xda\x00\x0c\x03\x01\x00\x02\x00\x03\x00\x00\x3f\x00"
    return b"\xff\xd8" + table + b"\xff\xc0" + struct.pack(">H", 17) + frame + scan + bytes(99)


def _jpeg_2000(side: int) -> bytes:
    """The same of a JPEG 2000: its size, one tile, one component."""
    size = struct.pack(">HIIIIIIIIHBBB", 0, side, side, 0, 0, side, side, 0, 0, 1, 7, 1, 1)
    coding = b"\xff\x52\x00\x0c\x00\x00\x00\x01\x00\x05\x04\x04\x00\x00"
    steps = b"\xff\x5c\x00\x13\x40" + b"\x40" * 16
    return (
        b"\xff\x4f\xff\x51" + struct.pack(">H", len(size) + 2) + size + coding + steps
        + b"\xff\x90\x00\x0a\x00\x00\x00\x00\x00\x00\x00\x01\xff\x93" + bytes(99) + b"\xff\xd9"
    )  # fmt: skip


def _jbig2(side: int) -> bytes:
    """The same of a JBIG2: a page of that size, and a region of it."""
    head = struct.pack(">IBBBI", 0, 48, 0, 1, 19)
    told = struct.pack(">IIIIBH", side, side, 0, 0, 0, 0)
    region = struct.pack(">IBBBI", 1, 38, 0, 1, 18 + 99)
    placed = struct.pack(">IIIIB", side, side, 0, 0, 0)
    return head + told + region + placed + bytes(100)


# -- much of the same


def floods() -> Iterator[Case]:
    def case(label: str, piece: bytes, times: int) -> Case:
        return Case(f"{times:,} {label}", partial(drawn_many, piece, times), MUCH)

    yield Case("20,000,000 operators", lambda: drawn_many(b"q Q ", 10_000_000), MUCH)
    yield case("operators that are none", b"nothing ", 20_000_000)
    yield case("numbers before one operator", b"1 ", 20_000_000)
    yield case("states kept and never given back", b"q ", 1_000_000)
    yield case("states given back and never kept", b"Q ", 20_000_000)
    yield case("changes of the matrix", b"1.001 0 0 1.001 1 1 cm ", 2_000_000)
    yield case("colours", b"0.5 g ", 5_000_000)
    yield case("marks", b"/P<</MCID 1>>BDC EMC ", 1_000_000)
    yield case("marks never closed", b"/P BMC ", 1_000_000)
    yield case("clipping paths", b"0 0 99 99 re W n ", 1_000_000)
    yield case("texts of nothing", b"BT ET ", 5_000_000)
    yield case("texts of a blank", b"BT /F 9 Tf <0020> Tj ET ", 300_000)
    yield case("fonts chosen", b"BT /F 9 Tf ET ", 2_000_000)
    yield case("rulings", b"0 0 m 500 0 l S ", 1_000_000)
    yield case("curves", b"0 0 m 1 2 3 4 5 6 c S ", 500_000)
    yield case("shadings that are none", b"/Sh0 sh ", 2_000_000)
    yield Case("a path of 1,000,000 segments", lambda: _long_path(1_000_000), MUCH)
    yield Case("a path of 200,000 rectangles", lambda: _rectangles(200_000))
    yield Case(
        "a line of 20,000,000 dashes", lambda: plan(b"[0.00001 0.00001] 0 d 0 99 m 2000000 99 l S")
    )
    yield Case("a table of 300 by 300 cells of rectangles", lambda: _grid(300, 300), MUCH)
    yield Case("a table of 300 by 300 cells of rulings", lambda: _ruled(300, 300), MUCH)
    yield Case("5,000,000 letters", lambda: _letters(5_000_000), MUCH)
    yield Case("5,000,000 letters in one string", lambda: _letters(5_000_000, 5_000_000), MUCH)
    yield Case("a line of 1,000,000 letters without a blank", lambda: _one_line(1_000_000), MUCH)
    yield Case("a string of 50 MB", lambda: plan(b"(" + b"a" * 50_000_000 + b") Tj"), ANY)
    yield Case("a string of 1,000,000 brackets", lambda: plan(b"(" * 1_000_000))
    yield Case("a name of 1,000,000 letters", lambda: plan(b"/" + b"a" * 1_000_000 + b" Do"))
    yield Case("a number of 1,000,000 digits", lambda: plan(b"9" * 1_000_000 + b" g"))
    yield Case("a page of 100,000 content streams", lambda: _many_contents(100_000), MUCH)
    yield Case("one content stream 100,000 times", lambda: _same_contents(100_000))


def _long_path(segments: int) -> bytes:
    points = "".join(f"{k % 500} {k % 700} l " for k in range(segments))
    return plan(f"0 0 m {points}S".encode())


def _rectangles(count: int) -> bytes:
    boxes = "".join(f"{k % 500} {k % 700} 5 5 re " for k in range(count))
    return plan(f"{boxes}S".encode())


def _grid(rows: int, columns: int) -> bytes:
    """A table as some programs draw it: a rectangle for each cell, and a letter in it."""
    cells = [(72 + 1.5 * c, 600 - 1.5 * r) for r in range(rows) for c in range(columns)]
    drawn = [b"%.1f %.1f 1.5 1.5 re S " % cell for cell in cells]
    drawn += [show("ô", x + 0.2, y + 0.2, 1) for x, y in cells]
    return plan(b"".join(drawn))


def _ruled(rows: int, columns: int) -> bytes:
    """A table of rulings from end to end, and a letter in each cell."""
    drawn = [b"72 %.1f m %.1f %.1f l S " % (y, 72 + 1.5 * columns, y)
             for y in (600 - 1.5 * r for r in range(rows + 1))]  # fmt: skip
    drawn += [b"%.1f 600 m %.1f %.1f l S " % (x, x, 600 - 1.5 * rows)
              for x in (72 + 1.5 * c for c in range(columns + 1))]  # fmt: skip
    drawn += [show("ô", 72.2 + 1.5 * c, 600 - 1.5 * r - 1.2, 1)
              for r in range(rows) for c in range(columns)]  # fmt: skip
    return plan(b"".join(drawn))


def _letters(count: int, in_each: int = 100) -> bytes:
    """Letters in lines, as fine as they have to be to stand on the page."""
    step = 500 * in_each / count
    pieces = []
    for k in range(count // in_each):
        text = f"{k:07} " + "thi đua " * (in_each // 8 - 1)
        pieces.append(f"<{coded(text)}> Tj 0 -{step:.4f} Td ")
    return plan(f"BT /F 0.5 Tf 72 560 Td {''.join(pieces)}ET".encode())


def _one_line(length: int) -> bytes:
    return drawn_many(b"<0061> Tj ", length, b"BT /F 0.001 Tf 72 560 Td ", b"ET")


def _many_contents(count: int) -> bytes:
    more = {FREE + k: b"<</Length 3>>\nstream\nq Q\nendstream" for k in range(count)}
    contents = f"{PLAN} 0 R " + " ".join(f"{number} 0 R" for number in more)
    return plan(more={**more, PAGE: page(contents=contents)})


def _same_contents(count: int) -> bytes:
    return plan(b"q Q", {PAGE: page(contents=f"{PLAN} 0 R" + f" {MORE} 0 R" * count)})


# -- the page, and where words stand on it


def boxes() -> Iterator[Case]:
    for label, box in (
        ("2,000,000 points", "0 0 2000000 2000000"), ("2,000,000 points high", "0 0 595 2000000"),
        ("no size", "0 0 0 0"), ("less than no size", "595 842 0 0"),
        ("no numbers", "/a /b /c /d"),
        ("NaN", "0 0 NaN NaN"), ("1e38", "-1e38 -1e38 1e38 1e38"),
        ("numbers of 400 digits", f"0 0 {'9' * 400} {'9' * 400}"), ("two numbers", "0 0"),
        ("100,000 numbers", "0 " * 100_000), ("themselves", f"{PAGE} 0 R 0 595 842"),
    ):  # fmt: skip
        yield Case(f"a page of {label}", partial(plan, more={PAGE: page(box=box)}))
    for label, box in (
        ("elsewhere", "100000 100000 100595 100842"), ("of a size below nothing", "0 0 -595 -842"),
        ("of a thousandth", "0 0 0.001 0.001"),
    ):  # fmt: skip
        yield Case(f"a page {label}", partial(plan, more={PAGE: page(box=box)}), REFUSED)
    for label, more in (
        ("a unit of 1e30", "/UserUnit 1e30"), ("a unit of nothing", "/UserUnit 0"),
        ("a unit of -75,000", "/UserUnit -75000"), ("a turn of 45", "/Rotate 45"),
        ("a turn of 99,999,999,999", "/Rotate 99999999999"), ("a turn of -90", "/Rotate -90"),
        ("a crop of nothing", "/CropBox[0 0 0 0]"), ("a crop of NaN", "/CropBox[NaN NaN NaN NaN]"),
        ("a crop elsewhere", "/CropBox[999 999 1e9 1e9]"),
    ):  # fmt: skip
        yield Case(f"a page with {label}", partial(plan, more={PAGE: page(more)}))


def places() -> Iterator[Case]:
    for label, matrix in (
        ("at 1e30", "1 0 0 1 1e30 1e30"), ("at 1e38", "1 0 0 1 -1e38 1e38"),
        ("in a matrix of NaN", "NaN NaN NaN NaN NaN NaN"),
        ("in a matrix of nothing", "0 0 0 0 0 0"),
        ("in a matrix of 1e38", "1e38 1e38 1e38 1e38 1e38 1e38"),
        ("in a matrix of 1e-38", "1e-38 0 0 1e-38 1e-38 1e-38"),
        ("in a matrix that has no way back", "1 1 1 1 99 99"),
        ("mirrored", "-1 0 0 1 500 99"), ("upside down", "-1 0 0 -1 500 99"),
        ("on its side", "0 1 -1 0 99 99"), ("sheared", "1 0 9999 1 99 99"),
    ):  # fmt: skip
        text = f"BT /F 12 Tf {matrix} Tm <{coded('thi đua')}> Tj ET " * 99
        yield Case(f"words {label}", partial(plan, text.encode()))
        drawn = f"q {matrix} cm 0 0 m 99 0 l S 0 0 99 99 re f " + text + "Q"
        yield Case(f"rulings and words {label}", partial(plan, drawn.encode()))
    for size in ("1e-10", "1e-38", "0", "-12", "1e10", "1e38", "NaN", "9" * 400):
        text = f"BT /F {size} Tf 72 300 Td <{coded('thi đua')}> Tj ET " * 99
        yield Case(f"letters of a size of {size[:9]}", partial(plan, text.encode()))
    for label, state in (
        ("spaces between letters of 1e30", "1e30 Tc 1e30 Tw"), ("a width of 0 %", "0 Tz"),
        ("a width of 1e30 %", "1e30 Tz"), ("a rise of 1e30", "1e30 Ts"),
        ("spaces of -5", "-5 Tc -5 Tw"), ("a leading of 1e38", "1e38 TL T* T* T*"),
    ):  # fmt: skip
        text = f"BT /F 12 Tf 72 300 Td {state} <{coded('thi đua khen')}> Tj ET " * 99
        yield Case(f"words with {label}", partial(plan, text.encode()))
    yield Case("moves of 1e30 within a word", lambda: plan(_kerned("1e30")))
    yield Case("moves of NaN within a word", lambda: plan(_kerned("NaN")))
    yield Case(
        "100,000 words at one place",
        lambda: drawn_many(show("thi đua", 72, 300), 100_000),
        MUCH,
    )
    yield Case("20,000 words at any place", lambda: plan(_anywhere(20_000)), MUCH)
    yield Case("20,000 words at any angle", lambda: plan(_at_angles(20_000)), MUCH)
    yield Case("20,000 words in steps", lambda: plan(_in_steps(20_000)))
    yield Case("200 columns of 200 words", lambda: plan(_columns(200, 200)), MUCH)
    yield Case("20,000 rulings at any place", lambda: plan(_any_rulings(20_000)), MUCH)
    yield Case("20,000 rectangles at any place", lambda: plan(_any_boxes(20_000)), MUCH)
    yield Case("5,000 rectangles each in the next", lambda: plan(_nested_boxes(5_000)), MUCH)
    yield Case(
        "a table of 2,000 rows on 60 pages", lambda: _long_table(2_000, 60), ("Việc số 1999",)
    )
    yield Case("100 by 100 words in columns", lambda: _spread(100, 100), MUCH)
    yield Case("300 columns of three words", lambda: _spread(300, 3), MUCH)
    yield Case("2,000 columns of three words", lambda: _spread(2_000, 3), MUCH)
    yield Case("100 by 100 numbers in columns", lambda: _spread(100, 100, "1 1"), MUCH)
    yield Case("a table of 4,000 columns", lambda: _uprights(4_000), MUCH)
    yield Case("2,000 tables beside 20,000 words", lambda: _many_tables(2_000, 20_000, 0), MUCH)
    yield Case("2,000 tables beside 10,000 rulings", lambda: _many_tables(2_000, 0, 10_000), MUCH)
    yield Case("nothing but invisible words", _invisible, REFUSED)
    yield Case("words beside the page", lambda: plan(show("thi đua", 5000, -700) * 9))
    yield Case("words in white", lambda: plan(b"1 g " + show("thi đua", 72, 300)))


def chance(name: str) -> random.Random:
    """The same numbers each time."""
    return random.Random(name)  # noqa: S311 - no secret


def _kerned(move: str) -> bytes:
    pieces = "".join(f"<{coded('đua')}>{move} " for _ in range(99))
    return f"BT /F 12 Tf 72 300 Td [{pieces}] TJ ET".encode()


def _anywhere(count: int) -> bytes:
    draw = chance("anywhere")
    return b"".join(
        show("đua", round(draw.uniform(0, 595), 2), round(draw.uniform(0, 600), 2), 6)
        for _ in range(count)
    )


def _at_angles(count: int) -> bytes:
    draw = chance("angles")
    words = []
    for _ in range(count):
        angle = draw.uniform(0, math.tau)
        sine, cosine = math.sin(angle), math.cos(angle)
        x, y = draw.uniform(0, 595), draw.uniform(0, 600)
        matrix = f"{cosine:.4f} {sine:.4f} {-sine:.4f} {cosine:.4f} {x:.2f} {y:.2f}"
        words.append(f"BT /F 6 Tf {matrix} Tm <{coded('thi đua')}> Tj ET\n")
    return "".join(words).encode()


def _in_steps(count: int) -> bytes:
    """Each word a little lower than the one before, so that no line of them has an end."""
    return b"".join(show("đua", 72 + k % 400, round(600 - k * 0.03, 3), 9) for k in range(count))


def _columns(columns: int, rows: int) -> bytes:
    return b"".join(
        show("ô", 20 + 2.8 * c, 600 - 2.9 * r, 1.5) for c in range(columns) for r in range(rows)
    )


def _any_rulings(count: int) -> bytes:
    draw = chance("rulings")
    drawn = []
    for k in range(count):
        x, y, length = (round(draw.uniform(0, 600), 2) for _ in range(3))
        end = (x + length, y) if k % 2 else (x, y + length)
        drawn.append(b"%.2f %.2f m %.2f %.2f l S\n" % (x, y, *end))
    return b"".join(drawn)


def _any_boxes(count: int) -> bytes:
    draw = chance("boxes")
    return b"".join(
        b"%.2f %.2f %.2f %.2f re S\n" % tuple(draw.uniform(0, 600) for _ in range(4))
        for _ in range(count)
    )


def _nested_boxes(count: int) -> bytes:
    step = 290 / count
    return b"".join(
        b"%.3f %.3f %.3f %.3f re S\n" % (k * step, k * step, 590 - 2 * k * step, 590 - 2 * k * step)
        for k in range(count)
    )


def _wide(drawn: bytes, width: int, height: int = 842) -> bytes:
    """The plan on a page as large as need be."""
    return plan(drawn, {PAGE: page(box=f"0 {842 - height} {width} 842")})


def _spread(columns: int, rows: int, words: str = "thi đua") -> bytes:
    """Columns of words with nothing between them, so many that no page has them."""
    drawn = [show(words, 72 + 90 * c, 600 - 14 * r) for r in range(rows) for c in range(columns)]
    return _wide(b"".join(drawn), 150 + 90 * columns, 300 + 14 * rows)


def _uprights(columns: int) -> bytes:
    """A table of one row."""
    drawn = [b"%d 100 m %d 300 l S\n" % (x, x) for x in range(72, 72 + 4 * columns, 4)]
    drawn += [b"72 %d m %d %d l S\n" % (y, 68 + 4 * columns, y) for y in (100, 300)]
    return _wide(b"".join(drawn), 150 + 4 * columns)


def _many_tables(tables: int, words: int, rulings: int) -> bytes:
    """Tables of four cells in one half of a page, something else in the other."""
    drawn = []
    for x, y in ((40 * (k % 60) + 20, -40 * (k // 60)) for k in range(tables)):
        for step in (0, 10, 20):
            drawn.append(b"%d %d m %d %d l S\n" % (x, y + step, x + 20, y + step))
            drawn.append(b"%d %d m %d %d l S\n" % (x + step, y, x + step, y + 20))
    drawn += [show("thi", 3000 + 30 * (k % 100), -20 * (k // 100)) for k in range(words)]
    drawn += [b"3000 %d m 3100 %d l S\n" % (-4 * k, -4 * k) for k in range(rulings)]
    return _wide(b"".join(drawn), 9000, 842 + max(40 * tables // 60, words // 5, 4 * rulings))


def _long_table(rows: int, pages: int) -> bytes:
    """A table of tasks as a real one may be, only longer."""
    more = {}
    on_each = math.ceil(rows / pages)
    step = 700 / on_each
    for k in range(pages):
        first = k * on_each
        numbers = range(first, min(rows, first + on_each))
        drawn = [b"%.1f 70 m %.1f 770 l S\n" % (x, x) for x in (72, 110, 330, 530)]
        drawn += [b"72 %.2f m 530 %.2f l S\n" % (y, y)
                  for y in (770 - step * r for r in range(len(numbers) + 1))]  # fmt: skip
        for r, number in enumerate(numbers):
            y = round(770 - step * (r + 0.7), 2)
            drawn.append(show(str(number), 76, y, 9))
            drawn.append(show(f"Việc số {number} trong năm", 114, y, 9))
            drawn.append(show("Phòng Nội vụ", 334, y, 9))
        more[FREE + 2 * k] = page(contents=f"{FREE + 2 * k + 1} 0 R")
        more[FREE + 2 * k + 1] = stream(b"".join(drawn))
    kids = b" ".join(b"%d 0 R" % (FREE + 2 * k) for k in range(pages))
    more[PAGES] = b"<</Type/Pages/Count %d/Kids[%d 0 R %s]>>" % (pages + 1, PAGE, kids)
    return plan(more=more)


def _invisible() -> bytes:
    drawn = show(f"Số: {NUMBER}", 72, 700)
    return plan(more={PLAN: stream(b"3 Tr " + drawn)})


# -- fonts


def fonts() -> Iterator[Case]:
    def mapped(label: str, rows: str, count: int, kind: str = "range") -> Case:
        return Case(label, partial(_in_font, font(FREE, letters_of(rows, count, kind))), MUCH)

    yield mapped("letters of all codes to all letters", "<0000> <ffff> <0000>", 1)
    yield mapped("letters of a range of 4,294,967,295", "<00000000> <ffffffff> <0000>", 1)
    yield mapped("100,000 ranges of 65,536 letters", "<0000> <ffff> <0000>\n" * 100_000, 100_000)
    yield mapped("a range that ends before it begins", "<ffff> <0000> <0041>", 1)
    yield mapped("a code that means 10,000 letters", f"<0061> <{'0061' * 10_000}>", 1, "char")
    yield Case("10,000 codes that mean 10,000 letters each", lambda: _swollen(10_000, 10_000), MUCH)
    yield mapped("a range of 1,000,000 in brackets", f"<0000> <ffff> [{'<0041>' * 1_000_000}]", 1)
    yield mapped("letters that are halves of a pair", "<0000> <ffff> <d800>", 1)
    yield mapped("letters that are no letters", "<0000> <ffff> <fff0>", 1)
    yield mapped("letters without an end", "<0000> <ff", 1)
    yield Case("1 GB of letters' codes", lambda: _heavy_letters(1 << 30), MUCH)
    yield Case("letters that are the font", lambda: _with_font(f"/ToUnicode {FREE} 0 R"))
    yield Case("a font that descends from itself", lambda: _with_font(
        f"/DescendantFonts[{FREE} 0 R]/Encoding/Identity-H", "Type0"))  # fmt: skip
    yield Case("a font that is coded by itself", lambda: _with_font(
        f"/DescendantFonts[6 0 R]/Encoding {FREE} 0 R", "Type0"))  # fmt: skip
    yield Case("a code that uses itself", _own_code)
    for label, entries in (
        ("widths from -2,147,483,648 on", "/FirstChar -2147483648/LastChar 2147483647/Widths[1 2]"),
        ("1,000,000 widths", f"/FirstChar 0/LastChar 999999/Widths[{'500 ' * 1_000_000}]"),
        ("widths of 1e38", f"/FirstChar 0/LastChar 255/Widths[{'1e38 ' * 256}]"),
        ("widths below nothing", f"/FirstChar 0/LastChar 255/Widths[{'-500 ' * 256}]"),
        ("1,000,000 differences", f"/Encoding<</Differences[{'0/a' * 1_000_000}]>>"),
        ("differences of a code of 2,147,483,647", "/Encoding<</Differences[2147483647/a/b/c]>>"),
        ("an encoding of its own", f"/Encoding<</BaseEncoding {FREE} 0 R/Differences {FREE} 0 R>>"),
        ("a descriptor that is the font", f"/FontDescriptor {FREE} 0 R"),
        ("a name of 100,000 letters", f"/BaseFont/{'A' * 100_000}"),
    ):  # fmt: skip
        yield Case(f"a font of {label}", partial(_with_font, entries), MUCH)
    for label, widths in (
        ("a range of 4,294,967,295", "/W[0 4294967295 500]"),
        ("100,000 ranges", "/W[" + "0 65535 500 " * 100_000 + "]"),
        ("a default of 1e38", "/DW 1e38"), ("a default of nothing", "/DW 0"),
        ("a default below nothing", "/DW -500"),
        ("a tree", "/W" + "[" * 1000 + "]" * 1000),
    ):  # fmt: skip
        made = font(FREE)
        made[FREE + 1] = made[FREE + 1].replace(b"/DW 500", widths.encode())
        yield Case(f"a font of letters with widths of {label}", partial(_in_font, made), MUCH)
    for label, body in (
        ("noise", chance("font").randbytes(20_000)), ("1 GB", None), ("nothing", b""),
        ("65,535 tables that are not there", b"\x00\x01\x00\x00\xff\xff" + bytes(9999)),
    ):  # fmt: skip
        for kind in ("FontFile", "FontFile2", "FontFile3"):
            yield Case(f"a {kind} of {label}", partial(_font_file, kind, body), MUCH)
    yield sized("fonts", _many_fonts, 3_000, 10_000, MUCH)
    yield Case("a letter that draws itself", lambda: _type_3(b"/X Do <61> Tj"))
    yield Case("letters that draw the next ten times, ten deep", lambda: _deep_letters(10, 10))
    yield Case("drawn letters in a matrix of NaN", lambda: _type_3(b"", "NaN 0 0 NaN 0 0"))
    yield Case("drawn letters in a matrix of 1e38", lambda: _type_3(b"", "1e38 0 0 1e38 0 0"))
    yield Case("letters drawn of 1 GB", lambda: _type_3(None), MUCH)


def _in_font(objects: dict[int, bytes], text: str = "<00610062>") -> bytes:
    """A text in another font after the plan."""
    drawn = f"BT /G 12 Tf 72 300 Td {text} Tj ET " * 9
    fonts = f"/F 5 0 R/G {FREE} 0 R"
    return plan(drawn.encode(), {PAGE: page(fonts=fonts), **objects})


def _with_font(entries: str, kind: str = "TrueType") -> bytes:
    own = f"<</Type/Font/Subtype/{kind}/BaseFont/Arial{entries}>>"
    return _in_font({FREE: own.encode()}, "(abc)")


def _swollen(codes: int, letters: int) -> bytes:
    """A text of a few kB that says it means a hundred million letters."""
    rows = f"<0061> <{'0061' * letters}>"
    return _in_font(font(FREE, letters_of(rows, 1, "char")), f"<{'0061' * codes}>")


def _heavy_letters(length: int) -> bytes:
    made = font(FREE)
    made[FREE + 2] = raw(blanks(length), "/FlateDecode")
    return _in_font(made)


def _own_code() -> bytes:
    code = stream(
        themselves(),
        b"/Type/CMap/CMapName/M/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>"
        b"/UseCMap %d 0 R" % (FREE + 1),
    )
    own = (
        f"<</Type/Font/Subtype/Type0/BaseFont/A/DescendantFonts[6 0 R]/Encoding {FREE + 1} 0 R"
        f"/ToUnicode {FREE + 1} 0 R>>"
    )
    return _in_font({FREE: own.encode(), FREE + 1: code})


def _font_file(kind: str, body: bytes | None) -> bytes:
    packed = raw(blanks(1 << 30), "/FlateDecode") if body is None else stream(body)
    entries = f"/FontDescriptor {FREE + 1} 0 R"
    described = f"<</Type/FontDescriptor/FontName/Arial/Flags 4/{kind} {FREE + 2} 0 R>>"
    own = f"<</Type/Font/Subtype/TrueType/BaseFont/Arial{entries}>>"
    return _in_font({FREE: own.encode(), FREE + 1: described.encode(), FREE + 2: packed}, "(abc)")


def _many_fonts(count: int) -> bytes:
    fonts = "".join(f"/G{k} {FREE + k} 0 R" for k in range(count))
    drawn = "".join(f"BT /G{k} 9 Tf 72 300 Td (abc) Tj ET " for k in range(count))
    one = "<</Type/Font/Subtype/TrueType/BaseFont/Arial%d/Encoding/WinAnsiEncoding>>"
    more = {FREE + k: (one % k).encode() for k in range(count)}
    return plan(drawn.encode(), {PAGE: page(fonts="/F 5 0 R" + fonts), **more})


def _type_3(drawn: bytes | None, matrix: str = "0.001 0 0 0.001 0 0") -> bytes:
    """A font whose letter is a drawing; the drawing may use the font."""
    own = (
        f"<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[{matrix}]/FirstChar 97"
        f"/LastChar 97/Widths[500]/Encoding<</Differences[97/a]>>/CharProcs<</a {FREE + 1} 0 R>>"
        f"/Resources<</Font<</G {FREE} 0 R>>/XObject<</X {FREE + 2} 0 R>>>>>>"
    )
    letter = b"500 0 d0 BT /G 12 Tf <61> Tj ET " + (drawn or b"")
    packed = raw(blanks(1 << 30), "/FlateDecode") if drawn is None else stream(letter)
    more = {FREE: own.encode(), FREE + 1: packed, FREE + 2: form(letter, f"/Font<</G {FREE} 0 R>>")}
    return _in_font(more, "(aaa)")


def _deep_letters(times: int, depth: int) -> bytes:
    more = {}
    for k in range(depth):
        number = FREE + 2 * k
        more[number] = (
            f"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/FirstChar 97"
            f"/LastChar 97/Widths[1]/Encoding<</Differences[97/a]>>"
            f"/CharProcs<</a {number + 1} 0 R>>/Resources<</Font<</G {number + 2} 0 R>>>>>>"
        ).encode()
        more[number + 1] = stream(b"1 0 d0 BT /G 1 Tf (%s) Tj ET" % (b"a" * times))
    more |= font(FREE + 2 * depth)
    return _in_font(more, "(aaa)")
