"""Which words name places, with the names of an invented country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.language.base import Annotation, Named
from dateline.language.en.passages import passages
from dateline.language.en.placecontext import behind, chained, closed, neighbours, owner
from dateline.language.en.placenames import PlaceFinder
from dateline.language.en.tokens import tokenize
from dateline.records import Report

PLACES = {
    "halam": 900_000,
    "tarif": 400,
    "ruvania": 10_000_000,
    "deir orla": 30_000,
    "vesta": 90_000,
    "reading": 50,
    "ostia": 10_000_000,
}
NATIONALS = {"ruvanian": "Ruvania", "ruvanians": "Ruvania"}


class FewNames:
    def is_place(self, name: str) -> bool:
        return name.casefold() in PLACES

    def longest_place(self, words: Sequence[str]) -> int:
        return next((n for n in range(len(words), 0, -1) if " ".join(words[:n]).casefold() in PLACES), 0)

    def place_weight(self, name: str) -> int:
        return PLACES.get(name.casefold(), 0)


FINDER = PlaceFinder(FewNames(), NATIONALS)


def annotated(text: str, *named: tuple[str, str, float]) -> Annotation:
    report = Report(text=text)
    tokens = tokenize(text)
    made = (Named(text.index(q), text.index(q) + len(q), label, score) for q, label, score in named)
    held = tuple(sorted(made, key=lambda n: n.start))
    return replace(Annotation(report.id, tokens, passages(report, tokens), ()), named=held)


def found(text: str, *named: tuple[str, str, float]) -> list[str]:
    return [text[f.start : f.end] for f in FINDER.find(text, annotated(text, *named))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Shells fell on the city of Halam.", ["Halam"]),
        ("Shells fell near Tarif and they left.", []),
        ("Shells fell near Tarif town and they left.", ["Tarif"]),
        ("The men said that Ruvania had denied it.", ["Ruvania"]),
        ("The men met Halam-based traders and left.", ["Halam"]),
        ("The talks between Ruvania-Ostia delegates failed again.", ["Ruvania", "Ostia"]),
        ("Soldiers walked to Deir Orla and back.", ["Deir Orla"]),
        ("They drove through Vesta County on the way.", ["Vesta County"]),
        ("The Ruvanian army shot at two Ruvanians there.", ["Ruvanian", "Ruvanians"]),
        ("They left Vesta, Neb., for good.", ["Vesta", "Neb."]),
        ("The EU said that nothing was reading as planned.", []),
    ],
)
def test_names_by_what_is_known_and_stands_around(text: str, wanted: list[str]) -> None:
    assert found(text) == wanted


def test_the_model_makes_an_unknown_name_a_place_and_a_known_one_a_person() -> None:
    assert found("He went to Qzorra again.") == []
    assert found("He went to Qzorra again.", ("Qzorra", "LOC", 0.95)) == ["Qzorra"]
    assert found("Then Ana Vesta spoke to them.", ("Ana Vesta", "PER", 0.98)) == []


def test_a_sure_name_helps_the_same_name_elsewhere() -> None:
    text = "They lived in Tarif town. Later Tarif was shelled."
    assert found(text, ("Tarif", "LOC", 0.9)) == ["Tarif", "Tarif"]


def test_words_for_nationals_are_marked() -> None:
    text = "The Ruvanian army moved into Halam."
    assert [f.national for f in FINDER.find(text, annotated(text))] == [True, False]


@given(st.text(alphabet="HalmTrif deOR-,.'NbE", max_size=60))
def test_any_text_gives_names_in_order_that_do_not_overlap(text: str) -> None:
    spans = [(f.start, f.end) for f in FINDER.find(text, annotated(text))]
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_who_owns_a_name() -> None:
    assert owner("Police in Ruvania's northern ") == "Ruvania"
    assert owner("Police in Ruvania's large ") is None
    assert owner("Police in ") is None


@pytest.mark.parametrize(
    ("tail", "wanted"),
    [
        (", Ruvania. Then", ", Ruvania"),
        (" province fell", " province"),
        (" was shelled", ""),
        ("; Vesta", ""),
        (", north of Orla, the Vesta Ministry's spokesman", ", north of Orla, the Vesta Ministry's"),
    ],
)
def test_what_stands_behind_a_name(tail: str, wanted: str) -> None:
    assert behind("Halam" + tail, 5) == wanted


def test_lists_and_ends() -> None:
    text = "In Orla, Halam and Vesta, men fled."
    start = text.index("Halam")
    assert neighbours(text, start, start + 5) == ["Orla", "Vesta"]
    assert neighbours("In Halam they fled.", 3, 8) == []
    assert chained("In Orla, ", " fell") and chained("In ", ", and Vesta") and not chained("In ", " fell.")
    assert closed(". Then") and closed("") and not closed(" said")
