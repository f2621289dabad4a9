"""
OpenDocument texts (ODF 1.2, part 3: packages): what is checked before LibreOffice opens one.

A package goes to LibreOffice without its macros, its embedded fonts, objects and previews, once
its parts were unpacked here within limits. So a file that swells, a part with a document type
definition, and a locked file are told apart from a broken one.
"""

import zipfile
from io import BytesIO

import regex

from tdkt_parse.exceptions import TooLarge, Unreadable
from tdkt_parse.readers.docx.package import BROKEN, COPY_AGAIN, MOST_ENTRIES, Package
from tdkt_parse.readers.formats import locked

_NAMES = "application/vnd.oasis.opendocument."
_TEXTS = frozenset({"text", "text-template", "text-master", "text-master-template"})
_OTHERS = {
    "spreadsheet": "an OpenDocument spreadsheet (.ods)",
    "presentation": "an OpenDocument presentation (.odp)",
    "graphics": "an OpenDocument drawing (.odg)",
}
_TEXT_PARTS = ("content.xml", "styles.xml", "meta.xml", "settings.xml", "manifest.rdf")
_PICTURES = "pictures/"
MOST_PICTURES = 64_000_000
"""Bytes of all pictures together, unpacked; more are left out, for no text stands in them."""
_FONT_SOURCE = regex.compile(
    rb"<(svg:|)font-face-src(?:\s[^<>]*)?>(?:[^<]|<(?!/\1font-face-src>))*+</\1font-face-src>"
)
TIMEOUT = 5.0
_MANIFEST = "META-INF/manifest.xml"


def package_type(data: bytes) -> str | None:
    """
    What a package says it is, after ``application/vnd.oasis.opendocument.``; ``None`` for others.

    >>> package_type(b"PK\\3\\4" + bytes(22) + b"\\x08\\0\\0\\0mimetypeapplication/vnd.oasis."
    ...     b"opendocument.textPK")
    'text'
    """
    if not data.startswith(b"PK\x03\x04"):
        return None
    extra = int.from_bytes(data[28:30], "little")
    if data[30:38] == b"mimetype":
        at = 38 + extra
        said = data[at : at + 100].partition(b"PK")[0].decode("ascii", "replace").strip()
        return said.removeprefix(_NAMES) if said.startswith(_NAMES) else None
    # Packed by a program that knew nothing of the order of parts.
    if b"META-INF/manifest.xml" in data and b"content.xml" in data:
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive, archive.open("mimetype") as part:
                said = part.read(100).decode("ascii").strip()
        except (
            zipfile.BadZipFile, OSError, KeyError, ValueError, RuntimeError,
            NotImplementedError, EOFError,
        ):  # fmt: skip
            return None
        return said.removeprefix(_NAMES) if said.startswith(_NAMES) else None
    return None


def is_text_package(data: bytes) -> bool:
    """Whether the bytes are an OpenDocument text, whole or broken off."""
    return package_type(data) in _TEXTS


def called(data: bytes) -> str | None:
    """What another program's OpenDocument file is; ``None`` if it is none."""
    return _OTHERS.get((package_type(data) or "").removesuffix("-template"))


def plain(data: bytes) -> bytes:
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
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_NAMES}{kind}"/>'
        f"{rows}</manifest:manifest>"
    )
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), _NAMES + kind)
        archive.writestr(_MANIFEST, manifest)
        for name, part in parts.items():
            archive.writestr(name, part, compresslevel=1)
    return made.getvalue()
