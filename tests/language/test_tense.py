from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.language.en.tense import direction


def way(text: str) -> str:
    """Which way the clause of "Friday" looks."""
    at = text.index("Friday")
    return direction(text, 0, len(text), (at, at + len("Friday")))


@pytest.mark.parametrize(
    "text",
    [
        "They will meet Friday.",
        "Friday they will meet.",
        "They agreed to meet Friday.",
        "He is expected to be charged Friday.",
        "The talks would still be held Friday.",
        "It will hand over the seized ships Friday.",
        "The meeting is scheduled for Friday.",
        "The truce begins Friday.",
        "They could come as early as Friday.",
        "The summit may be held Friday.",
    ],
)
def test_what_looks_ahead(text: str) -> None:
    assert way(text) == "ahead"


@pytest.mark.parametrize(
    "text",
    [
        "They met Friday.",
        "Friday they met.",
        "They were arrested Friday.",
        "They would appeal the ruling, announced Friday.",
        "He will leave the town that rebels seized Friday.",
        "He said Friday that he will leave.",
        "They have shelled it since Friday.",
    ],
)
def test_what_has_been(text: str) -> None:
    assert way(text) == "back"


@pytest.mark.parametrize(
    "text",
    [
        "A meeting on Friday.",
        "The case is heard Friday.",
        "He managed to flee Friday.",
        "The raid on Friday may be the deadliest of the war.",
        "Jets hit Kara Friday in what might be a new phase.",
        "The raid Friday must have a reason.",
    ],
)
def test_nothing_is_said_where_nothing_decides(text: str) -> None:
    assert way(text) == ""


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_are_judged(before: str, behind: str) -> None:
    assert way(f"{before}Friday{behind}") in ("ahead", "back", "")
