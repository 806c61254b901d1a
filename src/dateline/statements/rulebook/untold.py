"""Tolls that no event of a report has: a count of the dead or hurt is told of an event, and so is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.language.base import Annotation, Mention, MentionKind
from dateline.records import Basis, Certainty, Figure, Measure, Report, Statement, Surety
from dateline.statements.context import Context
from dateline.statements.figures import Counted, category, figure_of, measured
from dateline.statements.rulebook.base import ReportRule, told, touches
from dateline.statements.rulebook.tolls import Group, apart, groups, is_plain, owner_of
from dateline.statements.rules import told_by
from dateline.statements.sources import Chains, chains
from dateline.statements.tactics import told as carried_tactics

UNTOLD = "figures.untold.v1"
_BESIDE = 3
"""Cost (see statements.figures) up to which a cue stands right beside its count."""
_REACH = 6
"""Most words between a word for the dead and the word that names the event ("a mass grave with 40 bodies")."""
_BACK = 2
"""Sentences before a toll in which what brought it about may be told."""
_SAID = Surety(label=Certainty.STATED, basis=Basis.DEFAULT, rule=UNTOLD, why=("That nobody was hurt is said.",))
_HARM = frozenset({Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED})


Toll = tuple[Counted, Mention, Figure]
"""A count that no event has, the word that counts it, and the figure it makes."""


def _untold(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """With a statement for each toll that no event has."""
    said: Chains | None = None
    more: list[Statement] = []
    for group in groups(report, annotation, statements):
        tolls = [t for reading in group.ctx.once(measured, group.ctx) if (t := _toll(group, reading))]
        for together in _together(group.ctx, tolls):
            head = _head(group, together[0][1])
            if head and all(not touches(head, x) for s in more for x in s.trigger):
                said = said or chains(report, annotation)
                made = _statement(group.ctx, head, together, said)
                more.extend(carried_tactics([made], _before(made, statements), _start(annotation, group)))
    return sorted((*statements, *more), key=lambda s: s.trigger[0].start) if more else statements


def _before(made: Statement, statements: Sequence[Statement]) -> list[Statement]:
    """The statements told before, and in the same sentence."""
    return [s for s in statements if s.sentence.start <= made.sentence.start]


def _start(annotation: Annotation, group: Group) -> int:
    """Where the sentences begin that a toll may be told of."""
    return annotation.sentences[max(0, group.ctx.sentence.index - _BACK)].start


def _toll(group: Group, reading: Counted) -> Toll | None:
    """What a reading counts, if it is killed or hurt and no event of the sentence has it or can have it."""
    cue = reading.cue
    if cue is None or reading.measure not in _HARM or reading.cost > _BESIDE or reading.count.label == "person":
        return None
    if group.holding(reading.count) or not is_plain(group, reading) or owner_of(group, reading):
        return None
    made = figure_of(group.ctx, reading)
    return (reading, cue, made) if made else None


def _together(ctx: Context, tolls: Sequence[Toll]) -> list[list[Toll]]:
    """The tolls of one clause: "twelve dead and 55 wounded"."""
    out: list[list[Toll]] = []
    for toll in tolls:
        if out and not apart(ctx, out[-1][-1][0].count.end, toll[0].count.start):
            out[-1].append(toll)
        else:
            out.append([toll])
    return out


def _head(group: Group, cue: Mention) -> Mention | None:
    """The word for an event that counts them, or the nearest such word of violence, if no statement has it."""
    near = []
    for t in group.ctx.mentions(MentionKind.TRIGGER):
        gap = 0 if touches(t, cue) else 1 + group.ctx.words(*_gap(t, cue))
        if gap <= _REACH and category(t) == "ASSAULT" and not group.naming(t):
            near.append((gap, t.start, t))
    return min(near, key=lambda n: n[:2])[2] if near else None


def _gap(a: Mention, b: Mention) -> tuple[int, int]:
    return (a.end, b.start) if a.start <= b.start else (b.end, a.start)


def _statement(ctx: Context, head: Mention, tolls: Sequence[Toll], said: Chains) -> Statement:
    """The statement of tolls told by themselves. That nobody was hurt is said to be so, not denied."""
    made = told_by(ctx, head, said)
    why = f"no event has “{{}}”, which “{made.trigger[0].quote}” tells of"
    figures = tuple(told(f, UNTOLD, why.format(f.spans[0].quote)) for _, _, f in tolls)
    if made.certainty.label is Certainty.DENIED and all(f.max == 0 for f in figures):
        made = replace(made, certainty=_SAID)
    return replace(made, figures=figures)


RULES = (
    ReportRule(
        UNTOLD,
        "A count of the killed or hurt that no event of its clause can have is told of an event of its own.",
        "Annotation guidelines §1: if a sentence only says people died, the word for dying is the trigger.",
        _untold,
    ),
)
