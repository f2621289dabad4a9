"""
Lines of a signature: a person's name, an office.
"""

from tdkt_parse.spelling import is_upper
from tdkt_parse.wording import capacity_initials, capacity_pattern, is_office


def is_name(text: str) -> bool:
    """
    Whether a line is a person's name: two to six words, each with one capital.

    >>> is_name("Hoàng Văn Giới"), is_name("Nguyễn Thị Kim-Anh"), is_name("Phòng Nội vụ")
    (True, True, False)
    """
    if not 4 <= len(text) <= 40:
        return False
    words = text.replace("-", " ").replace("’", " ").replace("'", " ").split()
    return (
        2 <= len(words) <= 6
        and any(len(word) > 1 for word in words)
        and all(w[0].isupper() and (len(w) == 1 or w[1:].islower()) and w.isalpha() for w in words)
    )


def is_signing(text: str) -> bool:
    """Whether a line is of a signature: a prefix and an office in capitals, or an office alone."""
    if not is_upper(text):
        return False
    if text[0] in capacity_initials() and capacity_pattern().match(text, timeout=2.0):
        return True
    return len(text) <= 80 and is_office(text)
