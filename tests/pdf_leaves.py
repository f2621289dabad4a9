"""
Pages as they lie in the file: turned, cut, shuffled; letters as programs write them; stamps,
layers.
"""

from pdf_furniture import PAGES
from pdf_furniture import READ as READ_PAGES
from pdf_heads import (
    AGENCY,
    BASIS,
    BODY,
    CLOSING,
    DATED,
    LEFT,
    NUMBER,
    PARENT,
    READ_DATED,
    READ_SIGNER,
    RIGHT,
    SIGN_RIGHT,
    SIGNER,
)
from pdf_pages import (
    Leaf,
    at,
    beside,
    c,
    col,
    form,
    gapped,
    leaf,
    outlines,
    p,
    pdf,
    picture,
    signed,
    skip,
    table,
    together,
)
from pdf_paragraphs import ONE, THREE, TWO
from pdf_rows import Row
from pdf_tables import FOUR, PLAIN
from pdf_tables import READ as READ_TABLE

WORDS = (p(ONE), p(TWO), table(FOUR, *PLAIN), p(THREE))
READ = [ONE, TWO, *READ_TABLE, THREE]
HEAD = beside(col(*LEFT, PARENT, ("b", AGENCY), 6, NUMBER), col(*RIGHT, *DATED, size=12))
READ_HEAD = [PARENT, AGENCY, NUMBER, *READ_DATED]

LEAVES = [
    Row("turned by a quarter", pdf(*WORDS, first=Leaf(rotate=90)), READ),
    Row("turned upside down", pdf(*WORDS, first=Leaf(rotate=180)), READ),
    Row("turned by three quarters", pdf(*WORDS, first=Leaf(rotate=270)), READ),
    Row("on its side", pdf(*WORDS, first=Leaf(842, 595)), READ),
    Row("on its side, turned by a quarter", pdf(*WORDS, first=Leaf(842, 595, rotate=90)), READ),
    Row("words that run up a page which is not turned",
        pdf(*WORDS, first=Leaf(842, 595, turn=90)), READ),
    Row("words that run down a page which is not turned",
        pdf(*WORDS, first=Leaf(842, 595, turn=270)), READ),
    Row("a scanner's page, upside down", pdf(*WORDS, first=Leaf(turn=180)), READ),
    Row("one page on its side between two",
        pdf(p(ONE), leaf(842, 595), table((85, 300, 800), ("a", "b"), ("d", "e")), leaf(), p(TWO)),
        [ONE, "┌ a | b", "│ d | e", TWO]),
    Row("a part of the paper is shown", pdf(*WORDS, first=Leaf(crop=(40, 60))), READ),
    Row("a part of the paper is shown, turned by a quarter",
        pdf(*WORDS, first=Leaf(rotate=90, crop=(40, 60))), READ),
    Row("turned words at the edge stand apart",
        pdf(p(ONE), p(TWO), at(575, 500, "Bản sao lưu trữ", turn=90, size=9)),
        [ONE, TWO, "stamp: Bản sao lưu trữ"]),
    Row("words of a watermark stand apart",
        pdf(at(150, 500, "BẢN NHÁP", turn=45, size=60), p(ONE), p(TWO)),
        [ONE, TWO, "stamp: BẢN NHÁP"]),
    Row("turned words in a cell of a table",
        pdf(table((85, 120, 300), (c(rows=2), "Một"), ("Hai",)), at(106, 95, "Quý", turn=90,
                                                                    size=10)),
        ["┌ Quý⟨2×1⟩ | Một", "│ Hai"]),
    Row("an empty page between", pdf(p(ONE), leaf(), leaf(), p(TWO)), [ONE, TWO, "! blank_page"]),
]  # fmt: skip

LATIN = (
    "Phòng Tài chính, Phòng Giáo và các xã cùng phát thanh, thông tin phong trào xanh trong toàn "
    "thôn, thành viên các ban ngành tham gia cùng nông dân các thôn."
)
"""Letters that any font has: pdfium passes over a lone one that it cannot draw."""

