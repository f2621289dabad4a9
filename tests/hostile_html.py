"""
Pages made to do harm, or broken as sites, mails and disks break them, each with how it must end.

What a case ends with is a class of the error tree, or words that stand in its Plan; ``None`` where
the machine's speed decides which.
"""

import base64
import quopri
from collections.abc import Callable
from typing import NamedTuple

from tdkt_parse.exceptions import TdktError, TooLarge, Unreadable, WrongEncoding

NUMBER = "12/KH-UBND"
LAST = "Hội đồng Thi đua - Khen thưởng theo dõi."
HEAD = "".join(
    f"<p>{line}</p>"
    for line in (
        "ỦY BAN NHÂN DÂN XÃ TÂN LẬP",
        f"Số: {NUMBER}",
        "Tân Lập, ngày 05 tháng 01 năm 2024",
        "KẾ HOẠCH",
        "Công tác thi đua, khen thưởng năm 2024",
        "I. NỘI DUNG",
        "1. Phát động phong trào thi đua trong toàn xã.",
    )
)
LISTENER = "http://127.0.0.1:{port}"
"""Where the test listens; what the pages name is this address."""


class Case(NamedTuple):
    """A page: what is wrong with it, how it is made, and how its reading ends."""

    label: str
    make: Callable[[], bytes]
    ends: type[TdktError] | str | None
    """``None``: as it may."""


def page(body: str = "", head: str = "", start: str = "<!DOCTYPE html>") -> bytes:
    """A page: the plan with something in the middle of it."""
    return (
        f"{start}<html><head><meta charset=utf-8>{head}</head><body>{HEAD}{body}<p>2. {LAST}</p>"
        "</body></html>"
    ).encode()


def archive(parts: bytes, boundary: str = "x") -> bytes:
    return (
        f'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="{boundary}"'
        "\r\n\r\n"
    ).encode() + parts


def part(data: bytes, header: str, boundary: str = "x") -> bytes:
    return f"--{boundary}\r\n{header}\r\n\r\n".encode() + data + b"\r\n"


HTML_PART = "Content-Type: text/html; charset=utf-8"


def nested_parts(depth: int) -> bytes:
    inner = part(page(), HTML_PART, f"b{depth}") + f"--b{depth}--".encode()
    for level in range(depth - 1, -1, -1):
        kind = f"Content-Type: multipart/related; boundary=b{level + 1}"
        inner = part(inner, kind, f"b{level}") + f"--b{level}--".encode()
    return archive(inner, "b0")


def many_parts(count: int) -> bytes:
    text = part(b"a", "Content-Type: text/plain") * count
    return archive(text + part(page(), HTML_PART) + b"--x--")


def outside() -> bytes:
    to = "http://127.0.0.1:{port}"
    return page(
        f'<img src="{to}/a.png"><iframe src="{to}/b"></iframe><object data="{to}/c"></object>'
        f'<embed src="{to}/d"><script src="{to}/e"></script><video src="{to}/f"></video>'
        f'<xi:include href="{to}/g" xmlns:xi="http://www.w3.org/2001/XInclude"/>'
        f'<frameset><frame src="{to}/h"></frameset><body background="{to}/i">',
        f'<base href="{to}/"><meta http-equiv=refresh content="0; url={to}/j">'
        f'<link rel=stylesheet href="{to}/k"><style>@import url({to}/l);</style>',
        f'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD" "{to}/m.dtd" '
        f'[<!ENTITY e SYSTEM "{to}/n">]>',
    )


LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))

