from __future__ import annotations

from dataclasses import replace

import pytest
from benchmarks.public.event_location import Names, answer, bare, identity, spans
from tests.builders import HALAM, Say, find, report

from dateline.language.en.placewords import Phrase, parse
from dateline.records import Report, Span, Statement
from dateline.resolve.places import Placed, Toponym

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


def taken_apart(quote: str) -> Phrase:
    return parse(quote, lambda w: 0)


def names(*quotes: str, national: bool = False) -> Names:
    found = (Toponym(*words(R, q), Placed(), national=national) for q in quotes)
    return Names(tuple(found), taken_apart)


def bare_of(text: str, quote: str, *places: str, people: tuple[str, ...] = ()) -> str | None:
    r = report(text)
    found = tuple(Toponym(*words(r, q), Placed()) for q in places)
    at = bare(find(r, quote), Names(found, taken_apart, tuple(words(r, q) for q in people)), text)
    return text[slice(*at)] if at else None


def test_the_name_is_that_of_the_finest_place_of_the_words() -> None:
    assert bare(find(R, "Kurto's Halam quarter"), names("Kurto", "Halam", "Tarif"), TEXT) == words(R, "Halam")
    assert bare(find(R, "Halam quarter"), names(), TEXT) == words(R, "Halam")
    assert bare(find(R, "guard"), names(), TEXT) is None


def test_a_word_for_nationals_is_no_place() -> None:
    assert bare(find(R, "Tarif"), names("Tarif", national=True), TEXT) is None


def test_a_person_is_no_place() -> None:
    text = "Troops captured Orla near Tarif."
    assert bare_of(text, "Orla", people=("Orla",)) is None
    assert bare_of(text, "Orla near Tarif", "Tarif", people=("Orla",)) == "Tarif"


@pytest.mark.parametrize(
    ("quote", "places", "wanted"),
    [
        ("the Orla Military Airport gate", ["Orla"], "Orla Military Airport"),
        ("‘Ebda", ["Ebda"], "‘Ebda"),
        ("Ebda", ["Ebda"], "‘Ebda"),
        ("Hama-Kurat", ["Hama"], "Hama-Kurat"),
        ("Tarim al-Kubra", ["Tarim"], "Tarim al-Kubra"),
        ("the Lower Sava", ["Lower Sava"], "Lower Sava"),
        ("Kurto's rebel-held town of Halam", ["Kurto", "Halam"], "Halam"),
        ("Kurto-held Ifra's", ["Ifra"], "Ifra"),
        ("the ports of the west", [], None),
    ],
)
def test_a_name_is_as_long_as_its_capitals(quote: str, places: list[str], wanted: str | None) -> None:
    text = (
        "A bomb hit the Orla Military Airport gate and ‘Ebda, Hama-Kurat, Tarim al-Kubra, the Lower Sava, "
        "Kurto's rebel-held town of Halam, Kurto-held Ifra's outskirts and the ports of the west."
    )
    assert bare_of(text, quote, *places) == wanted


def test_a_verb_is_answered_by_its_own_statement_and_a_name_once() -> None:
    made = (shot("Halam quarter"),)
    assert answer(words(R, "shot"), made, TEXT, names("Halam", "Tarif")) == [words(R, "Halam")]
    assert answer(words(R, "fell"), made, TEXT, names("Halam")) == []
    twice = "A mine killed a man in Orla after clashes in Orla."
    r = report(twice)
    said = Say(r, twice, "killed").at(HALAM)
    first, second = twice.index("Orla"), twice.rindex("Orla")
    told = said.done()
    both = replace(
        told, places=tuple(replace(told.places[0], spans=(Span(x, x + 4, "Orla"),)) for x in (first, second))
    )
    assert answer(words(r, "killed"), (both,), twice, Names((), taken_apart)) == [(first, first + 4)]


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
