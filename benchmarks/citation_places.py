"""
The passages of a plan in which citations are sought: its paragraphs, and the cells of its tables.
"""

from collections.abc import Iterator
from pathlib import Path

from tdkt_parse.assemble import Ledger, Place
from tdkt_parse.layout import Document
from tdkt_parse.passage import Passage, join
from tdkt_parse.readers import read
from tdkt_parse.segment import find_blocks


def places_in(path: Path) -> tuple[Document, list[Place]]:
    """A document that is typed, and its passages as places that may cite."""
    document = read(path, ocr="never")
    return document, [Place(passage, "content") for passage in _passages(document)]


def _passages(document: Document) -> Iterator[Passage]:
    ledger = Ledger(document)
    for block in find_blocks(document):
        if block.table is None:
            yield block.passage
            continue
        for row in ledger.grid(block.table).rows:
            for entry in row:
                if entry.lines and not entry.merged:
                    yield join(entry.lines)


def size_of(places: list[Place]) -> int:
    """Bytes of the passages in UTF-8."""
    return sum(len(place.passage.text.encode()) for place in places)
