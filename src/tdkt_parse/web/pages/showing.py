"""
What pages are made with: templates, the words of a language, and what each page has.
"""

import datetime as dt
import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from tdkt_parse.audit.labels import shown
from tdkt_parse.audit.rules import rule_rows
from tdkt_parse.export.tables import day_said
from tdkt_parse.web.guards import csrf_token
from tdkt_parse.web.people import person_of, site_of

HERE = Path(__file__).parent.parent
LANGUAGES = ("vi", "en")
LANG_COOKIE = "tdkt-lang"
ROMAN = ("I", "II", "III", "IV")
YEAR_SECONDS = 365 * 86400


class Words:
    """The words of one language: ``t("plans_found", n=3)``."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._of = {name: both[lang] for name, both in phrases().items()}

    def __call__(self, name: str, **values: object) -> str:
        """A phrase with values put in; KeyError for one that there is not."""
        said = self._of[name]
        return said.format(**values) if values else said

    def known(self, name: str, otherwise: str) -> str:
        """A phrase, or what stands for one that there is not."""
        return self._of.get(name, otherwise)


@cache
def phrases() -> dict[str, dict[str, str]]:
    """Everything that pages say, by name, in each language."""
    return tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))


@cache
def words_in(lang: str) -> Words:
    """The words of a language."""
    return Words(lang)


def lang_of(request: Request) -> str:
    """The language somebody chose, in the address or before; else that of the service."""
    for said in (request.query_params.get("lang"), request.cookies.get(LANG_COOKIE)):
        if said in LANGUAGES:
            return said
    return site_of(request).lang


def words_of(request: Request) -> Words:
    """The words in the language of whoever asks."""
    return words_in(lang_of(request))


@cache
def asset(name: str) -> str:
    """The address of a file that browsers may keep until it changes."""
    digest = hashlib.sha256((HERE / "static" / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"


def when_said(moment: str | None) -> str:
    """
    A moment (UTC, ISO 8601) as people here write it, in the time of Vietnam.

    >>> when_said("2024-03-15T17:05:00+00:00"), when_said(None)
    ('00:05 16/03/2024', '')
    """
    if not moment:
        return ""
    try:
        then = dt.datetime.fromisoformat(moment.partition(".")[0].removesuffix("+00:00"))
    except ValueError:
        return moment
    return (then + dt.timedelta(hours=7)).strftime("%H:%M %d/%m/%Y")


def date_said(value: dt.date | str | None) -> str:
    """A day as Vietnamese write it."""
    if value is None:
        return ""
    return day_said(value.isoformat() if isinstance(value, dt.date) else value)


def counted(value: int, lang: str = "vi") -> str:
    """
    A count with its thousands apart.

    >>> counted(100000), counted(100000, "en")
    ('100.000', '100,000')
    """
    plain = f"{value:,}"
    return plain.replace(",", ".") if lang == "vi" else plain


def size_said(count: int) -> str:
    """
    Bytes for people.

    >>> size_said(52428800), size_said(900), size_said(0)
    ('50 MB', '1 KB', '0 KB')
    """
    return f"{count / (1 << 20):.0f} MB" if count >= 1 << 20 else f"{-(-count >> 10)} KB"


def quarters_said(quarters: Iterable[int]) -> str:
    """
    Quarters as plans write them.

    >>> quarters_said([1, 4])
    'I, IV'
    """
    return ", ".join(ROMAN[one - 1] if one in (1, 2, 3, 4) else str(one) for one in quarters)


def marked(text: str, marks: Any) -> Markup:
    """A text with ranges of it marked."""
    out, at = Markup(), 0
    for start, end in marks:
        out += Markup("{}<mark>{}</mark>").format(shown(text[at:start]), shown(text[start:end]))
        at = end
    return out + shown(text[at:])


def text_lines(text: str) -> Markup:
    """A text whose lines stay lines."""
    return Markup("\n").join(shown(line) for line in text.split("\n"))


def query_of(values: Mapping[str, Any], **others: Any) -> str:
    """A query string of what is neither nothing nor empty; ``others`` take the place of values."""
    told = {name: value for name, value in {**values, **others}.items() if value not in (None, "")}
    return f"?{urlencode(told)}" if told else "?"


def rule_said(rule: str, lang: str, otherwise: str = "") -> str:
    """What a rule is about; of one that is not known any more what was kept with its finding."""
    known = rule_rows().get(rule)
    if known is None:
        return otherwise
    return known.title_vi if lang == "vi" else known.title_en


@cache
def templates() -> Environment:
    """The templates; whatever is put into one is text, and has no controls in it."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_plain,
    )
    made.filters.update(
        day=date_said,
        moment=when_said,
        size=size_said,
        marked=marked,
        quarters=quarters_said,
        query=query_of,
        text_lines=text_lines,
    )
    made.globals.update(asset=asset, rule_said=rule_said)
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, Markup):
        return value
    if value is None:
        return ""
    return shown(value) if isinstance(value, str) else value


NAV = (
    ("/uploads", "nav_upload", "correct"),
    ("/plans", "nav_plans", "read"),
    ("/calendar", "nav_calendar", "read"),
    ("/instruments", "nav_instruments", "read"),
    ("/findings", "nav_findings", "read"),
    ("/compare", "nav_compare", "read"),
    ("/accounts", "nav_people", "administer"),
)
"""The pages in the menu, and who may open them."""


def show(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page."""
    lang = lang_of(request)
    person = values.pop("person", None) or _person(request)
    other = LANGUAGES[lang == LANGUAGES[0]]
    query = {**dict(request.query_params), "lang": other}
    html = templates().get_template(template).render(
        t=words_in(lang),
        lang=lang,
        n=lambda value: counted(value, lang),
        person=person,
        csrf=csrf_token(request),
        path=request.url.path,
        nav=[
            (path, name) for path, name, role in NAV if person is not None and person.may(role)
        ],
        other_lang=other,
        other_url=f"{request.url.path}{query_of(query)}",
        **values,
    )  # fmt: skip
    response = HTMLResponse(html, status)
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(
            LANG_COOKIE,
            lang,
            max_age=YEAR_SECONDS,
            path="/",
            secure=site_of(request).secure,
            httponly=True,
            samesite="lax",
        )
    return response


def _person(request: Request) -> Any:
    from tdkt_parse.web.problems import Problem

    try:
        return person_of(request)
    except Problem:
        return None
