"""Who foiled an attack did not make it; what is done time and again has no day but its own."""

from __future__ import annotations

from datetime import date

import pytest
from tests.english import english
from tests.statements.test_rulebook_events import read

from dateline.language.en.dategrammar import DateGrammar
from dateline.records import Report
from dateline.resolve.dates import DateResolver


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "wanted"),
    [
        ("The army foiled an attack by rebels on Halam.", "attack", ["The army", "rebels"], ["rebels"]),
        ("The army repelled a major attack by rebels.", "attack", ["The army", "rebels"], ["rebels"]),
        ("The army had thwarted a bid by rebels to storm Halam.", "storm", ["The army", "rebels"], ["rebels"]),
        ("Army Foils Rebel Attack on Halam", "Attack", ["Army Foils Rebel"], ["Rebel"]),
        ("The army foiled an attack.", "foiled", ["The army"], ["The army"]),
        ("The army repelled rebels in an attack on Halam.", "attack", ["The army"], ["The army"]),
        ("The army repelled rebels, and the attack went on.", "attack", ["The army"], ["The army"]),
        ("The army foiled a raid before its attack on Halam.", "attack", ["The army"], ["The army"]),
        ("The army made an attack on Halam.", "attack", ["The army"], ["The army"]),
    ],
)
def test_who_foils_an_attack_did_not_make_it(text: str, trigger: str, actors: list[str], wanted: list[str]) -> None:
    (s,) = read(text, [(trigger, "ASSAULT", "Attack")], *(("actor", a) for a in actors))
    assert [p.name for p in s.actors] == wanted


@pytest.mark.parametrize(
    ("text", "trigger", "dated"),
    [
        ("Rebels shelled Halam on Friday. Halam is often bombed.", "bombed", False),
        ("Rebels shelled Halam on Friday. Such attacks have killed many.", "attacks", False),
        ("Rebels shelled Halam on Friday. The attack killed nine.", "attack", True),
    ],
)
def test_a_habit_has_no_day_but_its_own(text: str, trigger: str, dated: bool) -> None:
    told = [("shelled", "ASSAULT", "Shelling/artillery/missile attack"), (trigger, "ASSAULT", "Attack")]
    made = read(text, told, ("place", "Halam"), ("date", "on Friday"), same=True)
    report = Report(text=text, published=date(2019, 5, 3))
    first, second = DateResolver(DateGrammar()).resolve(report, english().annotate(report), tuple(made))
    assert first.date and first.date.earliest == date(2019, 5, 3)
    assert (second.date is not None) is dated
    assert bool(second.places) is dated
