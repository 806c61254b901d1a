"""Places that something was launched or came from."""

from __future__ import annotations

import pytest
from tests.statements.test_rulebook_events import read


@pytest.mark.parametrize(
    ("text", "trigger", "event", "place", "role"),
    [
        ("Ships launched missiles from the Gulf of Ama at Halam.", "launched", "ASSAULT", "the Gulf of Ama", "origin"),
        ("Ostia moved its troops from Halam.", "moved", "MOBILIZE", "Halam", "origin"),
        ("Ostia withdrew its troops from Halam.", "withdrew", "RETREAT", "Halam", "event"),
        ("Ostia freed a clerk from Halam.", "freed", "RETREAT", "Halam", "event"),
        ("Rebels set out, fresh from Halam.", "set out", "MOBILIZE", "Halam", "event"),
        ("The toll from Halam rose as jets bombed on.", "bombed", "ASSAULT", "Halam", "event"),
        ("Men from Halam left.", "left", "RETREAT", "Halam", "event"),
        ("Jets bombed roads from Halam.", "bombed", "ASSAULT", "Halam", "event"),
        ("Ships launched missiles at Halam.", "launched", "ASSAULT", "Halam", "event"),
        ("Rockets fired from Halam killed a baker.", "killed", "ASSAULT", "Halam", "origin"),
        ("A shell hit a barn; it was fired from Halam.", "hit", "ASSAULT", "Halam", "event"),
        (
            "Gunners killed a baker with shells fired from the direction of Halam.",
            "killed",
            "ASSAULT",
            "Halam",
            "origin",
        ),
        ("Drones sent from Halam were seen and a baker was shot.", "shot", "ASSAULT", "Halam", "event"),
    ],
)
def test_origin(text: str, trigger: str, event: str, place: str, role: str) -> None:
    (s,) = read(text, [(trigger, event, "")], ("place", place))
    assert [(p.spans[0].quote, p.role.value) for p in s.places] == [(place, role)]
    assert (s.places[0].rule == "places.origin.v1") is (role == "origin")


def test_an_origin_is_no_event_place_too() -> None:
    text = "Ships launched missiles from Halam."
    (s,) = read(text, [("launched", "ASSAULT", "")], ("place", "Halam"), ("origin", "Halam"))
    assert [p.role.value for p in s.places] == ["origin"]


@pytest.mark.parametrize(
    ("text", "held", "places"),
    [
        (
            "Rockets fired from the hills around Halam killed a baker in Tarif.",
            ["Tarif"],
            ["Tarif event", "Halam origin"],
        ),
        ("Rockets fired from a launcher to Halam killed a baker in Tarif.", ["Tarif"], ["Tarif event"]),
        ("Rockets fired from a launcher, in Halam, killed a baker in Tarif.", ["Tarif"], ["Tarif event"]),
    ],
)
def test_an_origin_that_the_model_missed(text: str, held: list[str], places: list[str]) -> None:
    (s,) = read(text, [("killed", "ASSAULT", "")], *(("place", x) for x in held))
    assert [f"{p.spans[0].quote} {p.role.value}" for p in s.places] == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Villagers left for Halam and Tarif.", ["Halam event", "Tarif event"]),
        ("Villagers left Halam and Tarif.", ["Halam origin", "Tarif origin"]),
        ("Villagers went to Halam, not Tarif.", ["Halam event", "Tarif origin"]),
    ],
)
def test_where_somebody_goes_is_no_origin(text: str, places: list[str]) -> None:
    trigger = "left" if "left" in text else "went"
    (s,) = read(text, [(trigger, "MOBILIZE", "")], ("origin", "Halam"), ("origin", "Tarif"))
    assert [f"{p.spans[0].quote} {p.role.value}" for p in s.places] == places


def test_a_place_where_somebody_goes_is_there_once() -> None:
    (s,) = read("Villagers fled to Halam.", [("fled", "RETREAT", "")], ("place", "Halam"), ("origin", "Halam"))
    assert [f"{p.spans[0].quote} {p.role.value}" for p in s.places] == ["Halam event"]
