from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.said import read

from dateline.labels import Basis, Certainty, PassageKind
from dateline.language.en.dategrammar import DateGrammar
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
from dateline.records import Code, Place, Report, Statement, Surety, When
from dateline.resolve.dates import DateResolver
from dateline.resolve.days import Setting
from dateline.resolve.intervals import interval

TUESDAY = date(2015, 11, 17)


def days(form: Form, *, ahead: bool = False, context: date | None = None) -> str:
    found = interval(form, Setting(TUESDAY, context, ahead))
    return f"{found.earliest or '..'}/{found.latest or '..'}"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (Weekday(1), "2015-11-17/2015-11-17"),
        (Weekday(4), "2015-11-13/2015-11-13"),
        (Weekday(1, "last"), "2015-11-10/2015-11-10"),
        (Weekday(1, "next"), "2015-11-24/2015-11-24"),
        (Relative("day", -1), "2015-11-16/2015-11-16"),
        (Relative("day", 0, eve=True), "2015-11-16/2015-11-17"),
        (Relative("day", -10), "2015-11-07/2015-11-07"),
        (Relative("week", -1), "2015-11-09/2015-11-15"),
        (Relative("week", 0, until_now=True), "2015-11-16/2015-11-17"),
        (Relative("month", -1), "2015-10-01/2015-10-31"),
        (Relative("year", 1), "2016-01-01/2016-12-31"),
        (Calendar(None, 9, 30), "2015-09-30/2015-09-30"),
        (Calendar(None, 11, 26), "2015-11-26/2015-11-26"),
        (Calendar(None, 12, 30), "2015-12-30/2015-12-30"),
        (Calendar(None, 3, 1), "2015-03-01/2015-03-01"),
        (Calendar(2016, 7, 17), "2016-07-17/2016-07-17"),
        (Calendar(2016, 2), "2016-02-01/2016-02-29"),
        (Calendar(2014), "2014-01-01/2014-12-31"),
        (Calendar(2015, part="early"), "2015-01-01/2015-04-30"),
        (Calendar(2015, 2, part="late"), "2015-02-21/2015-02-28"),
        (Calendar(None, 9, 30, which="year-1"), "2014-09-30/2014-09-30"),
        (Calendar(None, 2, 31), "../.."),
        (Calendar(2015, 2, 29), "../.."),
        (Decade(1990, "early"), "1990-01-01/1994-12-31"),
        (Season(1), "2015-03-01/2015-05-31"),
        (Season(0, 2014), "2013-12-01/2014-02-28"),
        (Weekend(0), "2015-11-14/2015-11-15"),
        (Window("day"), "../2015-11-17"),
        (Window("day", None, True), "2015-11-17/.."),
        (Window("week", 3), "2015-10-27/2015-11-17"),
        (Window("month", 1), "2015-10-17/2015-11-17"),
        (Bound("since", Weekday(6)), "2015-11-15/2015-11-17"),
        (Bound("until", Calendar(None, 11, 26)), "2015-11-17/2015-11-26"),
        (Bound("before", Calendar(2014)), "../2013-12-31"),
        (Range(Calendar(None, 5, 1), Calendar(2015, 10, 31)), "2015-05-01/2015-10-31"),
        (Range(Calendar(None, 12, 20), Calendar(2015, 1, 5)), "2014-12-20/2015-01-05"),
        (Shift("day", 1), "../.."),
        (Offset("day", 2, Weekday(4)), "2015-11-15/2015-11-15"),
        (Offset("week", 1, Weekday(4)), "2015-11-16/2015-11-22"),
        (Offset("day", 1, Range(Calendar(2015, 5, 3), Calendar(2015, 5, 5))), "2015-05-04/2015-05-06"),
        (Nth("quarter", 3), "2015-07-01/2015-09-30"),
        (Nth("quarter", 4), "2015-10-01/2015-12-31"),
        (Nth("half", -1), "2015-07-01/2015-12-31"),
        (Nth("quarter", 7), "../.."),
        (Nth("week", 1, Calendar(2015, 5)), "2015-05-01/2015-05-07"),
        (Nth("week", -1, Calendar(2015, 5)), "2015-05-25/2015-05-31"),
        (Nth("week", 9, Calendar(2015, 5)), "../.."),
        (Nth("week", 0, Calendar(2015, 3, 6)), "2015-03-02/2015-03-08"),
        (Nth("half", 2, Calendar(2015, 2)), "2015-02-15/2015-02-28"),
        (Nth("thursday", 4, Calendar(None, 11)), "2015-11-26/2015-11-26"),
        (Nth("day", -1, Relative("year", 0)), "2015-12-31/2015-12-31"),
        (Relative("quarter", -1), "2015-07-01/2015-09-30"),
        (Relative("decade", -1), "2000-01-01/2009-12-31"),
        (Century(20), "1901-01-01/2000-12-31"),
        (Easter(), "2015-04-05/2015-04-05"),
        (Easter(-2, 2019), "2019-04-19/2019-04-19"),
        (Calendar(None, 7, 4, weekday=5), "2015-07-04/2015-07-04"),
        (Weekday(4, "next"), "2015-11-20/2015-11-27"),
        (Moment(Weekday(4), "EV"), "2015-11-13/2015-11-13"),
        (Toward("ahead", Weekday(4)), "2015-11-20/2015-11-20"),
        (Toward("back", Calendar(None, 12, 30)), "2014-12-30/2014-12-30"),
        (Toward("back", Calendar(None, 11, 20)), "2015-11-20/2015-11-20"),
        (Range(Weekday(0), Weekday(2)), "2015-11-09/2015-11-11"),
        (Toward("ahead", Range(Weekday(3), Weekday(6))), "2015-11-19/2015-11-22"),
        (Bound("from", Weekday(6)), "2015-11-15/2015-11-17"),
        (Bound("before", Calendar(2016, 5, part="end")), "2015-11-17/2016-05-31"),
        (Duration("week", 3), "../.."),
        (Every("week", 1, 4), "../.."),
        (Unresolvable(), "../.."),
        (Unresolvable("present"), "../.."),
        (Unresolvable("past"), "../2015-11-17"),
        (Window("week", 3, more=True), "../2015-11-17"),
        (Unresolvable(why="calendar:Islamic"), "../.."),
    ],
)
def test_intervals(form: Form, expected: str) -> None:
    assert days(form) == expected


