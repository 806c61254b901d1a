from __future__ import annotations

from dataclasses import replace

import pytest
from tests.english import english

from dateline.language.base import Argument, Named, Reading
from dateline.records import Report, Statement
from dateline.statements.combined import CombinedExtractor


def read(text: str, trigger: str, *places: str, people: tuple[str, ...] = (), event: str = "ASSAULT") -> Statement:
    """The statement of one reading with these places; `people` are names of persons."""
    report = Report(text=text)
    annotation = english().annotate(report)
    held = sorted((text.index(p), p) for p in places)
    arguments = tuple(Argument("place", at, at + len(p), 0.8, "") for at, p in held)
    start = text.index(trigger)
    made = Reading(start, start + len(trigger), 0, 0.99, (event, 0.99), ("Attack", 0.8), ("stated", 0.9), arguments)
    named = tuple(Named(text.index(p), text.index(p) + len(p), "PER", 0.9) for p in people)
    return CombinedExtractor().extract(report, replace(annotation, readings=(made,), named=named))[0]


def placed(text: str, trigger: str, *places: str) -> list[str]:
    return [p.name for p in sorted(read(text, trigger, *places).event_places, key=lambda p: p.spans[0].start)]


def test_a_person_is_no_place() -> None:
    text = "Troops captured Orla near Halam."
    assert [p.name for p in read(text, "captured", "Orla", "Halam", people=("Orla",)).places] == ["Halam"]


@pytest.mark.parametrize(
    ("text", "place", "wanted"),
    [
        ("Bombs went off in Halam, Tarif and Kurto.", "Halam", ["Halam", "Tarif", "Kurto"]),
        ("Bombs went off in Halam and the Tarif.", "Halam", ["Halam", "Tarif"]),
        ("Markets in Halam and Tarif were attacked.", "Halam", ["Halam", "Tarif"]),
        ("Bombs went off in Halam, Tarif and Kurto.", "Tarif", ["Tarif"]),
        ("Rebels attacked Halam and Tarif condemned it.", "Halam", ["Halam"]),
        ("Rebels attacked Halam and were driven off from Tarif.", "Halam", ["Halam"]),
        ("Bombs went off in Halam, Ruvania.", "Halam", ["Halam"]),
    ],
)
def test_what_is_told_of_the_first_place_of_a_list_is_told_of_all(text: str, place: str, wanted: list[str]) -> None:
    trigger = "went off" if "went off" in text else "attacked"
    assert placed(text, trigger, place) == wanted


def test_a_place_of_a_list_says_why() -> None:
    made = read("Bombs went off in Halam and Tarif.", "went off", "Halam")
    (first, second) = made.event_places
    assert second.rule == "places.listed.v1" and second.confidence == first.confidence
    assert "“Halam”" in second.why[-1]


@pytest.mark.parametrize(
    ("text", "places", "wanted"),
    [
        ("A bomb went off in Halam, 12 km (8 miles) north of Tarif.", ["Halam", "Tarif"], ["Halam"]),
        ("A bomb went off in Halam just outside Tarif.", ["Halam", "Tarif"], ["Halam"]),
        ("A bomb went off north of Tarif in Halam.", ["Tarif", "Halam"], ["Halam"]),
        ("A bomb went off outside Tarif in Halam.", ["Tarif", "Halam"], ["Tarif"]),
        ("A bomb went off in Halam and another north of Tarif.", ["Halam", "Tarif"], ["Halam", "Tarif"]),
    ],
)
def test_a_place_from_which_the_way_is_measured_is_not_the_place(
    text: str, places: list[str], wanted: list[str]
) -> None:
    assert placed(text, "went off", *places) == wanted


@pytest.mark.parametrize(
    ("text", "places", "wanted"),
    [
        ("A bomb went off in the Ruvania town of Halam.", ["Ruvania"], ["Halam"]),
        ("A bomb went off in Ruvania's mainly Druze town of Halam.", ["Ruvania"], ["Halam"]),
        ("A bomb went off in Kurto's central Halam.", ["Kurto"], ["central Halam"]),
        ("A bomb went off in the Ruvania town of Halam.", ["Ruvania", "Halam"], ["Halam"]),
        ("A bomb went off in the Halam district of Kurto.", ["Halam"], ["Halam"]),
        ("A bomb went off in Ruvania's town.", ["Ruvania"], ["Ruvania"]),
        ("A bomb went off in Ruvania after Halam fell.", ["Ruvania"], ["Ruvania"]),
    ],
)
def test_the_finer_place_behind_what_holds_it(text: str, places: list[str], wanted: list[str]) -> None:
    assert placed(text, "went off", *places) == wanted


@pytest.mark.parametrize(
    ("text", "places", "wanted"),
    [
        ("A farmer from Tarif was shot in Halam.", ["Tarif", "Halam"], ["Halam"]),
        ("A farmer from Tarif was shot.", ["Tarif"], ["Tarif"]),
        ("Residents of the towns of Tarif and Kurto were shot in Halam.", ["Tarif", "Kurto", "Halam"], ["Halam"]),
        ("Refugees from Tarif were shot.", ["Tarif"], []),
        ("The army of Tarif was shot at in Halam.", ["Tarif", "Halam"], ["Tarif", "Halam"]),
    ],
)
def test_where_somebody_is_from_is_not_where_it_happened(text: str, places: list[str], wanted: list[str]) -> None:
    assert placed(text, "shot", *places) == wanted


def test_who_sets_out_from_a_place_was_there() -> None:
    made = read("Residents of Tarif marched on Halam.", "marched", "Tarif", "Halam", event="MOBILIZE")
    assert [p.name for p in made.event_places] == ["Tarif", "Halam"]
