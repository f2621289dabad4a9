"""What people say is right, written as gold and measured by."""

import json
from pathlib import Path

from evaluate import evaluate
from tdkt_parse import parse, storing
from tdkt_parse import store as database
from tdkt_parse.export.gold import gold_of

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
TEXTS = sorted(CORPUS.glob("*.txt"))


def test_plans_that_were_confirmed_are_gold_by_which_they_are_right(tmp_path: Path) -> None:
    """As read and confirmed all is right; what somebody corrected is a miss of the program's."""
    db, folder = tmp_path / "plans.sqlite", tmp_path / "gold"
    with database.open_store(db, create=True) as opened:
        for path in TEXTS:
            plan = parse(path)
            database.put(opened, plan, path=str(path))
            database.confirm(opened, plan.source.sha256, author="hoa")
        assert storing.export_corrections(str(folder), flags={"db": str(db)}, confirmed=True) == 0
        assert {path.stem for path in folder.iterdir()} == {path.stem for path in TEXTS}
        score = evaluate(folder, CORPUS)
        assert not score.misses, score.misses
        some = next(path for path in TEXTS if parse(path).tasks)
        sha256 = parse(some).source.sha256
        database.correct(opened, sha256, "/tasks/0", None, action="remove")
        database.correct(opened, sha256, "/title/text", "Trích yếu khác hẳn")
        again = tmp_path / "again"
        storing.export_corrections(str(again), flags={"db": str(db)}, confirmed=True)
        # Corrected after it was confirmed, it waits to be confirmed again.
        assert f"{some.stem}.json" not in {path.name for path in again.iterdir()}
        storing.export_corrections(str(again), flags={"db": str(db)})
        told = json.loads((again / f"{some.stem}.json").read_text(encoding="utf-8"))
        assert told["strict"] is False
        score = evaluate(again, CORPUS)
        assert len(score.misses) > 1


def test_gold_has_the_names_of_the_gold_there_is() -> None:
    for path in TEXTS:
        there = json.loads((CORPUS / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))
        made = gold_of(parse(path), strict=True)
        assert set(there) == set(made)
        for name in ("citations", "tasks", "implementation", "sections"):
            if there[name]:
                assert set(there[name][0]) - {"verdict", "relation"} <= set(made[name][0]), name