LETTERS = [
    Row("the words of a page in any order", pdf(HEAD, *WORDS, how="words", shuffled=True),
        [*READ_HEAD, *READ]),
    Row("the rows of a page in any order", pdf(HEAD, *WORDS, shuffled=True), [*READ_HEAD, *READ]),
    Row("each letter placed alone", pdf(p(LATIN), p(LATIN), how="letters"), [LATIN, LATIN]),
    Row("each word placed alone, no spaces", pdf(*WORDS, how="words"), READ),
    Row("letters drawn apart and together, no spaces", pdf(*WORDS, how="kerned"), READ),
    Row("marks that are letters of their own",
        pdf(p("Ke\u0302\u0301 hoa\u0323ch thi \u0111ua na\u0306m 2024."), p(TWO)),
        ["Ke\u0302\u0301 hoa\u0323ch thi \u0111ua na\u0306m 2024.", TWO]),
    Row("two letters in one sign", pdf(p("Sử dụng phần mềm Of\ufb01ce, kết nối wi\ufb01."), p(TWO)),
        ["Sử dụng phần mềm Office, kết nối wifi.", TWO]),
    Row("soft hyphens are not seen",
        pdf(p("Ủy ban nhân\u00ad dân huyện Sơn\u00ad Lâm."), p(TWO)),
        ["Ủy ban nhân dân huyện Sơn Lâm.", TWO]),
    Row("spaces that do not break", pdf(p("Phòng\u00a0Nội\u00a0vụ theo dõi."), p(TWO)),
        ["Phòng Nội vụ theo dõi.", TWO]),
    Row("bold by strokes around the letters",
        pdf(p("I. MỤC ĐÍCH", mode=2), p(ONE)), ["I. MỤC ĐÍCH", ONE]),
    Row("bold by printing twice",
        pdf(together(*(at(121, y, "I. MỤC ĐÍCH") for y in (57, 57))), at(121.3, 57, "I. MỤC ĐÍCH"),
            skip(18), p(ONE)),
        ["I. MỤC ĐÍCH", ONE]),
    Row("dots up to a blank", pdf(p(ONE), p("Họ và tên: ……………… Chức vụ: ………………"), p(TWO)),
        [ONE, "Họ và tên: ……………… Chức vụ: ………………", TWO]),
    Row("words in pictures of operators",
        pdf(form(p(ONE)), form(p(TWO)), form(p(THREE), matrix="1 0 0 1 0 -40")), [ONE, TWO, THREE]),
    Row("large type and small", pdf(p(ONE, size=11), p(TWO, size=16), p(THREE, size=9)),
        [ONE, TWO, THREE]),
]  # fmt: skip

ONE_LINE = ("Người ký: Đinh Thị Hạnh", "Email: hanh@huyen.vn", "Thời gian ký: 12.01.2024 08:30:15")
OTHER = ("Người ký: Hà Tiến", "Email: tien@huyen.vn", "Thời gian ký: 13.01.2024")
READ_STAMP = ["stamp: " + " / ".join(ONE_LINE), "signed: Đinh Thị Hạnh"]

