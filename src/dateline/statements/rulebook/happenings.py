"""What statements of one happening lend each other: a happening has one day, and what is told of it next is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from dateline.labels import AHEAD, Basis
from dateline.language import times
from dateline.language.base import Annotation, MentionKind
from dateline.ontology.tables import may_be_one, tactics
from dateline.records import Place, Report, Statement, When
from dateline.statements.rulebook.base import ReportRule, is_war, told
from dateline.statements.rulebook.places import is_sure

PLACE, DAY = "happenings.place.v1", "happenings.date.v1"
_NEAR = 300
"""Characters from a statement back to the one that lends it a place: two sentences."""
_FAR = 1000
"""The same for a day, in both directions."""


Others = Mapping[int, Sequence[Statement]]
"""By the start of a trigger, the statements of the same happening, the nearest first."""


def _others(annotation: Annotation, statements: Sequence[Statement]) -> Others:
    by = {s.trigger[0].start: s for s in statements if _is_one(s)}
    held: dict[int, list[Statement]] = {at: [] for at in by}
    for pair in annotation.same:
        if (
            pair.kind == "happening"
            and pair.first in by
            and pair.second in by
            and _agree(by[pair.first], by[pair.second])
        ):
            held[pair.first].append(by[pair.second])
            held[pair.second].append(by[pair.first])
    return {at: sorted(found, key=lambda s: (abs(s.trigger[0].start - at), s.id)) for at, found in held.items()}


def _agree(a: Statement, b: Statement) -> bool:
    """Whether two statements that the model holds for one happening are of one category and not done by two means."""
    means = {s.sub_event.code for s in (a, b) if s.sub_event} & tactics()
    return a.event.code == b.event.code and may_be_one(*means)


def _is_one(s: Statement) -> bool:
    """Whether a statement may be of one happening: nothing that is to come, and no toll of a whole war."""
    return s.certainty.label not in AHEAD and not is_war(s)


def lent(
    annotation: Annotation,
    statements: Sequence[Statement],
    change: Callable[[Statement, Sequence[Statement]], Statement],
) -> list[Statement]:
    """Each statement after `change`, which sees those of the same happening; what is lent is lent on."""
    others = _others(annotation, statements)
    done: dict[str, Statement] = {}
    for s in statements:
        done[s.id] = change(s, [done.get(o.id, o) for o in others.get(s.trigger[0].start, ())])
    return list(done.values())


def _places(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """With the place of a statement shortly before of the same happening, where it has none."""

    def change(s: Statement, others: Sequence[Statement]) -> Statement:
        if s.event_places:
            return s
        lenders = ((o, p) for o in others if 0 < _apart(o, s) <= _NEAR for p in o.event_places if is_sure(p))
        found = next(lenders, None)
        return replace(s, places=(*s.places, _place(*found))) if found else s

    return lent(annotation, statements, change)


def _apart(earlier: Statement, later: Statement) -> int:
    return later.trigger[0].start - earlier.trigger[0].start


def _place(lender: Statement, place: Place) -> Place:
    return told(replace(place, basis=Basis.CONTEXT), PLACE, _why(lender))


def _why(lender: Statement) -> str:
    return f"“{lender.trigger[0].quote}” is the same happening as the model reads it"


def _days(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """With the date expression of a statement of the same happening, where it has none; rather one that fixes a day."""
    dated = [m for m in annotation.mentions if m.kind is MentionKind.DATE]
    near = {report.span(m.start, m.end) for m in dated if times.is_near(times.parse(m.norm))}
    days = {report.span(m.start, m.end) for m in dated if times.is_day(times.parse(m.norm))}

    def change(s: Statement, others: Sequence[Statement]) -> Statement:
        if s.date:
            return s
        close = ((o, o.date) for o in others if o.date and abs(_apart(o, s)) <= _FAR)
        found = [(o, when) for o, when in close if near.intersection(when.spans)]
        exact = next((x for x in found if days.intersection(x[1].spans)), None)
        lender = exact or next(iter(found), None)
        return replace(s, date=_day(*lender)) if lender else s

    return lent(annotation, statements, change)


def _day(lender: Statement, when: When) -> When:
    return told(replace(when, basis=Basis.CONTEXT), DAY, _why(lender))


RULES = (
    ReportRule(
        PLACE,
        "What is told next of a happening was where the happening was.",
        "Annotation guidelines §2, places: carried over from the context only when obvious.",
        _places,
    ),
    ReportRule(
        DAY,
        "A happening was on one day, whichever sentence names it.",
        "Annotation guidelines §2, date: an interval without an expression if the context fixes it.",
        _days,
    ),
)
