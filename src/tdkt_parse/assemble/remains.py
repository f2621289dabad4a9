"""
What is left over and what is odd: words in no value, gaps in numbering, tables cut by a page.
"""

from collections.abc import Iterable, Iterator, Sequence

import regex

from tdkt_parse.assemble.ledger import TIMEOUT, Ledger
from tdkt_parse.assemble.sections import walk
from tdkt_parse.diagnose import diagnostic
from tdkt_parse.layout import Line, Span, Table
from tdkt_parse.models import Diagnostic, Text
from tdkt_parse.passage import of_spans, read_spans
from tdkt_parse.segment import Node, Paragraph, Tree
from tdkt_parse.segment.labels import Label, is_next

_LETTER = regex.compile(r"[\p{L}\p{N}]")


def build_leftovers(ledger: Ledger) -> tuple[list[Text], list[Diagnostic]]:
    """Words that went into no value, each run of them as a paragraph of its own."""
    document = ledger.document
    notes = [n for block in document.blocks for n in _note_marks(block)]
    taken = sorted([*ledger.used, *document.furniture, *notes])
    found: list[Text] = []
    said: list[Diagnostic] = []
    at = 0
    for start, end in [*taken, (len(document.text), len(document.text))]:
        if start > at and any(map(str.isalnum, document.text[at:start])):
            for first, last in _trimmed(document.text, at, start):
                evidence = of_spans(document, [(first, last)], rule="unplaced")
                words = read_spans(document.text, [(first, last)], document.repairs).text
                found.append(Text(text=words, evidence=evidence))
                said.append(diagnostic("unplaced", evidence))
        at = max(at, end)
    return found, said


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    part = text[start:end]
    first = _LETTER.search(part, timeout=TIMEOUT)
    if first:
        yield start + first.start(), start + len(part.rstrip())


def _note_marks(block: Line | Table) -> Iterator[Span]:
    if isinstance(block, Line):
        yield from block.notes
        return
    for row in block.rows:
        for cell in row:
            for line in cell.lines:
                yield from line.notes


def numbering_of(ledger: Ledger, tree: Tree) -> Iterator[Diagnostic]:
    """Gaps and repetitions in the numbers of headings; numbered paragraphs between fill them."""
    loose = [item for item in tree.loose if isinstance(item, Paragraph)]
    families: list[tuple[Sequence[Node], list[Paragraph]]] = [(tree.sections, loose)]
    families += [(node.children, node.paragraphs) for node, _ in walk(tree.sections)]
    for siblings, paragraphs in families:
        beside = {(p.label.style, p.label.value) for p in paragraphs if p.label}
        last: Label | None = None
        for node in siblings:
            label = node.label
            if label is None or label.style == "bullet":
                continue
            if last and last.style == label.style and not is_next(label, last):
                step = label.value - last.value
                between = range(last.value + 1, label.value)
                missing = [n for n in between if (label.style, n) not in beside]
                if step == 0:
                    yield diagnostic(
                        "numbering_repeated", ledger.evidence(node.whole), after=label.text
                    )
                elif (missing and step < 50) or step < 0:
                    yield diagnostic(
                        "numbering_gap",
                        ledger.evidence(node.whole),
                        before=last.text,
                        after=label.text,
                    )
            last = label


def tables_of(ledger: Ledger, tables: Iterable[Table]) -> Iterator[Diagnostic]:
    """Tables that a page break cut."""
    for table in tables:
        grid = ledger.grid(table)
        for rule, rows in (
            ("table_continued", grid.continued),
            ("table_header_repeated", grid.repeated),
        ):
            for row in sorted(rows):
                spans = [
                    s
                    for e in grid.rows[row]
                    if not e.merged
                    for line in e.lines
                    for s in line.spans(0, len(line.text))
                ]
                yield diagnostic(rule, of_spans(ledger.document, spans) if spans else None)


def notices_of(ledger: Ledger) -> Iterator[Diagnostic]:
    """What the reader saw that the user should know."""
    for rule, span, words in ledger.document.notices:
        evidence = of_spans(ledger.document, [span]) if span else None
        yield diagnostic(rule, evidence, words=dict(words))


def repairs_of(ledger: Ledger) -> Iterator[Diagnostic]:
    """What OCR misread and was taken for something else; equal repairs are said once."""
    document = ledger.document
    alike: dict[tuple[str, str, str], list[Span]] = {}
    for start, end, put, rule in document.repairs:
        alike.setdefault((rule, document.text[start:end], put), []).append((start, end))
    for (rule, read, put), spans in alike.items():
        words = {"read": read, "put": put, "count": str(len(spans))}
        said = "repaired_ocr" if put else "ignored_speck"
        yield diagnostic(said, of_spans(document, spans, rule=rule), words=words)
