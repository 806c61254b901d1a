"""The rules of days over what the model reads, each on sentences of our own."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.english import english
from tests.statements.test_rulebook import HAPPENING, raids
from tests.statements.test_rulebook import read as read_undated

from dateline.language.base import Argument, Reading
from dateline.language.en.dategrammar import DateGrammar
from dateline.records import Report, Statement, When
from dateline.resolve.dates import DateResolver
from dateline.statements.combined import CombinedExtractor

TUESDAY = date(2015, 11, 17)


def read(text: str, trigger: str, *arguments: tuple[str, ...], certainty: str = "stated") -> When | None:
    """The date of the one event of a report of Tuesday 17 November 2015."""
    made = read_undated(text, trigger, *arguments, certainty=certainty, published=TUESDAY)
    return resolved(text, made).date


def resolved(text: str, s: Statement) -> Statement:
    report = Report(text=text, published=TUESDAY)
    return DateResolver(DateGrammar()).resolve(report, english().annotate(report), (s,))[0]


def days(when: When | None) -> str:
    return f"{when.earliest or '..'}/{when.latest or '..'}" if when else "none"


@pytest.mark.parametrize(
    ("text", "words", "kept"),
    [
        ("Halam Wire 5 July 2015 The bomber ran from the blast.", "5 July 2015", False),
        ("A Picture Posted on 5 July 2015 Two died in the blast.", "on 5 July 2015", False),
        ("Smoke over Halam on 5 July 2015 (Wire) A blast shook the city.", "on 5 July 2015", False),
        ("A blast shook Halam on 5 July 2015 (a Sunday) at noon.", "on 5 July 2015", True),
    ],
)
def test_the_day_of_a_page_or_a_picture_is_not_the_events(text: str, words: str, kept: bool) -> None:
    assert (read(text, "blast", ("date", words)) is not None) is kept


@pytest.mark.parametrize(
    ("text", "words", "kept"),
    [
        ("The Guard on Monday claimed responsibility for a raid in Halam.", "on Monday", False),
        ("The Guard claimed the raid in a video released on Monday.", "on Monday", False),
        ("The Guard claimed responsibility for Monday's raid in Halam.", "Monday", True),
        ("The Guard claimed the raid on Halam on Monday.", "on Monday", True),
    ],
)
def test_the_day_of_a_claim_is_not_that_of_the_act(text: str, words: str, kept: bool) -> None:
    assert (read(text, "raid", ("date", words), certainty="claimed") is not None) is kept


def test_outside_of_a_clause_with_since_an_event_is_bounded_inside_it_is_dated() -> None:
    text = "Troops shelled Halam daily since they seized the dam in May 2015."
    outside = read(text, "shelled", ("date", "in May 2015"))
    assert days(outside) == "2015-05-01/2015-11-17" and outside and outside.rule == "dates.clause.v1"
    inside = read(text, "seized", ("date", "in May 2015"))
    assert days(inside) == "2015-05-01/2015-05-31"
    clause = "since they seized the dam in May 2015"
    assert days(read(text, "seized", ("date", clause))) == "2015-05-01/2015-05-31"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Halam is cut off since the feud began in May 2015 with a raid.", "2015-05-01/2015-05-31"),
        ("Since the feud began in May 2015, each raid was answered.", "2015-05-01/2015-11-17"),
    ],
)
def test_what_with_joins_to_the_end_of_the_clause_belongs_to_it(text: str, expected: str) -> None:
    assert days(read(text, "raid", ("date", "in May 2015"))) == expected


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("The Guard has claimed previous bombings in Halam.", "bombings", "../2015-11-17"),
        ("Envoys recalled the earlier raid on Halam.", "raid", "../2015-11-17"),
        ("Envoys said earlier that the raid had failed.", "raid", "none"),
    ],
)
def test_an_act_that_an_adjective_of_the_past_goes_before_was_before_the_report(
    text: str, trigger: str, expected: str
) -> None:
    assert days(read(text, trigger)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A three-day battle ended in Halam.", "2015-11-14/2015-11-17"),
        ("A months-long battle ended in Halam.", "../2015-11-17"),
        ("A 20-minute battle ended in Halam.", "../.."),
        ("The battle lasted three days.", "none"),
    ],
)
def test_a_length_before_the_word_for_an_event_ends_with_the_report(text: str, expected: str) -> None:
    assert days(read(text, "battle")) == expected


def test_what_is_found_at_a_scene_is_of_the_day_that_names_the_act() -> None:
    found = read("Crews took 40 bodies from the site of Saturday's blast.", "bodies")
    assert days(found) == "2015-11-14/2015-11-14" and found and found.rule == "dates.scene.v1"
    assert read("Crews took 40 bodies from the site before Saturday's march.", "bodies") is None


@pytest.mark.parametrize("day", ["since Friday", "in 2012", "in recent days", "previously"])
def test_what_fixes_no_day_is_not_lent(day: str) -> None:
    text = HAPPENING.replace("on Friday", day)
    assert [bool(s.date) for s in raids((0, 1), text=text, day=day)] == [True, False, False]


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ("Shops near the raid shut.", "on Friday"),
        ("Shops near the night raid shut.", "on Friday"),
        ("A raid in the hills followed.", ""),
        ("The raids go on.", ""),
    ],
)
def test_a_noun_with_the_is_the_act_named_before_by_the_same_word(later: str, expected: str) -> None:
    text = f"A raid hit Halam on Friday. Two died. {later}"
    report = Report(text=text, published=TUESDAY)
    annotation = english().annotate(report)
    made: list[Reading] = []
    for m in re.finditer("raids?", text):
        sentence = next(s for s in annotation.sentences if s.start <= m.start() < s.end)
        day = (Argument("date", text.index("on Friday"), text.index("on Friday") + 9, 0.8),) if not made else ()
        sub, sure = ("Attack", 0.8), ("stated", 0.9)
        made.append(Reading(m.start(), m.end(), sentence.index, 0.9, ("ASSAULT", 0.9), sub, sure, day))
    last = CombinedExtractor().extract(report, replace(annotation, readings=tuple(made)))[-1]
    assert last.trigger[0].start == made[-1].start
    assert (last.date.spans[0].quote if last.date else "") == expected


def test_the_day_of_a_claim_is_not_carried_to_the_act() -> None:
    text = "The Guard on Monday claimed a raid.\nA bomb went off at the gate."
    report = Report(text=text, published=TUESDAY)
    annotation = english().annotate(report)
    at, day = text.index("went off"), text.index("on Monday")
    carried = Argument("date", day, day + len("on Monday"), 0.8, carried=True)
    made = Reading(at, at + 8, 1, 0.9, ("ASSAULT", 0.9), ("Attack", 0.8), ("stated", 0.9), (carried,))
    assert CombinedExtractor().extract(report, replace(annotation, readings=(made,)))[0].date is None


def test_a_noun_with_the_is_else_the_last_act_of_its_kind() -> None:
    text = "A bombing killed two in Halam on Friday. Shops near the blast shut. The raid came later."
    report = Report(text=text, published=TUESDAY)
    annotation = english().annotate(report)
    made: list[Reading] = []
    for word, sub in (("bombing", "Suicide bomb"), ("blast", "Remote explosive/landmine/IED"), ("raid", "Armed clash")):
        at, sure = text.index(word), ("stated", 0.9)
        sentence = next(s for s in annotation.sentences if s.start <= at < s.end)
        day = (Argument("date", text.index("on Friday"), text.index("on Friday") + 9, 0.8),) if not made else ()
        made.append(Reading(at, at + len(word), sentence.index, 0.9, ("ASSAULT", 0.9), (sub, 0.8), sure, day))
    _, blast, raid = CombinedExtractor().extract(report, replace(annotation, readings=tuple(made)))
    assert blast.date and blast.date.rule == "dates.again.v1" and blast.date.spans[0].quote == "on Friday"
    assert raid.date is None


@pytest.mark.parametrize(
    ("text", "day", "dated", "expected"),
    [
        ("On 12 March gunmen raided a camp; a guard was killed.", "On 12 March", "raided", "On 12 March"),
        ("Gunmen raided a camp on 12 March and killed a guard.", "on 12 March", "raided", "on 12 March"),
        ("Gunmen raided a camp on 12 March; a guard was killed.", "on 12 March", "raided", ""),
        ("Gunmen raided a camp in 2012 and killed a guard.", "in 2012", "raided", ""),
        ("They marched after Sunday's raid and killed a guard.", "Sunday's", "raid", ""),
    ],
)
def test_a_day_that_opens_a_sentence_is_of_all_it_tells_and_and_shares_it(
    text: str, day: str, dated: str, expected: str
) -> None:
    report = Report(text=text, published=TUESDAY)
    annotation = english().annotate(report)
    made = []
    for word in (dated, "killed"):
        at = text.index(word)
        arguments = (Argument("date", text.index(day), text.index(day) + len(day), 0.8),) if word == dated else ()
        sub, sure = ("Attack", 0.8), ("stated", 0.9)
        made.append(Reading(at, at + len(word), 0, 0.9, ("ASSAULT", 0.9), sub, sure, arguments))
    _, last = CombinedExtractor().extract(report, replace(annotation, readings=tuple(made)))
    assert (last.date.spans[0].quote if last.date else "") == expected
    assert not last.date or last.date.rule == "dates.together.v1"
