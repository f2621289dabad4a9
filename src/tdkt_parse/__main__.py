"""
``python -m tdkt_parse`` and ``tdkt``: how the program begins, and how it ends.

It is made to begin quickly. The worker that will read the document is started before the command
line is read, and imports what it needs in the meantime; and a command line that leaves no doubt is
not read by what reads all kinds.
"""

import gc
import importlib
import os
import signal
import sys
from typing import NoReturn

READING = {
    "parse": ("quickstart", "pipeline", "render.summary", "work"),
    "explain": ("quickstart", "pipeline", "render.explanation", "work"),
    "text": ("readers", "work"),
}
"""The commands that read documents, and what their workers import."""


def main() -> None:
    """Run the command line; its end is the end of the process."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        # Asked by scripts and often: no need to load the command line for it.
        from tdkt_parse import __version__

        sys.stdout.write(f"tdkt {__version__}\n")
        return
    # Imports make much and drop nothing: to look for garbage meanwhile takes 25 ms.
    gc.disable()
    from tdkt_parse.exceptions import ExitCode, TdktError
    from tdkt_parse.streams import prepare_streams, write_error

    prepare_streams()
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", None)):
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _leave)
    try:
        _run(arguments)
    except TdktError as error:
        write_error(str(error))
        sys.exit(int(error.exit_code))
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    except Exception as error:
        if os.environ.get("TDKT_DEBUG"):
            raise
        # Its own words may be the document's.
        write_error(f"A defect of tdkt stopped it ({type(error).__name__}).", "Please report it.")
        sys.exit(int(ExitCode.CRASHED))


def _run(arguments: list[str]) -> None:
    plain = None
    if arguments and arguments[0] in READING and not {"-h", "--help"} & {*arguments}:
        from tdkt_parse import sandbox
        from tdkt_parse.arguments import read_arguments

        if arguments[0] == "parse" and "_TDKT_COMPLETE" not in os.environ:
            plain = read_arguments(arguments[1:])
        if plain is None:
            # Typer needs pydantic too: so it is imported once, for both.
            importlib.import_module("tdkt_parse.quickstart")
        needed = READING[arguments[0]]
        if any(argument.lower().endswith(".pdf") for argument in arguments):
            needed = (*needed, "readers.pdf.document")
        sandbox.stand_by(f"tdkt_parse.{name}" for name in needed)
    if plain is not None:
        from tdkt_parse.commands import parse_documents

        code = parse_documents(
            plain.paths, flags=plain.flags, output=plain.output, quiet=plain.quiet
        )
        sys.exit(int(code))
    from tdkt_parse.cli import app

    app(prog_name="tdkt")


def _leave(number: int, _frame: object) -> NoReturn:
    """End by way of all that has to be cleared away: the workers, unfinished files."""
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
