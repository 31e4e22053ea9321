"""Every row of the safety table has its rules, and they reach its level."""

from __future__ import annotations

from pathlib import Path

from achemap.triage import load_rules
from achemap.triage.records import RANK


PAGE = Path(__file__).parents[3] / "docs/safety/rows.md"
RULES = load_rules().rules


def rows() -> dict[int, tuple[str, list[str]]]:
    """Return, by row, the highest level it asks for and the rules that cover it."""
    found = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and cells[0].isdigit():
            found[int(cells[0])] = (cells[3], cells[4].split(", "))
    return found


def test_the_page_has_each_row_once() -> None:
    assert sorted(rows()) == list(range(1, 82))
    assert PAGE.read_text().count("\n| ") == 82


def test_each_row_names_the_rules_that_name_it() -> None:
    for number, (level, named) in rows().items():
        covering = sorted(rule.id for rule in RULES.values() if number in rule.rows)
        assert covering == named, number
        assert max(RANK[RULES[one].level] for one in named) >= RANK[level], number


def test_each_rule_stands_on_the_page() -> None:
    named = {one for _, held in rows().values() for one in held}
    assert named == RULES.keys()
