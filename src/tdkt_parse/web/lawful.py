"""
What a correction changes besides its value: which instruments are meant, and what the audit finds.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import partial
from typing import Any

from tdkt_parse.audit import Finding, audit_plan
from tdkt_parse.days import days_of
from tdkt_parse.models import Citation, Plan
from tdkt_parse.register import open_register
from tdkt_parse.resolve import resolve_citations
from tdkt_parse.store.correcting import Edit
from tdkt_parse.web.forms import FORMS, Refused
from tdkt_parse.web.site import Site

_NAMING = frozenset(("kind", "number", "date", "title", "issuer"))
"""The parts of a citation by which its instrument is known."""


def audit_by(site: Site) -> Callable[[Plan], list[Finding]]:
    """The audit by the register of a service."""
    return partial(audit_plan, register=open_register(site.register))


def with_instruments(site: Site, plan: Plan, edits: Sequence[Edit]) -> list[Edit]:
    """
    Corrections of one citation, with the instrument that it means now.

    Where somebody says which it is, that stands; Refused if the register has none of that name.
    """
    for edit in edits:
        _check_named(site, edit)
    if not edits or not edits[0].pointer.startswith("/citations/"):
        return [*edits]
    place = "/".join(edits[0].pointer.split("/")[:3])
    added = edits[0].action == "add"
    if added:
        item: dict[str, Any] = deepcopy(edits[0].value)  # type: ignore[arg-type]
        if (item.get("resolved") or {}).get("id"):
            return [*edits]
    else:
        changed = {edit.pointer.removeprefix(f"{place}/").split("/")[0] for edit in edits}
        if "resolved" in changed or changed.isdisjoint(_NAMING):
            return [*edits]
        item = plan.citations[int(place.rpartition("/")[2])].model_dump(mode="json")
        for edit in edits:
            _set(item, edit.pointer.removeprefix(f"{place}/").split("/"), edit.value)
    cited = Citation.model_validate(item).model_copy(update={"relation": None})
    (meant,) = resolve_citations([cited], days_of(plan.date), open_register(site.register))
    resolved = meant.resolved.model_dump(mode="json") if meant.resolved else None
    if added:
        return [edits[0]._replace(value={**item, "resolved": resolved})]
    if resolved == item.get("resolved"):
        return [*edits]
    return [*edits, Edit(f"{place}/resolved", resolved)]


def _check_named(site: Site, edit: Edit) -> None:
    field = next(one for one in FORMS["citations"] if one.path == "resolved/id")
    named: Any = edit.value
    if edit.action == "add" and isinstance(named, dict):
        named = (named.get("resolved") or {}).get("id")
    elif edit.pointer.endswith("/resolved"):
        named = (named or {}).get("id")
    elif not edit.pointer.endswith("/resolved/id"):
        return
    if named and open_register(site.register).get(named) is None:
        raise Refused(field, "register_lacks", named)


def _set(item: dict[str, Any], steps: list[str], value: object) -> None:
    for step in steps[:-1]:
        if not isinstance(item.get(step), dict):
            item[step] = {}
        item = item[step]
    item[steps[-1]] = value
