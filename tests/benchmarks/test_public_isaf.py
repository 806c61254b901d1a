from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from benchmarks.public.isaf import answer, filed, filing, group_in, total
from tests.builders import RULE, Say, find, report

from dateline.labels import Certainty
from dateline.records import Party, Place, Report, Statement

HELMAND = {"name": "Garm Ab", "country": "AFG", "admin": ("Afghanistan", "Helmand")}
KABUL = {"name": "KABUL", "country": "AFG", "admin": ("Afghanistan", "Kabul")}
TEXT = (
    "KABUL, Afghanistan (May 7, 2011)\n"
    "Troops seized a Taliban courier near Garm Ab on Friday. "
    "They also seized three helpers. Several fighters were killed. "
    "The courier was seized after a short chase. A raid to seize his brother is planned."
)


def told(r: Report, words: str, trigger: str) -> Say:
    return Say(r, words, trigger).kind("COERCE", "Arrests")


def befell(s: Statement, r: Report, words: str, kind: str = "armed_group") -> Statement:
    party = Party(spans=(find(r, words),), rule=RULE, name=words, kind=kind)
    return replace(s, targets=(*s.targets, party))


def release() -> tuple[Report, list[Statement]]:
    r = report(TEXT, published="2011-05-07")
    first = told(r, "Troops seized a Taliban courier near Garm Ab on Friday.", "seized").at(HELMAND).on("2011-05-06")
    more = told(r, "They also seized three helpers.", "seized")
    killed = Say(r, "Several fighters were killed.", "killed", "Armed clash").toll(3, None)
    again = told(r, "The courier was seized after a short chase.", "seized")
    plan = told(r, "A raid to seize his brother is planned.", "seize").surely(Certainty.PLANNED)
    helpers = replace(more.done(), figures=Say(r, "They also", "three").toll(3, 3, measure="detained").done().figures)
    return r, [
        befell(first.done(), r, "a Taliban courier"),
        befell(helpers, r, "three helpers"),
        befell(killed.done(), r, "Several fighters"),
        befell(again.done(), r, "The courier"),
        befell(plan.done(), r, "his brother"),
    ]


def test_a_release_becomes_one_record() -> None:
    r, statements = release()
    assert answer(r, statements) == {
        "id": "a",
        "start_date": "2011-05-06",
        "province": ["helmand"],
        "event_type": ["captureandkill"],
        "target_group": ["taliban"],
        "min_killed": 3,
        "min_captured": 4,
    }


def test_nothing_told_gives_the_day_of_the_release_and_no_more() -> None:
    r = report("KABUL, Afghanistan (May 7, 2011) Roads are dry.", published="2011-05-07")
    assert answer(r, []) == {
        "id": "a",
        "start_date": "2011-05-07",
        "province": [],
        "event_type": [""],
        "target_group": [],
        "min_killed": 0,
        "min_captured": 0,
    }


def test_where_a_release_was_filed_is_not_where_it_happened() -> None:
    r, statements = release()
    filed_at = Place(spans=(find(r, "KABUL"),), rule=RULE, **KABUL)  # type: ignore[arg-type]
    first = replace(statements[0], places=(filed_at, *statements[0].places))
    assert answer(r, [first, *statements[1:]])["province"] == ["helmand"]


def test_soldiers_are_not_counted() -> None:
    r, statements = release()
    soldiers = replace(befell(replace(statements[2], targets=()), r, "Troops", "military"))
    assert answer(r, [statements[0], soldiers])["min_killed"] == 0


def test_no_act_no_number() -> None:
    assert total([]) == 0


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("KABUL, Afghanistan (Jan. 2, 2013)\nTroops …", date(2013, 1, 2)),
        ("Update\n2010-09-CA-7 KABUL, Afghanistan (Sept. 8) - Troops …", date(2010, 9, 8)),
        ("June 3: Raids\n2010-06-CA-1 For Release\nTroops …", date(2010, 6, 3)),
        ("KABUL, Afghanistan (Jan. 2)\nTroops …", None),
        ("2011-07-S-1\nTroops …", None),
        ("KABUL, Afghanistan (Feb. 31, 2012)\nTroops …", None),
    ],
)
def test_the_day_of_a_release_is_read_from_its_head(text: str, day: date | None) -> None:
    assert filed(text) == day


def test_the_filing_is_place_and_day() -> None:
    text = "News\nKABUL, Afghanistan (Jan. 2, 2013) Troops …"
    first, end = filing(text)
    assert text[first:end] == "KABUL, Afghanistan (Jan. 2, 2013)"
    assert filing("no head") == (0, 0)


@pytest.mark.parametrize(
    ("words", "group"),
    [("a Haqqani courier", "haqqani"), ("Taliban men", "taliban"), ("men", None), ("stimulus", None)],
)
def test_groups_are_known_by_whole_words(words: str, group: str | None) -> None:
    assert group_in(words) == group


@pytest.mark.parametrize(
    ("behind", "wanted"), [(", Zabul province", "zabul"), (" district, Zabul province", "zabul"), ("", "helmand")]
)
def test_the_province_named_right_behind_a_place_is_its_own(behind: str, wanted: str) -> None:
    r = report(f"Troops seized a courier in Garm Ab{behind} on Friday.", published="2011-05-07")
    s = told(r, r.text, "seized").at_words("Garm Ab", HELMAND).done()
    assert answer(r, [befell(s, r, "a courier")])["province"] == [wanted]


def test_a_pronoun_is_nobody_new() -> None:
    r = report("Troops seized a Taliban courier. He was held, and his cousin was seized.", published="2011-05-07")
    first = befell(told(r, "Troops seized a Taliban courier.", "seized").done(), r, "a Taliban courier")
    again = befell(told(r, "He was held, and his cousin was seized.", "held").done(), r, "He")
    assert answer(r, [first, again])["min_captured"] == 1
