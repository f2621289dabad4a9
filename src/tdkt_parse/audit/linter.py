"""
Findings as a linter prints them, one a line: ``path:page:line: level rule message [provision]``.
"""

from collections.abc import Iterator

from tdkt_parse.audit.labels import message_of, shown, word
from tdkt_parse.audit.sheets import Placed, Sheet


def lines_of(sheet: Sheet, lang: str = "vi") -> Iterator[str]:
    """The findings of a document; the page is left out where there are none, the line too."""
    for one in sheet.findings:
        said = f"{one.rule} {message_of(one, lang)} [{one.locator}]"
        yield shown(f"{place_of(sheet.path, one)}: {word(one.level, lang)} {said}")


def place_of(path: str, finding: Placed) -> str:
    """``plan.pdf:2:14``: the file, the page, the line of the reading text."""
    where = [finding.page, finding.line]
    return ":".join([path, *(str(number) for number in where if number is not None)])
