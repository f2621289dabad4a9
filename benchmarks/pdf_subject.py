"""
One reader of PDF files in a process of its own, run by the interpreter that it is installed for.

    python pdf_subject.py NAME

``subject.py`` says what it is asked and what it answers; how much came out are characters. What is
measured is imported by the function that measures it.
"""

import subprocess
from importlib import import_module
from pathlib import Path
from typing import Any

from subject import Read, Subjects, main


def tdkt_pages() -> Read:
    """Words with their boxes and fonts, and the cells of ruled tables with theirs."""
    pdfium, glyphs, rulings, lattice, cells = (
        import_module(f"tdkt_parse.readers.pdf.{name}")
        for name in ("pdfium", "glyphs", "rulings", "lattice", "cells")
    )

    def page(pdf: Any, index: int) -> int:
        with pdfium.open_page(pdf, index) as handle:
            shape = pdfium.shape_of(handle)
            with pdfium.open_text(handle) as text:
                words = glyphs.read_words(pdf, text, shape)
            tables = lattice.find_lattices(rulings.read_drawn(handle, shape))
        _, inside = cells.words_by_table(words, range(len(words)), tables)
        for table, mine in zip(tables, inside, strict=True):
            cells.read_table(index + 1, table, words, mine)
        return sum(map(len, words.texts))

    def read(path: str) -> int:
        with pdfium.open_pdf(Path(path).read_bytes()) as pdf:
            return sum(page(pdf, index) for index in range(pdf.pages))

    return read


def tdkt_document() -> Read:
    """All that a reader gives: lines, columns, paragraphs and tables over pages, notes."""
    read = import_module("tdkt_parse.readers").read
    return lambda path: len(read(path).text)


def tdkt_plan() -> Read:
    parse = import_module("tdkt_parse.pipeline").parse
    return lambda path: parse(path).source.pages or 0


def tdkt_json() -> Read:
    parse = import_module("tdkt_parse.pipeline").parse
    return lambda path: len(parse(path).to_json())


def pypdfium2() -> Read:
    pdfium = import_module("pypdfium2")

    def read(path: str) -> int:
        count = 0
        with pdfium.PdfDocument(path) as pdf:
            for page in pdf:
                text = page.get_textpage()
                count += len(text.get_text_range())
                text.close()
                page.close()
        return count

    return read


def pdfplumber() -> Read:
    plumber = import_module("pdfplumber")

    def read(path: str) -> int:
        with plumber.open(path) as pdf:
            return sum(len(page.extract_text()) for page in pdf.pages)

    return read


def pdfminer() -> Read:
    extract_text = import_module("pdfminer.high_level").extract_text
    return lambda path: len(extract_text(path))


def pypdf() -> Read:
    reader = import_module("pypdf").PdfReader
    return lambda path: sum(len(page.extract_text()) for page in reader(path).pages)


def markitdown() -> Read:
    convert = import_module("markitdown").MarkItDown(enable_plugins=False).convert
    return lambda path: len(convert(path).text_content)


def docling() -> Read:
    convert = import_module("docling.document_converter").DocumentConverter().convert

    def read(path: str) -> int:
        try:
            return len(convert(path).document.export_to_markdown())
        except OSError as error:
            raise RuntimeError("its models could not be fetched from the network") from error

    return read


def pdftotext() -> Read:
    """A process a file, since that is how it is used."""
    return lambda path: len(
        subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True).stdout.decode()  # noqa: S607 - whichever is installed
    )


def pdftotext_version() -> str:
    said = subprocess.run(["pdftotext", "-v"], check=True, capture_output=True)  # noqa: S607
    return said.stderr.decode().split("\n")[0].split()[-1]


SUBJECTS: Subjects = {
    "pages": (tdkt_pages, "tdkt-parse"),
    "document": (tdkt_document, "tdkt-parse"),
    "plan": (tdkt_plan, "tdkt-parse"),
    "json": (tdkt_json, "tdkt-parse"),
    "pypdfium2": (pypdfium2, "pypdfium2"),
    "pdfplumber": (pdfplumber, "pdfplumber"),
    "pdfminer.six": (pdfminer, "pdfminer.six"),
    "pypdf": (pypdf, "pypdf"),
    "markitdown": (markitdown, "markitdown"),
    "docling": (docling, "docling"),
    "pdftotext": (pdftotext, pdftotext_version),
}
"""How each is got ready, and what it is installed as."""


if __name__ == "__main__":
    main(SUBJECTS)