def test_what_is_planned_looks_ahead() -> None:
    assert days(Weekday(4), ahead=True) == "2015-11-20/2015-11-20"
    assert days(Calendar(None, 3, 1), ahead=True) == "2016-03-01/2016-03-01"


def test_a_shift_counts_from_the_day_the_text_speaks_of() -> None:
    assert days(Shift("day", 1), context=date(2015, 9, 30)) == "2015-10-01/2015-10-01"


@pytest.mark.parametrize(
    "form", [Weekday(1), Relative("month", -1), Calendar(None, 9, 30), Weekend(0), Window("week", 2)]
)
def test_without_a_publication_date_nothing_relative_resolves(form: Form) -> None:
    found = interval(form, Setting(None))
    assert (found.earliest, found.latest) == (None, None)
    assert found.why


forms = st.one_of(
    st.builds(Weekday, st.integers(0, 6), st.sampled_from(["near", "last", "next"])),
    st.builds(Relative, st.sampled_from(["day", "week", "month", "year"]), st.integers(-400, 400), st.booleans()),
    st.builds(
        Calendar, st.none() | st.integers(1, 9999), st.none() | st.integers(1, 12), st.none() | st.integers(1, 31)
    ),
    st.builds(Window, st.sampled_from(["day", "week", "month", "year"]), st.none() | st.integers(0, 99), st.booleans()),
    st.builds(Season, st.integers(0, 3), st.none() | st.integers(1, 9999), st.integers(-1, 1)),
    st.builds(Weekend, st.integers(-1, 1)),
)


@given(forms, st.none() | st.dates(), st.booleans(), st.sampled_from(["", "since", "until", "before", "after"]))
def test_bounds_are_in_order_and_nothing_raises(form: Form, anchor: date | None, ahead: bool, bound: str) -> None:
    found = interval(Bound(bound, form) if bound else form, Setting(anchor, None, ahead))
    assert found.why
    assert found.earliest is None or found.latest is None or found.earliest <= found.latest


