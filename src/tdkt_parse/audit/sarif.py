"""
Findings as SARIF 2.1.0 (OASIS), which platforms for code show beside the files.

Lines, columns and offsets are those of the reading text that ``tdkt text`` prints, in code points;
pages and boxes are in the properties of a result, since SARIF knows no pages.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tdkt_parse.audit.labels import message_of
from tdkt_parse.audit.rules import RuleRow
from tdkt_parse.audit.sheets import Placed, Sheet
from tdkt_parse.models import Level

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS: dict[Level, str] = {"error": "error", "warning": "warning", "info": "note"}


def sarif_of(
    sheets: Iterable[Sheet],
    rows: Mapping[str, RuleRow],
    version: str,
    lang: str = "vi",
    *,
    failed: Iterable[tuple[str, Exception]] = (),
) -> dict[str, Any]:
    """
    The log of one run over documents; ``rows`` are the rules, ``version`` the program's.

    ``failed`` are documents that could not be read, each with the reason; it is looked at when the
    sheets have come.
    """
    order = {rule: number for number, rule in enumerate(rows)}
    results = [
        result_of(sheet.path, one, order, lang) for sheet in sheets for one in sheet.findings
    ]
    told = [_unread(path, error) for path, error in failed]
    notes = {"toolExecutionNotifications": told} if told else {}
    driver = {
        "name": "tdkt-parse",
        "version": version,
        "semanticVersion": version,
        "language": lang,
        "rules": [rule_of(row, lang) for row in rows.values()],
    }
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "language": lang,
                "invocations": [{"executionSuccessful": not notes} | notes],
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }


def _unread(path: str, error: Exception) -> dict[str, Any]:
    """A document that could not be read, and why."""
    place = {"physicalLocation": {"artifactLocation": {"uri": uri_of(path)}}}
    return {"level": "error", "message": {"text": str(error)}, "locations": [place]}


def rule_of(row: RuleRow, lang: str = "vi") -> dict[str, Any]:
    """A rule with what it is called, on what it rests and how grave it is."""
    title = row.title_vi if lang == "vi" else row.title_en
    basis = f"Căn cứ: {row.locator}." if lang == "vi" else f"Rests on: {row.locator}."
    return {
        "id": row.id,
        "name": "".join(part.capitalize() for part in row.name.split("-")),
        "shortDescription": {"text": title},
        "fullDescription": {"text": f"{title}."},
        "help": {"text": f"{title}. {basis}", "markdown": f"**{title}.** {basis}"},
        "defaultConfiguration": {"level": LEVELS[row.level]},
        "properties": {"tags": [row.binding], "locator": row.locator},
    }


def result_of(path: str, one: Placed, order: Mapping[str, int], lang: str = "vi") -> dict[str, Any]:
    """A finding as a result; what is about the whole document is at its first line."""
    location: dict[str, Any] = {"artifactLocation": {"uri": uri_of(path)}}
    properties: dict[str, Any] = {"certainty": one.certainty, "locator": one.locator}
    location["region"] = _region_of(one)
    if one.page is not None:
        properties["page"] = one.page
    if one.evidence and one.evidence.boxes:
        properties["boxes"] = [
            {"page": b.page, "x0": b.x0, "y0": b.y0, "x1": b.x1, "y1": b.y1}
            for b in one.evidence.boxes
        ]
    if one.instrument is not None:
        properties["instrument"] = one.instrument
    if one.verdict is not None:
        properties["verdict"] = one.verdict
    result: dict[str, Any] = {
        "ruleId": one.rule,
        "level": LEVELS[one.level],
        "message": {"text": message_of(one, lang)},
        "locations": [{"physicalLocation": location}],
        "properties": properties,
    }
    if one.rule in order:
        result["ruleIndex"] = order[one.rule]
    return result


def _region_of(one: Placed) -> dict[str, Any]:
    """
    The first stretch of the words that a finding is about; what takes results wants a region even
    where there are no lines, as of a Plan in JSON.
    """
    if one.line is None:
        return {"startLine": 1}
    region: dict[str, Any] = {"startLine": one.line, "startColumn": one.column}
    if one.end_line is not None:
        region |= {"endLine": one.end_line, "endColumn": one.end_column}
    if one.evidence and one.evidence.spans:
        start, end = one.evidence.spans[0]
        region |= {"charOffset": start, "charLength": end - start}
        if len(one.evidence.spans) == 1:
            region["snippet"] = {"text": one.evidence.text}
    return region


def uri_of(path: str) -> str:
    """
    A path as a URI: of a whole path with its scheme, of another relative to where one stands.

    >>> uri_of("Kế hoạch 1/a#b.docx")
    'K%E1%BA%BF%20ho%E1%BA%A1ch%201/a%23b.docx'
    """
    place = Path(path)
    quoted = quote(os.fsencode(place.as_posix()))
    if not place.is_absolute():
        return quoted
    return f"file://{quoted}" if quoted.startswith("/") else f"file:///{quoted}"
