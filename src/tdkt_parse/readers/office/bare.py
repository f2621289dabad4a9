"""
An OpenDocument text as LibreOffice gets it: without its macros, its embedded fonts, objects and
previews, once its parts were unpacked here within limits. So a file that swells, a part with a
document type definition, and a locked file are told apart from a broken one.
"""

import zipfile
from io import BytesIO

import regex

from tdkt_parse.exceptions import TooLarge, Unreadable
from tdkt_parse.readers.docx.package import BROKEN, COPY_AGAIN, MOST_ENTRIES, Package
from tdkt_parse.readers.formats import locked
from tdkt_parse.readers.office.opendocument import NAMES, package_type

_TEXT_PARTS = ("content.xml", "styles.xml", "meta.xml", "settings.xml", "manifest.rdf")
_PICTURES = "pictures/"
MOST_PICTURES = 64_000_000
"""Bytes of all pictures together, unpacked; more are left out, for no text stands in them."""
_FONT_SOURCE = regex.compile(
    rb"<(svg:|)font-face-src(?:\s[^<>]*)?>(?:[^<]|<(?!/\1font-face-src>))*+</\1font-face-src>"
)
TIMEOUT = 5.0
_MANIFEST = "META-INF/manifest.xml"


def strip_package(data: bytes) -> bytes:
    """
    The package with its text, its styles and its pictures, and nothing else.

    Raises ``Unreadable`` where it is broken, ``TooLarge`` where it swells, and ``Encrypted``.
    """
    if data.count(b"PK\x01\x02") > MOST_ENTRIES:
        raise TooLarge(
            f"The file holds more than {MOST_ENTRIES} parts, which no text does.",
            hint="Check that it is one.",
        )
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise Unreadable(f"{BROKEN}: it has no list of its parts.", hint=COPY_AGAIN) from error
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry in archive.infolist():
        entries.setdefault(entry.filename.lower(), entry)
    package = Package(data, entries)
    if _MANIFEST in package:
        manifest = package.checked(_MANIFEST, aside=True)
        if b"encryption-data" in manifest:
            raise locked()
    if "encrypted-package" in package:
        raise locked()
    if "content.xml" not in package:
        raise Unreadable(f"{BROKEN}: the part with the text is missing.", hint=COPY_AGAIN)
    kept = {name: _without_fonts(package, name) for name in _TEXT_PARTS if name in package}
    size = 0
    for name, entry in entries.items():
        if name.startswith(_PICTURES) and not entry.is_dir():
            size += entry.file_size
            if size > MOST_PICTURES:
                break
            kept[entry.filename] = package.read(name)
    return _packed(package_type(data) or "text", kept)


def _without_fonts(package: Package, name: str) -> bytes:
    """A part without what says that fonts are embedded: LibreOffice refuses one that is not."""
    left: bytes = _FONT_SOURCE.sub(b"", package.checked(name), timeout=TIMEOUT)
    return left


def _packed(kind: str, parts: dict[str, bytes]) -> bytes:
    made = BytesIO()
    rows = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type='
        f'"{"text/xml" if name.endswith(".xml") else ""}"/>'
        for name in parts
        if name.isascii() and name.isprintable() and not set(name) & set("<>&\"'")
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest='
        '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{NAMES}{kind}"/>'
        f"{rows}</manifest:manifest>"
    )
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), NAMES + kind)
        archive.writestr(_MANIFEST, manifest)
        for name, part in parts.items():
            archive.writestr(name, part, compresslevel=1)
    return made.getvalue()
