"""Tools for assistants: what they give, and which files they get at."""

import asyncio
import json
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from served import clean_environment, run_tdkt

from tdkt_parse.exceptions import UsageError
from tdkt_parse.sandbox import Limits
from tdkt_parse.web.mcp import Desk, path_in

ROOT = Path(__file__).resolve().parent.parent
TEXT = next(iter(sorted((ROOT / "corpus").glob("*.txt"))))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "a.txt").write_text("mot", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("hai", encoding="utf-8")
    (inside / "link.txt").symlink_to(tmp_path / "secret.txt")
    (inside / "up").symlink_to(tmp_path)
    return Desk((inside,), str(tmp_path / "plans.sqlite"), Limits(), {})


def test_files_of_the_folder_are_found(desk: Desk) -> None:
    (folder,) = desk.folders
    assert path_in(desk, "a.txt") == path_in(desk, str(folder / "a.txt"))


@pytest.mark.parametrize(
    "path",
    [
        *("../secret.txt", "/etc/passwd", "link.txt", "up/secret.txt", "nirgends", "", ".", "\0"),
        *("~/.bashrc", "a.txt/../../secret.txt", "file:///etc/passwd", "x" * 5000),
    ],
)
def test_no_other_file_is(desk: Desk, path: str) -> None:
    with pytest.raises(UsageError):
        path_in(desk, path)


def test_an_assistant_uses_the_tools(tmp_path: Path) -> None:
    pytest.importorskip("mcp", reason="mcp is not installed")
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    db = str(tmp_path / "plans.sqlite")
    assert run_tdkt("import", "-q", str(TEXT), "--db", db).returncode == 0
    program = StdioServerParameters(
        command=sys.executable,
        args=["-m", "tdkt_parse", "mcp", "--folder", str(TEXT.parent), "--db", db],
        env={**clean_environment(), "PYTHONUTF8": "1"},
    )

    async def ask() -> list[Any]:
        async with stdio_client(program) as (reading, writing):  # noqa: SIM117 - in this order
            async with ClientSession(reading, writing) as session:
                await session.initialize()
                tools = await session.list_tools()
                assert [one.name for one in tools.tools] == ["parse", "audit", "search"]
                return [
                    await session.call_tool(name, arguments)
                    for name, arguments in (
                        ("parse", {"path": TEXT.name}),
                        ("parse", {"path": TEXT.name, "evidence": True}),
                        ("audit", {"path": str(TEXT)}),
                        ("search", {"words": "thi dua"}),
                        ("search", {"cites": "!"}),
                        ("parse", {"path": "/etc/passwd"}),
                        ("search", {"query": "thi dua"}),
                    )
                ]

    plan, whole, sheet, hits, wrong, refused, strange = asyncio.run(ask())
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(10)
    said = [json.loads(one.content[0].text) for one in (plan, whole, sheet, hits)]
    expected = json.loads(run_tdkt("parse", "--format", "json", str(TEXT)).stdout)
    assert said[1] == expected
    assert said[0]["number"] == _bare(expected["number"])
    assert '"evidence"' not in plan.content[0].text
    assert said[2]["findings"] is not None
    assert said[3]["hits"][0]["sha256"] == expected["source"]["sha256"]
    assert wrong.is_error
    assert refused.is_error
    assert "root:" not in refused.content[0].text
    assert strange.is_error
    assert "has no argument 'query'" in strange.content[0].text


def _bare(value: dict[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in value.items() if name not in ("evidence", "spans")}
