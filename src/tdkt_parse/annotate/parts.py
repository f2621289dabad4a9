"""
The package with comments: the parts that change written anew, all others as they are packed.
"""

import io
import itertools
import posixpath
import zipfile
from collections.abc import Sequence
from copy import copy
from datetime import datetime

from lxml import etree

from tdkt_parse.annotate.comments import KIND, comment_rows, identities_in
from tdkt_parse.annotate.marks import mark_ranges, space_of
from tdkt_parse.annotate.places import Range
from tdkt_parse.annotate.remarks import Remark
from tdkt_parse.exceptions import Unreadable
from tdkt_parse.readers.docx.names import W
from tdkt_parse.readers.docx.package import BROKEN, COPY_AGAIN, Package


def parts_with(
    package: Package,
    text: etree._Element,
    placed: Sequence[tuple[Range, Remark]],
    when: datetime | None,
) -> dict[str, bytes]:
    """The parts that comments change, written anew."""
    space = space_of(text)
    there = package.related(package.main, "comments")
    name = there[0] if there else _free_name(package)
    comments = (
        package.whole(name)
        if there
        else etree.Element(f"{space}comments", nsmap={"w": space[1:-1]})
    )
    taken = identities_in(text, comments)
    fresh = (str(number) for number in itertools.count() if str(number) not in taken)
    identities = list(itertools.islice(fresh, len(placed)))
    mark_ranges(text, [r for r, _ in placed], identities)
    comments.extend(comment_rows([remark for _, remark in placed], identities, when, space[1:-1]))
    parts = {package.main: _written(text), name: _written(comments)}
    return parts if there else parts | _announced(package, name, strict=space != W)


_SIZES_FOLLOW = 0x08
"""Flag of a zip entry whose sizes stand behind it; here they are known before."""
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_NO_RELATIONS = f'<Relationships xmlns="{_RELATIONS[1:-1]}"/>'
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_TYPES_PART = "[Content_Types].xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENTS_KIND_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"


def _written(root: etree._Element) -> bytes:
    out = io.BytesIO()
    root.getroottree().write(out, encoding="UTF-8", xml_declaration=True, standalone=True)
    return out.getvalue()


def _free_name(package: Package) -> str:
    """A name for a new part of comments, beside the text."""
    folder = posixpath.dirname(package.main)
    types = _types(package)
    named = {str(row.get("PartName", "")).lstrip("/").lower() for row in types}
    names = (posixpath.join(folder, f"comments{n or ''}.xml") for n in itertools.count())
    return next(name for name in names if name not in package and name.lower() not in named)


def _types(package: Package) -> etree._Element:
    if _TYPES_PART not in package:
        raise Unreadable(f"{BROKEN}: the list of its parts is missing.", hint=COPY_AGAIN)
    return package.whole(_TYPES_PART)


def _announced(package: Package, name: str, *, strict: bool) -> dict[str, bytes]:
    """The list of content types and the relations of the text, each with a row for the comments."""
    types = _types(package)
    row = {"PartName": f"/{name}", "ContentType": _COMMENTS_TYPE}
    etree.SubElement(types, f"{_TYPES}Override", row)
    folder, main = posixpath.split(package.main)
    where = posixpath.join(folder, "_rels", f"{main}.rels")
    relations = package.whole(where) if where in package else etree.fromstring(_NO_RELATIONS)
    taken = {row.get("Id") for row in relations}
    identity = next(i for n in itertools.count(1) if (i := f"rId{n}") not in taken)
    kind = _COMMENTS_KIND_STRICT if strict else KIND
    row = {"Id": identity, "Type": kind, "Target": posixpath.basename(name)}
    etree.SubElement(relations, f"{_RELATIONS}Relationship", row)
    return {_TYPES_PART: _written(types), where: _written(relations)}


def pack(package: Package, parts: dict[str, bytes]) -> bytes:
    """
    The package with some parts written anew or added.

    The others are copied as they are packed and never unpacked, so that they stay equal and none
    can swell.
    """
    changed = {name.lower(): name for name in parts}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, entry in package.entries.items():
            if key in changed:
                info = zipfile.ZipInfo(entry.filename, entry.date_time)
                archive.writestr(info, parts[changed.pop(key)], zipfile.ZIP_DEFLATED)
            else:
                _copy(package, key, archive, out)
        for name in changed.values():
            archive.writestr(zipfile.ZipInfo(name), parts[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _copy(package: Package, key: str, archive: zipfile.ZipFile, out: io.BytesIO) -> None:
    entry, packed = copy(package.entries[key]), package.packed(key)
    if len(packed) != entry.compress_size:
        raise Unreadable(f"{BROKEN}: its part {entry.filename} is cut.", hint=COPY_AGAIN)
    entry.header_offset = out.tell()
    entry.flag_bits &= ~_SIZES_FOLLOW
    entry.extra = b""
    out.write(entry.FileHeader(zip64=False) + packed)
    archive.filelist.append(entry)
    archive.NameToInfo[entry.filename] = entry
    archive.start_dir = out.tell()
