from __future__ import annotations

import pytest
from tests.english import names, read

from dateline.labels import Basis, PlaceRole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels shelled Halam.", ["Halam"]),
        ("Gunmen killed a judge in Tarif, Ruvania.", ["Tarif"]),
        ("Gunmen killed a judge in Halam and a mayor in Tarif.", ["Halam", "Tarif"]),
        ("The army condemned the killing in Halam.", []),
        ("Gunmen killed nine people in Halam and Tarif.", ["Halam", "Tarif"]),
        ("In Tarif, gunmen killed a judge, then, after an hour of negotiations with police, fled.", ["Tarif"]),
        ("Gunmen attacked a man from Tarif.", []),
        ("They attacked flights to Tarif.", []),
        ("Gunmen based in Tarif attacked a convoy.", []),
    ],
)
def test_the_finest_place_of_the_sentence_is_taken(text: str, expected: list[str]) -> None:
    assert names(read(text)[0].places) == expected


def test_from_is_where_it_came_from() -> None:
    place = read("Rockets were fired from Tarif.")[0].places[0]
    assert (place.name, place.role) == ("Tarif", PlaceRole.ORIGIN)


def test_an_attack_without_a_place_takes_the_one_before_it() -> None:
    _, second = read("A bomb exploded in Halam. The attack killed nine people.")
    assert names(second.places) == ["Halam"]
    assert second.places[0].implied
    assert second.places[0].basis is Basis.CONTEXT
    assert second.places[0].spans[0].quote == "Halam"


def test_no_place_is_carried_into_another_paragraph() -> None:
    _, second = read("A bomb exploded in Halam.\nThe attack killed nine people.")
    assert second.places == ()


def test_no_place_is_carried_from_a_visit_or_a_plan() -> None:
    _, second = read("The minister visited Halam. The attack killed nine people.")
    assert second.places == ()
