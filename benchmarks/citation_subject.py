"""
A program that finds citations, in a process of its own, run by the interpreter that has it.

    python citation_subject.py NAME

``subject.py`` says what it is asked and what it answers. Each file is a list in JSON: of documents'
texts, or for ``tdkt`` of the paths of plans; how much came out are citations. What only prepares
the texts is done once and not counted.
"""

import gc
import json
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from subject import Read, Subjects, main


@cache
def texts_of(path: str) -> list[str]:
    found: list[str] = json.loads(Path(path).read_text(encoding="utf-8"))
    return found


def eyecite() -> Read:
    """Citations to cases and laws of the United States, with what short ones refer to."""
    package = import_module("eyecite")
    get, resolve = package.get_citations, package.resolve_citations

    def read(path: str) -> int:
        count = 0
        for text in texts_of(path):
            found = get(text)
            resolve(found)
            count += len(found)
        return count

    return read


def refex() -> Read:
    """References to German laws and decisions; it ties short ones to what they refer to itself."""
    extractor = import_module("refex.orchestrator").CitationExtractor()
    return lambda path: sum(
        len(extractor.extract(text, fmt="plain").citations) for text in texts_of(path)
    )


@cache
def plans_of(path: str) -> list[tuple[Any, list[Any]]]:
    """Plans with the passages in which citations are sought, read and laid out."""
    places = import_module("citation_places").places_in
    found = [places(Path(plan)) for plan in texts_of(path)]
    # Whoever reads plans has one at a time, and not all of them to search for garbage.
    gc.freeze()
    return found


def tdkt_find() -> Read:
    """Citations alone, passage by passage."""
    find = import_module("tdkt_parse.citations").find_citations
    return lambda path: sum(
        len(find(place.passage.text)) for _, places in plans_of(path) for place in places
    )


def tdkt() -> Read:
    """Citations and what points back at them, with evidence, tied to instruments."""
    assemble = import_module("tdkt_parse.assemble")
    resolve = import_module("tdkt_parse.resolve").resolve_citations
    register = import_module("tdkt_parse.register").packaged_register()

    own = assemble.Own(None, "Kế hoạch", None)

    def read(path: str) -> int:
        count = 0
        for document, places in plans_of(path):
            found, _, _ = assemble.build_citations(assemble.Ledger(document), places, own)
            count += len(resolve(found, None, register))
        return count

    return read


SUBJECTS: Subjects = {
    "tdkt": (tdkt, "tdkt-parse"),
    "tdkt_find": (tdkt_find, "tdkt-parse"),
    "eyecite": (eyecite, "eyecite"),
    "refex": (refex, "legal-reference-extraction"),
}

if __name__ == "__main__":
    main(SUBJECTS)
