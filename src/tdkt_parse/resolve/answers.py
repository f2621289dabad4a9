"""
What is said of a citation: which instrument it is, or why that is left open.
"""

from collections.abc import Sequence

from tdkt_parse.models import Resolved
from tdkt_parse.register import Instrument
from tdkt_parse.register.scope import is_national
from tdkt_parse.register.urn import urn_lex


def settled(instrument: Instrument, method: str) -> tuple[Resolved, Instrument]:
    """Resolved to an instrument; ``method`` is the way that told it."""
    urn = urn_lex(instrument.kind, instrument.number, instrument.issuer, instrument.issued)
    resolved = Resolved(
        id=instrument.number, method=method, candidates=[instrument.number], urn=urn
    )
    return resolved, instrument


def left_open(reason: str, candidates: Sequence[Instrument] = ()) -> tuple[Resolved, None]:
    """Not resolved; the candidates each once, as they are named."""
    names = list(dict.fromkeys(_named(c) for c in candidates))
    return Resolved(reason=reason, candidates=names), None


def _named(instrument: Instrument) -> str:
    """The number, and whose it is where others have the same."""
    if is_national(instrument.number) or not instrument.issuer:
        return instrument.number
    return f"{instrument.number} ({instrument.issuer})"


def again(resolved: Resolved | None) -> Resolved:
    """What an antecedent was resolved to, for the mention that rests on it."""
    if resolved is None:
        return Resolved(reason="no_antecedent")
    if resolved.id is None:
        return resolved
    return resolved.model_copy(update={"method": "antecedent"})
