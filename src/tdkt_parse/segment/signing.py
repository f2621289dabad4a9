"""
Lines of a signature: a person's name, an office.
"""

from tdkt_parse.spelling import is_upper
from tdkt_parse.wording import capacity_initials, capacity_pattern, is_agency, is_office


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
    """
    Whether a line is of a signature: a prefix and an office in capitals, or an office alone; a
    prefix and what it stands for in small letters too.

    >>> is_signing("TM. Ủy ban nhân dân"), is_signing("KT. Chủ tịch;"), is_signing("Chủ tịch")
    (True, False, False)
    """
    if not is_upper(text):
        return is_small_capacity(text)
    if text[0] in capacity_initials() and capacity_pattern().match(text, timeout=2.0):
        return True
    return len(text) <= 80 and is_office(text)


def is_small_capacity(text: str) -> bool:
    """``TM. Ủy ban nhân dân``, ``KT. Chủ tịch``, alone: no name of a unit, no recipient."""
    if text[0] not in capacity_initials() or len(text) > LONGEST_SMALL or not text[-1].isalpha():
        return False
    found = capacity_pattern().match(text, timeout=2.0)
    if found is None or not found["code"].isupper() or not {".", "/"} & set(found.group()):
        return False
    rest = text[found.end() :]
    capitals = sum(word.isupper() and len(word) > 1 for word in rest.split())
    return capitals <= 1 and (is_agency(rest) or is_office(rest))  # one: ``TM. UBND xã``


LONGEST_SMALL = 60
"""Code points of such a line, a town's committee with its name among them."""
