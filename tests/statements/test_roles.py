from __future__ import annotations

import pytest
from tests.english import names, read


@pytest.mark.parametrize(
    ("text", "actors", "targets"),
    [
        ("Gunmen attacked a convoy.", ["Gunmen"], ["convoy"]),
        ("A convoy was attacked by gunmen.", ["gunmen"], ["convoy"]),
        ("Ruvania's attack on the rebels began.", ["Ruvania"], ["rebels"]),
        ("An attack by gunmen on a convoy failed.", ["gunmen"], ["convoy"]),
        ("Clashes between rebels and soldiers broke out.", ["rebels", "soldiers"], []),
        ("Police and soldiers clashed with students.", ["Police", "soldiers"], ["students"]),
        ("Then Ruvanian missile strikes began.", ["Ruvanian"], []),
        ("In Halam, gunmen from Tarif shot two policemen.", ["gunmen"], ["policemen"]),
        ("Nine people died.", [], ["people"]),
        ("A car hit the base.", [], ["base"]),
        ("Gunmen, hiding nine people, attacked a convoy.", ["Gunmen"], ["convoy"]),
        ("The convoy, a rebel column, was attacked.", [], ["convoy"]),
        ("The army deployed troops in Halam.", ["army"], []),
        ("The army captured the town.", ["army"], []),
        ("The attack, in which police fled, killed nine.", [], []),
        ("A major offensive began.", [], []),
        ("The army destroyed it.", ["army"], []),
        ("The men who killed a judge fled.", ["men"], ["judge"]),
    ],
)
def test_word_order_gives_both_sides(text: str, actors: list[str], targets: list[str]) -> None:
    first = read(text)[0]
    assert names(first.actors) == actors
    assert names(first.targets) == targets


def test_joined_verbs_share_their_subject() -> None:
    shelled, captured = read("Rebels shelled Tarif and captured the base.")
    assert names(captured.actors) == names(shelled.actors) == ["Rebels"]
    assert names(captured.targets) == ["base"]


def test_the_accused_is_the_actor_of_what_he_is_accused_of() -> None:
    accused, bombed = read("The army accused the rebels of bombing a school.")
    assert (names(accused.actors), names(accused.targets)) == (["army"], ["rebels"])
    assert (names(bombed.actors), names(bombed.targets)) == (["rebels"], ["school"])


def test_whoever_is_asked_is_the_actor_of_what_is_asked() -> None:
    asked, attack = read("The envoy urged the rebels to release two hostages.")
    assert names(asked.targets) == ["rebels"]
    assert (names(attack.actors), names(attack.targets)) == (["rebels"], ["hostages"])


def test_each_value_names_its_rule() -> None:
    party = read("Gunmen attacked a convoy.")[0].actors[0]
    assert party.rule == "roles.actor.subject.v1"
    assert party.spans[0].quote == "Gunmen"
