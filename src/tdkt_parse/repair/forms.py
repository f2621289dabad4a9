"""
Lines that are words of the form, misread: ``KÉ HOẠCH``, ``Noi nhận:``, ``CHỦTỊCH``.

A line whose letters without their marks are those of a form, and are no other form's, is that form.
"""

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from tdkt_parse.layout import Repair
from tdkt_parse.lexicon import document_types
from tdkt_parse.repair.tokens import Token
from tdkt_parse.spelling import bare, key
from tdkt_parse.syllables import is_syllable
from tdkt_parse.wording import office_rows

RULE = "ocr_form"
LONGEST = 7
FORMS = (
    "Cộng hòa xã hội chủ nghĩa Việt Nam",
    "Độc lập Tự do Hạnh phúc",
    "Đảng Cộng sản Việt Nam",
    "Ủy ban nhân dân",
    "Nơi nhận",
    "Kính gửi",
    "Mục đích yêu cầu",
    "Mục đích",
    "Yêu cầu",
    "Tổ chức thực hiện",
    "TM Ủy ban nhân dân",
    "TM Ban Thường vụ",
    "TM Ban Chấp hành",
    "TM Ban Thường trực",
    "TM Khối thi đua",
    "Ban Thường vụ",
    "Ban Thường trực",
    "Ban Chấp hành",
    "Khối thi đua",
    "KT Chủ tịch",
    "Thủ trưởng",
    "Phó Thủ trưởng",
    "Việt Nam",
)
"""
Words of NĐ 30/2020/NĐ-CP, Phụ lục I, II; of the signatures of the Party, the Youth Union and trade
unions (Hướng dẫn 36-HD/VPTW); and headings of nearly every plan.
"""
LABELS = frozenset(("muc dich", "yeu cau", "muc dich yeu cau", "noi nhan", "kinh gui"))
"""Of these, in letters without marks, those that stand before a colon too."""


@cache
def _names() -> tuple[str, ...]:
    """The forms, the types of documents of more words than one, and the offices of signers."""
    types = [row.name for row in document_types() if " " in row.name]
    starts = [start for row in office_rows().office for start in row.starts if " " in start]
    offices = [
        name for start in starts for name in (start.capitalize(), f"Phó {start}".capitalize())
    ]
    return (*FORMS, *types, *offices)


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    """The words of each form by its letters without marks; none that two forms share."""
    names = _names()
    found: dict[str, tuple[str, ...]] = {}
    shared: set[str] = set()
    for name in names:
        words = tuple(map(key, name.split()))
        if found.setdefault(bare(name), words) != words:
            shared.add(bare(name))
    return {letters: words for letters, words in found.items() if letters not in shared}


@cache
def _printed() -> dict[str, str]:
    """A word of the forms as it is printed, by its key."""
    names = _names()
    return {key(word): word.casefold() for name in names for word in name.split()}


def find_forms(tokens: Sequence[Token], start: int = 0) -> Iterator[Repair]:
    """The repairs of one line that begins at ``start``, if it is a form."""
    yield from _glued(tokens)
    motto = _motto(tokens)
    if motto:
        yield motto
        return
    named = tokens if 1 < len(tokens) <= LONGEST else _label(tokens)
    line = tokens[1:] if _is_labelled(tokens) else tokens
    nearly = _nearly(line)
    if nearly:
        for token, word in zip(line, nearly, strict=True):
            if key(token.text) != key(word):
                # A speck before the first goes too.
                is_first = token is tokens[0] and token.start - start <= SPECK
                yield Repair(start if is_first else token.start, token.end, word, RULE)
        return
    words = _forms().get(" ".join(bare(token.text) for token in named))
    if words is None and _is_labelled(tokens):
        behind = _forms().get(" ".join(bare(token.text) for token in tokens[1:]))
        named, words = (tokens[1:], behind) if behind else (named, None)
    if words is None and named is tokens:
        named = _label(tokens)
        words = _forms().get(" ".join(bare(token.text) for token in named))
    if words is None:
        return
    for token, word in zip(named, words, strict=True):
        if key(token.text) != word:
            put = _printed()[word]
            if token.text.isupper():
                put = put.upper()
            elif token.text[0].isupper():
                put = put[0].upper() + put[1:]
            yield Repair(token.start, token.end, put, RULE)


