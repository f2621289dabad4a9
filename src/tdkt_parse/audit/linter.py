"""
Findings as a linter prints them, one a line: ``path:page:line: level rule message [provision]``.
"""

from collections.abc import Iterator

from tdkt_parse.audit.labels import message_of, shown, word
from tdkt_parse.audit.selection import UNCHECKED
from tdkt_parse.audit.sheets import Placed, Sheet


def lines_of(sheet: Sheet, lang: str = "vi", *, each: bool = False) -> Iterator[str]:
    """
    The findings of a document; the page is left out where there are none, the line too.

    The documents that could not be checked are told together in one line at the end, unless
    ``each`` is to have its own: most plans cite several that no register has, and what an inspector
    has to act on would drown among them. One that was replaced has its own: it is to be acted on.
    """
    unknown = [one for one in sheet.findings if one.rule == UNCHECKED and _is_common(sheet, one)]
    together = [] if each or len(unknown) < 2 else unknown
    for one in sheet.findings:
        if one not in together:
            yield _line(sheet, one, message_of(one, lang), lang)
    if together:
        cited = [one.citation for one in together]
        names = dict.fromkeys(
            sheet.citations[n].name for n in cited if n is not None and n < len(sheet.citations)
        )
        said = word("unchecked_documents", lang)
        listed = said.format(n=len(names), documents="; ".join(names), rule=UNCHECKED)
        yield _line(sheet, together[0], listed, lang)


def _is_common(sheet: Sheet, one: Placed) -> bool:
    """Whether a document could not be checked for want of any word on its end."""
    if one.citation is None:
        return False
    return one.citation >= len(sheet.citations) or not sheet.citations[one.citation].replaced_by


def _line(sheet: Sheet, finding: Placed, message: str, lang: str) -> str:
    said = f"{finding.rule} {message} [{finding.locator}]"
    return shown(f"{place_of(sheet.path, finding)}: {word(finding.level, lang)} {said}")


def place_of(path: str, finding: Placed) -> str:
    """``plan.pdf:2:14``: the file, the page, the line of the reading text."""
    where = [finding.page, finding.line]
    return ":".join([path, *(str(number) for number in where if number is not None)])
