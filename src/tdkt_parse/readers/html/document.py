"""
A page, or the page in an archive, as a Document.
"""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from tdkt_parse.exceptions import DocumentError, TooLarge, Unreadable
from tdkt_parse.layout import Document, Notice
from tdkt_parse.readers.cut_tables import join_cut_tables
from tdkt_parse.readers.html.archive import pages_of
from tdkt_parse.readers.html.body import Builder
from tdkt_parse.readers.html.encoding import decode
from tdkt_parse.readers.html.finding import Page, find_document
from tdkt_parse.readers.html.form import is_archive
from tdkt_parse.readers.html.old_letters import Place, convert_page
from tdkt_parse.readers.html.tree import parse_page
from tdkt_parse.readers.mojibake import refuse_mojibake
from tdkt_parse.readers.old_letters import OldLetters
from tdkt_parse.readers.story import Old
from tdkt_parse.readers.typed_notes import find_typed_notes

PAGE = "text/html"
ARCHIVE = "multipart/related"

LEAST_TEXT = 40
"""Characters of a page without a document's form below which there is nothing in it to read."""
MOST_AROUND = 0.25
"""Of a page without a document's form: with more of menus and links it is a page of a site."""
MUCH_HIDDEN = 200
"""Characters that a page does not show, from which on that is said."""


def read_document(data: bytes, name: str | None) -> Document:
    """
    The Document of a page's bytes.

    Of an archive the first page that holds one. Raises ``Unreadable`` where there is none.
    """
    if not is_archive(data):
        return _read_page(data, None, data, name, PAGE)
    refused: DocumentError | None = None
    for part in pages_of(data):
        try:
            return _read_page(part.data, part.charset, data, name, ARCHIVE)
        except TooLarge:
            raise
        except DocumentError as error:
            refused = refused or error
    raise refused or Unreadable("The archive holds no page.", hint="Save the page again.")


def _read_page(
    page: bytes, charset: str | None, whole: bytes, name: str | None, media_type: str
) -> Document:
    text, broken = decode(page, charset)
    found, unhidden, old, was = _find(text)
    if not found.found:
        _refuse_without_document(found)
    builder = Builder(found.root, found.sheet, was, unhide=unhidden)
    blocks = builder.build()
    story = builder.story
    read = "".join(story.parts)
    if not any(map(str.isalnum, read)):
        raise Unreadable(
            "The page holds no text.", hint="Check that it was saved whole, when it had loaded."
        )
    refuse_mojibake(read)
    blocks, typed, marks = find_typed_notes(read, blocks, story.raised)
    notices = list(story.notices)
    if not found.found:
        notices.append(Notice("page_without_form"))
    if found.around:
        notices.append(Notice("around_document", None, (("count", str(found.around)),)))
    if unhidden:
        notices.append(Notice("document_hidden"))
    elif found.hidden > MUCH_HIDDEN:
        notices.append(Notice("hidden_in_page", None, (("count", str(found.hidden)),)))
    if broken:
        notices.append(Notice("broken_letters", None, (("count", str(broken)),)))
    notices += old.notices()
    return Document(
        text=read,
        blocks=tuple(join_cut_tables(read, blocks, {}, pages=False)),
        sha256=hashlib.sha256(whole).hexdigest(),
        media_type=media_type,
        reader="html",
        name=name,
        furniture=tuple(sorted((*story.furniture, *marks))),
        notes=(*typed, *builder.notes),
        old_texts=tuple(story.old_texts),
        notices=tuple(notices),
    )


class _Found(NamedTuple):
    """The page as found, and whether the document stands in what the page does not show."""

    page: Page
    unhidden: bool
    old: OldLetters
    was: Mapping[Place, Old]
    """What was in an old encoding, by where it stands in the tree."""


def _find(text: str) -> _Found:
    found = _look_for(text, unhide=False)
    if found.page.found or found.page.hidden < MUCH_HIDDEN:
        return found
    again = _look_for(text, unhide=True)
    return again if again.page.found else found


def _look_for(text: str, *, unhide: bool) -> _Found:
    root = parse_page(text)
    old = OldLetters()
    was = convert_page(root, text, old)
    return _Found(find_document(root, unhide=unhide), unhide, old, was)


def _refuse_without_document(page: Page) -> None:
    """A page of a site in which no document stands."""
    if page.sign_in:
        raise Unreadable(
            "The page asks to sign in and does not show the document.",
            hint="Sign in, open the document there, and save the page again or the file it offers.",
        )
    whole = page.text + page.around
    if page.text < LEAST_TEXT or max(page.around, page.links) > MOST_AROUND * max(whole, 1):
        raise Unreadable(
            "The page holds no document: menus, lists and links, but none of a document's form.",
            hint="Open the document itself and save that page, or download its file.",
        )
