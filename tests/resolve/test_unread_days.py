"""Days of a text that are none of the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from tests.said import read

from dateline.config import Config
from dateline.errors import NOTES, IssueCode
from dateline.language.en.dategrammar import DateGrammar
from dateline.pipeline import load_resources, read_one
from dateline.records import Report
from dateline.resolve.unread import notes

TUESDAY = date(2015, 11, 17)


@pytest.mark.parametrize(
    ("text", "published", "says"),
    [
        ("They met on 31 February.", TUESDAY, "no calendar has that day"),
        ("They met on 29 February 2015.", None, "no calendar has that day"),
        ("They met from 25 June to 31 June 2015.", None, "no calendar has that day"),
        ("They fought on 15 Sha'ban 1436.", TUESDAY, "Islamic calendar"),
        ("They met on 3/4/2015.", TUESDAY, "either way round"),
        ("The raid began at 04:00 XYZT on Monday.", TUESDAY, "XYZT is no known time zone"),
    ],
)
def test_a_day_of_no_calendar_is_noted(text: str, published: date | None, says: str) -> None:
    report, annotation = read(text, published)
    (note,) = notes(report, annotation, DateGrammar())
    assert note.code is IssueCode.UNREAD_DAY and note.code in NOTES and note.report_id == report.id
    assert says in note.message and "kept as written" in note.message


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("They met on 28 February.", TUESDAY),
        ("They met on 28 February.", None),
        ("They fought during Ramadan.", TUESDAY),
        ("They met on Tuesday at 22:00 GMT, three days after a raid.", None),
    ],
)
def test_what_can_be_read_or_names_no_day_is_not_noted(text: str, published: date | None) -> None:
    report, annotation = read(text, published)
    assert notes(report, annotation, DateGrammar()) == ()


def test_the_note_comes_with_the_result_once() -> None:
    report = Report(text="Rebels shelled Kara on 31 February. They shelled Kurto on 31 February.", published=TUESDAY)
    result = read_one(report, load_resources(Config().with_("extract", language="en", extractor="rules.v1")))
    (note,) = result.issues
    assert "“on 31 February” is kept as written" in note.message
    first = result.statements[0].date
    assert first is not None and first.spans[0].quote == "on 31 February" and first.edtf is None
