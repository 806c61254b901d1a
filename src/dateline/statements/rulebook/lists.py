"""Outcomes told as part of one event: "200 killed and 9,000 displaced", "the shelling forced 900 people to flee"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from dateline.labels import Measure
from dateline.language.base import Annotation
from dateline.records import Figure, Report, Statement
from dateline.statements.figures import Counted, measured
from dateline.statements.rulebook.base import ReportRule, told
from dateline.statements.rulebook.tolls import Group, apart, groups, with_figures
from dateline.statements.scene import little

LISTED, FORCED = (f"figures.{x}.v1" for x in ("listed", "forced"))
_FIRST = frozenset({Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED})
_THEN = frozenset({Measure.DISPLACED, Measure.MISSING})
_CAUSES = frozenset({"ASSAULT", "COERCE"})

Pairs = Iterator[tuple[Statement, Statement]]
"""An event and another one that only tells what came of it."""


def _joined(
    annotated: tuple[Report, Annotation], statements: Sequence[Statement], find: Callable[[Group], Pairs], rule: str
) -> Sequence[Statement]:
    """With the figures of the second statement of each pair at the first, and without the second."""
    gone: set[str] = set()
    more: dict[str, list[Figure]] = {}
    for group in groups(*annotated, statements):
        for first, second in find(group):
            if not gone & {first.id, second.id}:
                gone.add(second.id)
                why = f"“{second.trigger[0].quote}” is an outcome of “{first.trigger[0].quote}”"
                more.setdefault(first.id, []).extend(told(f, rule, why) for f in second.figures)
    return with_figures([s for s in statements if s.id not in gone], more)


def _listed(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """Without events that only tell how many fled or are missing, where one list gives the dead first."""
    return _joined((report, annotation), statements, _lists, LISTED)


def _lists(group: Group) -> Pairs:
    for a, b in pairwise(group.ctx.once(measured, group.ctx)):
        if a.cue is None or a.measure not in _FIRST:
            continue
        between = group.ctx.between(a.cue.end, b.count.start)
        firsts, second = group.holding(a.count), _outcome(group, b)
        if len(firsts) == 1 and second and len(between) == 1 and between[0].lower in little("and"):
            yield firsts[0], second


def _forced(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """Without events that only tell how many an act made flee."""
    return _joined((report, annotation), statements, _made_to, FORCED)


def _made_to(group: Group) -> Pairs:
    for reading in group.ctx.once(measured, group.ctx):
        before = group.ctx.between(group.ctx.sentence.start, reading.count.start)
        second = _outcome(group, reading)
        if second is None or not before or before[-1].lower not in little("forcing"):
            continue
        causes = [s for s in group.statements if s is not second and s.event.code in _CAUSES]
        causes = [s for s in causes if s.trigger[0].start < reading.count.start]
        if causes and not apart(group.ctx, causes[-1].trigger[0].end, reading.count.start):
            yield causes[-1], second


def _outcome(group: Group, reading: Counted) -> Statement | None:
    """The statement that tells only how many fled or are missing."""
    if reading.cue is None or reading.measure not in _THEN:
        return None
    named = group.naming(reading.cue)
    alone = len(named) == 1 and named[0].figures and all(f.measure is reading.measure for f in named[0].figures)
    return named[0] if alone else None


REPORT_RULES = (
    ReportRule(
        LISTED,
        "People killed and people displaced or missing that one list counts are the toll of one event.",
        "Annotation guidelines §1: casualties are figures of the event that caused them.",
        _listed,
    ),
    ReportRule(
        FORCED,
        "How many people an act forced to flee is a figure of that act.",
        "Annotation guidelines §1: casualties are figures of the event that caused them.",
        _forced,
    ),
)
