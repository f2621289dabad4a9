"""
How fast plans are read, beside what it is measured against, in one run.

Figures of two runs, or of two machines, cannot be compared; so everything here is run side by
side: each round runs every subject once, in turn, and the medians over the rounds are compared.

    python benchmarks/speed.py [PART...] [--pdf FILE...] [--rounds N] [--json FILE] [--gate]

``text`` and ``word``: reading, in this process, on one core, over ``corpus/*.txt``:

- ``parse``: file to Plan;
- ``peer: lines``: the least that any reader does: the file read, decoded, NFC, cut into lines;
- ``peer: dumps``: ``json.dumps`` of the Plans that came out, which is what printing them costs;

and over ``corpus/*.docx``:

- ``word``: file to Plan;
- ``peer: python-docx``: the same file's text by bare python-docx, paragraphs and cells in order.

``html``: the plans of ``corpus/*.docx`` in pages of sites of every shape:

- ``html``: page to Plan;
- ``peer: lxml``: the page parsed by bare lxml and its text taken, menus and all;

A table of 2,000 rows beside one of 500, each of five columns, read and parsed: four times the rows
may take four times the time, and a little.

``legacy``: made-up plans in old encodings, told by their letters and turned into Unicode, beside
``str.translate`` and ``iconv`` (``speed_legacy.py``).

``citations``: found and resolved in passages of plans, beside eyecite on English and refex on
German text as large, each in a process and an environment of its own; and the audit of a plan.

``pdf``: over ``corpus/*.pdf`` or the files given, on one core, each subject in a process of its own
that stays for the whole run:

- reading alone, and file to Plan;
- ``pypdfium2``, ``pdfplumber`` and what else ``make peers`` has installed: bare text;

then files of 125, 250 and 500 pages made of the same pages, to JSON, their time a page and their
peak of memory; then a folder by ``tdkt parse`` with one job and with two, beside two processes of
plain Python, which tell whether two cores are free at all.

``start``: each in a process of its own: ``python -c pass``, ``tdkt --help``, ``tdkt parse`` of one
text. What counts is the time over ``python -c pass`` of the same round. Python may keep compiled
modules here, whatever the environment says, as it does where a package is installed.

``register``: 500,000 made-up instruments imported from a CSV, in a process of its own; then looked
up by number, by title, by a title with a letter misread, by one that is not there, by words.

``office``: the plans of the corpus as ``.doc`` files, read with a LibreOffice that is kept open,
its start among it, and with one started anew for each; beside LibreOffice's own command and the
DOCX. Of the rounds that are asked for it takes a fifth.
"""

import argparse
import copy
import gc
import io
import json
import os
import platform
import subprocess
import sys
import sysconfig
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, Literal, NamedTuple

import legacy
import speed_citations
import speed_legacy
import speed_office
import speed_pdf
import speed_register
from rounds import Report, Subject, one_core, side_by_side, times_over, together
from tdkt_parse import parse

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
sys.path.insert(0, str(CORPUS))  # The generator is a program of its own.

PARTS = ("text", "word", "html", "legacy", "citations", "pdf", "start", "register", "office")


class Limit(NamedTuple):
    """What a figure may be at most, or has to be at least."""

    figure: str
    word: Literal["least", "most"]
    value: float

    def is_kept(self, figure: float) -> bool:
        return figure >= self.value if self.word == "least" else figure <= self.value


LIMITS = {
    "text": (Limit("plans per second", "least", 200.0),),
    "word": (
        Limit("word, documents/s over python-docx's", "least", 0.8),
        Limit("word, 2000 rows / 500 rows", "most", 5.0),
    ),
    "html": (Limit("html, page to Document / lxml text", "most", 80.0),),
    "legacy": (
        Limit("find, slowest encoding, over translate's", "least", 1.1),
        Limit("decode, slowest encoding, over translate's", "least", 1.5),
        Limit("convert, slowest encoding, over translate's", "least", 0.6),
    ),
    "citations": (
        Limit("citations, MB/s", "least", 4.0),
        Limit("citations, MB/s over eyecite's", "least", 1.0),
        Limit("citations, MB/s over refex's", "least", 1.0),
        Limit("citations of real documents, MB/s", "least", 4.0),
        Limit("citations of real documents, MB/s over eyecite's", "least", 1.0),
        Limit("citations of real documents, MB/s over refex's", "least", 1.0),
        Limit("audit, ms a plan", "most", 2.0),
    ),
    "pdf": (
        Limit("PDF words, boxes, fonts, ruled tables / pypdfium2 text", "most", 3.0),
        Limit("PDF to Plan, pages/s over pdfplumber's", "least", 10.0),
        Limit("PDF of 500 pages, peak MB", "most", 150.0),
        Limit("PDF of 500 pages, fonts shared, peak MB", "most", 150.0),
        Limit("a page of 500 / a page of 125", "most", 1.2),
        Limit("tdkt parse, --jobs 2 over --jobs 1", "least", 1.8),
    ),
    "start": (
        Limit("tdkt --help, ms over python", "most", 120.0),
        Limit("tdkt parse, ms over python", "most", 250.0),
    ),
    "register": (
        Limit("register, import, CPU s", "most", 60.0),
        Limit("register, import, peak MB", "most", 300.0),
        Limit("register, number, median ms", "most", 1.0),
        Limit("register, title, median ms", "most", 50.0),
        Limit("register, misread title, median ms", "most", 50.0),
    ),
    "office": (
        Limit("doc, kept open, files/s", "least", 1.0),
        Limit("doc, kept open over started anew", "least", 2.0),
    ),
}
"""What ``--gate`` holds, part by part, for plans of the corpus's size (8 kB of text, 4 pages)."""


