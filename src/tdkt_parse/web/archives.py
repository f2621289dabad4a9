"""
An archive (ZIP) of documents, as a folder of them is sent.

Nothing is unpacked by the names in it: each file goes into the folder by its content. How many
there are, how large each is, and how large all are together is bounded while they are unpacked,
whatever the archive says of itself (``tdkt_parse.archives``).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_parse import archives
from tdkt_parse.exceptions import DocumentError, TooLarge, Unreadable
from tdkt_parse.web.problems import Problem
from tdkt_parse.web.queue import New
from tdkt_parse.web.uploads import clean_name, incoming

if TYPE_CHECKING:
    from tdkt_parse.web.site import Site

MOST_PARTS = 10


def is_archive(path: Path, name: str) -> bool:
    """Whether it is an archive of files, and no document that is made as one (DOCX, ODT)."""
    return archives.is_archive(str(path), name)


def unpack(site: "Site", path: Path, name: str) -> Iterator[New]:
    """
    The files of an archive, now in the folder; one that cannot be taken has its ``error``.

    Hidden files and those that systems add are left out, as in a folder; an archive that is damaged
    or has too much in it is one of the files, with the error that says so. Raises Unreadable for
    one without files.
    """
    from tdkt_parse.readers import SUFFIXES

    allowed = site.allowance
    bounds = archives.Bounds(members=allowed.files, size=allowed.file, total=allowed.request)
    empty = True
    for member in archives.members(str(path), SUFFIXES, bounds, name=name, others=True):
        empty = False
        called = _called(member.label)
        try:
            yield _keep(site, member.read(), called)
        except DocumentError as error:
            yield New("", called, 0, error)
    if empty:
        raise Unreadable("There is no document in the archive.", hint="Put documents in it.")


def _keep(site: "Site", data: bytes, called: str) -> New:
    if not data:
        raise Unreadable("The file is empty.", hint="Check that it was copied whole.")
    file = incoming(site)
    try:
        file.write(data)
        return file.keep(site, called)
    except Problem as problem:
        if problem.kind.name != "too-large":
            raise
        raise TooLarge(problem.detail or problem.kind.title, hint=problem.hint) from problem
    finally:
        file.drop()


def _called(label: str) -> str:
    """What people see of a name: its parts, none of which leads out of a folder."""
    parts = [one for one in label.replace("!", "/").split("/") if one not in ("", ".", "..")]
    return "/".join(clean_name(one)[:100] for one in parts[-MOST_PARTS:]) or clean_name("")
