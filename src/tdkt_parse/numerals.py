"""
Numbers as documents write them: Roman, in letters, in Vietnamese words.

Roman numerals up to 399 are read, which no document's parts exceed; up to 3,999 are written.
"""

_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_RANKS = {1: "nhất", 4: "tư"}
"""Ranks that are not said as their number is: thứ nhất, thứ tư."""

RANK_OF = {
    word: number
    for number in range(1, 11)
    for word in ((*_DIGITS, "mười")[number], _RANKS.get(number, ""))
    if word
}
"""The words of ``Phần thứ nhất``, ``Phần một``, and their numbers, to ten."""


def parse_roman(text: str) -> int:
    """
    The value of a Roman numeral; 0 if it is none.

    >>> parse_roman("XIV"), parse_roman("IIX")
    (14, 0)
    """
    total = 0
    for letter, following in zip(text, [*text[1:], ""], strict=True):
        value = _VALUES.get(letter, 0)
        total += -value if value < _VALUES.get(following, 0) else value
    return total if 0 < total < 400 and write_roman(total) == text else 0


def write_roman(number: int) -> str:
    """
    A number from 1 to 3,999 in Roman numerals; beyond, its digits.

    >>> write_roman(14), write_roman(4000)
    ('XIV', '4000')
    """
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def write_letters(number: int) -> str:
    """
    A number as Word writes it in small letters: a … z, then aa, bb (ECMA-376-1, 17.18.59).

    >>> write_letters(2), write_letters(28)
    ('b', 'bb')
    """
    if not 0 < number <= 26 * 30:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def write_words(number: int) -> str:
    """
    A number from 0 to 99 in Vietnamese; beyond, its digits.

    >>> write_words(4), write_words(15), write_words(21), write_words(30)
    ('bốn', 'mười lăm', 'hai mươi mốt', 'ba mươi')
    """
    if not 0 <= number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    said = {0: "", 5: "lăm", 1: "mốt" if tens > 1 else "một"}.get(ones, _DIGITS[ones])
    return f"{'mười' if tens == 1 else _DIGITS[tens] + ' mươi'} {said}".rstrip()


def write_rank(number: int) -> str:
    """
    The word after *thứ*.

    >>> write_rank(1), write_rank(4), write_rank(11)
    ('nhất', 'tư', 'mười một')
    """
    return _RANKS.get(number) or write_words(number)
