"""
What ``tdkt search``, ``tdkt db`` and ``tdkt schema --sql`` do.

Each returns the exit code.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal

from tdkt_parse import store
from tdkt_parse.exceptions import ExitCode, UsageError
from tdkt_parse.output import open_sink
from tdkt_parse.render.terminal import SHOWN, clean
from tdkt_parse.settings import database_of, load_settings
from tdkt_parse.streams import is_terminal, write_error, write_out

if TYPE_CHECKING:
    from tdkt_parse.store import Hit, Query, Store


_BOLD = "\x1b[1m", "\x1b[0m"
_QUOTED = "«", "»"


def search_plans(query: "Query", *, flags: Mapping[str, str | None], as_json: bool = False) -> int:
    """``tdkt search``."""
    settings = load_settings(flags)
    with store.open_store(database_of(settings)) as database:
        page = store.search(database, query)
    if as_json:
        told = {"hits": [asdict(hit) for hit in page.hits], "more": page.more}
        write_out(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
        return ExitCode.OK
    vietnamese = settings.lang == "vi"
    bold = is_terminal(sys.stdout)
    for at, hit in enumerate(page.hits, query.offset + 1):
        write_out("".join(f"{line}\n" for line in _lines(hit, at, bold=bold)))
    if page.more:
        after = query.offset + query.limit
        said = "Còn nữa" if vietnamese else "There are more"
        write_error(f"{said}: --offset {after}")
    if not page.hits:
        write_error("Không tìm thấy." if vietnamese else "Nothing was found.")
    return ExitCode.OK


def _lines(hit: "Hit", at: int, *, bold: bool) -> list[str]:
    head = " · ".join(filter(None, (hit.number, hit.date, hit.issuer)))
    lines = [f"{at}. {clean(hit.title or hit.kind or hit.sha256[:12])}", f"   {clean(head)}"]
    if hit.snippet:
        lines.append(f"   {_marked(hit, *(_BOLD if bold else _QUOTED))}")
    lines += [f"   {clean(path)}" for path in hit.paths[:3]]
    return lines


def _marked(hit: "Hit", before: str, after: str) -> str:
    """The snippet with its matches between two signs."""
    out, last = "", 0
    for start, end in hit.marks:
        out += f"{hit.snippet[last:start].translate(SHOWN)}{before}"
        out += f"{hit.snippet[start:end].translate(SHOWN)}{after}"
        last = end
    return out + hit.snippet[last:].translate(SHOWN)


def upgrade_database(*, flags: Mapping[str, str | None]) -> int:
    """``tdkt db upgrade``."""
    settings = load_settings(flags)
    with store.connect(database_of(settings), create=True) as database:
        done = store.upgrade(database)
        said = ", ".join(done) or ("đã mới nhất" if settings.lang == "vi" else "up to date already")
        write_out(f"{database.where}: {said}\n")
    return ExitCode.OK


def check_database(*, flags: Mapping[str, str | None], deep: bool) -> int:
    """``tdkt db check``; code 7 where it is damaged."""
    settings = load_settings(flags)
    with store.open_store(database_of(settings)) as database:
        report = store.check(database, deep=deep)
    for table, count in report.counts.items():
        write_out(f"{table}: {count}\n")
    for fault in report.faults:
        write_error(f"{fault.where}: {fault.message}")
    return ExitCode.STORAGE if any(fault.grave for fault in report.faults) else ExitCode.OK


def backup_database(to: str, *, flags: Mapping[str, str | None]) -> int:
    """``tdkt db backup``."""
    settings = load_settings(flags)
    with store.open_store(database_of(settings)) as database:
        count = store.backup(database, Path(to))
    write_out(f"{to}: {count} {'văn bản' if settings.lang == 'vi' else 'documents'}\n")
    return ExitCode.OK


def restore_database(copy: str, *, flags: Mapping[str, str | None]) -> int:
    """``tdkt db restore``."""
    settings = load_settings(flags)
    if not Path(copy).is_file():
        raise UsageError(f"{copy} is not there.", hint="Give a file that tdkt db backup wrote.")
    with store.open_store(database_of(settings), create=True) as database:
        count = store.restore(Path(copy), database)
        where = database.where
    write_out(f"{where}: {count} {'văn bản' if settings.lang == 'vi' else 'documents'}\n")
    return ExitCode.OK


def delete_documents(names: Sequence[str], *, flags: Mapping[str, str | None], sure: bool) -> int:
    """``tdkt db delete``; ``sure``: without asking."""
    settings = load_settings(flags)
    with store.open_store(database_of(settings)) as database:
        contents = [_content(database, name) for name in names]
        if not sure:
            if not (sys.stdin and sys.stdin.isatty()):
                raise UsageError("Nobody can be asked here.", hint="Add --yes to delete.")
            import typer

            typer.confirm(f"Delete {len(contents)} from {database.where}?", abort=True)
        count = store.delete_plans(database, contents)
    write_out(f"{count} {'văn bản đã xóa' if settings.lang == 'vi' else 'documents deleted'}\n")
    return ExitCode.OK


def show_plan(
    name: str, *, flags: Mapping[str, str | None], output: str | None, as_read: bool
) -> int:
    """``tdkt db show``: the Plan's JSON."""
    settings = load_settings(flags)
    with store.open_store(database_of(settings)) as database:
        plan = store.load(database, _content(database, name), corrected=not as_read)
    if plan is None:
        raise UsageError(f"There is no {name} in the database.")
    with open_sink(output, "json", one=True, inputs=[]) as sink:
        sink.put("", plan.to_json(indent=2))
        sink.commit()
    return ExitCode.OK