def reading(documents: Sequence[Path], rounds: int) -> dict[str, float]:
    """Milliseconds a plan for each subject, and plans per second."""
    plans = [parse(path).to_dict() for path in documents]

    def lines() -> None:
        for path in documents:
            unicodedata.normalize("NFC", path.read_bytes().decode()).splitlines()

    times = side_by_side(
        {
            "parse": lambda: [parse(path) for path in documents],
            "peer: lines": lines,
            "peer: dumps": lambda: [json.dumps(plan, ensure_ascii=False) for plan in plans],
        },
        rounds,
    )
    figures = {name: 1000 * median(taken) / len(documents) for name, taken in times.items()}
    return {
        **{f"{name}, ms a plan": figure for name, figure in figures.items()},
        "parse / peer: lines": figures["parse"] / figures["peer: lines"],
        "parse / peer: dumps": figures["parse"] / figures["peer: dumps"],
        "plans per second": 1000 / figures["parse"],
    }


def reading_word(documents: Sequence[Path], rounds: int) -> dict[str, float]:
    """Milliseconds a Word file, beside bare python-docx, and how time grows with a table."""
    import docx

    def bare() -> None:
        for path in documents:
            texts: list[str] = []
            for block in docx.Document(str(path)).iter_inner_content():
                if isinstance(block, docx.table.Table):
                    texts += [cell.text for row in block.rows for cell in row.cells]
                else:
                    texts.append(block.text)

    small, large = table_of(500), table_of(2000)
    times = side_by_side(
        {
            "word": lambda: [parse(path) for path in documents],
            "peer: python-docx": bare,
        },
        rounds,
    )
    tables = side_by_side({"small": lambda: parse(small), "large": lambda: parse(large)}, 3)
    figures = {name: 1000 * median(taken) / len(documents) for name, taken in times.items()}
    return {
        **{f"{name}, ms a file": figure for name, figure in figures.items()},
        "word, documents/s over python-docx's": times_over(
            times["peer: python-docx"], times["word"]
        ),
        "word, 2000 rows / 500 rows": times_over(tables["large"], tables["small"]),
    }


def reading_pages(documents: Sequence[Path], rounds: int) -> dict[str, float]:
    """Milliseconds a page, beside its text by bare lxml."""
    import lxml.html

    from generator.writers.site import PAGES
    from tdkt_parse.readers import read
    from tdkt_parse.render import render_html

    pages: list[bytes] = []
    for path in documents:
        body = render_html(parse(path)).partition("<body>")[2].partition("</body>")[0]
        pages += [site(body, Random(1)).encode() for site in PAGES.values()]  # noqa: S311
    times = side_by_side(
        {
            "html": lambda: [parse(page) for page in pages],
            "html, Document": lambda: [read(page) for page in pages],
            "peer: lxml": lambda: [
                lxml.html.document_fromstring(page).xpath("string()") for page in pages
            ],
        },
        rounds,
    )
    figures = {name: 1000 * median(taken) / len(pages) for name, taken in times.items()}
    return {
        **{f"{name}, ms a page": figure for name, figure in figures.items()},
        "html, page to Document / lxml text": times_over(
            times["html, Document"], times["peer: lxml"]
        ),
        "html, page to Plan / lxml text": times_over(times["html"], times["peer: lxml"]),
        "html, pages a second": 1000 / figures["html"],
    }


