from __future__ import annotations

import pytest
from hypothesis import given
from tests.strategies import texts

from dateline.language.en.tokens import tokenize


def words(text: str) -> list[str]:
    return [t.text for t in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the U.S. Army", ["the", "U.S.", "Army"]),
        ("a U.S.-led raid", ["a", "U.S.-led", "raid"]),
        ("an anti-U.S. march (R-S.C.)", ["an", "anti-U.S.", "march", "(", "R-S.C.", ")"]),
        ("on Sept. 3 Gen. Orlo", ["on", "Sept.", "3", "Gen.", "Orlo"]),
        ("Abd al-Rahman's men", ["Abd", "al-Rahman", "'s", "men"]),
        ("the town’s market", ["the", "town", "’s", "market"]),
        ("1,500 men, 155mm shells", ["1,500", "men", ",", "155mm", "shells"]),
        ("a 25-year-old rebel-held hill", ["a", "25-year-old", "rebel-held", "hill"]),
        ("they didn't fire", ["they", "didn't", "fire"]),
        ("10–15 dead", ["10", "–", "15", "dead"]),
        ("caf\u0065\u0301 blast", ["caf\u0065\u0301", "blast"]),
        ("ten\u00a0men \U0001f4a5 dead", ["ten", "men", "\U0001f4a5", "dead"]),
    ],
)
def test_words_are_cut_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(texts)
def test_every_token_stands_at_its_offsets(text: str) -> None:
    end = 0
    for t in tokenize(text):
        assert text[t.start : t.end] == t.text
        assert t.start >= end
        assert t.lower == t.text.casefold()
        end = t.end


@given(texts)
def test_no_letter_or_digit_is_lost(text: str) -> None:
    covered = {i for t in tokenize(text) for i in range(t.start, t.end)}
    assert all(i in covered for i, c in enumerate(text) if c.isalnum())
