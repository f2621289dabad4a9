"""
The words that open a part of the form: bases, the issuing clause, the end (``data/openers.toml``).
"""

from functools import cache

import regex
from pydantic import BaseModel, ConfigDict

from tdkt_parse.lexicon import read_toml
from tdkt_parse.spelling import key
from tdkt_parse.wording.phrases import Phrases, Row, Starts, Words


class Basis(Row):
    """A verb that opens a legal basis; not firm: a document must follow."""

    verb: str
    firm: bool
    printed: int | None = None


class Issuing(Row):
    """Verbs of the issuing clause, and what they act on."""

    verbs: list[str]
    objects: list[str]
    drives: list[str]


class OpenerRows(BaseModel):
    """``openers.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    basis: list[Basis]
    issuing: list[Issuing]
    closing: list[Starts]
    recipients: list[Starts]
    addressees: list[Starts]
    appendix: list[Starts]
    example: list[Starts]
    secrecy: list[Words]
    urgency: list[Words]
    draft: list[Words]
    annexed: list[Starts]
    annexed_broken: list[Starts]
    filed: list[Starts]
    about: list[Starts]
    as_follows: list[Words]
    listed_bases: list[Starts]
    authority: list[Starts]
    narrative: list[Words]


@cache
def opener_rows() -> OpenerRows:
    return read_toml("openers.toml", OpenerRows)


@cache
def _basis_verbs() -> Phrases:
    return Phrases.of((row.verb, "firm" if row.firm else "") for row in opener_rows().basis)


def basis_verb(folded: str) -> tuple[str, bool] | None:
    """The verb that opens a legal basis, folded, and whether it alone is enough."""
    known = _basis_verbs().start_of(folded)
    return (known[0], bool(known[1])) if known else None


@cache
def opener(kind: str) -> Phrases:
    """
    Wordings that begin a part: closing, recipients, addressees, appendix or example; or that are
    what a basis of no document rests on: authority.
    """
    rows: list[Starts] = getattr(opener_rows(), kind)
    return Phrases.of((start, kind) for row in rows for start in row.starts)


@cache
def marked_words(kind: str) -> frozenset[str]:
    """Words that stand alone on a line: secrecy, urgency or draft."""
    rows: list[Words] = getattr(opener_rows(), kind)
    return frozenset(key(word) for row in rows for word in row.words)


@cache
def starts_of(kind: str) -> tuple[str, ...]:
    """
    How a text, folded, begins that is annexed (or annexed_broken), filed, about, or listed_bases.

    Unlike those of :func:`opener`, they may be followed by a letter.
    """
    rows: list[Starts] = getattr(opener_rows(), kind)
    return tuple(key(start) for row in rows for start in row.starts)


@cache
def as_follows() -> tuple[str, ...]:
    """How what announces the content ends, folded."""
    return tuple(key(word) for row in opener_rows().as_follows for word in row.words)


def announces(text: str) -> bool:
    """
    Whether a text ends in what announces the content below it.

    >>> announces("UBND xã xây dựng kế hoạch như sau:"), announces("như sau này.")
    (True, False)
    """
    return key(text.rstrip(" .:;")[-16:]).endswith(as_follows())


@cache
def _times() -> tuple[str, ...]:
    return tuple(f", {key(word)} " for row in opener_rows().narrative for word in row.words)


def tells_when(folded: str) -> bool:
    """Whether a text, folded, says behind a comma when something was."""
    return any(time in folded for time in _times())


@cache
def issuing_verbs() -> regex.Pattern[str]:
    """The verbs of the issuing clause, as whole words in small letters."""
    verbs = [verb for row in opener_rows().issuing for verb in row.verbs]
    return regex.compile(
        r"(?<=\s)(?:" + "|".join(sorted(verbs, key=len, reverse=True)) + r")(?=\s)"
    )


@cache
def issuing_objects() -> tuple[str, ...]:
    """What the verbs of the issuing clause act on, folded."""
    return tuple(key(word) for row in opener_rows().issuing for word in row.objects)


@cache
def issuing_drives() -> tuple[str, ...]:
    """What they act on in a sentence of its own, folded: ``phát động đợt thi đua``."""
    return tuple(key(word) for row in opener_rows().issuing for word in row.drives)
