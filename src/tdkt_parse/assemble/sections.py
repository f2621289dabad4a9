"""
Sections, their paragraphs and tables, and the paragraphs that stand in none.
"""

from collections.abc import Iterator, Sequence

from tdkt_parse.assemble.ledger import Ledger
from tdkt_parse.layout import Table
from tdkt_parse.models import Paragraph as ParagraphRead
from tdkt_parse.models import Section, TableRead, Text
from tdkt_parse.passage import Passage, join
from tdkt_parse.segment import Node, Paragraph, Tree


def build_sections(ledger: Ledger, nodes: Sequence[Node]) -> list[Section]:
    """The tree of sections as values."""
    return [
        Section(
            label=node.label.text if node.label else None,
            heading=node.heading.text if node.heading else None,
            role=node.role,
            paragraphs=[build_paragraph(ledger, item) for item in node.paragraphs],
            tables=[build_table(ledger, item) for item in node.tables],
            children=build_sections(ledger, node.children),
            evidence=ledger.evidence(node.whole, rule=node.rule),
        )
        for node in nodes
    ]


def build_paragraph(ledger: Ledger, paragraph: Paragraph) -> ParagraphRead:
    """A paragraph, its label apart."""
    ledger.use(paragraph.whole)
    label = paragraph.whole.text[: paragraph.label.end].strip() if paragraph.label else None
    return ParagraphRead(
        label=label or None,
        text=paragraph.passage.text,
        evidence=ledger.evidence(paragraph.passage),
    )


def build_table(ledger: Ledger, table: Table) -> TableRead:
    """A table as rows of texts."""
    grid = ledger.grid(table)
    header = ledger.header(table)
    return TableRead(
        header_rows=header.depth if header else 0,
        rows=[[entry.text for entry in row] for row in grid.rows],
        evidence=ledger.of([table.span], rule="table"),
    )


def walk(
    nodes: Sequence[Node], path: tuple[Node, ...] = ()
) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """Every section with those that hold it."""
    for node in nodes:
        yield node, path
        yield from walk(node.children, (*path, node))


def role_of(node: Node, path: Sequence[Node]) -> str:
    """The role of a section, or of the nearest that holds it and has one."""
    return next((n.role for n in (node, *reversed(path)) if n.role != "other"), "other")


def build_body(
    ledger: Ledger, preamble: Sequence[Passage], tree: Tree, closing: Sequence[Passage]
) -> list[Text]:
    """The paragraphs in no section: issuing clause, what is before any heading, closing."""
    for item in tree.loose:
        if isinstance(item, Paragraph):
            ledger.use(item.whole)
    loose = [item.whole for item in tree.loose if isinstance(item, Paragraph)]
    tables = [item for item in tree.loose if isinstance(item, Table)]
    texts = [
        *(ledger.text(p, rule="preamble") for p in preamble),
        *(ledger.text(p, rule="loose") for p in loose),
        *(ledger.text(p, rule="closing") for p in closing),
    ]
    for table in tables:
        for row in ledger.grid(table).rows:
            passages = [join(entry.lines) for entry in row if entry.lines and not entry.merged]
            if passages:
                texts.append(ledger.text(join(passages, " | "), rule="loose_table"))
    return sorted(texts, key=lambda text: text.evidence.spans[0])
