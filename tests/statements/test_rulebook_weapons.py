"""Which weapons a statement has by rules: its actor's platform, and the weapon its word is named after."""

from __future__ import annotations

import pytest
from tests.statements.test_rulebook_events import read


@pytest.mark.parametrize(
    ("text", "trigger", "arguments", "wanted"),
    [
        ("Ostian warplanes bombed Halam.", "bombed", [("actor", "Ostian warplanes")], [("warplanes", "borne")]),
        ("A drone attack on Halam killed nine.", "drone attack", [], [("drone", "naming")]),
        ("The bomb blast killed nine.", "blast", [], [("bomb", "naming")]),
        ("A truck bomber killed nine.", "killed", [("actor", "A truck bomber")], [("truck", "borne")]),
        ("A knife-wielding man hurt two.", "hurt", [("actor", "A knife-wielding man")], [("knife", "borne")]),
        ("A car bombing killed nine.", "bombing", [], [("car", "naming")]),
        ("A car hit a knife-wielding man.", "hit", [("actor", "A car")], []),
        ("A bomb near the blast was found.", "blast", [], []),
        ("A suicide bomber killed nine.", "killed", [("actor", "A suicide bomber")], []),
        ("Nine had bullet wounds.", "bullet wounds", [], []),
        (
            "Warplanes bombed Halam.",
            "bombed",
            [("actor", "Warplanes"), ("weapon", "Warplanes")],
            [("Warplanes", "weapon")],
        ),
    ],
)
def test_weapons(text: str, trigger: str, arguments: list[tuple[str, str]], wanted: list[tuple[str, str]]) -> None:
    (s,) = read(text, [(trigger, "ASSAULT", "Attack")], *arguments)
    assert [(w.spans[0].quote, w.rule.split(".")[1]) for w in s.weapons] == wanted


@pytest.mark.parametrize(
    ("text", "weapon", "wanted"),
    [
        ("Rebels hit Halam in an aerial attack.", "aerial", []),
        ("Rebels hit Halam in a terrorist attack.", "terrorist", []),
        ("Gunmen hit Halam with them.", "them", []),
        ("Marines hit Halam.", "Marines", []),
        ("An Ostian plane hit Halam.", "An", []),
        ("An Ostian plane hit Halam.", "An Ostian plane", ["An Ostian plane"]),
        ("Rebels hit Halam with weapons and men.", "weapons and", ["weapons"]),
        ("Rebels hit Halam with a bomb attached to a kite.", "a bomb attached to", ["a bomb attached"]),
        ("Rebels hit Halam with a cart.", "a cart", ["a cart"]),
        ("Ostian bombers hit Halam.", "Ostian bombers", ["Ostian bombers"]),
        ("A car hit Halam.", "A car", ["A car"]),
    ],
)
def test_a_weapon_is_a_thing(text: str, weapon: str, wanted: list[str]) -> None:
    (s,) = read(text, [("hit", "ASSAULT", "Attack")], ("weapon", weapon))
    assert [w.spans[0].quote for w in s.weapons] == wanted


@pytest.mark.parametrize(
    ("text", "weapon", "wanted"),
    [
        ("A chemical attack killed nine.", "chemical", "Chemical weapon"),
        ("A helicopter attack with chlorine killed nine.", "chlorine", "Chemical weapon"),
        ("A rocket attack killed nine.", "rocket", "Attack"),
        ("An attack with tear gas killed nine.", "tear gas", "Attack"),
    ],
)
def test_poison_is_a_chemical_weapon(text: str, weapon: str, wanted: str) -> None:
    (s,) = read(text, [("attack", "ASSAULT", "Attack")], ("weapon", weapon))
    assert s.sub_event and s.sub_event.code == wanted


@pytest.mark.parametrize(
    ("text", "trigger", "wanted"),
    [
        ("Strikes on Halam came after a gas attack on Tarif.", "Strikes", "Attack"),
        ("Nine died in a gas attack on Tarif.", "died", "Chemical weapon"),
    ],
)
def test_the_poison_of_another_act(text: str, trigger: str, wanted: str) -> None:
    (s,) = read(text, [(trigger, "ASSAULT", "Attack")], ("weapon", "gas"))
    assert s.sub_event and s.sub_event.code == wanted


def test_what_is_sent_is_no_weapon_of_the_sending() -> None:
    (s,) = read("Ostia sent warships.", [("sent", "MOBILIZE", "")], ("actor", "Ostia"))
    assert not s.weapons
