"""
What ``/v1`` takes and gives, for its description; and how files are asked for in it.
"""

from typing import Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from tdkt_parse.settings import Changes, OcrMode
from tdkt_parse.web.problems import KINDS, MEDIA_TYPE
from tdkt_parse.web.queue import Job

EXAMPLE_ID = "4f2a9c0d1e3b5a6978c4d2e1"
EXAMPLE_SHA256 = "0f4e1c1c3f0d8c0f3a63c7c2b2d1e5b8a9f7c6d5e4f3a2b1c0d9e8f7a6b5c4d3"


class Shape(BaseModel):
    """Something that is given."""

    model_config = ConfigDict(frozen=True)


def _plain(value: str) -> str:
    if "\0" in value:
        raise ValueError("there is a character in it that no text has")
    return value


Sha256 = Annotated[
    str,
    Path(
        pattern="^[0-9a-f]{64}$",
        description="SHA-256 of a document's content, 64 hexadecimal digits.",
        examples=[EXAMPLE_SHA256],
    ),
]
Id = Annotated[
    str, Path(pattern="^[0-9a-f]{24}$", description="A job's id.", examples=[EXAMPLE_ID])
]
Words = Annotated[str, AfterValidator(_plain)]
Year = Annotated[int | None, Query(ge=1900, le=2200, description="Planned for this year.")]
Quarter = Annotated[int | None, Query(ge=1, le=4, description="With a task in this quarter.")]
LevelName = Literal["central", "province", "district", "commune"]
Level = Annotated[LevelName | None, Query(description="Issued at this level.")]
Limit = Annotated[int, Query(ge=1, le=1000, description="At most so many.")]
Offset = Annotated[int, Query(ge=0, le=9_000, description="Leave out the first.")]
Ocr = Annotated[OcrMode | None, Query(description="Pages read by OCR: `auto`, those without text.")]
ChangesTaken = Annotated[
    Changes | None, Query(description="Tracked changes of a Word file, accepted or rejected.")
]
FileName = Annotated[
    str | None,
    Query(
        max_length=1000,
        description="The file's name, where it is the whole body.",
        examples=["ke-hoach.pdf"],
    ),
]


class ProblemShape(Shape):
    """Errors, as RFC 9457 has them; `code` and `name` as the command line has them."""

    type: str = Field(examples=["/v1/problems/needs-ocr"])
    title: str = Field(examples=["The pages are pictures."])
    status: int = Field(examples=[422])
    detail: str | None = Field(None, examples=["Page 1 is a picture."])
    hint: str | None = Field(None, examples=["Install OCR: tdkt doctor"])
    code: int | None = Field(None, examples=[12], description="The command line's exit code.")
    name: str | None = Field(None, examples=["NEEDS_OCR"])


class JobShape(Shape):
    """A file that was put in, and what became of it; times are UTC, ISO 8601."""

    id: str = Field(examples=[EXAMPLE_ID])
    batch: str = Field(description="Shared by files that came together.", examples=[EXAMPLE_ID])
    sha256: str = Field(examples=[EXAMPLE_SHA256])
    name: str = Field(examples=["ke-hoach.pdf"])
    size: int = Field(description="Bytes.", examples=[48_213])
    work: Literal["store", "parse", "audit"]
    state: Literal["waiting", "running", "done", "failed"] = Field(examples=["done"])
    page: int | None = Field(None, description="The page that is read.")
    pages: int | None = Field(None, description="Of how many.")
    change: Literal["new", "changed", "unchanged", "older"] | None = Field(
        None, description="What putting the Plan into the database did.", examples=["new"]
    )
    warnings: list[str] = Field([], description="What was not read though the rest was.")
    problem: ProblemShape | None = Field(None, description="Why it failed.")
    made_at: str = Field(examples=["2025-03-01T02:03:04.000005+00:00"])
    started_at: str | None = None
    finished_at: str | None = None
    links: dict[str, str] = Field(
        {}, description="Where to ask further.", examples=[{"self": f"/v1/jobs/{EXAMPLE_ID}"}]
    )


class JobsShape(Shape):
    """Jobs."""

    batch: str | None = Field(None, examples=[EXAMPLE_ID])
    jobs: list[JobShape]


class PlanRow(Shape):
    """A plan in a list."""

    sha256: str = Field(examples=[EXAMPLE_SHA256])
    kind: str | None = Field(None, examples=["Kế hoạch"])
    number: str | None = Field(None, examples=["15/KH-UBND"])
    title: str | None = Field(None, examples=["Công tác thi đua, khen thưởng năm 2025"])
    issuer: str | None = Field(None, examples=["Ủy ban nhân dân xã Tân Phú"])
    level: str | None = Field(None, examples=["commune"])
    date: str | None = Field(None, examples=["2025-01-15"])
    added_at: str
    parser_version: str


class PlanRows(Shape):
    """Plans; `next` is where the list goes on."""

    plans: list[PlanRow]
    next: str | None = None


