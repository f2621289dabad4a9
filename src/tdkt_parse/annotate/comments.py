"""
The comments themselves: who says what, as python-docx writes it.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from lxml import etree

from tdkt_parse.annotate.marks import END, REFERENCE, START, space_of
from tdkt_parse.annotate.remarks import Remark, clean
from tdkt_parse.readers.docx.names import W


def identities_in(*roots: etree._Element) -> set[str]:
    """The ids of comments that are in use, as whole numbers are written."""
    names = {"comment", START, END, REFERENCE}
    found = set()
    for root in roots:
        for element in root.iter("{*}*"):
            if etree.QName(element).localname in names:
                identity = element.get(f"{space_of(element)}id", "")
                found.add(identity.strip().removeprefix("+").lstrip("0") or "0")
    return found


KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
"""The kind of relation by which the text refers to its comments."""

AT_ONCE = 200
"""Comments added to one part: python-docx looks through all of them for the id of the next."""


def comment_rows(
    remarks: Sequence[Remark], identities: Iterable[str], when: datetime | None, space: str
) -> list[etree._Element]:
    """The ``w:comment`` of each remark, in the namespace of the file."""
    some = (remarks[at : at + AT_ONCE] for at in range(0, len(remarks), AT_ONCE))
    blobs = (_blob(batch).replace(W[1:-1].encode(), space.encode()) for batch in some)
    rows = [row for blob in blobs for row in etree.fromstring(blob)]
    date = (when or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for row, identity in zip(rows, identities, strict=True):
        row.set(f"{{{space}}}id", identity)
        row.set(f"{{{space}}}date", date)
    return rows


def _blob(remarks: Iterable[Remark]) -> bytes:
    """A part with these comments, as python-docx writes it."""
    import docx

    document = docx.Document()
    for remark in remarks:
        author, initials = (" ".join(clean(s).split()) for s in (remark.author, remark.initials))
        document.comments.add_comment(clean(remark.text), author, initials or None)
    return document.part.part_related_by(KIND).blob
