"""
One reader of web pages in a process of its own, run by the interpreter that it is installed for.

    python web_pages_subject.py NAME

Each line of its input is the path of a page; it answers with the text as JSON, ``null`` for a page
of which it gives none.
"""

import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

Extract = Callable[[bytes], str | None]


def tdkt() -> Extract:
    read = import_module("tdkt_parse.readers").read
    error = import_module("tdkt_parse.exceptions").DocumentError

    def extract(page: bytes) -> str | None:
        try:
            text: str = read(page).text
        except error:
            return None
        return text

    return extract


def trafilatura(*, recall: bool = False) -> Extract:
    """Without comments, with tables, as its documentation has it for text."""
    extract = import_module("trafilatura").extract
    return lambda page: extract(
        page, include_comments=False, include_tables=True, favor_recall=recall
    )


def lxml() -> Extract:
    """All text of the page, scripts and styles apart."""
    html = import_module("lxml.html")

    def extract(page: bytes) -> str:
        root = html.document_fromstring(page)
        for element in [*root.iter("script", "style", "noscript")]:
            element.drop_tree()
        return "\n".join(map(str, root.itertext()))

    return extract


SUBJECTS: dict[str, Callable[[], Extract]] = {
    "tdkt": tdkt,
    "trafilatura": trafilatura,
    "trafilatura, recall": lambda: trafilatura(recall=True),
    "lxml": lxml,
}


def main(name: str) -> None:
    extract = SUBJECTS[name]()
    for line in sys.stdin:
        page = Path(line.rstrip("\n")).read_bytes()
        sys.stdout.write(json.dumps(extract(page)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
