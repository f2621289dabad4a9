"""
What the commands of ``tdkt register`` do: look into the register, and bring one's own.

Each returns the exit code.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_parse.exceptions import ExitCode, UsageError
from tdkt_parse.output import check_output
from tdkt_parse.settings import Settings, load_settings, register_to_read, user_register
from tdkt_parse.streams import write_error, write_out

if TYPE_CHECKING:
    from datetime import date

    from tdkt_parse.register import Register


def show_instrument(number: str, on: str | None, *, flags: Mapping[str, str | None]) -> int:
    """``tdkt register show``; ``on``: the day asked about."""
    from datetime import date

    from tdkt_parse.register.checks import canonical_number, read_day
    from tdkt_parse.render.register import instrument_lines

    settings, register = _open_register(flags)
    day = date.fromisoformat(read_day(on) or "") if on and read_day(on) else None
    if on and day is None:
        raise UsageError(f"--on {on} is no day.", hint="Write 01/07/2025 or 2025-07-01.")
    found = register.by_number(canonical_number(number) or number)
    one = register.get(number)
    if not found and one is None:
        like = list(dict.fromkeys(it.number for it in register.search(number, 5)))
        raise UsageError(
            f"The register has no {number!r}.",
            hint=f"Like it are {', '.join(like)}."
            if like
            else "tdkt register search TEXT looks for words.",
        )
    for instrument in found or (one,):
        if instrument is not None:
            lines = instrument_lines(instrument, day or _today(), settings.lang)
            write_out("\n".join(lines) + "\n")
    return ExitCode.OK


def _today() -> "date":
    from datetime import datetime

    return datetime.now().astimezone().date()


def search_register(text: str, limit: int, *, flags: Mapping[str, str | None]) -> int:
    """``tdkt register search``."""
    from tdkt_parse.render.register import found_line

    settings, register = _open_register(flags)
    found = register.search(text, limit)
    for instrument in found:
        write_out(found_line(instrument, settings.lang) + "\n")
    if not found:
        write_error("Không tìm thấy." if settings.lang == "vi" else "Nothing was found.")
    return ExitCode.OK


def import_register(
    path: str,
    chosen: Sequence[str],
    *,
    flags: Mapping[str, str | None],
    dry_run: bool,
    overwrite: bool,
) -> int:
    """``tdkt register import``; ``chosen``: ``COLUMN=FIELD``, each."""
    from tdkt_parse.register.upsert import import_file
    from tdkt_parse.render.register import report_lines

    settings = load_settings(flags)
    mapping = {}
    for each in chosen:
        column, sign, name = each.rpartition("=")
        if not (column and sign and name):
            raise UsageError(f"--map {each} is not COLUMN=FIELD.", hint="As --map 'Số VB=number'.")
        mapping[column] = name
    register = settings.register or user_register()
    report = import_file(Path(path), register, chosen=mapping, overwrite=overwrite, dry_run=dry_run)
    lines = report_lines(report, settings.lang, dry_run=dry_run)
    write_out("\n".join(lines) + "\n")
    if not dry_run:
        write_out(f"{'Sổ văn bản' if settings.lang == 'vi' else 'Register'}: {register}\n")
    if not (report.refused or report.conflicting):
        return ExitCode.OK
    taken = report.new + report.changed + report.unchanged
    return ExitCode.SOME_FAILED if taken else ExitCode.ALL_FAILED


def export_register(
    output: str | None, form: str | None, *, flags: Mapping[str, str | None]
) -> int:
    """``tdkt register export``."""
    from tdkt_parse.register.exchange import FORMS, export_file, form_of, write_text

    _, register = _open_register(flags)
    chosen = next((each for each in FORMS if each == form), None)
    if output is None:
        if chosen == "parquet":
            raise UsageError("Parquet is not text.", hint="Give a file: -o FILE.")
        write_text(register.all(), chosen or "csv", write_out)
        return ExitCode.OK
    check_output(output, folder=False)
    export_file(register.all(), Path(output), chosen or form_of(Path(output)))
    return ExitCode.OK


def check_register(*, flags: Mapping[str, str | None]) -> int:
    """``tdkt register check``."""
    from tdkt_parse.register.checks import check_all
    from tdkt_parse.render.register import problem_line

    settings, register = _open_register(flags)
    wrong = False
    for problem in check_all(register.all()):
        wrong = True
        write_out(problem_line(problem, settings.lang) + "\n")
    for problem in register.problems():
        write_out(problem_line(problem, settings.lang) + "\n")
    return ExitCode.UNREADABLE if wrong else ExitCode.OK


def _open_register(flags: Mapping[str, str | None]) -> "tuple[Settings, Register]":
    from tdkt_parse.register import open_register

    settings = load_settings(flags)
    return settings, open_register(register_to_read(settings))
