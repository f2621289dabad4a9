"""
Plans for people to read: Markdown as ``render`` prints a Plan, or tables of it; a page of HTML.

A page has each plan with its facts and the tables asked for; columns in which nothing stands are
left out, since a page is not as wide as a sheet. All words of documents are escaped, and the page
holds no script and loads nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from tdkt_parse import render
from tdkt_parse.audit.page import escape, head_of
from tdkt_parse.export.tables import Cell, Column, Filed, Table, day_said, number_of, told
from tdkt_parse.render.markdown import escape as escape_markdown
from tdkt_parse.render.markdown import table_lines

_COMMON = frozenset({"file", "plan_number", "issuer", "plan_date", "plan_year"})
"""What stands over a plan's tables already."""
_HIDDEN = _COMMON | {
    "task", "citation", "sha256", "message_en", "name", "nested", "method", "candidates",
    "certainty",
}  # fmt: skip
"""What a page has no room for; sheets have it."""
_TITLES = {
    "vi": "Kế hoạch: nhiệm vụ, viện dẫn, phát hiện",
    "en": "Plans: tasks, citations, findings",
}
_DOCUMENT = {"vi": "Văn bản", "en": "Document"}
_NONE = {"vi": "Không có.", "en": "None."}


def write_markdown(
    files: Iterable[Filed],
    tables: Sequence[Table] | None,
    write: Callable[[str], object],
    *,
    lang: str = "vi",
) -> None:
    """The plans one after another, whole or as tables."""
    begun = False
    for filed in files:
        if begun:
            write("\n---\n\n")
        begun = True
        if tables is None:
            write(render.to_markdown(filed.plan, lang=lang) + "\n")
            continue
        lines = [f"# {escape_markdown(_name(filed, lang))}", ""]
        for table in tables:
            columns, rows = _filled(filed, table, lang)
            lines += [f"## {table.label(lang)} ({len(rows)})", ""]
            heads = [column.label(lang) for column in columns]
            lines += table_lines([heads, *rows]) if rows else [_NONE[lang]]
            lines.append("")
        write("\n".join(lines))


def write_page(
    files: Iterable[Filed],
    tables: Sequence[Table],
    write: Callable[[str], object],
    *,
    lang: str = "vi",
) -> None:
    """A page with each plan in turn."""
    title = _TITLES[lang] if len(tables) > 1 else tables[0].label(lang)
    for piece in head_of(title, lang, "main { max-width: 1320px; }\n"):
        write(piece)
    for number, filed in enumerate(files, 1):
        write(f'<section class="document" id="d{number}">')
        write(f"<h2>{escape(_name(filed, lang))}</h2>\n")
        for table in tables:
            for piece in _html(filed, table, lang):
                write(piece)
        write("</section>\n")
    write("</main>\n</body>\n</html>\n")


def _html(filed: Filed, table: Table, lang: str) -> Iterator[str]:
    if table.what == "plans":
        yield "<dl>"
        (row,) = table.rows(filed)
        for column, cell in zip(table.columns, row, strict=True):
            said = _said(cell, column, lang)
            if said and column.name != "sha256":
                yield f"<dt>{escape(column.label(lang))}</dt><dd>{_lines(said)}</dd>\n"
        yield "</dl>\n"
        return
    columns, rows = _filled(filed, table, lang)
    yield f"<h3>{escape(table.label(lang))} ({len(rows)})</h3>\n"
    if not rows:
        yield f'<p class="calm">{_NONE[lang]}</p>\n'
        return
    widths = [max(column.width, 13) for column in columns]
    yield '<table style="table-layout: fixed"><colgroup>'
    yield "".join(f'<col style="width: {100 * width / sum(widths):.1f}%">' for width in widths)
    heads = "".join(f"<th>{escape(column.label(lang))}</th>" for column in columns)
    yield f"</colgroup>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    for texts in rows:
        yield "<tr>" + "".join(f"<td>{_lines(text)}</td>" for text in texts) + "</tr>\n"
    yield "</tbody>\n</table>\n"


def _filled(filed: Filed, table: Table, lang: str) -> tuple[list[Column], list[list[str]]]:
    """The columns in which something stands, and the rows in them."""
    hidden = {"sha256"} if table.what == "plans" else _HIDDEN
    rows = [
        [_said(cell, column, lang) for cell, column in zip(row, table.columns, strict=True)]
        for row in table.rows(filed)
    ]
    kept = [
        at
        for at, column in enumerate(table.columns)
        if column.name not in hidden and any(row[at] for row in rows)
    ]
    return [table.columns[at] for at in kept], [[row[at] for at in kept] for row in rows]


def _said(cell: Cell, column: Column, lang: str) -> str:
    """A cell as it is read: days as they are written here, lists as lines."""
    if isinstance(cell, list) and column.kind == "texts":
        return "\n".join(map(str, cell))
    shown = told(cell, column, lang)
    if shown is None:
        return ""
    return day_said(shown) if column.kind == "day" and isinstance(shown, str) else str(shown)


def _lines(text: str) -> str:
    return "<br>".join(map(escape, text.split("\n")))


def _name(filed: Filed, lang: str) -> str:
    plan = filed.plan
    called = " ".join(filter(None, (plan.kind or _DOCUMENT[lang], number_of(plan.number))))
    issuer = plan.issuer.name if plan.issuer else None
    return " – ".join(filter(None, (called, issuer, filed.path)))
