"""
Files that came, on their way into the queue.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from fastapi import Request

from tdkt_parse.exceptions import TdktError
from tdkt_parse.web import archives, queue, uploads
from tdkt_parse.web.people import Person
from tdkt_parse.web.problems import Problem
from tdkt_parse.web.queue import Job, New, Work
from tdkt_parse.web.site import Site

RETRY = 10
"""Seconds after which to ask again where the queue is full."""


class Taken(NamedTuple):
    """What was taken in: the batch's id and its jobs, in the order given."""

    batch: str
    jobs: list[Job]


def take_in(
    request: Request,
    files: Sequence[New],
    person: Person,
    *,
    work: Work = "store",
    options: Mapping[str, Any] | None = None,
    priority: int = queue.LATER,
) -> Taken:
    """
    Put files into the queue; archives (ZIP) as the files in them, where they are to be stored.

    It may wait for the disk and the database. Raises Problem (429, with Retry-After) where more
    would wait than may; then none was put in.
    """
    site: Site = request.app.state.site
    every: list[New] = []
    for one in files:
        path = uploads.path_of(site, one.sha256)
        if work == "store" and archives.is_archive(path, one.name):
            every += _unpacked(site, path, one)
        else:
            every.append(one)
    meter = request.app.state.meter
    taken = queue.put_in(
        site.store,
        every,
        work=work,
        options=options,
        priority=priority,
        account=person.name,
        most=site.allowance.queue,
    )
    if taken is None:
        meter.refused.inc(len(every))
        raise Problem(
            "too-many",
            f"More than {site.allowance.queue} files would wait.",
            hint=f"Send them again in {RETRY} seconds or later.",
            headers={"Retry-After": str(RETRY)},
        )
    meter.accepted.inc(len(every))
    meter.accepted_bytes.inc(sum(one.size for one in every))
    request.app.state.wake()
    return Taken(*taken)


def _unpacked(site: Site, path: Path, archive: New) -> list[New]:
    try:
        # The archive itself is swept away later: the same may have come twice.
        return list(archives.unpack(site, path, archive.name))
    except TdktError as error:
        return [archive._replace(error=error)]


def check_room(request: Request) -> None:
    """Raise Problem (429) where no file can be taken: before it is sent for nothing."""
    site: Site = request.app.state.site
    if queue.count_waiting(site.store) >= site.allowance.queue:
        request.app.state.meter.refused.inc()
        raise Problem(
            "too-many",
            f"{site.allowance.queue} files wait already.",
            hint=f"Send it again in {RETRY} seconds or later.",
            headers={"Retry-After": str(RETRY), "Connection": "close"},
        )
