"""
Purpose, requirements and budget: paragraphs of the sections that are for them.
"""

from collections.abc import Iterator

import regex

from tdkt_parse.assemble.ledger import TIMEOUT, Ledger
from tdkt_parse.assemble.sections import role_of, walk
from tdkt_parse.diagnose import diagnostic
from tdkt_parse.models import Diagnostic, Role, Text
from tdkt_parse.passage import Passage
from tdkt_parse.segment import Node, Paragraph, Tree
from tdkt_parse.spelling import is_upper
from tdkt_parse.wording import role_of_heading

LONGEST_CAPTION = 44
"""Code points: a caption of 40, its mark, and a space before and after the mark."""
_CAPTION = regex.compile(r"(?P<caption>[^.:;]{4,40}?)\s*[:.]\s+(?=\S)")


def runs_on(tree: Tree) -> Iterator[tuple[Role, Passage]]:
    """
    What parts say whose heading runs on into its text: ``I. MỤC ĐÍCH: Nâng cao …``.

    They are paragraphs in no section (the contract's ``sections``); this is the text after the
    heading, and the points and bullets that follow it, with the role of the part.
    """
    heads = sorted(node.whole.start for node in tree.sections)
    role: Role = "other"
    at = 0
    for item in tree.loose:
        if not isinstance(item, Paragraph) or not item.whole:
            role = "other"
            continue
        text = item.passage.text
        if any(at < head < item.whole.start for head in heads):
            role = "other"
        at = item.whole.start
        if item.label and item.label.style in _PARTS:
            head = text[:LONGEST_CAPTION]
            caption = _CAPTION.match(text, timeout=TIMEOUT) if ":" in head or ". " in head else None
            # A full stop ends a sentence as well; after capitals, a heading.
            if caption and ":" not in caption[0] and not is_upper(caption["caption"]):
                caption = None
            role = role_of_heading(caption["caption"]) if caption else "other"
            if caption and role in _RUN_ON:
                yield role, item.passage.cut(caption.end(), len(text))
        elif role in _RUN_ON and item.label:
            yield role, item.passage
        else:
            role = "other"


_PARTS = ("part", "upper", "roman", "arabic")
_RUN_ON = ("purpose_requirements", "purpose", "requirements", "budget", "implementation")


def build_aims(ledger: Ledger, tree: Tree) -> tuple[list[Text], list[Text], list[Diagnostic]]:
    """Purpose and requirements, one for each paragraph or bullet, and what is odd about them."""
    purpose: list[Text] = []
    requirements: list[Text] = []
    said: list[Diagnostic] = []
    for role, passage in runs_on(tree):
        if role in ("purpose", "purpose_requirements"):
            purpose.append(ledger.text(passage, rule="caption"))
        elif role == "requirements":
            requirements.append(ledger.text(passage, rule="caption"))
        if role == "purpose_requirements":
            said.append(diagnostic("undivided_purpose", ledger.evidence(passage)))
    for node in tree.sections:
        if node.role not in ("purpose_requirements", "purpose", "requirements"):
            continue
        into = requirements if node.role == "requirements" else purpose
        divided = _aims_of(ledger, node, into, purpose, requirements)
        if node.role == "purpose_requirements" and not divided:
            said.append(diagnostic("undivided_purpose", ledger.evidence(node.whole)))
    return purpose, requirements, said


def _aims_of(
    ledger: Ledger, node: Node, into: list[Text], purpose: list[Text], requirements: list[Text]
) -> bool:
    """Put the paragraphs of a section where they belong; whether captions divided them."""
    divided = False
    for item in node.paragraphs:
        head = item.passage.text[:LONGEST_CAPTION]
        marked = ": " in head or ". " in head
        caption = _CAPTION.match(item.passage.text, timeout=TIMEOUT) if marked else None
        role = role_of_heading(caption["caption"]) if caption else "other"
        if caption and role in ("purpose", "requirements"):
            divided = True
            into = purpose if role == "purpose" else requirements
            into.append(
                ledger.text(item.passage.cut(caption.end(), len(item.passage.text)), rule="caption")
            )
        else:
            into.append(ledger.text(item.passage, rule=node.role))
    for child in node.children:
        aim = (
            requirements
            if child.role == "requirements"
            else purpose
            if child.role == "purpose"
            else into
        )
        divided = divided or child.role in ("purpose", "requirements")
        if not child.items and not child.children and child.heading and child.role == "other":
            aim.append(ledger.text(child.heading, rule=node.role))
        divided = _aims_of(ledger, child, aim, purpose, requirements) or divided
    return divided


def build_budget(ledger: Ledger, tree: Tree) -> list[Text]:
    """The paragraphs on money."""
    found = [
        ledger.text(passage, rule="budget") for role, passage in runs_on(tree) if role == "budget"
    ]
    for node, path in walk(tree.sections):
        role = role_of(node, path)
        if role == "budget":
            found += [ledger.text(item.passage, rule="budget") for item in node.paragraphs]
        elif role == "implementation":
            told = [said for item in node.paragraphs if (said := money_of(item))]
            found += [ledger.text(said, rule="caption") for said in told]
    return sorted(found, key=lambda text: text.evidence.spans[0])


def money_of(item: Paragraph) -> Passage | None:
    """What a numbered point on money says after its caption: ``3. Kinh phí: Từ nguồn …``."""
    if item.label is None or item.label.style in ("bullet", "plus"):
        return None
    text = item.passage.text
    caption = _CAPTION.match(text, timeout=TIMEOUT) if ":" in text[:LONGEST_CAPTION] else None
    if not caption or ":" not in caption[0] or role_of_heading(caption["caption"]) != "budget":
        return None
    return item.passage.cut(caption.end(), len(text))
