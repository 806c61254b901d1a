from __future__ import annotations

from dataclasses import replace

import pytest
from tests.builders import HALAM, TARIF, Say, report

from dateline.config import LinkConfig
from dateline.incidents import Linkable
from dateline.incidents.cluster import agglomerate
from dateline.incidents.features import all_features
from dateline.incidents.score import explain, score
from dateline.incidents.vocabulary import words
from dateline.incidents.weights import weights
from dateline.labels import Basis, Certainty

CONFIG = LinkConfig()
GROUND = "Government regains territory"
KELB = {"name": "al-Kelb quarter"}
NURA = {"name": "an-Nura quarter"}


def pair(first: str, second: str, triggers: tuple[str, str], lead: str = "") -> tuple[Say, Say]:
    """Two sentences of one report, in that order, after `lead`."""
    r = report(f"{lead} {first} {second}")
    return Say(r, first, triggers[0]), Say(r, second, triggers[1])


def forbids(a: Linkable, b: Linkable) -> set[str]:
    """The reasons that forbid the two in one incident, the same in either order."""
    found = {r.name for r in score(a, b, CONFIG).reasons if r.weight <= -20}
    assert found == {r.name for r in score(b, a, CONFIG).reasons if r.weight <= -20}
    return found


def test_taking_a_town_is_not_the_strike_on_it_but_may_be_the_fight_for_it() -> None:
    a, b = pair("Jets bombed Halam.", "Troops took Halam.", ("bombed", "took"))
    a.at(HALAM), b.kind("ASSAULT", GROUND).at(HALAM)
    assert forbids(a.item(), b.item()) == {"event.apart"}
    assert not forbids(a.kind("ASSAULT", "Armed clash").item(), b.item())


def test_of_an_outcome_alone_the_deed_is_left_open() -> None:
    a, b = pair("A mine blew up in Halam.", "Two men died.", ("blew", "died"))
    a.kind("ASSAULT", "Remote explosive/landmine/IED").at(HALAM)
    b.kind("ASSAULT", "Armed clash").against("two men")
    assert not forbids(a.item(), b.item())
    c, d = pair("A mine blew up in Halam.", "Two men fought.", ("blew", "fought"))
    c.kind("ASSAULT", "Remote explosive/landmine/IED").at(HALAM)
    d.kind("ASSAULT", "Armed clash").against("two men")
    assert forbids(c.item(), d.item()) == {"event.apart"}


@pytest.mark.parametrize(
    ("sentence", "trigger", "apart"),
    [
        ("Jets have bombed Halam since spring.", "bombed", True),
        ("Its jets carried out raids on Halam in recent weeks.", "raids", True),
        ("Jets have carried out several raids on Halam.", "raids", True),
        ("Jets have carried out a raid on Halam.", "raid", False),
        ("The raid on Halam killed a baker.", "raid", False),
    ],
)
def test_what_went_on_for_long_is_no_part_of_one_strike(sentence: str, trigger: str, apart: bool) -> None:
    a, b = pair("Jets bombed Halam on Sunday.", sentence, ("bombed", trigger))
    assert forbids(a.at(HALAM).item(), b.at(HALAM).item()) == ({"date.period"} if apart else set())


def test_a_long_time_is_set_apart_unless_it_is_pointed_back_from() -> None:
    a, b = pair("Jets bombed Halam on Sunday.", "Raids hit Halam in 2015.", ("bombed", "Raids"))
    a.at(HALAM).on("2015-05-01"), b.at(HALAM).on("2015-01-01", "2015-12-31")
    assert forbids(a.item(), b.item()) == {"date.period"}
    c, d = pair("Jets bombed Halam on Sunday.", "The raid is the worst of 2015.", ("bombed", "raid"))
    c.at(HALAM).on("2015-05-01"), d.at(HALAM).on("2015-01-01", "2015-12-31")
    assert not forbids(c.item(), d.item())


def test_the_dead_of_a_war_are_not_those_of_a_fight() -> None:
    a, b = pair("Clashes killed 12 in Halam.", "The war killed 90,000.", ("Clashes", "war"))
    a.kind("ASSAULT", "Armed clash").toll(12, 12), b.kind("ASSAULT", "Armed clash").toll(90_000, None)
    assert forbids(a.item(), b.item()) == {"figure.of_war"}
    assert not forbids(b.item(), b.item())


def test_what_two_sides_do_to_each_other_is_two_things_unless_it_is_a_fight() -> None:
    a, b = pair("Rebels shelled Halam.", "Troops bombed rebel lines.", ("shelled", "bombed"))
    a.by("rebels", "Reds").against("troops", "Blues"), b.by("troops", "Blues").against("rebels", "Reds")
    assert forbids(a.item(), b.item()) == {"side.opposed"}
    assert not forbids(a.item(), b.surely(Certainty.DENIED).item())
    b.surely(Certainty.STATED).kind("ASSAULT", "Armed clash")
    assert not forbids(a.item(), b.item())


