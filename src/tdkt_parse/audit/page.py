"""
What was found, on a page for people: for the screen and for print, with nothing else needed.

All words of documents are escaped; the page holds no script and loads nothing.
"""

import html
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from tempfile import SpooledTemporaryFile

from tdkt_parse.audit.labels import LEVELS, WORDS, date_in_words, message_of, shown, word
from tdkt_parse.audit.page_style import MADE_BY, POLICY, STYLE
from tdkt_parse.audit.sheets import Cited, Placed, Rested, Sheet
from tdkt_parse.exceptions import ExitCode

MOST_QUOTED = 400
"""Characters of quoted words; a paragraph of the longest kind has more."""
_IN_MEMORY = 8 << 20


def page_of(
    sheets: Iterable[Sheet],
    lang: str = "vi",
    *,
    failed: Sequence[tuple[str, Exception]] = (),
    today: date | None = None,
) -> Iterator[str]:
    """
    The page in pieces: the documents in a table, if there are several, then each by itself.

    The table needs all of them, so what is printed of each waits in a file that is for nobody else.
    ``failed`` are documents that could not be read, each with the reason; it is looked at when the
    sheets have come.
    """
    overview: list[str] = []
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="\n") as waiting:
        for number, sheet in enumerate(sheets, 1):
            overview.append(_row(sheet, number, lang))
            waiting.writelines(f"{line}\n" for line in section_of(sheet, number, lang))
        yield from head_of(word("audit", lang), lang)
        day = date_in_words(today or date.today())  # noqa: DTZ011 - of whoever reads it
        yield f'<p class="made">{word("audited_on", lang).format(day=day)}. '
        yield f"{word('no_verdict', lang)}</p>\n"
        if len(overview) > 1:
            yield from _overview(overview, lang)
        yield from failures_of(failed, lang)
        waiting.seek(0)
        while piece := waiting.read(1 << 16):
            yield piece
    yield "</main>\n</body>\n</html>\n"


def head_of(title: str, lang: str, style: str = "") -> Iterator[str]:
    """How a page begins, to its heading; ``style`` goes with that of all pages."""
    yield f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
    yield f"{MADE_BY}\n"
    yield '<meta name="viewport" content="width=device-width">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
    yield f"<title>{escape(title)}</title>\n<style>{STYLE}{style}</style>\n"
    yield "</head>\n<body>\n<main>\n"
    yield f"<h1>{escape(title)}</h1>\n"


def failures_of(failed: Sequence[tuple[str, Exception]], lang: str) -> Iterator[str]:
    """The documents that could not be read, each with the reason."""
    if failed:
        yield f"<h2>{word('failed', lang).format(n=len(failed))}</h2>\n<ul>\n"
        for path, error in failed:
            code = int(getattr(error, "exit_code", ExitCode.UNREADABLE))
            why = word(f"failed_{code}" if f"failed_{code}" in WORDS else "failed_10", lang)
            yield f'<li><span class="path">{escape(path)}</span>: {why}.'
            yield f"<br><small>{escape(str(error))}</small></li>\n"
        yield "</ul>\n"


def escape(text: str) -> str:
    """Words of a document, as words."""
    return html.escape(shown(text))


def counts_of(sheet: Sheet) -> dict[str, int]:
    """How many findings of each level, what could not be checked apart."""
    said = [one for one in sheet.findings if one not in sheet.unchecked]
    return {level: sum(one.level == level for one in said) for level in LEVELS}


# -- the table of documents


def _overview(rows: Sequence[str], lang: str) -> Iterator[str]:
    heads = "".join(
        f'<th class="{"n" if name != "document" else ""}">{word(name, lang).capitalize()}</th>'
        for name in ("document", "errors", "warnings", "infos", "unchecked")
    )
    yield f'<h2>{word("documents", lang)} ({len(rows)})</h2>\n<table class="overview">\n'
    yield f"<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    yield from rows
    yield "</tbody>\n</table>\n"


def _row(sheet: Sheet, number: int, lang: str) -> str:
    counts = counts_of(sheet)
    cells = "".join(
        f'<td class="n {level if n else "none"}">{n}</td>' for level, n in counts.items()
    )
    unchecked = len(sheet.unchecked)
    cells += f'<td class="n {"" if unchecked else "none"}">{unchecked}</td>'
    name = f'<a href="#d{number}">{_name(sheet, lang)}</a>'
    about = f"<br><small>{escape(sheet.issuer)}</small>" if sheet.issuer else ""
    about += f'<br><small class="path">{escape(sheet.path)}</small>'
    return f"<tr><td>{name}{about}</td>{cells}</tr>\n"


# -- one document


def section_of(sheet: Sheet, number: int, lang: str) -> Iterator[str]:
    """What was found in one document, line by line."""
    yield f'<section class="document" id="d{number}">'
    yield f"<h2>{_name(sheet, lang)}</h2>"
    yield "<dl>"
    yield from _about(sheet, lang)
    yield "</dl>"
    yield f'<p class="counts">{_counts(sheet, lang)}</p>'
    yield f"<h3>{word('bases', lang)}</h3>"
    yield from _bases(sheet, lang)
    yield f"<h3>{word('findings', lang)}</h3>"
    shown_here = [one for one in sheet.findings if one not in sheet.unchecked]
    if not shown_here:
        yield f'<p class="calm">{word("no_findings", lang)}</p>'
    for level in LEVELS:
        of_level = [one for one in shown_here if one.level == level]
        if of_level:
            yield f'<h4 class="{level}">{word(f"level_{level}", lang)} ({len(of_level)})</h4>'
            yield '<ol class="findings">'
            for one in of_level:
                yield from _finding(one, lang)
            yield "</ol>"
    yield f"<h3>{word('unchecked', lang)}</h3>"
    if sheet.unchecked:
        yield '<ol class="findings">'
        for one in sheet.unchecked:
            yield from _finding(one, lang)
        yield "</ol>"
    else:
        yield f'<p class="calm">{word("all_checked" if sheet.bases else "no_bases", lang)}</p>'
    yield "</section>"


