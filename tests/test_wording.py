"""
The tables of wording prove themselves.

Every example of a row is known by that row and no negative is; every spelling is known by its own
row when it stands alone, so that none is shadowed by a longer or an earlier one; and no spelling
stands in two rows of one look-up.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pytest

from tdkt_parse import wording
from tdkt_parse.citations import find_back_references, find_citations
from tdkt_parse.docnumber import parse_docnumber
from tdkt_parse.lexicon import read_toml
from tdkt_parse.passage import read_spans
from tdkt_parse.register import packaged_register
from tdkt_parse.segment.blocks import Block, make_block
from tdkt_parse.segment.labels import find_label
from tdkt_parse.segment.openings import is_annex_line, is_appendix_head, is_bases_caption, is_basis
from tdkt_parse.segment.zone_rules import issuing_clause
from tdkt_parse.spelling import key
from tdkt_parse.wording.citing import Law
from tdkt_parse.wording.columns import ColumnRows

HEADINGS = wording.heading_rows()
OPENERS = wording.opener_rows()
OFFICES = wording.office_rows()
UNITS = wording.unit_rows()
COLUMNS = read_toml("columns.toml", ColumnRows).column
LEADS = wording.citation_rows().lead
LINKS = wording.citation_rows().link


def named(rows: Iterable[Any], field: str, name: Callable[[Any], str]) -> list[Any]:
    """Each text of a field of some rows, with its row, as a pytest parameter."""
    found = [
        pytest.param(row, text, id=f"{name(row)}: {text}")
        for row in rows
        for text in getattr(row, field)
    ]
    assert found
    return found


def role(row: Any) -> str:
    """What a row of headings is of."""
    return str(row.role)


def unlabelled(text: str) -> str:
    """A heading without its number."""
    label = find_label(text)
    return text[label.end :] if label else text


def block(text: str) -> Block:
    """A paragraph of its own."""
    return make_block(read_spans(text, [(0, len(text))]), gap=True, bold=False)


# ---------------------------------------------------------------- headings


@pytest.mark.parametrize(("row", "text"), named(HEADINGS.heading, "examples", role))
def test_heading(row: Any, text: str) -> None:
    """A heading says what its part is for."""
    assert wording.role_of_heading(unlabelled(text)) == row.role


@pytest.mark.parametrize(("row", "text"), named(HEADINGS.heading, "negatives", role))
def test_no_heading(row: Any, text: str) -> None:
    """A heading that merely holds the word is not of that part."""
    assert wording.role_of_heading(unlabelled(text)) != row.role


@pytest.mark.parametrize(("row", "text"), named(HEADINGS.heading, "starts", role))
def test_heading_spelling(row: Any, text: str) -> None:
    """Each spelling alone, small and in capitals, is a heading of its row."""
    assert wording.role_of_heading(text) == row.role
    assert wording.role_of_heading(text.upper()) == row.role


@pytest.mark.parametrize(("row", "text"), named(HEADINGS.prefix, "words", lambda _: "prefix"))
def test_prefix_changes_nothing(row: Any, text: str) -> None:
    """Words before the naming word leave the role as it is."""
    assert wording.role_of_heading(f"{text} nhiệm vụ") == "content"
    assert any(key(example).startswith(key(text)) for example in row.examples) or len(text) < 6


@pytest.mark.parametrize("text", [text for row in HEADINGS.powers for text in row.examples])
def test_powers_are_no_tasks_of_a_plan(text: str) -> None:
    assert wording.role_of_heading(unlabelled(text)) == "other"


@pytest.mark.parametrize("text", [text for row in HEADINGS.scope for text in row.examples])
def test_scope_before_content(text: str) -> None:
    """A heading that names the content behind for whom and when it is, is one of the content."""
    assert wording.role_of_heading(unlabelled(text)) == "content"


@pytest.mark.parametrize("text", [text for row in HEADINGS.scope for text in row.negatives])
def test_no_content_behind(text: str) -> None:
    """No content is named, or not behind a scope alone."""
    assert wording.role_of_heading(unlabelled(text)) == "other"


@pytest.mark.parametrize("text", [text for row in HEADINGS.powers for text in row.negatives])
def test_tasks_that_are_no_powers(text: str) -> None:
    assert wording.role_of_heading(unlabelled(text)) == "content"


@pytest.mark.parametrize("text", [text for row in HEADINGS.bases for text in row.examples])
def test_bases_heading(text: str) -> None:
    """A section of legal bases is known by its heading."""
    assert wording.is_bases_heading(unlabelled(text))


@pytest.mark.parametrize("text", [text for row in HEADINGS.article for text in row.examples])
def test_article_title(text: str) -> None:
    """What an article is called."""
    assert wording.is_article_title(unlabelled(text))


@pytest.mark.parametrize("text", [text for row in HEADINGS.article for text in row.negatives])
def test_article_text(text: str) -> None:
    """What an article says."""
    assert not wording.is_article_title(unlabelled(text))


# ---------------------------------------------------------------- columns


def kind(row: Any) -> str:
    """What a row of columns is of."""
    return str(row.kind)


@pytest.mark.parametrize(
    ("row", "text"), named(COLUMNS, "examples", kind) + named(COLUMNS, "starts", kind)
)
def test_column(row: Any, text: str) -> None:
    """Headers, and each spelling alone, are of their own kind of column."""
    assert wording.kind_of_column(text) == row.kind
    assert wording.kind_of_column(text.upper()) == row.kind


SHORTENED = wording.column_rows().shortened


@pytest.mark.parametrize(
    ("header", "kind"),
    [pair for row in SHORTENED for pair in zip(row.examples, row.kinds, strict=True)],
)
def test_shortened_headers(header: str, kind: str) -> None:
    assert wording.kind_of_column(header) == kind


@pytest.mark.parametrize("header", ["TH", "PH", "Đ/c", "CV", "TG2", "Thành tích CB", "NDT"])
def test_headers_that_shorten_nothing_known(header: str) -> None:
    assert wording.kind_of_column(header) is None


NUMBERING = wording.column_rows().numbering


@pytest.mark.parametrize("text", [t for row in NUMBERING for t in (*row.examples, *row.words)])
def test_numbering(text: str) -> None:
    """A header over the numbers of rows, which is known as a column's too."""
    assert wording.is_numbering(text)
    assert wording.kind_of_column(text) == "ordinal"