def test_one_report_tells_of_two_quarters() -> None:
    lead = "A day of fire. Shells fell."
    a, b = pair("Shells hit al-Kelb quarter.", "Shells hit an-Nura quarter.", ("hit", "hit"), lead)
    heads = [Say(a.r, x, t).item() for x, t in (("A day of fire.", "fire"), ("Shells fell.", "fell"))]
    *_, first, second = all_features([*heads, a.at(KELB).item(), b.at(NURA).item()], weights().families, words())
    assert "place.another" in {r.name for r in explain(first, second, CONFIG, weights()).reasons}
    c, d = all_features([a.item(), b.item()], weights().families, words())
    assert "place.another" not in {r.name for r in explain(c, d, CONFIG, weights()).reasons}


def test_a_total_over_towns_is_not_its_part_but_a_town_on_the_way_is_no_part() -> None:
    def say(sentence: str) -> tuple[Say, Say]:
        a, b = pair(sentence, "Raids hit Halam again.", ("killed", "Raids"))
        return a.at_words("Halam", HALAM).at_words("Tarif", TARIF), b.at_words("Halam again", HALAM)

    whole, part = say("Ten were killed in Halam and Tarif.")
    assert forbids(whole.item(), part.item()) == {"place.several"}
    whole, part = say("Ten were killed in Halam when a bus that had left Tarif blew up.")
    assert not forbids(whole.item(), part.item())


def test_what_is_only_supposed_is_one_with_its_reprint_alone() -> None:
    text = "Jets may bomb Halam."
    a, b = (Say(report(text, k), text, "bomb").at(HALAM).surely(Certainty.HYPOTHETICAL) for k in "ab")
    assert not forbids(a.item(), b.item())
    c = Say(report("Jets could bomb Halam.", "c"), "Jets could bomb Halam.", "bomb").at(HALAM)
    assert forbids(a.item(), c.surely(Certainty.HYPOTHETICAL).item()) == {"certainty.supposed"}


def test_one_report_dates_two_strikes_two_days_apart() -> None:
    a, b = pair("Jets bombed Halam on Friday.", "Jets bombed Halam on Sunday.", ("bombed", "bombed"))
    a.at(HALAM).on("2016-04-29"), b.at(HALAM).on("2016-05-01")
    assert forbids(a.item(), b.item()) == {"date.disjoint"}
    other = Say(report("Jets bombed Halam.", "z"), "Jets bombed Halam.", "bombed").at(HALAM).on("2016-05-01")
    assert not forbids(a.item(), other.item())


def test_a_stray_does_not_come_along_where_each_must_agree() -> None:
    scores = {(0, 1): 6.0, (0, 2): 4.0, (1, 2): 4.0, (0, 3): 4.0, (1, 3): -1.0, (2, 3): 4.0}

    def of(i: int, j: int) -> float:
        return scores[min(i, j), max(i, j)]

    assert agglomerate([0, 1, 2, 3], of, 3.0, 2.2) == [[0, 1, 2, 3]]
    assert sorted(agglomerate([0, 1, 2, 3], of, 3.0, 2.2, each=True)) == [[0, 1, 2], [3]]


@pytest.mark.parametrize(("word", "apart"), [("Meanwhile", True), ("Then", False)])
def test_a_word_that_sets_apart_and_a_place_of_its_own_make_another_strike(word: str, apart: bool) -> None:
    lead, again = "A day of fire. Shells fell.", f"{word} jets bombed Sulgar."
    a, b = pair("Jets bombed Halam.", again, ("bombed", "bombed"), lead)
    heads = [Say(a.r, x, t).item() for x, t in (("A day of fire.", "fire"), ("Shells fell.", "fell"))]
    items = [*heads, a.at(HALAM).item(), b.at({"name": "Sulgar"}).item()]
    *_, first, second = all_features(items, weights().families, words())
    found = {r.name for r in explain(first, second, CONFIG, weights()).reasons}
    assert ("place.another" in found) is apart


def test_a_day_carried_over_forbids_only_when_more_than_a_week_off() -> None:
    a = Say(report("Jets bombed Halam.", "a"), "Jets bombed Halam.", "bombed").at(HALAM).on("2016-05-01").item()
    for day, apart in (("2016-05-06", False), ("2016-05-20", True)):
        b = Say(report("Jets bombed Halam.", "b"), "Jets bombed Halam.", "bombed").at(HALAM).on(day)
        assert b.when
        b.when = replace(b.when, basis=Basis.CONTEXT)
        assert forbids(a, b.item()) == ({"date.disjoint"} if apart else set())
