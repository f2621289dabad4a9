"""
The fixed words of the printed form (``data/form.toml``).
"""

from functools import cache

from pydantic import Field

from tdkt_parse.lexicon import Row, read_toml


class Head(Row):
    """What heads a document of the State or of the Party."""

    motto: list[str]
    number: str
    issuers: list[str] = Field(default_factory=list)
    """Words in the name of an issuer of this kind."""


class Captions(Row):
    """What introduces a list of names."""

    addressees: str
    recipients: str


class Headings(Row):
    """Headings by the role of their section."""

    purpose_requirements: str
    purpose: str
    requirements: str
    content: str
    budget: str
    implementation: str


class ColumnNames(Row):
    """The header of the table of tasks."""

    ordinal: str
    content: str
    lead: str
    support: str
    timing: str


class QuarterNames(Row):
    """How the row of a quarter is written."""

    one: str
    also: str


class FormWords(Row):
    """All of the file."""

    blank: str
    state: Head
    party: Head
    captions: Captions
    headings: Headings
    columns: ColumnNames
    quarters: QuarterNames


@cache
def form_words() -> FormWords:
    """The fixed words of the form."""
    return read_toml("form.toml", FormWords)