def _name(sheet: Sheet, lang: str) -> str:
    said = sheet.number or word("no_number", lang)
    number = f"{word('number', lang)} {said}" if sheet.number else said
    return escape(f"{sheet.kind or word('document', lang)} {number}")


def _about(sheet: Sheet, lang: str) -> Iterator[str]:
    day = date_in_words(sheet.date)
    told = escape(day) or word("no_date", lang)
    if sheet.date is None or None in (sheet.date.year, sheet.date.month, sheet.date.day):
        told += f" <small>({word('partial', lang)})</small>" if day else ""
    issuer = sheet.issuer or ""
    if sheet.parent:
        issuer = f"{issuer} ({sheet.parent})"
    for name, said in (
        ("title", escape(sheet.title or "")),
        ("issuer", escape(issuer)),
        ("date", told),
        ("file", f'<span class="path">{escape(sheet.path)}</span>'),
    ):
        if said:
            yield f"<dt>{word(name, lang)}</dt><dd>{said}</dd>"


def _counts(sheet: Sheet, lang: str) -> str:
    parts = [
        f'<span class="badge {level if n else "none"}">{n} {word(f"{level}s", lang)}</span>'
        for level, n in counts_of(sheet).items()
    ]
    unchecked = len(sheet.unchecked)
    look = "unknown" if unchecked else "none"
    said = word("unchecked", lang).lower()
    parts.append(f'<span class="badge {look}">{unchecked} {said}</span>')
    return " ".join(parts)


def _bases(sheet: Sheet, lang: str) -> Iterator[str]:
    if not sheet.bases:
        yield f'<p class="calm">{word("no_bases", lang)}</p>'
        return
    heads = "".join(f"<th>{word(n, lang)}</th>" for n in ("as_written", "instrument", "standing"))
    yield f'<table class="bases">\n{_COLUMNS}<thead><tr><th></th>{heads}</tr></thead>\n<tbody>'
    for number, basis in enumerate(sheet.bases, 1):
        yield from _basis(number, basis, sheet, lang)
    yield "</tbody>\n</table>"


_COLUMNS = '<colgroup><col class="k"><col class="written"><col><col class="standing"></colgroup>'


def _basis(number: int, basis: Rested, sheet: Sheet, lang: str) -> Iterator[str]:
    cited = [sheet.citations[k] for k in basis.citations if not sheet.citations[k].nested]
    span = f' rowspan="{len(cited)}"' if len(cited) > 1 else ""
    first = f'<td class="n"{span}>{number}</td><td{span}>{escape(_quoted(basis.text))}</td>'
    if not cited:
        yield f'<tr>{first}<td class="calm" colspan="2">{word("no_citation", lang)}</td></tr>'
    row = '<tr class="many">' if span else "<tr>"
    for one in cited:
        verdict = f'<span class="badge {one.verdict}">{word(one.verdict, lang)}</span>'
        if len(one.verdicts) > 1:
            names = ", ".join(word(verdict, lang) for verdict in one.verdicts)
            verdict += f"<br><small>{word('depends', lang).format(names=names)}</small>"
        yield f"{row}{first}<td>{_instrument(one, lang)}</td><td>{verdict}</td></tr>"
        first = ""


def _instrument(one: Cited, lang: str) -> str:
    name = escape(one.name)
    if one.instrument is None:
        return f"{name}<br><small>{word('not_resolved', lang)}</small>"
    told = [
        word(said, lang).format(day=date_in_words(day))
        for said, day in (("effective", one.effective), ("expires", one.expired))
        if day
    ]
    if one.replaced_by:
        names = ", ".join(map(escape, one.replaced_by))
        told.append(word("replaced", lang).format(names=names))
    return f"<b>{name}</b>" + (f"<br><small>{'; '.join(told)}</small>" if told else "")


def _finding(one: Placed, lang: str) -> Iterator[str]:
    yield f'<li class="{one.level}"><p><b class="rule">{escape(one.rule)}</b> '
    yield f"{escape(message_of(one, lang))}</p>"
    if one.evidence is not None and one.evidence.text.strip():
        yield f"<blockquote>{escape(_quoted(one.evidence.text))}</blockquote>"
    under = f"{word('rests_on', lang)} {escape(one.locator)}"
    yield f'<p class="where">{_where(one, lang)}. {under}.</p></li>'


def _where(one: Placed, lang: str) -> str:
    if one.evidence is None or not one.evidence.spans:
        return word("whole", lang).capitalize()
    parts = [
        word(name, lang).format(n=number)
        for name, number in (("page", one.page), ("line", one.line))
        if number is not None
    ]
    return ", ".join(parts).capitalize() or word("document", lang)


def _quoted(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= MOST_QUOTED:
        return words
    return f"{words[:MOST_QUOTED].rpartition(' ')[0] or words[:MOST_QUOTED]} …"
