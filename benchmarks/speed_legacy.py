"""
How fast old encodings are told and read, beside what the language itself does.

MB/s are bytes of the old text (a letter of TCVN3 is one, a letter of VNI one or two); the same in
UTF-8 that came out is given beside it. All on one core, in processor time:

- ``find``: the whole search by the letters, which knows no font;
- ``decode``: the way to Unicode of what is known to be in an encoding;
- ``convert``: both, as a text file without fonts is read, the file's characters kept;
- ``papers``: the same of each plan by itself, some 4 kB, where all of them make one text above;
- ``first``: the same of four plans together, the first text of a new process;
- ``runs``: a paragraph of a Word file after the other, run by run of two fonts, one of them old;
- ``gate``, ``search``: the first question, and the search, on the same text in Unicode;
- ``peer: translate``: ``str.translate`` with a table of as many letters; ``peer: iconv``: what the
  machine's ``iconv -f TCVN5712-1`` takes for the same bytes, its start with it, where it has one.

Words that were met are remembered, and each subject but ``first`` has run once before: none of its
words is new. Of a folder of plans each has some that are, so that it lies between ``first`` and
``papers``.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median
from time import perf_counter, process_time
from typing import get_args

from rounds import Report, Subject, in_turn, one_core
from tdkt_parse.legacy import decode, encode, find_legacy, may_be_legacy
from tdkt_parse.legacy.one_byte import western
from tdkt_parse.legacy.tables import Encoding
from tdkt_parse.readers.old_letters import OldLetters
from tdkt_parse.readers.old_pieces import to_unicode
from tdkt_parse.readers.story import Piece

FONTS: dict[Encoding, str] = {"tcvn3": ".VnTime", "vni": "VNI-Times"}
RUN = 5
"""Words of a run of a Word file."""


TOGETHER = 4
"""Plans that are the first text of a process."""


def measure(texts: Sequence[str], rounds: int) -> Report:
    """Millions of bytes a second, of texts that every encoding can write."""
    text = "\n".join(texts)
    table = {0x100 + k: 0x200 + k for k in range(134)}
    subjects: dict[str, Subject] = {
        "gate": partial(may_be_legacy, text),
        "search": partial(find_legacy, text),
        "peer: translate": partial(text.translate, table),
    }
    sizes = dict.fromkeys(subjects, len(text.encode()))
    sizes["peer: translate"] = len(text)
    written: dict[str, int] = {}
    firsts: dict[str, Callable[[], float]] = {}
    for encoding in get_args(Encoding):
        data = encode(text, encoding)
        said = western(data)
        told: dict[str, Subject] = {
            f"find {encoding}": partial(find_legacy, said),
            f"decode {encoding}": partial(decode, said, encoding),
            f"convert {encoding}": partial(_convert, said),
            f"papers {encoding}": partial(
                _convert_each, [western(encode(paper, encoding)) for paper in texts]
            ),
        }
        if encoding in FONTS:
            told[f"runs {encoding}"] = partial(_by_runs, _paragraphs(said, FONTS[encoding]))
        subjects |= told
        sizes |= dict.fromkeys(told, len(data))
        written |= dict.fromkeys(told, len(decode(said, encoding).encode()))
        first = encode("\n".join(texts[:TOGETHER]), encoding)
        firsts[f"first {encoding}"] = partial(_first, first)
        sizes[f"first {encoding}"] = len(first)
    peer = _iconv(encode(text, "tcvn3"))

    def timed(run: Subject) -> Callable[[], float]:
        def taken() -> float:
            began = process_time()
            run()
            return process_time() - began

        return taken

    timers = {name: timed(subject) for name, subject in subjects.items()} | firsts
    if peer:
        timers["peer: iconv"] = peer
        sizes["peer: iconv"] = len(text)
    with one_core():
        rows = in_turn(timers, rounds)
    taken = {name: median(row[name] for row in rows) for name in timers}
    figures = {f"{name}, MB/s": sizes[name] / taken[name] / 1e6 for name in timers}
    translate = figures["peer: translate, MB/s"]
    for kind in ("find", "decode", "convert", "papers", "first"):
        slowest = min(figures[f"{kind} {encoding}, MB/s"] for encoding in get_args(Encoding))
        figures[f"{kind}, slowest encoding, MB/s"] = slowest
        figures[f"{kind}, slowest encoding, over translate's"] = slowest / translate
    figures |= {
        f"{name}, MB/s of UTF-8": size / taken[name] / 1e6 for name, size in written.items()
    }
    return Report(figures)


def _convert(said: str) -> str:
    return OldLetters().convert(said)


def _convert_each(papers: Sequence[str]) -> None:
    for said in papers:
        _convert(said)


def _first(data: bytes) -> float:
    """How long a text takes in a process of its own, without its start."""
    command = [sys.executable, __file__]
    return float(subprocess.run(command, input=data, capture_output=True, check=True).stdout)


def _paragraphs(said: str, font: str) -> list[list[Piece]]:
    """The lines of a text as runs of a Word file, every third in a font that says nothing."""
    found: list[list[Piece]] = []
    for line in filter(str.strip, said.split("\n")):
        words = line.split(" ")
        runs = [" ".join(words[k : k + RUN]) + " " for k in range(0, len(words), RUN)]
        found.append(
            [
                Piece("text", run if k % 3 else "Unicode ", font=font if k % 3 else "")
                for k, run in enumerate(runs, 1)
            ]
        )
    return found


def _by_runs(paragraphs: Sequence[Sequence[Piece]]) -> None:
    old = OldLetters()
    for pieces in paragraphs:
        to_unicode(pieces, old)


def _iconv(data: bytes) -> Callable[[], float] | None:
    """How long the machine's own program takes, where it knows TCVN3."""
    program = shutil.which("iconv")
    command = [program or "", "-f", "TCVN5712-1", "-t", "UTF-8"]

    def taken() -> float:
        began = perf_counter()
        subprocess.run(command, input=data, capture_output=True, check=True)
        return perf_counter() - began

    try:
        return taken if program and taken() else None
    except subprocess.CalledProcessError:
        return None


def main() -> None:
    """Print how long the text that comes in takes."""
    said = western(sys.stdin.buffer.read())
    began = process_time()
    _convert(said)
    print(process_time() - began)


if __name__ == "__main__":
    main()
