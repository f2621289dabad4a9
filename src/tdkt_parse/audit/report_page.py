"""
The report as a page with charts, for the screen and for print.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from tdkt_parse.audit.charts import Bar, bars, stacks
from tdkt_parse.audit.copied import Copied
from tdkt_parse.audit.labels import VERDICTS, date_in_words, shown, word
from tdkt_parse.audit.page import escape, failures_of, head_of
from tdkt_parse.audit.report import Report, Standing
from tdkt_parse.audit.report_rows import HEADS, years_of
from tdkt_parse.audit.rules import RuleRow
from tdkt_parse.models import Level
from tdkt_parse.register import Verdict

MOST_BARS = 15
MOST_ROWS = 30

COLOURS: dict[Verdict, str] = {
    "in_force": "#3f8f4a",
    "expired": "#b3261e",
    "said_expired": "#d9932f",
    "not_yet": "#7a5ba8",
    "unknown": "#98a1ad",
}
OF_LEVEL: dict[Level, str] = {"error": "#b3261e", "warning": "#d9932f", "info": "#6f95bb"}


def report_page(
    report: Report,
    copied: Sequence[Copied],
    rows: Iterable[RuleRow],
    lang: str = "vi",
    *,
    failed: Sequence[tuple[str, Exception]] = (),
    today: date | None = None,
) -> Iterator[str]:
    """
    The page in pieces; ``rows`` are the rules, ``failed`` the documents that could not be read,
    each with the reason.
    """
    yield from head_of(word("report", lang), lang)
    day = date_in_words(today or date.today())  # noqa: DTZ011 - of whoever reads it
    yield f'<p class="made">{word("audited_on", lang).format(day=day)}. '
    yield f"{word('no_verdict', lang)}</p>\n"
    yield from _cards(report, lang)
    yield from failures_of(failed, lang)
    yield from _most_cited(report, lang)
    yield from _by_year(report, lang)
    yield from _by_issuer(report, lang)
    yield from _rules(report, rows, lang)
    yield from _variants(report, lang)
    same = [one for one in copied if one.how != "old_paper"]
    old = [one for one in copied if one.how == "old_paper"]
    yield from _same(same, lang)
    yield from _old(old, lang)
    links = ", ".join(f'<a href="{name}">{name}</a>' for name in HEADS)
    yield f"<h2>{word('tables', lang)}</h2>\n<p>{links}</p>\n"
    yield "</main>\n</body>\n</html>\n"


def _cards(report: Report, lang: str) -> Iterator[str]:
    bases = report.bases()
    yield '<div class="cards">\n'
    for name, figure in (
        ("card_documents", str(report.documents)),
        ("card_bases", str(bases.total)),
        ("card_instruments", str(len(report.usages))),
        ("card_gone", _share(bases, lang)),
        ("card_with_gone", str(report.with_gone)),
        ("card_unknown", str(bases.verdicts["unknown"])),
    ):
        yield f"<div><b>{figure}</b>{word(name, lang)}</div>\n"
    yield "</div>\n"
    if said := bases.verdicts["said_expired"]:
        yield f'<p class="made">{word("said_among_gone", lang).format(n=said)}</p>\n'


def _share(standing: Standing, lang: str) -> str:
    if not standing.gone:
        return "0"
    return f"{standing.gone} <small>({_percent(standing.gone, standing.total, lang)})</small>"


def _percent(part: int, whole: int, lang: str) -> str:
    share = f"{100 * part / whole:.1f} %" if whole else "0 %"
    return share.replace(".", ",") if lang == "vi" else share


# -- charts


def _most_cited(report: Report, lang: str) -> Iterator[str]:
    title = word("most_cited", lang)
    yield f"<h2>{title}</h2>\n"
    rows = [
        Bar(shown(usage.name), usage.times, str(usage.times))
        for _, usage in report.by_use()[:MOST_BARS]
    ]
    if not rows:
        yield f'<p class="calm">{word("none_found", lang)}</p>\n'
        return
    yield f"<figure>{bars(title, rows)}</figure>\n"
    heads = ("cited", "times", "in_documents", "years", *VERDICTS)
    yield from _table_head(heads, lang, numbers_from=1, look="wide")
    for _, usage in report.by_use()[:MOST_ROWS]:
        cells = (
            str(usage.times),
            str(usage.documents),
            years_of(usage.first_year, usage.last_year),
            *(str(usage.verdicts[verdict] or "") for verdict in VERDICTS),
        )
        figures = "".join(f'<td class="n">{cell}</td>' for cell in cells)
        yield f"<tr><td>{escape(usage.name)}</td>{figures}</tr>\n"
    yield from _table_end(len(report.usages), "instruments.csv", lang)


def _by_year(report: Report, lang: str) -> Iterator[str]:
    years = report.by_year()
    if not years:
        return
    names = {verdict: word(verdict, lang) for verdict in VERDICTS}
    title = word("by_year", lang)
    columns = [
        (one.name if one.name != "?" else word("no_year", lang), {**one.verdicts}) for one in years
    ]
    yield f"<h2>{title}</h2>\n<figure>{stacks(title, columns, COLOURS, names)}</figure>\n"
    title = word("share_by_year", lang)
    rows = [
        Bar(
            label,
            one.gone / one.total,
            f"{_percent(one.gone, one.total, lang)}  ({one.gone}/{one.total})",
            COLOURS["expired"],
        )
        for one, (label, _) in zip(years, columns, strict=True)
    ]
    yield f"<h3>{title}</h3>\n<figure>{bars(title, rows, label_width=110, most=1)}</figure>\n"


def _by_issuer(report: Report, lang: str) -> Iterator[str]:
    title = word("share_by_issuer", lang)
    yield f"<h2>{title}</h2>\n"
    rows = [
        Bar(
            shown(one.name),
            one.gone / one.total,
            f"{_percent(one.gone, one.total, lang)}  ({one.gone}/{one.total})",
            COLOURS["expired"],
        )
        for one in report.by_share()[:MOST_BARS]
    ]
    if rows:
        yield f"<figure>{bars(title, rows, most=1)}</figure>\n"
    else:
        yield f'<p class="calm">{word("none_found", lang)}</p>\n'
    if not report.issuers:
        return
    yield f"<h3>{word('who_cites', lang)}</h3>\n"
    heads = ("issuer", "in_documents", "bases", *VERDICTS)
    yield from _table_head(heads, lang, numbers_from=1, look="wide")
    for one in report.by_issuer()[:MOST_ROWS]:
        figures = (one.documents, one.total, *(one.verdicts[verdict] or "" for verdict in VERDICTS))
        cells = "".join(f'<td class="n">{figure}</td>' for figure in figures)
        yield f"<tr><td>{escape(one.name)}</td>{cells}</tr>\n"
    yield from _table_end(len(report.issuers), "issuers.csv", lang)


def _rules(report: Report, rows: Iterable[RuleRow], lang: str) -> Iterator[str]:
    title = word("rules_found", lang)
    yield f"<h2>{title}</h2>\n"
    found = [
        Bar(
            f"{row.id} {row.title_vi if lang == 'vi' else row.title_en}",
            report.rules[row.id],
            str(report.rules[row.id]),
            OF_LEVEL[row.level],
        )
        for row in rows
        if report.rules[row.id]
    ]
    if found:
        yield f"<figure>{bars(title, found)}</figure>\n"
    else:
        yield f'<p class="calm">{word("none_found", lang)}</p>\n'


# -- tables


def _variants(report: Report, lang: str) -> Iterator[str]:
    yield f"<h2>{word('variants', lang)}</h2>\n"
    several = [usage for _, usage in report.by_use() if len(usage.spellings) > 1]
    if not several:
        yield f'<p class="calm">{word("none_found", lang)}</p>\n'
        return
    yield from _table_head(("cited", "spelling", "times"), lang, numbers_from=2)
    for usage in several[:MOST_BARS]:
        spellings = usage.spellings.most_common(5)
        first = f'<td rowspan="{len(spellings)}">{escape(usage.name)}'
        ways = word("ways", lang).format(n=len(usage.spellings))
        first += f"<br><small>{ways}</small></td>"
        for spelling, count in spellings:
            cells = f'{first}<td>{escape(spelling)}</td><td class="n">{count}</td>'
            yield f'<tr class="many">{cells}</tr>\n'
            first = ""
    yield from _table_end(len(several), "variants.csv", lang, most=MOST_BARS)


def _same(same: Sequence[Copied], lang: str) -> Iterator[str]:
    yield f"<h2>{word('same_bases', lang)} ({len(same)})</h2>\n"
    if not same:
        yield f'<p class="calm">{word("none_found", lang)}</p>\n'
        return
    yield from _table_head(("issuer", "document", "previous", "how", "bases"), lang, numbers_from=4)
    for one in islice(same, MOST_ROWS):
        yield f"<tr><td>{escape(one.issuer)}</td><td>{_file(one.path, one.year)}</td>"
        yield f"<td>{_file(one.previous, one.previous_year)}</td><td>{word(one.how, lang)}</td>"
        yield f'<td class="n">{one.bases}</td></tr>\n'
    yield from _table_end(len(same), "copied.csv", lang)


def _old(old: Sequence[Copied], lang: str) -> Iterator[str]:
    yield f"<h2>{word('old_papers', lang)} ({len(old)})</h2>\n"
    if not old:
        yield f'<p class="calm">{word("none_found", lang)}</p>\n'
        return
    yield from _table_head(("issuer", "document", "cited"), lang)
    for one in islice(old, MOST_ROWS):
        yield f"<tr><td>{escape(one.issuer)}</td><td>{_file(one.path, one.year)}</td>"
        yield f"<td>{escape(one.words)}</td></tr>\n"
    yield from _table_end(len(old), "copied.csv", lang)


def _file(path: str, year: int | None) -> str:
    return f'{year or ""}<br><small class="path">{escape(path)}</small>'


def _table_head(
    names: Sequence[str], lang: str, *, numbers_from: int = 99, look: str = ""
) -> Iterator[str]:
    heads = "".join(
        f'<th class="{"n" * (k >= numbers_from)}">{_capital(word(name, lang))}</th>'
        for k, name in enumerate(names)
    )
    yield f'<table class="{look}">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n'


def _table_end(rows: int, file: str, lang: str, *, most: int = MOST_ROWS) -> Iterator[str]:
    yield "</tbody>\n</table>\n"
    if rows > most:
        said = word("first_of", lang).format(n=most, file=f'<a href="{file}">{file}</a>')
        yield f'<p class="made">{said}</p>\n'


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
