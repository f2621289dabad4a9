"""
Dates and numbers as OCR misreads them, and the word for a law: ``ngay 15 thàng 5 nărn 2O16``.

A whole date is so regular that its words and figures are known whatever one letter of them became.
What is mended keeps its length, so that places in the text stay what they are.
"""

import regex

TIMEOUT = 2.0
PASSAGE = 2000
"""Code points up to which a search needs no limit of time."""

_FIGURE = "[0-9OolLI]"
_SPECK = "[-,.:;!*'’\"“”·]"
_GAP = rf"(?:\s?{_SPECK}{{1,2}}|{_SPECK}{{1,2}}\s|\s)?"
"""White space, or specks beside a word: between two spaces a dash is one."""
_DATE = regex.compile(
    rf"""
    (?<![\p{{L}}\d]) (?P<day>[nuh]g[aàáảãạăắằẳẵặâấầẩẫậ]y) (?P<a>{_GAP})
    (?P<d>{_FIGURE}{{1,2}}) (?P<b>{_GAP})
    (?:
        (?P<month>th[aàáảãạăắằẳẵặâấầẩẫậ]ng) (?P<c>{_GAP}) (?P<m>{_FIGURE}{{1,2}})
        (?P<e>{_GAP}) (?P<year>[nu][aàáảãạăắằẳẵặâấầẩẫậ](?:m|rn)) (?P<f>{_GAP}|\s[ìíilI|]\s)
    |   [/.-] (?P<m>{_FIGURE}{{1,2}}) [/.-]
    )
    (?P<y>[12]{_FIGURE}{{3}}) (?![\p{{L}}\d])
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_FIGURES = str.maketrans("OolLI", "00111")
_WORDS = {"day": "ngày", "month": "tháng", "year": "năm"}
_NUMBERS = ("d", "m", "y")


_CLEAN = regex.compile(
    r"""
    ngày:? [ ]? \d{1,2} [ ]?
    (?: tháng [ ]? \d{1,2} [ ]? năm [ ]? | [/.-] \d{1,2} [/.-] ) \d{4}
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
"""A date in which nothing is to be mended; of some dozen code points, so that it needs no limit."""


def mend_dates(text: str) -> str:
    """
    A text with the words and figures of whole dates as they were printed, of the same length.

    >>> mend_dates("ngay 15 thàng 5 nărn 2O16")
    'ngày 15 tháng 5 năm  2016'
    >>> mend_dates("làm ngay 03 việc")
    'làm ngay 03 việc'
    """
    # The pattern repeats nothing without a bound: in a passage it needs no limit.
    limit = TIMEOUT if len(text) > PASSAGE else None
    if all(_CLEAN.fullmatch(date.group()) for date in _DATE.finditer(text, timeout=limit)):
        return text
    return str(_DATE.sub(_mended, text, timeout=TIMEOUT))


_LAW = regex.compile(r"(?<!\p{L})Lu[aâăàáảãạấầẩẫ]t(?=\s+(?:\p{Lu}|sửa|số\s))")
_LAWS = tuple(f"Lu{vowel}t" for vowel in "aâăàáảãạấầẩẫ")
_ANY_LAW = "Lu"
"""What all of them begin with, which is looked for first."""


def mend_laws(text: str) -> str:
    """
    A text with ``Luật`` where OCR lost the mark of it, of the same length.

    >>> mend_laws("Căn cứ Luât Thi đua, khen thưởng")
    'Căn cứ Luật Thi đua, khen thưởng'
    """
    if _ANY_LAW not in text or not any(map(text.__contains__, _LAWS)):
        return text
    return str(_LAW.sub("Luật", text, timeout=TIMEOUT))


_OF_YEAR = regex.compile(r"/[12][\dOolI|]{3}/(?=\p{Lu})")
_SERIAL = regex.compile(r"(?<![\p{L}\p{N}/.-])[\dOolI|]{1,5}$")
_LETTERS = frozenset("OolI|")


def mend_numbers(text: str) -> str:
    """
    A text with the figures of numbers of documents that have their year, of the same length.

    Round letters and strokes alone: no serial has one. Other letters may end it: ``30c/2012``.

    >>> mend_numbers("Nghị định số l52/2O25/NĐ-CP, Công văn số 12B/2024/CV-UB")
    'Nghị định số 152/2025/NĐ-CP, Công văn số 12B/2024/CV-UB'
    """
    said: list[str] | None = None
    limit = TIMEOUT if len(text) > PASSAGE else None
    for found in _OF_YEAR.finditer(text, timeout=limit):
        serial = _SERIAL.search(text, max(0, found.start() - 6), found.start())
        if not serial:
            continue
        start, end = serial.start(), found.end()
        spoilt = text[start:end]
        if _LETTERS.isdisjoint(spoilt) or not any(map(str.isdecimal, serial.group())):
            continue
        said = said or list(text)
        said[start:end] = spoilt.translate(_NUMBER_FIGURES)
    return "".join(said) if said else text


_NUMBER_FIGURES = str.maketrans("OolI|", "00111")


def _mended(match: regex.Match[str]) -> str:
    """One date; each of its parts keeps its length."""
    if _CLEAN.fullmatch(match.group()):
        return str(match.group())
    said = list(match.group())
    first = match.start()

    def put(name: str, text: str) -> None:
        start, end = match.span(name)
        if start >= 0:
            said[start - first : end - first] = text.ljust(end - start)

    for name, word in _WORDS.items():
        if match[name]:
            put(name, word if match[name][:1].islower() else word.capitalize())
    for name in _NUMBERS:
        put(name, match[name].translate(_FIGURES))
    for name in "abcef":
        if match[name]:
            put(name, " " if match[name].strip() else match[name])
    return "".join(said)
