"""Lists with filters, full-text search, finding by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine
from tests.made_up import awkward, everything, load, loadable, plans, second_view, strike

from dateline.errors import NotFound
from dateline.labels import Certainty
from dateline.records import ReportResult
from dateline.store import queries
from dateline.store.filters import Filters
from dateline.store.search import match_expression, search_reports

ANY_TEXT = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def triggers(c: Connection, **filters: Any) -> list[str]:
    """The triggers of the statements that pass."""
    return [row.trigger for row in queries.list_statements(c, Filters(**filters)).rows]


ALL = ["struck", "hit", "bombed", "shot", "storm", "shelled"]
ALONE: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ALL),
    ({"event": "assault"}, ALL),
    ({"event": "PROTEST"}, []),
    ({"sub_event": "attack"}, ["shot"]),
    ({"certainty": "DENIED"}, ["hit"]),
    ({"actor": "reb"}, ["shelled"]),
    ({"actor": "SYRIA"}, ["struck", "storm"]),
    ({"actor": "market"}, ["struck"]),
    ({"place": "hal"}, ["struck", "bombed"]),
    ({"country": "syr"}, ["struck", "hit", "bombed", "storm", "shelled"]),
    ({"source": "resc"}, ["struck"]),
    ({"outlet": "sahel"}, ["bombed"]),
    ({"since": date(2016, 5, 2), "until": date(2016, 5, 2)}, ["struck", "hit", "bombed"]),
    ({"since": date(2016, 5, 9)}, ["shot"]),
    ({"until": date(2016, 5, 1)}, []),
    ({"words": "market"}, ["struck"]),
    ({"words": '"army spokesman"'}, ["hit"]),
    ({"words": "alleg*"}, ["shelled"]),
    ({"report": "sahel-1"}, ["bombed"]),
    ({"report": strike().report.id}, ["struck", "hit"]),
]


@pytest.mark.parametrize(("filters", "expected"), ALONE, ids=lambda x: "-".join(map(str, x)) if x else "none")
def test_each_filter_alone(held: Connection, filters: dict[str, Any], expected: list[str]) -> None:
    assert triggers(held, **filters) == expected


def test_filters_are_joined_by_and(held: Connection) -> None:
    assert triggers(held, country="SYR", place="halam", source="ministry") == ["bombed"]
    assert triggers(held, country="SYR", outlet="wire", certainty="denied", actor="jets") == ["hit"]
    assert triggers(held, outlet="wire", actor="rebels") == []


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "certainty": st.sampled_from(Certainty),
        "actor": st.sampled_from(["jets", "army", "Syria"]),
        "place": st.sampled_from(["Halam", "Tarif"]),
        "country": st.sampled_from(["SYR", "IRQ"]),
        "outlet": st.sampled_from(["wire", "radio"]),
        "since": st.dates(date(2016, 5, 1), date(2016, 5, 10)),
        "words": st.sampled_from(["market", "army", "halam monday"]),
    },
)


@given(FILTERS)
@ANY_TEXT
def test_more_filters_never_find_more(held: Connection, filters: dict[str, Any]) -> None:
    """All together find what each finds, and no more; lists of reports and incidents take the same filters."""
    alone = [set(triggers(held, **{k: v})) for k, v in filters.items()]
    assert set(triggers(held, **filters)) == set(ALL).intersection(*alone)
    page = queries.list_statements(held, Filters(**filters))
    assert page.total == len(page.rows)
    assert queries.list_incidents(held, Filters(**filters)).total <= queries.list_incidents(held, Filters()).total
    assert queries.list_reports(held, Filters(**filters)).total <= len(everything())


@pytest.mark.parametrize("value", ["%", "_", "\\", "%alam", "Hal_m", "'; DROP TABLE reports; --", '"'])
def test_wildcards_are_letters(held: Connection, value: str) -> None:
    expected = ["shot"] if value == '"' else []
    assert triggers(held, actor=value) == expected
    assert triggers(held, place=value) == []
    assert triggers(held, outlet=value) == []


@given(
    st.text(max_size=30)
    | st.lists(st.sampled_from([*'"*():^-+{}', "NEAR", "AND", "OR NOT", "halam", "a"])).map(" ".join)
)
@ANY_TEXT
def test_no_query_is_an_error(held: Connection, query: str) -> None:
    search_reports(held, query)
    queries.list_statements(held, Filters(words=query))
    queries.list_reports(held, Filters(words=query))
    queries.list_incidents(held, Filters(words=query))


TEXT_FILTERS = tuple("event sub_event certainty actor place country source outlet report incident".split())


@given(st.text(max_size=20))
@settings(ANY_TEXT, max_examples=10)
def test_no_text_filter_is_an_error(held: Connection, value: str) -> None:
    for name in TEXT_FILTERS:
        triggers(held, **{name: value})


def test_queries_of_people() -> None:
    assert match_expression('halam "army spokesman" bomb*') == '"halam" "army spokesman" "bomb"*'
    assert match_expression(' - * " ') == ""
    assert match_expression("a\0b \udcff*") == '"a" "b"'


def test_search_finds_words_whatever_their_accents(engine: Engine, path: Path) -> None:
    made = strike()
    load(engine, path, [loadable(ReportResult(report=replace(made.report, id="", text="Grève générale à Alger")))])
    with engine.connect() as c:
        assert [h.snippet for h in search_reports(c, "greve GENERALE")] == ["\2Grève\3 \2générale\3 à Alger"]


def test_pages_join_into_the_whole(held: Connection) -> None:
    pages = [queries.list_statements(held, Filters(limit=2, offset=n)) for n in (0, 2, 4, 6)]
    assert [row.trigger for p in pages for row in p.rows] == ALL
    assert {p.total for p in pages} == {len(ALL)}


def test_lists_of_reports(held: Connection) -> None:
    rows = queries.list_reports(held, Filters()).rows
    assert [(r.key, r.statements) for r in rows] == [
        ("harbour-1", 2),
        ("lamps", 0),
        ("sahel-1", 1),
        ("-2+3", 1),
        ("plans-1", 2),
    ]
    assert [r.key for r in queries.list_reports(held, Filters(words="lamps")).rows] == ["lamps"]
    assert [r.key for r in queries.list_reports(held, Filters(certainty="planned")).rows] == ["plans-1"]
    assert [r.key for r in queries.list_reports(held, Filters(since=date(2016, 5, 3))).rows] == ["sahel-1", "-2+3"]


def test_an_incident_of_plans_did_not_occur(held: Connection) -> None:
    rows = {r.code: r for r in queries.list_incidents(held, Filters()).rows}
    assert sum(r.statements for r in rows.values()) == len(ALL)
    (planned,) = queries.list_incidents(held, Filters(certainty="planned")).rows
    assert not planned.occurred
    (said,) = queries.list_incidents(held, Filters(source="rescuers")).rows
    assert said.occurred
    (open_ended,) = queries.list_incidents(held, Filters(outlet="@press")).rows
    assert (open_ended.killed_min, open_ended.killed_max) == (None, None)


def test_what_is_found_by_name(held: Connection) -> None:
    r, s = strike().report, strike().statements[0]
    incident = queries.list_statements(held, Filters(report="harbour-1")).rows[0]
    for name in (r.id, "harbour-1", r.id[:9], "harb"):
        assert queries.find(held, name) == ("report", r.id)
    for name in (s.id, s.id[:9]):
        assert queries.find(held, name) == ("statement", s.id)
    assert incident.incident_id is not None
    assert incident.incident_code is not None
    for name in (incident.incident_id, incident.incident_code):
        assert queries.find(held, name) == ("incident", incident.incident_id)
    assert queries.find(held, awkward().report.key) == ("report", awkward().report.id)


def test_what_is_not_found_is_named(held: Connection) -> None:
    with pytest.raises(NotFound, match="'nobody'"):
        queries.find(held, "nobody")
    with pytest.raises(NotFound, match="'har'"):  # too short to be a beginning
        queries.find(held, "har")
    with pytest.raises(NotFound, match="%"):
        queries.find(held, "%%%%")


def test_an_ambiguous_beginning_names_the_choices(engine: Engine, path: Path) -> None:
    made = [ReportResult(report=replace(strike().report, id="", external_id=f"same-{n}")) for n in "ab"]
    load(engine, path, [loadable(r) for r in made])
    with engine.connect() as c:
        assert queries.find(c, "same-a") == ("report", made[0].report.id)
        with pytest.raises(NotFound) as e:
            queries.find(c, "same")
    assert all(r.report.id in str(e.value) for r in made)


def test_missing_records_raise_not_found(held: Connection) -> None:
    for read in (queries.report, queries.result, queries.statement, queries.incident_members):
        with pytest.raises(NotFound, match="'x'"):
            read(held, "x")


def test_statements_with_their_reports_and_links(held: Connection) -> None:
    ids = [s.id for r in (plans(), strike(), second_view()) for s in r.statements]
    found = queries.statements_of(held, ids)
    assert [s.trigger[0].quote for _, s in found] == ["struck", "hit", "bombed", "storm", "shelled"]
    assert all(r.id == s.report_id for r, s in found)
    links = queries.links_of(held, (ids[2],))
    assert all(ids[2] in (x.left, x.right) for x in links)
    assert [x.score for x in links] == sorted((x.score for x in links), reverse=True)


def test_choices_are_what_occurs(held: Connection) -> None:
    held_choices = queries.choices(held)
    assert held_choices["country"] == ["SYR"]
    assert held_choices["outlet"] == ["@press", "Harbour Wire", "Radio Sahel"]
    assert set(held_choices["certainty"]) == {"stated", "denied", "planned", "alleged"}