@pytest.mark.parametrize("text", [t for row in NUMBERING for t in row.negatives])
def test_no_numbering(text: str) -> None:
    """A header that says more, or something else."""
    assert not wording.is_numbering(text)


# ---------------------------------------------------------------- openers


def verb(row: Any) -> str:
    """The verb of a row of bases."""
    return str(row.verb)


@pytest.mark.parametrize(("row", "text"), named(OPENERS.basis, "examples", verb))
def test_basis(row: Any, text: str) -> None:
    """A legal basis, opened by the verb of its row and no shorter one."""
    known = wording.basis_verb(key(unlabelled(text)))
    assert known == (key(row.verb), row.firm)
    assert is_basis(block(text))


@pytest.mark.parametrize(("row", "text"), named(OPENERS.basis, "negatives", verb))
def test_no_basis(row: Any, text: str) -> None:
    """A sentence that begins so and rests on nothing."""
    assert not is_basis(block(text))


@pytest.mark.parametrize("text", [text for row in OPENERS.issuing for text in row.examples])
def test_issuing(text: str) -> None:
    """The issuing clause has points for its zone, and one of the verbs."""
    assert wording.issuing_verbs().search(text)
    assert (issuing_clause(block(text)) or {}).get("issuing", 0) > 0


OPENING = ("closing", "recipients", "addressees", "appendix", "example", "authority")


@pytest.mark.parametrize(
    ("what", "text"),
    [
        (what, text)
        for what in OPENING
        for row in getattr(OPENERS, what)
        for text in (*row.examples, *row.starts)
    ],
)
def test_opener(what: str, text: str) -> None:
    """What begins a part is known for it and for no other part."""
    assert [each for each in OPENING if wording.opener(each).start_of(key(text))] == [what]


@pytest.mark.parametrize("text", [text for row in OPENERS.appendix for text in row.examples])
def test_appendix_head(text: str) -> None:
    """The examples stand at the head of an appendix."""
    assert text.isupper() or is_appendix_head(text)


MARKED = ("secrecy", "urgency", "draft")


@pytest.mark.parametrize(
    ("what", "text"),
    [
        (what, text)
        for what in MARKED
        for row in getattr(OPENERS, what)
        for text in (*row.examples, *row.words)
    ],
)
def test_marked_word(what: str, text: str) -> None:
    """Words that stand alone are of one kind."""
    folded = key(text).strip("()")
    assert [each for each in MARKED if folded in wording.marked_words(each)] == [what]


