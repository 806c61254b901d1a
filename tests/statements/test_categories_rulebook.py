"""What: readings in doubt, words of one category, refusals."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.english import english

from dateline.labels import Certainty
from dateline.language.base import Argument, Reading
from dateline.records import Report, ReportResult, Statement
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
        ("Ruvania lifted its ban on fish.", "fish", "SANCTION", "SANCTION"),
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


@pytest.mark.parametrize(
    ("text", "trigger", "whom", "wanted"),
    [
        ("Ruvania's premier called Queen Ada on Friday.", "called", "Queen Ada", "CONSULT"),
        ("Ruvania's premier called on Queen Ada to leave.", "called", "Queen Ada", "REQUEST"),
        ("Ruvania's premier called for talks with Queen Ada.", "called", "Queen Ada", "REQUEST"),
        ("Ruvania's premier asked Queen Ada to leave.", "asked", "Queen Ada", "REQUEST"),
    ],
)
def test_to_call_somebody_is_to_telephone(text: str, trigger: str, whom: str, wanted: str) -> None:
    (s,) = read(text, trigger, "REQUEST", target=whom)
    assert s.event.code == wanted
    assert [c.code for c in s.codes if c.rule == "categories.phone.v1"] == ["phone"] * (wanted == "CONSULT")


def several(text: str, *acts: tuple[str, str, str, str]) -> list[tuple[str, str, str, list[str]]]:
    """(category, trigger, certainty, actors) of the statements of readings (trigger, category, certainty, actor)."""
    report = Report(text=text)
    annotation = english().annotate(report)
    made = []
    for trigger, event, certainty, actor in acts:
        at = text.index(trigger)
        held = (Argument("actor", text.index(actor), text.index(actor) + len(actor), 0.8),) if actor else ()
        made.append(Reading(at, at + len(trigger), 0, 0.9, (event, 0.9), (None, 0.9), (certainty, 0.9), held))
    found = CombinedExtractor().extract(report, replace(annotation, readings=tuple(made)))
    statements = ReportResult(report=report, statements=found).statements
    return [(s.event.code, s.trigger[0].quote, s.certainty.label.value, [p.name for p in s.actors]) for s in statements]


def test_what_was_ordered_is_the_act() -> None:
    text = "The court ordered the release of two spies."
    order, release = ("ordered", "SANCTION", "stated", "The court"), ("release", "RETREAT", "hypothetical", "")
    assert several(text, order, release) == [("RETREAT", "release", "stated", ["The court"])]
    assert several(text, order) == [("SANCTION", "ordered", "stated", ["The court"])]


def test_who_carries_an_order_out_stays_the_actor() -> None:
    text = "The king ordered his guards to attack the port."
    found = several(text, ("ordered", "MOBILIZE", "stated", "The king"), ("attack", "ASSAULT", "planned", "his guards"))
    assert found == [("ASSAULT", "attack", "stated", ["his guards"])]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("The king ordered ten tanks, and rebels may attack the port.", "alleged"),
        ("The king ordered guards while rebels attack the port.", "stated"),
        ("The king denied that he ordered them to attack the port.", "denied"),
    ],
)
def test_an_act_behind_another_clause_was_not_ordered(text: str, certainty: str) -> None:
    found = several(text, ("ordered", "MOBILIZE", "stated", ""), ("attack", "ASSAULT", certainty, ""))
    assert [trigger for _, trigger, _, _ in found] == ["ordered", "attack"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ostia lifted its three-year ban on fish.", ("RETREAT", "lifted")),
        ("Ostia eased a strict night ban.", ("RETREAT", "eased")),
        ("Ostia lifted the lid, but its ban stays.", ("SANCTION", "ban")),
        ("Ostia imposed a ban on fish.", ("SANCTION", "ban")),
    ],
)
def test_what_is_lifted_is_not_imposed(text: str, wanted: tuple[str, str]) -> None:
    ((event, trigger, _, _),) = several(text, ("ban", "SANCTION", "stated", "Ostia"))
    assert (event, trigger) == wanted


def test_where_the_lifting_is_told_what_was_lifted_stays() -> None:
    text = "Ostia lifted its ban on fish."
    found = several(text, ("lifted", "RETREAT", "stated", "Ostia"), ("ban", "SANCTION", "stated", "Ostia"))
    assert [(event, trigger) for event, trigger, _, _ in found] == [("RETREAT", "lifted"), ("SANCTION", "ban")]
