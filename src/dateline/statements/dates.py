"""Which expression of time dates an event: the nearest that does not date the saying."""

from __future__ import annotations

from dateline.language.base import Mention, MentionKind
from dateline.records import When
from dateline.statements.context import Context

RULE = "dates.nearest.v1"
_LIMIT = 40
"""Highest cost at which an expression still dates a trigger: words, with more for each mark in between."""
_ELSEWHERE = 30
"""What it costs to cross into a clause that has an event of its own before the expression."""
_CLOSED = frozenset(',.;:!?"”»)')


def _gap(a: Mention, b: Mention) -> tuple[int, int]:
    return (a.end, b.start) if a.start <= b.start else (b.end, a.start)


def _dates_saying(ctx: Context, date: Mention) -> bool:
    """Whether the expression follows a saying at once and ends its clause: "…, police said on Monday."."""
    for m in (*ctx.mentions(MentionKind.SAYING), *ctx.mentions(MentionKind.SOURCE)):
        if m.end > date.start:
            continue
        between = ctx.between(m.end, date.start)
        if len(between) > (4 if m.kind is MentionKind.SAYING else 0):
            continue
        if any(_within(t, m.end, date.start) for t in ctx.mentions(MentionKind.TRIGGER)):
            continue
        rest = [t for t in ctx.tokens if t.start >= date.end]
        if m.kind is MentionKind.SAYING and (not rest or rest[0].text in _CLOSED or len(between) == 0):
            return True
        if m.kind is MentionKind.SOURCE and m.norm.startswith("speaker@") and (not rest or rest[0].text in _CLOSED):
            return True
    return False


def _within(m: Mention, lo: int, hi: int) -> bool:
    return lo <= m.start and m.end <= hi


def _cost(ctx: Context, trigger: Mention, date: Mention) -> int:
    """Distance of an expression from a trigger, in words and marks."""
    if trigger.start < date.end and date.start < trigger.end:
        return 0
    lo, hi = _gap(trigger, date)
    tokens = ctx.between(lo, hi)
    cost = sum(t.text[0].isalnum() for t in tokens) + 2 * sum(t.text == "," for t in tokens)
    triggers = ctx.mentions(MentionKind.TRIGGER)
    for m in ctx.mentions(MentionKind.CUE):
        if _within(m, lo, hi) and m.label in ("boundary.strong", "boundary.soft", "boundary.with"):
            cost += 20 if m.label == "boundary.strong" else 12
            cost += _ELSEWHERE * (m.label == "boundary.soft" and any(_within(t, m.end, date.start) for t in triggers))
    cost += 60 * any(t.text == ";" for t in tokens)
    cost += sum(2 for m in ctx.mentions(MentionKind.TRIGGER) if _within(m, lo, hi))
    return cost


def _usable(ctx: Context) -> list[Mention]:
    """The expressions of a sentence that can date an event."""
    return [m for m in ctx.mentions(MentionKind.DATE) if m.label != "unresolvable" and not _dates_saying(ctx, m)]


def date_of(ctx: Context, trigger: Mention, others: tuple[Mention, ...]) -> When | None:
    """The expression that dates the trigger, without bounds; None if the sentence has none for it.

    `others` are the triggers of the sentence's other events; the bounds are the date resolver's to find.
    """
    priced = sorted((_cost(ctx, trigger, m), m.start, m.end) for m in ctx.once(_usable, ctx))
    if not priced or priced[0][0] > _LIMIT:
        return None
    span = ctx.span(priced[0][1], priced[0][2])
    return When(spans=(span,), rule=RULE, why=(f"“{span.quote}” stands nearest to the event",))
