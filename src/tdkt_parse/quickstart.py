"""
Importing this imports pydantic, without what looks for plugins of it: the program has none.

The search reads the metadata of every installed package (15 ms), and what reads metadata takes as
long to import, searched or not. Only the program does this; who uses the library has its plugins.
"""

import contextlib
import importlib
import os
import sys
import types

_NAME = "importlib.metadata"

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
# Without pydantic, or with another inside of it, the usual way is gone and tells what is wrong.
with contextlib.suppress(ImportError):
    import pydantic.main  # noqa: F401

    if _NAME not in sys.modules:
        _nothing = types.ModuleType(_NAME)
        _nothing.__dict__["entry_points"] = lambda **_: ()
        sys.modules[_NAME] = _nothing
        try:
            importlib.import_module("pydantic.plugin._loader")
        finally:
            del sys.modules[_NAME]
