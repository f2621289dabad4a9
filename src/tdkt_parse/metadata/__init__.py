"""
Metadata: what the preface, the preamble and the conclusions say of the document itself.

``preface`` reads number, date, issuer, title: ``fragments`` of lines, of which ``authorities`` are
made, and ``titles``, or a head in the ``old_form``; ``annexes`` are lines that say to what
something is attached, ``arrivals`` what was stamped on it. ``bases`` reads the legal bases and the
issuing clause; ``recipients``, ``signatures`` and the heads of ``attachments`` are for the end.
"""

from tdkt_parse.metadata.annexes import annex_of
from tdkt_parse.metadata.attachments import AttachmentHead, read_attachment_head
from tdkt_parse.metadata.bases import (
    Basis,
    IssuingClause,
    basis_numbers,
    find_bases,
    find_issuing_clause,
    verb_of,
)
from tdkt_parse.metadata.fragments import Fragment
from tdkt_parse.metadata.preface import Preface, find_preface
from tdkt_parse.metadata.recipients import find_addressees, find_recipients
from tdkt_parse.metadata.signatures import SignedBy, find_signers

__all__ = [
    "AttachmentHead",
    "Basis",
    "Fragment",
    "IssuingClause",
    "Preface",
    "SignedBy",
    "annex_of",
    "basis_numbers",
    "find_addressees",
    "find_bases",
    "find_issuing_clause",
    "find_preface",
    "find_recipients",
    "find_signers",
    "read_attachment_head",
    "verb_of",
]
