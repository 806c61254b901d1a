from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import yaml
from tests.english import english
from training.gold import as_report
from training.spots import HEADER, THRESHOLD, judged
from training.weigh import Span, learn, written

from dateline.language.base import Argument, Reading

TEXT = "Rebels killed a judge in Halam in Kara, police in Tarif said."
SHARED = SimpleNamespace(
    overlap=lambda a, b: any(x[0] < y[1] and y[0] < x[1] for x in a for y in b),
    event_places=lambda s: s["places"],
)


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def truths(*words: tuple[str, float], wanted: str = "Halam in Kara", **more: Any) -> list[bool]:
    places = [{"spans": [list(at(wanted))]}] if wanted else []
    statement = {"trigger": [list(at("killed"))], "event": ["ASSAULT"], "optional": False, "places": places} | more
    row = {"report_id": "r", "text": TEXT, "published": None, "statements": [statement]}
    held = tuple(Argument("place", *at(w), p, sure=p >= 0.5) for w, p in words)
    made = Reading(*at("killed"), 0, 0.9, ("ASSAULT", 0.9), ("Attack", 0.8), ("stated", 0.9), held)
    return [
        s.truth for s in judged(row, replace(english().annotate(as_report(row)), readings=(made,)), cast(Any, SHARED))
    ]


def test_of_two_spans_of_one_place_the_likelier_is_it() -> None:
    assert truths(("Kara", 0.4), ("Halam", 0.6), ("Tarif", 0.3)) == [True, False, False]


def test_an_event_without_a_place_has_none() -> None:
    assert truths(("Halam", 0.6), wanted="") == [False]


def test_what_the_annotators_have_no_event_for_is_nowhere() -> None:
    assert truths(("Halam", 0.6), trigger=[list(at("said"))]) == [False]


def test_statements_that_need_not_be_found_teach_nothing() -> None:
    assert truths(("Halam", 0.6), optional=True) == []


def test_the_file_is_what_the_product_reads() -> None:
    held = [Span(f"r{i}", "place", {"always": 1.0}, i < 60) for i in range(100)]
    made = yaml.safe_load(written(HEADER, THRESHOLD, {"place": learn(held)}))
    assert made["threshold"] == 0.33 and made["weights"]["place"]["always"] > 0