BEGINNING = ("annexed", "annexed_broken", "filed", "about")


def rows_of(kinds: Iterable[str], field: str) -> list[Any]:
    """Each text of a field of rows of openers, with the kind of it."""
    found = [
        pytest.param(kind, text, id=f"{kind}: {text}")
        for kind in kinds
        for row in getattr(OPENERS, kind)
        for text in getattr(row, field)
    ]
    assert found
    return found


@pytest.mark.parametrize(
    ("kind", "text"), [*rows_of(BEGINNING, "examples"), *rows_of(BEGINNING, "starts")]
)
def test_beginning(kind: str, text: str) -> None:
    """What begins so, in brackets or without."""
    assert key(text).lstrip("([ ").startswith(wording.starts_of(kind))


@pytest.mark.parametrize(("kind", "text"), rows_of(BEGINNING, "negatives"))
def test_no_beginning(kind: str, text: str) -> None:
    """What begins nearly so."""
    assert not key(text).lstrip("([ ").startswith(wording.starts_of(kind))


@pytest.mark.parametrize(("kind", "text"), rows_of(["annexed"], "examples"))
def test_annexed(kind: str, text: str) -> None:
    """The examples are remarks under a title, by any line's end in them too."""
    assert is_annex_line(text), kind
    assert key(text).lstrip("(").startswith(wording.starts_of("annexed_broken"))


@pytest.mark.parametrize(("kind", "text"), rows_of(["listed_bases"], "examples"))
def test_over_a_list_of_bases(kind: str, text: str) -> None:
    assert is_bases_caption(block(text if text.endswith(":") else f"{text}:")), kind


@pytest.mark.parametrize(("kind", "text"), rows_of(["listed_bases"], "negatives"))
def test_over_no_list_of_bases(kind: str, text: str) -> None:
    assert not is_bases_caption(block(text)), kind


@pytest.mark.parametrize("text", [text for row in OPENERS.as_follows for text in row.examples])
def test_announces(text: str) -> None:
    """What announces the content."""
    assert key(text.rstrip(":")).endswith(wording.as_follows())


@pytest.mark.parametrize("text", [text for row in OPENERS.as_follows for text in row.negatives])
def test_announces_nothing(text: str) -> None:
    """What ends otherwise."""
    assert not key(text.rstrip(":.")).endswith(wording.as_follows())


@pytest.mark.parametrize("text", [text for row in OPENERS.narrative for text in row.examples])
def test_tells_when(text: str) -> None:
    """A sentence that begins as a basis does, and tells something."""
    assert wording.basis_verb(key(text))
    assert wording.tells_when(key(text))


@pytest.mark.parametrize("text", [text for row in OPENERS.narrative for text in row.words])
def test_time_of_what_is_told(text: str) -> None:
    """Each time behind a comma, and only there."""
    assert wording.tells_when(key(f"Thực hiện Chỉ thị, {text} 2023 các xã"))
    assert not wording.tells_when(key(f"Thực hiện Chỉ thị {text} 2023"))


@pytest.mark.parametrize("text", [text for row in OPENERS.narrative for text in row.negatives])
def test_tells_no_time(text: str) -> None:
    """A basis with a year in its name."""
    assert not wording.tells_when(key(text))


# ---------------------------------------------------------------- offices


@pytest.mark.parametrize(
    ("row", "text"), named(OFFICES.capacity, "examples", lambda row: str(row.code))
)
def test_capacity(row: Any, text: str) -> None:
    """A signature's prefix and its code."""
    match = wording.capacity_pattern().match(text)
    assert match
    assert wording.capacity_codes()[match["code"]] == row.code


@pytest.mark.parametrize(
    ("row", "text"), named(OFFICES.capacity, "spellings", lambda row: str(row.code))
)
def test_capacity_spelling(row: Any, text: str) -> None:
    """Each spelling before an office, with a stop and a space or without."""
    for written in (f"{text}. CHỦ TỊCH", f"{text}.CHỦ TỊCH", f"{text} CHỦ TỊCH"):
        match = wording.capacity_pattern().match(written)
        assert match
        assert wording.capacity_codes()[match["code"]] == row.code


