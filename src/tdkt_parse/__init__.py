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
    from tdkt_parse.audit import Finding, audit_plan
    from tdkt_parse.exceptions import DocumentError, TdktError
    from tdkt_parse.models import Plan
    from tdkt_parse.pipeline import explain, parse
    from tdkt_parse.readers import read
    from tdkt_parse.register import Instrument, Register, open_register, packaged_register
    from tdkt_parse.resolve import resolve_plan
    from tdkt_parse.sandbox import parse_safely

__version__ = "0.1.0"

_HOMES = {
    "DocumentError": "exceptions",
    "Finding": "audit",
    "Instrument": "register",
    "Plan": "models",
    "Register": "register",
    "TdktError": "exceptions",
    "audit_plan": "audit",
    "explain": "pipeline",
    "open_register": "register",
    "packaged_register": "register",
    "parse": "pipeline",
    "parse_safely": "sandbox",
    "read": "readers",
    "resolve_plan": "resolve",
}

__all__ = [
    "DocumentError",
    "Finding",
    "Instrument",
    "Plan",
    "Register",
    "TdktError",
    "__version__",
    "audit_plan",
    "explain",
    "open_register",
    "packaged_register",
    "parse",
    "parse_safely",
    "read",
    "resolve_plan",
]


def __getattr__(name: str) -> object:
    """Load a public name on first use, so that importing the package costs nothing."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
