from __future__ import annotations

from tests.builders import HALAM, Say, report

from dateline.incidents import Linkable, consolidate
from dateline.incidents.worksheet import Criterion, worksheet
from dateline.labels import Certainty, SourceType
from dateline.ontology.grades import Scheme, criteria, steps
from dateline.records import Incident


def says(key: str, text: str, trigger: str) -> Say:
    return Say(report(text, key, outlet=f"Outlet {key}"), text, trigger).at(HALAM)


def sheet(*items: Linkable) -> dict[str, Criterion]:
    incident = Incident(id="i_1", code="X", statements=tuple(i.id for i in items))
    made = worksheet(consolidate(incident, items))
    assert str(made.proposed) == "F6"
    return {c.id: c for c in made.criteria}


def test_every_row_is_asked_counted_and_left_to_a_person() -> None:
    rows = sheet(says("a", "Shells fell on Halam.", "fell").item())
    assert list(rows) == list(criteria())
    for row in rows.values():
        assert row.asks.endswith("?") and row.counted and row.judge
        assert row.grade is None or row.grade in steps(Scheme.HARM)


def test_what_is_not_said_is_not_answered_with_no() -> None:
    rows = sheet(says("a", "Shells fell on Halam.", "fell").item())
    assert {k for k, r in rows.items() if r.holds is None} == {"accepted", "active", "competing", "fighters", "figures"}
    assert rows["single"].holds is True
    assert rows["active"].counted == "nobody is named"


def test_a_belligerent_that_confirms_has_accepted() -> None:
    told = says("a", "The Northern Front struck Halam, residents said.", "struck").by("Northern Front")
    own = says("b", "We struck Halam, the Northern Front said.", "struck").said(
        "Northern Front", SourceType.ARMED_GROUP
    )
    items = told.item(), own.surely(Certainty.CLAIMED).item()
    row = sheet(*items)["accepted"]
    assert (row.holds, row.statements) == (True, (items[1].id,))
    other = own.surely(Certainty.DENIED).item()
    assert sheet(items[0], other)["accepted"].holds is False
    assert sheet(items[0], other)["denied"].counted == "1 statement of denial by Northern Front"


def test_sides_that_exclude_each_other_compete() -> None:
    one = says("a", "Army jets struck Halam.", "struck").by("army jets", "Northland").item()
    two = says("b", "Front jets struck Halam.", "struck").by("front jets", "Southland").item()
    assert sheet(one, two)["competing"].holds is True
    assert sheet(one)["competing"].holds is False


def test_fighters_and_figures_are_counted() -> None:
    one = (
        says("a", "Shells killed 5 soldiers in Halam.", "killed").toll(5, 5, whom="soldiers").said("Mayor Lind").item()
    )
    assert sheet(one)["fighters"].holds is True
    two = (
        says("b", "Shells killed 9 children in Halam.", "killed").toll(9, 9, whom="children").said("Mayor Sand").item()
    )
    rows = sheet(one, two)
    assert (rows["fighters"].holds, rows["fighters"].statements) == (False, (one.id,))
    assert rows["figures"].holds is True, "five soldiers and nine children can both be so"
    three = says("c", "Shells killed 7 soldiers in Halam.", "killed").toll(7, 7, whom="soldiers")
    assert sheet(one, two, three.said("Mayor Vell").item())["figures"].holds is False
    assert (rows["sources"].holds, rows["sources"].counted) == (True, "2 of 2 voices named")