@pytest.mark.parametrize(
    "text", [t for row in OFFICES.office for t in (*row.examples, *(s.upper() for s in row.starts))]
)
def test_office(text: str) -> None:
    """An office, with what comes before it too."""
    assert wording.is_office(text)


@pytest.mark.parametrize("text", [t for row in OFFICES.office for t in row.negatives])
def test_no_office(text: str) -> None:
    """Capitals that name no office."""
    assert not wording.is_office(text)


@pytest.mark.parametrize("text", [t for row in OFFICES.signed for t in (*row.examples, *row.words)])
def test_signed(text: str) -> None:
    """What stands where a hand signature was."""
    assert key(text) in wording.signed_words()


@pytest.mark.parametrize("text", [t for row in OFFICES.rank for t in (*row.examples, *row.words)])
def test_rank(text: str) -> None:
    """Ranks and titles before a name."""
    assert len(wording.without_rank(text)) < len(text)


@pytest.mark.parametrize(
    "text", [t for row in OFFICES.second_line for t in (*row.examples, *row.words)]
)
def test_second_line_of_an_office(text: str) -> None:
    """A line that is a part of the office above it."""
    assert wording.is_second_line(text)


@pytest.mark.parametrize("text", [t for row in OFFICES.second_line for t in row.negatives])
def test_line_of_its_own(text: str) -> None:
    """A line that is an office, an organ or a name."""
    assert not wording.is_second_line(text)


@pytest.mark.parametrize("text", [t for row in OFFICES.unfinished for t in row.examples])
def test_unfinished_office(text: str) -> None:
    """An office that the next line may go on."""
    assert wording.is_office(text)
    assert wording.is_unfinished_office(text)


@pytest.mark.parametrize("text", [t for row in OFFICES.unfinished for t in row.negatives])
def test_finished_office(text: str) -> None:
    """An office that the next line does not go on."""
    assert wording.is_office(text)
    assert not wording.is_unfinished_office(text)


# ---------------------------------------------------------------- units


@pytest.mark.parametrize(
    "text", [t for row in UNITS.letterhead for t in (*row.examples, *row.starts)]
)
def test_agency(text: str) -> None:
    """The beginning of an agency's name, which acts too."""
    assert wording.is_agency(text)
    assert wording.is_actor(text)


@pytest.mark.parametrize("text", [t for row in UNITS.superior_place for t in row.examples])
def test_superior_place(text: str) -> None:
    assert wording.is_superior_place(text)


@pytest.mark.parametrize("text", [t for row in UNITS.superior_place for t in row.negatives])
def test_no_superior_place(text: str) -> None:
    assert not wording.is_superior_place(text)


@pytest.mark.parametrize("text", [t for row in UNITS.unfinished for t in row.examples])
def test_unfinished(text: str) -> None:
    """A line that the next one goes on."""
    assert wording.is_unfinished(text)


@pytest.mark.parametrize("text", [t for row in UNITS.unfinished for t in row.negatives])
def test_finished(text: str) -> None:
    """A line that may end a name or a title."""
    assert not wording.is_unfinished(text)


@pytest.mark.parametrize("text", [t for row in UNITS.finished for t in row.examples])
def test_finished_by_two_words(text: str) -> None:
    """A line that ends a name, though its last word alone goes on."""
    assert wording.is_unfinished(text)
    assert wording.is_finished(key(text))


@pytest.mark.parametrize("text", [t for row in UNITS.finished for t in row.negatives])
def test_unfinished_by_a_word(text: str) -> None:
    """A line that goes on, for one of those two words alone."""
    assert wording.is_unfinished(text)
    assert not wording.is_finished(key(text))


@pytest.mark.parametrize(
    "text", [t for row in UNITS.first_half for t in (*row.examples, *row.words)]
)
def test_first_half_of_a_name(text: str) -> None:
    """A line that is the beginning of a name, and no more."""
    assert wording.is_first_half(text)
    assert not wording.is_unfinished(text)


@pytest.mark.parametrize("text", [t for row in UNITS.first_half for t in row.negatives])
def test_whole_name(text: str) -> None:
    """A line that may be a name whole."""
    assert not wording.is_first_half(text)


@pytest.mark.parametrize("text", [t for row in UNITS.takes_document for t in row.examples])
def test_before_a_document(text: str) -> None:
    """A line whose last words have the document below as their object."""
    assert wording.takes_document(key(text))


