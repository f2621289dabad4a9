"""
How fast a register of 500,000 instruments is imported and asked; part ``register`` of speed.py.

The instruments are made up: numbers of 39 provinces and a ministry over twenty years, titles of
the packaged ones with other names and years in them, so that many titles are nearly the same. The
import runs in a process of its own, whose peak of memory is what counts; the questions are asked
here, each of other instruments, and the median and the slowest of a hundred are told.
"""

import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import regex

from rounds import Report
from tdkt_parse.register import Register, open_register, packaged_register

INSTRUMENTS = 500_000

PROVINCES = """
An Giang
Bắc Giang
Bắc Kạn
Bắc Ninh
Bến Tre
Bình Dương
Bình Định
Cà Mau
Cao Bằng
Đắk Lắk
Đắk Nông
Điện Biên
Đồng Nai
Gia Lai
Hà Giang
Hà Nam
Hà Tĩnh
Hậu Giang
Kiên Giang
Kon Tum
Lai Châu
Lạng Sơn
Lào Cai
Long An
Nam Định
Nghệ An
Phú Thọ
Phú Yên
Quảng Nam
Quảng Ninh
Quảng Trị
Sơn La
Tây Ninh
Thái Bình
Thái Nguyên
Tiền Giang
Trà Vinh
Vĩnh Long
Yên Bái
""".strip().splitlines()

HEADER = ("số hiệu", "loại", "trích yếu", "cơ quan ban hành", "ngày ban hành", "ngày hiệu lực")


def instruments(count: int) -> Iterator[tuple[str, ...]]:
    """Rows that can all be, none twice."""
    chance = random.Random(20)  # noqa: S311
    titles = [it.title for it in packaged_register().all() if it.title]
    for number in range(count):
        place = number % (len(PROVINCES) + 1)
        serial, year = divmod(number // (len(PROVINCES) + 1), 20)
        day = f"{2005 + year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        title = chance.choice(titles)
        if chance.random() < 0.25:
            title = f"{title} ({chance.choice(titles).split(',')[0]})"
        if place:
            where = f"tỉnh {PROVINCES[place - 1]}"
            title += f" trên địa bàn {where} năm {2005 + year}"
            yield (
                f"{serial + 1}/{2005 + year}/NQ-HĐND",
                "Nghị quyết",
                title,
                f"HĐND {where}",
                day,
                day,
            )
        else:
            yield (
                f"{serial + 1}/{2005 + year}/TT-BTNMT",
                "Thông tư",
                title,
                "Bộ Tài nguyên và Môi trường",
                day,
                day,
            )


def peak_memory() -> float:
    """The most that this process has held, in MB; what started it does not count."""
    status = Path("/proc/self/status")
    if status.exists():
        found = regex.search(r"VmHWM:\s+(\d+) kB", status.read_text(), timeout=1)
        if found:
            return int(found[1]) / 1000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


IMPORT = """
import sys, time
from pathlib import Path
from tdkt_parse.register.upsert import import_file
start = time.perf_counter()
report = import_file(Path(sys.argv[1]), Path(sys.argv[2]))
assert report.refused == report.conflicting == 0, report.refusals[:3]
from speed_register import peak_memory
print(report.new, time.perf_counter() - start, time.process_time(), peak_memory())
"""


def measure(count: int = INSTRUMENTS) -> Report:
    """The figures, and the lines that show them."""
    with tempfile.TemporaryDirectory() as folder:
        table, file = Path(folder, "made-up.csv"), Path(folder, "register.sqlite")
        with table.open("w", encoding="utf-8", newline="") as sink:
            rows = csv.writer(sink)
            rows.writerow(HEADER)
            rows.writerows(instruments(count))
        done = subprocess.run(
            [sys.executable, "-c", IMPORT, str(table), str(file)],
            check=True,
            cwd=Path(__file__).parent,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        put, seconds, processor, peak = map(float, done.stdout.split())
        size = file.stat().st_size / 1e6
        before = peak_memory()
        register = open_register(file)
        times = ask(register, count)
        grown = peak_memory() - before
        register.close()
    figures = {
        "register, instruments imported": put,
        "register, import, s": seconds,
        "register, import, CPU s": processor,
        "register, import, peak MB": peak,
        "register, file, MB": size,
        "register, look-ups, MB more": grown,
    }
    for name, taken in times.items():
        figures[f"register, {name}, median ms"] = 1000 * median(taken)
        figures[f"register, {name}, slowest ms"] = 1000 * max(taken)
    figures["packaged register, ms to build"] = build()
    return Report(figures)


def ask(register: Register, count: int) -> dict[str, list[float]]:
    """Seconds that each of a hundred questions of each kind took."""
    chance = random.Random(21)  # noqa: S311
    wanted = set(chance.sample(range(count), 100))
    asked = [row for place, row in enumerate(instruments(count)) if place in wanted]
    found = {"fuzzy": 0}

    def nearest(row: tuple[str, ...]) -> None:
        known = register.nearest(misread(row[2], chance), row[1])
        if known is not None and known.title != row[2]:
            raise ValueError(f"{row[2]} was taken for {known.title}")
        found["fuzzy"] += known is not None

    questions: dict[str, Callable[[tuple[str, ...]], object]] = {
        "number": lambda row: register.by_number(row[0], issuer=row[3]),
        "title": lambda row: register.by_title(row[2], row[1]),
        "misread title": nearest,
        "unknown title": lambda row: register.nearest(f"{row[2]} của Sở Tư pháp", row[1]),
        "search": lambda row: register.search(" ".join(row[2].split()[-9:])),
    }
    times: dict[str, list[float]] = {name: [] for name in questions}
    for name, question in questions.items():
        for row in asked:
            start = time.perf_counter()
            answer = question(row)
            times[name].append(time.perf_counter() - start)
            if name in ("number", "title") and not answer:
                raise ValueError(f"{row} was not found by its {name}")
    if found["fuzzy"] < 50:
        raise ValueError(f"of 100 misread titles {found['fuzzy']} were found")
    return times


def misread(title: str, chance: random.Random) -> str:
    """A title in which a letter of one word is read as a digit."""
    words = title.split()
    places = [place for place, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    place = chance.choice(places)
    word = words[place]
    words[place] = f"{word[0]}1{word[2:]}"
    return " ".join(words)


def build(times: int = 7) -> float:
    """Milliseconds to build the packaged register, the quickest of several."""
    from tdkt_parse.register.database import packaged_database

    taken = []
    for _ in range(times):
        start = time.perf_counter()
        packaged_database().close()
        taken.append(time.perf_counter() - start)
    return 1000 * min(taken)


if __name__ == "__main__":
    for name, figure in measure(*map(int, sys.argv[1:])).figures.items():
        print(f"{name:48}{figure:10.2f}")
