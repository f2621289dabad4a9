"""
What is one instrument however it is written: the key under which citations fall together.

What the register knows falls together by its row. Of the rest the number counts; one without its
year starts again each year, so the year of the date counts too, and one of a province, a commune or
a council starts in each place, so its issuer does. Laws are cited by title and day: there the title
and the year are the key. Where year or issuer is not said nothing is guessed: what is written so is
a cluster apart.
"""

from collections.abc import Sequence
from functools import cache

import regex

from tdkt_parse.lexicon import agencies
from tdkt_parse.models import Citation
from tdkt_parse.register import Instrument
from tdkt_parse.register.scope import is_shared
from tdkt_parse.spelling import bare
from tdkt_parse.wording import named_by_title

_NO_WORD = regex.compile(r"[^\p{L}\p{N}]+")
TIMEOUT = 2.0


def cluster_of(cited: Citation, instrument: Instrument | None) -> str:
    """
    The key of the instrument that a citation means.

    >>> from tdkt_parse.models import DocNumber, Evidence, PartialDate
    >>> def cited(issuer):
    ...     return Citation(kind="Kế hoạch", issuer=issuer, date=PartialDate(year=2024),
    ...         number=DocNumber(canonical="03/KH-UBND", issuers=["UBND"]),
    ...         evidence=Evidence(spans=[], text=""))
    >>> cluster_of(cited("UBND huyện Bắc Sơn"), None)
    '03/kh-ubnd | 2024 | uy ban nhan dan huyen bac son'
    """
    if instrument is not None:
        return instrument.id
    year = str(cited.date.year) if cited.date and cited.date.year else "?"
    number = cited.number
    if number is not None and number.canonical:
        parts = [number.canonical.casefold()]
        if number.year is None:
            parts.append(year)
        if is_shared(number.issuers):
            parts.append(issuer_key(cited.issuer or "") or "?")
        return " | ".join(parts)
    title = " ".join(_words(bare(cited.title or cited.evidence.text)))
    kind = bare(cited.kind)
    return " | ".join((kind, title.removeprefix(f"{kind} "), year))


def clusters_of(
    citations: Sequence[Citation],
    instruments: Sequence[Instrument | None],
    issuer: str | None = None,
) -> list[str]:
    """
    The keys of the citations of one document.

    A number said again without its day or its issuer is the one that was said with them, where the
    document cites but one of that number. ``UBND tỉnh``, of no province, is that of the place of
    ``issuer``, who issued the document.
    """
    keys = [cluster_of(*pair) for pair in zip(citations, instruments, strict=True)]
    keys = [f"{one} of {issuer_key(issuer or '?')}" if _is_anywhere(one) else one for one in keys]
    whole: dict[str, set[str]] = {}
    for one in keys:
        if "?" not in one.split(" | ")[1:]:
            whole.setdefault(one.split(" | ")[0], set()).add(one)
    return [_whole(one, whole.get(one.split(" | ")[0], set())) for one in keys]


_TIERS = tuple(
    f" {bare(tier)}" for tier in ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường")
)


def _is_anywhere(one: str) -> bool:
    """Whether the issuer in a key is a tier of the state without the name of a place."""
    return one.endswith(_TIERS) and " | " in one


def _whole(part: str, known: set[str]) -> str:
    said = [piece for piece in part.split(" | ")[1:] if piece != "?"]
    fitting = [one for one in known if set(said) <= set(one.split(" | ")[1:])]
    return fitting[0] if len(fitting) == 1 and "?" in part.split(" | ")[1:] else part


def name_of(cited: Citation, instrument: Instrument | None) -> str:
    """What the instrument is called in a table: its type with the number, or with the title."""
    if instrument is not None:
        if instrument.kind in named_by_title():
            return f"{_with_kind(instrument.kind, instrument.title)} ({instrument.number})"
        return f"{instrument.kind} {instrument.number}"
    if cited.number is not None and cited.number.canonical:
        name = f"{cited.kind} {cited.number.canonical}"
        return (
            f"{name} ({cited.issuer})" if cited.issuer and is_shared(cited.number.issuers) else name
        )
    title = " ".join((cited.title or "").split())
    name = _with_kind(cited.kind, title) if title else cited.kind
    return f"{name} ({cited.date.year})" if cited.date and cited.date.year else name


def _with_kind(kind: str, title: str) -> str:
    return title if bare(title).startswith(bare(kind)) else f"{kind} {title}"


def spelling_of(text: str) -> str:
    """A citation as it is written, line breaks and spaces apart."""
    return " ".join(text.split())


def fold_wording(text: str) -> str:
    """
    A wording without what changes from year to year: dates and years, and how it is spelt.

    >>> fold_wording("Kế hoạch số 05/KH-UBND ngày 10/01/2023 về công tác năm 2023;")
    'ke hoach so 05/kh-ubnd ngay … ve cong tac nam …'
    """
    folded = bare(text)
    for pattern in _DATES:
        folded = pattern.sub("…", folded, timeout=TIMEOUT)
    return folded.strip(" .;,")


_DATES = (
    regex.compile(r"(?<!\w)[\d.…]{0,4}\s*thang\s*\d{1,2}\s*nam\s*\d{4}(?!\w)"),
    regex.compile(r"(?<![\w/])\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}(?![\w/])"),
    regex.compile(r"(?<![\w/])(?:19|20)\d\d(?![\w/])"),
)


def _words(text: str) -> list[str]:
    words: list[str] = _NO_WORD.sub(" ", text, timeout=TIMEOUT).split()
    return words


def issuer_key(name: str) -> str:
    """An organ by its full name without marks, abbreviations written out."""
    names = _agency_names()
    return " ".join(names.get(word, word) for word in _words(bare(name)))


@cache
def _agency_names() -> dict[str, str]:
    return {bare(row.code): bare(row.name) for row in agencies() if row.code.isalpha()}
