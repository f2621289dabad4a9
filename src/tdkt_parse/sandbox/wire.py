"""
What supervisor and worker say to one another, and how it goes over the line.
"""

import json
import socket
import struct

from tdkt_parse import exceptions
from tdkt_parse.exceptions import TdktError

HEADER = struct.Struct(">cQ")
"""Of what a worker says: its kind, and how many bytes follow."""

TASK_HEADER = struct.Struct(">QQ")
"""Of a task: the bytes of the request, and those of the document."""

BEGUN, PAGES, PAGE, WARNING, KEPT = b"B", b"P", b"N", b"W", b"K"
RESULT, LAST_RESULT, FAILURE = b"R", b"L", b"F"


def send(line: socket.socket, kind: bytes, body: bytes) -> None:
    """Say one thing to the supervisor."""
    line.sendall(HEADER.pack(kind, len(body)))
    line.sendall(body)


def error_to_bytes(error: TdktError) -> bytes:
    """An error as it is told: class, message, hint."""
    # A class of the tree itself: the supervisor may not have one that a reader derived from it.
    known = next(kind for kind in type(error).__mro__ if kind.__module__ == exceptions.__name__)
    told = {"class": known.__name__, "message": error.message, "hint": error.hint}
    return json.dumps(told).encode("ascii")


def error_from_bytes(body: bytes) -> TdktError:
    """The error that a worker told of."""
    told = json.loads(body)
    kind: type[TdktError] = getattr(exceptions, told["class"])
    return kind(told["message"], hint=told["hint"])
