from __future__ import annotations

import pytest
from benchmarks.public._annotated import Read
from benchmarks.public.factuality import Asked, answer, asked, scores, way_of
from tests.builders import Say, report
from tests.english import english

from dateline.labels import Certainty

TEXT = "The miners did not strike on Monday , and the bridge collapsed ."
ROW = {"text": TEXT, "targets": [{"span1": [4, 5], "label": -2.5}, {"span1": [11, 12], "label": 3.0}]}


@pytest.mark.parametrize(("label", "way"), [(3.0, "happened"), (1.0, "happened"), (0.9, "uncertain"), (-1.0, "not")])
def test_judgements_are_three_ways(label: float, way: str) -> None:
    assert way_of(label) == way


def test_places_given_in_words_become_offsets() -> None:
    first, second = asked(ROW)
    assert (TEXT[first.start : first.end], first.way) == ("strike", "not")
    assert (TEXT[second.start : second.end], second.way) == ("collapsed", "happened")


def test_the_rules_of_certainty_answer_where_no_statement_is() -> None:
    r = report(TEXT)
    read = Read(r, english().annotate(r), ())
    assert [answer(read, a) for a in asked(ROW)] == [("not", False), ("happened", False)]


def test_a_statement_answers_for_its_trigger() -> None:
    r = report(TEXT)
    made = Say(r, TEXT, "collapsed").surely(Certainty.PLANNED).done()
    at = TEXT.index("collapsed")
    assert answer(Read(r, english().annotate(r), (made,)), Asked(at, at + 9, "happened")) == ("uncertain", True)


def test_scores_are_f1_of_each_way() -> None:
    found = scores([("happened", "happened"), ("happened", "not"), ("not", "not"), ("uncertain", "happened")])
    assert found["happened"] == pytest.approx(0.5)
    assert found["not"] == pytest.approx(2 / 3)
    assert found["accuracy"] == 0.5
    assert found["macro_f1"] == pytest.approx((0.5 + 2 / 3) / 3)
    assert scores([])["accuracy"] == 0.0
