"""
What stands around the text: page numbers, running heads and feet, footnotes.
"""

from pdf_heads import BASIS, BODY, CLOSING
from pdf_pages import Block, Leaf, Running, at, leaf, line, p, pdf, separator, skip, title
from pdf_paragraphs import ONE, THREE, TWO
from pdf_rows import Row

PAGES = (p(ONE), p(TWO), leaf(), p(THREE), p(BASIS), leaf(), p(BODY), p(CLOSING))
READ = [ONE, TWO, THREE, BASIS, BODY, CLOSING]


def annexes(*names: str) -> list[Block]:
    return [one for name in names for one in (leaf(), title(name), skip(20), p(TWO))]


NEGATIVE = [
    Row("annexes that are numbered on top of their pages are no running heads",
        pdf(p(ONE), *annexes("PHỤ LỤC 1", "PHỤ LỤC 2", "PHỤ LỤC 3")),
        [ONE, "PHỤ LỤC 1", TWO, "PHỤ LỤC 2", TWO, "PHỤ LỤC 3", TWO]),
    Row("annexes with Roman numbers, page numbers above them",
        pdf(p(ONE), *annexes("PHỤ LỤC I", "PHỤ LỤC II", "PHỤ LỤC III"),
            head=Running("{n}", first=2)),
        [ONE, "PHỤ LỤC I", TWO, "PHỤ LỤC II", TWO, "PHỤ LỤC III", TWO,
         "header: 2", "header: 3", "header: 4"]),
    Row("a number alone in the text is no page number",
        pdf(p(ONE), p("15", align="centre"), p(TWO)), [ONE, "15", TWO]),
    Row("a heading on top of one page is no running head",
        pdf(p(ONE), leaf(), p("II. NHIỆM VỤ", face="b"), skip(20), p(TWO), leaf(), p(THREE)),
        [ONE, "II. NHIỆM VỤ", TWO, THREE]),
    Row("the last words of a document at the foot of its page are no running foot",
        pdf(p(ONE), skip(to=760), p("Lưu: VT.", indent=0)), [ONE, "Lưu: VT."]),
    Row("a sentence about scanning is no scanner's mark",
        pdf(p(ONE), skip(to=765), p("Quét bằng máy của phòng.", before=0)),
        [ONE, "Quét bằng máy của phòng."]),
    Row("sentences that end pages are no running feet",
        pdf(p(ONE), skip(to=765), p("Giao Phòng Nội vụ theo dõi.", before=0), p(TWO), skip(to=765),
            p("Giao Phòng Tài chính cấp kinh phí.", before=0), p(THREE)),
        [ONE, "Giao Phòng Nội vụ theo dõi.", TWO, "Giao Phòng Tài chính cấp kinh phí.", THREE]),
]  # fmt: skip

FURNITURE = [
    Row("page numbers on top, from the second page on",
        pdf(*PAGES, head=Running("{n}", first=2)), [*READ, "header: 2", "header: 3"]),
    Row("what the scanner of a phone prints below a page alone",
        pdf(p(ONE), foot=Running("Scanned with CamScanner", align="right")),
        [ONE, "footer: Scanned with CamScanner"]),
    Row("page numbers at the foot",
        pdf(*PAGES, foot=Running("{n}")), [*READ, "footer: 1", "footer: 2", "footer: 3"]),
    Row("page numbers at the right of the foot",
        pdf(*PAGES, foot=Running("{n}", align="right")),
        [*READ, "footer: 1", "footer: 2", "footer: 3"]),
    Row("page numbers between dashes",
        pdf(*PAGES, head=Running("- {n} -", first=2)), [*READ, "header: - 2 -", "header: - 3 -"]),
    Row("page numbers with the number of all",
        pdf(*PAGES, foot=Running("Trang {n}/{of}")),
        [*READ, "footer: Trang 1/3", "footer: Trang 2/3", "footer: Trang 3/3"]),
    Row("a page number as large as the text, near it",
        pdf(*PAGES, head=Running("{n}", first=2, size=14, far=38)), [*READ, "header: 2",
                                                                     "header: 3"]),
    Row("the gazette's head, the page number at its end",
        pdf(*PAGES, head=Running("CÔNG BÁO/Số 286/Ngày 27-05-2024 8{n}")),
        [*READ, *(f"header: CÔNG BÁO/Số 286/Ngày 27-05-2024 8{n}" for n in (1, 2, 3))]),
    Row("the same running head on each page",
        pdf(*PAGES, head=Running("Kế hoạch công tác thi đua năm 2024", align="right")),
        [*READ, *["header: Kế hoạch công tác thi đua năm 2024"] * 3]),
    Row("the same running foot on each page",
        pdf(*PAGES, foot=Running("Phòng Nội vụ huyện Sơn Lâm", align="left")),
        [*READ, *["footer: Phòng Nội vụ huyện Sơn Lâm"] * 3]),
    Row("a running head and page numbers at the foot",
        pdf(*PAGES, head=Running("Kế hoạch thi đua năm 2024"), foot=Running("{n}")),
        [*READ, *["header: Kế hoạch thi đua năm 2024"] * 3, "footer: 1", "footer: 2", "footer: 3"]),
    Row("the path of the file at the foot",
        pdf(*PAGES, foot=Running("KH-2024/thi-dua.docx", align="left", size=8)),
        [*READ, *["footer: KH-2024/thi-dua.docx"] * 3]),
    Row("a page number on a page that is otherwise empty",
        pdf(p(ONE), leaf(), leaf(), p(TWO), head=Running("{n}", first=2)),
        [ONE, TWO, "header: 2", "header: 3"]),
]  # fmt: skip


