"""Old encodings: their tables, the way to Unicode and back, and how they are known."""

import json
import os
import shutil
import subprocess
from functools import cache
from itertools import pairwise, product
from time import process_time
from typing import get_args
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from legacy_rows import FONTS, OLD, UNICODE, Old

from tdkt_parse.legacy import (
    FontTable,
    Prior,
    decode,
    decode_aligned,
    encode,
    find_legacy,
    font_table,
    is_of,
    may_be_legacy,
    signs,
)
from tdkt_parse.legacy.fonts import families
from tdkt_parse.legacy.one_byte import western
from tdkt_parse.legacy.tables import Encoding, codes, letters
from tdkt_parse.readers.old_letters import OldLetters
from tdkt_parse.syllables import is_syllable, is_well_toned

ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)


def read(text: str) -> str:
    """A text of which the old parts are in Unicode."""
    made, at = [], 0
    for part in find_legacy(text):
        made += [text[at : part.start], part.decode(text).text]
        at = part.end
    return "".join([*made, text[at:]])


# -- tables


def test_the_letters_are_all_of_vietnamese() -> None:
    known = [row.letter for row in letters()]
    assert len(known) == len(set(known)) == 134
    assert all(normalize("NFC", letter) == letter for letter in known)
    assert sum(row.tcvn3 is not None for row in letters()) == 74


@pytest.mark.parametrize("encoding", [e for e in ENCODINGS if e != "viqr"])
def test_no_two_letters_share_a_code(encoding: Encoding) -> None:
    table = codes(encoding)
    assert len(set(table.values())) == len(table)


@pytest.mark.parametrize(("encoding", "called"), [("tcvn3", "TCVN5712-1"), ("viscii", "VISCII")])
def test_tables_are_those_of_glibc(encoding: Encoding, called: str) -> None:
    program = shutil.which("iconv")
    if program is None or called not in run(program, "-l").decode():
        pytest.skip(f"iconv with {called} is not installed")
    table = codes(encoding)
    text = " ".join(table)
    data = b" ".join(table.values())
    assert run(program, "-f", called, "-t", "UTF-8", given=data).decode() == text
    assert run(program, "-f", "UTF-8", "-t", called, given=text.encode()) == data


def run(*command: str, given: bytes = b"") -> bytes:
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout


def test_windows_1258_as_iconv_writes_it() -> None:
    """A letter with its tone is one byte where the table has it; so does Windows."""
    program = shutil.which("iconv")
    if program is None or "CP1258" not in run(program, "-l").decode():
        pytest.skip("iconv with CP1258 is not installed")
    text = "\n".join((*UNICODE_OF_OFFICES, " ".join(syllables())))
    said = western(run(program, "-f", "UTF-8", "-t", "CP1258", given=text.encode()))
    assert "á" in said
    assert decode(said, "cp1258") == text
    assert read(said) == text


UNICODE_OF_OFFICES = (
    "Tân Lập, ngày 05 tháng 02 năm 2024",
    "Công tác thi đua, khen thưởng năm 2024",
    "Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022;",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Mục đích",
)


def test_letters_of_windows_1258_with_a_tone_are_letters_of_latin_too() -> None:
    """What has no letter besides is left, in Vietnamese and another language."""
    for text in (
        "Công tác thi đua, khen thưởng trong toàn xã, tháng 02",
        "các xã, bác sĩ, cán bộ, quý, ký, sách",
        "à la carte, café, España, número, Málaga, Così, più, perché, città, virtù",
        "não, são, irmão, pão, mãe, ções, coração, hóspede, público",
        "Óscar, Ásgeir, það, maður, dáð",
    ):
        for said in (text, text.upper(), f"{text}\n{text}"):
            assert read(said) == said


THEIR_MISTAKES = {"ỷ", "ỹ", "Ỷ", "Ỹ"}
"""Letters that vietnamese-conversion 2.0 gives codes of VNI that no font has."""