CASES = (
    Case("nested a million deep", lambda: page("<div>" * 1_000_000 + "x"), TooLarge),
    Case("nested deep, inline", lambda: page("<span><b>" * 300_000 + "x"), TooLarge),
    Case("nested 1,500 deep", lambda: page("<div>" * 1500 + "x" + "</div>" * 1500), NUMBER),
    Case("lists in lists", lambda: page("<ul><li>a" * 900), NUMBER),
    Case("tables in tables", lambda: page("<table><tr><td>a<td>b" * 400), NUMBER),
    Case("quotes in quotes", lambda: page("<blockquote>" * 90_000), TooLarge),
    Case(
        "ten million attributes",
        lambda: page("<p " + " ".join(["a"] * 9_000_000) + ">x</p>"),
        NUMBER,
    ),
    Case(
        "a million attributes of different names",
        lambda: page("<p " + " ".join(f"a{n}=1" for n in range(1_000_000)) + ">x</p>"),
        NUMBER,
    ),
    Case(
        "attributes with the ends of tags in them",
        lambda: page("<p " + " ".join(f"a{n}='>'" for n in range(300_000)) + ">x</p>"),
        NUMBER,
    ),
    Case(
        "many tags with many attributes",
        lambda: page(("<p " + " ".join(f"a{n}" for n in range(300)) + ">x</p>") * 8000),
        NUMBER,
    ),
    Case("quotes that never end", lambda: page('<p title="a' * 100_000), NUMBER),
    Case(
        "an attribute of ten megabytes",
        lambda: page(f'<p class="{"a" * 10_000_000}">x</p>'),
        NUMBER,
    ),
    Case(
        "spans of 300 million",
        lambda: page(
            '<table><tr><td colspan="300000000" rowspan="300000000">a</td><td>b</td></tr></table>'
        ),
        NUMBER,
    ),
    Case(
        "spans of every cell",
        lambda: page("<table>" + "<tr>" + "<td rowspan=65535 colspan=1000>a" * 5000 + "</table>"),
        NUMBER,
    ),
    Case(
        "a list that begins far off",
        lambda: page("<ol start=99999999999999><li>a<li value=-9e9>b</ol>"),
        NUMBER,
    ),
    Case(
        "a thousand million laughs",
        lambda: page(
            "<p>&l9;</p>", start=f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "ha">{LAUGHS}]>'
        ),
        NUMBER,
    ),
    Case(
        "nothing is closed", lambda: page("<p><b><i><table><tr><td><font><a><ul><li>x" * 30), NUMBER
    ),
    Case("closed what was not open", lambda: page("</div></p></td></table></b>" * 50_000), NUMBER),
    Case("broken off in a tag", lambda: page()[:-30], NUMBER),
    Case("what loads from outside", outside, NUMBER),
    Case("NUL bytes", lambda: page("<p>a\x00b\x00</p>" * 100), NUMBER),
    Case(
        "broken UTF-8, a little",
        lambda: page("<p>abc</p>" * 300).replace(b"abc", b"a\xffc", 2),
        NUMBER,
    ),
    Case("broken UTF-8, all of it", lambda: page().decode().encode("utf-16-le")[1:] * 3, TdktError),
    Case(
        "bytes of no table",
        lambda: b"<!DOCTYPE html><p>" + bytes(range(128, 256)) * 500,
        WrongEncoding,
    ),
    Case(
        "UTF-16 with lone halves",
        lambda: (
            b"\xff\xfe"
            + page().decode().replace("utf-8", "utf-16").encode("utf-16-le")
            + b"\x00\xd8" * 5000
        ),
        WrongEncoding,
    ),
    Case("UTF-16", lambda: b"\xff\xfe" + page().decode().encode("utf-16-le"), NUMBER),
    Case("UTF-16 without a mark", lambda: page().decode().encode("utf-16-le"), NUMBER),
    Case("an encoding that unpacks", lambda: page().replace(b"utf-8", b"zlib_codec"), NUMBER),
    Case("UTF-7", lambda: page().replace(b"utf-8", b"utf-7"), NUMBER),
    Case(
        "numbers of no letters",
        lambda: page("<p>&#xD800;&#x110000;&#0;&#99999999999;&nope;</p>"),
        NUMBER,
    ),
    Case(
        "scripts",
        lambda: page("<script>while(1);document.write('<p>Căn cứ')</script>" * 1000),
        NUMBER,
    ),
    Case("a script that never ends", lambda: page() + b"<script>" + b"<p>a" * 100_000, NUMBER),
    Case("a comment that never ends", lambda: page() + b"<!--" + b"<p>a" * 100_000, NUMBER),
    Case(
        "style sheets without end",
        lambda: page(head="<style>" + ".a{b" * 200_000 + "</style>"),
        NUMBER,
    ),
    Case(
        "a rule for every name",
        lambda: page(
            head="<style>" + "".join(f".c{n}{{display:none}}" for n in range(40_000)) + "</style>"
        ),
        NUMBER,
    ),
    Case("a hundred megabytes of text", lambda: page("<p>thi đua</p>" * 7_000_000), TooLarge),
    Case(
        "thirty megabytes of text", lambda: page("<p>" + "thi đua " * 3_300_000 + "</p>"), TooLarge
    ),
    Case("two million lines", lambda: page("a<br>" * 2_000_000), TooLarge),
    Case("one line of nine megabytes", lambda: page("<p>" + "ab " * 3_000_000 + "</p>"), None),
    Case(
        "a picture in the page",
        lambda: page(f'<img src="data:image/png;base64,{"A" * 20_000_000}">'),
        NUMBER,
    ),
    Case(
        "headings of lists without end",
        lambda: page("<div><h3>Tin liên quan</h3><p>a</p></div>" * 20_000),
        NUMBER,
    ),
    Case("a thousand parts within parts", lambda: nested_parts(1000), TooLarge),
    Case("a hundred thousand parts", lambda: many_parts(100_000), TdktError),
    Case("three parts within parts", lambda: nested_parts(3), NUMBER),
    Case(
        "parts that are one another's",
        lambda: archive(part(b"--x\r\n--x--", "Content-Type: multipart/related; boundary=x") * 500),
        Unreadable,
    ),
    Case("a header without end", lambda: archive(part(page(), "X: " + "a" * 1_000_000)), TooLarge),
    Case(
        "a thousand pages", lambda: archive(part(b"<p>a</p><p>b</p>", HTML_PART) * 1000), Unreadable
    ),
    Case(
        "base64 that is none",
        lambda: archive(part(b"!!!!A", f"{HTML_PART}\r\nContent-Transfer-Encoding: base64")),
        Unreadable,
    ),
    Case(
        "base64",
        lambda: archive(
            part(base64.encodebytes(page()), f"{HTML_PART}\r\nContent-Transfer-Encoding: base64")
        ),
        NUMBER,
    ),
    Case(
        "quoted-printable",
        lambda: archive(
            part(
                quopri.encodestring(page()),
                f"{HTML_PART}\r\nContent-Transfer-Encoding: quoted-printable",
            )
            + b"--x--"
        ),
        NUMBER,
    ),
    Case(
        "an encoding of a part that unpacks",
        lambda: archive(
            part(
                page().replace(b"<meta charset=utf-8>", b""), "Content-Type: text/html; charset=bz2"
            )
        ),
        NUMBER,
    ),
    Case("an archive of nothing", lambda: archive(b""), Unreadable),
    Case(
        "an archive without a boundary",
        lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n" + page(),
        Unreadable,
    ),
    Case("a page of nothing", lambda: b"<!DOCTYPE html><html></html>", Unreadable),
    Case("tags alone", lambda: b"<div>" + b"<p></p><hr>" * 5000, Unreadable),
    Case(
        "notes that lead to one another",
        lambda: page(
            "".join(f'<a href="#n{(n + 1) % 5000}" name="n{n}">[1]</a> x ' for n in range(5000))
        ),
        NUMBER,
    ),
)
