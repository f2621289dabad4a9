"""
B17: the title under which a document is cited, and its own.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from tdkt_parse.audit.cases import Case, goes_on_list
from tdkt_parse.audit.findings import Hit
from tdkt_parse.audit.phrases import TIMEOUT
from tdkt_parse.audit.quoting import find_words, part_of, quote
from tdkt_parse.audit.words import as_cited
from tdkt_parse.models import Citation, Evidence
from tdkt_parse.register import Instrument
from tdkt_parse.spelling import key

_ABOUT = regex.compile(r"^\s*(?:hướng dẫn\s+)?(?:về\s+việc|về|v/v)\s+", regex.IGNORECASE)
_WORD = regex.compile(r"\w+")


def title_drift(case: Case) -> Iterator[Hit]:
    """
    B17: a title is cited as it is, capitals and all, and the type of document named once.

    A title that the register does not vouch for is not compared. Each is remarked on once.

    PASS 09/3/2024: Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022.
    FAIL 09/3/2024: Căn cứ Luật Thi đua, Khen thưởng ngày 15/6/2022.
    """
    said: set[tuple[str, str]] = set()
    for index, cited in enumerate(case.plan.citations):
        doubled = _doubled(cited)
        if doubled:
            yield Hit(doubled, "doubled", {"kind": cited.kind}, citation=index)
        instrument = case.instruments[index]
        if instrument is None or cited.title is None or "title" in instrument.unverified:
            continue
        if cited.resolved and cited.resolved.method == "amended_year":
            continue  # It is named by the law that it amends, and its year.
        if goes_on_list(case, index):
            continue  # Its title is that of all the list.
        saying = _drift(cited, instrument)
        # The name of a law stands inside the names of those that amend it.
        about = "" if saying == "capitals" else instrument.id
        if saying and (about, saying) not in said:
            said.add((about, saying))
            words = {
                "document": as_cited(cited.model_copy(update={"title": instrument.title})),
                "title": f"{instrument.kind} {instrument.title}"
                if not cited.number
                else instrument.title,
                "cited": " ".join(cited.title.split()),
            }
            where = quote(cited.evidence, cited.title) or cited.evidence
            yield Hit(where, saying, words, citation=index, instrument=instrument.number)


def _doubled(cited: Citation) -> Evidence | None:
    """The type of a document, where it stands a second time before the title."""
    if not cited.title or not cited.number:
        return None
    text = cited.evidence.text
    found = find_words(text, f"{cited.kind} {cited.title[:12]}", 1)
    title = find_words(text, cited.title)
    if found is None or not text[found[0] - 1].isspace() or not title:
        return None
    if title[0] < found[0]:
        return None  # Said before, and here again as the name by which it goes on.
    return part_of(cited.evidence, found[0], found[0] + len(cited.kind))


@lru_cache(maxsize=2048)
def _words(title: str) -> tuple[str, ...]:
    """The words of a title, without the "về việc" that announces it."""
    title = _ABOUT.sub("", title, count=1, timeout=TIMEOUT)
    return tuple(_WORD.findall(title, timeout=TIMEOUT))


def _goes_on(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether one title begins the other: either may be cut, or say more of the act."""
    return all(a == b or key(a) == key(b) for a, b in zip(ours, theirs, strict=False))


def _drift(cited: Citation, instrument: Instrument) -> str | None:
    """How a cited title differs from the register's, if it does."""
    ours = _words(cited.title or "")
    known = [_words(title) for title in (instrument.title, *instrument.aliases)]
    theirs = next((one for one in known if _goes_on(ours, one)), None)
    if theirs is None:
        # In a sentence what follows a number may be what is done, and no title.
        return "paraphrase" if cited.where == "legal_bases" and not cited.nested else None
    # Only laws are named by their titles: others' first letter is small or not, as they stand.
    if cited.kind not in ("Luật", "Bộ luật", "Pháp lệnh"):
        return None
    raised = any(
        a[0].isupper() and not b[0].isupper() for a, b in zip(ours[1:], theirs[1:], strict=False)
    )
    return "capitals" if raised else None