def table_of(rows: int) -> bytes:
    """A Word file with a plan whose table of tasks has so many rows."""
    import docx

    document = docx.Document()
    for line in ("KẾ HOẠCH", "Công tác thi đua năm 2026", "I. NỘI DUNG"):
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=5)
    row = table.add_row()._tr  # noqa: SLF001 - cells by their objects take quadratic time
    texts = ("TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian")
    for cell, text in zip(row.tc_lst, texts, strict=True):
        cell.p_lst[0].add_r().text = text
    for number in range(1, rows + 1):
        texts = (
            str(number),
            f"Tổ chức phong trào thi đua {number}",
            "Phòng Nội vụ",
            "Công an",
            "Quý I",
        )
        copied = copy.deepcopy(row)
        for cell, text in zip(copied.tc_lst, texts, strict=True):
            cell.p_lst[0].r_lst[0].text = text
        row.getparent().append(copied)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def starting(document: Path, rounds: int) -> dict[str, float]:
    """Milliseconds of each program from start to end, and over ``python -c pass``."""
    program = Path(sysconfig.get_path("scripts")) / "tdkt"
    environment = {**os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def run(*command: str | Path) -> Subject:
        return lambda: subprocess.run(command, check=True, capture_output=True, env=environment)

    bare = "python -c pass"
    times = side_by_side(
        {
            bare: run(sys.executable, "-c", "pass"),
            "tdkt --help": run(program, "--help"),
            "tdkt parse": run(program, "parse", document),
        },
        rounds,
    )
    figures = {f"{name}, ms": 1000 * median(taken) for name, taken in times.items()}
    for name in ("tdkt --help", "tdkt parse"):
        over = [one - base for one, base in zip(times[name], times[bare], strict=True)]
        figures[f"{name}, ms over python"] = 1000 * median(over)
    return figures


def failures(report: Report, parts: Sequence[str]) -> list[str]:
    """
    What is slower than it may be, or was not measured for no reason of the machine's.

    >>> figures = {"tdkt --help, ms over python": 99.0, "tdkt parse, ms over python": 251.0}
    >>> failures(Report(figures), ["start", "text"])
    ['tdkt parse, ms over python: 251.0, at most 250.0', 'plans per second: not measured']
    """
    failed = []
    for limit in (limit for part in parts for limit in LIMITS[part]):
        figure = report.figures.get(limit.figure)
        if figure is None:
            failed += [] if limit.figure in report.excused else [f"{limit.figure}: not measured"]
        elif not limit.is_kept(figure):
            failed.append(f"{limit.figure}: {figure:.1f}, at {limit.word} {limit.value}")
    return failed


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
    }


def measure(part: str, pdf_files: Sequence[Path], rounds: int) -> Report:
    """The figures of one part."""
    documents, word_files = sorted(CORPUS.glob("*.txt")), sorted(CORPUS.glob("*.docx"))
    match part:
        case "text":
            with one_core():
                return Report(reading(documents, rounds))
        case "word":
            with one_core():
                return Report(reading_word(word_files, rounds))
        case "html":
            with one_core():
                return Report(reading_pages(word_files, rounds))
        case "legacy":
            return speed_legacy.measure(legacy.typable(legacy.plans(60)), rounds)
        case "citations":
            return speed_citations.measure(documents, rounds)
        case "register":
            return speed_register.measure()
        case "office":
            return speed_office.measure(word_files, max(rounds // 5, 1))
        case "pdf":
            return speed_pdf.measure(pdf_files, rounds)
        case _:
            return Report(starting(documents[0], rounds))


def main(arguments: Sequence[str] | None = None) -> int:
    summary = (__doc__ or "").strip().partition("\n")[0]
    parser = argparse.ArgumentParser(description=summary)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)} (all)")
    parser.add_argument("--rounds", type=int, default=15, metavar="N", help="rounds (15)")
    parser.add_argument(
        "--pdf", nargs="+", type=Path, metavar="FILE", help="PDF files (those of corpus/)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    parser.add_argument("--gate", action="store_true", help="exit 1 when a figure is too slow")
    options = parser.parse_args(arguments)
    parts = options.parts or PARTS
    pdf_files = options.pdf or sorted(CORPUS.glob("*.pdf"))
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if options.rounds < 1 or ("pdf" in parts and not pdf_files):
        parser.error(f"nothing to measure: {len(pdf_files)} PDF files, {options.rounds} rounds")
    # What is imported is no subject's garbage; the command does the same before it reads.
    gc.freeze()
    reports = []
    for part in parts:
        measured = measure(part, pdf_files, options.rounds)
        for line in measured.lines:
            print(line)
        for name, figure in measured.figures.items():
            print(f"{name:48}{figure:10.2f}", flush=True)
        reports.append(measured)
    report = together(reports)
    if options.json:
        record = {
            "machine": machine(),
            "rounds": options.rounds,
            "figures": report.figures,
            "lines": report.lines,
        }
        text = json.dumps(record, indent=2, ensure_ascii=False)
        options.json.write_text(text + "\n", encoding="utf-8")
    slow = failures(report, parts)
    for line in slow:
        print(f"too slow: {line}")
    return 1 if options.gate and slow else 0


if __name__ == "__main__":
    sys.exit(main())
