from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.builders import HALAM, RULE, TARIF, Say, report

from dateline.config import LinkConfig
from dateline.incidents.block import pairs_across
from dateline.incidents.items import Linkable
from dateline.incidents.linking import Linker, Linking
from dateline.incidents.mains import years_apart
from dateline.records import Party, Report

ACT = "Odo Prellwick shot his cousin Mirna Tandobal at a bakery in Halam. She died. Her neighbour was hurt."
TRIAL = "The trial of Odo Prellwick opened. He shot Mirna Tandobal, his cousin, at a bakery in Halam."


def act(key: str = "a", outlet: str = "Wire") -> Report:
    return report(ACT, key, "2016-05-02", outlet)


def shot(r: Report, sentence: str, trigger: str) -> Say:
    return Say(r, sentence, trigger, "Attack")


def first(r: Report) -> Say:
    return shot(r, ACT[: ACT.index(" She")], "shot").at(HALAM).on("2016-05-01").against("Mirna Tandobal")


def later(day: str = "2016-09-20", place: dict[str, Any] = HALAM) -> Say:
    """Of the trial's report by the same outlet, which lends its own day to the deed."""
    r = report(TRIAL, "b", "2016-09-20")
    return shot(r, TRIAL[TRIAL.index("He shot") :], "shot").at(place).on(day).against("Mirna Tandobal")


def linked(*items: Linkable) -> Linking:
    return Linker(LinkConfig()).link(items)


def test_the_trial_is_of_the_deed_though_its_day_was_taken_for_that_of_the_deed() -> None:
    made = linked(first(act()).item(), later().item())
    assert len(made.incidents) == 1
    (found,) = made.links
    weight = {r.name: r.weight for r in found.reasons}
    assert weight["date.remote"] < 0 < weight["report.alike"]
    assert found.score == pytest.approx(sum(weight.values()))


def test_a_power_or_a_deed_of_war_in_either_report_forbids_it_still() -> None:
    armed = later()
    head = (armed.head,)
    armed.held["actors"] = (Party(spans=head, rule=RULE, name="the army", actor_id="mil:SYR", kind="military"),)
    assert len(linked(first(act()).item(), armed.item()).incidents) == 2
    struck = later().kind("ASSAULT", "Air/drone strike")
    assert len(linked(first(act()).item(), struck.item()).incidents) == 2


def test_one_deed_of_war_among_much_else_is_misread_or_told_in_passing() -> None:
    text = " ".join(f"Mirna Tandobal was hit in room {n}." for n in range(9))
    said = [shot(report(text), f"Mirna Tandobal was hit in room {n}.", "hit").at(HALAM) for n in range(9)]
    said[4].kind("ASSAULT", "Suicide bomb")

    def mainly(items: list[Linkable]) -> int:
        return sum(g.whole.main for g in Linker(LinkConfig()).within(items))

    items = [s.item() for s in said]
    assert mainly(items) == 1
    assert mainly(items[2:7]) == 0


def test_what_a_report_tells_in_passing_is_not_what_it_mainly_tells() -> None:
    r = act()
    linker = Linker(LinkConfig())
    aside = shot(r, "Her neighbour was hurt.", "hurt").at(TARIF).on("2016-04-20").item()
    main = first(r).item()
    groups = linker.within([main, aside])
    assert {g.whole.id: g.whole.main for g in groups} == {main.id: True, aside.id: False}
    assert all(f.main == g.whole.main for g in groups for f in g.parts)


def test_of_what_stands_later_that_which_counts_victims_is_mainly_told() -> None:
    text = (
        "A man was beaten in a bar. A boy was robbed there. A car was hit. A dog was hit in Tarif. Two died in Halam."
    )
    r = report(text)
    said = [shot(r, f"{s}.".replace("..", "."), s.split()[1]) for s in text[:-1].split(". ")]
    for n, s in enumerate(said, 1):
        s.on(f"2016-0{n}-01")
    said[4].toll(2, 2)
    groups = Linker(LinkConfig()).within(s.item() for s in said)
    assert [bool(g.whole.tolls) for g in groups if g.whole.main] == [False]  # told first, of three at the beginning
    groups = Linker(LinkConfig()).within(s.item() for s in (said[0], said[4]))
    assert [bool(g.whole.tolls) for g in groups if g.whole.main] == [True]


def test_what_two_reports_tell_of_different_people_stays_apart() -> None:
    r = report("A thief shot a jeweller in Tarif.", "c", "2016-09-20", "Gazette")
    other = shot(r, r.text, "shot").at(TARIF).on("2016-09-20").against("a jeweller")
    assert len(linked(first(act()).item(), other.item()).incidents) == 2


@pytest.mark.parametrize(("day", "text", "counts"), [
    ("2018-09-20", "A baker shot a jeweller at a bakery in Halam.", True),
    ("2016-09-20", "A baker shot a jeweller at a bakery in Halam.", False),
    ("2018-09-20", "In Halam, Odo Prellwick shot Mirna Tandobal at a bakery.", False),
    ("2018-09-20", "A baker shot a jeweller in Halam, said Odo Prellwick of the police.", True),
])  # fmt: skip
def test_more_than_a_year_apart_needs_names_of_both(day: str, text: str, counts: bool) -> None:
    r = report(text, "c", day, "Gazette")
    linker = Linker(LinkConfig())
    items = (first(act()).item(), shot(r, text, "shot").at(HALAM).on(day).item())
    a, b = (linker.within([i])[0].whole for i in items)
    assert years_apart(a, b) is years_apart(b, a) is counts


def test_what_reports_mainly_tell_is_compared_if_they_are_about_the_same_words() -> None:
    text = "A baker shot a jeweller beside the old tannery, over a quarrel about a stolen violin."
    told = [report(text, "a", "2016-05-02"), report(f"In court: {text}", "b", "2018-01-20", "Gazette")]
    items = [shot(r, text, "shot").on(day) for r, day in zip(told, ("2016-05-01", "2018-01-19"), strict=True)]
    whole = [Linker(LinkConfig()).within([i.item()])[0].whole for i in items]
    found = [replace(f, sentences=frozenset(), story=replace(f.story, marks=())) for f in whole]
    assert list(pairs_across(found, 3, 5)) == [(0, 1)]
    assert list(pairs_across([replace(f, main=False) for f in found], 3, 5)) == []