def correct_plan(
    name: str,
    pointer: str,
    value: str,
    *,
    flags: Mapping[str, str | None],
    author: str | None,
    note: str | None,
) -> int:
    """``tdkt db correct``; ``value`` is JSON, or a text that is none."""
    settings = load_settings(flags)
    try:
        given = json.loads(value)
    except ValueError:
        given = value
    with store.open_store(database_of(settings)) as database:
        content = _content(database, name)
        store.correct(database, content, pointer, given, author=author, note=note)
    write_out(f"{content} {pointer}\n")
    return ExitCode.OK


def export_corrections(
    output: str, *, flags: Mapping[str, str | None], confirmed: bool = False
) -> int:
    """``tdkt corrections export``: a file of gold for each plan that people looked at."""
    from tdkt_parse.export.gold import gold_of

    settings = load_settings(flags)
    folder = Path(output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = 0
        with store.open_store(database_of(settings)) as database:
            taken: set[str] = set()
            for sha256 in store.reviewed(database, confirmed=confirmed):
                plan = store.load(database, sha256)
                if plan is None:
                    continue
                held = store.review_of(database, sha256).status == "confirmed"
                name = _gold_name(store.paths_of(database, sha256), sha256, taken)
                text = json.dumps(gold_of(plan, strict=held), ensure_ascii=False, indent=1)
                (folder / name).write_text(f"{text}\n", encoding="utf-8")
                written += 1
    except OSError as error:
        raise UsageError(f"{folder} cannot be written to: {error.strerror}.") from error
    vietnamese = settings.lang == "vi"
    said = "kế hoạch đã ghi vào" if vietnamese else "plans were written into"
    write_error(f"{written} {said} {folder}")
    return ExitCode.OK


def _gold_name(paths: Sequence[str], sha256: str, taken: set[str]) -> str:
    """As the document is called, so that they are found together; each name once."""
    stem = clean_name(PurePath(paths[0].replace("\\", "/")).stem if paths else "")
    name = (
        f"{stem}.json" if stem and stem not in taken else f"{stem}-{sha256[:16]}.json".lstrip("-")
    )
    taken.add(stem)
    return name


def clean_name(stem: str) -> str:
    r"""
    A name for a file, of what somebody else called one.

    >>> clean_name("..\x00Kế hoạch: số 1")
    'Kế hoạch_ số 1'
    """
    kept = "".join(c if c.isalnum() or c in " ._-" else "_" for c in stem if c.isprintable())
    return kept.strip(" .")[:80]


def print_schema_sql(dialect: Literal["sqlite", "postgresql"], output: str | None) -> int:
    """``tdkt schema --sql``."""
    with open_sink(output, "text", one=True, inputs=[]) as sink:
        sink.put("", store.schema_sql(dialect))
        sink.commit()
    return ExitCode.OK


def _content(database: "Store", name: str) -> str:
    """The content that a SHA-256, the beginning of one, or the path of a file names."""
    found = store.find_contents(database, name)
    if not found:
        raise UsageError(f"There is no {name} in {database.where}.", hint="tdkt search finds.")
    if len(found) > 1:
        raise UsageError(
            f"{name} may be several: {', '.join(one[:16] for one in found[:5])}.",
            hint="Give more of it.",
        )
    return found[0]
