"""
What an audit finds: one finding of one rule, with the words it is about.
"""

from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from tdkt_parse.models import Evidence, Level, Model

Certainty = Literal["certain", "possible"]


class Finding(Model):
    """
    One thing that an inspector would remark on, or that could not be checked.

    ``level``: ``error`` an error of fact, ``warning`` against a rule that binds or practice by
    analogy, ``info`` worth knowing. ``certainty`` is ``possible`` where the plan's date is blank in
    part, so that it holds on some of the days it may bear. ``citation`` is an index into
    ``Plan.citations``; ``instrument`` the number of the instrument of the register it is about;
    ``verdict`` whether that was in force, where the rule asks. ``evidence`` is ``None`` where
    something is missing from the whole document.
    """

    rule: Annotated[str, Field(title="Quy tắc")]
    name: Annotated[str, Field(title="Tên quy tắc")]
    level: Annotated[Level, Field(title="Mức độ")]
    certainty: Annotated[Certainty, Field(title="Mức chắc chắn")] = "certain"
    message: Annotated[str, Field(title="Nội dung")]
    message_en: Annotated[str, Field(title="Nội dung (tiếng Anh)")]
    locator: Annotated[str, Field(title="Căn cứ của quy tắc")]
    citation: Annotated[int | None, Field(title="Viện dẫn")] = None
    instrument: Annotated[str | None, Field(title="Văn bản")] = None
    verdict: Annotated[str | None, Field(title="Hiệu lực")] = None
    evidence: Annotated[Evidence | None, Field(title="Nơi đọc được")] = None


class Hit(NamedTuple):
    """
    What a rule's function gives back; ``data/audit.toml`` says it in words.

    ``saying`` names the message of the rule; ``words`` fill its braces. ``level`` and
    ``certainty`` are given where they are not those of the rule and message.
    """

    evidence: Evidence | None
    saying: str = "default"
    words: dict[str, str] = {}  # noqa: RUF012 - never written to
    citation: int | None = None
    instrument: str | None = None
    verdict: str | None = None
    level: Level | None = None
    certainty: Certainty = "certain"