STAMPS = [
    Row("a signature's field in the corner", pdf(signed(400, 10, *ONE_LINE), *WORDS),
        [*READ, *READ_STAMP]),
    Row("a signature's field over the signature",
        pdf(p(ONE), p(CLOSING), skip(10), beside(col(*SIGN_RIGHT, *SIGNER)),
            signed(350, 180, *ONE_LINE)),
        [ONE, CLOSING, *READ_SIGNER, *READ_STAMP]),
    Row("a signature's stamp that is part of the page",
        pdf(*(at(400, 10 + 10 * k, said, size=8) for k, said in enumerate(ONE_LINE)), *WORDS),
        [*READ, *READ_STAMP]),
    Row("a number filled in by a signature's field",
        pdf(beside(col(*LEFT, PARENT, ("b", AGENCY)), col(*RIGHT, *DATED[:2], size=12)),
            gapped((110, "Số:"), (160, "/KH-PNV"), (300, "Sơn Lâm, ngày 12 tháng 01 năm 2024"),
                   size=13),
            signed(133, 87.7, "15", size=13, width=24), *WORDS),
        [PARENT, AGENCY, "Số: 15 /KH-PNV", *READ_DATED, *READ]),
    Row("a hidden field prints nothing", pdf(signed(400, 10, *ONE_LINE, hidden=True), *WORDS),
        READ),
    Row("two signatures",
        pdf(*WORDS, signed(85, 600, *ONE_LINE), signed(350, 600, *OTHER)),
        [*READ, "stamp: " + " / ".join((*ONE_LINE, *OTHER)), "signed: Đinh Thị Hạnh",
         "signed: Hà Tiến"]),
    Row("a sentence that names who signs is no stamp",
        pdf(p(ONE), p("Người ký: Trưởng phòng hoặc Phó Trưởng phòng Nội vụ."), p(TWO)),
        [ONE, "Người ký: Trưởng phòng hoặc Phó Trưởng phòng Nội vụ.", TWO]),
    Row("small captions in a list of contacts are no stamp",
        pdf(p(ONE), p("Email: noivu@huyen.vn", size=12), p(TWO)),
        [ONE, "Email: noivu@huyen.vn", TWO]),
]  # fmt: skip

JUNK = (
    "COng hda xd hQi chfi nghia Viqt Nam DQc lflp - Tu do - H4nh phric Kt5 ho4ch C0ng tdc thi dua "
    "khen thu&ng ndm 2024 C[n cf Luflt Thi dua, kh6n thu0ng ngdy 15 thdng 6 ndm 2022 cfia Qu6c hQi"
)

LAYERS = [
    Row("a picture of a page, nothing else", pdf(picture()), ["refused: NeedsOcr"]),
    Row("a picture of a page with its number", pdf(picture(), at(290, 30, "1")),
        ["refused: NeedsOcr"]),
    Row("a picture of a page with a stamp alone", pdf(picture(), signed(400, 10, *ONE_LINE)),
        ["refused: NeedsOcr"]),
    Row("unseen words under a picture that are none",
        pdf(picture(), p(JUNK, mode=3), p(JUNK, mode=3)),
        ["refused: NeedsOcr"]),
    Row("unseen words under a picture that are good",
        pdf(picture(), p(ONE, mode=3), p(TWO, mode=3)),
        [ONE, TWO, "! ocr_layer"]),
    Row("unseen words beside words that are seen", pdf(p(ONE), p("chữ chìm", mode=3), p(THREE)),
        [ONE, THREE, "unseen: chữ chìm", "! unseen_words"]),
    Row("words beside the page", pdf(p(ONE), at(700, 100, "đã bị cắt"), p(TWO)),
        [ONE, TWO, "unseen: đã bị cắt", "! unseen_words"]),
    Row("pictures among pages of words", pdf(p(ONE), p(TWO), leaf(), picture(), leaf(), p(THREE)),
        [ONE, TWO, THREE, "! needs_ocr"]),
    Row("a picture within a page of words", pdf(p(ONE), picture(85, 130, 400, 330), skip(230),
                                                p(TWO)),
        [ONE, TWO]),
    Row("a picture behind a page of words", pdf(picture(), *WORDS), READ),
    Row("letters turned into outlines", pdf(outlines(900)), ["refused: NeedsOcr"]),
    Row("a font that does not say what its signs mean", pdf(p(ONE, face="?"), p(TWO, face="?")),
        ["refused: NeedsOcr"]),
    Row("a page of such a font among others",
        pdf(*PAGES, leaf(), p(ONE, face="?"), p(TWO, face="?")),
        [*READ_PAGES, "! needs_ocr"]),
    Row("short words, no picture", pdf(p("Danh sách", align="centre"), p(BASIS), p(BODY)),
        ["Danh sách", BASIS, BODY]),
]  # fmt: skip

FAMILIES = {"pages": LEAVES, "letters": LETTERS, "stamps": STAMPS, "layers": LAYERS}
