"""
Types of document: how they are written, and which is of higher force (``data/kinds.toml``).
"""

from functools import cache

from pydantic import BaseModel, ConfigDict

from tdkt_parse.lexicon import read_toml
from tdkt_parse.spelling import bare, key
from tdkt_parse.wording.motto import squeezed
from tdkt_parse.wording.phrases import Row


class Kind(Row):
    """A type of document: how it is written, and where it can stand."""

    name: str
    spellings: list[str]
    title: bool
    cited: bool
    unnumbered: bool = False
    decides: bool = False
    promulgated: bool = False
    rank: int | None = None
    """In the order of legal force, 1 the highest."""


class KindRows(BaseModel):
    """``kinds.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: list[Kind]


@cache
def kinds() -> tuple[Kind, ...]:
    """Types of document."""
    return tuple(read_toml("kinds.toml", KindRows).kind)


@cache
def named_by_title() -> frozenset[str]:
    """Types of document that are cited by their title, without number: laws, codes, ordinances."""
    return frozenset(row.name for row in kinds() if row.unnumbered and row.rank is not None)


@cache
def deciding() -> frozenset[str]:
    """Types of document that name who decides between their title and their bases too."""
    return frozenset(row.name for row in kinds() if row.decides)


@cache
def promulgated() -> frozenset[str]:
    """Types of document that another one puts into force as its attachment."""
    return frozenset(row.name for row in kinds() if row.promulgated)


@cache
def _ranks() -> dict[str, int]:
    return {row.name: row.rank for row in kinds() if row.rank is not None}


def rank_of(kind: str) -> int | None:
    """The legal force of a type of document, 1 the highest; ``None`` where it is not known."""
    return _ranks().get(kind)


def outranks(kind: str, other: str) -> bool:
    """
    Whether a type of document is of higher legal force than another; False where it is not known.

    >>> outranks("Nghị định", "Thông tư"), outranks("Quyết định", "Kế hoạch")
    (True, False)
    """
    known = _ranks()
    return kind in known and other in known and known[kind] < known[other]


@cache
def _type_lines() -> dict[str, str]:
    return {bare(s): row.name for row in kinds() if row.title for s in row.spellings}


@cache
def _longest_type() -> int:
    return max(len(line.split()) for line in _type_lines())


@cache
def _spaced_types() -> dict[str, str]:
    """The letters of each type line run together, for capitals set apart: ``K Ế H O Ạ C H``."""
    return {squeezed(line): line for line in _type_lines()}


def type_of_line(text: str) -> tuple[str, int] | None:
    """
    The type of document that a line in capitals begins with, and how many words name it.

    Marks are not looked at, for OCR reads ``KÉ HOẠCH``.

    >>> type_of_line("KÉ HOẠCH"), type_of_line("KẾ HOẠCH PHÁT ĐỘNG THI ĐUA")
    (('Kế hoạch', 2), ('Kế hoạch', 2))
    """
    words = text.split()
    if len(words) > 3 and all(len(word) == 1 for word in words):
        name = _type_lines().get(_spaced_types().get(squeezed(text), ""))
        return (name, len(words)) if name else None
    for count in range(min(_longest_type(), len(words)), 0, -1):
        head = " ".join(words[:count])
        name = _type_lines().get(bare(head).strip(" .:"))
        if name and head.isupper():
            return name, count
    return None


@cache
def kind_by_spelling() -> dict[str, str]:
    """Each spelling of a type of document in small letters, and the type's name."""
    return {s.lower(): row.name for row in kinds() if row.cited for s in row.spellings}


def is_numbered_document(text: str) -> bool:
    """
    Whether a text begins with a type of document and its number.

    >>> is_numbered_document("Kết luận số 12-KL/TW của Ban Bí thư")
    True
    >>> is_numbered_document("Kết luận của Hội nghị số 3"), is_numbered_document("Quyết định này")
    (False, False)
    """
    folded = key(text[:60])
    named = (key(spelling) for spelling in kind_by_spelling())
    rests = (folded[len(name) :].lstrip() for name in named if folded.startswith(f"{name} "))
    return any(rest.removeprefix(key("số")).lstrip(" :")[:1].isdigit() for rest in rests)
