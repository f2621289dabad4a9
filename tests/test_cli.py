"""The command line, from outside: what it prints, where, and with which exit code."""

import json
import os
import pty
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import get_args

import fakes
import pytest
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner, Result

from tdkt_parse import cli, doctor, render, settings, work
from tdkt_parse.arguments import CHOICES, FOR_MANY, OPTIONS, SWITCHES, read_arguments
from tdkt_parse.cli.options import Format, Language
from tdkt_parse.exceptions import ExitCode, TdktError
from tdkt_parse.render.markdown import escape

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"


@pytest.fixture(autouse=True)
def _workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder, no settings, and the pipeline of ``fakes``."""
    for name in [name for name in os.environ if name.startswith("TDKT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "tdkt_parse.pipeline", fakes.pipeline())


def make(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("KẾ HOẠCH\nCông tác năm 2024\n", encoding="utf-8")


def tdkt(*arguments: str, stdin: bytes | None = None) -> Result:
    """The command in this process; errors of the tree become exit codes as in ``main``."""
    result = CliRunner().invoke(cli.app, arguments, input=stdin)
    if isinstance(result.exception, TdktError):
        result.exit_code = int(result.exception.exit_code)
        result.stderr_bytes = (result.stderr_bytes or b"") + str(result.exception).encode()
    return result


def run(
    *arguments: str,
    stdin: bytes = b"",
    program: tuple[str, ...] = ("-m", "tdkt_parse"),
    **more: str,
) -> "subprocess.CompletedProcess[bytes]":
    """The command as a process of its own, with what is installed."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TDKT_")}
    path = os.pathsep.join([str(SOURCE), kept.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, *program, *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
        env={**kept, "PYTHONPATH": path, **more},
    )


# -- what is printed


def test_summary_of_one_plan() -> None:
    make("a.txt")
    result = tdkt("parse", "a.txt")
    assert result.exit_code == 0
    assert result.stdout == (
        "a.txt\n"
        "  Văn bản:             Kế hoạch 23/KH-UBND\n"
        "  Ngày:                …/01/2024\n"
        "  Cơ quan:             UBND XÃ TÂN LẬP (thuộc HUYỆN BẮC SƠN)\n"
        "  Trích yếu:           Tên a\n"
        "  Năm:                 2024\n"
        "\n"
        "  Căn cứ (2)\n"
        "    - Luật 06/2022/QH15 (05/6/2022); Luật Thi đua, Khen thưởng\n"
        "    - lời dặn\n"
        "\n"
        "  Nội dung theo quý (3)\n"
        "    Quý I (1)\n"
        "      1. Phát động phong trào thi đua\n"
        "         Chủ trì: UBND xã | Phối hợp: Các thôn | Thời gian: Trước 15/3/2024\n"
        "    Quý II (1)\n"
        "      - Sơ kết công tác\n"
        "    Không ghi quý (1)\n"
        "      - Việc quanh năm\n"
        "\n"
        "  Ghi nhận khi đọc:    1 cảnh báo\n"
    )
    assert "Legal bases (2)" in tdkt("parse", "a.txt", "--lang", "en").stdout


def test_no_line_of_a_summary_is_wider_than_the_terminal() -> None:
    plan = fakes.sample_plan("Công tác thi đua, khen thưởng " * 9 + "x" * 200)
    for width in (40, 80):
        lines = render.summarise(plan, path="a" * 30, lang="vi", width=width).splitlines()
        assert max(map(len, lines)) <= width


def test_json_of_one_plan_is_the_plan() -> None:
    make("a.txt")
    result = tdkt("parse", "a.txt", "--format", "json")
    assert result.stdout == fakes.sample_plan("Tên a").to_json(indent=2) + "\n"


def test_json_of_several_is_an_array_in_order() -> None:
    make("d/b.txt", "d/a.txt", "c.txt")
    result = tdkt("parse", "d", "c.txt", "-f", "json", "--jobs", "2")
    assert [one["title"]["text"] for one in json.loads(result.stdout)] == [
        "Tên a",
        "Tên b",
        "Tên c",
    ]
    assert len(json.loads(tdkt("parse", "d", "-f", "json").stdout)) == 2


def test_jsonl_is_one_plan_a_line() -> None:
    make("a.txt", "b.txt")
    lines = tdkt("parse", "a.txt", "b.txt", "-f", "jsonl").stdout.splitlines()
    assert [json.loads(line)["title"]["text"] for line in lines] == ["Tên a", "Tên b"]


def test_markdown_shows_what_stands_there_and_nothing_more() -> None:
    make("nasty.txt")
    printed = tdkt("parse", "nasty.txt", "-f", "md").stdout
    assert "| 1 | Phát động phong trào thi đua | UBND xã | Các thôn | Trước 15/3/2024 |" in printed
    assert "### Quý II" in printed
    assert "<script>" not in printed
    assert r"\| &lt;script&gt;d&lt;/script&gt;" in printed
    assert r"\[red\]c\[/red\]" in printed


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1. a", "1\\. a"),
        ("- a", "\\- a"),
        ("+ a", "\\+ a"),
        ("# a", "\\# a"),
        ("a\nb | c", "a b \\| c"),
        ("*a* _b_", "\\*a\\* \\_b\\_"),
        ("12) a", "12\\) a"),
        ("98/2023/NĐ-CP", "98/2023/NĐ-CP"),
    ],
)
def test_markdown_escapes(text: str, shown: str) -> None:
    assert escape(text) == shown