class HitShape(Shape):
    """A plan that was found; `marks` are the ranges of characters of the snippet that match."""

    sha256: str = Field(examples=[EXAMPLE_SHA256])
    kind: str | None
    number: str | None
    title: str | None
    issuer: str | None
    date: str | None
    paths: list[str]
    closeness: Literal["exact", "folded"]
    snippet: str
    marks: list[tuple[int, int]]


class HitsShape(Shape):
    """What was found, the best first."""

    hits: list[HitShape]
    more: bool


class RemarkShape(Shape):
    """What the audit remarked on when a plan was put in."""

    rule: str = Field(examples=["B01"])
    name: str
    level: str
    certainty: str
    message: str
    message_en: str
    locator: str
    citation: int | None
    instrument: str | None
    verdict: str | None
    text: str | None


class RemarksShape(Shape):
    """Remarks, in the order of the document."""

    findings: list[RemarkShape]


class RuleShape(Shape):
    """A rule of the audit, and the provision it rests on."""

    id: str = Field(examples=["B01"])
    name: str
    level: str
    title_vi: str
    title_en: str
    locator: str


class RulesShape(Shape):
    """The rules."""

    rules: list[RuleShape]


class InstrumentShape(Shape):
    """An instrument of the register, and whether it was in force on the day asked about."""

    id: str
    kind: str
    number: str = Field(examples=["98/2023/NĐ-CP"])
    title: str
    issuer: str | None
    issued: str | None
    effective: str | None
    expired: str | None = Field(description="The first day on which it is no longer in force.")
    replaced_by: list[str]
    amends: list[str]
    amended_by: list[str]
    verified: bool
    source: str | None
    verdict: Literal["in_force", "not_yet", "expired", "said_expired", "unknown"]
    on: str = Field(description="The day of the verdict.", examples=["2025-01-15"])


class InstrumentsShape(Shape):
    """Instruments."""

    instruments: list[InstrumentShape]


class CorrectionIn(BaseModel):
    """A value in the place of what was read."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"pointer": "/kind", "value": "Kế hoạch", "note": "chữ mờ"}]
        }
    )
    pointer: Annotated[Words, Field(max_length=500, description="JSON Pointer into the Plan.")]
    value: Any = Field(description="As the Plan's JSON has it.")
    note: Annotated[Words | None, Field(max_length=2000)] = None


class CorrectionShape(Shape):
    """A correction of a person, and whether it is put on."""

    id: str
    sha256: str
    pointer: str
    before: Any
    after: Any
    author: str | None
    note: str | None
    made_at: str
    state: str


class CorrectionsShape(Shape):
    """Corrections, the oldest first."""

    corrections: list[CorrectionShape]


class KindShape(Shape):
    """A kind of problem."""

    name: str
    status: int
    title: str
    code: int | None


def may_fail(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The answers that tell of problems, for the description."""
    found: dict[int | str, dict[str, Any]] = {}
    for status in sorted({*statuses, 400, 401, 403, 421, 422}):
        titles = [one.title for one in KINDS.values() if one.status == status]
        found[status] = {
            "description": " ".join(dict.fromkeys(titles)),
            "content": {MEDIA_TYPE: {"schema": ProblemShape.model_json_schema()}},
        }
    return found


def files_body(*, many: bool) -> dict[str, Any]:
    """The body in which files come, for the description."""
    file = {"type": "string", "format": "binary"}
    form = {
        "type": "object",
        "properties": {"file": {"type": "array", "items": file, "minItems": 1} if many else file},
        "required": ["file"],
    }
    return {
        "requestBody": {
            "required": True,
            "description": "A form with the file in its field `file`, or the file itself.",
            "content": {
                "multipart/form-data": {"schema": form},
                "application/octet-stream": {"schema": file},
            },
        }
    }


def job_shape(job: Job) -> JobShape:
    """A job as it is given."""
    import json

    from tdkt_parse import exceptions
    from tdkt_parse.web.problems import TYPES, kind_of

    problem = None
    if job.error is not None:
        kind = getattr(exceptions, job.error, exceptions.Crashed)
        told = kind_of(kind(job.message or "", hint=job.hint))
        problem = ProblemShape(
            type=f"{TYPES}/{told.name}",
            title=told.title,
            status=told.status,
            detail=job.message,
            hint=job.hint,
            code=None if told.code is None else int(told.code),
            name=None if told.code is None else told.code.name,
        )
    links = {"self": f"/v1/jobs/{job.id}"}
    if job.state == "done":
        links["result"] = f"/v1/jobs/{job.id}/result"
        if job.work == "store":
            links["plan"] = f"/v1/plans/{job.sha256}"
    return JobShape(
        **{name: value for name, value in job._asdict().items() if name in _OF_JOB},
        warnings=json.loads(job.warnings) if job.warnings else [],
        problem=problem,
        links=links,
    )


_OF_JOB = set(JobShape.model_fields) - {"warnings", "problem", "links"}
