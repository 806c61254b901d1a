from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.language import times
from dateline.language.base import Mention, MentionKind
from dateline.language.en import dategrammar
from dateline.language.en.passages import passages
from dateline.language.en.tokens import tokenize
from dateline.language.times import (
    Bound,
    Calendar,
    Century,
    Decade,
    Duration,
    Easter,
    Every,
    Form,
    Moment,
    Nth,
    Offset,
    Range,
    Relative,
    Season,
    Shift,
    Toward,
    Unresolvable,
    Weekday,
    Weekend,
    Window,
)
from dateline.records import Report


def mentions(text: str, kind: MentionKind) -> list[Mention]:
    report = Report(text=text)
    tokens = tokenize(text)
    return [m for m in dategrammar.find(report, tokens, passages(report, tokens)) if m.kind is kind]


def dates(text: str, kind: MentionKind = MentionKind.DATE) -> list[tuple[str, Form]]:
    grammar = dategrammar.DateGrammar()
    return [(text[m.start : m.end], grammar.parse(m.norm)) for m in mentions(text, kind)]


@pytest.mark.parametrize(
    ("text", "quote", "form"),
    [
        ("It fell on Friday.", "on Friday", Weekday(4)),
        ("It fell last Tuesday evening.", "last Tuesday evening", Moment(Weekday(1, "last"), "EV")),
        ("It fell before dawn on Monday, they say.", "before dawn on Monday", Moment(Weekday(0), "MO")),
        ("It fell yesterday.", "yesterday", Relative("day", -1)),
        ("It fell overnight.", "overnight", Relative("day", 0, eve=True)),
        ("It fell last month.", "last month", Relative("month", -1)),
        ("It fell three weeks ago.", "three weeks ago", Relative("week", -3)),
        ("It fell 48 hours ago.", "48 hours ago", Relative("day", -2)),
        ("It fell earlier this week.", "earlier this week", Relative("week", 0, until_now=True)),
        ("It began on Sept. 30 in the hills.", "on Sept. 30", Toward("back", Calendar(None, 9, 30))),
        ("It fell on 17 July 2016.", "on 17 July 2016", Calendar(2016, 7, 17)),
        ("It fell on July 17, 2016.", "on July 17, 2016", Calendar(2016, 7, 17)),
        (
            "It fell on the evening of Monday 2 December.",
            "on the evening of Monday 2 December",
            Toward("back", Moment(Calendar(None, 12, 2, weekday=0), "EV")),
        ),
        ("It fell in July 2016.", "in July 2016", Calendar(2016, 7)),
        ("It fell in early 2015.", "in early 2015", Calendar(2015, part="early")),
        ("It fell in 2014.", "in 2014", Calendar(2014)),
        ("It fell on 2016-07-17.", "2016-07-17", Calendar(2016, 7, 17)),
        ("It fell on 31 February.", "on 31 February", Toward("back", Calendar(None, 2, 31))),
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
        ("It fell on New Year's Eve.", "New Year's Eve", Toward("back", Calendar(None, 12, 31))),
        ("He recalled the 2003 Kara blasts.", "the 2003", Calendar(2003)),
        ("It fell last spring.", "last spring", Season(1, None, -1)),
        ("It fell over the weekend.", "over the weekend", Weekend(0)),
        (
            "It raged from 3 May to 9 June 2015.",
            "from 3 May to 9 June 2015",
            Range(Calendar(None, 5, 3), Calendar(2015, 6, 9)),
        ),
        ("It will open on Friday.", "on Friday", Toward("ahead", Weekday(4))),
        ("It fell at 7:15 p.m. on Friday.", "at 7:15 p.m. on Friday", Moment(Weekday(4), "19:15")),
        ("It fell at 1500 GMT on Friday.", "at 1500 GMT on Friday", Moment(Weekday(4), "15:00")),
        ("It fell at 9 pm QZT on Friday.", "at 9 pm QZT on Friday", Moment(Weekday(4), "21:00", "QZT")),
        ("It fell in the third quarter.", "in the third quarter", Nth("quarter", 3)),
        ("It fell in the first half of 2015.", "in the first half of 2015", Nth("half", 1, Calendar(2015))),
        ("It fell in the first week of May.", "in the first week of May", Nth("week", 1, Calendar(None, 5))),
        ("It fell in the 20th century.", "the 20th century", Century(20)),
        ("It fell last decade.", "last decade", Relative("decade", -1)),
        ("It fell in Kara in 1992-95.", "in 1992-95", Range(Calendar(1992), Calendar(1995))),
        ("The 1996 shelling goes on.", "The 1996", Calendar(1996)),
        ("It fell on 17/11/2015.", "17/11/2015", Calendar(2015, 11, 17)),
        ("It fell on 3/4/2015.", "3/4/2015", Unresolvable(why="order")),
        ("It fell on 12 Rajab.", "on 12 Rajab", Unresolvable(why="calendar:Islamic")),
        ("It fell on Easter Sunday 2016.", "on Easter Sunday 2016", Easter(0, 2016)),
        ("It fell a week ago Friday.", "a week ago Friday", Offset("day", -7, Weekday(4))),
        ("He is now in Kara.", "now", Unresolvable("present")),
        ("It will meet in three days.", "in three days", Relative("day", 3)),
        ("It will end within two weeks.", "within two weeks", Window("week", 2, True)),
        (
            "It ran 30 October - 2 November.",
            "30 October - 2 November",
            Toward("back", Range(Calendar(None, 10, 30), Calendar(None, 11, 2))),
        ),
        ("It raged on 3-5 May.", "on 3-5 May", Toward("back", Range(Calendar(None, 5, 3), Calendar(None, 5, 5)))),
    ],
)
def test_expressions(text: str, quote: str, form: Form) -> None:
    assert dates(text) == [(quote, form)]


