from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from training.calibrate import (
    Case,
    best_heat,
    best_threshold,
    ece,
    f1,
    lent_counts,
    pair_counts,
    shown,
    sigmoid,
    softmax,
    span_counts,
    surprise,
    temperatures,
    thresholds,
)
from training.evidence import Evidence


def test_a_known_minimum_is_found() -> None:
    assert best_heat(lambda t: (np.log(t) - np.log(1.7)) ** 2) == pytest.approx(1.7, abs=0.002)


@settings(max_examples=20)
@given(st.floats(0.5, 3.0))
def test_logits_made_too_sure_are_cooled_by_as_much(factor: float) -> None:
    rng = np.random.default_rng(1)
    honest = rng.normal(0, 2, 4000)
    wanted = (rng.random(4000) < sigmoid(honest, 1.0)).astype(float)
    heat = best_heat(lambda t: surprise(honest * factor, wanted, t))
    assert heat == pytest.approx(factor, rel=0.12)


def test_allowed_classes_count_together() -> None:
    logits, allowed = np.zeros((1, 4)), np.array([[1.0, 1.0, 0.0, 0.0]])
    assert surprise(logits, allowed, 1.0) == pytest.approx(np.log(2))
    assert softmax(logits, 2.0).tolist() == [[0.25] * 4]


def test_calibration_error_is_the_gap_between_sureness_and_truth() -> None:
    assert ece(np.full(10, 0.8), np.array([1.0] * 8 + [0.0] * 2)) == pytest.approx(0)
    assert ece(np.full(10, 0.8), np.ones(10)) == pytest.approx(0.2)
    assert ece(np.ones(2), np.array([1.0, 0.0])) == pytest.approx(0.5)
    assert ece(np.zeros(0), np.zeros(0)) == 0


def test_only_what_the_product_shows_is_judged() -> None:
    sure, right = shown("roles", np.array([3.0, -3.0, 0.1]), np.array([1.0, 1.0, 0.0]), 1.0)
    assert len(sure) == 2 and right.tolist() == [1.0, 0.0]
    logits = np.array([[4.0, 0.0], [0.0, 4.0]])
    sure, right = shown("trigger", logits, np.array([[0.0, 1.0], [0.0, 1.0]]), 1.0)
    assert right.tolist() == [1.0] and sure[0] > 0.9
    sure, right = shown("entity", logits, np.array([[1.0, 0.0], [1.0, 0.0]]), 1.0)
    assert right.tolist() == [0.0]
    sure, right = shown("event", logits, np.eye(2), 1.0)
    assert right.tolist() == [1.0, 1.0]


def _case(inside: list[float], gold: tuple[tuple[int, int], ...], free: tuple[int, ...] = ()) -> Case:
    mask = np.zeros(len(inside), bool)
    mask[list(free)] = True
    return Case(np.array(inside), np.zeros(len(inside)), gold, mask)


def test_spans_are_counted_one_to_one() -> None:
    assert span_counts([_case([0.9, 0.9, 0.1, 0.6], ((1, 1),))], 0.5) == (1, 1, 0)
    assert span_counts([_case([0.9, 0.9, 0.1, 0.6], ((1, 1),))], 0.7) == (1, 0, 0)
    assert span_counts([_case([0.1, 0.1], ((0, 0), (1, 1)))], 0.5) == (0, 0, 2)
    assert span_counts([_case([0.9, 0.1], (), (0,))], 0.5) == (0, 0, 0)
    assert f1((0, 3, 3)) == 0 and f1((2, 1, 1)) == pytest.approx(2 / 3)


def test_of_equal_thresholds_that_nearest_to_half_the_best_f1_is_taken() -> None:
    assert best_threshold(lambda t: 1.0) == (0.5, 1.0)
    assert best_threshold(lambda t: 1.0 if t > 0.59 else 0.2)[0] == 0.6
    assert best_threshold(lambda t: 0.72 + (0.001 if t < 0.25 else 0))[0] == 0.36


def test_the_latest_of_equal_words_lends_the_role() -> None:
    row = (np.array([2.0, 2.0, -2.0]), np.array([0.0, 1.0, 0.0]), np.ones(3, bool))
    assert lent_counts([row], 1.0, 0.5) == (1, 0, 0)
    assert lent_counts([row], 1.0, 0.95) == (0, 0, 1)
    other = (np.array([2.0, -2.0]), np.zeros(2), np.array([False, True]))
    assert lent_counts([other], 1.0, 0.5) == (0, 0, 0)
    assert pair_counts(np.array([0.9, 0.9, 0.1]), np.array([1.0, 0.0, 1.0]), 0.5) == (1, 1, 1)


def test_heads_without_evidence_are_left_alone_and_few_cases_move_no_threshold() -> None:
    held = Evidence()
    held.add("certainty", np.array([[2.0, 0.0], [2.0, 0.0]]), np.array([[1.0, 0.0], [0.0, 1.0]]))
    held.add("event", np.zeros((0, 3)), np.zeros((0, 3)))
    made = temperatures(held)
    assert list(made) == ["certainty"] and made["certainty"]["temperature"] > 1
    words = np.array([[0.0, -1.0], [-3.0, -1.0]])
    held.roles["actor"] = [(words, ((0, 1),), np.zeros(2, bool))] * 5
    assert thresholds(held, {})["actor"] == {"threshold": 0.5, "f1": 0.0, "f1_at_half": 0.0, "gold": 5}
    held.roles["actor"] *= 24
    assert thresholds(held, {})["actor"]["threshold"] < 0.28
    assert thresholds(held, {})["actor"]["f1"] == 1
    held.same["name"] = [(np.array([1.0, -1.0] * 40), np.array([1.0, 0.0] * 40))]
    assert thresholds(held, {})["same_name"] == {"threshold": 0.5, "f1": 1.0, "f1_at_half": 1.0, "gold": 40}
