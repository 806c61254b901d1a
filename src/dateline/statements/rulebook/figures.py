"""How many: what a figure measures where a verb right beside it says so."""

from __future__ import annotations

from dataclasses import replace

from dateline.records import Figure, Statement
from dateline.statements.figures import Counted, counted
from dateline.statements.rulebook.base import Line, SentenceRule, told

MEASURE = "figures.measure.v1"
_BESIDE = 3
"""Cost (see statements.figures) up to which a cue stands right beside its count."""


def _measure(line: Line, s: Statement) -> Statement:
    """With the measure of the word right beside the count."""
    known = {(c.count.start, c.count.end): c for c in line.ctx.once(counted, line.ctx)}
    return replace(
        s, figures=tuple(_measured(line, f, known.get((f.spans[0].start, f.spans[0].end))) for f in s.figures)
    )


def _measured(line: Line, figure: Figure, found: Counted | None) -> Figure:
    if found is None or found.cue is None or found.cost > _BESIDE or found.measure is figure.measure:
        return figure
    cue = line.ctx.span(found.cue.start, found.cue.end).quote
    why = f"“{figure.spans[0].quote}” is counted by “{cue}” right beside it"
    return told(replace(figure, measure=found.measure), MEASURE, why)


RULES = (
    SentenceRule(
        MEASURE,
        "The word right beside a number says what it counts.",
        "UCDP and casualty recorders: a count is of what its own verb says.",
        _measure,
    ),
)
