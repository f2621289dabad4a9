"""
A chain of plans as a table, and as files of programs that draw graphs: DOT and GraphML.

Whatever stands in a document is text in them: quoted, escaped, without control characters.
"""

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from tdkt_parse.audit.labels import shown
from tdkt_parse.compare.chain import Chain, Edge, Node, above
from tdkt_parse.compare.said import day_of
from tdkt_parse.render.terminal import clean

HOWS: dict[str, dict[str, str]] = {
    "implements": {"vi": "thực hiện", "en": "implements"},
    "cites": {"vi": "căn cứ", "en": "rests on"},
    "mentions": {"vi": "nhắc đến", "en": "mentions"},
}
WORDS: dict[str, dict[str, str]] = {
    "not_given": {"vi": "không có trong các tệp", "en": "not among the files"},
    "perhaps": {"vi": "có thể là {names}", "en": "may be {names}"},
    "seen": {"vi": "đã nêu ở trên", "en": "as above"},
    "document": {"vi": "Văn bản", "en": "Document"},
    "none": {"vi": "Không có kế hoạch nào.", "en": "There are no plans."},
    "round": {"vi": "viện dẫn vòng tròn", "en": "cites in a circle"},
}
DEEPEST = 30
"""Steps up that the table follows."""


def name_of(node: Node, lang: str) -> str:
    """What a node is called: type, number, organ, day."""
    named = " ".join(filter(None, (node.kind or WORDS["document"][lang], node.number)))
    if node.number is None and node.title:
        named += f" {node.title}"
    about = ", ".join(filter(None, (node.issuer, day_of(node.date))))
    return clean(f"{named} ({about})" if about else named)


def note_of(node: Node, names: dict[str, str], lang: str) -> str:
    """Its files, or that there is none, and which it may be."""
    said = ", ".join(map(clean, node.files)) or WORDS["not_given"][lang]
    if node.candidates:
        known = "; ".join(names[id_] for id_ in node.candidates)
        said += f"; {WORDS['perhaps'][lang].format(names=known)}"
    return said


def table_of(chain: Chain, lang: str) -> Iterator[str]:
    """
    Each given plan with what it cites beneath it, and what that cites, step by step.

    A plan that others cite stands beneath them alone; what stands once in full is not repeated.
    """
    nodes = {node.id: node for node in chain.nodes}
    names = {id_: name_of(node, lang) for id_, node in nodes.items()}
    up = above(chain)
    cited = {edge.target for edge in chain.edges}
    told: set[str] = set()
    given = [node.id for node in chain.nodes if node.files]
    if not given:
        yield WORDS["none"][lang]
    # Those that nobody cites first; then those of a circle, which otherwise would be left out.
    for id_ in [*(one for one in given if one not in cited), *given]:
        if id_ in told:
            continue
        yield f"{names[id_]} [{note_of(nodes[id_], names, lang)}]"
        told.add(id_)
        waiting: list[tuple[Edge, int, tuple[str, ...]]] = [
            (edge, 1, (id_,)) for edge in reversed(up.get(id_, []))
        ]
        while waiting:
            edge, depth, way = waiting.pop()
            line = f"{'  ' * depth}→ {HOWS[edge.how][lang]}: {names[edge.target]}"
            if edge.target in way:
                yield f"{line} [{WORDS['round'][lang]}]"
                continue
            if edge.target in told and up.get(edge.target):
                yield f"{line} [{WORDS['seen'][lang]}]"
                continue
            yield f"{line} [{note_of(nodes[edge.target], names, lang)}]"
            told.add(edge.target)
            if depth < DEEPEST:
                further = up.get(edge.target, [])
                waiting += [(one, depth + 1, (*way, edge.target)) for one in reversed(further)]


def dot_of(chain: Chain, lang: str) -> str:
    """The chain in the language of Graphviz."""
    lines = ["digraph chain {", "  rankdir=BT;", '  node [shape=box, fontname="DejaVu Sans"];']
    for node in chain.nodes:
        style = "solid" if node.files else "dashed"
        label = _quoted(name_of(node, lang))
        lines.append(f"  {node.id} [label={label}, style={style}];")
    for edge in chain.edges:
        style = "solid" if edge.how != "mentions" else "dotted"
        label = _quoted(HOWS[edge.how][lang])
        lines.append(f"  {edge.source} -> {edge.target} [label={label}, style={style}];")
    return "\n".join((*lines, "}")) + "\n"


def _quoted(text: str) -> str:
    """
    A string of DOT; the backslash would make escapes of its own.

    >>> print(_quoted('a"; b \\\\N'))
    "a\\"; b \\\\N"
    """
    escaped = shown(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_KEYS = (
    ("node", "label"), ("node", "kind"), ("node", "number"), ("node", "issuer"), ("node", "date"),
    ("node", "title"), ("node", "files"), ("node", "candidates"), ("edge", "how"), ("edge", "text"),
)  # fmt: skip


def graphml_of(chain: Chain, lang: str) -> str:
    """The chain as GraphML, which Gephi, yEd and NetworkX read."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ]
    lines += [
        f'  <key id="{name}" for="{place}" attr.name="{name}" attr.type="string"/>'
        for place, name in _KEYS
    ]
    lines.append('  <graph id="chain" edgedefault="directed">')
    for node in chain.nodes:
        data = {
            "label": name_of(node, lang),
            "kind": node.kind,
            "number": node.number,
            "issuer": node.issuer,
            "date": day_of(node.date),
            "title": node.title,
            "files": "\n".join(node.files),
            "candidates": " ".join(node.candidates),
        }
        lines += [f'    <node id="{node.id}">', *_data(data), "    </node>"]
    for number, edge in enumerate(chain.edges, 1):
        ends = f'source="{edge.source}" target="{edge.target}"'
        data = {"how": edge.how, "text": edge.text}
        lines += [f'    <edge id="e{number}" {ends}>', *_data(data), "    </edge>"]
    return "\n".join((*lines, "  </graph>", "</graphml>")) + "\n"


def _data(values: dict[str, str | None]) -> list[str]:
    return [
        f'      <data key="{name}">{escaped(value)}</data>'
        for name, value in values.items()
        if value
    ]


def escaped(text: str) -> str:
    """
    Text in XML, which has no place for control characters.

    >>> escaped('<b a="1">&\\x00')
    '&lt;b a=&quot;1&quot;&gt;&amp;�'
    """
    quoted = quoteattr(shown(text), {'"': "&quot;"})
    return quoted[1:-1]
