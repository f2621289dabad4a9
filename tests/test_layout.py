"""
Documents as laid out: what is blank, and tables that a page break cut.
"""

from tdkt_parse.layout import Cell, Document, Line, Table, cells, join_tables

TEXT = "TT|Việc\n1|Họp\n\nTT|Việc\n2|Sơ kết\n3|Tổng kết"


def row(*spans: tuple[int, int]) -> tuple[Cell, ...]:
    return tuple(Cell((Line((span,)),)) for span in spans)


HEADER = row((0, 2), (3, 7))
FIRST = row((8, 9), (10, 13))
AGAIN = row((15, 17), (18, 22))
SECOND = row((23, 24), (25, 31))


def test_a_repeated_header_is_marked() -> None:
    """Two parts with one header are one table."""
    parts = [Table((HEADER, FIRST), (0, 13)), Table((AGAIN, SECOND), (15, 31))]
    (table,) = join_tables(TEXT, list(parts))
    assert isinstance(table, Table)
    assert len(table.rows) == 4
    assert table.repeated == frozenset({2})
    assert table.continued == frozenset()
    assert table.span == (0, 31)


def test_a_part_without_header_is_marked() -> None:
    """A part that goes on without its header says where."""
    parts = [Table((HEADER, FIRST), (0, 13)), Table((SECOND,), (23, 31))]
    (table,) = join_tables(TEXT, list(parts))
    assert isinstance(table, Table)
    assert table.continued == frozenset({2})


def test_other_columns_are_another_table() -> None:
    """Tables of different width stay apart, and so do tables with a line between."""
    narrow = Table((row((0, 2)),), (0, 2))
    wide = Table((HEADER,), (0, 7))
    assert len(join_tables(TEXT, [narrow, wide])) == 2
    assert len(join_tables(TEXT, [wide, Line(((8, 9),)), wide])) == 3


def test_merged_cells_take_their_columns() -> None:
    """A cell over two rows pushes the cells below it to the right."""
    tall = Cell((Line(((0, 2),)),), rows=2)
    table = Table(((tall, Cell()), (Cell(),)), (0, 2))
    assert [(r, c) for r, c, _ in cells(table)] == [(0, 0), (0, 1), (1, 1)]


def test_blank_is_white_space_and_furniture() -> None:
    """What is neither is not blank, however long the range."""
    text = "a **" + " " * 100 + "** b"
    document = Document(text, (), "0", "text/plain", "text", furniture=((2, 4), (104, 106)))
    assert document.is_blank(1, 107)
    assert not document.is_blank(0, 107)
    assert not document.is_blank(1, 108)
