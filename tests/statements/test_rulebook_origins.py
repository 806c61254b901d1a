"""Places that something was launched or came from."""

from __future__ import annotations

import pytest
from tests.statements.test_rulebook_events import read


@pytest.mark.parametrize(
    ("text", "trigger", "event", "place", "role"),
    [
        ("Ships launched missiles from the Gulf of Ama at Halam.", "launched", "ASSAULT", "the Gulf of Ama", "origin"),
        ("Ostia withdrew its troops from Halam.", "withdrew", "RETREAT", "Halam", "origin"),
        ("The toll from Halam rose as jets bombed on.", "bombed", "ASSAULT", "Halam", "event"),
        ("Men from Halam left.", "left", "RETREAT", "Halam", "event"),
        ("Jets bombed roads from Halam.", "bombed", "ASSAULT", "Halam", "event"),
        ("Ships launched missiles at Halam.", "launched", "ASSAULT", "Halam", "event"),
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