@pytest.mark.parametrize("text", [t for row in UNITS.takes_document for t in row.negatives])
def test_before_no_document(text: str) -> None:
    """A line that a document below is no object of."""
    assert not wording.takes_document(key(text))


@pytest.mark.parametrize(
    "text", [t for row in UNITS.taken_document for t in (*row.examples, *row.words)]
)
def test_document_without_number(text: str) -> None:
    """A line that names a document by its type, which may be the object of what is above."""
    assert wording.is_taken_document(key(text))
    assert not wording.is_numbered_document(text)


@pytest.mark.parametrize("text", [t for row in UNITS.taken_document for t in row.negatives])
def test_no_such_document(text: str) -> None:
    assert not wording.is_taken_document(key(text))


@pytest.mark.parametrize(
    "text", [t for row in UNITS.before_place for t in (*row.examples, *row.words)]
)
def test_before_the_name_of_a_place(text: str) -> None:
    assert wording.is_before_place(text.rsplit(maxsplit=1)[-1])


@pytest.mark.parametrize("text", [t for row in UNITS.before_place for t in row.negatives])
def test_not_before_the_name_of_a_place(text: str) -> None:
    assert not wording.is_before_place(text.rsplit(maxsplit=1)[-1])


@pytest.mark.parametrize(
    "text",
    [t for row in UNITS.before_field for t in (*row.examples, *map(str.upper, row.words))],
)
def test_before_a_field_of_work(text: str) -> None:
    """The name of an agency as far as its field."""
    assert wording.is_before_field(text)


@pytest.mark.parametrize(
    "text", [t for row in UNITS.before_field for t in (*row.negatives, *row.words)]
)
def test_not_before_a_field_of_work(text: str) -> None:
    """No agency, one whole, or any such in small letters; a word alone, too."""
    assert not wording.is_before_field(text)


def is_parted(text: str) -> bool:
    """Whether the halves of a name stand on both sides of a slash."""
    above, below = map(key, text.split(" / "))
    return any(above.endswith(a) and below.startswith(b) for a, b in wording.parted_names())


@pytest.mark.parametrize("text", [t for row in UNITS.parted for t in row.examples])
def test_name_that_a_line_parts(text: str) -> None:
    """A line that has the first half of a name, and one that has the second."""
    assert is_parted(text)


@pytest.mark.parametrize("text", [t for row in UNITS.parted for t in row.words])
def test_halves_that_are_names(text: str) -> None:
    """A name of which each half is one, too."""
    assert is_parted(text)
    assert all(map(wording.is_agency, text.split(" / ")))


@pytest.mark.parametrize("text", [t for row in UNITS.parted for t in row.negatives])
def test_two_names_of_two_lines(text: str) -> None:
    """Two names, a line's end between them."""
    assert not is_parted(text)


def is_hyphened(text: str) -> bool:
    """Whether the halves of a unit's name stand on both sides of a dash."""
    left, right = map(key, text.split(" - "))
    return any(left.endswith(a) and right.startswith(b) for a, b in wording.hyphened_units())


@pytest.mark.parametrize("text", [t for row in UNITS.hyphened for t in (*row.examples, *row.words)])
def test_second_half_that_is_no_unit(text: str) -> None:
    """A unit with a dash in its name, and nothing that acts behind it."""
    assert is_hyphened(text)
    assert not wording.is_actor(text.partition(" - ")[2])


@pytest.mark.parametrize("text", [t for row in UNITS.hyphened for t in row.negatives])
def test_second_half_that_may_be_a_unit(text: str) -> None:
    """Two units, or what nobody can tell from two."""
    assert not is_hyphened(text)


@pytest.mark.parametrize(
    "text", [t for row in UNITS.named_after_work for t in (*row.examples, *row.starts)]
)
def test_named_after_work(text: str) -> None:
    """An organ whose name tells its work."""
    assert wording.is_named_after_work(text)


@pytest.mark.parametrize("text", [t for row in UNITS.named_after_work for t in row.negatives])
def test_not_named_after_work(text: str) -> None:
    """An organ whose name tells no work."""
    assert not wording.is_named_after_work(text)


@pytest.mark.parametrize("text", [t for row in UNITS.second_part for t in row.examples])
def test_second_part_of_a_name(text: str) -> None:
    """A unit whose name has a dash."""
    assert wording.is_second_part(text.partition(" - ")[2])


