"""``python -m tdkt_parse`` and the start of ``tdkt``."""

import contextlib
import gc
import importlib
import os
import sys
import types

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
    from tdkt_parse.streams import prepare_streams

    prepare_streams()
    if sys.argv[1:2] and sys.argv[1] in READING and not {"-h", "--help"} & {*sys.argv}:
        from tdkt_parse import sandbox

        _import_pydantic()
        # The worker imports what reads documents while this process imports what reads arguments.
        sandbox.stand_by(READING[sys.argv[1]])
    from tdkt_parse.cli import main as run

    run()


def _import_pydantic() -> None:
    """
    Import it without what looks for plugins of it: we have none.

    Its search reads the metadata of every installed package (15 ms), and what reads metadata takes
    as long to import, searched or not. For both, this process and its workers, it is needed anyway.
    """
    name = "importlib.metadata"
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    with contextlib.suppress(ImportError):
        import pydantic.main  # noqa: F401

        if name not in sys.modules:
            nothing = types.ModuleType(name)
            nothing.__dict__["entry_points"] = lambda **_: ()
            sys.modules[name] = nothing
            try:
                importlib.import_module("pydantic.plugin._loader")
            finally:
                del sys.modules[name]


if __name__ == "__main__":
    main()