@pytest.mark.parametrize(
    "text",
    [
        "They may march again.",
        "He is 34.",
        "Route 40 was cut.",
        "KABUL, June 3 (Wire) - A bomb went off.",
        "He joined Karl and Jan Mayer there.",
        "It was made by Sun Machines there.",
        "They counted 2003 soldiers there.",
        "He paid 2.46 marks at 2.46 the kilo.",
        "Answer as soon as possible.",
        "A second group came.",
    ],
)
def test_no_expression(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    ("text", "quote", "form"),
    [
        ("The siege lasted three weeks.", "lasted three weeks", Duration("week", 3)),
        ("He took the town in three days.", "in three days", Duration("day", 3)),
        ("They spent a year and a half there.", "a year and a half", Duration("year", 1.5)),
        ("They began a two-day visit.", "two-day", Duration("day", 2)),
        ("After a 24-hour truce it fell.", "24-hour", Duration("hour", 24)),
        ("It was a decades-long war.", "decades-long", Duration("decade")),
        ("They waited for months.", "for months", Duration("month")),
        ("They waited a couple of years.", "a couple of years", Duration("year", 2)),
        ("They waited several days.", "several days", Duration("day")),
        ("They meet every day.", "every day", Every("day", 1)),
        ("They meet every two weeks.", "every two weeks", Every("week", 2)),
        ("They meet every other month.", "every other month", Every("month", 2)),
        ("They meet twice a week.", "twice a week", Every("week", 1)),
        ("They meet daily.", "daily", Every("day", 1)),
        ("They meet every Friday.", "every Friday", Every("week", 1, 4)),
        ("They meet on Fridays.", "on Fridays", Every("week", 1, 4)),
    ],
)
def test_lengths_and_sets_date_nothing(text: str, quote: str, form: Form) -> None:
    assert dates(text) == []
    assert dates(text, MentionKind.DURATION) == [(quote, form)]


