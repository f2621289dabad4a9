"""
tdkt-parse reads Vietnamese administrative plans and gives back what they say as typed objects.

>>> from tdkt_parse import parse
>>> plan = parse("KẾ HOẠCH\\nCông tác thi đua, khen thưởng năm 2024\\n".encode())
>>> plan.kind, plan.title.text, plan.years
('Kế hoạch', 'Công tác thi đua, khen thưởng năm 2024', [2024])
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tdkt_parse.exceptions import DocumentError, TdktError
    from tdkt_parse.models import Plan
    from tdkt_parse.pipeline import explain, parse
    from tdkt_parse.readers import read
    from tdkt_parse.sandbox import parse_safely

__version__ = "0.1.0"

_HOMES = {
    "DocumentError": "exceptions",
    "Plan": "models",
    "TdktError": "exceptions",
    "explain": "pipeline",
    "parse": "pipeline",
    "parse_safely": "sandbox",
    "read": "readers",
}

__all__ = [
    "DocumentError",
    "Plan",
    "TdktError",
    "__version__",
    "explain",
    "parse",
    "parse_safely",
    "read",
]


def __getattr__(name: str) -> object:
    """Load a public name on first use, so that importing the package costs nothing."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
