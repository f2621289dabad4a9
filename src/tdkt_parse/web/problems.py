"""
What goes wrong, as HTTP tells it: ``application/problem+json`` (RFC 9457).

The codes are those of the command line: a file that needs OCR is code 12 here and there.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from starlette.responses import Response

from tdkt_parse import exceptions
from tdkt_parse.exceptions import ExitCode, TdktError

MEDIA_TYPE = "application/problem+json"
TYPES = "/v1/problems"
"""Where each kind of problem is told of."""


class Kind(NamedTuple):
    """A kind of problem: its name, status and title, and the code of the command line, if any."""

    name: str
    status: int
    title: str
    code: ExitCode | None = None


HTTP_KINDS = (
    Kind("bad-request", 400, "The request cannot be understood.", ExitCode.USAGE),
    Kind("not-signed-in", 401, "Nobody is signed in, or the token is not known."),
    Kind("not-allowed", 403, "This account may not do that."),
    Kind("foreign-request", 403, "The request does not come from a page of this service."),
    Kind("not-found", 404, "There is no such thing here."),
    Kind("method-not-allowed", 405, "This cannot be done with that."),
    Kind("conflict", 409, "It cannot be done as things stand."),
    Kind("body-too-large", 413, "More was sent than is taken.", ExitCode.UNREADABLE),
    Kind("unsupported-body", 415, "The body is of a kind that is not taken here.", ExitCode.USAGE),
    Kind("wrong-host", 421, "The service does not answer to that name."),
    Kind("invalid", 422, "A value cannot be used.", ExitCode.USAGE),
    Kind("too-many", 429, "There is too much to do already."),
    Kind("defect", 500, "A defect of the service.", ExitCode.CRASHED),
    Kind("not-ready", 503, "The service is not ready."),
)

_STATUS = {
    exceptions.UsageError: (422, "A value cannot be used."),
    exceptions.MissingDependency: (501, "A program or package is not installed."),
    exceptions.StorageError: (500, "The database failed."),
    exceptions.StorageFull: (507, "There is no room left for the database."),
    exceptions.StorageReadOnly: (503, "The database may not be written."),
    exceptions.StorageBusy: (503, "Another program holds the database."),
    exceptions.StorageGone: (503, "The database does not answer."),
    exceptions.StorageBroken: (500, "The database is damaged, or of another version."),
    exceptions.LexiconError: (500, "A row of the program's own data is wrong."),
    exceptions.DocumentError: (422, "The document could not be read."),
    exceptions.Unreadable: (422, "The document could not be read."),
    exceptions.TooLarge: (413, "The file is too large."),
    exceptions.UnsupportedFormat: (415, "No reader knows the format."),
    exceptions.WrongEncoding: (422, "The text is in no encoding that is read."),
    exceptions.Encrypted: (422, "The document needs a password."),
    exceptions.NeedsOcr: (422, "The pages are pictures."),
    exceptions.TimedOut: (422, "Reading took too long."),
    exceptions.OutOfMemory: (422, "Reading took too much memory."),
    exceptions.Crashed: (422, "The process that read the document died."),
}


def _name_of(kind: type[TdktError]) -> str:
    """
    The name of an error's class with hyphens.

    >>> _name_of(exceptions.NeedsOcr)
    'needs-ocr'
    """
    letters = (f"-{letter.lower()}" if letter.isupper() else letter for letter in kind.__name__)
    return "".join(letters).lstrip("-")


ERROR_KINDS = {
    kind: Kind(_name_of(kind), status, title, kind.exit_code)
    for kind, (status, title) in _STATUS.items()
}
KINDS = {one.name: one for one in (*HTTP_KINDS, *ERROR_KINDS.values())}


class Problem(Exception):
    """A request that cannot be answered; ``kind`` is a name of ``KINDS``."""

    def __init__(
        self,
        kind: str,
        detail: str | None = None,
        *,
        hint: str | None = None,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail or kind)
        self.kind = KINDS[kind]
        self.detail = detail
        self.hint = hint
        self.headers = dict(headers or {})
        self.more = dict(more or {})


def kind_of(error: TdktError) -> Kind:
    """The kind of an error of the program."""
    known = next(kind for kind in type(error).__mro__ if kind in ERROR_KINDS or kind is TdktError)
    return ERROR_KINDS.get(known, KINDS["defect"])


def problem_of(error: TdktError) -> Problem:
    """What HTTP tells of an error of the program."""
    kind = kind_of(error)
    headers = {"Retry-After": "5"} if kind.status == 503 else {}
    # What is to be typed on the server is nothing for who asks, nor where its programs are.
    hint = None if isinstance(error, exceptions.MissingDependency) else error.hint
    return Problem(kind.name, error.message, hint=hint, headers=headers)


def body_of(problem: Problem) -> dict[str, Any]:
    """The members of the JSON."""
    kind = problem.kind
    told = {
        "type": f"{TYPES}/{kind.name}",
        "title": kind.title,
        "status": kind.status,
        "detail": problem.detail,
        "hint": problem.hint,
        "code": None if kind.code is None else int(kind.code),
        "name": None if kind.code is None else kind.code.name,
        **problem.more,
    }
    return {name: value for name, value in told.items() if value is not None}


def response_of(problem: Problem) -> Response:
    """The answer that tells it."""
    body = json.dumps(body_of(problem), ensure_ascii=False)
    return Response(
        body.encode("utf-8", "backslashreplace"),
        problem.kind.status,
        headers=problem.headers,
        media_type=MEDIA_TYPE,
    )
