"""
The register of instruments: which document a number or a title means, and when it was in force.
"""

from tdkt_parse.register.instruments import Instrument, Verdict, verdict_on, verdicts_within
from tdkt_parse.register.store import Register, open_register, packaged_register

__all__ = [
    "Instrument",
    "Register",
    "Verdict",
    "open_register",
    "packaged_register",
    "verdict_on",
    "verdicts_within",
]
