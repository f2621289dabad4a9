"""
Pages that are broken or made to do harm: each a typed error or a Plan, soon and in little memory,
and nothing outside the file is touched.
"""

import socket
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from apart import MEGABYTES, SECONDS, Reader, reader
from growth import assert_grows_with_the_text
from hostile_html import CASES, NUMBER, Case, outside, page

from generator.compose import compose
from generator.writers.html import STYLES, to_html
from generator.writers.site import PAGES
from tdkt_parse.exceptions import TdktError
from tdkt_parse.pipeline import parse
from tdkt_parse.readers import read

MUTANTS = 200

assert len({case.label for case in CASES}) == len(CASES)


@pytest.fixture(scope="module")
def apart() -> Iterator[Reader]:
    with reader() as process:
        yield process


@pytest.mark.parametrize("case", CASES, ids=[case.label for case in CASES])
def test_each_ends_as_it_must(case: Case, apart: Reader, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(case.make())
    ended = apart.read(path)
    assert ended.error or ended.plan is not None, ended.message
    assert ended.seconds < SECONDS
    assert ended.megabytes < MEGABYTES
    assert not ended.touched
    if isinstance(case.ends, str):
        assert ended.plan is not None, ended.message
        assert case.ends in ended.plan
    elif case.ends is not None:
        assert ended.error, "it was read"
        assert case.ends.__name__ in ended.error, ended.message
        assert ". " in ended.message, "it does not say what to do"


@pytest.mark.parametrize("seed", range(0, MUTANTS, 20))
def test_damage_never_ends_in_an_error_that_is_none_of_ours(seed: int) -> None:
    kinds = []
    for number in range(seed, seed + 20):
        dice = Random(number)
        made = compose("dev", number % 7).paper
        site = dice.choice(sorted(PAGES.items()))[1]
        data = damaged(site(to_html(made, dice.choice(STYLES)), dice).encode(), dice)
        try:
            kinds.append(parse(data).source.reader)
        except TdktError as error:
            kinds.append(type(error).__name__)
    assert kinds.count("html") > len(kinds) // 3, kinds


def damaged(data: bytes, dice: Random) -> bytes:
    """Bytes spoilt, cut out, doubled, put elsewhere, or the file broken off."""
    spoilt = bytearray(data)
    for _ in range(dice.randint(1, 40)):
        at = dice.randrange(len(spoilt))
        end = min(at + dice.choice((1, 5, 300)), len(spoilt))
        match dice.randrange(5):
            case 0:
                spoilt[at] = dice.choice(b"<>&\"'=/ \x00\xff")
            case 1:
                del spoilt[at:end]
            case 2:
                spoilt[at:at] = spoilt[at:end]
            case 3:
                to = dice.randrange(len(spoilt))
                spoilt[to:to] = spoilt[at:end]
            case _:
                spoilt[at:at] = dice.choice(
                    (b"<table>", b"</div>", b"<tr><td>", b"</table>", b"<p>")
                )
    return bytes(spoilt[: dice.randrange(len(spoilt))] if dice.random() < 0.1 else spoilt)


def test_nothing_is_asked_for() -> None:
    """A listener stands where the page's pictures, frames, scripts and definitions are."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        port = str(server.getsockname()[1])
        parse(outside().replace(b"{port}", port.encode()))
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize(
    "piece",
    [
        "<p>3. Phát động phong trào thi đua.</p>",
        "<div>a<div>",
        "a<br>",
        "<table><tr><td>việc<td>a</table>",
        "<ul><li>a<li><a href=x>b</a></ul>",
        '<p class=a style="font-weight:bold">a<a href="#_ftn1" name="_ftnref1">[1]</a></p>',
        "<div class=related><h3>Tin khác</h3><p>a</p></div>",
    ],
)
def test_time_grows_with_what_stands_in_the_page(piece: str) -> None:
    def asked(text: str) -> object:
        closed = "</div>" if piece.endswith("<div>") else ""
        return read(page(text.replace("<div>a<div>", "<div>a</div>") + closed))

    assert_grows_with_the_text(asked, piece, 40_000)


def test_what_is_wrong_is_in_a_page_that_is_read() -> None:
    assert NUMBER in parse(page()).to_json()
