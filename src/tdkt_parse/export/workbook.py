"""
An Excel workbook (ECMA-376), by XlsxWriter: a sheet for each table, written row by row.

Every text goes in as a text: no formula, no link, no number is made of it. What Excel cannot hold
is counted and told, on stderr and on a sheet of its own.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Any

import regex

from tdkt_parse.exceptions import MissingDependency, to_install
from tdkt_parse.export.shortfalls import LENGTH, ROWS, Shortfalls
from tdkt_parse.export.tables import Cell, Column, Filed, Table, day_said, told
from tdkt_parse.normalise import TIMEOUT

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_LINES = 20
"""Lines of text that a row shows; the rest is seen in the cell."""
FIRST_DAY = date(1900, 3, 1)
"""Before it Excel counts a 29 February 1900 that there was not."""

_NO_XML = regex.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_TITLES = {"vi": ("Ghi chú", "Những gì định dạng Excel không chứa được"),
           "en": ("Notes", "What the format of Excel could not hold")}  # fmt: skip


def write_workbook(
    files: Iterable[Filed],
    tables: Sequence[Table],
    out: IO[bytes],
    met: Shortfalls,
    *,
    lang: str = "vi",
    most_rows: int = ROWS,
) -> None:
    """
    Write the tables as sheets; ``most_rows`` of one, then another sheet takes the rest.

    Raises ``MissingDependency`` without the extra ``xlsx``.
    """
    try:
        import xlsxwriter
        from xlsxwriter.exceptions import FileCreateError
    except ImportError as error:
        raise MissingDependency(
            "Excel workbooks need XlsxWriter.", hint=to_install("xlsx")
        ) from error
    disk = _Disk(out)
    with TemporaryDirectory() as folder:
        # Rows are written to the disk as they come.
        book = xlsxwriter.Workbook(
            disk,
            {
                "constant_memory": True,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        book.use_zip64()
        _fill(book, files, tables, met, lang, most_rows)
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error  # Of the files in which rows wait.
        if disk.error is not None:
            raise disk.error


class _Disk:
    """
    A file that keeps its first error to itself, for whoever asks at the end.

    A zip file that an error left open tries to end itself when it is thrown away; that is a second
    error, which nobody can catch. So it is let come to its end.
    """

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._at = 0
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        if self.error is None:
            try:
                self._out.write(data)
            except OSError as error:
                self.error = error
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        if self.error is None:
            self._at = self._out.seek(offset, whence)
        elif whence == 0:
            self._at = offset
        return self._at

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        """Whoever opened the file flushes it."""

    def seekable(self) -> bool:
        return True


def _fill(
    book: "Workbook",
    files: Iterable[Filed],
    tables: Sequence[Table],
    met: Shortfalls,
    lang: str,
    most_rows: int,
) -> None:
    cell = {"valign": "top", "border": 1, "border_color": "#D5DAE1"}
    looks = {
        "head": book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "vcenter",
                "border": 1,
                "bg_color": "#E3ECF5",
            }
        ),
        "text": book.add_format({**cell, "text_wrap": True, "num_format": "@"}),
        "int": book.add_format({**cell, "num_format": "0", "align": "center"}),
        "day": book.add_format({**cell, "num_format": "dd/mm/yyyy", "align": "left"}),
        "plain": book.add_format(),
    }
    sheets = [_Sheets(book, looks, table, met, lang, most_rows) for table in tables]
    for filed in files:
        for sheet in sheets:
            for row in sheet.table.rows(filed):
                sheet.put(row)
    for sheet in sheets:
        sheet.finish()
    _write_notes(book, looks, met, lang)


class _Sheets:
    """The sheet of a table, and those that take what is too much for it."""

    def __init__(
        self,
        book: "Workbook",
        looks: dict[str, Any],
        table: Table,
        met: Shortfalls,
        lang: str,
        most_rows: int,
    ) -> None:
        self.table = table
        self._book, self._looks, self._met = book, looks, met
        self._lang, self._most = lang, most_rows
        self._count = 0
        self._begin()

    def _begin(self) -> None:
        self._count += 1
        name = self.table.label(self._lang)
        self._name = name if self._count == 1 else f"{name} ({self._count})"
        self._sheet = sheet = self._book.add_worksheet(self._name)
        if self._count > 1:
            self._met.add("more_sheets", self._name)
        for at, column in enumerate(self.table.columns):
            sheet.set_column(at, at, column.width)
        sheet.set_row(0, 46)
        for at, column in enumerate(self.table.columns):
            _check(sheet.write_string(0, at, column.label(self._lang), self._looks["head"]))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&A&R&P/&N")
        self._row = 0

    def put(self, cells: Sequence[Cell]) -> None:
        """One more row."""
        if self._row + 1 >= self._most:
            self.finish()
            self._begin()
        self._row += 1
        self._sheet.set_row(self._row, _height(cells, self.table.columns))
        for at, (cell, column) in enumerate(zip(cells, self.table.columns, strict=True)):
            if cell is None or cell == []:
                _check(self._sheet.write_blank(self._row, at, None, self._looks["text"]))
            else:
                self._write(at, cell, column)

    def _write(self, at: int, cell: Cell, column: Column) -> None:
        day = _whole_day(cell) if column.kind == "day" else None
        shown = (
            "\n".join(map(str, cell))
            if column.kind == "texts" and isinstance(cell, list)
            else (told(cell, column, self._lang))
        )
        if day is not None:
            _check(self._sheet.write_datetime(self._row, at, day, self._looks["day"]))
        elif isinstance(shown, int):
            _check(self._sheet.write_number(self._row, at, shown, self._looks["int"]))
        else:
            # A sheet and a cell as Excel names them, so that it can be gone to.
            where = f"{self._name}!{_letters(at)}{self._row + 1}"
            said = (
                day_said(shown) if column.kind == "day" and isinstance(shown, str) else str(shown)
            )
            text = _fitting(said, where, self._met)
            _write_text(self._sheet, self._row, at, text, self._looks)

    def finish(self) -> None:
        """All rows are there."""
        self._sheet.autofilter(0, 0, self._row, len(self.table.columns) - 1)


def _height(cells: Sequence[Cell], columns: Sequence[Column]) -> int:
    """
    The height of a row in points, as its longest cell needs it; not more than a screen has.

    Excel finds it itself, LibreOffice does not.
    """
    lines = 1
    for cell, column in zip(cells, columns, strict=True):
        text = "\n".join(map(str, cell)) if isinstance(cell, list) else cell
        if isinstance(text, str) and len(text) >= column.width:
            room = max(column.width - 2, 1)
            needed = sum(len(line) // room + 1 for line in text[:4000].split("\n"))
            lines = max(lines, needed)
        elif isinstance(text, str):
            lines = max(lines, text.count("\n") + 1)
    return 15 * min(lines, MOST_LINES)


def _write_text(
    sheet: "Worksheet", row: int, column: int, text: str, looks: dict[str, Any]
) -> None:
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes this for markup of its own, and would write it as it is.
        parts = (text[:1], looks["plain"], text[1:], looks["text"])
        _check(sheet.write_rich_string(row, column, *parts))
    else:
        _check(sheet.write_string(row, column, text, looks["text"]))


def _check(returned: int) -> None:
    """XlsxWriter leaves out what does not fit and says so by a number alone."""
    if returned:
        raise AssertionError(f"XlsxWriter refused a cell that was made to fit: {returned}")


def _fitting(text: str, where: str, met: Shortfalls) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    cleaned = str(_NO_XML.sub("\ufffd", text, timeout=TIMEOUT))
    if cleaned != text:
        met.add("controls", where)
    units = cleaned.encode("utf-16-le")
    if len(units) <= 2 * LENGTH:
        return cleaned
    met.add("cut", where)
    return units[: 2 * (LENGTH - 1)].decode("utf-16-le", errors="ignore") + "…"


def _whole_day(cell: Cell) -> date | None:
    """A day that Excel can count with; of a date with blanks, none."""
    if not isinstance(cell, str) or len(cell) != 10:
        return None
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        return None
    return day if day >= FIRST_DAY else None


def _letters(column: int) -> str:
    """
    The letters of a column, counted from 0.

    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _write_notes(book: "Workbook", looks: dict[str, Any], met: Shortfalls, lang: str) -> None:
    lines = met.lines(lang)
    if not lines:
        return
    name, title = _TITLES[lang]
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 110)
    _check(sheet.write_string(0, 0, title, looks["head"]))
    for row, line in enumerate(lines, 1):
        _check(sheet.write_string(row, 0, line, looks["text"]))
