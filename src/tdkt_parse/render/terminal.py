"""
Text for a terminal: what it must not be told, and how much goes into a line.

Whatever stands in a document passes here before it is shown.
"""

import unicodedata

CONTROLS = [*range(32), *range(127, 160), 0x200E, 0x200F, *range(0x2028, 0x202F)]
CONTROLS += [*range(0x2066, 0x206A), 0xFEFF, *range(0xD800, 0xE000)]
_CLEAN = dict.fromkeys(CONTROLS, "\ufffd") | dict.fromkeys(
    [9, 10, 11, 12, 13, 0x85, 0x2028, 0x2029], " "
)
JSON_SHOWN = {code: f"\\u{code:04x}" for code in CONTROLS if code > 31}
SHOWN = {key: value for key, value in _CLEAN.items() if key not in (9, 10)} | {13: "\ufffd"}


def clean(text: str) -> str:
    """One line of text that can do nothing to a terminal: no controls, no turning of direction."""
    return " ".join(text.translate(_CLEAN).split())


def shorten(text: str, limit: int) -> str:
    """Not more characters than ``limit``, cut between words where there are any."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"


def wrap(text: str, width: int, first: str, others: str) -> list[str]:
    """Lines of at most ``width`` columns; a word that is longer is cut."""
    lines: list[str] = []
    line, used = first, columns_of(first)
    fresh = True
    for word in text.split():
        rest = word
        while True:
            size = columns_of(rest)
            if used + (not fresh) + size <= width:
                line += rest if fresh else " " + rest
                used += (not fresh) + size
                fresh = False
                break
            if fresh:
                room = max(width - used, 1)
                lines.append(line + rest[:room])
                rest = rest[room:]
            else:
                lines.append(line)
            line, used, fresh = others, columns_of(others), True
            if not rest:
                break
    if not fresh or not lines:
        lines.append(line)
    return lines


def columns_of(text: str) -> int:
    """Columns of a terminal that a text takes: marks none, wide letters two."""
    if text.isascii():
        return len(text)
    taken = (0 if unicodedata.combining(c) else 1 for c in text)
    return sum(taken) + sum(unicodedata.east_asian_width(c) in "WF" for c in text)