@pytest.mark.parametrize("text", ["He is 52 years old.", "A 4-year-old boy fled.", "A nine-year old fled."])
def test_an_age_is_no_length(text: str) -> None:
    assert dates(text, MentionKind.DURATION) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("It fell on 15 Sha'ban 1436.", "unread"),
        ("It fell on 3/4/2015.", "unread"),
        ("It fell during Ramadan.", "unresolvable"),
        ("It is now quiet.", "unresolvable"),
        ("It fell on Friday evening.", "weekday"),
    ],
)
def test_labels(text: str, label: str) -> None:
    assert [m.label for m in mentions(text, MentionKind.DATE)] == [label]


def test_a_word_of_order_belongs_to_the_expression_before_it() -> None:
    assert dates("Two days after Friday's raid it fell.") == [
        ("Two days after", Offset("day", 2, Weekday(4))),
        ("Friday's", Weekday(4)),
    ]


def test_a_clock_stays_apart_from_a_day_that_ends_something() -> None:
    found = dates("Shops shut from 9 p.m. to 6 a.m. until 14 May.")
    assert [quote for quote, _ in found] == ["from 9 p.m. to 6 a.m.", "until 14 May"]


@pytest.mark.parametrize(
    ("text", "place", "day", "agency"),
    [
        ("RAQQA, Syria, Nov 17 (Agency) - A bomb went off.", "RAQQA, Syria", Calendar(None, 11, 17), "Agency"),
        ("KABUL, June 3 (Harbour Wire) -- A bomb went off.", "KABUL", Calendar(None, 6, 3), "Harbour Wire"),
        ("NEW HALAM, 3 May 2016 - A bomb went off.", "NEW HALAM", Calendar(2016, 5, 3), None),
        ("HALAM (Harbour Wire) - A bomb went off on Friday.", "HALAM", None, "Harbour Wire"),
        (
            "KURTO, Ruvania (Feb. 9) – Shells fell on Friday.",
            "KURTO, Ruvania",
            Calendar(None, 2, 9),
            None,
        ),
        (
            "For Immediate Release KURTO, Ruvania (March 16, 2011) Shells fell on Friday.",
            "KURTO, Ruvania",
            Calendar(2011, 3, 16),
            None,
        ),
    ],
)
def test_a_dateline_says_where_when_and_for_whom(text: str, place: str, day: Form | None, agency: str | None) -> None:
    found = {m.label: m for m in mentions(text, MentionKind.FILING)}
    assert text[found["place"].start : found["place"].end] == found["place"].norm == place
    assert (times.parse(found["date"].norm) if "date" in found else None) == day
    assert (found["agency"].norm if "agency" in found else None) == agency
    assert len(dates(text)) == ("Friday" in text)


def test_a_day_in_brackets_behind_a_plain_place_is_no_filing() -> None:
    text = "A bomb in Kurto (March 16, 2011) killed two."
    assert not mentions(text, MentionKind.FILING) and len(dates(text)) == 1


forms = st.recursive(
    st.one_of(
        st.builds(Weekday, st.integers(0, 6), st.sampled_from(["near", "last", "next"])),
        st.builds(Relative, st.sampled_from(times.UNITS), st.integers(-99, 99), st.booleans(), st.booleans()),
        st.builds(Calendar, st.none() | st.integers(1800, 2099), st.none() | st.integers(1, 12), st.none()),
        st.builds(Window, st.sampled_from(times.UNITS), st.none() | st.integers(1, 99), st.booleans()),
        st.just(Unresolvable()),
    ),
    lambda inner: (
        st.builds(Bound, st.sampled_from(["since", "until"]), inner)
        | st.builds(Range, inner, inner)
        | st.builds(Moment, inner, st.sampled_from(["MO", "22:30"]))
        | st.builds(Toward, st.sampled_from(["ahead", "back"]), inner)
        | st.builds(Offset, st.sampled_from(times.UNITS), st.integers(-9, 9), inner)
        | st.builds(Nth, st.sampled_from(["week", "quarter"]), st.integers(-1, 4), st.none() | inner)
    ),
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
    for kind in (MentionKind.DATE, MentionKind.DURATION, MentionKind.FILING):
        for quote, _ in dates(text, kind):
            assert quote in text
