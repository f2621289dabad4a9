"""
The table of the rules in ``docs/audit.md`` and ``docs/audit.vi.md``, as ``data/audit.toml`` has it.

``python tests/rules_table.py`` writes it anew; a test says when that was forgotten.
"""

from pathlib import Path

from tdkt_parse.audit.labels import word
from tdkt_parse.audit.rules import rule_rows

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = {"en": DOCS / "audit.md", "vi": DOCS / "audit.vi.md"}
BEGIN, END = "<!-- rules -->\n", "<!-- end of rules -->\n"
HEADS = {
    "en": "| Rule | Name | Level | What it finds | Rests on |",
    "vi": "| Quy tắc | Tên | Mức | Phát hiện | Căn cứ |",
}


def table_of(lang: str) -> str:
    """The rules in their order, a row each."""
    rows = [HEADS[lang], "|---|---|---|---|---|"]
    for row in rule_rows().values():
        title = row.title_vi if lang == "vi" else row.title_en
        cells = (row.id, f"`{row.name}`", word(row.level, lang), title, row.locator)
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows) + "\n"


def with_table(page: str, lang: str) -> str:
    """A page with the table in the place of the one it has."""
    before, _, rest = page.partition(BEGIN)
    _, found, after = rest.partition(END)
    assert found, f"no {BEGIN.strip()} … {END.strip()}"
    return before + BEGIN + table_of(lang) + END + after


if __name__ == "__main__":
    for lang, path in PAGES.items():
        path.write_text(with_table(path.read_text(encoding="utf-8"), lang), encoding="utf-8")
