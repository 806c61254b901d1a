from __future__ import annotations

import pytest
from benchmarks.public._annotated import Read
from benchmarks.public.event_location import answer, bare, identity, spans, told_at
from tests.builders import HALAM, Say, find, report

from dateline.language.base import Annotation
from dateline.records import Report, Statement

TEXT = "Gunmen shot a guard in Kurto's Halam quarter and fled. Later bombs fell on Tarif."
R = report(TEXT)


def words(r: Report, quote: str) -> tuple[int, int]:
    span = find(r, quote)
    return span.start, span.end


def shot(place: str) -> Statement:
    said = Say(R, "Gunmen shot a guard in Kurto's Halam quarter and fled.", "shot")
    said.head, head = find(R, place), said.head
    said.at(HALAM)
    said.head = head
    return said.done()


def read(*made: Statement) -> Read:
    return Read(R, Annotation(R.id, (), (), ()), made)


def test_the_name_is_that_of_the_finest_place_of_the_words() -> None:
    names = [words(R, "Kurto"), words(R, "Halam"), words(R, "Tarif")]
    assert bare(find(R, "Kurto's Halam quarter"), names, TEXT, len) == words(R, "Halam")
    assert bare(find(R, "Halam quarter"), [], TEXT, lambda w: 0) == words(R, "Halam")
    assert bare(find(R, "guard"), [], TEXT, lambda w: 0) is None


def test_a_verb_is_answered_by_its_own_statement_else_by_the_nearest_of_its_sentence() -> None:
    made = shot("Halam quarter")
    names = [words(R, "Halam"), words(R, "Tarif")]
    assert told_at(words(R, "shot"), read(made)) == [made]
    assert told_at(words(R, "fled"), read(made)) == [made]
    assert told_at(words(R, "fell"), read(made)) == []
    assert answer(words(R, "fled"), read(made), names, lambda w: 0) == [words(R, "Halam")]
    assert answer(words(R, "fell"), read(made), names, lambda w: 0) == []


def test_spans_are_counted_in_tokens() -> None:
    row = {
        "tokens": [{"start": 0, "end": 3}, {"start": 4, "end": 9}],
        "spans": [{"label": "VERB", "token_start": 1, "token_end": 7, "start": 1, "end": 1}],
    }
    assert spans(row, "VERB") == [(4, 9)]
    assert spans(row, "LOCATION") == []


@pytest.mark.parametrize(("verb", "wanted"), [((0, 4), "-0-4"), ((3, 9), "-3-9")])
def test_a_row_is_known_by_its_text_and_verb(verb: tuple[int, int], wanted: str) -> None:
    assert identity("Shots rang.", verb).endswith(wanted) and len(identity("Shots rang.", verb)) == 16 + len(wanted)
