"""``python -m tdkt_parse`` and the start of ``tdkt``."""

import gc
import os
import sys

READING = {
    "parse": ("tdkt_parse.pipeline", "tdkt_parse.render.summary", "tdkt_parse.work"),
    "explain": ("tdkt_parse.pipeline", "tdkt_parse.render.explanation", "tdkt_parse.work"),
    "text": ("tdkt_parse.readers", "tdkt_parse.work"),
}
"""The commands that read documents, and what their workers import."""


def main() -> None:
    """Run the command line; its end is the end of the process."""
    if sys.argv[1:] == ["--version"]:
        # Asked by scripts and often: no need to load the command line for it.
        from tdkt_parse import __version__

        sys.stdout.write(f"tdkt {__version__}\n")
        return
    # Imports make much and drop nothing: to look for garbage meanwhile takes 25 ms.
    gc.disable()
    # Looking for plugins of pydantic reads the metadata of every installed package: 15 ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    from tdkt_parse.streams import prepare_streams

    prepare_streams()
    if sys.argv[1:2] and sys.argv[1] in READING and not {"-h", "--help"} & {*sys.argv}:
        from tdkt_parse import sandbox

        # The worker imports what reads documents while this process imports what reads arguments.
        sandbox.stand_by(READING[sys.argv[1]])
    from tdkt_parse.cli import main as run

    run()


if __name__ == "__main__":
    main()