def test_tables_are_those_of_vietnamese_conversion() -> None:
    """An npm package; TDKT_NODE_MODULES may name the folder that holds it."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("node is not installed")
    script = (
        "const c = require('vietnamese-conversion');"
        "const l = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "console.log(JSON.stringify(l.map(x => [c.toVNI(x, 'unicode'), c.toTCVN3(x, 'unicode'),"
        " c.toVIQR(x, 'unicode')])));"
    )
    known = [row.letter for row in letters()]
    found = subprocess.run(
        [program, "-e", script],
        input=json.dumps(known),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NODE_PATH": os.environ.get("TDKT_NODE_MODULES", "")},
    )
    if found.returncode:
        pytest.skip("the npm package vietnamese-conversion is not installed")
    theirs = dict(zip(known, json.loads(found.stdout), strict=True))
    for row in letters():
        vni, tcvn3, viqr = theirs[row.letter]
        assert viqr == row.viqr
        if row.tcvn3:
            assert tcvn3 == chr(int(row.tcvn3, 16))
        mine = bytes.fromhex(row.vni).decode("latin-1")
        assert (vni == mine) == (row.letter not in THEIR_MISTAKES), row.letter


def test_fonts_have_sources_and_examples() -> None:
    for row in families():
        assert row.source
        table = font_table(row.example)
        assert table is not None
        assert table.encoding == row.encoding


@pytest.mark.parametrize("name", FONTS)
def test_fonts(name: str) -> None:
    expected = FONTS[name]
    assert font_table(name) == (expected and FontTable(*expected))


# -- there and back


INITIALS = "- ngh ng nh gh gi kh ph qu th tr ch b c d đ g h k l m n p q r s t v x".replace("-", "")
NUCLEI = (
    "a ă â e ê i o ô ơ u ư y iê oa oă oe oo ua uâ uê uô uơ uy uya uyê ưa ươ yê ai ao au ay âu"
    " ây eo êu ia iu iêu oai oao oay oeo oi ôi ơi ui uôi uyu ưi ưu ươi ươu yêu"
)
FINALS = "- c ch m n ng nh p t".replace("-", "")


@cache
def syllables() -> tuple[str, ...]:
    """Every syllable that can be."""
    made = []
    for initial, nucleus, final in product(
        *(sounds.split(" ") for sounds in (INITIALS, NUCLEI, FINALS))
    ):
        bare = initial + nucleus + final
        if is_syllable(bare):
            made += [
                normalize("NFC", bare[:at] + tone + bare[at:])
                for at in range(len(initial) + 1, len(initial + nucleus) + 1)
                for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
            ]
    return tuple(dict.fromkeys(filter(is_well_toned, made)))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_syllable_comes_back(encoding: Encoding) -> None:
    assert len(syllables()) > 10_000
    small = " ".join(syllables())
    assert decode(western(encode(small, encoding)), encoding) == small
    capitals = small.upper()
    table_of_capitals = encoding == "tcvn3"
    said = western(encode(capitals, encoding))
    assert decode(said, encoding, capitals=table_of_capitals) == capitals
    if not table_of_capitals:
        titles = small.title()
        assert decode(western(encode(titles, encoding)), encoding) == titles


@pytest.mark.parametrize("encoding", [e for e in ENCODINGS if e != "viqr"])
def test_what_reaches_us_as_signs_of_a_symbol_font(encoding: Encoding) -> None:
    text = " ".join(syllables()[:2000])
    signs = "".join(chr(0xF000 + byte) if byte > 32 else " " for byte in encode(text, encoding))
    assert decode(signs, encoding) == text


WORDS = st.deferred(lambda: st.sampled_from(syllables()))
SIGNS = st.text(st.sampled_from([*"abcdDeghiouyAEIOUY.?'`~^(+-\\"]), max_size=4)


@given(st.lists(st.one_of(WORDS, st.tuples(WORDS, SIGNS).map("".join), SIGNS)).map(" ".join))
def test_punctuation_in_viqr_comes_back(text: str) -> None:
    assert decode(encode(text, "viqr").decode(), "viqr") == text


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=st.text(st.sampled_from([row.letter for row in letters()] + [*"acegiouyn .,"])))
def test_each_letter_knows_where_it_stood(encoding: Encoding, text: str) -> None:
    said = western(encode(text, encoding))
    found = decode_aligned(said, encoding)
    assert found.text == decode(said, encoding)
    assert len(found.origin) == len(found.text) + 1
    assert found.origin == sorted(found.origin)
    assert found.origin[-1] == len(said)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_long_text_is_read_as_its_lines_are(encoding: Encoding) -> None:
    """Whatever stands between words, and with a character that no byte has, too."""
    words = western(encode(" ".join(syllables()), encoding)).split(" ")
    between = " ", "\n", "  ", "\t", " \n", "\u00a0", "\r\n", "\n\n\t"
    text = "".join(word + between[k % len(between)] for k, word in enumerate(words))
    for said in (text, f"{text}\u4e00"):
        lines = [decode(line, encoding) for line in said.split("\n")]
        assert decode(said, encoding) == "\n".join(lines)


@given(st.text(), st.sampled_from(ENCODINGS), st.booleans())
@example("oÊø", "vni", False)  # a mark of another letter, and a tone
def test_any_text_can_be_decoded(text: str, encoding: Encoding, capitals: bool) -> None:
    found = decode_aligned(text, encoding, capitals=capitals)
    assert len(found.origin) == len(found.text) + 1
    decode(text, encoding, capitals=capitals)


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    parts = find_legacy(text)
    assert parts == sorted(parts)
    assert all(a.end <= b.start for a, b in pairwise(parts))


# -- detection


GOOD = (
    *("Căn cứ Luật", "thực hiện", "QUYẾT ĐỊNH", "VIỆC", "Bộ", "Bộ Nội vụ", "Số:", "ủy BAN"),
    *("ở", "Hà", "và", "HĐND", "toi~", "12/2024", ""),
)
MODERN = ("thực hiện nhiệm vụ", "của các đơn vị")
"""In Unicode, beside words of old."""
ENDS = ("\n", "\n\n", "\r\n")
ODD = (
    "x^2",
    "CTr",
    "<br>",
    "naïve",
    "Müller",
    "\r",
    "\t",
    "\u00a0",
    "\x02",
    "-" * 70,
    "§",
    "¸",
    "ạ",
)


@given(
    st.lists(st.sampled_from((*3 * GOOD, *3 * ENDS, *MODERN, *ODD)), max_size=60),
    st.sampled_from(ENCODINGS),
    st.sampled_from([0, 1, 30]),
)
@settings(deadline=None)  # The first example reads the tables.
@example([*2 * ("Căn cứ Luật Tổ chức chính quyền", MODERN[0], "\n", "VIỆC", "\n")], "tcvn3", 0)
def test_lines_are_read_as_their_parts_are(
    words: list[str], encoding: Encoding, modern: int
) -> None:
    said = " ".join(word if word in MODERN else as_it_reaches_us(word, encoding) for word in words)
    said = said.replace("\n ", "\n")
    by_lines, by_parts = (
        OldLetters(prior=Prior(likely=encoding, old=50, modern=modern)) for _ in range(2)
    )
    made = by_lines.convert(said)
    assert made == by_parts.put(said, find_legacy(said, by_parts.prior))
    assert kept_lines(made, by_lines) == kept_lines(made, by_parts)
    assert by_lines.prior == by_parts.prior
    assert by_lines.by_letters == by_parts.by_letters


def kept_lines(made: str, old: OldLetters) -> list[tuple[int, str, str, str]]:
    """Of what was kept of the file, line by line: where it begins, the two texts, the encoding."""
    found: list[tuple[int, str, str, str]] = []
    for kept in old.texts:
        shown, raw = made[kept.start : kept.end].split("\n"), kept.raw.split("\n")
        assert shown[0] != raw[0]
        assert shown[-1] != raw[-1]
        at = kept.start
        for new, was in zip(shown, raw, strict=True):
            if new != was:
                found.append((at, new, was, kept.encoding))
            at += len(new) + 1
    return found


def test_what_is_kept_of_the_file_is_lines_together() -> None:
    said = "2004\nC¨n cø LuËt\n\n12/2004\nTæ chøc\n- - -"
    old = OldLetters(prior=Prior(likely="tcvn3", old=50))
    made = old.convert(said)
    assert made == "2004\nCăn cứ Luật\n\n12/2004\nTổ chức\n- - -"
    assert [(kept.start, kept.raw) for kept in old.texts] == [
        (5, "C¨n cø LuËt\n\n12/2004\nTæ chøc")
    ]


def test_a_word_that_is_read_as_it_is_is_none_of_old() -> None:
    """A tone behind it that makes no syllable is a sign, and the word one of VIQR all the same."""
    prior = Prior(likely="viqr", old=50)
    assert find_legacy("toi~", prior) == [(0, 4, "viqr", False)]
    old = OldLetters(prior=Prior(likely="viqr", old=50))
    assert old.convert("toi~\nto^i") == "toi~\ntôi"
    assert [said.raw for said in old.texts] == ["to^i"]


def as_it_reaches_us(text: str, encoding: Encoding) -> str:
    """A text in an old encoding; in Unicode, if that cannot write it."""
    try:
        return western(encode(text, encoding))
    except ValueError:
        return text


def test_no_more_words_are_kept_than_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bytes] = []

    def shown(word: bytes) -> bytes:
        made.append(word)
        return word + b";"

    monkeypatch.setattr(signs, "MOST", 3)
    lexicon = signs.Lexicon(shown)
    long = b"-" * 1000
    texts = [[b"a", b"b"], [b"a", b"c", b"a"], [b"a", b"d"], [b"b", b"d", long], [long, b"a"], []]
    for words in texts:
        assert lexicon.of(words) == b"".join(word + b";" for word in words)
    assert made.count(long) == 2
    assert made.count(b"b") == 2


@pytest.mark.parametrize("row", OLD, ids=[row.label for row in OLD])
def test_old_lines(row: Old) -> None:
    assert may_be_legacy(row.text)
    assert {part.encoding for part in find_legacy(row.text)} == {row.encoding}
    assert read(row.text) == row.says


@pytest.mark.parametrize("text", UNICODE)
def test_lines_in_unicode_are_left(text: str) -> None:
    for form in ("NFC", "NFD"):
        said = normalize(form, text)
        assert find_legacy(said) == []
        assert read(f"{said}\n{said}\n") == f"{said}\n{said}\n"


def test_unicode_is_left_among_old_lines() -> None:
    """A document put together of an old one and a new one."""
    old = [row for row in OLD if row.encoding == "tcvn3"]
    new = UNICODE[:4]
    text = "\n".join([*(row.text for row in old), *new, *(row.text for row in old)])
    says = [row.says for row in old]
    assert read(text) == "\n".join([*says, *new, *says])


@pytest.mark.parametrize(
    ("line", "says"),
    [
        # Words of both, common ones by the table alone.
        ("Sè: 328/KH-UBND", "Số: 328/KH-UBND"),
        # Common ones in Unicode, and what no paper of an office has.
        ("Hà Nội", "Hà Nội"),
        ("Ký thay", "Ký thay"),
        ("Café", "Café"),
    ],
)
def test_a_short_line_of_a_document_in_halves(line: str, says: str) -> None:
    old = [row.text for row in OLD if row.encoding == "tcvn3"]
    text = "\n".join([*UNICODE[:8], *old, line, *UNICODE[:8]])
    assert read(text).split("\n")[8 + len(old)] == says


def test_both_kinds_in_one_line() -> None:
    old = "C¨n cø NghÞ ®Þnh cña ChÝnh phñ vÒ chÕ ®é"
    new = "Căn cứ Nghị định của Chính phủ về chế độ"
    assert read(f"{new}; {old}, {new}") == f"{new}; {new}, {new}"
    assert read(f"{old}; {new}") == f"{new}; {new}"


@pytest.mark.parametrize(
    ("modern", "says"),
    [
        ("I. ĐẶC ĐIỂM TÌNH HÌNH", "I. ĐẶC ĐIỂM TÌNH HÌNH"),
        ("Đào tạo./.", "Đào tạo./."),
        ("I. HẠN CHẾ VÀ NGUYÊN NHÂN", "I. HẠN CHẾ VÀ NGUYÊN NHÂN"),
        # These are typed.
        ("II. DDa(.c ddie^?m", "II. Đặc điểm"),
        ("“Thi ddua”", "“Thi đua”"),
        ("Nha` nu+o+'c.", "Nhà nước."),
    ],
)
def test_a_point_behind_a_vowel_is_no_tone_in_unicode(modern: str, says: str) -> None:
    typed = [row for row in OLD if row.encoding == "viqr"]
    body = "\n".join(6 * [row.text for row in typed])
    assert read(f"{body}\n{modern}").rpartition("\n")[2] == says


def test_a_heading_goes_with_its_document() -> None:
    """Two words say nothing alone."""
    heading = "Sè: 12"
    assert find_legacy(heading) == []
    body = "\n".join(row.text for row in OLD if row.encoding == "tcvn3")
    assert read(f"{heading}\n{body}").startswith("Số: 12\n")


def test_what_is_not_certain_is_told_of() -> None:
    prior = Prior()
    assert find_legacy("xyz½ QuyÕt wqz ®Þnh kkw ppq zzz llk", prior) == []
    assert prior.unclear == 1


@pytest.mark.parametrize(
    ("text", "font", "expected"),
    [
        ("LuËt", ".VnTime", True),
        ("Luật", ".VnTime", False),
        ("công tác", "VNI-Times", False),
        ("coâng taùc", "VNI-Times", True),
        ("và", ".VnTime", False),
        ("Plan 2024", ".VnTimeH", True),
        (normalize("NFD", "Luật"), ".VnTime", False),
    ],
)
def test_a_font_may_be_named_of_letters_in_unicode(text: str, font: str, expected: bool) -> None:
    table = font_table(font)
    assert table is not None
    assert is_of(text, table) is expected


@pytest.mark.parametrize("unit", ["Aa", "a", "A", "Bộ ", " ộ", "Tổ-", "ộA"])
def test_capitals_are_found_in_time_that_grows_with_the_text(unit: str) -> None:
    """A text of nothing but capitals and small letters with a tone keeps nobody waiting."""
    from tdkt_parse.legacy.capitals import raise_capitals

    text = unit * (200_000 // len(unit))
    began = process_time()
    assert len(raise_capitals(text)) == len(text)
    assert process_time() - began < 20
