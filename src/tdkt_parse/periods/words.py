"""
What words around a time say of it: that it is a document's, or has no date (``data/periods.toml``).
"""

from functools import cache

from pydantic import BaseModel, ConfigDict

from tdkt_parse.lexicon import Row, read_toml


class Words(Row):
    """Words of one use: texts that have one of them and mean it so, and such as do not."""

    words: list[str]
    examples: list[str]
    negatives: list[str]


class PeriodWords(BaseModel):
    """``periods.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    document: list[Words]
    heading: list[Words]
    undated: list[Words]
    ahead: list[Words]


@cache
def period_words() -> PeriodWords:
    return read_toml("periods.toml", PeriodWords)


@cache
def documents() -> tuple[str, ...]:
    """Names of documents and a space, after which a plain date is theirs."""
    return tuple(f"{word} " for row in period_words().document for word in row.words)


@cache
def heading_words() -> frozenset[str]:
    """Words that a heading of a quarter may have beside the quarter itself."""
    return frozenset(word for row in period_words().heading for word in row.words)


@cache
def undated() -> tuple[str, ...]:
    """Words that hang a time on something without a date."""
    return tuple(word for row in period_words().undated for word in row.words)


@cache
def ahead() -> tuple[str, ...]:
    """Words before a year that is not planned now."""
    return tuple(word for row in period_words().ahead for word in row.words)
