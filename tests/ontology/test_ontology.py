from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import ontology
from dateline.data import load_yaml
from dateline.errors import ConfigError
from dateline.labels import Basis
from dateline.ontology import tables
from dateline.records import Party


def party(kind: str | None, country: str | None = None) -> Party:
    return Party(name="x", rule="t", basis=Basis.DEFAULT, kind=kind, country=country)


def test_lists_are_whole() -> None:
    assert len(ontology.categories()) == 16
    assert {c.quad for c in ontology.categories().values()} == {1, 2, 3, 4}
    assert len(ontology.sub_events()) == 25
    assert len({s.event for s in ontology.sub_events().values()}) == 6
    assert len(ontology.contexts()) == 37
    assert len(ontology.cameo_roots()) == 20
    assert sorted(ontology.inter_names()) == list(range(1, 9))


def test_every_rule_has_an_id_of_its_own_and_a_source() -> None:
    rows = [*tables.to_cameo().values(), *tables.to_plover().values()]
    told = [(c.rule, c.source) for c in ontology.categories().values()]
    told += [(s.rule, s.source) for s in ontology.sub_events().values()]
    told += [(r.rule, r.source) for r in rows]
    assert len(told) == len({rule for rule, _ in told})
    assert all(source for _, source in told)


def test_notes_point_at_traps_that_exist() -> None:
    notes = " ".join(c.note or "" for c in tables.to_plover().values())
    assert set(re.findall(r"TRAP-\d+", notes)) <= set(ontology.traps())


@pytest.mark.parametrize(
    ("category", "mode", "code"),
    [
        ("CONSULT", "phone", "041"),
        ("RETREAT", "release", "0841"),
        ("ASSAULT", "aerial", "195"),
        ("ASSAULT", "heavy-weapons", "194"),
        ("ASSAULT", None, "190"),
        ("ASSAULT", "no such mode", "190"),
        ("COERCE", "arrest", "173"),
    ],
)
def test_cameo_for(category: str, mode: str | None, code: str) -> None:
    found = ontology.cameo_for(category, mode)
    assert found and found.cameo == code and found.rule.startswith("PC-")


def test_cameo_for_an_unknown_category_is_none() -> None:
    assert ontology.cameo_for("FIGHT") is None


@pytest.mark.parametrize(
    ("code", "category", "mode"),
    [
        ("195", "ASSAULT", "aerial"),
        ("1952", "ASSAULT", "drone"),
        ("20", "ASSAULT", "unconventional"),
        ("203", "ASSAULT", "unconventional"),
        ("0874", "RETREAT", "withdraw"),
        ("057", "AGREE", None),
        ("1823", "ASSAULT", "beat"),
        ("016", None, None),
    ],
)
def test_plover_for_takes_the_longest_beginning(code: str, category: str | None, mode: str | None) -> None:
    found = ontology.plover_for(code)
    assert found and (found.plover, found.mode) == (category, mode)


def test_plover_for_something_that_is_no_code() -> None:
    assert ontology.plover_for("99") is None
    assert ontology.plover_for("") is None


@given(st.sampled_from(sorted(ontology.categories())), st.one_of(st.none(), st.text(max_size=8)))
def test_the_way_to_cameo_leads_to_a_root(category: str, mode: str | None) -> None:
    found = ontology.cameo_for(category, mode)
    assert found and found.cameo[:2] in ontology.cameo_roots()


@given(st.text(alphabet="0123456789", max_size=5))
def test_the_way_to_plover_leads_to_a_category_or_nowhere(code: str) -> None:
    found = ontology.plover_for(code)
    assert found is None or found.plover is None or found.plover in ontology.categories()


def test_plover_names_what_there_is() -> None:
    assert ontology.plover("SANCTION").quad == 4
    with pytest.raises(KeyError, match="ASSAULT"):
        ontology.plover("FIGHT")


def test_acled_hierarchy() -> None:
    order = [
        "Armed clash",
        "Chemical weapon",
        "Air/drone strike",
        "Shelling/artillery/missile attack",
        "Attack",
        "Other",
    ]
    assert sorted(order, key=ontology.acled_rank) == order
    assert ontology.acled_rank("no such thing") == 26
    assert ontology.acled_event_type("Air/drone strike") == "Explosions/Remote violence"
    assert ontology.acled_event_type("no such thing") is None
    found = ontology.acled_sub_event("Excessive force against protesters")
    assert found and found.disorder == "Political violence; Demonstrations"


@pytest.mark.parametrize(
    ("kind", "country", "where", "code"),
    [
        ("military", "SYR", "SYR", 1),
        ("military", "RUS", "SYR", 8),
        ("military", "RUS", None, 1),
        ("armed_group", "LBN", "SYR", 2),
        ("alliance", None, "SYR", 8),
        ("gang", "HTI", "HTI", 3),
        ("communal", "MLI", "MLI", 4),
        ("rioters", None, "FRA", 5),
        ("protesters", None, "FRA", 6),
        ("civilians", "SYR", "TUR", 7),
        ("platform", None, "FRA", None),
        (None, "SYR", "SYR", None),
    ],
)
def test_acled_inter(kind: str | None, country: str | None, where: str | None, code: int | None) -> None:
    assert ontology.acled_inter(party(kind, country), where) == code


def test_acled_interaction() -> None:
    assert ontology.acled_interaction(8, 2) == 28
    assert ontology.acled_interaction(7, None) == 70
    assert ontology.acled_interaction(None, None) is None


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("military", "armed_group", 1),
        ("military", "police", 1),
        ("gang", "armed_group", 2),
        ("armed_unknown", "civilians", 3),
        ("military", "refugees", 3),
        ("civilians", "civilians", None),
        (None, "civilians", None),
    ],
)
def test_ucdp_type_does_not_ask_for_an_order(a: str | None, b: str | None, kind: int | None) -> None:
    assert ontology.ucdp_type(a, b) == ontology.ucdp_type(b, a) == kind


def test_rules_name_sub_events_that_exist() -> None:
    assert tables.acled("fighting") == "Armed clash"
    with pytest.raises(ConfigError, match=r"acled\.yaml.*'duel'"):
        tables.acled("duel")


def test_means_are_the_sub_events_of_explosions() -> None:
    assert tables.tactics() == {s.name for s in ontology.sub_events().values() if s.event.startswith("Explosions")}
    assert len(tables.tactics()) == 6


def test_a_blast_may_be_told_with_and_without_its_bearer() -> None:
    suicide, blast, fired = map(tables.acled, ("suicide", "blast", "fired"))
    assert tables.may_be_one(suicide, blast) and tables.may_be_one(fired, fired) and tables.may_be_one()
    assert not tables.may_be_one(suicide, fired) and not tables.may_be_one(suicide, blast, fired)


def test_kind_of_an_actor_is_its_own_or_that_of_its_id() -> None:
    assert tables.kind_of_actor("militants") == "militants"
    known = next(iter(load_yaml("dateline.ontology.data", "actor_ids.yaml").items()))
    assert tables.kind_of_actor(f"{known[0]}:anything") == known[1]