SPECK = 2
"""Signs before the first word of a line that a speck may be read as."""
NEARLY, LETTERS = 0.85, 7
"""The share of its letters that a line has in common with a form, and how many that has."""


def _nearly(tokens: Sequence[Token]) -> list[str] | None:
    """
    The words of a form, alone on its line in capitals, a letter of it wrong: ``DUYÉT ĐỊNH``.

    Only where a word of it is none, so that what says something else stays.
    """
    if not 1 < len(tokens) <= LONGEST or not all(token.text.isupper() for token in tokens):
        return None
    said = " ".join(bare(token.text) for token in tokens)
    if said in _forms() or all(is_syllable(token.text) for token in tokens):
        return None
    from rapidfuzz.distance import Levenshtein

    near = [
        words
        for letters, words in _forms().items()
        if len(words) == len(tokens)
        and len(letters) - letters.count(" ") >= LETTERS
        and Levenshtein.normalized_similarity(said, letters) >= NEARLY
        # No number of a heading: ``II. KHỐI THI ĐUA``.
        and all(
            Levenshtein.normalized_similarity(bare(token.text), bare(word)) >= 0.5
            for token, word in zip(tokens, words, strict=True)
        )
    ]
    return [_printed()[word].upper() for word in near[0]] if len(near) == 1 else None


def _label(tokens: Sequence[Token]) -> Sequence[Token]:
    """The words before the first mark of a line, behind its number, if they are a label."""
    words = (k for k, one in enumerate(tokens[:2]) if len(one.text) > 1 and one.text.isalpha())
    first = next(words, 0)
    last = first + 1
    while last < len(tokens) and tokens[last].near:
        last += 1
    found = tokens[first:last]
    is_label = last < len(tokens) and " ".join(bare(one.text) for one in found) in LABELS
    return found if is_label else ()


def _is_labelled(tokens: Sequence[Token]) -> bool:
    """Whether a line begins with the label of a heading: ``C. TỔ CHỨC``, ``III/ Tổ chức``."""
    return (
        2 < len(tokens) <= LONGEST + 1
        and not tokens[1].near
        and _LABEL.fullmatch(tokens[0].text) is not None
    )


_LABEL = regex.compile(r"[IVXHLl1|]{1,4}|\d{1,2}|\p{Lu}")


@cache
def _joined() -> dict[str, tuple[str, ...]]:
    """The words of each form by its letters written together, capitals and all."""
    names = _names()
    return {name.replace(" ", "").upper(): tuple(name.upper().split()) for name in names}


@cache
def _joined_bare() -> dict[str, tuple[str, ...]]:
    """The same by its letters without marks, ``QUYÉTĐỊNH``; none that two forms share."""
    found: dict[str, tuple[str, ...]] = {}
    shared: set[str] = set()
    for words in _joined().values():
        letters = bare("".join(words))
        if found.setdefault(letters, words) != words:
            shared.add(letters)
    return {letters: words for letters, words in found.items() if letters not in shared}


def _glued(tokens: Sequence[Token]) -> Iterator[Repair]:
    """Capitals of a form without the spaces between: ``CHỦTỊCH``, ``KẾHOẠCH``."""
    for token in tokens:
        words = _joined().get(token.text) if token.text.isupper() else None
        if words is None and token.text.isupper() and len(token.text) >= LETTERS:
            words = _joined_bare().get(bare(token.text))
        if words:
            yield Repair(token.start, token.end, " ".join(words), RULE)


MOTTO = FORMS[:2]
ALIKE = 0.8
"""The share of its letters that a line has in common with the motto, if a seal lies on the rest."""


def _motto(tokens: Sequence[Token]) -> Repair | None:
    """The motto of which a seal covers a word: ``CỘNG HÒA XÃ HỘI 1:7 NGHĨA VIỆT NAM``."""
    if not 4 < len(tokens) <= 10:
        return None
    from rapidfuzz.distance import Levenshtein

    said = " ".join(bare(token.text) for token in tokens)
    for motto in MOTTO:
        form = bare(motto)
        if said != form and Levenshtein.normalized_similarity(said, form) >= ALIKE:
            shown = motto.upper() if tokens[0].text.isupper() else motto
            if motto == MOTTO[1]:
                shown = "Độc lập - Tự do - Hạnh phúc"
            return Repair(tokens[0].start, tokens[-1].end, shown, RULE)
    return None
