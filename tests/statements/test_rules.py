from __future__ import annotations

from hypothesis import given, settings
from tests.english import english, names, one, read
from tests.language.test_en_language import NEWS
from tests.strategies import texts

from dateline.labels import PassageKind
from dateline.records import Report, ReportResult
from dateline.statements.rules import RuleExtractor
from dateline.testing.extractors import check_extractor


def test_the_extractor_keeps_the_contract() -> None:
    check_extractor(RuleExtractor(), english(), NEWS)


def test_a_report_is_read_whole() -> None:
    first, second = read(NEWS[0])
    assert (first.event.code, first.passage) == ("ASSAULT", PassageKind.SENTENCE)
    assert first.trigger[0].quote == "fired"
    assert names(first.actors) == ["Ruvanian warships"]
    assert "missile" in names(first.weapons)
    assert names(first.places) == ["Tarif"]
    assert second.trigger[0].quote == "strike"


def test_weapons_found_are_what_was_struck_not_what_was_used() -> None:
    s = one("Police seized ten rifles.")
    assert s.weapons == ()
    assert names(s.targets) == ["rifles"]


def test_who_claims_an_attack_is_its_actor() -> None:
    s = one("The Northern League claimed responsibility for the attack.")
    assert s.certainty.label == "claimed"
    assert names(s.actors) == ["Northern League"]


def test_who_did_it_is_not_counted_among_those_hurt() -> None:
    figures = one("A gunman killed two policemen in Halam.").figures
    assert [(f.min, f.max) for f in figures] == [(2, 2)]


def test_the_weapon_of_a_shared_subject_tells_the_kind_of_attack() -> None:
    _, attack = read("Ruvanian warplanes crossed into Ostia and attacked a convoy.")
    assert attack.sub_event is not None
    assert attack.sub_event.code == "Air/drone strike"


def test_credits_and_datelines_state_nothing() -> None:
    assert read("ATTACK, Ruvania (Harbour Wire) - It rained.\nReporting by Bomb Attack") == ()


@settings(max_examples=40, deadline=None)
@given(texts)
def test_any_text_gives_statements_that_hold(text: str) -> None:
    report = Report(text=text)
    found = RuleExtractor().extract(report, english().annotate(report))
    assert ReportResult(report=report, statements=found).statements == found
