"""
Readers that misbehave, for the tests of everything that has to survive them.

Each is a work of the sandbox: it takes a source and a name and gives a text, or does what its
name says. ``by_name`` chooses one by the first word of the document's file name, so that a folder
of files can hold all of them.
"""

import ctypes
import importlib
import os
import signal
import subprocess
import sys
import threading
import time
import types
from pathlib import Path
from typing import Any, NamedTuple

from tdkt_parse import exceptions, readers, sandbox
from tdkt_parse.models import Plan
from tdkt_parse.reporting import report_page, report_pages


def echo(source: str | bytes, name: str | None = None, **_: object) -> str:
    return f"{name or ''}:{source if isinstance(source, str) else len(source)}"


def tell_pid(_source: str | bytes, _name: str | None = None) -> str:
    return str(os.getpid())


def modules_and_pid(_source: str | bytes, _name: str | None = None) -> str:
    return f"{os.getpid()} {'this' in sys.modules}"


def options_of(_source: str | bytes, _name: str | None = None, **options: object) -> str:
    return repr(sorted(options.items()))


def hang(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    time.sleep(3600)
    return ""


def spin(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    """Hold the interpreter's lock in one call that never ends."""
    return str(sum(iter(int, 1)))


def exit_quietly(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    os._exit(3)


def read_address_zero(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    return str(ctypes.string_at(0))


def abort(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    os.abort()


def close_everything(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    os.closerange(3, 1000)
    time.sleep(3600)
    return ""


def flood_output(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    while True:
        os.write(1, b"x" * 65536)
        sys.stdout.write("y" * 65536)
        sys.stderr.write("z" * 65536)


def say_much(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    """Much output, but it ends."""
    for _number in range(100):
        sys.stdout.write("x" * 65536)
        os.write(2, b"y" * 65536)
    return "done"


def flood_result(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    return "x" * (300 << 20)


def eat_memory(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    eaten = []
    while True:
        eaten.append(b"x" * (8 << 20))
        time.sleep(0.005)


def eat_memory_in_a_child(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    code = "import time\nx=[]\nwhile True:\n x.append(b'x'*(8<<20)); time.sleep(0.005)"
    subprocess.run([sys.executable, "-c", code], check=False)
    return ""


def raise_memory_error(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    raise MemoryError


def raise_value_error(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    raise ValueError("TEXT OF THE DOCUMENT")


def raise_system_exit(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    sys.exit("TEXT OF THE DOCUMENT")


def raise_encrypted(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    raise exceptions.Encrypted("It needs a password.", hint="Save it without one.")


def raise_strange_error(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    class Strange(exceptions.DocumentError):
        pass

    raise Strange("Strange.")


def leave_a_grandchild(source: str | bytes, _name: str | None = None, **_: object) -> str:
    """Start a process in a session of its own that outlives the work; its id goes to a file."""
    child = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(3600)"], start_new_session=True
    )
    Path(os.fsdecode(source)).write_text(str(child.pid), encoding="ascii")
    return "done"


def leave_a_grandchild_and_hang(source: str | bytes, name: str | None = None, **_: object) -> str:
    leave_a_grandchild(source, name)
    return hang(source)


def fork_and_return(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    """Return twice, once in a copy of the process."""
    return "copy" if os.fork() == 0 else "original"


def leave_a_thread(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
    return str(os.getpid())


def leave_a_note_and_hang(source: str | bytes, _name: str | None = None, **_: object) -> str:
    """As ``hang``, but the process id goes to a file beside the document first."""
    path = Path(os.fsdecode(source))
    note = path.with_suffix(".new")
    note.write_text(str(os.getpid()), encoding="ascii")
    note.rename(path.with_suffix(".pid"))
    return hang(source)


def read_as_nobody(source: str | bytes, name: str | None = None, **_: object) -> str:
    """Read the document without the rights of the administrator who runs the tests."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setegid(65534)
        os.seteuid(65534)
    return readers.read(source, name=name).text


def many_pages(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    """Takes two seconds, and says beforehand that there are a hundred pages."""
    report_pages(100)
    time.sleep(2)
    return "done"


def turn_pages(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    """Three pages, each read long enough to be seen."""
    for page in (1, 2, 3):
        report_page(page, 3)
        time.sleep(0.1)
    return "done"


def crash_second_time(_source: str | bytes, _name: str | None = None, **_: object) -> str:
    """The first document breaks the process for the next."""
    if hasattr(crash_second_time, "broken"):
        os.kill(os.getpid(), signal.SIGKILL)
    crash_second_time.broken = True  # type: ignore[attr-defined]
    return "done"


def note_and_do(source: str | bytes, name: str | None = None, *, note: str) -> str:
    """Write its name down, a line in the file ``note``, take a moment, and do as it says."""
    with Path(note).open("a", encoding="utf-8") as file:
        file.write(f"{name}\n")
    time.sleep(0.02)
    word = Path(name or "").stem.partition("-")[0]
    return BY_NAME.get(word, echo)(source, name)


def title_or_do(source: str | bytes, name: str | None = None, **_: object) -> str:
    """The title of a document, and who read it, unless its name says something else to do."""
    word = Path(os.fsdecode(source)).stem.partition("-")[0]
    if word in BY_NAME:
        return BY_NAME[word](source, name)
    plan = importlib.import_module("tdkt_parse.pipeline").parse(source, name=name)
    return f"{os.getpid()} {plan.title.text}"


BY_NAME: dict[str, sandbox.Work] = {
    "hang": hang,
    "spin": spin,
    "exit": exit_quietly,
    "segv": read_address_zero,
    "abort": abort,
    "flood": flood_output,
    "giant": flood_result,
    "eat": eat_memory,
    "child": eat_memory_in_a_child,
    "stray": leave_a_grandchild_and_hang,
    "memory": raise_memory_error,
    "defect": raise_value_error,
    "locked": raise_encrypted,
    "note": leave_a_note_and_hang,
    "forbidden": read_as_nobody,
}


def by_name(source: str | bytes, name: str | None = None, **options: object) -> str:
    """What the first word of the file's name says, else ``echo``."""
    word = Path(os.fsdecode(source)).stem.partition("-")[0]
    return BY_NAME.get(word, echo)(source, name, **options)


# -- a pipeline


EVIDENCE: dict[str, Any] = {"spans": [[0, 7]], "text": "ke hoac", "rule": "fake"}
NASTY = "a\x1b[2Jb [red]c[/red] | <script>d</script> \u202ee\x9bf"


def sample_plan(title: str = "Công tác năm 2024", **changes: Any) -> Plan:
    """A plan with something of everything that is printed."""

    def text(words: str) -> dict[str, Any]:
        return {"text": words, "evidence": EVIDENCE}

    def number(serial: str, symbol: str) -> dict[str, Any]:
        return {"serial": serial, "symbol": symbol, "canonical": f"{serial}/{symbol}"}

    timing = {"text": "Trước 15/3/2024", "end": "2024-03-15"}
    values: dict[str, Any] = {
        "source": {"sha256": "0" * 64, "media_type": "text/plain", "reader": "fake"},
        "kind": "Kế hoạch",
        "number": {**number("23", "KH-UBND"), "evidence": EVIDENCE},
        "issuer": {"name": "UBND XÃ TÂN LẬP", "parent": "HUYỆN BẮC SƠN", "evidence": EVIDENCE},
        "date": {"year": 2024, "month": 1, "evidence": EVIDENCE},
        "title": text(title),
        "years": [2024],
        "legal_bases": [
            {"verb": "Căn cứ", "text": "Luật …", "citations": [0, 1], "evidence": EVIDENCE},
            {"verb": "Thực hiện", "text": "lời dặn", "evidence": EVIDENCE},
        ],
        "citations": [
            {"kind": "Luật", "number": number("06", "2022/QH15"), "evidence": EVIDENCE}
            | {"date": {"year": 2022, "month": 6, "day": 5}},
            {"kind": "Luật", "title": "Thi đua, Khen thưởng", "evidence": EVIDENCE},
        ],
        "purpose": [text("Nâng cao nhận thức.")],
        "tasks": [
            {"quarters": [2], "content": "Sơ kết công tác", "evidence": EVIDENCE},
            {"quarters": [1], "ordinal": "1", "content": "Phát động phong trào thi đua"}
            | {
                "lead": ["UBND xã"],
                "support": ["Các thôn"],
                "timing": timing,
                "evidence": EVIDENCE,
            },
            {"content": "Việc quanh năm", "evidence": EVIDENCE},
        ],
        "diagnostics": [{"rule": "number.blank", "level": "warning", "message": "Số để trống"}],
    }
    return Plan.model_validate({**values, **changes})


class ExplainedLine(NamedTuple):
    """As the pipeline's."""

    number: int
    text: str
    zone: str
    rule: str
    score: float | None


class Explanation(NamedTuple):
    """As the pipeline's."""

    plan: Plan
    lines: list[ExplainedLine]


def parse(source: str | bytes, *, name: str | None = None, **_: object) -> Plan:
    """Do what the file's name says, else give a plan that has the name for its title."""
    word = "" if isinstance(source, bytes) else Path(source).stem.partition("-")[0]
    if word in BY_NAME:
        BY_NAME[word](source, name)
    elif isinstance(source, str):
        readers.read(source)
    return sample_plan(NASTY if word == "nasty" else f"Tên {word or 'stdin'}")


def explain(source: str | bytes, *, name: str | None = None, **_: object) -> Explanation:
    line = ExplainedLine(1, NASTY, "preface", "heading.title", 0.5)
    return Explanation(parse(source, name=name), [line])


def pipeline() -> types.ModuleType:
    """To be put in the place of ``tdkt_parse.pipeline``."""
    module = types.ModuleType("tdkt_parse.pipeline")
    module.__dict__.update(parse=parse, explain=explain)
    return module


def main() -> None:
    """``tdkt`` with the pipeline of this file."""
    from tdkt_parse.__main__ import main as run

    sys.modules["tdkt_parse.pipeline"] = pipeline()
    run()


if __name__ == "__main__":
    main()
