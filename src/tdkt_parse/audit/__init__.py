"""
Whether the legal bases of a plan held on its own date, and what else an inspector would remark on.
"""

from tdkt_parse.audit.findings import Finding
from tdkt_parse.audit.rules import RULES, audit_plan

__all__ = ["RULES", "Finding", "audit_plan"]
