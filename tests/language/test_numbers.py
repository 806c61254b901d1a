from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.language.en import numbers
from dateline.language.en.passages import passages
from dateline.language.en.tokens import tokenize
from dateline.records import Report


def counts(text: str) -> list[tuple[str, str]]:
    report = Report(text=text)
    tokens = tokenize(text)
    found = numbers.find(report, tokens, passages(report, tokens))
    return [(text[m.start : m.end], m.norm.rpartition(":")[0]) for m in found]


@pytest.mark.parametrize(
    ("text", "quote", "norm"),
    [
        ("At least 12 people died.", "At least 12", "12::at_least"),
        ("More than thirty houses burned.", "More than thirty", "30::at_least"),
        ("Nearly 50 villagers fled.", "Nearly 50", "50:50:about"),
        ("Up to 40 gunmen came.", "Up to 40", ":40:at_most"),
        ("Between 10 and 15 men were hurt.", "Between 10 and 15", "10:15:range"),
        ("They freed 10 to 15 captives.", "10 to 15", "10:15:range"),
        ("The raid killed 3-4 guards.", "3-4", "3:4:range"),
        ("Dozens of protesters were held.", "Dozens", "24::vague"),
        ("Several soldiers were missing.", "Several", "3::vague"),
        ("Hundreds of thousands fled.", "Hundreds of thousands", "200000::vague"),
        ("A bomb killed 2,500 cattle.", "2,500", "2500:2500:exact"),
        ("Twenty-one miners were freed.", "Twenty-one", "21:21:exact"),
        ("Two hundred and six boys returned.", "Two hundred and six", "206:206:exact"),
        ("They shot a young policeman.", "a young policeman", "1:1:exact"),
        ("There were no casualties.", "no casualties", "0:0:exact"),
        ("Nobody was hurt.", "Nobody", "0:0:exact"),
        ("Half a dozen shells landed.", "Half a dozen", "6:6:exact"),
        ("Some 1.5 million people left.", "Some 1.5 million", "1500000:1500000:about"),
        ("The blast hurt 30 or more shoppers.", "30 or more", "30::at_least"),
        ("It fell as one of the guards died.", "one", "1:1:exact"),
    ],
)
def test_counts(text: str, quote: str, norm: str) -> None:
    assert (quote, norm) in counts(text)


@pytest.mark.parametrize(
    "text",
    [
        "It happened in 2014.",
        "On 17 July a truce began.",
        "A 15-year sentence was passed.",
        "The village lies 40 kilometres away.",
        "Turnout was 30 percent.",
        "Resolution 1706 was adopted.",
        "At 5 p.m. the siren went.",
        "Ali Karim, 34, was there.",
        "They held Ali Karim, 34; Omar Sade Jr., 7; and a friend.",
        "She was one of the dead.",
        "One of the bridges fell.",
        "The 4th brigade left.",
        "A Su-25 flew over.",
        "They paid 300 dollars.",
    ],
)
def test_numbers_that_count_nobody(text: str) -> None:
    assert counts(text) == []


def test_what_is_counted_is_kept() -> None:
    report = Report(text="At least 12 young soldiers and two tanks were hit.")
    tokens = tokenize(report.text)
    found = list(numbers.find(report, tokens, passages(report, tokens)))
    assert [(m.label, m.norm.rpartition(":")[2]) for m in found] == [("people", "young soldiers"), ("things", "tanks")]


@given(st.integers(min_value=0, max_value=10**9))
def test_numerals_read_back(n: int) -> None:
    assert numbers.value_of(f"{n:,}") == n
    assert numbers.value_of(str(n)) == n


@given(st.text(max_size=80))
def test_any_text_is_read_without_error(text: str) -> None:
    for quote, norm in counts(text):
        assert quote
        low, high = norm.split(":")[:2]
        assert not (low and high) or int(low) <= int(high)


def test_a_number_beyond_all_counting_is_no_count() -> None:
    assert numbers.value_of("1" * 400) is None
    assert numbers.value_of("99999999999999999999") is None
    assert numbers.value_of("7.5 billion") == 7_500_000_000
    assert numbers.value_of("1" + ",111" * 200) is None


@pytest.mark.parametrize("text", ["There are 80 ... left", "Only 12 were ...", "He saw 80 of them .. there"])
def test_dots_behind_a_number_are_no_word(text: str) -> None:
    assert all("." not in norm for _, norm in counts(text))
