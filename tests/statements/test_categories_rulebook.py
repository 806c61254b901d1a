"""What: readings in doubt, words of one category, refusals."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.english import english

from dateline.language.base import Argument, Reading
from dateline.records import Certainty, Report, ReportResult, Statement
from dateline.statements.combined import CombinedExtractor


def read(
    text: str, trigger: str, event: str, certainty: str = "stated", score: float = 0.9, **roles: str
) -> tuple[Statement, ...]:
    """The statements of one reading; a role has the words that fill it. Below 0.5 the model is not sure."""
    report = Report(text=text)
    annotation = english().annotate(report)
    at = text.index(trigger)
    spans = sorted((text.index(words), text.index(words) + len(words), role) for role, words in roles.items())
    held = tuple(Argument(role, a, b, 0.8) for a, b, role in spans)
    kinds = (event, 0.9), (None, 0.9), (certainty, 0.9)
    made = Reading(at, at + len(trigger), 0, score, *kinds, held, sure=score >= 0.5)
    statements = CombinedExtractor().extract(report, replace(annotation, readings=(made,)))
    return ReportResult(report=report, statements=statements).statements


GIFT = "Ruvania gave Ostia tents."
SHELLED = "Rebels shelled Tarif."


@pytest.mark.parametrize(
    ("text", "trigger", "event", "score", "roles", "kept"),
    [
        (SHELLED, "shelled", "ASSAULT", 0.3, {}, True),
        (SHELLED, "shelled", "ASSAULT", 0.03, {}, False),
        (SHELLED, "shelled", "ASSAULT", 0.03, {"actor": "Rebels"}, False),
        (SHELLED, "shelled", "ASSAULT", 0.03, {"actor": "Rebels", "target": "Tarif"}, True),
        (SHELLED, "shelled", "AID", 0.3, {"actor": "Rebels", "target": "Tarif"}, False),
        (GIFT, "gave", "AID", 0.3, {"actor": "Ruvania"}, False),
        (GIFT, "gave", "AID", 0.03, {"actor": "Ruvania", "target": "Ostia"}, True),
        (GIFT, "gave", "ASSAULT", 0.3, {"actor": "Ruvania", "target": "Ostia"}, False),
        (GIFT, "tents", "AID", 0.3, {"actor": "Ruvania", "target": "Ostia"}, False),
        ("Ruvania pardoned the spy.", "pardoned", "SANCTION", 0.03, {"actor": "Ruvania", "target": "the spy"}, True),
    ],
)
def test_what_the_model_doubts_needs_the_lexicon_and_two_parties(
    text: str, trigger: str, event: str, score: float, roles: dict[str, str], kept: bool
) -> None:
    assert bool(read(text, trigger, event, score=score, **roles)) == kept


def test_what_the_model_all_but_rules_out_is_not_read_beside_what_it_is_sure_of() -> None:
    report = Report(text="Rebels shelled Tarif and gave Ostia tents.")
    annotation = english().annotate(report)
    kinds = (None, 0.9), ("stated", 0.9)
    parties = Argument("actor", 0, 6, 0.8), Argument("target", 30, 35, 0.8)
    sure = Reading(7, 14, 0, 0.9, ("ASSAULT", 0.9), *kinds)
    faint = Reading(25, 29, 0, 0.05, ("AID", 0.9), *kinds, parties, sure=False)
    extract = CombinedExtractor().extract
    assert [s.event.code for s in extract(report, replace(annotation, readings=(faint,)))] == ["AID"]
    assert [s.event.code for s in extract(report, replace(annotation, readings=(sure, faint)))] == ["ASSAULT"]


@pytest.mark.parametrize(
    ("text", "trigger", "event", "wanted"),
    [
        ("Ruvania lifted its ban on fish.", "lifted", "SANCTION", "RETREAT"),
        ("Ruvania lifted its ban on fish.", "lifted", "CONCEDE", "CONCEDE"),
        ("Ruvania lifted its ban on fish.", "ban", "SANCTION", "SANCTION"),
        ("The queen pardoned two spies.", "pardoned", "SANCTION", "RETREAT"),
        ("Ostia reneged on the deal.", "reneged", "AGREE", "REJECT"),
        ("The two sides failed to reach agreement.", "agreement", "AGREE", "REJECT"),
        ("Ostia ordered ten tanks.", "ordered", "MOBILIZE", "MOBILIZE"),
    ],
)
def test_a_word_of_one_category_is_of_it(text: str, trigger: str, event: str, wanted: str) -> None:
    (s,) = read(text, trigger, event)
    assert s.event.code == wanted
    assert (s.event.rule == "categories.plain.v1") == (wanted != event)


def test_the_mode_follows_the_category() -> None:
    (s,) = read("The queen pardoned two spies.", "pardoned", "SANCTION")
    assert [c.code for c in s.codes] == ["release"] and s.sub_event is None


@pytest.mark.parametrize(
    ("text", "trigger", "event", "certainty", "refused"),
    [
        ("Ostia will not attend the talks.", "attend", "CONSULT", "planned", True),
        ("Ostia will never again attend the talks.", "attend", "CONSULT", "planned", False),
        ("Ostia would still not free the men.", "free", "RETREAT", "denied", True),
        ("Ostia won't free the men.", "free", "RETREAT", "planned", True),
        ("Ostia will attend the talks, not the march.", "attend", "CONSULT", "planned", False),
        ("Ostia will not attack the port.", "attack", "ASSAULT", "planned", False),
        ("Ostia did not attend the talks.", "attend", "CONSULT", "denied", False),
        ("Its men will not be freed.", "freed", "RETREAT", "denied", False),
        ("Ostia will not attend the talks.", "attend", "CONSULT", "stated", False),
    ],
)
def test_what_somebody_will_not_do_is_refused(
    text: str, trigger: str, event: str, certainty: str, refused: bool
) -> None:
    (s,) = read(text, trigger, event, certainty)
    assert (s.event.code == "REJECT" and s.certainty.label is Certainty.STATED) == refused
    if refused:
        assert s.event.rule == s.certainty.rule == "categories.refused.v1"
