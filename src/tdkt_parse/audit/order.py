"""
B14: the bases stand in the order of their legal force.
"""

from collections.abc import Iterator

from tdkt_parse.audit.cases import Case
from tdkt_parse.audit.findings import Hit
from tdkt_parse.audit.phrases import table
from tdkt_parse.audit.quoting import head_of
from tdkt_parse.audit.words import as_cited
from tdkt_parse.models import Citation
from tdkt_parse.spelling import key
from tdkt_parse.wording import rank_of

_LAST = 10
"""Of what is no legal document: plans, notices, guidance."""


def order(case: Case) -> Iterator[Hit]:
    """
    B14: the bases go from the law to the circular to the plans of superiors.

    Documents of the Party stand apart, and so does what the plan carries out (``Thực hiện …``);
    directives, and resolutions and decisions without a year in their number, are not compared.

    PASS 09/3/2022: Căn cứ Luật Thi đua, khen thưởng ngày 26/11/2003; | Căn cứ Nghị định số
        91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ quy định chi tiết thi hành một số điều của Luật
        Thi đua, khen thưởng.
    FAIL 09/3/2022: Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ quy định chi tiết
        thi hành một số điều của Luật Thi đua, khen thưởng; | Căn cứ Luật Thi đua, khen thưởng ngày
        26/11/2003.
    """
    lowest: tuple[int, Citation] | None = None
    for basis in case.plan.legal_bases:
        if key(basis.verb or "") != key("Căn cứ"):
            continue
        own = [n for n in basis.citations if not case.plan.citations[n].nested]
        if not own:
            continue
        cited = case.plan.citations[own[0]]
        rank = _rank(cited)
        if rank is None:
            continue
        if lowest and rank < lowest[0]:
            words = {"document": as_cited(cited), "before": as_cited(lowest[1])}
            yield Hit(head_of(cited), "default", words, citation=own[0])
        elif lowest is None or rank > lowest[0]:
            lowest = rank, cited


def _rank(cited: Citation) -> int | None:
    """The legal force of a document, 1 the highest; ``None`` where it is not certain."""
    number = cited.number
    symbol = number.symbol if number else None
    if number and symbol and number.doc_type and symbol.startswith(f"{number.doc_type}/"):
        return None  # the Party's
    organs = {code.rstrip("0123456789") for code in number.issuers} if number else set()
    for row in table().force:
        if cited.kind in row.kinds and not organs.isdisjoint(row.codes):
            return row.rank if not row.year or (number and number.year) else None
    rank = rank_of(cited.kind)
    return _LAST if rank == 9 else rank