@pytest.mark.parametrize("text", [t for row in UNITS.second_part for t in row.negatives])
def test_second_name(text: str) -> None:
    """Two units, a dash between them."""
    assert not wording.is_second_part(text.partition(" - ")[2])


@pytest.mark.parametrize("text", [t for row in UNITS.letterhead for t in row.negatives])
def test_no_agency(text: str) -> None:
    """The second line of an agency's name, or none of it."""
    assert not wording.is_agency(text)


@pytest.mark.parametrize("text", [t for row in UNITS.actor for t in (*row.examples, *row.starts)])
def test_actor(text: str) -> None:
    """The beginning of a name of one who acts."""
    assert wording.is_actor(text)


@pytest.mark.parametrize("text", [t for row in UNITS.predicate for t in row.examples])
def test_predicate(text: str) -> None:
    """What follows the name begins with one of the verbs."""
    start = wording.find_predicate(text)
    assert start
    assert wording.is_actor(text[:start])


@pytest.mark.parametrize("text", [t for row in UNITS.predicate for t in row.words])
def test_predicate_word(text: str) -> None:
    """Each verb ends the name of a unit."""
    start = wording.find_predicate(f"Phòng Nội vụ {text} việc này.")
    assert start == len("Phòng Nội vụ ")


@pytest.mark.parametrize("text", [t for row in UNITS.noun for t in (*row.examples, *row.words)])
def test_noun_behind_a_comma(text: str) -> None:
    """What begins as a predicate does, and is one more of those who act."""
    told = text if text.endswith(".") else f"Các cơ quan, {text} phối hợp."
    start = wording.find_predicate(told)
    assert start is not None
    assert not told[start:].startswith("tổ chức")


@pytest.mark.parametrize("text", [t for row in UNITS.noun for t in row.negatives])
def test_no_noun_behind_a_comma(text: str) -> None:
    """What somebody does."""
    start = wording.find_predicate(text)
    assert start is not None
    assert text[start:].startswith("tổ chức")


@pytest.mark.parametrize("text", [t for row in UNITS.lead_in for t in (*row.examples, *row.words)])
def test_lead_in(text: str) -> None:
    """What stands before the name."""
    assert wording.lead_ins().match(f"{text} Phòng Nội vụ")


@pytest.mark.parametrize(
    "text", [t for row in UNITS.duty_heading for t in (*row.examples, *row.words)]
)
def test_duty_heading(text: str) -> None:
    """What stands before the name in a heading."""
    match = wording.duty_headings().match(f"{text} Phòng Nội vụ")
    assert match
    assert wording.is_actor(f"{text} Phòng Nội vụ"[match.end() :])


# ---------------------------------------------------------------- kinds, citations, laws


@pytest.mark.parametrize(
    ("row", "text"), named(wording.kinds(), "examples", lambda row: str(row.name))
)
def test_kind(row: Any, text: str) -> None:
    """A type line in capitals, or a citation of a document of that type."""
    if text.isupper():
        known = wording.type_of_line(text)
        assert known
        assert known[0] == row.name
    else:
        assert [found.kind for found in find_citations(text)] == [row.name]


@pytest.mark.parametrize(
    ("row", "text"), named(wording.kinds(), "spellings", lambda row: str(row.name))
)
def test_kind_spelling(row: Any, text: str) -> None:
    """Each spelling in capitals is a type line where the type heads documents, else none."""
    known = wording.type_of_line(text.upper())
    assert known == ((row.name, len(text.split())) if row.title else None)
    if row.cited:
        assert wording.kind_by_spelling()[text.lower()] == row.name


def test_kinds_that_decide() -> None:
    """They head documents; none is put into force by another."""
    assert len(wording.deciding()) > 1
    assert all(row.title for row in wording.kinds() if row.decides or row.promulgated)
    assert not wording.deciding() & wording.promulgated()
    assert {"Quyết định", "Thông tư"} <= wording.deciding()
    assert not wording.deciding() & {"Kế hoạch", "Luật", "Công văn", "Tờ trình"}
    assert {"Quy chế", "Điều lệ"} <= wording.promulgated()
    assert not wording.promulgated() & {"Báo cáo", "Công văn", "Thông báo"}


def relation(row: Any) -> str:
    """The relation that a row means."""
    return str(row.relation)


