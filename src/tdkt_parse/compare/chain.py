"""
The chain of plans: a commune's plan cites the district's, which cites the province's.

Nodes are the plans that are given and the documents they cite; an edge goes from who cites to what
is cited. A citation is a given plan where number, organ and day agree and none is against it; where
two plans fit, or too little is written to be sure, it is a node of its own that names them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple

from tdkt_parse.compare.differences import written_number
from tdkt_parse.models import Citation, PartialDate, Plan
from tdkt_parse.register.keys import number_key, organ_key, same_organ
from tdkt_parse.spelling import key

How = Literal["implements", "cites", "mentions"]
"""``implements``: a basis that says ``Thực hiện``, ``Triển khai``; ``cites``: another basis."""

PLAN_KIND = key("kế hoạch")
_CARRIED_OUT = (key("thực hiện"), key("triển khai"), key("tiếp tục"))
_STRENGTH: tuple[How, ...] = ("implements", "cites", "mentions")


@dataclass(frozen=True, slots=True)
class Node:
    """
    A plan or a cited document.

    ``files`` are those given that hold it, none of one that is only cited; ``candidates`` are the
    ids of given plans that a cited one may be, where it is not certain which.
    """

    id: str
    kind: str | None
    number: str | None
    issuer: str | None
    date: PartialDate | None
    title: str | None
    files: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


class Edge(NamedTuple):
    """Which node cites which, how, and in what words."""

    source: str
    target: str
    how: How
    text: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Plans and what they cite: given plans in their order, then documents that are only cited."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        nodes = [
            {**asdict(node), "date": node.date and node.date.model_dump()} for node in self.nodes
        ]
        return {"nodes": nodes, "edges": [edge._asdict() for edge in self.edges]}


def chain_of(plans: Iterable[tuple[str, Plan]], *, all_kinds: bool = False) -> Chain:
    """
    The chain of plans, each with the name of its file.

    Of cited documents those that are plans, with ``all_kinds`` all; one that stands in the title of
    another is left out.
    """
    given = _Given()
    citing: list[tuple[str, str | None, list[tuple[Citation, How]]]] = []
    for path, plan in plans:
        issuer = plan.issuer.name if plan.issuer else None
        citing.append((given.take(path, plan), issuer, list(_cited(plan, all_kinds))))
    nodes = {node.id: node for node in given.nodes()}
    edges: dict[tuple[str, str], Edge] = {}
    only: dict[tuple[str, ...], str] = {}
    for source, _, cited in citing:
        for one, how in cited:
            fitting = given.fitting(one)
            if len(fitting.sure) == 1:
                target = fitting.sure[0]
            else:
                target = only.setdefault(_identity(one, source), f"c{len(only) + 1}")
                nodes.setdefault(target, _node_of(target, one, fitting.sure or fitting.perhaps))
            if target == source:
                continue
            text = " ".join(one.evidence.text.split())
            edge = Edge(source, target, how, text)
            before = edges.get((source, target))
            if before is None or _STRENGTH.index(how) < _STRENGTH.index(before.how):
                edges[source, target] = edge
    return Chain(tuple(nodes.values()), tuple(edges.values()))


def _cited(plan: Plan, all_kinds: bool) -> Iterator[tuple[Citation, How]]:
    hows: dict[int, How] = {}
    for basis in plan.legal_bases:
        opening = key(basis.verb or basis.text[:40])
        how: How = "implements" if any(word in opening for word in _CARRIED_OUT) else "cites"
        for at in basis.citations:
            hows.setdefault(at, how)
    for at, cited in enumerate(plan.citations):
        if not cited.nested and (all_kinds or _is_plan(cited)):
            yield cited, hows.get(at, "mentions")


def _is_plan(cited: Citation) -> bool:
    code = cited.number.doc_type if cited.number else None
    return key(cited.kind) == PLAN_KIND or code == "KH"


def _node_of(id_: str, cited: Citation, candidates: Iterable[str]) -> Node:
    return Node(
        id_,
        cited.kind,
        written_number(cited.number) or (cited.resolved.id if cited.resolved else None),
        cited.issuer,
        cited.date,
        cited.title and " ".join(cited.title.split()),
        candidates=tuple(candidates),
    )


def _identity(cited: Citation, source: str) -> tuple[str, ...]:
    """
    What two citations of one document that is not given have in common.

    A number alone says little: every district has a ``03/KH-UBND``. Without organ or day it is a
    document of the plan that cites it.
    """
    if cited.resolved and cited.resolved.id:
        return ("id", number_key(cited.resolved.id))
    number = cited.number.canonical if cited.number else None
    day = _iso(cited.date)
    if number and cited.issuer and day:
        return ("number", number_key(number), organ_key(cited.issuer), day)
    said = number_key(number) if number else key(cited.title or cited.evidence.text)
    return ("own", source, said, organ_key(cited.issuer or ""), day)


# -- which of the given plans a citation is


class _Fitting(NamedTuple):
    """Ids of plans that a citation is beyond doubt, and of those that it may be."""

    sure: list[str]
    perhaps: list[str]


class _Given:
    """The plans that are given, found by their numbers; the same plan in two files is one."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {}
        self._by_number: dict[str, list[str]] = defaultdict(list)
        self._by_identity: dict[tuple[str, ...], str] = {}

    def take(self, path: str, plan: Plan) -> str:
        """One more plan; its id."""
        number = plan.number.canonical if plan.number else None
        issuer = plan.issuer.name if plan.issuer else None
        day = plan.date
        date = PartialDate(year=day.year, month=day.month, day=day.day) if day else None
        identity: tuple[str, ...] = ("file", plan.source.sha256)
        if number and issuer and date and None not in (date.year, date.month, date.day):
            identity = ("number", number_key(number), organ_key(issuer), _iso(date))
        id_ = self._by_identity.setdefault(identity, f"p{len(self._by_identity) + 1}")
        before = self._nodes.get(id_)
        if before is not None:
            self._nodes[id_] = _with_file(before, path)
            return id_
        self._nodes[id_] = Node(
            id_,
            plan.kind,
            written_number(plan.number),
            issuer,
            date,
            " ".join(plan.title.text.split()) if plan.title else None,
            (path,),
        )
        if number:
            self._by_number[number_key(number)].append(id_)
        return id_

    def nodes(self) -> Iterable[Node]:
        return self._nodes.values()

    def fitting(self, cited: Citation) -> _Fitting:
        """Those of the citation's number that nothing speaks against."""
        fitting = _Fitting([], [])
        number = cited.number.canonical if cited.number else None
        for id_ in self._by_number.get(number_key(number), ()) if number else ():
            node = self._nodes[id_]
            day = _agree(cited.date, node.date)
            organ = same_organ(cited.issuer, node.issuer) if cited.issuer and node.issuer else None
            if day is False or organ is False:
                continue
            # A day in full, or the organ and what there is of a day, leave no doubt.
            sure = day is True or organ is True
            (fitting.sure if sure else fitting.perhaps).append(id_)
        return fitting


def _with_file(node: Node, path: str) -> Node:
    files = node.files if path in node.files else (*node.files, path)
    return Node(node.id, node.kind, node.number, node.issuer, node.date, node.title, files)


def _agree(one: PartialDate | None, other: PartialDate | None) -> bool | None:
    """Whether two dates are the same day; ``None`` where blanks leave it open."""
    if one is None or other is None:
        return None
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    if any(a is not None and b is not None and a != b for a, b in pairs):
        return False
    return True if all(a is not None and b is not None for a, b in pairs) else None


def _iso(day: PartialDate | None) -> str:
    if day is None:
        return ""
    return "-".join(str(part or "") for part in (day.year, day.month, day.day))


def above(chain: Chain) -> Mapping[str, list[Edge]]:
    """What each node cites, by its id."""
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in chain.edges:
        found[edge.source].append(edge)
    return found
