"""
The report as tables: CSV for other programs and Excel, and lines for a terminal.

A cell that begins as a formula does gets an apostrophe, since a document may have written it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from tdkt_parse.audit.charts import shortened
from tdkt_parse.audit.copied import Copied
from tdkt_parse.audit.labels import VERDICTS, word
from tdkt_parse.audit.report import Report
from tdkt_parse.audit.sheets import Placed, Sheet, iso_of

BOM = "\ufeff"
"""By which Excel knows that a file is UTF-8."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | None

INSTRUMENTS = (
    "cluster", "name", "resolved_id", "times", "as_basis", "documents", "first_year", "last_year",
    *VERDICTS, "spellings",
)  # fmt: skip
ISSUERS = ("issuer", "documents", "bases", *VERDICTS)
CITATIONS = (
    "document", "issuer", "plan_number", "plan_date", "plan_year", "where", "nested", "as_written",
    "kind", "canonical", "date", "cited_issuer", "cluster", "resolved_id", "reason", "verdict",
)  # fmt: skip
VARIANTS = ("cluster", "name", "spelling", "count")
COPIED = (
    "how", "document", "issuer", "year", "bases", "previous_document", "previous_year", "words",
)  # fmt: skip
FINDINGS = (
    "document", "page", "line", "rule", "name", "level", "certainty", "message", "locator",
    "instrument", "verdict", "words",
)  # fmt: skip

HEADS = {
    "instruments.csv": INSTRUMENTS,
    "issuers.csv": ISSUERS,
    "citations.csv": CITATIONS,
    "variants.csv": VARIANTS,
    "copied.csv": COPIED,
    "findings.csv": FINDINGS,
}
"""The columns of each file."""


def csv_line(cells: Iterable[Cell]) -> str:
    """
    A row of CSV (RFC 4180).

    >>> csv_line(["=1+1", "a, b", None, 3])
    '\\'=1+1,"a, b",,3\\r\\n'
    """
    out = io.StringIO(newline="")
    csv.writer(out).writerow([_guarded(cell) for cell in cells])
    return out.getvalue()


def _guarded(cell: Cell) -> str | int:
    if isinstance(cell, int):
        return cell
    text = (cell or "").replace("\0", "\ufffd")
    return f"'{text}" if text.startswith(FORMULA) else text


def citation_rows(sheet: Sheet) -> Iterator[Sequence[Cell]]:
    """Each citation of a plan."""
    for one in sheet.citations:
        yield (
            sheet.path,
            sheet.issuer,
            sheet.number,
            iso_of(sheet.date),
            sheet.year,
            one.where,
            "yes" if one.nested else "no",
            one.text,
            one.kind,
            one.number,
            iso_of(one.date),
            one.issuer,
            one.cluster,
            one.instrument,
            one.reason,
            one.verdict,
        )


def finding_rows(path: str, findings: Iterable[Placed], lang: str) -> Iterator[Sequence[Cell]]:
    """Each finding of a plan."""
    for one in findings:
        yield (
            path,
            one.page,
            one.line,
            one.rule,
            one.name,
            one.level,
            one.certainty,
            one.message if lang == "vi" else one.message_en,
            one.locator,
            one.instrument,
            one.verdict,
            " ".join(one.evidence.text.split()) if one.evidence else None,
        )


def instrument_rows(report: Report) -> Iterator[Sequence[Cell]]:
    """Each instrument, those cited most often first."""
    for cluster, usage in report.by_use():
        yield (
            cluster,
            usage.name,
            usage.instrument,
            usage.times,
            usage.as_basis,
            usage.documents,
            usage.first_year,
            usage.last_year,
            *(usage.verdicts[verdict] for verdict in VERDICTS),
            len(usage.spellings),
        )


def issuer_rows(report: Report) -> Iterator[Sequence[Cell]]:
    """Each issuer with its documents, and their bases by whether they were in force."""
    for one in report.by_issuer():
        figures = (one.verdicts[verdict] for verdict in VERDICTS)
        yield one.name, one.documents, one.total, *figures


def variant_rows(report: Report) -> Iterator[Sequence[Cell]]:
    """Each way in which an instrument is written, of those that are written in several."""
    for cluster, usage in report.by_use():
        if len(usage.spellings) > 1:
            for spelling, count in usage.spellings.most_common():
                yield cluster, usage.name, spelling, count


def copied_row(one: Copied) -> Sequence[Cell]:
    """A plan with bases of an earlier year."""
    return (
        one.how, one.path, one.issuer, one.year, one.bases, one.previous, one.previous_year,
        one.words,
    )  # fmt: skip


def table_of(report: Report, lang: str, *, most: int = 20, width: int = 60) -> Iterator[str]:
    """The instruments cited most often, as lines with columns."""
    heads = [word(name, lang) for name in ("times", "in_documents", "years", "gone")]
    yield f"{word('cited', lang):{width}}  " + "  ".join(f"{head:>9}" for head in heads)
    for _, usage in report.by_use()[:most]:
        name = shortened(usage.name, width)
        gone = usage.verdicts["expired"] + usage.verdicts["said_expired"]
        cells = (usage.times, usage.documents, years_of(usage.first_year, usage.last_year), gone)
        yield f"{name:{width}}  " + "  ".join(f"{cell:>9}" for cell in cells)


def years_of(first: int | None, last: int | None) -> str:
    """``2022–2024``, ``2024``, or nothing."""
    if first is None or first == last:
        return str(first or "")
    return f"{first}–{last}"