@pytest.mark.parametrize("arguments", [("parse",), ("parse", "-f", "md"), ("explain",)])
def test_nothing_in_a_document_speaks_to_the_terminal(arguments: tuple[str, ...]) -> None:
    make("nasty.txt")
    printed = tdkt(*arguments, "nasty.txt").stdout
    assert "c" in printed
    assert not {"\x1b", "\x9b", "\u202e"} & set(printed)


def test_json_in_a_terminal_is_the_same_json() -> None:
    make("nasty.txt")
    printed = work.print_plan(
        "nasty.txt", format="json", lang="vi", width=80, safe=True, bold=False
    )
    assert not {"\x9b", "\u202e"} & set(printed)
    assert json.loads(printed) == fakes.sample_plan(fakes.NASTY).to_dict()


def test_a_file_name_does_not_speak_to_the_terminal_either() -> None:
    result = tdkt("parse", "a\x1b[2J.txt")
    assert result.exit_code == 10
    assert "\x1b" not in result.stderr


def test_text_is_printed_to_the_character() -> None:
    content = "KẾ HOẠCH\r\n\tmột  hai\x0c\nba\u2028".encode()
    Path("a.txt").write_bytes(content)
    done = run("text", "a.txt")
    document = work.print_text("a.txt", safe=False)
    assert done.stdout.decode() == document
    assert (done.returncode, done.stderr) == (0, b"")


def test_text_in_a_terminal_has_no_controls() -> None:
    Path("a.txt").write_text("một\x1b[2J hai\n", encoding="utf-8")
    printed = work.print_text("a.txt", safe=True)
    assert printed == "một\ufffd[2J hai\n"


def test_explain_gives_lines_and_values() -> None:
    make("a.txt")
    printed = tdkt("explain", "a.txt").stdout
    assert "1  preface  heading.title 0.50" in printed
    assert "number  [0:7]  fake" in printed
    assert "tasks[1]  [0:7]  fake" in printed


def test_schema_describes_the_plan_in_vietnamese() -> None:
    schema = json.loads(tdkt("schema").stdout)
    assert schema["properties"]["legal_bases"]["title"] == "Căn cứ"
    assert tdkt("schema", "-o", "schema.json").exit_code == 0
    assert json.loads(Path("schema.json").read_text(encoding="utf-8")) == schema


def test_version() -> None:
    quick, long = run("--version"), tdkt("--version")
    assert quick.stdout.decode().startswith("tdkt ")
    assert quick.stdout.decode() == long.stdout


def test_help_tells_every_exit_code() -> None:
    for arguments in (["--help"], ["parse", "--help"]):
        printed = tdkt(*arguments).stdout
        for code in ExitCode:
            assert f"{code.value}  " in printed
        assert max(map(len, printed.splitlines())) <= 80


def test_completion_is_there() -> None:
    done = run(_TDKT_COMPLETE="source_bash", program=("-m", "tdkt_parse"))
    assert b"complete" in done.stdout


