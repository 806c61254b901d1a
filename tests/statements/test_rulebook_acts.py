"""One act that two words tell of is one statement."""

from __future__ import annotations

import pytest
from tests.statements.test_rulebook_events import read


@pytest.mark.parametrize(
    ("text", "first", "second", "heads"),
    [
        ("Air strikes may be hitting farms.", "Air strikes", "hitting", [["Air strikes", "hitting"]]),
        ("Air strikes on Halam, which also hit farms, went on.", "Air strikes", "hit", [["Air strikes"], ["hit"]]),
        ("Ostia used both jets and missiles to hit farms.", "used", "hit", [["hit", "used"]]),
        ("Ostia used jets, and gunmen tried to hit farms.", "used", "hit", [["used"], ["hit"]]),
        ("A raid killed nine.", "raid", "killed", [["raid"], ["killed"]]),
    ],
)
def test_two_words_of_one_act(text: str, first: str, second: str, heads: list[list[str]]) -> None:
    found = read(text, [(first, "ASSAULT", "Attack"), (second, "ASSAULT", "Attack")])
    assert [[t.quote for t in s.trigger] for s in found] == heads


def test_the_statement_has_what_either_has() -> None:
    text = "Ostia used missiles to hit a depot in Halam."
    told = [("used", "ASSAULT", "Attack"), ("hit", "ASSAULT", "Attack")]
    (s,) = read(text, told, ("actor", "Ostia"), ("weapon", "missiles"), ("place", "Halam"))
    assert ([p.name for p in s.actors], [w.name for w in s.weapons]) == (["Ostia"], ["missile"])
    assert [p.name for p in s.places] == ["Halam"]


def test_other_categories_are_other_statements() -> None:
    found = read("Ostia used jets to threaten Halam.", [("used", "ASSAULT", ""), ("threaten", "THREATEN", "")])
    assert len(found) == 2
