from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.builders import HALAM, RULE, SYRIA, TARIF, Say, report

from dateline.config import LinkConfig
from dateline.incidents import Linkable, consolidate, link, views
from dateline.incidents.places import Relation, contains, distance_km, relation
from dateline.labels import Basis, Certainty
from dateline.records import Incident, Place

ADM1 = {"name": "Halam Province", "country": "SYR", "place_id": "geonames:3", "feature": "A.ADM1"}


def say(key: str, text: str) -> Say:
    return Say(report(text, key, outlet=f"Outlet {key}"), text, text.split()[1])


def incident(*items: Linkable) -> Incident:
    return Incident(id="i_1", code="SYR-2016-05-01-halam-airstrike", statements=tuple(i.id for i in items))


def test_all_values_are_kept_with_who_says_them() -> None:
    a = say("a", "Russia bombed Halam.").at(HALAM).on("2016-05-01").by("Russia", "Russia").toll(12, 12).item()
    b = say("b", "Syria bombed the town.").at(SYRIA).on("2016-05-01").by("Syria", "Syria").toll(9, 9).item()
    c = say("c", "Jets killed people.").surely(Certainty.ALLEGED).by("Russia", "Russia").using("jet", "aircraft").item()
    v = consolidate(incident(a, b, c), [c, b, a])
    actors = v.field("actors")
    assert [(x.label, len(x.voices)) for x in actors.values] == [("Russia", 2), ("Syria", 1)]
    assert actors.disagree and actors.note is not None
    assert not v.field("places").disagree and not v.field("dates").disagree
    assert v.field("figures").disagree
    assert v.place is not None and v.place.name == "Halam"
    assert v.earliest == v.latest == date(2016, 5, 1)
    assert v.certainties == ((Certainty.STATED, 2), (Certainty.ALLEGED, 1))
    assert v.occurred
    assert (v.reports, len(v.outlets), len(v.voices)) == (("a", "b", "c"), 3, 3)
    assert (v.event, v.sub_event) == ("ASSAULT", "Air/drone strike")
    assert [(r.min, r.max) for r in v.ranges] == [(9, 12)]
    assert v.range_of(v.ranges[0].measure) == v.ranges[0]
    with pytest.raises(KeyError):
        v.field("colours")


def test_what_is_named_together_does_not_disagree() -> None:
    both = say("a", "Jets bombed Halam.").by("Russia", "Russia").by("Syria", "Syria").item()
    one = say("b", "Jets bombed it again.").by("Russia", "Russia").item()
    assert not consolidate(incident(both, one), [both, one]).field("actors").disagree


def test_a_denial_is_shown_and_contradicts_nobody() -> None:
    a = say("a", "Russia bombed Halam.").by("Russia", "Russia").item()
    b = say("b", "Syria bombed nothing.").by("Syria", "Syria").surely(Certainty.DENIED).item()
    actors = consolidate(incident(a, b), [a, b]).field("actors")
    assert len(actors.values) == 2 and not actors.disagree


def test_only_planned_did_not_occur() -> None:
    a = say("a", "Jets bomb Halam soon.").surely(Certainty.PLANNED).item()
    assert not consolidate(incident(a), [a]).occurred


def test_dates_that_exclude_each_other_give_their_envelope() -> None:
    a = say("a", "Jets bombed Halam.").on("2016-05-01").item()
    b = say("b", "Jets bombed Halam.").on("2016-05-03").item()
    v = consolidate(incident(a, b), [a, b])
    assert (v.earliest, v.latest) == (date(2016, 5, 1), date(2016, 5, 3))
    assert v.field("dates").disagree


def test_an_unknown_day_stays_unknown() -> None:
    a = say("a", "Jets bombed Halam.").on(None).item()
    v = consolidate(incident(a), [a])
    assert (v.earliest, v.latest, v.place) == (None, None, None)
    assert [x.label for x in v.field("dates").values] == ["“bombed”"]


def test_an_incident_without_its_statements_is_refused() -> None:
    with pytest.raises(ValueError, match="none of its statements"):
        consolidate(Incident(id="i_1", code="x", statements=("s_1",)), [])


def test_views_come_sorted_by_code() -> None:
    items = [say("a", "Jets bombed Tarif.").at(TARIF).item(), say("b", "Jets bombed Halam.").at(HALAM).item()]
    codes = [v.incident.code for v in views(link(items, LinkConfig()).incidents, items)]
    assert codes == ["SYR-by-2016-05-02-halam-airstrike", "SYR-by-2016-05-02-tarif-airstrike"]


def place(**given: Any) -> Place:
    return Place(basis=Basis.DEFAULT, rule=RULE, **given)


def test_places_contain_by_path() -> None:
    province = place(**ADM1, admin=("SYR", "09"))
    town = place(**HALAM, admin=("SYR", "09", "0901"))
    away = place(**TARIF, admin=("SYR", "02"))
    country = place(**SYRIA)
    assert contains(country, town) and contains(country, province) and contains(province, town)
    assert not contains(province, away) and not contains(town, province) and not contains(country, country)
    assert relation(province, town, 12, 40) is relation(town, province, 12, 40) is Relation.WITHIN


def test_distance() -> None:
    a, b = place(name="A", lat=0.0, lon=0.0), place(name="B", lat=0.0, lon=1.0)
    assert distance_km(a, b) == pytest.approx(111.19, abs=0.01)  # one degree of a 6371 km sphere
    assert distance_km(a, place(name="C")) is None


@pytest.mark.parametrize(("lon", "expected"), [(38.05, Relation.NEAR), (38.3, Relation.APART), (41.0, Relation.FAR)])
def test_towns_by_distance(lon: float, expected: Relation) -> None:
    other = {**HALAM, "place_id": "geonames:7", "name": "Other", "lon": lon}
    assert relation(place(**HALAM), place(**other), 12, 40) is expected


def test_names_where_nothing_is_resolved() -> None:
    gate, camp = place(name="Atla border crossing"), place(name="Atla camp")
    assert relation(gate, camp, 12, 40) is Relation.ALIKE
    assert relation(gate, place(name="the border"), 12, 40) is Relation.UNKNOWN
    assert relation(gate, place(name="atla border crossing"), 12, 40) is Relation.SAME
