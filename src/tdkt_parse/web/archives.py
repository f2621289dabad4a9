"""
Archives (.zip) that were sent: the documents in one are as if they had been sent themselves.

Only what stands in the archive's own list is taken, up to the limits of the service; its folders
are part of no name, and an archive within an archive stays what it is.
"""

import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tdkt_parse.web import uploads
from tdkt_parse.web.problems import Problem
from tdkt_parse.web.queue import New

if TYPE_CHECKING:
    from tdkt_parse.web.site import Site

_AT_ONCE = 1 << 20
_OFFICE = frozenset({"[Content_Types].xml", "mimetype", "META-INF/manifest.xml"})
"""What stands in a Word or OpenDocument file: those are archives too, and documents."""
_SURPLUS = ("__MACOSX/", "Thumbs.db", ".DS_Store", "desktop.ini")


def unpacked(site: "Site", files: Sequence[New]) -> list[New]:
    """The files, archives replaced by what is in them; Problem where that is more than is taken."""
    found: list[New] = []
    for one in files:
        path = uploads.path_of(site, one.sha256)
        if not zipfile.is_zipfile(path):
            found.append(one)
            continue
        try:
            with zipfile.ZipFile(path) as archive:
                if _OFFICE & set(archive.namelist()):
                    found.append(one)
                else:
                    found += _within(site, archive, site.allowance.files - len(found))
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
            # Its reader says what is wrong with it.
            found.append(one)
    if not found:
        raise Problem("unreadable", "There is no document in the archive.", hint="Send documents.")
    return found


def _within(site: "Site", archive: zipfile.ZipFile, most: int) -> list[New]:
    wanted = [
        info
        for info in archive.infolist()
        if not info.is_dir() and not any(one in info.filename for one in _SURPLUS)
    ]
    if len(wanted) > most:
        raise Problem("body-too-large", f"There are {len(wanted)} files; {most} are taken.")
    left = site.allowance.request
    kept: list[New] = []
    for info in wanted:
        file = uploads.incoming(site)
        try:
            with archive.open(info) as source:
                while piece := source.read(_AT_ONCE):
                    left -= len(piece)
                    if left < 0:
                        raise Problem("body-too-large", "What is in the archive is too large.")
                    file.write(piece)
            kept.append(file.keep(site, uploads.clean_name(info.filename)))
        finally:
            file.drop()
    return kept
