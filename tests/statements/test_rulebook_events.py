"""Which sub-event a statement has, by its word, by who took the ground, by what else is told of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.english import english

from dateline.labels import Basis
from dateline.language.base import Argument, Reading, Same
from dateline.records import Report, Statement
from dateline.statements.combined import CombinedExtractor

Told = tuple[str, str, str]
"""Trigger, category, sub-event."""


def read(text: str, told: list[Told], *arguments: tuple[str, str], same: bool = False) -> list[Statement]:
    """The statements of some readings; arguments (role, words) are those of the first."""
    report = Report(text=text)
    annotation = english().annotate(report)
    made = []
    for n, (trigger, event, sub) in enumerate(told):
        start = text.index(trigger)
        sentence = next(s for s in annotation.sentences if s.start <= start < s.end)
        places = sorted((text.index(w), role, w) for role, w in arguments) if n == 0 else []
        held = tuple(Argument(role, at, at + len(w), 0.8, "") for at, role, w in places)
        end = start + len(trigger)
        made.append(Reading(start, end, sentence.index, 0.9, (event, 0.9), (sub, 0.8), ("stated", 0.9), held))
    pairs = tuple(Same("happening", made[0].start, r.start, 0.9) for r in made[1:]) if same else ()
    found = CombinedExtractor().extract(report, replace(annotation, readings=tuple(made), same=pairs))
    return sorted(found, key=lambda s: s.trigger[0].start)


def sub(s: Statement) -> tuple[str, str] | None:
    """Its sub-event and the rule that chose it."""
    return (s.sub_event.code, s.sub_event.rule) if s.sub_event else None


REGAINED, OVERTAKEN = "Government regains territory", "Non-state actor overtakes territory"
MODEL = "model.event.v1"


@pytest.mark.parametrize(
    ("text", "told", "arguments", "wanted"),
    [
        ("The air raid on Halam went on.", ("air raid", "ASSAULT", ""), (), ("Air/drone strike", "events.word.v1")),
        ("They shot ten men.", ("shot", "ASSAULT", "Armed clash"), (), ("Armed clash", MODEL)),
        ("The quarrel in Halam went on.", ("quarrel", "ASSAULT", ""), (), None),
        (
            "Jets hit Halam.",
            ("hit", "ASSAULT", ""),
            [("weapon", "Jets")],
            ("Air/drone strike", "events.word.v1"),
        ),
        (
            "The army captured Halam.",
            ("captured", "ASSAULT", OVERTAKEN),
            [("actor", "The army")],
            (REGAINED, "events.ground.v1"),
        ),
        (
            "Rebels captured Halam.",
            ("captured", "ASSAULT", REGAINED),
            [("actor", "Rebels")],
            (OVERTAKEN, "events.ground.v1"),
        ),
        ("Rebels captured Halam.", ("captured", "ASSAULT", OVERTAKEN), [("actor", "Rebels")], (OVERTAKEN, MODEL)),
        ("They captured Halam.", ("captured", "ASSAULT", REGAINED), [("actor", "They")], (REGAINED, MODEL)),
        (
            "The army and rebels captured Halam.",
            ("captured", "ASSAULT", REGAINED),
            [("actor", "The army"), ("actor", "rebels")],
            (REGAINED, MODEL),
        ),
        (
            "Ships hit Halam with missiles.",
            ("hit", "ASSAULT", "Air/drone strike"),
            [("weapon", "missiles")],
            ("Shelling/artillery/missile attack", "events.fired.v1"),
        ),
        (
            "Jets hit Halam with missiles.",
            ("hit", "ASSAULT", "Air/drone strike"),
            [("weapon", "missiles")],
            ("Air/drone strike", MODEL),
        ),
        (
            "An air strike hit Halam with missiles.",
            ("air strike", "ASSAULT", "Air/drone strike"),
            [("weapon", "missiles")],
            ("Air/drone strike", MODEL),
        ),
        (
            "Ostia deployed 400 troops to Halam.",
            ("deployed", "MOBILIZE", ""),
            (),
            ("Change to group/activity", "events.moved.v1"),
        ),
        ("Ostia freed ten prisoners.", ("freed", "RETREAT", ""), (), None),
    ],
)
def test_sub_event(text: str, told: Told, arguments: list[tuple[str, str]], wanted: tuple[str, str] | None) -> None:
    (s,) = read(text, [told], *arguments)
    assert sub(s) == wanted


BLASTS = "A suicide bomber attacked Halam. The blast killed nine. Gunmen shot a judge."
READ = [
    ("attacked", "ASSAULT", "Suicide bomb"),
    ("blast", "ASSAULT", "Remote explosive/landmine/IED"),
    ("shot", "ASSAULT", "Attack"),
]


def test_a_blast_of_one_happening_is_the_suicide_bombing() -> None:
    attack, blast, shot = read(BLASTS, READ, same=True)
    assert sub(attack) == ("Suicide bomb", MODEL) and sub(shot) == ("Attack", MODEL)
    assert sub(blast) == ("Suicide bomb", "events.suicide.v1")
    assert blast.sub_event and blast.sub_event.basis is Basis.CONTEXT and "“attacked”" in blast.sub_event.why[-1]


def test_another_blast_stays_what_it_is() -> None:
    _, blast, _ = read(BLASTS, READ)
    assert sub(blast) == ("Remote explosive/landmine/IED", MODEL)


DAYS = "Jets bombed Halam on Friday. It rained. The strike hit a farm."


@pytest.mark.parametrize(
    ("sub", "event", "day"),
    [
        ("Air/drone strike", "ASSAULT", True),
        ("Attack", "ASSAULT", True),
        ("Remote explosive/landmine/IED", "ASSAULT", False),
        ("", "ACCUSE", False),
    ],
)
def test_two_means_or_two_categories_are_no_one_happening(sub: str, event: str, day: bool) -> None:
    told = [("bombed", "ASSAULT", "Air/drone strike"), ("strike hit", event, sub)]
    first, second = read(DAYS, told, ("date", "on Friday"), same=True)
    assert first.date is not None and (second.date is not None) is day


@pytest.mark.parametrize(("number", "wanted"), [("290,000", "Armed clash"), ("290", "Air/drone strike")])
def test_the_toll_of_a_war_is_of_its_fighting(number: str, wanted: str) -> None:
    text = f"More than {number} people have been killed since 2011."
    report = Report(text=text)
    annotation = english().annotate(report)
    at = text.index("killed")
    count = Argument("figure", text.index(number), text.index(number) + len(number), 0.9, "killed")
    kind, sub, sure = ("ASSAULT", 0.9), ("Air/drone strike", 0.8), ("stated", 0.9)
    made = Reading(at, at + 6, 0, 0.9, kind, sub, sure, (count,))
    (s,) = CombinedExtractor().extract(report, replace(annotation, readings=(made,)))
    assert s.sub_event is not None and s.sub_event.code == wanted
