"""Tolls that no event of a report has: a count of the dead or hurt is told of an event, and so is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.labels import Basis, Certainty, Measure
from dateline.language.base import Annotation, Mention, MentionKind
from dateline.records import Figure, Report, Statement, Surety
from dateline.statements.context import Context, touches
from dateline.statements.figures import Counted, category, figure_of, measured
from dateline.statements.rulebook.base import ReportRule, changed, told
from dateline.statements.rulebook.tolls import Group, apart, groups, is_plain, owner_of
from dateline.statements.rules import told_by
from dateline.statements.scene import little
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


Toll = tuple[Mention, Mention, Figure]
"""A count that no event has, the word that counts it, and the figure it makes."""


def _untold(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """With a statement for each toll that no event has, or only one on the other side of a "while"."""
    said: Chains | None = None
    more: list[Statement] = []
    taken: set[int] = set()
    for group in groups(report, annotation, statements):
        tolls = [t for reading in group.ctx.once(measured, group.ctx) if (t := _toll(group, reading))]
        for together in _together(group.ctx, tolls):
            head = _head(group, together[0][1])
            if head and all(not touches(head, x) for s in more for x in s.trigger):
                said = said or chains(report, annotation)
                made = _statement(group.ctx, head, together, said)
                before = _before(made, statements, _start(annotation, group))
                made = _own_places(made, group.statements)
                more.extend(_placed(s, before) for s in carried_tactics([made], before, 0))
                taken.update(count.start for count, _, _ in together)
    if not more:
        return statements
    kept = [changed(s, figures=tuple(f for f in s.figures if f.spans[0].start not in taken)) for s in statements]
    return sorted((*kept, *more), key=lambda s: s.trigger[0].start)


def _before(made: Statement, statements: Sequence[Statement], start: int) -> list[Statement]:
    """The statements told before it, back to offset `start`, and in the same sentence."""
    return [s for s in statements if start <= s.sentence.start <= made.sentence.start]


def _own_places(made: Statement, others: Sequence[Statement]) -> Statement:
    """Without the places behind another event of its sentence, whose they are."""
    behind = [s for s in others if s.trigger[0].start > made.trigger[0].end]
    taken = {p.spans[0] for s in behind for p in s.places if p.spans[0].start > s.trigger[0].start}
    return changed(made, places=tuple(p for p in made.places if p.spans[0] not in taken))


def _placed(made: Statement, before: Sequence[Statement]) -> Statement:
    """With the place of the violence told last, if it names none: a toll told by itself is of that."""
    lender = next((s for s in reversed(before) if s.event.code == made.event.code and s.event_places), None)
    if made.event_places or lender is None:
        return made
    why = f"“{lender.trigger[0].quote}” is the violence told of last"
    place = told(replace(lender.event_places[0], basis=Basis.CONTEXT), UNTOLD, why)
    return replace(made, places=(*made.places, place))


def _start(annotation: Annotation, group: Group) -> int:
    """Where the sentences begin that a toll may be told of."""
    return annotation.sentences[max(0, group.ctx.sentence.index - _BACK)].start


def _toll(group: Group, reading: Counted) -> Toll | None:
    """What a reading counts, if it is killed or hurt and no event of its clause has it or can have it."""
    cue, count = reading.cue, reading.count
    if cue is None or reading.measure not in _HARM or reading.cost > _BESIDE or count.label == "person":
        return None
    made = figure_of(group.ctx, reading)
    if made is None or not is_plain(group, reading) or group.naming(cue):
        return None
    if held := group.holding(count):
        apart_from_all = all(_contrasted(group.ctx, s, reading) for s in held)
        return (count, cue, made) if apart_from_all and made.max != 0 else None
    return None if owner_of(group, reading) else (count, cue, made)


def _contrasted(ctx: Context, s: Statement, reading: Counted) -> bool:
    """Whether a statement stands before a "while" whose clause begins with a count: this one, or one before it."""
    at = s.trigger[0].end
    if at > reading.count.start:
        return False
    counts = {m.start for m in ctx.mentions(MentionKind.COUNT) if m.start <= reading.count.start}
    between = ctx.between(at, reading.count.end)
    contrasts = [t for t in between if t.lower in little("contrasts")]
    if not contrasts or any(t.text in ",;:" for t in between if t.start > contrasts[-1].start):
        return False
    behind = [c for c in counts if c > contrasts[-1].start]
    return bool(behind) and not ctx.between(contrasts[-1].end, min(behind))


def _together(ctx: Context, tolls: Sequence[Toll]) -> list[list[Toll]]:
    """The tolls of one clause: "twelve dead and 55 wounded"."""
    out: list[list[Toll]] = []
    for toll in tolls:
        if out and not apart(ctx, out[-1][-1][0].end, toll[0].start):
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
        "A count of the killed or hurt that no event of its clause has is told of an event of its own.",
        "Annotation guidelines §1: if a sentence only says people died, the word for dying is the trigger.",
        _untold,
    ),
)
