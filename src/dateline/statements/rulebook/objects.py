"""Whose objects: in "killed two and detained one" the two were killed."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.language.base import Annotation
from dateline.records import Report, Statement, Value
from dateline.statements.context import context_of
from dateline.statements.rulebook.base import Line, ReportRule, changed
from dateline.statements.scene import little

OWN = "objects.own.v1"


def _own(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """Without the targets and figures right behind an earlier verb, where a statement has others behind its own."""
    sentences = {s.start: s for s in annotation.sentences}
    beside: dict[int, list[Statement]] = {}
    for s in statements:
        beside.setdefault(s.sentence.start, []).append(s)

    def change(s: Statement) -> Statement:
        behind = [v for v in (*s.targets, *s.figures) if _starts(v) > s.trigger[0].end]
        earlier = [o for o in beside[s.sentence.start] if o.trigger[0].end < s.trigger[0].start]
        if not behind or not earlier:
            return s
        line = Line(context_of(report, annotation, sentences[s.sentence.start]))

        def mine(v: Value) -> bool:
            return not v.spans or not any(_is_object(line, v, o, s) for o in earlier)

        return changed(s, targets=tuple(filter(mine, s.targets)), figures=tuple(filter(mine, s.figures)))

    return [change(s) for s in statements]


def _starts(v: Value) -> int:
    return v.spans[0].start if v.spans else -1


def _is_object(line: Line, v: Value, other: Statement, s: Statement) -> bool:
    """Whether a value stands right behind another statement's verb, and before "and" and this one's."""
    span, verb, own = v.spans[0], other.trigger[0], s.trigger[0]
    if not verb.end < span.start < span.end < own.start:
        return False
    between = line.gap(span, own)
    joined = any(w in little("and") or w in little("while") for w in between)
    apart = any(w in little("relative") for w in between)
    return (
        joined and not apart and all(w in little("determiners") or w in little("hedges") for w in line.gap(verb, span))
    )


RULES = (
    ReportRule(
        OWN,
        "What stands right behind a verb is what that verb did it to, not what the next one did.",
        "Annotation guidelines §1: two happenings in one sentence are two statements, each with its own targets.",
        _own,
    ),
)
