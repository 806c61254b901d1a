"""What the words of a span say of its being a side."""

from __future__ import annotations

from dataclasses import replace

from tests.statements.test_sides import at, of, reading, why

from dateline.language.base import Argument, Reading


def test_people_beside_what_was_struck() -> None:
    text = "A blast at a mosque killed twelve people."
    r = reading(text, "blast", ("target", "a mosque", 0.7), ("target", "twelve people", 0.6))
    people, mosque = (why(text, w, r) for w in ("twelve people", "a mosque"))
    assert people["people"] == people["numbered"] == 1 and people["people.beside"] == 0.7
    assert "people" not in mosque and "numbered" not in mosque and mosque["length"] == 2 / 6


def test_the_noun_of_a_phrase_stands_before_its_preposition() -> None:
    text = "They killed people in the camp."
    assert (
        why(text, "people in the camp", reading(text, "killed", ("target", "people in the camp", 0.6)))["people"] == 1
    )


def condemned(category: str) -> tuple[str, tuple[Reading, ...]]:
    text = "The council condemned the raid by rebels."
    r = reading(text, "raid", ("actor", "The council", 0.5), ("target", "rebels", 0.6))
    other = Reading(
        *at(text, "condemned"), 0, 0.9, (category, 0.9), (None, 0.8), ("stated", 0.9),
        (Argument("actor", *at(text, "The council"), 0.9),),
    )  # fmt: skip
    return text, (r, other)


def test_who_says_something_of_an_act_is_told_from_who_does_something() -> None:
    text, held = condemned("ACCUSE")
    found = why(text, "The council", *held)
    assert found["actor.of.said.noun"] == found["actor.before.said.noun"] == 0.9
    text, held = condemned("ASSAULT")
    assert why(text, "The council", *held)["actor.of.done.noun"] == 0.9


def test_where_the_other_side_stands() -> None:
    text, held = condemned("ACCUSE")
    assert why(text, "The council", *held)["opposed.noun.before"] == 1
    r = replace(held[0], arguments=(*held[0].arguments, Argument("target", *at(text, "council"), 0.7)))
    assert of(text, r).voice == "noun"
    swapped = reading(text, "raid", ("actor", "The council", 0.5), ("target", "condemned", 0.6))
    assert why(text, "The council", swapped)["opposed.here.before"] == 1
