"""
One document, one killable process.

A document can make any reader hang, crash or eat memory. Here each is read in a worker process
that is ended, with everything it started, when it passes a limit; what went wrong is a typed
result for that document alone, and a new worker stands ready for the next one.

::

    supervisor (this process)                worker (own session, output to the null device)
        task: name of the work,
              options, path or bytes ──────▶ work(source, name, **options) -> str
        starts the clock             ◀────── that it has begun, and its memory until then
        lets it live on              ◀────── which program it keeps open for the next document
        watches the clock, memory    ◀────── number of pages, warnings
        and life of each worker      ◀────── result as UTF-8, or class, message, hint of an error

Workers are used again: a document costs no new process. They are forked where that is safe
(Linux, no other thread in this process) and share what this process has imported; elsewhere they
are started afresh, and what they import first counts as start-up, not as reading. A program that
has something else to do first can have a worker stand by, which gets ready in the meantime.

What is watched, and where:

=================  ==================  =====================  ==================================
                   Linux               macOS, BSD             Windows (not tried)
=================  ==================  =====================  ==================================
wall clock         yes                 yes                    yes
memory             /proc, every 20 ms  ps, every second       with psutil, every second
helpers ended too  process tree        process group          with psutil
end of the parent  ended by the        worker sees the end    as macOS
                   kernel              of its line
=================  ==================  =====================  ==================================
"""

from tdkt_parse.sandbox.calls import parse_safely, run_all
from tdkt_parse.sandbox.hiring import Start, is_standing_by, safe_start, stand_by
from tdkt_parse.sandbox.supervisor import Sandbox
from tdkt_parse.sandbox.system import count_processors, memory_of
from tdkt_parse.sandbox.tasks import (
    InHand,
    Limits,
    Outcome,
    Source,
    Task,
    Work,
    as_task,
    parse_document,
)

__all__ = [
    "InHand",
    "Limits",
    "Outcome",
    "Sandbox",
    "Source",
    "Start",
    "Task",
    "Work",
    "as_task",
    "count_processors",
    "is_standing_by",
    "memory_of",
    "parse_document",
    "parse_safely",
    "run_all",
    "safe_start",
    "stand_by",
]
