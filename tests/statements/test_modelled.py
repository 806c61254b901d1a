"""The extractor over readings made by hand: what the model holds to be so becomes a statement, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.english import english, names
from tests.language.en.test_en_modelled import language
from tests.language.test_en_language import NEWS

from dateline.labels import Basis, Certainty, Measure, PassageKind, PlaceRole, Qualifier, SourceType
from dateline.language.base import Argument, Reading
from dateline.records import Report, ReportResult, Statement
from dateline.statements.modelled import ModelExtractor
from dateline.testing.extractors import check_extractor

TEXT = (
    "The monitor was quoted by the Harbour Wire. Fighting went on around Halam.\n"
    "Ruvanian warships fired 12 missiles from Ostia at rebel positions near Tarif on Monday, reportedly killing at "
    "least nine people, three of them children."
)
TRIGGER = "fired"


def argument(text: str, role: str, words: str, label: str = "", part: bool = False) -> Argument:
    """An argument at the first place where those words stand."""
    start = text.index(words)
    carried = start < text.index("\n") if "\n" in text else False
    return Argument(role, start, start + len(words), 0.875, label, part, carried)


def reading(text: str, *arguments: Argument, trigger: str = TRIGGER, certainty: str = "stated") -> Reading:
    """A reading at the first place where the trigger stands."""
    start = text.index(trigger)
    sentence = next(s for s in english().annotate(Report(text=text)).sentences if s.start <= start < s.end)
    return Reading(
        start,
        start + len(trigger),
        sentence.index,
        0.75,
        ("ASSAULT", 0.9),
        ("Shelling/artillery/missile attack", 0.8),
        (certainty, 0.7),
        arguments,
    )


def extract(text: str, *readings: Reading) -> tuple[Statement, ...]:
    """The statements of some readings, checked against the evidence law."""
    report = Report(text=text)
    annotation = replace(english().annotate(report), readings=readings)
    return ReportResult(report=report, statements=ModelExtractor().extract(report, annotation)).statements


def one(*arguments: Argument, certainty: str = "stated") -> Statement:
    """The statement of one reading of TEXT."""
    (made,) = extract(TEXT, reading(TEXT, *arguments, certainty=certainty))
    return made


def test_it_keeps_the_contract() -> None:
    check_extractor(ModelExtractor(), language(), NEWS)
    assert ModelExtractor().extract(Report(text=NEWS[0]), language().annotate(Report(text=NEWS[0])))


def test_without_readings_there_are_no_statements() -> None:
    assert extract(NEWS[0]) == ()


def test_event_and_sub_event_are_the_models() -> None:
    s = one()
    assert (s.event.scheme, s.event.code, s.event.confidence) == ("plover", "ASSAULT", 0.9)
    assert s.sub_event is not None
    assert (s.sub_event.scheme, s.sub_event.code) == ("acled", "Shelling/artillery/missile attack")
    assert (s.trigger[0].quote, s.passage) == ("fired", PassageKind.SENTENCE)
    assert s.sentence.quote.startswith("Ruvanian") and s.sentence.quote.endswith("children.")
    (none,) = extract(TEXT, replace(reading(TEXT), sub_event=(None, 0.6)))
    assert none.sub_event is None


def test_the_mode_is_the_lexicons_where_it_fits_the_category() -> None:
    text = "Rebels ambushed a convoy near Tarif."
    (made,) = extract(text, reading(text, trigger="ambushed"))
    assert [(c.scheme, c.code, c.rule) for c in made.codes] == [("plover_mode", "firearms", "events.mode.v1")]
    (other,) = extract(text, replace(reading(text, trigger="ambushed"), event=("CONSULT", 0.9)))
    assert other.codes == ()


def test_parties_are_as_written() -> None:
    s = one(argument(TEXT, "actor", "Ruvanian warships"), argument(TEXT, "target", "rebel positions"))
    assert (names(s.actors), names(s.targets)) == (["Ruvanian warships"], ["rebel positions"])
    assert (s.actors[0].rule, s.targets[0].rule) == ("model.actor.v1", "model.target.v1")
    assert s.actors[0].confidence == 0.875 and "0.88" in s.actors[0].why[0]


def test_a_weapon_has_the_lexicons_name_and_class_if_it_has_one() -> None:
    s = one(argument(TEXT, "weapon", "12 missiles"), argument(TEXT, "weapon", "children"))
    assert [(w.name, w.kind is None) for w in s.weapons] == [("missile", False), ("children", True)]
    assert [w.spans[0].quote for w in s.weapons] == ["12 missiles", "children"]


def test_places_have_roles_and_say_if_they_are_carried() -> None:
    s = one(argument(TEXT, "place", "Halam"), argument(TEXT, "origin", "Ostia"), argument(TEXT, "place", "Tarif"))
    assert [(p.name, p.role, p.basis, p.rule) for p in s.places] == [
        ("Halam", PlaceRole.EVENT, Basis.CONTEXT, "model.place_carried.v1"),
        ("Ostia", PlaceRole.ORIGIN, Basis.TEXT, "model.origin.v1"),
        ("Tarif", PlaceRole.EVENT, Basis.TEXT, "model.place.v1"),
    ]


def test_a_date_is_one_the_grammar_reads() -> None:
    assert one().date is None
    assert one(argument(TEXT, "date", "children")).date is None
    weak = replace(argument(TEXT, "date", "children"), score=0.99)
    made = one(weak, argument(TEXT, "date", "Monday,")).date
    assert made is not None
    assert (made.spans[0].quote.split()[-1], made.earliest, made.latest, made.rule) == (
        "Monday",
        None,
        None,
        "model.date.v1",
    )


def test_a_date_of_an_earlier_sentence_is_lent() -> None:
    text = "Troops shelled Halam on Friday.\nThey fired rockets too."
    at = text.index("Friday")
    lent = Argument("date", at, at + 6, 0.8, carried=True)
    (made,) = extract(text, reading(text, lent))
    assert made.date and made.date.basis is Basis.CONTEXT
    assert "Friday" in made.date.spans[0].quote and made.date.rule == "model.date_carried.v1"


def test_figures_are_counts_the_grammar_reads() -> None:
    s = one(
        argument(TEXT, "figure", "nine", "killed"),
        argument(TEXT, "figure", "three of them", "killed", part=True),
        argument(TEXT, "figure", "reportedly", "injured"),
    )
    nine, three = s.figures
    assert (nine.measure, nine.min, nine.max, nine.qualifier, nine.of) == (
        Measure.KILLED,
        9,
        None,
        Qualifier.AT_LEAST,
        None,
    )
    assert nine.spans[0].quote.startswith("at least nine")
    assert (three.min, three.max, three.qualifier) == (3, 3, Qualifier.EXACT)
    assert three.of
    assert nine.rule == "model.figure_killed.v1"


def test_a_count_is_given_once() -> None:
    twice = argument(TEXT, "figure", "at least nine", "killed"), argument(TEXT, "figure", "nine people", "injured")
    (figure,) = one(*twice).figures
    assert figure.measure is Measure.KILLED


def test_the_source_chain_is_outermost_first() -> None:
    s = one(argument(TEXT, "source", "The monitor", "monitor"), argument(TEXT, "via", "the Harbour Wire", "agency"))
    assert [(x.name, x.type, x.basis, x.rule) for x in s.sources] == [
        ("the Harbour Wire", SourceType.AGENCY, Basis.CONTEXT, "model.source_carried.v1"),
        ("The monitor", SourceType.MONITOR, Basis.CONTEXT, "model.source_carried.v1"),
    ]


@pytest.mark.parametrize("label", [c.value for c in Certainty if c is not Certainty.STATED])
def test_a_certainty_shows_its_cues_or_the_trigger(label: str) -> None:
    bare = one(certainty=label).certainty
    assert (bare.label, bare.confidence, [x.quote for x in bare.spans]) == (Certainty(label), 0.7, ["fired"])
    cued = one(argument(TEXT, "cue", "reportedly"), certainty=label).certainty
    assert [x.quote for x in cued.spans] == ["reportedly"]


def test_what_is_merely_stated_needs_no_cue() -> None:
    made = one(argument(TEXT, "cue", "reportedly")).certainty
    assert (made.label, made.basis, made.spans) == (Certainty.STATED, Basis.DEFAULT, ())


def test_every_value_says_why_and_which_head_made_it() -> None:
    s = one(
        *(
            argument(TEXT, r, w)
            for r, w in (("actor", "Ruvanian warships"), ("weapon", "missiles"), ("place", "Tarif"))
        ),
        argument(TEXT, "figure", "nine", "killed"),
        argument(TEXT, "date", "Monday"),
        argument(TEXT, "source", "The monitor", "monitor"),
        certainty="alleged",
    )
    values = [v for name, v in s.values() if name != "codes"]
    assert len(values) == 9
    assert all(v.why and v.rule.startswith("model.") and v.confidence is not None for v in values)


def test_statements_are_one_a_reading_in_text_order() -> None:
    made = extract(TEXT, reading(TEXT, trigger="Fighting"), reading(TEXT), reading(TEXT, trigger="killing"))
    assert [s.trigger[0].quote for s in made] == ["Fighting", "fired", "killing"]
    assert len({s.id for s in made}) == 3


def test_credits_and_datelines_are_silent() -> None:
    report = Report(text=NEWS[0])
    plain = english().annotate(report)
    silent = [s for s in plain.sentences if s.kind in (PassageKind.CREDIT, PassageKind.DATELINE)]
    assert silent
    held = tuple(Reading(s.start, s.end, s.index, 0.9, ("ASSAULT", 0.9), (None, 0.9), ("stated", 0.9)) for s in silent)
    assert ModelExtractor().extract(report, replace(plain, readings=held)) == ()
