"""
One program that reads plans, in a process of its own, run by the interpreter it is installed for.

    python accuracy_subject.py NAME

It first says its version in a line of JSON. Then each line of input is an object with the ``path``
of a document and, where the subject reads no files, its ``text``; the answer is a line with what
the subject could tell, and what it cannot do it says as ``error``:

| Key | What it is |
|---|---|
| ``numbers`` | numbers of documents that it found, each ``[serial, year, symbol]`` |
| ``number``, ``date`` | the document's own, ``[serial, year, symbol]`` and ``[year, month, day]`` |
| ``organisations``, ``names`` | what it calls an organisation; whatever it names, by any kind |
| ``text`` | the words of the document |
| ``rows`` | the rows of its tables, each a list of cells |

A key that is missing is something the subject does not do. This runs in environments where the
project is not installed, so nothing here stands on anything but the standard library.
"""

import html
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module, metadata
from pathlib import Path
from platform import python_version
from typing import Any, TextIO

Json = dict[str, Any]
Read = Callable[[str, str], Json]
"""The path of a document and its text to what can be told of it."""

# The naive regular expression: what one writes in ten lines before knowing such documents.
SYMBOL = r"[A-ZĐ][\wĐ&]*(?:-[A-ZĐ][\wĐ&]*)+"
NUMBER = re.compile(
    rf"(?P<serial>\d+)/(?:(?P<year>\d{{4}})/)?(?P<symbol>{SYMBOL})"
    r"|(?P<law>\d+)/(?P<of>\d{4})/(?P<house>QH\d+|UBTVQH\d+)"
    r"|(?P<party>\d+)-(?P<organ>[A-ZĐ]\w*/[A-ZĐ]\w*)"
)
OWN = re.compile(rf"^\W*Số\s*:?\s*(\d*)\s*/\s*({SYMBOL})", re.MULTILINE)
DATE = re.compile(r"ngày\s*(\d*)\s*tháng\s*(\d*)\s*năm\s*(\d{4})")


def number_in(found: re.Match[str]) -> list[Any]:
    """
    A number as serial, year and symbol.

    >>> [number_in(one) for one in NUMBER.finditer("98/2023/NĐ-CP, 06/2022/QH15 và 34-CT/TW")]
    [['98', 2023, 'NĐ-CP'], ['06', 2022, 'QH15'], ['34', None, 'CT/TW']]
    """
    serial = found["serial"] or found["law"] or found["party"]
    year = found["year"] or found["of"]
    symbol = found["symbol"] or found["house"] or found["organ"]
    return [serial, int(year) if year else None, symbol]


def pattern() -> Read:
    """The naive regular expression over the text."""

    def read(_path: str, text: str) -> Json:
        own, day = OWN.search(text), DATE.search(text)
        rest = text[: own.start()] + text[own.end() :] if own else text
        return {
            "numbers": [number_in(found) for found in NUMBER.finditer(rest)],
            "number": [own[1], None, own[2]] if own and own[1] else None,
            "date": [int(part) if part else None for part in day.groups()[::-1]] if day else None,
        }

    return read


SYMBOLS = ["NĐ-CP", "QĐ-TTg", "CT-TTg", "TT-BNV", "TT-BGDĐT", "QĐ-UBND", "KH-UBND", "NQ-HĐND"]
"""What stands for the abbreviation of a law in Vietnamese, as far as refex can be told of it."""


def refex() -> Read:
    """
    ``legal-reference-extraction`` with the engines it starts with, and our abbreviations added.

    A reference in which no number of a document stands counts as found all the same.
    """
    extractor = import_module("refex.orchestrator").CitationExtractor()
    laws = extractor.engines[0]
    laws.law_book_codes = [*laws.law_book_codes, *SYMBOLS]

    def number(words: str) -> list[Any]:
        found = NUMBER.search(words)
        return number_in(found) if found else [None, None, words]

    def read(_path: str, text: str) -> Json:
        found = extractor.extract(text, fmt="plain").citations
        return {"numbers": [number(one.span.text) for one in found]}

    return read