def test_plain_arguments_are_read_without_what_reads_all_kinds() -> None:
    """With ``--format=summary`` it is not plain, and prints the same."""
    make("a.txt", "b.txt")
    code = "import sys; from tdkt_parse.__main__ import main\ntry: main()\n"
    code += "finally: sys.stderr.write(str('typer' in sys.modules))"
    for paths in (["a.txt"], ["a.txt", "b.txt"], ["-"]):
        alone = run("parse", *paths, "-f", "summary", program=("-c", code), stdin=b"K")
        option = run("parse", *paths, "--format=summary", program=("-c", code), stdin=b"K")
        assert alone.stdout == option.stdout != b""
        assert (alone.returncode, option.returncode) == (0, 0)
        assert (alone.stderr[-5:], option.stderr[-4:]) == (b"False", b"True")
    assert read_arguments(["a.txt", "--format=summary"]) is None
    assert run("parse", "missing").returncode == 10
    assert run("parse", "a.txt", "missing").returncode == 4
    assert run("parse", "-", "-").returncode == 2


def test_plain_arguments_know_the_options_that_are_declared() -> None:
    command = get_command(cli.app)
    assert isinstance(command, TyperGroup)
    declared = {
        name
        for option in command.commands["parse"].params
        for name in option.opts
        if name.startswith("-")
    }
    assert declared - {"-h", "--help"} == {*OPTIONS, *SWITCHES, *FOR_MANY}
    choices = {
        "changes": settings.CHANGES,
        "format": get_args(Format),
        "lang": get_args(Language),
        "ocr": settings.OCR_MODES,
    }
    assert choices == CHOICES


@pytest.mark.parametrize(
    "line",
    ["a.txt -f html", "a.txt -f", "-q", "a.txt -x", "a.txt --lang en --lang vi", "a.txt -o -q"],
)
def test_what_is_not_plain_is_left(line: str) -> None:
    assert read_arguments(line.split()) is None


# -- where it goes


def test_standard_input() -> None:
    result = tdkt("parse", "-", "-f", "json", stdin=b"bytes")
    assert json.loads(result.stdout)["title"]["text"] == "Tên stdin"
    assert tdkt("parse", "-", "-", stdin=b"bytes").exit_code == 2


def test_output_into_a_file_is_whole_or_not_there() -> None:
    make("a.txt", "exit.txt")
    assert tdkt("parse", "a.txt", "-o", "out.json").stdout == ""
    assert json.loads(Path("out.json").read_text(encoding="utf-8"))["kind"] == "Kế hoạch"
    before = Path("out.json").read_bytes()
    assert tdkt("parse", "exit.txt", "-o", "out.json").exit_code == 15
    assert Path("out.json").read_bytes() == before
    assert sorted(path.name for path in Path().iterdir()) == ["a.txt", "exit.txt", "out.json"]


def test_output_into_a_folder_gives_each_plan_a_name_of_its_own() -> None:
    make("x/a.txt", "y/a.txt", "y/A.md", "y/exit.txt", "y/b.txt")
    result = tdkt("parse", "x", "y", "-o", "out/")
    assert result.exit_code == 4
    names = sorted(path.name for path in Path("out").iterdir())
    assert names == ["A-2.json", "a-3.json", "a.json", "b.json"]
    again = tdkt("parse", "x", "y", "-o", "out")
    assert again.exit_code == 4
    assert sorted(path.name for path in Path("out").iterdir()) == names


