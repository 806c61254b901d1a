"""Which of the readings that the model doubts are kept: those that the lexicon has for the same category."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.language.base import Mention, MentionKind, Reading
from dateline.statements.context import Context, Extent
from dateline.statements.events import kind_of
from dateline.statements.modelled import hints_over, kinds_over

_LIKELY = 0.17
"""The probability from which a word of the lexicon is read that the model alone would not have read."""
_BOTH = frozenset({"actor", "target"})
_PLAIN = "plain"
"""The norm of a hint of one category only."""


def agreed(ctx: Context, r: Reading) -> bool:
    """Whether the model is sure, or the lexicon has the word for the category that the model has. A word that the model
    all but rules out, or one of many meanings, must moreover say who did it and to whom, in a sentence of which the
    model is sure of nothing."""
    if _describes(ctx, r):
        return False
    if r.sure:
        return True
    named = any(kind.event == r.event[0] for kind in kinds_over(ctx, r))
    if named and r.score >= _LIKELY:
        return True
    both = {a.role for a in r.arguments if a.sure and not a.carried} >= _BOTH
    alone = not any(other.sure and other.sentence == r.sentence for other in ctx.annotation.readings)
    return both and alone and (named or _hinted(ctx, r))


def _describes(ctx: Context, r: Reading) -> bool:
    """Whether a word only says what kind a weapon is: "battle tanks", "strike aircraft"."""
    return any(m.start <= r.start and r.end < m.end for m in ctx.mentions(MentionKind.WEAPON))


def _hinted(ctx: Context, r: Reading) -> bool:
    held = hints_over(ctx, r)
    return any(m.norm == _PLAIN or kind_of(m).event == r.event[0] for m in held)


def plain_over(ctx: Context, r: Extent) -> Iterator[Mention]:
    """Hints over a reading or trigger that are of one category only."""
    return (m for m in hints_over(ctx, r) if m.norm == _PLAIN)
