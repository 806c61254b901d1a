"""What a report mainly tells of.

A report of a crime tells of one thing and names what else there was in passing. Where no state, army or armed group
has a hand in it, two reports that mainly tell of violence are seldom much alike unless it is the same: no town is
shelled every day there. So what two such reports mainly tell is weighed by itself (weights.yaml, `mains`), and that one
gives the day or the town of a trial or of a funeral speaks against a link but does not forbid it. More than a year
between two that hardly share a name speaks against it besides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dateline.incidents.features import Features
from dateline.incidents.groups import Group
from dateline.incidents.weights import Weights
from dateline.labels import Certainty, Measure, PassageKind
from dateline.records import Statement

LEAD = 3
"""Statements at the beginning of a report that count for more."""
OF_WAR = 0.125
"""The share of a report's statements from which it counts as one of war."""
A_YEAR = 365
"""Days."""
SOME_NAMES = 3
"""Names that a trial or an anniversary shares with what it is of: those of more than one person, who has two."""
_VICTIMS = frozenset({Measure.KILLED, Measure.INJURED})


def marked(groups: Sequence[Group], w: Weights) -> Sequence[Group]:
    """What one report says of each happening, with what it mainly tells of marked so; nothing in a report of war, where
    powers take part and deeds of war are told."""
    told = sorted((f.item.order, n, f) for n, g in enumerate(groups) for f in g.parts if _may_be_main(f, w))
    if not told or _tells_of_war([f.item.statement for g in groups for f in g.parts], w):
        return groups
    weight = [0.0] * len(groups)
    for nth, (_, n, f) in enumerate(told):
        weight[n] += worth(f.item.statement, nth)
    main = max(range(len(groups)), key=lambda n: weight[n])
    return [_main(g) if n == main else g for n, g in enumerate(groups)]


def _may_be_main(f: Features, w: Weights) -> bool:
    said = f.item.statement.certainty.label is not Certainty.DENIED
    return said and f.family in w.main_families and not f.ahead and not f.habit


def _tells_of_war(statements: Sequence[Statement], w: Weights) -> bool:
    """Whether a report is of war: more than a little of what it tells is. One statement may be misread, or told in
    passing."""
    return sum(_of_war(s, w) for s in statements) >= OF_WAR * len(statements)


def _of_war(s: Statement, w: Weights) -> bool:
    powers = any(p.actor_id and p.kind in w.powers for p in (*s.actors, *s.targets))
    return powers or bool(s.sub_event and s.sub_event.code in w.deeds_of_war)


def worth(s: Statement, nth: int) -> float:
    """How much the nth statement of a report makes its happening the main one: at the beginning and in the headline
    more, and where it counts victims."""
    early = nth < LEAD or s.passage is PassageKind.HEADLINE
    return 1.0 + 2 * early + 2 * any(f.measure in _VICTIMS for f in s.figures)


def _main(g: Group) -> Group:
    parts = tuple(replace(f, main=True) for f in g.parts)
    return Group(parts[0] if len(parts) == 1 else replace(g.whole, main=True), parts)


def both_main(a: Features, b: Features) -> bool:
    """Whether the two are what two reports mainly tell of."""
    return a.main and b.main and a.item.statement.report_id != b.item.statement.report_id


def years_apart(a: Features, b: Features) -> bool:
    """Whether what two reports mainly tell lies more than a year apart, by its days or else by publication, and they
    hardly share a name: a trial or an anniversary names the same people."""
    if not both_main(a, b) or len(a.story.names & b.story.names) >= SOME_NAMES:
        return False
    (first, last), (begun, done) = _span(a), _span(b)
    if first is None or last is None or begun is None or done is None:
        return False
    return (max(first, begun) - min(last, done)).days > A_YEAR


def _span(f: Features) -> tuple[date | None, date | None]:
    published = f.item.published
    return f.earliest or f.latest or published, f.latest or f.earliest or published
