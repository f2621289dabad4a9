"""
What the words of a form mean: headings, columns, opening verbs, offices, units, types of document.

Rows of the tables of ``data/`` as typed values, with the look-ups by which the rules of
segmentation know them; one module a table. Each row has examples; ``tests/test_wording.py`` proves
that rows and examples match each other.
"""

from tdkt_parse.wording.citing import (
    citation_rows,
    find_lead,
    law_title_words,
    laws,
    lead_at,
    lead_relation,
    leads,
    links,
    names_document,
    opens_title,
)
from tdkt_parse.wording.columns import kind_of_column, kind_of_misread_column
from tdkt_parse.wording.document_kinds import (
    is_numbered_document,
    kind_by_spelling,
    kinds,
    named_by_title,
    outranks,
    rank_of,
    type_of_line,
)
from tdkt_parse.wording.headings import (
    heading_rows,
    is_article_title,
    is_bases_heading,
    role_of_heading,
)
from tdkt_parse.wording.motto import MOTTO, squeezed
from tdkt_parse.wording.offices import (
    capacity_codes,
    capacity_initials,
    capacity_pattern,
    is_office,
    office_rows,
    signed_words,
    without_rank,
)
from tdkt_parse.wording.openers import (
    basis_verb,
    issuing_drives,
    issuing_objects,
    issuing_verbs,
    marked_words,
    opener,
    opener_rows,
)
from tdkt_parse.wording.phrases import Phrases
from tdkt_parse.wording.predicates import find_predicate
from tdkt_parse.wording.units import (
    duty_headings,
    hyphened_names,
    hyphened_units,
    is_actor,
    is_agency,
    is_finished,
    is_first_half,
    is_named_after_work,
    is_second_part,
    is_superior_place,
    is_unfinished,
    lead_ins,
    parted_names,
    takes_document,
    unit_rows,
)

__all__ = [
    "MOTTO",
    "Phrases",
    "basis_verb",
    "capacity_codes",
    "capacity_initials",
    "capacity_pattern",
    "citation_rows",
    "duty_headings",
    "find_lead",
    "find_predicate",
    "heading_rows",
    "hyphened_names",
    "hyphened_units",
    "is_actor",
    "is_agency",
    "is_article_title",
    "is_bases_heading",
    "is_finished",
    "is_first_half",
    "is_named_after_work",
    "is_numbered_document",
    "is_office",
    "is_second_part",
    "is_superior_place",
    "is_unfinished",
    "issuing_drives",
    "issuing_objects",
    "issuing_verbs",
    "kind_by_spelling",
    "kind_of_column",
    "kind_of_misread_column",
    "kinds",
    "law_title_words",
    "laws",
    "lead_at",
    "lead_ins",
    "lead_relation",
    "leads",
    "links",
    "marked_words",
    "named_by_title",
    "names_document",
    "office_rows",
    "opener",
    "opener_rows",
    "opens_title",
    "outranks",
    "parted_names",
    "rank_of",
    "role_of_heading",
    "signed_words",
    "squeezed",
    "takes_document",
    "type_of_line",
    "unit_rows",
    "without_rank",
]
