"""
The words in which findings are printed, in Vietnamese and English.
"""

from datetime import date

from tdkt_parse.audit.findings import Finding
from tdkt_parse.models import Level, PartialDate
from tdkt_parse.register import Verdict

LEVELS: tuple[Level, ...] = ("error", "warning", "info")
"""From the gravest down."""

VERDICTS: tuple[Verdict, ...] = ("in_force", "expired", "said_expired", "not_yet", "unknown")

WORDS: dict[str, dict[str, str]] = {
    "error": {"vi": "lỗi", "en": "error"},
    "warning": {"vi": "cảnh báo", "en": "warning"},
    "info": {"vi": "lưu ý", "en": "info"},
    "errors": {"vi": "lỗi", "en": "errors"},
    "warnings": {"vi": "cảnh báo", "en": "warnings"},
    "infos": {"vi": "lưu ý", "en": "notes"},
    "possible": {"vi": "có thể", "en": "possible"},
    "in_force": {"vi": "còn hiệu lực", "en": "in force"},
    "expired": {"vi": "hết hiệu lực", "en": "no longer in force"},
    "said_expired": {"vi": "được ghi là hết hiệu lực", "en": "said to be no longer in force"},
    "not_yet": {"vi": "chưa có hiệu lực", "en": "not yet in force"},
    "unknown": {"vi": "không rõ", "en": "not known"},
}


def word(name: str, lang: str) -> str:
    """A word of the program in a language."""
    return WORDS[name][lang]


def message_of(finding: Finding, lang: str) -> str:
    """What is found, and whether it holds on some days only that the plan may bear."""
    said = finding.message if lang == "vi" else finding.message_en
    return f"({word('possible', lang)}) {said}" if finding.certainty == "possible" else said


def date_in_words(written: PartialDate | date | None, blank: str = "…") -> str:
    """
    ``15/03/2024``, with a sign for what is blank.

    >>> date_in_words(PartialDate(year=2024, month=1))
    '…/01/2024'
    """
    if written is None or (written.year, written.month, written.day) == (None, None, None):
        return ""
    day, month = (f"{n:02}" if n else blank for n in (written.day, written.month))
    return f"{day}/{month}/{written.year or blank}"


def shown(text: str) -> str:
    """
    Words of a document that can do nothing to whoever shows them: no controls, no turned writing.

    >>> shown("a\\x1b[2Jb\\tc\\u202e")
    'a�[2Jb c�'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)
