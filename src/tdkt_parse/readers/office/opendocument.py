"""
OpenDocument files (ODF 1.2, part 3: packages): which program's one is.
"""

from io import BytesIO

NAMES = "application/vnd.oasis.opendocument."
"""How their media types begin."""
_TEXTS = frozenset({"text", "text-template", "text-master", "text-master-template"})
_OTHERS = {
    "spreadsheet": "an OpenDocument spreadsheet (.ods)",
    "presentation": "an OpenDocument presentation (.odp)",
    "graphics": "an OpenDocument drawing (.odg)",
}


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
        return said.removeprefix(NAMES) if said.startswith(NAMES) else None
    # Packed by a program that knew nothing of the order of parts.
    if b"META-INF/manifest.xml" in data and b"content.xml" in data:
        import zipfile

        try:
            with zipfile.ZipFile(BytesIO(data)) as archive, archive.open("mimetype") as part:
                said = part.read(100).decode("ascii").strip()
        except (
            zipfile.BadZipFile, OSError, KeyError, ValueError, RuntimeError,
            NotImplementedError, EOFError,
        ):  # fmt: skip
            return None
        return said.removeprefix(NAMES) if said.startswith(NAMES) else None
    return None


def is_text_package(data: bytes) -> bool:
    """Whether the bytes are an OpenDocument text, whole or broken off."""
    return package_type(data) in _TEXTS


def called(data: bytes) -> str | None:
    """What another program's OpenDocument file is; ``None`` if it is none."""
    return _OTHERS.get((package_type(data) or "").removesuffix("-template"))