def test_no_document_is_overwritten() -> None:
    make("a.md", "a.txt")
    before = Path("a.md").read_bytes()
    assert tdkt("parse", "a.md", "a.txt", "-f", "md", "-o", ".").exit_code == 0
    assert Path("a.md").read_bytes() == before
    assert {path.name for path in Path().glob("*-*.md")} == {"a-2.md", "a-3.md"}
    refused = tdkt("parse", "a.md", "-f", "md", "-o", "./a.md")
    assert refused.exit_code == 2
    assert "to be read" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("text", "a.txt", "-o", "."), "is a folder"),
        (("schema", "-o", "."), "is a folder"),
        (("parse", "a.txt", "-f", "jsonl", "-o", "."), "is a folder"),
        (("parse", "a.txt", "-o", "missing/out.json"), "cannot be written"),
        (("parse", "a.txt", "-o", "a.txt/out/"), "cannot be written"),
        (("parse", "a.txt", "-o", "x" * 300), "cannot be written"),
        (("text", "."), "is a folder"),
        (("parse", "a.txt", "--jobs", "0"), "--jobs: '0'"),
        (("parse", "a.txt", "--memory", "x"), "--memory: 'x'"),
        (("parse", "a.txt", "--format", "xml"), "xml"),
        (("parse",), "Missing argument"),
        (("parse", "a.txt", "--colour"), "No such option"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], words: str) -> None:
    make("a.txt")
    result = tdkt(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert [path.name for path in Path().iterdir()] == ["a.txt"]


def test_settings_come_from_file_and_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    make("a.txt", "hang.txt")
    Path("tdkt.toml").write_text('format = "json"\nlang = "en"\n', encoding="utf-8")
    assert json.loads(tdkt("parse", "a.txt").stdout)["kind"] == "Kế hoạch"
    monkeypatch.setenv("TDKT_FORMAT", "summary")
    assert "Legal bases" in tdkt("parse", "a.txt").stdout
    assert "Căn cứ" in tdkt("parse", "a.txt", "--lang", "vi").stdout
    monkeypatch.setenv("TDKT_TIMEOUT", "0.3")
    assert tdkt("parse", "hang.txt").exit_code == 13


# -- what goes wrong


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("missing", 10),
        ("locked", 11),
        ("hang", 13),
        ("spin", 13),
        ("flood", 13),
        ("eat", 14),
        ("memory", 14),
        ("segv", 15),
        ("abort", 15),
        ("exit", 15),
        ("defect", 15),
    ],
)
def test_one_document_gives_its_own_code(name: str, code: int) -> None:
    limits = ("--timeout", "0.5" if code == 13 else "50", "--memory", "200M")
    result = tdkt("parse", f"{name}.txt", *limits)
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith(f"{name}.txt: ")
    assert result.stderr.count("\n") == 1


def test_several_documents() -> None:
    make("a.txt", "b.txt")
    some = tdkt("parse", "a.txt", "exit.txt", "b.txt", "locked.txt", "-f", "jsonl", "-q")
    assert some.exit_code == 4
    assert len(some.stdout.splitlines()) == 2
    assert sorted(line.partition(":")[0] for line in some.stderr.splitlines()) == [
        "exit.txt",
        "locked.txt",
    ]
    assert tdkt("parse", "exit.txt", "locked.txt").exit_code == 5
    assert tdkt("parse", "a.txt", "b.txt").exit_code == 0


def test_a_folder_without_documents() -> None:
    Path("empty").mkdir()
    result = tdkt("parse", "empty")
    assert result.exit_code == 10
    assert result.stderr.startswith("empty: the folder holds no document.")
    make("a.txt")
    assert tdkt("parse", "empty", "a.txt").exit_code == 4
    assert tdkt("parse", "empty", "empty").exit_code == 5


def test_progress_is_a_line_a_file() -> None:
    make("a.txt", "b.txt")
    lines = tdkt("parse", "a.txt", "b.txt", "-j", "1").stderr.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["[1/2] a.txt", "[2/2] b.txt"]
    assert tdkt("parse", "a.txt", "b.txt", "--quiet").stderr == ""


BAD = {
    "empty.txt": b"",
    "blank.txt": b" \r\n\t\n",
    "truncated.txt": "KẾ HOẠCH".encode("utf-16")[:-1],
    "truncated-8.txt": "KẾ HOẠCH công tác năm 2024 Ệ".encode()[:-1],
    "picture.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4,
    "archive.txt": b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(256)) * 4,
    "random.bin": bytes((i * 73 + (i >> 3) * 31) % 256 for i in range(5000)),
}


@pytest.mark.parametrize("command", ["parse", "text"])
@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_a_typed_error(name: str, command: str) -> None:
    """As the user meets it: with the reader itself, through the sandbox."""
    Path(name).write_bytes(BAD[name])
    result = tdkt(command, name)
    assert (result.exit_code, result.stdout) == (10, "")
    assert result.stderr.startswith(f"{name}: ")
    assert "defect" not in result.stderr


