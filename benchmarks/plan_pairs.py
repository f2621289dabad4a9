"""
How well tasks of two years are matched, and what changed in them is told.

    python benchmarks/plan_pairs.py [--pairs N] [--seed N] [--split dev|test] [--like L] [--sweep]

The plan of the second year is made of a generated one by edits that are known: years go on by one,
tasks are put in another order, dropped, dropped and followed by another that is much like them
(``Sơ kết`` by ``Tổng kết``), added out of plans of other seeds, worded otherwise, moved to another
quarter, given to another lead, due on another day. Counted are pairs, and of the pairs
that are right each kind of change. ``--sweep`` shows the pairs for several thresholds: ``LIKE`` in
``compare.matching`` was chosen on the dev split; figures are of the test split, whose wordings were
not looked at.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "corpus"))

from generator.compose import compose  # noqa: E402 - the corpus is no package
from generator.phrasebook import Split  # noqa: E402
from tdkt_parse.compare.differences import Changed, changes_between  # noqa: E402
from tdkt_parse.compare.matching import LIKE, folded, pair_tasks  # noqa: E402
from tdkt_parse.models import Evidence, Task, Timing  # noqa: E402

THRESHOLDS = (40, 45, 50, 55, 58, 60, 62, 65, 68, 70, 75, 80, 90)
SAME_IN_OTHER_WORDS = (
    ("Tổ chức", "Tiến hành tổ chức"), ("Xây dựng", "Soạn thảo"), ("Ban hành", "Xây dựng, ban hành"),
    ("Phát động", "Tiếp tục phát động"), ("Tham mưu", "Chủ động tham mưu"),
    ("báo cáo", "báo cáo kết quả"),
    ("công tác thi đua, khen thưởng", "công tác TĐKT"), ("thi đua", "thi đua yêu nước"),
    ("điển hình tiên tiến", "gương điển hình tiên tiến"), ("kế hoạch", "chương trình, kế hoạch"),
    ("tổng kết", "tổng kết, đánh giá"), ("Kiểm tra", "Kiểm tra, giám sát"), ("hồ sơ", "bộ hồ sơ"),
    ("phong trào", "các phong trào"), ("đề nghị", "trình"),
    ("Tuyên truyền", "Tăng cường tuyên truyền"),
)  # fmt: skip
TAILS = (
    " theo quy định", " theo hướng dẫn của cấp trên", ", bảo đảm thiết thực, hiệu quả",
    " trên địa bàn", ", gửi về cơ quan thường trực tổng hợp", " và các văn bản hướng dẫn thi hành",
)  # fmt: skip
ANOTHER = (
    ("ơ kết", "ổng kết"), ("ổng kết", "ơ kết"), ("Phát động", "Tổng kết"), ("tập thể", "cá nhân"),
    ("Báo cáo", "Góp ý dự thảo báo cáo"), ("Kiểm tra", "Giải trình kết luận kiểm tra"),
    ("Huân chương Lao động", "Bằng khen của Bộ"), ("Tuyên truyền", "Tập huấn tuyên truyền viên"),
)  # fmt: skip
"""Words that make another task of one: what is dropped may come back as its likeness only."""
LEADS = ("Văn phòng", "Phòng Tài chính - Kế hoạch", "Ban Tuyên giáo", "Công đoàn cơ sở")
MARKS = str.maketrans("ầộửớễị", "âôươêi")


@dataclass
class Counts:
    """Pairs and changes that are right, that are too many, that were missed."""

    right: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def row(self, name: str) -> str:
        """A line of the table."""
        right, extra, missed = self.right[name], self.extra[name], self.missed[name]
        precision = right / (right + extra) if right + extra else 1.0
        recall = right / (right + missed) if right + missed else 1.0
        figures = f"{right:6} {extra:6} {missed:6}   {precision:7.2%} {recall:7.2%}"
        return f"{name:12} {figures}"


@dataclass
class Edited:
    """Two years of a plan: the tasks, which is which, and what changed in each."""

    old: list[Task]
    new: list[Task]
    truth: dict[int, int]
    """The place in the second year of each task of the first that is in both."""
    changes: dict[int, set[Changed]]
    """What changed, by the place in the first year."""


def task_of(row: dict[str, Any]) -> Task:
    """A task of a generated answer."""
    timing = row["timing"]
    return Task(
        quarters=row["quarters"],
        ordinal=row["ordinal"],
        content=row["content"],
        lead=row["lead"],
        support=row["support"],
        timing=Timing(**timing) if timing else None,
        evidence=Evidence(spans=[], text=""),
    )


def next_year(text: str) -> str:
    """The years in a text, one later."""
    words = []
    for word in text.split(" "):
        for year in range(2030, 1990, -1):
            word = word.replace(str(year), str(year + 1))
        words.append(word)
    return " ".join(words)


def edit(tasks: Sequence[Task], others: Sequence[Task], dice: Random) -> Edited:
    """The second year of a plan, by edits that are known."""
    changes: dict[int, set[Changed]] = {}
    alike: list[Task] = []
    kept: list[tuple[int, Task]] = []
    for at, task in enumerate(tasks):
        if dice.random() < 0.15:
            other = next((pair for pair in ANOTHER if pair[0] in task.content), None)
            if other is not None:
                alike.append(
                    task.model_copy(update={"content": next_year(task.content.replace(*other, 1))})
                )
            continue
        edited, changed = _edit_one(task, dice)
        changes[at] = changed
        kept.append((at, edited))
    known = {folded(task.content) for task in tasks}
    fresh = [task for task in others if folded(task.content) not in known]
    added = dice.sample(fresh, min(len(fresh), max(1, len(tasks) // 5)))
    mixed: list[tuple[int | None, Task]] = [*kept]
    for task in [*added, *alike]:
        mixed.insert(dice.randrange(len(mixed) + 1), (None, task))
    if dice.random() < 0.3:
        dice.shuffle(mixed)
    truth = {at: place for place, (at, _) in enumerate(mixed) if at is not None}
    return Edited(list(tasks), [task for _, task in mixed], truth, changes)


def _edit_one(task: Task, dice: Random) -> tuple[Task, set[Changed]]:
    content, changed = next_year(task.content), set[Changed]()
    if dice.random() < 0.45:
        content = _reworded(content, dice)
    if dice.random() < 0.1:
        content = content.translate(MARKS)  # As OCR loses them.
    if folded(content) != folded(task.content):
        changed.add("wording")
    values: dict[str, Any] = {"content": content}
    if task.quarters and dice.random() < 0.15:
        values["quarters"] = [task.quarters[0] % 4 + 1]
        if set(values["quarters"]) != set(task.quarters):
            changed.add("quarters")
    if dice.random() < 0.15:
        values["lead"] = [dice.choice([name for name in LEADS if name not in task.lead])]
        changed.add("lead")
    timing = task.timing
    if timing is not None:
        start, end = (day and f"{int(day[:4]) + 1}{day[4:]}" for day in (timing.start, timing.end))
        if end and dice.random() < 0.2:
            other = f"{end[:8]}{int(end[8:]) % 27 + 1:02}"
            changed |= {"deadline"} if other != end else set()
            end = other
        values["timing"] = timing.model_copy(
            update={"text": next_year(timing.text), "start": start, "end": end}
        )
    return task.model_copy(update=values), changed


def _reworded(text: str, dice: Random) -> str:
    fitting = [(one, other) for one, other in SAME_IN_OTHER_WORDS if one in text]
    for one, other in dice.sample(fitting, min(len(fitting), dice.randint(1, 2))):
        text = text.replace(one, other, 1)
    ending = text[-1:] if text[-1:] in ".;" else ""
    bare = text[: len(text) - len(ending)]
    chance = dice.random()
    if chance < 0.35:
        return bare + dice.choice(TAILS) + ending
    if chance < 0.55 and ", " in bare:
        return bare.rpartition(", ")[0] + ending
    return text


def made(split: Split, seed: int) -> list[Task]:
    """The tasks of a generated plan."""
    return [task_of(row) for row in compose(split, seed).answer["tasks"]]


def measure(pairs: Sequence[Edited], like: float) -> Counts:
    """Everything counted over pairs of plans."""
    counts = Counts()
    for one in pairs:
        found = {pair.old: pair.new for pair in pair_tasks(one.old, one.new, like) or ()}
        for at, place in found.items():
            right = one.truth.get(at) == place
            (counts.right if right else counts.extra)["pair"] += 1
            if not right:
                continue
            told = set(changes_between(one.old[at], one.new[place], later=1))
            wanted = one.changes[at]
            counts.right.update(told & wanted)
            counts.extra.update(told - wanted)
            counts.missed.update(wanted - told)
        counts.missed["pair"] += sum(found.get(at) != place for at, place in one.truth.items())
    return counts


def edited_pairs(split: Split, count: int, seed: int) -> list[Edited]:
    """So many pairs that have three tasks at least; the same arguments give the same pairs."""
    dice, pairs, at = Random(seed), list[Edited](), seed * 100_000  # noqa: S311 - to be had again
    while len(pairs) < count:
        tasks, others = made(split, at), [*made(split, at + 1), *made(split, at + 2)]
        if len(tasks) >= 3:
            pairs.append(edit(tasks, others, dice))
        at += 3
    return pairs


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    parser.add_argument("--like", type=float, default=LIKE)
    parser.add_argument("--sweep", action="store_true")
    wanted = parser.parse_args()
    pairs = edited_pairs(wanted.split, wanted.pairs, wanted.seed)
    tasks = sum(len(one.old) for one in pairs)
    print(f"{len(pairs)} pairs of plans, {tasks} tasks in the first of each ({wanted.split})")
    print(f"{'':12} {'right':>6} {'extra':>6} {'missed':>6}   {'prec.':>7} {'recall':>7}")
    if wanted.sweep:
        for like in THRESHOLDS:
            print(f"{like:4}", measure(pairs, like).row("pair"))
        return
    counts = measure(pairs, wanted.like)
    for name in ("pair", "wording", "quarters", "lead", "deadline"):
        print(counts.row(name))


if __name__ == "__main__":
    main()
