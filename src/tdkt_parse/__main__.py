"""``python -m tdkt_parse`` and the start of ``tdkt``."""

import gc
import os
import sys


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
    from tdkt_parse.cli import main as run

    run()


if __name__ == "__main__":
    main()
