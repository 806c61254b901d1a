"""Places weighed anew: what stands around a span speaks for it or against it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.english import english

from dateline.errors import ConfigError
from dateline.language.base import Annotation, Argument, Reading
from dateline.records import Report
from dateline.statements import spots
from dateline.statements.spots import clauses, located, reasons, weights


def at(text: str, words: str) -> tuple[int, int]:
    """Where words stand."""
    start = text.index(words)
    return start, start + len(words)


def reading(
    text: str, trigger: str, *arguments: tuple[str, str, float], event: str = "ASSAULT", carried: str = ""
) -> Reading:
    """A reading of the last sentence of a text; an argument is (role, words, score)."""
    held = [Argument(role, *at(text, words), p, sure=p >= 0.5) for role, words, p in arguments]
    if carried:
        held.append(Argument("place", *at(text, carried), 0.9, carried=True, sure=not arguments))
    start, end = at(text, trigger)
    return Reading(
        start, end, text[:start].count("\n"), 0.9, (event, 0.9), ("Attack", 0.8), ("stated", 0.9), tuple(held)
    )


def read(text: str, *readings: Reading) -> tuple[Report, Annotation]:
    """A report and its annotation with these readings."""
    report = Report(text=text)
    return report, replace(english().annotate(report), readings=readings)


def why(text: str, words: str, *readings: Reading) -> dict[str, float]:
    """The reasons for a place of the first reading."""
    c = next(clauses(*read(text, *readings)))
    return reasons(c, next(a for a in c.reading.arguments if (a.start, a.end) == at(text, words)))


def left(text: str, *readings: Reading) -> list[tuple[str, str]]:
    """Role and words of what the first reading has after all reasons."""
    found = located(*read(text, *readings)).readings[0]
    return [(a.role, text[a.start : a.end]) for a in found.arguments]


def test_what_leads_to_a_place_what_it_is_and_where_it_stands() -> None:
    text = "In Kara, troops left Halam for a camp."
    r = reading(text, "left", ("place", "Kara", 0.4), ("place", "Halam", 0.6), ("place", "camp", 0.2), event="RETREAT")
    head, own, camp = (why(text, w, r) for w in ("Kara", "Halam", "camp"))
    assert head["heads"] == head["heads.rival"] == head["way.RETREAT.in"] == head["named"] == 1
    assert own["way.RETREAT.bare"] == own["named"] == own["certainty.stated"] == own["describes"] == 1
    assert camp["unnamed"] == 1 and "heads" not in camp and "describes" not in camp


def test_what_else_the_model_makes_of_the_words() -> None:
    text = "Rebels shelled Halam and captured Tarif."
    r = reading(text, "shelled", ("place", "Halam", 0.6), ("place", "Tarif", 0.3), ("target", "Halam", 0.7))
    other = reading(text, "captured", ("place", "Tarif", 0.9))
    mine, far = why(text, "Halam", r, other), why(text, "Tarif", r, other)
    assert mine["also.target"] == 0.7 and mine["also.origin"] == mine["elsewhere.place"] == 0
    assert far["elsewhere.place"] == far["nearer.place"] == 0.9 and far["between.event"] == 1


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights of two reasons."""
    held = spots.Weights({"always": -1.0, "way.ASSAULT.in": 2.0}, 0.5)
    monkeypatch.setattr(spots, "weights", lambda: held)


@pytest.mark.usefixtures("plain")
def test_reasons_take_a_doubtful_place_and_drop_a_sure_one() -> None:
    text = "Bombs fell in Halam, near Tarif."
    r = reading(text, "fell", ("place", "Halam", 0.2), ("place", "Tarif", 0.9), ("weapon", "Bombs", 0.9))
    assert left(text, r) == [("weapon", "Bombs"), ("place", "Halam")]
    (place,) = (a for a in located(*read(text, r)).readings[0].arguments if a.role == "place")
    assert place.sure and place.score == 0.7311
    assert "probability 0.20" in place.why and "way.ASSAULT.in +2.0" in place.why


@pytest.mark.usefixtures("plain")
def test_a_place_is_carried_where_the_sentence_has_none_of_its_own() -> None:
    text = "It was quiet in Halam.\nBombs fell in Tarif."
    assert left(text, reading(text, "fell", ("place", "Tarif", 0.2), carried="Halam")) == [("place", "Tarif")]
    text = "It was quiet in Halam.\nBombs fell near Tarif."
    r = reading(text, "fell", ("place", "Tarif", 0.9), carried="Halam")
    assert left(text, r) == [("place", "Halam")]
    assert all(a.sure for a in located(*read(text, r)).readings[0].arguments)


def test_the_weights_that_come_with_dateline_are_used() -> None:
    text = "A bomb went off in Halam on Friday, police in Tarif said."
    r = reading(text, "went off", ("place", "Halam", 0.9), ("place", "Tarif", 0.2))
    assert left(text, r) == [("place", "Halam")]
    assert 0.3 <= weights().threshold <= 0.5


def test_weights_that_are_not_whole_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    weights.cache_clear()
    monkeypatch.setattr(spots, "load_yaml", lambda *_: {"threshold": 0.5})
    with pytest.raises(ConfigError, match=r"spots\.yaml"):
        weights()
    weights.cache_clear()
