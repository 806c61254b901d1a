from __future__ import annotations

from hypothesis import given, settings
from tests.english import english
from tests.strategies import texts

from dateline.language.base import Annotation
from dateline.language.en.matcher import Phrases
from dateline.language.en.tokens import tokenize
from dateline.records import Report
from dateline.testing.languages import check_language

NEWS = (
    "HALAM, Ruvania (Harbour Wire) - Ruvanian warships fired 12 missiles at rebel positions near Tarif on Monday, "
    "killing at least nine people, two officials told the Wire.\n"
    "It was the second such strike this week.\nPhoto by: A. Orlo",
    "REBELS SAID THEY HAD TAKEN HALAM. THE ARMY DENIED IT.",
)


def test_english_keeps_the_contract() -> None:
    check_language(english(), NEWS)


@settings(max_examples=40, deadline=None)
@given(texts)
def test_any_text_can_be_annotated(text: str) -> None:
    assert isinstance(english().annotate(Report(text=text)), Annotation)


def test_the_longest_phrase_wins_and_the_first_value_stays() -> None:
    known = Phrases([("car", 1), ("car bomb", 2), ("car bomb", 3)])
    tokens = tokenize("a car bomb and a car")
    assert list(known.find(tokens, 0, len(tokens))) == [(1, 3, 2), (5, 6, 1)]
    assert [v for _, v in known.all_at(tokens, 1, len(tokens))] == [2, 1]
