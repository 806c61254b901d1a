"""Weekdays of texts that have lost their apostrophes."""

from __future__ import annotations

import pytest
from tests.said import read

from dateline.language.base import MentionKind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The site of Saturdays blast was closed.", ["Saturdays"]),
        ("Tuesdays strike killed ten.", ["Tuesdays"]),
        ("Wednesday's attack killed two.", ["Wednesday's"]),
        ("The market is open on Saturdays only.", []),
        ("They rest Fridays and pray.", []),
        ("Every Mondays call was the same.", []),
        ("Wednesdays, they rest.", []),
        ("That was Sundays", []),
    ],
)
def test_a_weekday_without_its_apostrophe_is_that_day_and_a_habit_is_none(text: str, found: list[str]) -> None:
    _, annotation = read(text)
    assert [text[m.start : m.end] for m in annotation.mentions if m.kind is MentionKind.DATE] == found