@pytest.mark.parametrize(("row", "text"), named(LEADS, "examples", relation))
def test_lead(row: Any, text: str) -> None:
    """The title of the first citation begins with a lead of that relation."""
    first = find_citations(text)[0]
    assert first.title
    title = key(first.title)
    assert next(meant for word, meant in wording.leads() if title.startswith(word)) == row.relation


@pytest.mark.parametrize(("row", "text"), named(LEADS, "words", relation))
def test_lead_word(row: Any, text: str) -> None:
    """No lead is shadowed by another."""
    assert next(meant for word, meant in wording.leads() if key(text) == word) == row.relation
    assert wording.lead_at(f"{text} điều này", 0) == len(text)


@pytest.mark.parametrize(("row", "text"), named(LINKS, "examples", relation))
def test_link(row: Any, text: str) -> None:
    """Two citations, the second tied to the first."""
    assert row.relation in [found.relation for found in find_citations(text)]


@pytest.mark.parametrize(("row", "text"), named(LINKS, "words", relation))
def test_link_word(row: Any, text: str) -> None:
    """Each link ties a document to the one before it."""
    found = find_citations(f"Thông tư số 05/2021/TT-BNV {text} Thông tư số 02/2024/TT-BNV")
    assert [each.number.canonical for each in found if each.number] == [
        "05/2021/TT-BNV",
        "02/2024/TT-BNV",
    ]
    assert row.relation in [each.relation for each in found]


@pytest.mark.parametrize("law", wording.laws(), ids=lambda law: f"{law.kind} {law.title}")
def test_law(law: Law) -> None:
    """A law by its name alone is one citation, its title whole; its number is one."""
    assert wording.law_title_words(law.title) == len(law.title.split())
    text = f"Căn cứ {law.kind} {law.title} và tình hình thực tế;"
    assert [(found.kind, found.title) for found in find_citations(text)] == [(law.kind, law.title)]
    assert parse_docnumber(law.number).canonical == law.number


@pytest.mark.parametrize(
    "title", [t for t in (law.title for law in wording.laws()) if "," in t and ", Luật " not in t]
)
def test_law_without_commas(title: str) -> None:
    """A title that is known is so without its commas, or with dashes for them."""
    for mark in ("", " -"):
        printed = title.replace(",", mark)
        assert wording.law_title_words(printed) == len(printed.split())
        assert [found.title for found in find_citations(f"Căn cứ Luật {printed};")] == [printed]


PAPER = wording.citation_rows().paper


@pytest.mark.parametrize("text", [*PAPER.examples, *PAPER.words, *PAPER.names])
def test_paper(text: str) -> None:
    """The number behind these is a form's, a file's or a receipt's; one is in no citation."""
    assert wording.names_paper(text)
    assert not find_citations(f"{text.rstrip()} 12/SNV-TĐKT")


@pytest.mark.parametrize("text", PAPER.negatives)
def test_no_paper(text: str) -> None:
    """The number behind these is a document's."""
    assert not wording.names_paper(text)


@pytest.mark.parametrize(("short", "whole"), wording.shortened())
def test_shortened(short: str, whole: str) -> None:
    """What an abbreviation stands for is in the title of a law, in the register or the table."""
    register = packaged_register()
    titles = [*(law.title for law in wording.laws()), *(one.title for one in register.all())]
    assert any(key(whole) in key(title) for title in titles)
    assert short[:2].isupper()
    assert key(short) not in key(whole)


# ---------------------------------------------------------------- no spelling twice