def test_a_text_of_250_megabytes() -> None:
    with Path("large.txt").open("wb") as file:
        file.truncate(250_000_000)
    result = tdkt("parse", "large.txt")
    assert result.exit_code == 10
    assert "200 MB" in result.stderr


def test_standard_input_without_end() -> None:
    with Path("/dev/zero").open("rb") as endless:
        done = subprocess.run(
            [sys.executable, "-m", "tdkt_parse", "text", "-"],
            stdin=endless,
            capture_output=True,
            check=False,
            timeout=60,
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
        )
    assert done.returncode == 10
    assert b"limit" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="rights are other things there")
def test_no_permission() -> None:
    """The worker gives up the administrator's rights, if it has them, before it reads."""
    make("forbidden.txt")
    Path("forbidden.txt").chmod(0)
    result = tdkt("parse", "forbidden.txt")
    assert result.exit_code == 10
    assert "permission" in result.stderr


def test_output_is_utf8_whatever_the_locale_says() -> None:
    make("a.txt")
    done = run("text", "a.txt", PYTHONIOENCODING="cp1252", LC_ALL="C", PYTHONUTF8="0")
    assert (done.returncode, done.stdout.decode()) == (0, "KẾ HOẠCH\nCông tác năm 2024\n")


def test_a_reader_that_goes_away_is_no_error() -> None:
    Path("a.txt").write_text("Kế hoạch công tác\n" * 50_000, encoding="utf-8")
    command = f'"{sys.executable}" -m tdkt_parse text a.txt; echo "exit $?" >&2'
    shell = shutil.which("sh")
    assert shell is not None
    done = subprocess.run(
        [shell, "-c", f"({command}) | head -n 1"],
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )
    assert done.stdout.decode() == "Kế hoạch công tác\n"
    assert done.stderr.decode() == "exit 141\n"


def test_closed_output_is_no_crash() -> None:
    make("a.txt")
    shell = shutil.which("sh")
    assert shell is not None
    done = subprocess.run(
        [shell, "-c", f'"{sys.executable}" -m tdkt_parse text a.txt >&- 2>&- <&-'],
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )
    assert done.returncode == 0


def test_progress_in_a_terminal_names_the_file_and_goes_away() -> None:
    """A bar while it lasts and the error line; the second hang shows that forking still works."""
    ours, theirs = pty.openpty()
    names = ["hang-1.txt", "hang-2.txt"]
    arguments = [sys.executable, fakes.__file__, "parse", *names, "--timeout", "1.2", "-j", "1"]
    with subprocess.Popen(
        arguments,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(SOURCE), "TERM": "xterm", "COLUMNS": "80"},
    ) as process:
        os.close(theirs)
        said = b""
        while True:
            try:
                data = os.read(ours, 65536)
            except OSError:
                break
            if not data:
                break
            said += data
        process.wait(timeout=60)
    os.close(ours)
    assert process.returncode == 5
    assert b"0/2" in said
    assert b"hang-1.txt: Reading took longer than 1.2 seconds" in said
    assert b"1/2" in said


def test_defects_say_no_word_of_the_document() -> None:
    result = tdkt("parse", "defect.txt")
    assert "ValueError" in result.stderr
    assert "TEXT" not in result.stderr


# -- doctor


def test_doctor_is_content_here() -> None:
    result = tdkt("doctor")
    assert result.exit_code == 0
    assert "pydantic" in result.stdout


def test_doctor_names_what_is_missing_and_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = doctor.Package("no-such-package", "nothing", required=True)
    monkeypatch.setattr(doctor, "PACKAGES", (*doctor.PACKAGES, missing))
    result = tdkt("doctor")
    assert result.exit_code == 3
    assert "MISSING no-such-package" in result.stdout
    assert "-m pip install no-such-package" in result.stdout


def test_doctor_looks_for_what_the_project_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {line.partition(">")[0].strip() for line in project["dependencies"]}
    assert {package.name for package in doctor.PACKAGES if package.required} == needed


def test_a_missing_package_is_told_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """The import system says no to a package that the readers want."""
    make("a.txt")
    for module in [name for name in sys.modules if name.startswith("tdkt_parse.readers")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "regex", None)
    result = tdkt("text", "a.txt")
    assert result.exit_code == 3
    assert "regex is not installed" in result.stderr
    assert "tdkt doctor" in result.stderr
