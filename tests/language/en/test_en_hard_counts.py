"""The table of hard counts, row by row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from dateline.language.base import Mention
from dateline.language.en import numbers
from dateline.language.en.passages import passages
from dateline.language.en.tokens import tokenize
from dateline.records import Report

ROWS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("hard_counts.yaml").read_text(encoding="utf-8"))


def over(text: str, words: str) -> list[Mention]:
    """The counts that share a character with the first place of some words."""
    report = Report(text=text)
    tokens = tokenize(text)
    start = text.index(words)
    found = numbers.find(report, tokens, passages(report, tokens))
    return [m for m in found if m.start < start + len(words) and start < m.end]


@pytest.mark.parametrize("row", ROWS, ids=[f"{n}-{r['words']}" for n, r in enumerate(ROWS)])
def test_hard_counts(row: dict[str, Any]) -> None:
    found = over(row["text"], row["words"])
    if row["is"] is False:
        assert not found, row["why"]
        return
    low, high, qualifier, whom = row["is"]
    bounds = ":".join("" if x is None else str(x) for x in (low, high))
    assert [m.norm for m in found] == [f"{bounds}:{qualifier}:{whom}"], row["why"]


def test_the_table_is_as_long_as_it_says() -> None:
    assert len(ROWS) >= 120
    assert all(r["why"] for r in ROWS)
