"""
The tree of a page, of no more than a page has.

libxml2 reads it as browsers do, with all that is wrong in it. No entity is declared in HTML,
nothing is loaded. What it takes long for is seen beforehand: tags with thousands of attributes,
which it compares one by one.
"""

import regex
from lxml import etree

from tdkt_parse.exceptions import TooLarge, Unreadable

TIMEOUT = 5.0
MOST_BYTES = 20_000_000
"""Of a page without the pictures in it. The longest law met has 4 MB."""
MOST_TAGS = 700_000
"""Signs ``<``: a tree takes some 250 bytes for each. A table of 2,000 rows and 15 columns has
180,000."""
LONG = 2000
"""Letters of a tag from which on its attributes are looked at."""

_PICTURE = regex.compile(r"(?i)data:[\w./+;=-]{0,100};base64,[A-Za-z0-9+/=%\s]{64,}+")
_TAG = regex.compile(r"""(?s)<[a-zA-Z][\w:-]*+(?:[^>"']++|"[^"]*+"|'[^']*+')*+>?""")
_NAME = regex.compile(r"<[a-zA-Z][\w:-]{0,60}")
_KEPT = regex.compile(
    r"""(?i)[\s"'](class|id|name|href|style|hidden|aria-hidden|role|colspan|rowspan|start|type|value)
    \s*=\s*("[^"<>]{0,500}"|'[^'<>]{0,500}'|[^\s"'<>=]{1,200})""",
    regex.VERBOSE,
)
_ENCODED = regex.compile(r"(?is)\A\s*<\?xml\b[^>]{0,300}\?>")
MOST_KEPT = 30
MOST_OPEN = 5000
"""Tags open at once. libxml2 stops at 2,048 within one another since 2.14; before, it takes longer
the more there are."""
_NESTING = regex.compile(
    r"(?i)<(/?)(?:a|abbr|article|b|big|blockquote|center|code|dir|div|dl|em|font|form|i|ins|main|"
    r"menu|ol|q|s|section|small|span|strike|strong|sub|sup|table|tt|u|ul)[\s>/]"
)


def parse_page(text: str) -> etree._Element:
    """The root of a page. Raises ``TooLarge`` or ``Unreadable``."""
    text = text.replace("\x00", "")  # Browsers leave it out (HTML, 13.2.5.1).
    if "base64," in text:
        text = _PICTURE.sub("data:,", text, timeout=TIMEOUT)
    if len(text) > MOST_BYTES:
        raise TooLarge(
            f"The page has {len(text) / 1e6:.0f} million characters, more than is read.",
            hint="A plan has a hundredth of that: check that it is one.",
        )
    tags = text.count("<")
    if tags > MOST_TAGS:
        raise TooLarge(
            f"The page has {tags:,} tags, more than is read.",
            hint="A plan has a hundredth of that: divide it, or check that it is one.",
        )
    if tags > MOST_OPEN and _nests_deep(text):
        raise _too_deep()
    if len(text) > LONG:
        text = _TAG.sub(_shorten, text, timeout=TIMEOUT)
    text = _ENCODED.sub("", text.lstrip("\ufeff"), timeout=TIMEOUT)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, recover=True,
        huge_tree=True, collect_ids=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(
            "The page holds nothing that can be read.", hint="Check that it was saved whole."
        ) from error
    if root is None:
        raise Unreadable(
            "The page holds nothing that can be read.", hint="Check that it was saved whole."
        )
    if any("depth" in str(entry.message) for entry in parser.error_log.filter_from_errors()):
        raise _too_deep()
    return root


def _nests_deep(text: str) -> bool:
    """Whether more tags are open at once than any page has."""
    depth = 0
    for tag in _NESTING.finditer(text, timeout=TIMEOUT):
        depth = max(depth - 1, 0) if tag.group(1) else depth + 1
        if depth > MOST_OPEN:
            return True
    return False


def _too_deep() -> TooLarge:
    return TooLarge(
        "The page has tags more than 2,000 deep within one another.",
        hint="No page is like that: the file may be meant to do harm.",
    )


def _shorten(tag: "regex.Match[str]") -> str:
    """A tag; a long one with nothing but the attributes that are looked at."""
    written: str = tag.group()
    if len(written) < LONG:
        return written
    name = _NAME.match(written, timeout=TIMEOUT)
    kept: dict[str, str] = {}
    for found in _KEPT.finditer(written, timeout=TIMEOUT):
        kept.setdefault(found.group(1).lower(), found.group(2))
        if len(kept) > MOST_KEPT:
            break
    rest = "".join(f" {key}={value}" for key, value in kept.items())
    return f"{name.group() if name else '<span'}{rest}>"
