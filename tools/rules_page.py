"""Write the tables of docs/rules.md from the rulebook: `python tools/rules_page.py`. A test keeps the two in step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from dateline.statements.rulebook import REPORT_RULES, SENTENCE_RULES
from dateline.statements.rulebook.base import ReportRule, SentenceRule

PAGE = Path(__file__).parent.parent / "docs" / "rules.md"


def rows(rules: Sequence[SentenceRule] | Sequence[ReportRule]) -> str:
    """A table row a rule."""
    return "".join(f"| `{r.id}` | {r.reason} | {r.source} |\n" for r in rules)


def main() -> None:
    """Replace what stands below each table's head."""
    parts = re.split(r"(?m)(^\|---\|---\|---\|\n)(?:\|.*\n|[A-Z]+\n)*", PAGE.read_text(encoding="utf-8"))
    tables = iter((rows(SENTENCE_RULES), rows(REPORT_RULES)))
    made = "".join(p + next(tables) if p.startswith("|---") else p for p in parts)
    PAGE.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
