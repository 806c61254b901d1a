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


def test_what_is_sent_is_no_weapon_of_the_sending() -> None:
    (s,) = read("Ostia sent warships.", [("sent", "MOBILIZE", "")], ("actor", "Ostia"))
    assert not s.weapons
