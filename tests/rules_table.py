"""
What the documentation says of the rules, as the code has it.

The table in ``docs/audit.md`` and ``docs/audit.vi.md`` comes from ``data/audit.toml``; the pages
``docs/rules.md`` and ``docs/rules.vi.md`` have the examples of the rules' docstrings too.
``python tests/rules_table.py`` writes them anew; a test says when that was forgotten.
"""

from inspect import cleandoc
from pathlib import Path

from tdkt_parse.audit.examples import Example, examples_of
from tdkt_parse.audit.labels import word
from tdkt_parse.audit.rules import RULES, Check, RuleRow, rule_rows

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


RULE_PAGES = {"en": DOCS / "rules.md", "vi": DOCS / "rules.vi.md"}
OPENINGS = {
    "en": """# The rules of the audit, one by one

Vietnamese: [rules.vi.md](rules.vi.md). How the audit is used: [audit.md](audit.md).

Each rule with what it asks, the provision it rests on, and examples that the tests run: lines of a
plan for emulation and commendation of a district, signed on the day that is given. With ✗ the rule
remarks on the plan, with ✓ it passes it. What a rule says is in
[audit.toml](../src/tdkt_parse/data/audit.toml).
""",
    "vi": """# Từng quy tắc kiểm tra

Tiếng Anh: [rules.md](rules.md). Cách dùng: [audit.vi.md](audit.vi.md).

Mỗi quy tắc gồm điều được xét, căn cứ của quy tắc và các ví dụ được chạy trong bộ kiểm thử: vài
dòng của một kế hoạch thi đua, khen thưởng cấp huyện, ký vào ngày ghi ở trước. Dấu ✗ là có nhận xét,
dấu ✓ là không. Câu chữ của từng quy tắc ở [audit.toml](../src/tdkt_parse/data/audit.toml).
""",
}
RESTS_ON = {"en": "Rests on", "vi": "Căn cứ"}
SIGNED = {"en": "signed", "vi": "ký ngày"}
UNDATED = {"en": "without a date", "vi": "không ghi ngày"}


def rule_page(lang: str) -> str:
    """The page of all rules."""
    rows = rule_rows()
    parts = [OPENINGS[lang], *(_section(rows[rule], check, lang) for rule, check in RULES)]
    return "\n".join(parts)


def _section(row: RuleRow, check: Check, lang: str) -> str:
    title = row.title_vi if lang == "vi" else row.title_en
    says = [saying.vi if lang == "vi" else saying.en for saying in row.sayings.values()]
    lines = [
        f"## {row.id} {title}",
        "",
        f"`{row.name}`, {word(row.level, lang)}. {RESTS_ON[lang]}: {row.locator}.",
        "",
    ]
    if lang == "en":
        lines += [_asked(check), ""]
    lines += [f"> {said}" for said in says[:1]]
    lines += ["", *(_example(example, lang) for example in examples_of(check)), ""]
    return "\n".join(lines)


def _asked(check: Check) -> str:
    """What a rule asks, from its docstring: all before the examples."""
    text = cleandoc(check.__doc__ or "")
    for mark in ("\nPASS ", "\nFAIL "):
        text = text.partition(mark)[0]
    return text.strip()


def _example(example: Example, lang: str) -> str:
    sign = "✓" if example.passes else "✗"
    day = f"{SIGNED[lang]} {example.date}" if example.date else UNDATED[lang]
    return f"- {sign} {day}: {' ⏎ '.join(f'*{line}*' for line in example.lines)}"


if __name__ == "__main__":
    for lang, path in RULE_PAGES.items():
        path.write_text(rule_page(lang), encoding="utf-8")
    for lang, path in PAGES.items():
        path.write_text(with_table(path.read_text(encoding="utf-8"), lang), encoding="utf-8")
