"""
Một kế hoạch: the document and what was read in it side by side, and its corrections.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, RedirectResponse, Response

from tdkt_parse import store
from tdkt_parse.exceptions import UsageError
from tdkt_parse.models import Plan
from tdkt_parse.store.correcting import reverse_of
from tdkt_parse.web import uploads
from tdkt_parse.web.forms import FORMS, Field, Refused, edits_of, filled, form_of
from tdkt_parse.web.lawful import audit_by, with_instruments
from tdkt_parse.web.pages.listing import (
    FORMATS,
    asked_of,
    checked_content,
    exported,
    plan_or_problem,
    query_values,
    whole_number,
)
from tdkt_parse.web.pages.showing import show, words_of
from tdkt_parse.web.people import Administrator, AtSite, Corrector, Reader
from tdkt_parse.web.pictures import file_of, original_of, picture_of
from tdkt_parse.web.problems import Problem
from tdkt_parse.web.site import Site
from tdkt_parse.web.values import (
    LISTS,
    dom_id,
    is_unsure,
    marks_by_page,
    pieces_of,
    to_see,
)

router = APIRouter(include_in_schema=False)

GENERAL = (
    "kind",
    "number",
    "date",
    "place",
    "issuer",
    "title",
    "years",
    "secrecy",
    "urgency",
    "signature",
)
"""The single values, in the order in which they are shown."""
MOST_SECTIONS = 2000


@router.get("/plans/{sha256}")
def plan(request: Request, sha256: str, site: AtSite, person: Reader) -> Response:
    """The page of a plan."""
    return _page(request, sha256, site, person)


def _page(
    request: Request,
    sha256: str,
    site: Site,
    person: Any,
    *,
    refused: Refused | None = None,
    said: Mapping[str, list[str]] | None = None,
    editing: str | None = None,
) -> Response:
    stored = plan_or_problem(site, sha256)
    one, t = stored.plan, words_of(request)
    asked = asked_of(request)
    query = query_values(asked)
    before, after = store.neighbours(site.store, asked, sha256)
    remarks = store.load_remarks(site.store, sha256)
    original = original_of(site, sha256)
    pieces, whole = pieces_of(original.text, one) if original.text is not None else ([], True)
    data = one.to_dict()
    if editing is None and person.may("correct"):
        editing = request.query_params.get("edit") or None
    form = _form(data, editing, said, refused, t) if editing else None
    told = {
        "person": person,
        "plan": one,
        "data": data,
        "sha256": sha256,
        "paths": stored.paths,
        "query": query,
        "before": before,
        "after": after,
        "review": store.review_of(site.store, sha256),
        "original": original,
        "marks": marks_by_page(one),
        "pieces": pieces,
        "whole": whole,
        "seen": to_see(one, remarks, t.lang),
        "corrections": store.corrections(site.store, sha256),
        "form": form,
        "general": GENERAL,
        "lists": LISTS,
        "dom_id": dom_id,
        "is_unsure": is_unsure,
        "may_correct": person.may("correct"),
        "may_remove": person.may("administer"),
        "formats": FORMATS,
        "value_said": value_said,
        "pointer_said": lambda pointer: pointer_said(pointer, t),
        "sections": _outline(one),
        "refused": refused and t(refused.word, **({"said": refused.said} if refused.said else {})),
    }
    # A script that shows a refused form in its place asked for no failure.
    scripted = "hx-request" in request.headers
    return show(request, "plan.html", status=422 if refused and not scripted else 200, **told)


def _outline(plan: Plan) -> list[tuple[int, str]]:
    """The headings of the sections with their depths."""
    found: list[tuple[int, str]] = []

    def walk(sections: Any, depth: int) -> None:
        for one in sections:
            if len(found) >= MOST_SECTIONS:
                return
            found.append((depth, " ".join(filter(None, (one.label, one.heading)))))
            walk(one.children, depth + 1)

    walk(plan.sections, 0)
    return [(depth, said) for depth, said in found if said]


# -- forms


def _form(
    data: dict[str, Any],
    editing: str,
    said: Mapping[str, list[str]] | None,
    refused: Refused | None,
    t: Any,
) -> dict[str, Any] | None:
    """What is shown in place of a value while it is corrected; ``tasks/new`` is an item to add."""
    name, _, at = editing.partition("/")
    if name not in FORMS:
        return None
    fields = form_of(name)
    value: Any = None
    if name in LISTS:
        items = data[name]
        index = whole_number(at)
        if at == "new":
            index = len(items)
        elif index is None or index >= len(items):
            return None
        else:
            value = items[index]
    elif at:
        return None
    else:
        value = data[name]
        index = None
    typed: dict[str, Any] = filled(fields, value)
    if said is not None:
        for field in fields:
            if field.kind == "quarters":
                typed[field.path] = [
                    n for n in map(whole_number, said.get(field.path, [])) if n is not None
                ]
            elif field.path in said:
                typed[field.path] = (said[field.path] or [""])[0]
    return {
        "name": editing,
        "list": name if name in LISTS else None,
        "index": index,
        "new": at == "new",
        "last": len(data[name]) - 1 if name in LISTS else 0,
        "fields": [
            {
                "field": field,
                "id": f"f-{field.path.replace('/', '-') or 'value'}",
                "label": t(field.word),
                "value": typed[field.path],
                "choices": _choices(field, typed[field.path], t),
                "wrong": refused is not None and refused.field == field,
            }
            for field in fields
        ],
    }


def _choices(field: Field, value: Any, t: Any) -> list[tuple[str, str]]:
    prefix = "r_" if field.path.endswith("recurrence") else "w_"
    known = [*field.choices]
    if value and value not in known and field.kind == "choice":
        known.append(value)
    told = [(one, t.known(f"{prefix}{one}", one)) for one in known]
    return told if field.needed else [("", "–"), *told]


def _back(request: Request, sha256: str, name: str | None = None, **more: str) -> Response:
    """To the page of the plan, at a value; in the list that one came from."""
    query = {k: str(v) for k, v in {**query_values(asked_of(request)), **more}.items()
             if v not in (None, "")}  # fmt: skip
    address = f"/plans/{sha256}" + (f"?{urlencode(query)}" if query else "")
    return RedirectResponse(address + (f"#v-{dom_id(name)}" if name else ""), 303)


async def _said(request: Request) -> dict[str, list[str]]:
    """The fields of a form, by their names without the first letters ``f:``."""
    form = await request.form()
    said: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            said.setdefault(name, []).append(value)
    return said


def _one(said: Mapping[str, list[str]], name: str, longest: int = 2000) -> str:
    return (said.get(name) or [""])[0][:longest]


@router.post("/plans/{sha256}/values")
async def change(request: Request, sha256: str, site: AtSite, person: Corrector) -> Response:
    """A value is what somebody says it is."""
    from anyio.to_thread import run_sync

    said = await _said(request)
    return await run_sync(_change, request, sha256, site, person, said)


def _change(
    request: Request, sha256: str, site: Site, person: Any, said: Mapping[str, list[str]]
) -> Response:
    one = plan_or_problem(site, sha256).plan
    data = one.to_dict()
    target = _one(said, "target", 100)
    name, _, at = target.partition("/")
    fields = {key.removeprefix("f:"): value for key, value in said.items() if key.startswith("f:")}
    try:
        if name in LISTS and at == "new":
            place = min(whole_number(_one(said, "at")) or 0, len(data[name]))
            edits = edits_of(name, None, fields, at=place)
            target = f"{name}/{place}"
        elif name in LISTS:
            index = whole_number(at)
            if index is None or index >= len(data[name]):
                raise Problem("conflict", "The item is not there any more.")
            edits = edits_of(target, data[name][index], fields)
        else:
            edits = edits_of(name, data.get(name), fields)
        edits = with_instruments(site, one, edits)
        note = _one(said, "note").strip() or None
        try:
            store.correct_all(
                site.store, sha256, edits, author=person.name, note=note, audit=audit_by(site)
            )
        except UsageError as error:
            raise Refused(form_of(name)[0], "not_kept") from error
    except Refused as refused:
        return _page(
            request,
            sha256,
            site,
            person,
            refused=refused,
            said=fields,
            editing=_one(said, "target"),
        )
    return _back(request, sha256, target)


@router.post("/plans/{sha256}/items")
async def move_or_delete(
    request: Request, sha256: str, site: AtSite, person: Corrector
) -> Response:
    """An item of a list is taken out, or stands elsewhere."""
    from anyio.to_thread import run_sync

    said = await _said(request)
    return await run_sync(_move_or_delete, request, sha256, site, person, said)


def _move_or_delete(
    request: Request, sha256: str, site: Site, person: Any, said: Mapping[str, list[str]]
) -> Response:
    one = plan_or_problem(site, sha256).plan
    name, _, at = _one(said, "target", 100).partition("/")
    index, count = whole_number(at), len(getattr(one, name)) if name in LISTS else 0
    if index is None or index >= count:
        raise Problem("conflict", "The item is not there any more.")
    pointer = f"/{name}/{index}"
    action = _one(said, "action", 20)
    if action == "remove":
        store.correct(
            *(site.store, sha256, pointer, None),
            action="remove",
            author=person.name,
            audit=audit_by(site),
        )
        return _back(request, sha256, f"{name}/{max(0, index - 1)}")
    to = {"up": index - 1, "down": index + 1}.get(action)
    if action == "move":
        typed = whole_number(_one(said, "to"))
        to = None if typed is None else typed - 1
    if to is None or not 0 <= to < count or to == index:
        return _back(request, sha256, f"{name}/{index}")
    store.correct(
        *(site.store, sha256, pointer, to),
        action="move",
        author=person.name,
        audit=audit_by(site),
    )
    return _back(request, sha256, f"{name}/{to}")


@router.post("/plans/{sha256}/undo")
async def undo(request: Request, sha256: str, site: AtSite, person: Corrector) -> Response:
    """A correction is taken back by another, so that both are kept."""
    from anyio.to_thread import run_sync

    wanted = _one(await _said(request), "correction", 100)

    def work() -> Response:
        made = store.corrections(site.store, checked_content(sha256))
        found = next((one for one in made if one.id == wanted), None)
        if found is None:
            raise Problem("not-found", "There is no such correction.")
        try:
            edits = [reverse_of(found)]
            store.correct_all(site.store, sha256, edits, author=person.name, audit=audit_by(site))
        except UsageError as error:
            raise Problem("conflict", str(error)) from error
        return _back(request, sha256, "corrections")

    return await run_sync(work)


@router.post("/plans/{sha256}/confirm")
async def confirm(request: Request, sha256: str, site: AtSite, person: Corrector) -> Response:
    """Somebody looked at it, and it is right; or that is taken back."""
    from anyio.to_thread import run_sync

    said = await _said(request)
    checked_content(sha256)
    held = _one(said, "held", 5) != "no"

    def work() -> Response:
        plan_or_problem(site, sha256)
        store.confirm(site.store, sha256, author=person.name, held=held)
        return _back(request, sha256)

    return await run_sync(work)


@router.post("/plans/{sha256}/remove")
def remove(sha256: str, site: AtSite, _person: Administrator) -> Response:
    """The document is taken out with all that hangs on it; then the list is shown."""
    if not uploads.forget(site, checked_content(sha256)):
        raise Problem("not-found", "There is no such plan.")
    return RedirectResponse("/plans", 303)


# -- the document


@router.get("/plans/{sha256}/pages/{page}.webp")
def picture(sha256: str, page: int, site: AtSite, _person: Reader) -> Response:
    """The picture of a page."""
    found = picture_of(site, checked_content(sha256), page) if 0 < page < 100_000 else None
    if found is None:
        raise Problem("not-found", "There is no such page.")
    headers = {"Cache-Control": "private, max-age=86400, immutable"}
    return FileResponse(found, media_type="image/webp", headers=headers)


@router.get("/plans/{sha256}/original")
def original(sha256: str, site: AtSite, _person: Reader) -> Response:
    """The file, to be kept, never to be opened here."""
    path = file_of(site, checked_content(sha256))
    if path is None:
        raise Problem("not-found", "The file is not on this server.")
    suffix = next(
        (
            dot + end
            for one in plan_or_problem(site, sha256).paths
            for _, dot, end in [one.rpartition(".")]
            if dot and end.isascii() and end.isalnum() and len(end) < 6
        ),
        "",
    )
    return FileResponse(
        path, media_type="application/octet-stream", filename=f"{sha256[:16]}{suffix}"
    )


@router.get("/plans/{sha256}/export.{format_}")
def export(request: Request, sha256: str, format_: str, site: AtSite, _person: Reader) -> Response:
    """The plan as a file of another program."""
    plan_or_problem(site, sha256)
    return exported(request, site, [sha256], format_, name=f"ke-hoach-{sha256[:12]}")


# -- words


def value_said(value: Any) -> str:
    """
    A value of a correction in words.

    >>> value_said(["UBND xã", "Trạm y tế"]), value_said({"content": "Họp", "evidence": {}})
    ('UBND xã; Trạm y tế', 'Họp')
    """
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(value_said, value))
    if isinstance(value, dict):
        number = value.get("number")
        if value.get("kind") and isinstance(number, dict) and number.get("canonical"):
            return f"{value['kind']} {number['canonical']}"
        for key in ("content", "text", "canonical", "symbol", "name", "signer"):
            if value.get(key):
                return str(value[key])
        told = [value.get(k) for k in ("kind", "day", "month", "year", "title", "start", "end")]
        return " ".join(str(one) for one in told if one not in (None, ""))
    return str(value)


def pointer_said(pointer: str, t: Any) -> str:
    """The place of a correction in words."""
    name, *rest = pointer.strip("/").split("/")
    words = {"tasks": "plan_tasks"}
    said = [t.known(words.get(name, name), t.known(f"f_{name}", name))]
    for step in rest:
        said.append(str(int(step) + 1) if step.isdecimal() else t.known(f"f_{step}", step))
    return " › ".join(said)
