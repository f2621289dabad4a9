"""
What the answer says of all citations of a paper together: which belongs to which, which the paper
alone does not tell, and which bases were in force on its day.
"""

from collections.abc import Sequence
from typing import Any

from generator.force import verdict
from generator.phrasebook import read_tables
from generator.said import Citation


def tied(citations: Sequence[Citation]) -> dict[str, list[Citation]]:
    """The citations of a paper, and apart from them the words that point back at one."""
    references = [
        {key: value for key, value in one.items() if key != "reference"}
        for one in citations
        if "reference" in one
    ]
    found = [dict(one) for one in citations if "reference" not in one]
    for at, one in enumerate(found):
        one["relation"] = _relation(found, at)
    for one, is_open in zip(found, _open(found), strict=True):
        if is_open:
            one["open"] = True
    return {"citations": found, "references": references}


def _relation(found: Sequence[Citation], at: int) -> dict[str, Any] | None:
    """How a citation belongs to one before it, by that one's index."""
    one = found[at]
    if link := one.get("relation"):
        to = max(other for other in range(at) if found[other]["text"] == link["to"])
        return {"kind": link["kind"], "to": to}
    if not one["depth"]:
        return None
    to = max(other for other in range(at) if found[other]["depth"] == one["depth"] - 1)
    rows = {row["key"]: row for row in read_tables("instruments")["instruments"]}
    return {"kind": rows[found[to]["act"]]["relation"], "to": to}


def _open(found: Sequence[Citation]) -> list[bool]:
    """
    For each citation whether it may as well be left open: a law named by a title that several have,
    where nothing before it, or more than one thing, says which; and a number that others bear in
    other years, with neither day nor title, where nothing before it has one of them.
    """
    known: dict[str, set[str | None]] = {}
    answers = []
    for one in found:
        law = one["kind"] == "Luật" and not one["nested"]
        if law and not one["number"]:
            name, bare = (one["title"] or "").casefold(), one["date"] is None
        else:
            name = str(one["canonical"])
            bare = not (one["year"] or one["date"] or one["title"])
        answers.append(bool(one["resolved"]) and bare and known.get(name) != {one["resolved"]})
        if not bare and one["resolved"]:
            known.setdefault(name, set()).add(one["resolved"])
            if law and one["title"]:
                known.setdefault(one["title"].casefold(), set()).add(one["resolved"])
    return answers


def judge(answer: dict[str, Any]) -> None:
    """Put the verdict on the plan's date beside each citation of a basis; drop our own marks."""
    rows = {row["key"]: row for row in read_tables("instruments")["instruments"]}
    of_bases = {at for basis in answer["legal_bases"] for at in basis["citations"]}
    for at, one in enumerate(answer["citations"]):
        act = one.pop("act")
        del one["depth"]
        if at in of_bases:
            one["verdict"] = verdict(rows[act], answer["date"]) if act else None