def spellings() -> Iterator[tuple[str, list[str]]]:
    """The spellings of each look-up."""
    yield "headings", [text for row in HEADINGS.heading for text in row.starts]
    yield "anywhere", [text for row in HEADINGS.heading for text in row.anywhere]
    yield "columns", [text for row in COLUMNS for text in row.starts]
    yield "basis", [row.verb for row in OPENERS.basis]
    yield "openers", [t for what in OPENING for row in getattr(OPENERS, what) for t in row.starts]
    yield "marked", [t for what in MARKED for row in getattr(OPENERS, what) for t in row.words]
    yield "capacity", [text for row in OFFICES.capacity for text in row.spellings]
    yield "second lines", [text for row in OFFICES.second_line for text in row.words]
    yield "unfinished offices", [text for row in OFFICES.unfinished for text in row.words]
    for kind in (*BEGINNING, "listed_bases"):
        yield kind, [text for row in getattr(OPENERS, kind) for text in row.starts]
    yield "before a place", [text for row in UNITS.before_place for text in row.words]
    yield "before a field", [text for row in UNITS.before_field for text in row.words]
    yield "offices", [text for row in OFFICES.office for text in row.starts]
    yield "signed", [text for row in OFFICES.signed for text in row.words]
    yield "ranks", [text for row in OFFICES.rank for text in row.words]
    yield "units", [text for row in (*UNITS.letterhead, *UNITS.actor) for text in row.starts]
    yield "predicates", [text for row in UNITS.predicate for text in row.words]
    yield "lead-ins", [text for row in UNITS.lead_in for text in row.words]
    yield "duty headings", [text for row in UNITS.duty_heading for text in row.words]
    yield "kinds", [text for row in wording.kinds() for text in row.spellings]
    yield "leads", [text for row in LEADS for text in row.words]
    yield "links", [text for row in LINKS for text in row.words]
    yield "laws", [f"{law.kind} {law.title} {law.number}" for law in wording.laws()]


@pytest.mark.parametrize(
    ("table", "texts"), list(spellings()), ids=[name for name, _ in spellings()]
)
def test_no_spelling_twice(table: str, texts: Sequence[str]) -> None:
    """Two spellings that meet under one key would leave one of them without a use."""
    assert texts or table == "anywhere"
    twice = [folded for folded, count in Counter(map(key, texts)).items() if count > 1]
    assert not twice, table


@pytest.mark.parametrize("text", [t for row in UNITS.field for t in (*row.examples, *row.words)])
def test_field_in_a_name(text: str) -> None:
    """A field of work ends no name of a unit, though it begins as a predicate does."""
    told = text if text.endswith(".") else f"Ban Điều hành {text} tỉnh tổ chức họp."
    start = wording.find_predicate(told)
    assert start is not None
    assert told[start:].startswith(("tham mưu", "phát động", "tổ chức"))


@pytest.mark.parametrize("text", [t for row in UNITS.field for t in row.negatives])
def test_no_field_in_a_name(text: str) -> None:
    """What somebody does."""
    start = wording.find_predicate(text)
    assert start is not None
    assert text[start:].startswith(("giao chỉ tiêu", "đổi mới cách làm"))


@pytest.mark.parametrize(
    "text", [t for row in UNITS.not_agency for t in (*row.examples, *row.starts)]
)
def test_begins_as_an_agency_does(text: str) -> None:
    """The second line of a name, though it begins as the first of one does."""
    assert not wording.is_agency(text)


@pytest.mark.parametrize("text", [t for row in UNITS.not_agency for t in row.negatives])
def test_is_an_agency(text: str) -> None:
    """The name of an agency."""
    assert wording.is_agency(text)


@pytest.mark.parametrize("text", [t for row in UNITS.such_as for t in row.examples])
def test_told_apart_by_a_passive(text: str) -> None:
    """Those who are meant are told by what is done to them."""
    assert "được" in text
    assert wording.is_such_as(text.lower())


@pytest.mark.parametrize("text", [t for row in UNITS.such_as for t in (*row.negatives, *row.words)])
def test_told_by_name(text: str) -> None:
    """An office that has a name; or a word with nothing behind it."""
    assert not wording.is_such_as(text.lower())


@pytest.mark.parametrize("text", [t for row in UNITS.of_health for t in row.examples])
def test_name_of_health(text: str) -> None:
    assert text.split(" Y tế", maxsplit=1)[0] in wording.of_health()


@pytest.mark.parametrize("text", [t for row in UNITS.of_health for t in row.negatives])
def test_no_name_of_health(text: str) -> None:
    assert text.split(" y tế", maxsplit=1)[0].rsplit(maxsplit=1)[-1] not in wording.of_health()


@pytest.mark.parametrize("text", wording.citation_rows().bare.examples)
def test_a_bare_number_of_a_document(text: str) -> None:
    """Its day or who gave it says that a number is a document's, without its symbol."""
    assert [found.labelled for found in find_back_references(text, [])] == [True]


@pytest.mark.parametrize("text", wording.citation_rows().bare.negatives)
def test_a_bare_number_of_no_document(text: str) -> None:
    """Numbers of programmes, options and days."""
    assert not any(found.labelled for found in find_back_references(text, []))
