from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.language import times
from dateline.language.en import dategrammar
from dateline.language.en.passages import passages
from dateline.language.en.tokens import tokenize
from dateline.language.times import (
    Bound,
    Calendar,
    Decade,
    Form,
    Range,
    Relative,
    Season,
    Shift,
    Unresolvable,
    Weekday,
    Weekend,
    Window,
)
from dateline.records import Report


def dates(text: str) -> list[tuple[str, Form]]:
    report = Report(text=text)
    tokens = tokenize(text)
    grammar = dategrammar.DateGrammar()
    found = dategrammar.find(report, tokens, passages(report, tokens))
    return [(text[m.start : m.end], grammar.parse(m.norm)) for m in found]


@pytest.mark.parametrize(
    ("text", "quote", "form"),
    [
        ("It fell on Friday.", "on Friday", Weekday(4)),
        ("It fell last Tuesday evening.", "last Tuesday evening", Weekday(1, "last")),
        ("It fell before dawn on Monday, they say.", "before dawn on Monday", Weekday(0)),
        ("It fell yesterday.", "yesterday", Relative("day", -1)),
        ("It fell overnight.", "overnight", Relative("day", 0, eve=True)),
        ("It fell last month.", "last month", Relative("month", -1)),
        ("It fell three weeks ago.", "three weeks ago", Relative("week", -3)),
        ("It fell 48 hours ago.", "48 hours ago", Relative("day", -2)),
        ("It fell earlier this week.", "earlier this week", Relative("week", 0, until_now=True)),
        ("It began on Sept. 30 in the hills.", "on Sept. 30", Calendar(None, 9, 30)),
        ("It fell on 17 July 2016.", "on 17 July 2016", Calendar(2016, 7, 17)),
        ("It fell on July 17, 2016.", "on July 17, 2016", Calendar(2016, 7, 17)),
        ("It fell on the evening of Monday 2 December.", "on the evening of Monday 2 December", Calendar(None, 12, 2)),
        ("It fell in July 2016.", "in July 2016", Calendar(2016, 7)),
        ("It fell in early 2015.", "in early 2015", Calendar(2015, part="early")),
        ("It fell in 2014.", "in 2014", Calendar(2014)),
        ("It fell on 2016-07-17.", "2016-07-17", Calendar(2016, 7, 17)),
        ("It fell on 31 February.", "on 31 February", Calendar(None, 2, 31)),
        ("It raged in the early 1990s.", "the early 1990s", Decade(1990, "early")),
        ("It raged in recent days.", "in recent days", Window("day")),
        ("It raged over the past three weeks.", "over the past three weeks", Window("week", 3)),
        ("It will be in the coming days.", "in the coming days", Window("day", None, True)),
        ("Four raids since Sunday were counted.", "since Sunday", Bound("since", Weekday(6))),
        ("It lasts until 15 May.", "until 15 May", Bound("until", Calendar(None, 5, 15))),
        ("It fell the next day.", "the next day", Shift("day", 1)),
        ("It fell two days later.", "two days later", Shift("day", 2)),
        ("It fell two days after the raid.", "two days after", Shift("day", 2, onward=True)),
        ("It fell the day before in Kara.", "the day before", Shift("day", -1)),
        ("It fell on 3 May last year.", "on 3 May last year", Calendar(None, 5, 3, which="year-1")),
        ("It fell on New Year's Eve.", "New Year's Eve", Calendar(None, 12, 31)),
        ("He recalled the 2003 Kara blasts.", "the 2003", Calendar(2003)),
        ("It fell last spring.", "last spring", Season(1, None, -1)),
        ("It fell over the weekend.", "over the weekend", Weekend(0)),
        (
            "It raged from 3 May to 9 June 2015.",
            "from 3 May to 9 June 2015",
            Range(Calendar(None, 5, 3), Calendar(2015, 6, 9)),
        ),
        ("It raged on 3-5 May.", "on 3-5 May", Range(Calendar(None, 5, 3), Calendar(None, 5, 5))),
    ],
)
def test_expressions(text: str, quote: str, form: Form) -> None:
    assert dates(text) == [(quote, form)]


@pytest.mark.parametrize(
    "text",
    ["They may march again.", "He is 34.", "Route 40 was cut.", "KABUL, June 3 (Wire) - A bomb went off."],
)
def test_no_expression(text: str) -> None:
    assert dates(text) == []


forms = st.recursive(
    st.one_of(
        st.builds(Weekday, st.integers(0, 6), st.sampled_from(["near", "last", "next"])),
        st.builds(Relative, st.sampled_from(times.UNITS), st.integers(-99, 99), st.booleans(), st.booleans()),
        st.builds(Calendar, st.none() | st.integers(1800, 2099), st.none() | st.integers(1, 12), st.none()),
        st.builds(Window, st.sampled_from(times.UNITS), st.none() | st.integers(1, 99), st.booleans()),
        st.just(Unresolvable()),
    ),
    lambda inner: st.builds(Bound, st.sampled_from(["since", "until"]), inner) | st.builds(Range, inner, inner),
    max_leaves=3,
)


@given(forms)
def test_a_norm_reads_back(form: Form) -> None:
    assert times.parse(times.dump(form)) == form


@given(st.text(max_size=40))
def test_a_foreign_norm_is_unresolvable(norm: str) -> None:
    assert isinstance(times.parse(norm), Unresolvable)


@given(st.text(max_size=80))
def test_any_text_is_read_without_error(text: str) -> None:
    for quote, _ in dates(text):
        assert quote in text