def entities(tagged: list[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """
    The kind and words of each entity, from words whose last tag is B-, I- and the kind, or O.

    >>> list(entities([("Bộ", "B-ORG"), ("Nội vụ", "I-ORG"), (",", "O"), ("Huế", "B-LOC")]))
    [('ORG', 'Bộ Nội vụ'), ('LOC', 'Huế')]
    """
    kind, words = "", list[str]()
    for word, *_, tag in [*tagged, ("", "O")]:
        if words and tag != f"I-{kind}":
            yield kind, " ".join(words)
            words = []
        if tag != "O":
            kind = tag[2:]
            words.append(word)


def underthesea() -> Read:
    """The named entities of each line, by the model that the package ships."""
    ner = import_module("underthesea").ner
    ner("Hà Nội")  # Loads the model.

    def read(_path: str, text: str) -> Json:
        lines = [line for line in text.splitlines() if line.strip()]
        found = [entity for line in lines for entity in entities(ner(line))]
        return {
            "organisations": [words for kind, words in found if kind == "ORG"],
            "names": [words for _, words in found],
        }

    return read


ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
RULE_OF_TABLE = re.compile(r"\|[\s|:-]+\|")


def unmarked(markdown: str) -> str:
    r"""
    The words of Markdown, without what guards or marks them.

    >>> unmarked(r"**Số\_1** &amp; 2")
    'Số_1 & 2'
    """
    return html.unescape(ESCAPED.sub(r"\1", re.sub(r"\*{2,}|(?m:^#+ )", "", markdown)))


def rows_of(markdown: str) -> list[list[str]]:
    r"""
    The rows of all tables written with bars.

    >>> rows_of("Bảng\n\n| TT | Nội dung |\n|---|---|\n| 1 | Sơ kết \\| tổng kết |\n")
    [['TT', 'Nội dung'], ['1', 'Sơ kết | tổng kết']]
    """
    lines = [line.strip() for line in markdown.splitlines()]
    return [
        [unmarked(cell).strip() for cell in re.split(r"(?<!\\)\|", line[1:-1])]
        for line in lines
        if len(line) > 1 and line[0] == line[-1] == "|" and not RULE_OF_TABLE.fullmatch(line)
    ]


def markitdown() -> Read:
    convert = import_module("markitdown").MarkItDown(enable_plugins=False).convert

    def read(path: str, _text: str) -> Json:
        markdown = convert(path).text_content
        return {"text": unmarked(markdown), "rows": rows_of(markdown)}

    return read


def docling() -> Read:
    """Its Markdown for the words, and its own tables, which repeat merged cells in each row."""
    convert = import_module("docling.document_converter").DocumentConverter().convert

    def read(path: str, _text: str) -> Json:
        try:
            document = convert(path).document
        except OSError as error:
            raise RuntimeError("its models could not be fetched from the network") from error
        grids = [table.data.grid for table in document.tables]
        return {
            "text": unmarked(document.export_to_markdown()),
            "rows": [[cell.text for cell in row] for grid in grids for row in grid],
        }

    return read


def tables_in(part: Any) -> Iterator[list[str]]:
    """The rows of every table in a Plan, its sections and its appendices."""
    if isinstance(part, dict):
        for table in part.get("tables", ()):
            yield from table["rows"]
        for value in part.values():
            yield from tables_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from tables_in(value)


def own_and_cited(plan: Json) -> Json:
    """The numbers and the date of a Plan."""

    def parts(number: Json) -> list[Any]:
        return [number["serial"], number["year"], number["symbol"]]

    number, date = plan["number"], plan["date"]
    return {
        "numbers": [parts(one["number"]) for one in plan["citations"] if one["number"]],
        "number": parts(number) if number and number["serial"] else None,
        "date": [date["year"], date["month"], date["day"]] if date else None,
    }


def tdkt_read() -> Read:
    """What the readers give: the words as read, and the tables as read."""
    read_document = import_module("tdkt_parse.readers").read
    plan_of = import_module("tdkt_parse").parse

    def read(path: str, _text: str) -> Json:
        plan = json.loads(plan_of(Path(path)).to_json())
        return {"text": read_document(Path(path)).text, "rows": list(tables_in(plan))}

    return read


def tdkt_plan() -> Read:
    """What the Plan says, each task being a row."""
    plan_of = import_module("tdkt_parse").parse
    lists = ("legal_bases", "purpose", "requirements", "implementation", "recipients")

    def row(task: Json) -> list[str]:
        timing = [task["timing"]["text"]] if task["timing"] else []
        return [task["content"], *task["lead"], *timing]

    def read(path: str, _text: str) -> Json:
        plan = json.loads(plan_of(Path(path)).to_json())
        tasks = plan["tasks"]
        title = [plan["title"]["text"]] if plan["title"] else []
        texts = [one["text"] for name in lists for one in plan[name]]
        units = [plan["issuer"]["name"]] if plan["issuer"] else []
        units += [unit for task in tasks for unit in task["lead"] + task["support"]]
        units += [unit for item in plan["implementation"] for unit in item["actors"]]
        return own_and_cited(plan) | {
            "organisations": units,
            "names": units,
            "text": "\n".join([*title, *texts, *(task["content"] for task in tasks)]),
            "rows": [row(task) for task in tasks],
        }

    return read


SUBJECTS: dict[str, tuple[Callable[[], Read], str]] = {
    "tdkt read": (tdkt_read, "tdkt-parse"),
    "tdkt plan": (tdkt_plan, "tdkt-parse"),
    "regex": (pattern, ""),
    "refex": (refex, "legal-reference-extraction"),
    "underthesea": (underthesea, "underthesea"),
    "docling": (docling, "docling"),
    "markitdown": (markitdown, "markitdown"),
}
"""By name: what prepares it, and the distribution that has its version."""


def serve(name: str, output: TextIO) -> None:
    """Answer each line of input, until it ends; a document that fails is no end."""

    def say(message: Json) -> None:
        output.write(json.dumps(message) + "\n")
        output.flush()

    prepare, distribution = SUBJECTS[name]
    try:
        read = prepare()
        version = metadata.version(distribution) if distribution else f"Python {python_version()}"
    except Exception as error:  # noqa: BLE001 - whatever it is, the table says it
        say({"error": in_words(error)})
        return
    say({"version": version})
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = read(asked["path"], asked["text"])
        except Exception as error:  # noqa: BLE001
            answer = {"error": in_words(error)}
        say(answer)


def in_words(error: Exception) -> str:
    r"""
    An error in one line, and not a long one.

    >>> in_words(ValueError("no such thing\nat all")), in_words(ValueError())
    ('ValueError: no such thing at all', 'ValueError')
    """
    said = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


if __name__ == "__main__":
    # Some print as they read: what is said here is said where nothing else is.
    said = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(sys.argv[1], said)