@given(st.integers(0, 6), st.dates(min_value=date(1, 1, 9), max_value=date(9999, 12, 20)))
def test_a_weekday_is_that_weekday_within_a_week(day: int, anchor: date) -> None:
    found = interval(Weekday(day), Setting(anchor))
    assert found.earliest is not None
    assert found.earliest.weekday() == day
    assert anchor - timedelta(days=6) <= found.earliest <= anchor


def test_two_days_after_something_dates_what_stands_behind() -> None:
    form = Shift("day", 2, onward=True)
    behind = interval(form, Setting(TUESDAY, TUESDAY, behind=True))
    assert behind.earliest == behind.latest == date(2015, 11, 15)
    assert not interval(form, Setting(TUESDAY, TUESDAY)).known


def statement(
    report: Report, word: str, sub: str, quote: str = "", certainty: Certainty = Certainty.STATED
) -> Statement:
    start = report.text.index(word)
    span = report.span(start, start + len(word))
    when = None
    if quote:
        at = report.text.index(quote)
        when = When(spans=(report.span(at, at + len(quote)),), rule="test.v1")
    first = report.text.rfind("\n", 0, start) + 1
    last = report.text.find("\n", start)
    return Statement(
        report_id=report.id,
        sentence=report.span(first, len(report.text) if last < 0 else last),
        trigger=(span,),
        event=Code(scheme="plover", code="ASSAULT", spans=(span,), rule="test.v1"),
        sub_event=Code(scheme="acled", code=sub, spans=(span,), rule="test.v1"),
        certainty=Surety(label=certainty, basis=Basis.DEFAULT, rule="test.v1"),
        date=when,
    )


TEXT = "Rebels shelled Kara on Friday.\nThe shelling went on the next day.\nAnother blast hit Kara.\nMore shells fell."


def resolved(published: date | None) -> tuple[Statement, ...]:
    report, annotation = read(TEXT, published)
    made = (
        statement(report, "shelled", "Shelling", "on Friday"),
        statement(report, "shelling", "Shelling", "the next day"),
        statement(report, "blast", "Bomb"),
        statement(report, "fell", "Shelling"),
    )
    return DateResolver(DateGrammar()).resolve(report, annotation, made)


def test_the_resolver_sets_bounds_anchor_and_why() -> None:
    first, second, blast, later = resolved(TUESDAY)
    assert first.date is not None
    assert (first.date.edtf, first.date.anchor, first.date.basis) == ("2015-11-13", "published 2015-11-17", Basis.TEXT)
    assert first.date.why
    assert second.date is not None
    assert second.date.edtf == "2015-11-14"
    assert blast.date is None
    assert later.date is not None
    assert (later.date.edtf, later.date.basis) == ("2015-11-14", Basis.CONTEXT)
    assert later.date.spans[0].quote == "the next day"


def test_an_expression_lent_means_the_days_it_means_where_it_stands() -> None:
    report, annotation = read(TEXT, TUESDAY)
    first = statement(report, "shelled", "Shelling", "on Friday")
    second = statement(report, "shelling", "Shelling", "the next day")
    lent = statement(report, "blast", "Bomb", "the next day")
    assert lent.date is not None
    lent = replace(lent, date=replace(lent.date, basis=Basis.CONTEXT))
    *_, found = DateResolver(DateGrammar()).resolve(report, annotation, (first, second, lent))
    assert found.date is not None
    assert (found.date.edtf, found.date.basis) == ("2015-11-14", Basis.CONTEXT)
    *_, alone = DateResolver(DateGrammar()).resolve(report, annotation, (first, lent))
    assert alone.date is not None and alone.date.edtf == "2015-11-14"


@pytest.mark.parametrize(("here", "there", "kept"), [("SYR", "FRA", False), ("SYR", "SYR", True), (None, "FRA", True)])
def test_a_day_is_not_lent_from_another_country(here: str | None, there: str | None, kept: bool) -> None:
    report, annotation = read("Gunmen raided a hall on Friday.\nThe strike hit a depot.", TUESDAY)
    first = statement(report, "raided", "Attack", "on Friday")
    second = statement(report, "hit", "Air", "on Friday")
    assert second.date is not None
    second = replace(second, date=replace(second.date, basis=Basis.CONTEXT))

    def at(s: Statement, word: str, country: str | None) -> Statement:
        start = report.text.index(word)
        where = Place(name=word, spans=(report.span(start, start + len(word)),), rule="test.v1", country=country)
        return replace(s, places=(where,))

    made = at(first, "hall", there), at(second, "depot", here)
    *_, found = DateResolver(DateGrammar()).resolve(report, annotation, made)
    assert (found.date is not None) is kept


