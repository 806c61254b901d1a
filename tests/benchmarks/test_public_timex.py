from __future__ import annotations

from datetime import date

import pytest
from benchmarks.public._timex_values import Spoken, length, type_of, value_of
from benchmarks.public.timex import Document, Timex, answer, errors, read_document, timexes

from dateline.language.times import (
    Calendar,
    Century,
    Decade,
    Duration,
    Every,
    Form,
    Moment,
    Nth,
    Relative,
    Season,
    Shift,
    Unresolvable,
    Weekday,
    Weekend,
    Window,
)
from dateline.resolve.days import Setting
from dateline.resolve.intervals import interval

TUESDAY = date(2015, 11, 17)
TML = b"""<?xml version="1.0"?>
<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2015-11-17" functionInDocument="CREATION_TIME">Nov 17</TIMEX3></DCT>
<TEXT>It fell on <TIMEX3 tid="t1" type="DATE" value="2015-11-13">Friday</TIMEX3>, <EVENT>they said</EVENT>.</TEXT>
</TimeML>"""


@pytest.mark.parametrize(
    ("form", "type_", "value"),
    [
        (Weekday(4), "DATE", "2015-11-13"),
        (Moment(Weekday(4), "NI"), "TIME", "2015-11-13TNI"),
        (Moment(Weekday(4), "22:30"), "TIME", "2015-11-13T22:30"),
        (Relative("week", -1), "DATE", "2015-W46"),
        (Relative("month", -1), "DATE", "2015-10"),
        (Relative("quarter", -1), "DATE", "2015-Q3"),
        (Relative("year", -1), "DATE", "2014"),
        (Calendar(2014, 7), "DATE", "2014-07"),
        (Nth("half", 1, Calendar(2015)), "DATE", "2015-H1"),
        (Decade(1990), "DATE", "199"),
        (Century(20), "DATE", "19"),
        (Season(0, 2014), "DATE", "2014-WI"),
        (Weekend(-1), "DATE", "2015-W46-WE"),
        (Window("day"), "DATE", "PAST_REF"),
        (Window("day", None, True), "DATE", "FUTURE_REF"),
        (Window("week", 3), "DURATION", "P3W"),
        (Unresolvable("present"), "DATE", "PRESENT_REF"),
        (Duration("year"), "DURATION", "PXY"),
        (Every("day", 1), "SET", "P1D"),
        (Every("week", 1, 1), "SET", "XXXX-WXX-2"),
    ],
)
def test_types_and_values(form: Form, type_: str, value: str) -> None:
    found = interval(form, Setting(TUESDAY))
    assert (type_of(form), value_of(form, found, Spoken(TUESDAY, TUESDAY))) == (type_, value)


@pytest.mark.parametrize(
    ("unit", "count", "value"),
    [
        ("hour", 24, "PT24H"),
        ("minute", 1.5, "PT1M30S"),
        ("year", 2.5, "P2Y6M"),
        ("decade", 4, "P40Y"),
        ("day", 2, "P2D"),
    ],
)
def test_lengths(unit: str, count: float, value: str) -> None:
    assert length(unit, count) == value


def test_a_year_earlier_is_as_fine_as_the_quarter_before_it() -> None:
    spoken = Spoken(TUESDAY, TUESDAY)
    quarter = Nth("quarter", 3)
    spoken = spoken.after(quarter, interval(quarter, Setting(TUESDAY)))
    earlier = Shift("year", -1)
    assert value_of(earlier, interval(earlier, Setting(TUESDAY, TUESDAY)), spoken) == "2014-Q3"


def test_expressions_stand_without_prepositions_and_genitive() -> None:
    text = "It fell on Friday and lasted three days, from Monday to Wednesday's end. It fell shortly after he left."
    assert [(text[t.start : t.end], t.type) for t in timexes(text, TUESDAY)] == [
        ("Friday", "DATE"),
        ("three days", "DURATION"),
        ("Monday", "DATE"),
        ("Wednesday", "DATE"),
    ]


def test_a_document_is_read_with_its_day_and_marks() -> None:
    doc = read_document("a", TML)
    assert (doc.created, doc.text) == (TUESDAY, "It fell on Friday, they said.")
    assert doc.marked == (Timex(11, 17, "DATE", "2015-11-13"),)
    assert answer(doc)["timexes"] == [{"start": 11, "end": 17, "type": "DATE", "value": "2015-11-13"}]
    assert list(errors(doc)) == []


def test_a_document_without_a_day_is_an_error() -> None:
    with pytest.raises(ValueError):
        read_document("a", b"<TimeML><TEXT>It fell.</TEXT></TimeML>")


def test_errors_are_told_with_their_words() -> None:
    marked = (Timex(0, 2, "DATE", "2015"), Timex(11, 17, "DATE", "2015-11-20"))
    doc = Document("a", TUESDAY, "It fell on Friday, now.", marked)
    missed, other, made_up = errors(doc)
    assert "DATE 2015 not found: [It]" in missed
    assert "2015-11-20 not DATE 2015-11-13" in other
    assert "PRESENT_REF is not marked" in made_up
