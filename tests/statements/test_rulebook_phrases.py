"""The rules of what a phrase is, and of quarters, on statements made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.english import english
from tests.statements.test_rulebook import names, read

from dateline.language.base import Argument, Named, Reading
from dateline.records import Report
from dateline.statements.combined import CombinedExtractor
from dateline.statements.rulebook.phrases import HELD, REPEATED, TRIM


@pytest.mark.parametrize(
    ("text", "target", "left"),
    [
        ("They shot a clerk who fled.", "a clerk who", "a clerk"),
        ("They shot hundreds of farmers there.", "of farmers", "farmers"),
        ("They shelled the camp of the rebels.", "the camp of the", "the camp"),
        ("They shot the clerk.", "the clerk", "the clerk"),
        ("They shot at least ten clerks.", "at least ten clerks", "at least ten clerks"),
    ],
)
def test_no_name_ends_with_a_preposition(text: str, target: str, left: str) -> None:
    trigger = "shelled" if "shelled" in text else "shot"
    held = read(text, trigger, ("target", target)).targets
    assert names(held) == [left]
    assert (held[0].rule == TRIM) is (target != left)


def test_nothing_is_left_of_prepositions_alone() -> None:
    assert not read("They shot at of in the dark.", "shot", ("target", "of in")).targets


def test_money_is_no_party() -> None:
    text = "Fire destroyed two mills and did damage of 3 million dinars."
    assert names(read(text, "destroyed", ("target", "two mills"), ("target", "dinars")).targets) == ["two mills"]


def test_money_that_the_model_reads_is_no_party() -> None:
    text = "Raiders destroyed goods worth 90 guilders."
    report = Report(text=text)
    at, start = text.index("guilders"), text.index("destroyed")
    held = (Argument("target", at, at + 8, 0.9),)
    made = Reading(start, start + 9, 0, 0.99, ("ASSAULT", 0.9), ("Attack", 0.8), ("stated", 0.9), held)
    annotation = replace(english().annotate(report), readings=(made,), named=(Named(at - 3, at + 8, "MONEY", 0.9),))
    assert not CombinedExtractor().extract(report, annotation)[0].targets


@pytest.mark.parametrize(
    ("text", "targets", "left"),
    [
        ("They shelled posts held by rebels.", ["posts", "rebels"], ["posts held by rebels"]),
        ("They shelled a mill belonging to the rebels.", ["a mill", "the rebels"], ["a mill belonging to the rebels"]),
        ("They shelled posts and rebels.", ["posts", "rebels"], ["posts", "rebels"]),
        ("They shelled posts guarded by night.", ["posts"], ["posts"]),
    ],
)
def test_what_is_held_and_its_holder_are_one_target(text: str, targets: list[str], left: list[str]) -> None:
    held = read(text, "shelled", *(("target", t, "0.98") for t in targets)).targets
    assert names(held) == left
    assert (held[0].rule == HELD) is (len(left) < len(targets))


@pytest.mark.parametrize(
    ("text", "targets", "left"),
    [
        ("They shot 12 men including guards and clerks.", ["12 men", "guards", "clerks"], ["12 men"]),
        ("They shot ten men, including a judge.", ["ten men", "a judge"], ["ten men", "a judge"]),
        ("They shot ten men, mostly farmers.", ["ten men", "farmers"], ["ten men"]),
        ("They shot women and children.", ["women", "children"], ["women", "children"]),
    ],
)
def test_a_bare_plural_behind_including_is_no_further_party(text: str, targets: list[str], left: list[str]) -> None:
    assert names(read(text, "shot", *(("target", t) for t in targets)).targets) == left


@pytest.mark.parametrize(
    ("text", "targets", "left"),
    [
        ("They shot the suspect, a clerk, at noon.", ["the suspect", "a clerk"], ["the suspect"]),
        ("They shot the man, later identified as a clerk.", ["the man", "a clerk"], ["the man"]),
        ("They shot a man, a woman and a child.", ["a man", "a woman", "a child"], ["a man", "a woman", "a child"]),
        ("They shot a man; a woman, too, was shot.", ["a man", "a woman"], ["a man", "a woman"]),
    ],
)
def test_a_description_is_of_the_party_before_it(text: str, targets: list[str], left: list[str]) -> None:
    assert names(read(text, "shot", *(("target", t) for t in targets)).targets) == left


def test_a_target_may_have_its_preposition_once_more() -> None:
    text = "Rebels fired at workers and at the police on Monday."
    held = read(text, "fired", ("actor", "Rebels"), ("target", "workers")).targets
    assert [(p.name, p.rule == REPEATED) for p in held] == [("workers", False), ("police", True)]


def test_another_preposition_joins_nothing() -> None:
    text = "Rebels fired at workers and with the police on Monday."
    assert names(read(text, "fired", ("target", "workers")).targets) == ["workers"]


def both(text: str, first: tuple[str, str, str], second: tuple[str, str, str]) -> list[tuple[str, list[str]]]:
    """Trigger and actors of two statements of one sentence, each told by (trigger, category, actor)."""
    report = Report(text=text)
    made = []
    for trigger, event, actor in (first, second):
        at, start = text.index(actor), text.index(trigger)
        held = (Argument("actor", at, at + len(actor), 0.95),)
        made.append(
            Reading(start, start + len(trigger), 0, 0.99, (event, 0.9), (None, 0.8), ("stated", 0.9), held),
        )
    annotation = replace(english().annotate(report), readings=tuple(sorted(made, key=lambda r: r.start)))
    return [(s.trigger[0].quote, names(s.actors)) for s in CombinedExtractor().extract(report, annotation)]


def test_who_condemns_an_act_did_not_do_it() -> None:
    text = "The council condemned the raid on Halam."
    held = both(text, ("condemned", "ACCUSE", "The council"), ("raid", "ASSAULT", "The council"))
    assert held == [("condemned", ["The council"]), ("raid", [])]


def test_who_attacked_before_condemning_did_it() -> None:
    text = "Rebels raided Halam and condemned the army."
    held = both(text, ("raided", "ASSAULT", "Rebels"), ("condemned", "ACCUSE", "Rebels"))
    assert held == [("raided", ["Rebels"]), ("condemned", ["Rebels"])]


@pytest.mark.parametrize(
    ("text", "places", "left"),
    [
        ("They shot the mayor of Kara.", ["Kara"], ["Kara"]),
        ("They shot a man in the Sama neighbourhood of Kara.", ["Kara"], ["Sama neighbourhood"]),
        ("They shot a man in Sama district in northern Kara.", ["Kara"], ["Sama district"]),
        ("They shot a man in a district of Kara.", ["Kara"], ["Kara"]),
        ("They shot a man in the Tarif suburb of Kara.", ["Kara"], ["Kara"]),
        ("They shot a man in a Rebel-held quarter of Kara.", ["Kara"], ["Kara"]),
        ("They shot a man in the city of Kara.", ["Kara"], ["Kara"]),
    ],
)
def test_quarters(text: str, places: list[str], left: list[str]) -> None:
    assert names(read(text, "shot", *(("place", p, "", "0.9") for p in places)).places) == left


def test_a_name_that_holds_the_act_is_no_whole_name() -> None:
    held = read("The army raid killed a clerk.", "raid", ("actor", "army"))
    assert names(held.actors) == ["army"]
