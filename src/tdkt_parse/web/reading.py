"""
What is read in the sandbox, as it comes back.
"""

from tdkt_parse.audit.findings import Finding
from tdkt_parse.models import Model, Plan


class Read(Model):
    """What a worker gives of a document: ``work.store_document``."""

    plan: Plan
    findings: list[Finding]