def test_without_a_publication_date_the_expression_is_kept() -> None:
    first, second, blast, later = resolved(None)
    assert first.date is not None
    assert (first.date.edtf, first.date.spans[0].quote) == (None, "on Friday")
    assert second.date is not None
    assert second.date.edtf is None
    assert blast.date is None
    assert later.date is None


def dated(text: str, *words: tuple[str, str, str]) -> list[str | None]:
    report, annotation = read(text, TUESDAY)
    made = tuple(statement(report, word, sub, quote) for word, sub, quote in words)
    found = DateResolver(DateGrammar()).resolve(report, annotation, made)
    return [s.date.edtf if s.date else None for s in found]


def test_a_death_of_no_stated_kind_has_the_day_of_the_attack_before() -> None:
    text = "A bomb went off on Friday.\nFour people died.\nTwo men were held."
    assert dated(text, ("went off", "Bomb", "on Friday"), ("died", "Attack", ""), ("held", "Arrests", "")) == [
        "2015-11-13",
        "2015-11-13",
        None,
    ]


def test_an_attack_of_a_stated_kind_is_not_one_told_long_before_without_its_kind() -> None:
    text = "Men attacked on Friday.\n" + "It rained. " * 40 + "\nA bomb went off."
    assert dated(text, ("attacked", "Attack", "on Friday"), ("went off", "Bomb", "")) == ["2015-11-13", None]


def test_a_headline_has_the_day_of_the_text() -> None:
    report, annotation = read("Bomb kills four\n\nA bomb killed four people on Friday.", TUESDAY)
    head = replace(statement(report, "Bomb", "Bomb"), passage=PassageKind.HEADLINE)
    lead = statement(report, "bomb", "Bomb", "on Friday")
    found = DateResolver(DateGrammar()).resolve(report, annotation, (head, lead))[0].date
    assert found is not None
    assert (found.edtf, found.basis) == ("2015-11-13", Basis.CONTEXT)


def test_what_is_demanded_may_have_happened_before() -> None:
    report, annotation = read("They want those arrested on Friday freed.", TUESDAY)
    made = statement(report, "arrested", "Arrests", "on Friday", Certainty.HYPOTHETICAL)
    found = DateResolver(DateGrammar()).resolve(report, annotation, (made,))[0].date
    assert found is not None
    assert found.edtf == "2015-11-13"


def test_days_are_counted_from_the_day_the_dateline_gives() -> None:
    text = "HALAM, Ruvania, Nov 16 (Harbour Wire) - Rebels shelled Kara on Tuesday.\nAnother blast hit Kara today."
    report, annotation = read(text, TUESDAY)
    made = (
        statement(report, "shelled", "Shelling", "on Tuesday"),
        statement(report, "blast", "Bomb", "today"),
    )
    first, second = DateResolver(DateGrammar()).resolve(report, annotation, made)
    assert first.date is not None and second.date is not None
    assert (first.date.edtf, first.date.anchor) == ("2015-11-10", "filed 2015-11-16")
    assert (second.date.edtf, second.date.anchor) == ("2015-11-16", "filed 2015-11-16")


@pytest.mark.parametrize(
    ("filed", "published", "edtf"),
    [
        ("Nov 16, 2015", None, "2015-11-16"),
        ("Nov 16", None, None),
        ("Oct 1", TUESDAY, "2015-11-17"),
        ("Nov 18", TUESDAY, "2015-11-17"),
        ("Nov 31", TUESDAY, "2015-11-17"),
    ],
)
def test_a_dateline_counts_where_its_day_is_known_and_near(
    filed: str, published: date | None, edtf: str | None
) -> None:
    report, annotation = read(f"HALAM, Ruvania, {filed} (Harbour Wire) - Another blast hit Kara today.", published)
    made = statement(report, "blast", "Bomb", "today")
    found = DateResolver(DateGrammar()).resolve(report, annotation, (made,))[0].date
    assert found is not None
    assert found.edtf == edtf


