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
    "one_error": {"vi": "lỗi", "en": "error"},
    "one_warning": {"vi": "cảnh báo", "en": "warning"},
    "one_info": {"vi": "lưu ý", "en": "note"},
    "possible": {"vi": "có thể", "en": "possible"},
    "in_force": {"vi": "còn hiệu lực", "en": "in force"},
    "expired": {"vi": "hết hiệu lực", "en": "no longer in force"},
    "said_expired": {"vi": "được ghi là hết hiệu lực", "en": "said to be no longer in force"},
    "not_yet": {"vi": "chưa có hiệu lực", "en": "not yet in force"},
    "unknown": {"vi": "không rõ", "en": "not known"},
    "audit": {"vi": "Kiểm tra căn cứ và thể thức kế hoạch", "en": "Audit of plans and their bases"},
    "audited_on": {"vi": "Lập ngày {day}", "en": "Made on {day}"},
    "no_verdict": {
        "vi": "Kết quả do máy đối chiếu, để người kiểm tra xem xét; không thay cho kết luận của cơ"
        " quan có thẩm quyền.",
        "en": "Compared by a program, for an inspector to consider; no decision of an authority.",
    },
    "documents": {"vi": "Các văn bản", "en": "Documents"},
    "document": {"vi": "Văn bản", "en": "Document"},
    "file": {"vi": "Tệp", "en": "File"},
    "number": {"vi": "số", "en": "No."},
    "no_number": {"vi": "không ghi số", "en": "without number"},
    "date": {"vi": "Ngày ký", "en": "Signed on"},
    "no_date": {"vi": "không ghi ngày", "en": "without date"},
    "partial": {
        "vi": "ngày ký để trống một phần: hiệu lực được xét trên mọi ngày có thể",
        "en": "the date is blank in part: force is judged on every day that it may be",
    },
    "issuer": {"vi": "Cơ quan ban hành", "en": "Issuer"},
    "title": {"vi": "Trích yếu", "en": "Title"},
    "bases": {"vi": "Căn cứ", "en": "Legal bases"},
    "no_bases": {"vi": "Không đọc thấy căn cứ nào.", "en": "No basis was read."},
    "as_written": {"vi": "Căn cứ như đã viết", "en": "Basis as written"},
    "instrument": {"vi": "Văn bản xác định được", "en": "Instrument"},
    "standing": {"vi": "Hiệu lực khi ký kế hoạch", "en": "When the plan was signed"},
    "not_resolved": {"vi": "chưa xác định được", "en": "not determined"},
    "no_citation": {"vi": "không viện dẫn văn bản", "en": "cites no document"},
    "effective": {"vi": "có hiệu lực từ {day}", "en": "in force from {day}"},
    "expires": {"vi": "hết hiệu lực từ {day}", "en": "until {day}"},
    "replaced": {"vi": "thay thế bởi {names}", "en": "replaced by {names}"},
    "depends": {"vi": "tùy ngày ký: {names}", "en": "by the day of signing: {names}"},
    "findings": {"vi": "Phát hiện", "en": "Findings"},
    "no_findings": {"vi": "Không có phát hiện nào.", "en": "Nothing was found."},
    "level_error": {"vi": "Lỗi", "en": "Errors"},
    "level_warning": {"vi": "Cảnh báo", "en": "Warnings"},
    "level_info": {"vi": "Lưu ý", "en": "Notes"},
    "unchecked": {"vi": "Chưa kiểm tra được", "en": "Could not be checked"},
    "all_checked": {
        "vi": "Mọi căn cứ đều đã được đối chiếu.",
        "en": "Every basis was compared with the register.",
    },
    "whole": {"vi": "toàn văn bản", "en": "the whole document"},
    "page": {"vi": "trang {n}", "en": "page {n}"},
    "line": {"vi": "dòng {n}", "en": "line {n}"},
    "summary": {
        "vi": "Đã kiểm tra {documents} văn bản: {found}.",
        "en": "{documents} documents audited: {found}.",
    },
    "summary_of_one": {
        "vi": "Đã kiểm tra {documents} văn bản: {found}.",
        "en": "{documents} document audited: {found}.",
    },
    "summary_failed": {"vi": "Không đọc được {n} văn bản.", "en": "{n} could not be read."},
    "summary_unchecked": {
        "vi": "Chưa kiểm tra được: {n}.",
        "en": "Could not be checked: {n}.",
    },
    "summary_baseless": {
        "vi": "Không nhận ra căn cứ nào: {n} văn bản.",
        "en": "No basis was made out in {n}.",
    },
    "comments": {"vi": "Đã ghi {n} nhận xét.", "en": "{n} comments were written."},
    "no_comment": {
        "vi": "{rule}: không có chỗ để ghi nhận xét.",
        "en": "{rule}: there is no place for a comment.",
    },
    "unchecked_documents": {
        "vi": "Chưa kiểm tra được hiệu lực của {n} văn bản: {documents}. Xem lý do của từng văn"
        " bản: --select {rule}.",
        "en": "Whether {n} documents were in force could not be checked: {documents}. For the"
        " reason of each: --select {rule}.",
    },
    "report": {
        "vi": "Báo cáo viện dẫn và căn cứ trong các kế hoạch",
        "en": "Report on citations and legal bases in plans",
    },
    "times": {"vi": "số lần", "en": "times"},
    "in_documents": {"vi": "văn bản", "en": "documents"},
    "years": {"vi": "năm", "en": "years"},
    "gone": {"vi": "hết HL", "en": "expired"},
    "card_documents": {"vi": "văn bản được đọc", "en": "documents read"},
    "card_bases": {"vi": "căn cứ", "en": "legal bases"},
    "card_instruments": {"vi": "văn bản được viện dẫn", "en": "instruments cited"},
    "card_gone": {
        "vi": "căn cứ đã hết hiệu lực khi ký",
        "en": "bases no longer in force when signed",
    },
    "card_with_gone": {
        "vi": "văn bản có căn cứ hết hiệu lực",
        "en": "documents with such a basis",
    },
    "said_among_gone": {
        "vi": "Trong đó {n} căn cứ chỉ được ghi là hết hiệu lực, chưa đối chiếu nguồn; các tỷ lệ"
        " dưới đây tính cả số này.",
        "en": "Of those no longer in force, {n} are only said to have ended, which nobody checked;"
        " the shares below count them too.",
    },
    "card_unknown": {"vi": "căn cứ không rõ hiệu lực", "en": "bases of unknown standing"},
    "most_cited": {"vi": "Văn bản được viện dẫn nhiều nhất", "en": "Instruments cited most often"},
    "by_year": {"vi": "Căn cứ theo năm và hiệu lực", "en": "Legal bases by year and standing"},
    "share_by_year": {
        "vi": "Tỷ lệ căn cứ đã hết hiệu lực, theo năm",
        "en": "Share of bases no longer in force, by year",
    },
    "share_by_issuer": {
        "vi": "Căn cứ đã hết hiệu lực, theo cơ quan ban hành",
        "en": "Bases no longer in force, by issuer",
    },
    "who_cites": {"vi": "Cơ quan ban hành và căn cứ", "en": "Issuers and their bases"},
    "rules_found": {"vi": "Phát hiện theo quy tắc", "en": "Findings by rule"},
    "variants": {"vi": "Cách viết khác nhau của cùng một văn bản", "en": "Variants of spelling"},
    "cited": {"vi": "Văn bản được viện dẫn", "en": "Instrument cited"},
    "ways": {"vi": "{n} cách viết", "en": "{n} spellings"},
    "spelling": {"vi": "Cách viết", "en": "Spelling"},
    "same_bases": {"vi": "Căn cứ chép lại từ năm trước", "en": "Bases copied from last year"},
    "old_papers": {
        "vi": "Văn bản năm cũ còn làm căn cứ",
        "en": "Yearly papers of an earlier year as bases",
    },
    "previous": {"vi": "Giống văn bản năm trước", "en": "As in the year before"},
    "how": {"vi": "Mức giống", "en": "How alike"},
    "word_for_word": {"vi": "nguyên văn", "en": "word for word"},
    "but_dates": {"vi": "chỉ khác ngày, năm", "en": "but for dates"},
    "year": {"vi": "Năm", "en": "Year"},
    "none_found": {"vi": "Không thấy.", "en": "None."},
    "no_year": {"vi": "không rõ", "en": "unknown"},
    "first_of": {
        "vi": "{n} dòng đầu; đủ trong {file}.",
        "en": "The first {n}; all of them in {file}.",
    },
    "tables": {"vi": "Bảng đầy đủ", "en": "Full tables"},
    "failed": {"vi": "Không đọc được {n} văn bản", "en": "{n} could not be read"},
    "failed_3": {"vi": "thiếu chương trình cần để đọc", "en": "a program is missing"},
    "failed_10": {
        "vi": "tệp không có, rỗng, hỏng, quá lớn hoặc không phải văn bản",
        "en": "not there, empty, broken, too large or no document",
    },
    "failed_11": {"vi": "tệp có mật khẩu bảo vệ", "en": "protected by a password"},
    "failed_12": {
        "vi": "trang là ảnh, cần nhận dạng chữ (OCR)",
        "en": "its pages are pictures and need OCR",
    },
    "failed_13": {"vi": "đọc quá thời gian cho phép", "en": "took longer than its limit"},
    "failed_14": {"vi": "đọc quá bộ nhớ cho phép", "en": "took more memory than its limit"},
    "failed_15": {"vi": "chương trình dừng khi đọc tệp này", "en": "the program stopped over it"},
    "rests_on": {"vi": "Theo", "en": "Under"},
}


def word(name: str, lang: str) -> str:
    """A word of the program in a language."""
    return WORDS[name][lang]


def counted(level: str, number: int, lang: str) -> str:
    """
    How many findings of a level.

    >>> counted("error", 1, "en"), counted("info", 2, "en"), counted("error", 1, "vi")
    ('1 error', '2 notes', '1 lỗi')
    """
    return f"{number} {word(f'one_{level}' if number == 1 else f'{level}s', lang)}"


def message_of(finding: Finding, lang: str) -> str:
    """What is found, and whether it holds on some days only that the plan may bear."""
    said = finding.message if lang == "vi" else finding.message_en
    return f"({word('possible', lang)}) {said}" if finding.certainty == "possible" else said


def remark_on(finding: Finding, lang: str) -> str:
    """A finding as a comment beside its words: how grave it is, what, and under which provision."""
    level = word(finding.level, lang).capitalize()
    under = f"{word('rests_on', lang)}: {finding.locator}"
    return f"{level} {finding.rule}: {message_of(finding, lang)}\n{under}."


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
