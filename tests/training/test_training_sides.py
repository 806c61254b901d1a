from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import yaml
from tests.english import english
from training.gold import as_report
from training.sides import HEADER, THRESHOLD, spans
from training.weigh import Span, fit, learn, table, written

from dateline.language.base import Annotation, Argument, Reading

TEXT = "Rebels killed a judge in Halam."
SHARED = SimpleNamespace(
    overlap=lambda a, b: any(x[0] < y[1] and y[0] < x[1] for x in a for y in b),
    mutual=lambda s: s["event"] == ["CONSULT"],
)


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def row(event: str = "ASSAULT", **more: Any) -> dict[str, Any]:
    statement = {"trigger": [list(at("killed"))], "event": [event], "optional": False} | more
    statement |= {"actors": [{"spans": [list(at("Rebels"))]}], "targets": [{"spans": [list(at("a judge"))]}]}
    return {"report_id": "r", "text": TEXT, "published": None, "statements": [statement]}


def annotation(row: dict[str, Any], *roles: tuple[str, str]) -> Annotation:
    held = tuple(Argument(role, *at(words), 0.6) for role, words in roles)
    made = Reading(*at("killed"), 0, 0.9, ("ASSAULT", 0.9), ("Attack", 0.8), ("stated", 0.9), held)
    return replace(english().annotate(as_report(row)), readings=(made,))


def judged(r: dict[str, Any], *roles: tuple[str, str]) -> list[tuple[str, bool]]:
    return [(s.role, s.truth) for s in spans(r, annotation(r, *roles), cast(Any, SHARED))]


def test_a_span_is_true_where_the_annotators_have_one_that_overlaps() -> None:
    roles = (("actor", "Rebels"), ("target", "judge"), ("target", "Rebels"))
    assert judged(row(), *roles) == [("actor", True), ("target", False), ("target", True)]


def test_of_two_spans_of_one_party_one_is_true() -> None:
    assert judged(row(), ("target", "a"), ("target", "judge")) == [("actor", True), ("target", True), ("target", False)]


def test_two_sides_whose_order_says_nothing_may_be_swapped() -> None:
    assert ("target", True) in judged(row("CONSULT"), ("target", "Rebels"))


def test_statements_that_need_not_be_found_teach_nothing() -> None:
    assert judged(row(optional=True), ("actor", "Rebels")) == []


def test_an_event_that_the_annotators_do_not_have_has_no_sides() -> None:
    assert set(judged(row() | {"statements": []}, ("actor", "Rebels"))) == {("actor", False), ("target", False)}


def test_weights_follow_what_tells_spans_apart() -> None:
    held = [Span(f"r{i}", "actor", {"always": 1.0, "before": float(i % 2), "rare": float(i == 0)}, i % 2 == 1)
            for i in range(200)]  # fmt: skip
    found = learn(held)
    assert found.f1 == 1.0 and "rare" not in found.weights
    assert found.weights["before"] > 2 and found.weights["always"] < 0
    x = table(held, ["before"])
    assert x.shape == (200, 1) and fit(x, np.array([s.truth for s in held], float))[0] > 1


def test_the_file_is_what_the_product_reads() -> None:
    held = [Span(f"r{i}", "actor", {"always": 1.0}, i < 60) for i in range(100)]
    made = yaml.safe_load(written(HEADER, THRESHOLD, {role: learn(held) for role in ("actor", "target")}))
    assert made["threshold"] == THRESHOLD and made["weights"]["actor"] == made["weights"]["target"] != {}