def test_a_dateline_alone_dates_nothing() -> None:
    report, annotation = read("HALAM, Ruvania, Nov 16 (Harbour Wire) - Rebels shelled Kara.", TUESDAY)
    made = statement(report, "shelled", "Shelling")
    assert DateResolver(DateGrammar()).resolve(report, annotation, (made,))[0].date is None


def test_days_are_counted_from_an_earlier_event() -> None:
    text = "A blast hit Kara on Friday.\nTwo days after the blast, rebels shelled the town."
    report, annotation = read(text, TUESDAY)
    first = statement(report, "blast", "Bomb", "on Friday")
    again = text.rindex("blast")
    span = report.span(again, again + len("blast"))
    told = replace(statement(report, "Two", "Bomb", "Two days after"), trigger=(span,), id="")
    shelled = statement(report, "shelled", "Shelling", "Two days after")
    _, same, later = DateResolver(DateGrammar()).resolve(report, annotation, (first, told, shelled))
    assert same.date is not None and later.date is not None
    assert (same.date.edtf, later.date.edtf) == ("2015-11-13", "2015-11-15")
    assert "counted from “blast”" in later.date.why[-1]


def test_a_number_of_days_after_a_dated_event_dates_what_followed() -> None:
    text = "Rebels shelled the town two days after Friday's blast."
    report, annotation = read(text, TUESDAY)
    shelled = statement(report, "shelled", "Shelling", "two days after")
    blast = statement(report, "blast", "Bomb", "Friday's")
    first, second = DateResolver(DateGrammar()).resolve(report, annotation, (shelled, blast))
    assert first.date is not None and second.date is not None
    assert (first.date.edtf, second.date.edtf) == ("2015-11-15", "2015-11-13")


def test_a_day_of_another_calendar_is_kept_as_written_with_the_reason() -> None:
    report, annotation = read("Rebels shelled Kara on 15 Sha'ban 1436.", TUESDAY)
    made = statement(report, "shelled", "Shelling", "on 15 Sha'ban 1436")
    found = DateResolver(DateGrammar()).resolve(report, annotation, (made,))[0].date
    assert found is not None
    assert (found.edtf, found.time_precision, found.date_prec) == (None, None, None)
    assert "Islamic calendar" in found.why[-1]


def test_a_month_is_counted_from_the_month_the_text_speaks_of() -> None:
    text = "Rebels raided Halam on Friday.\nTroops shelled Kara in May.\nThey took it the following month."
    words = ("raided", "Raid", "on Friday"), ("shelled", "Shelling", "in May"), ("took", "Taken", "the following month")
    assert dated(text, *words) == ["2015-11-13", "2015-05-01/2015-05-31", "2015-06-01/2015-06-30"]


def test_two_statements_of_one_day_keep_their_own_rule_and_reason() -> None:
    report, annotation = read("Rebels raided Halam on Friday and shelled Kara.", TUESDAY)
    first = statement(report, "raided", "Raid", "on Friday")
    second = statement(report, "shelled", "Shelling", "on Friday")
    assert second.date is not None
    second = replace(second, date=replace(second.date, rule="other.v1", why=("another reason",)))
    made = DateResolver(DateGrammar()).resolve(report, annotation, (first, second))
    assert [(s.date.rule, str(s.date.edtf)) for s in made if s.date] == [
        ("test.v1", "2015-11-13"),
        ("other.v1", "2015-11-13"),
    ]
    assert made[1].date is not None and made[1].date.why[0] == "another reason"


@pytest.mark.parametrize(
    ("certainty", "edtf"),
    [(Certainty.STATED, "2015-11-01/2015-11-17"), (Certainty.PLANNED, "2015-11-01/2015-11-30")],
)
def test_a_period_that_the_report_falls_in_ends_with_it_for_what_has_been(certainty: Certainty, edtf: str) -> None:
    report, annotation = read("Rebels raided Halam in November 2015.", TUESDAY)
    made = statement(report, "raided", "Raid", "in November 2015", certainty)
    found = DateResolver(DateGrammar()).resolve(report, annotation, (made,))[0].date
    assert found is not None and found.edtf == edtf
