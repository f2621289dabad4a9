"""
What OCR misread, mended where one reading alone is possible.

The text as read is not changed: a Document gets its ``repairs``, which passages make when they are
read (:mod:`tdkt_parse.passage`). Words are mended by their neighbours, numerals by the headings
before and after, figures by the grammar of dates and numbers, lines of the form by their letters.
"""

from collections.abc import Iterable
from dataclasses import replace

from tdkt_parse.layout import Document, Line, Repair, Table
from tdkt_parse.repair.amounts import find_amounts
from tdkt_parse.repair.calendars import find_calendars
from tdkt_parse.repair.capitals import find_capitals
from tdkt_parse.repair.forms import find_forms
from tdkt_parse.repair.headings import find_numerals
from tdkt_parse.repair.kinds import find_kinds
from tdkt_parse.repair.labels import find_labels
from tdkt_parse.repair.lowered import find_lowered
from tdkt_parse.repair.marks import find_marks
from tdkt_parse.repair.names import find_names
from tdkt_parse.repair.numbers import find_dates, find_figures
from tdkt_parse.repair.ordinals import find_ordinals, find_points
from tdkt_parse.repair.places import find_dated_places, find_places, provinces_named
from tdkt_parse.repair.quarter_cells import (
    find_lost_in_column,
    find_quarters_in_column,
    find_quarters_in_rows,
)
from tdkt_parse.repair.quarters import (
    find_glued_months,
    find_headings_of_quarters,
    find_labels_of_quarters,
    find_labels_of_stretches,
    find_quarters,
)
from tdkt_parse.repair.remarks import find_remarks
from tdkt_parse.repair.signs import find_signs
from tdkt_parse.repair.specks import find_ends_of_cells, find_stops
from tdkt_parse.repair.symbols import find_symbols
from tdkt_parse.repair.tokens import flow_of, flows_of, slices_of, tokens_of
from tdkt_parse.repair.words import find_splits, find_words

__all__ = ["find_repairs", "repair_document"]


def repair_document(document: Document) -> Document:
    """A document read by OCR with its repairs; any other as it is."""
    if not document.by_ocr:
        return document
    return replace(document, repairs=tuple(find_repairs(document)))


def find_repairs(document: Document) -> list[Repair]:
    """What of a document was misread, in the order of its text, none overlapping."""
    text = document.text
    found: list[Repair] = []
    body = [slices_of(text, block) for block in document.blocks if isinstance(block, Line)]
    found += find_glued_months(body)
    found += find_labels_of_quarters(body)
    found += find_headings_of_quarters(body)
    found += find_labels_of_stretches(body)
    found += find_numerals(body)
    found += find_labels(body)
    found += find_points(body)
    for table in document.blocks:
        if isinstance(table, Table):
            found += find_calendars(text, table)
            found += find_ordinals(text, table)
            found += find_ends_of_cells(text, table)
            found += find_quarters_in_rows(text, table)
            found += find_quarters_in_column(text, table)
            found += find_lost_in_column(text, table)
    flows = []
    for flow in flows_of(document):
        lines = [slices_of(text, line) for line in flow]
        flows.append((lines, [tokens_of(slices) for slices in lines]))
    named = provinces_named(inside for _, tokens in flows for inside in tokens)
    for lines, tokens in flows:
        for slices, inside in zip(lines, tokens, strict=True):
            # Before signs: what a whole line, date or number says tells what a sign at its edge is.
            found += find_forms(inside, slices[0].start if slices else 0)
            found += find_remarks(slices)
            for one in slices:
                found += find_dates(one)
                found += find_kinds(one)
                found += find_symbols(one)
                found += find_marks(one)
            found += find_signs(text, slices)
            found += find_stops(slices)
            for one in slices:
                found += find_figures(one)
                found += find_quarters(one)
                found += find_amounts(one)
            found += find_names(inside)
            found += find_places(inside)
            found += find_dated_places(inside, named)
            found += find_splits(inside)
        found += find_words(flow_of(lines, tokens))
        for inside in tokens:
            found += find_capitals(inside)
            found += find_lowered(inside)
    return without_overlaps(found)


def without_overlaps(repairs: Iterable[Repair]) -> list[Repair]:
    """Of two repairs of the same letters, the one that was found first."""
    kept: list[Repair] = []
    taken: set[int] = set()
    for repair in repairs:
        if taken.isdisjoint(range(repair.start, repair.end)):
            taken.update(range(repair.start, repair.end))
            kept.append(repair)
    return sorted(kept)
