"""One act that two words tell of is one statement: "air strikes hit", "used bombers to hit"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from dateline.labels import Certainty
from dateline.language.base import Annotation
from dateline.records import Report, Statement
from dateline.statements.context import context_of
from dateline.statements.modelled import kinds_over
from dateline.statements.rulebook.base import Line, ReportRule
from dateline.statements.scene import little

ACT = "acts.one.v1"
_ASSAULT = "ASSAULT"
_MEANS = 12
"""Words from "used" to what it was used for."""


def _acts(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """With the two words of one act in one statement."""
    merged: dict[str, Statement | None] = {}
    for line, found in _lines(report, annotation, statements):
        for a, b in pairwise(found):
            if a.id in merged:
                continue
            if _goes_on(line, a, b):
                merged[a.id], merged[b.id] = _joined(a, b), None
            elif _is_means(line, a, b):
                merged[b.id], merged[a.id] = _joined(b, a), None
    made = (merged.get(s.id, s) for s in statements)
    return [s for s in made if s] if merged else statements


def _lines(
    report: Report, annotation: Annotation, statements: Sequence[Statement]
) -> Iterator[tuple[Line, list[Statement]]]:
    """Each sentence with several acts of violence, which stand in text order."""
    held: dict[int, list[Statement]] = {}
    for s in sorted(statements, key=lambda s: s.trigger[0].start):
        if s.event.code == _ASSAULT:
            held.setdefault(s.sentence.start, []).append(s)
    for sentence in annotation.sentences:
        if len(found := held.get(sentence.start, [])) > 1:
            yield Line(context_of(report, annotation, sentence)), found


def _goes_on(line: Line, a: Statement, b: Statement) -> bool:
    """Whether the second is the verb of the first: "raids are said to have hit"."""
    gap = line.gap(a.trigger[0], b.trigger[0])
    strikes = any(k.key == "hit" for k in kinds_over(line.ctx, b.trigger[0]))
    acts = any(k.part == "cause" and k.key != "hit" for k in kinds_over(line.ctx, a.trigger[0]))
    return strikes and acts and len(gap) < _MEANS and all(w in little("adverbs") for w in gap)


def _is_means(line: Line, a: Statement, b: Statement) -> bool:
    """Whether the first only says what was used for the second: "used bombers to hit"."""
    gap = line.gap(a.trigger[0], b.trigger[0])
    used = bool(set(line.words(a.trigger[0])) & little("using"))
    return used and 0 < len(gap) <= _MEANS and gap[-1] in little("to") and "," not in gap


def _joined(kept: Statement, other: Statement) -> Statement:
    """The first, with the words of the second, and its values where it has none of its own."""
    names = ("actors", "targets", "weapons", "places", "figures", "sources")
    lent = {n: getattr(other, n) for n in names if not getattr(kept, n)}
    sure = other.certainty if kept.certainty.label is Certainty.STATED else kept.certainty
    words = (*kept.trigger, *(t for t in other.trigger if not any(t.overlaps(x) for x in kept.trigger)))
    return replace(kept, trigger=words, date=kept.date or other.date, certainty=sure, **lent)


RULES = (
    ReportRule(
        ACT,
        "A noun of violence and its verb, and a means and its end, tell of one act.",
        "Annotation guidelines §1: two verbs for one happening in one sentence give one statement.",
        _acts,
    ),
)