def noted(*notes: str, ruled: bool = True, size: float = 10.0, top: float = 740.0) -> Block:
    """The notes at the foot of a page."""

    def block(paper: object) -> None:
        skip(to=top)(paper)  # type: ignore[arg-type]
        if ruled:
            separator()(paper)  # type: ignore[arg-type]
        for note in notes:
            p(note, size=size, indent=0, before=0)(paper)  # type: ignore[arg-type]

    return block


RESOLUTION = (
    "Theo Nghị quyết của Ủy ban Thường vụ Quốc hội về việc sắp xếp các đơn vị hành chính cấp xã "
    "của tỉnh trong giai đoạn 2023 - 2025."
)
REFERS = "Phòng Nội vụ xây dựng Kế hoạch công tác thi đua năm 2024 của huyện^1^ như sau:"
READ_REFERS = "Phòng Nội vụ xây dựng Kế hoạch công tác thi đua năm 2024 của huyện[1] như sau:"

NOTES = [
    Row("one note below a line",
        pdf(p(REFERS), p(TWO), noted("^1^ Gồm 12 xã và 01 thị trấn.")),
        [READ_REFERS, TWO, "1: Gồm 12 xã và 01 thị trấn."]),
    Row("two notes",
        pdf(p(REFERS), p("Căn cứ Luật Thi đua^2^, khen thưởng."),
            noted("^1^ Gồm 12 xã.", "^2^ Luật số 06/2022/QH15.")),
        [READ_REFERS, "Căn cứ Luật Thi đua[2], khen thưởng.", "1: Gồm 12 xã.",
         "2: Luật số 06/2022/QH15."]),
    Row("a note over two rows",
        pdf(p(REFERS), p(TWO),
            noted(f"^1^ {RESOLUTION}")),
        [READ_REFERS, TWO, f"1: {RESOLUTION}"]),
    Row("a note without a line above it, in smaller type",
        pdf(p(REFERS), p(TWO), noted("^1^ Gồm 12 xã.", ruled=False)),
        [READ_REFERS, TWO, "1: Gồm 12 xã."]),
    Row("a note above a page number",
        pdf(p(REFERS), p(TWO), noted("^1^ Gồm 12 xã."), foot=Running("{n}")),
        [READ_REFERS, TWO, "1: Gồm 12 xã.", "footer: 1"]),
    Row("notes on two pages, numbered on",
        pdf(p(REFERS), noted("^1^ Gồm 12 xã."), leaf(), p("Thi đua^2^ trong toàn huyện."), p(TWO),
            noted("^2^ Đợt thứ hai.")),
        [READ_REFERS, "Thi đua[2] trong toàn huyện.", TWO, "1: Gồm 12 xã.", "2: Đợt thứ hai."]),
    Row("a sentence that goes on on the next page, a note between",
        pdf(p(ONE), at(85, 760, "^1^ Theo quy định.", size=10), line(85, 752, 229, 752),
            skip(to=640), p(f"{TWO[:-1]}^1^, {THREE}"), first=Leaf(low=100)),
        [ONE, f"{TWO[:-1]}[1], {THREE}", "1: Theo quy định."]),
    Row("a note marked by a star",
        pdf(p("Danh sách^*^ các đơn vị."), p(TWO), noted("^*^ Kèm theo Kế hoạch.")),
        ["Danh sách[*] các đơn vị.", TWO, "*: Kèm theo Kế hoạch."]),
    Row("a mark in brackets",
        pdf(p("Danh sách^(1)^ các đơn vị."), p(TWO), noted("^(1)^ Kèm theo Kế hoạch.")),
        ["Danh sách[(1)] các đơn vị.", TWO, "1: Kèm theo Kế hoạch."]),
    Row("a mark behind a full stop",
        pdf(p("Các đơn vị đăng ký thi đua.^1^ Phòng Nội vụ theo dõi."), p(TWO),
            noted("^1^ Trước ngày 15/3.")),
        ["Các đơn vị đăng ký thi đua.[1] Phòng Nội vụ theo dõi.", TWO, "1: Trước ngày 15/3."]),
    Row("square metres are no mark",
        pdf(p("Sân vận động rộng 500 m^2^ của huyện."), p(TWO)),
        ["Sân vận động rộng 500 m2 của huyện.", TWO]),
]  # fmt: skip

FAMILIES = {"no furniture": NEGATIVE, "furniture": FURNITURE, "notes": NOTES}
