"""
The end of a document: recipients on the left, who signs on the right.
"""

from collections.abc import Iterator, Sequence

from tdkt_parse.models import Mark, Plan, Signer
from tdkt_parse.render.form_words import form_words
from tdkt_parse.render.printed import Block, Columns, Words
from tdkt_parse.wording import capacity_pattern, is_agency, is_office

TIMEOUT = 2.0


def print_conclusions(plan: Plan) -> Iterator[Block]:
    """The recipients and the signatures, each signer in a column."""
    names = tuple(_recipients(plan))
    stray = [mark for mark in plan.marks if mark.role == "signature"]
    first = min(
        (one.evidence.spans[0] for one in plan.recipients if one.evidence.spans), default=()
    )
    early = [mark for mark in stray if mark.evidence.spans and mark.evidence.spans[0] < first]
    yield from (Words("date", mark.text) for mark in early)
    stray = [mark for mark in stray if mark not in early]
    if plan.signature is None:
        yield from names
        yield from (Words("signed", mark.text) for mark in stray)
        return
    signers = [plan.signature, *plan.signature.also_signed]
    columns = [tuple(_signer(signer, stray if n == 0 else [])) for n, signer in enumerate(signers)]
    yield Columns("signature", ((names, *columns),))


def _recipients(plan: Plan) -> Iterator[Words]:
    caption = next((mark.text for mark in plan.marks if mark.role == "recipients"), None)
    if caption or plan.recipients:
        yield Words("recipients", caption or form_words().captions.recipients)
    last = len(plan.recipients)
    for number, item in enumerate(plan.recipients, 1):
        yield Words("recipient", f"- {item.text}{'.' if number == last else ';'}")


def _signer(signer: Signer, stray: Sequence[Mark]) -> list[Words]:
    """
    The lines of a signature: in what capacity, for whom, the office, its mark, the name.

    Where the signature was read from a document its lines stand as they stood.
    """
    capacity, body, role = signer.capacity, signer.on_behalf_of, signer.role
    heads: list[str] = []
    if capacity and (body or role):
        heads.append(f"{capacity} {body or role}")
    elif capacity or body:
        heads.append(capacity or body or "")
    others = [text for text in signer.also if text.isupper()]
    agencies = [text for text in others if is_agency(text) and not is_office(text)]
    heads += [text for text in others if _is_capacity(text)]
    heads += [role] if role and not (capacity and not body) else []
    heads += [text for text in others if not _is_capacity(text) and text not in agencies]
    lines = [Words("authority", text) for text in (*agencies, *heads)]
    lines += [Words("signed", mark.text) for mark in stray]
    names = [signer.signer, *(text for text in signer.also if not text.isupper())]
    lines += [Words("signer", name) for name in names if name]
    return _as_read(lines, signer, stray)


def _as_read(lines: list[Words], signer: Signer, stray: Sequence[Mark]) -> list[Words]:
    """The lines in the order in which they stood; as they are, if any of them cannot be found."""
    spans, text = signer.evidence.spans, signer.evidence.text
    places: dict[str, int] = {
        mark.text: mark.evidence.spans[0][0] for mark in stray if mark.evidence.spans
    }
    at = 0
    for start, end in spans:
        places.setdefault(" ".join(text[at : at + end - start].split()), start)
        at += end - start + 1
    if not all(line.text in places for line in lines):
        return lines
    return sorted(lines, key=lambda line: places[line.text])


def _is_capacity(text: str) -> bool:
    return capacity_pattern().match(text, timeout=TIMEOUT) is not None
