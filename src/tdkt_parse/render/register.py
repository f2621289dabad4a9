"""
What the register says, for people: an instrument, what an import did, what is odd.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from tdkt_parse.register.checks import Problem
from tdkt_parse.register.columns import COLUMNS, IN_VIETNAMESE, cells_of
from tdkt_parse.register.instruments import Instrument, Verdict, verdict_on
from tdkt_parse.register.upsert import Change, Report
from tdkt_parse.register.urn import urn_lex
from tdkt_parse.render.terminal import clean

VERDICTS: dict[Verdict, tuple[str, str]] = {
    "in_force": ("còn hiệu lực", "in force"),
    "not_yet": ("chưa có hiệu lực", "not yet in force"),
    "expired": ("đã hết hiệu lực", "no longer in force"),
    "said_expired": (
        "được nêu là đã hết hiệu lực, chưa đối chiếu",
        "said to have ended; nobody checked",
    ),
    "unknown": ("chưa xác định", "not known"),
}

SHOWN = 20
"""How many numbers of new instruments are told."""


def instrument_lines(instrument: Instrument, day: date, lang: str) -> Iterator[str]:
    """An instrument, a line each field; what is blank is said to be unknown."""
    english = lang == "en"
    yield clean(f"{instrument.kind} {instrument.number}")
    cells = cells_of(instrument)
    needed = ("title", "issuer", "issued", "effective", "expired")
    for column in COLUMNS[3:]:
        cell = cells[column]
        if column in ("verified", "unverified") or (not cell and column not in needed):
            continue
        name = column if english else IN_VIETNAMESE[column]
        shown = _day(cell, lang) if column in _DAYS else cell.replace(";", "; ")
        doubt = ""
        if column in instrument.unverified:
            doubt = " (unverified)" if english else " (chưa đối chiếu)"
        shown = shown or ("unknown" if english else "chưa rõ")
        yield f"  {name}: {clean(shown)}{doubt}"
    origin = {
        "packaged": ("có sẵn trong chương trình", "comes with the program"),
        "user": ("do người dùng nhập", "imported"),
    }[instrument.origin][english]
    verified = (
        ("đã đối chiếu", "verified")
        if instrument.verified
        else ("chưa đối chiếu hết", "not verified in full")
    )[english]
    yield f"  {'row' if english else 'dòng'}: {clean(instrument.id)} ({origin}; {verified})"
    urn = urn_lex(instrument.kind, instrument.number, instrument.issuer, instrument.issued)
    if urn:
        yield f"  URN: {clean(urn)}"
    verdict = VERDICTS[verdict_on(instrument, day)][english]
    if verdict_on(instrument, day) == "unknown":
        verdict += f" ({_why_unknown(instrument, lang)})"
    on = _day(day.isoformat(), lang)
    yield f"  {'on' if english else 'ngày'} {on}: {verdict}"


def _why_unknown(instrument: Instrument, lang: str) -> str:
    """What the register lacks to say whether an instrument was in force."""
    checked = instrument.checked_on
    if not instrument.effective:
        said = ("chưa rõ ngày có hiệu lực", "when it took effect is not known")
    elif instrument.replaced_by:
        said = ("đã bị thay thế, chưa rõ từ ngày nào", "replaced, since when is not known")
    elif not instrument.verified:
        said = (
            "chưa đối chiếu còn hiệu lực; nhập cột “đã đối chiếu” và “ngày đối chiếu”",
            "nobody checked that it holds; import the columns verified and checked_on",
        )
    elif not checked:
        said = ("thiếu ngày đối chiếu", "the day on which it was checked is blank")
    else:
        last = _day(checked.isoformat(), lang)
        said = (f"chỉ đối chiếu đến {last}", f"checked until {last} only")
    return said[lang == "en"]


_DAYS = ("issued", "effective", "expired", "checked_on")


def _day(iso: str, lang: str) -> str:
    """A day as it is written: 26/11/2003."""
    if lang == "en" or not iso:
        return iso
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"


def found_line(instrument: Instrument, lang: str) -> str:
    """An instrument in one line."""
    issued = _day(instrument.issued.isoformat(), lang) if instrument.issued else ""
    parts = (instrument.number, instrument.kind, issued, instrument.issuer or "", instrument.title)
    return clean(" | ".join(parts))


def report_lines(report: Report, lang: str, *, dry_run: bool) -> Iterator[str]:
    """What an import did: counts, then what is changed and what was left out, with the reasons."""
    english = lang == "en"
    if dry_run:
        yield "Nothing was written (--dry-run)." if english else "Chưa ghi gì (--dry-run)."
    for count, (vietnamese, name) in zip(
        (report.new, report.changed, report.unchanged, report.conflicting, report.refused),
        _COUNTS,
        strict=True,
    ):
        yield f"{name if english else vietnamese}: {count}"
    if report.unused:
        said = "Columns not used" if english else "Cột không dùng"
        yield clean(f"{said} (--map): {', '.join(report.unused[:30])}")
    if report.new_numbers:
        more = report.new - len(report.new_numbers[:SHOWN])
        numbers = ", ".join(report.new_numbers[:SHOWN]) + (f", … (+{more})" if more else "")
        yield f"{'New' if english else 'Mới'}: {clean(numbers)}"
    yield from _changes(report.changes, _COUNTS[1][english], lang)
    yield from _changes(report.conflicts, _COUNTS[3][english], lang)
    if report.conflicts:
        yield "  " + (
            "Left as it is; --overwrite takes what the file says."
            if english
            else "Giữ như cũ; thêm --overwrite để lấy theo tệp."
        )
    for refusal in sorted(report.refusals, key=lambda it: it.line):
        reasons = "; ".join(fault.said(lang) for fault in refusal.faults)
        left = "left out, line" if english else "Không nhận, dòng"
        yield clean(" ".join(f"{left} {refusal.line} {refusal.number}".split()) + f": {reasons}")
    if report.refused > len(report.refusals):
        yield f"… (+{report.refused - len(report.refusals)})"
    for loose in report.loose_links:
        yield clean(
            f"{'Warning' if english else 'Cảnh báo'}: {loose.number}: {loose.fault.said(lang)}"
        )
    if report.loose > len(report.loose_links):
        yield f"… (+{report.loose - len(report.loose_links)})"


_COUNTS = (
    ("Mới", "New"),
    ("Thay đổi", "Changed"),
    ("Không đổi", "Unchanged"),
    ("Mâu thuẫn ngày ban hành", "Contradict the day of issue"),
    ("Không nhận", "Left out"),
)


def _changes(changes: Iterable[Change], said: str, lang: str) -> Iterator[str]:
    line = "line" if lang == "en" else "dòng"
    blank = "blank" if lang == "en" else "trống"
    for change in changes:
        name = change.field if lang == "en" else IN_VIETNAMESE[change.field]
        old, new = (
            _day(value, lang) if change.field in _DAYS else value
            for value in (change.old, change.new)
        )
        yield clean(
            f"{said}, {line} {change.line} {change.number}: {name}: {old or blank} → {new or blank}"
        )


def problem_line(problem: Problem, lang: str) -> str:
    """What is wrong or odd about a row, in one line."""
    return clean(
        f"{problem.instrument.number} ({problem.instrument.id}): {problem.fault.said(lang)}"
    )
