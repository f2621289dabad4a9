"""
The values of a Plan from what the steps before read, each with its evidence.

A :class:`Ledger` remembers every range of the text that went into some value; what is left at the
end goes into ``Plan.body`` with a diagnostic, so that no word of a document is lost.
"""

from tdkt_parse.assemble.aims import build_aims, build_budget
from tdkt_parse.assemble.citing import (
    Own,
    Place,
    build_bases,
    build_citations,
    places_of,
    section_bases,
)
from tdkt_parse.assemble.duties import (
    build_implementation,
    build_tasks,
    duties_of_school_year,
    tasks_of_school_year,
)
from tdkt_parse.assemble.head import (
    build_appendix,
    build_date,
    build_footnotes,
    build_issuer,
    build_marks,
    build_number,
    build_signature,
    margin_passages,
    note_passages,
)
from tdkt_parse.assemble.ledger import Ledger
from tdkt_parse.assemble.remains import (
    build_leftovers,
    notices_of,
    numbering_of,
    repairs_of,
    tables_of,
)
from tdkt_parse.assemble.sections import build_body, build_paragraph, build_sections, build_table

__all__ = [
    "Ledger",
    "Own",
    "Place",
    "build_aims",
    "build_appendix",
    "build_bases",
    "build_body",
    "build_budget",
    "build_citations",
    "build_date",
    "build_footnotes",
    "build_implementation",
    "build_issuer",
    "build_leftovers",
    "build_marks",
    "build_number",
    "build_paragraph",
    "build_sections",
    "build_signature",
    "build_table",
    "build_tasks",
    "duties_of_school_year",
    "margin_passages",
    "note_passages",
    "notices_of",
    "numbering_of",
    "places_of",
    "repairs_of",
    "section_bases",
    "tables_of",
    "tasks_of_school_year",
]
