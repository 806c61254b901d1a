"""What a sentence says in general: a habit has no day and no place but those it names; what was foiled, by whom."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from dateline.labels import Basis
from dateline.language.base import Annotation, MentionKind
from dateline.records import Party, Report, Span, Statement
from dateline.statements.context import context_of
from dateline.statements.rulebook.base import Line, ReportRule, SentenceRule, changed
from dateline.statements.scene import little

HABIT, FOILED = "general.habit.v1", "general.foiled.v1"
_NEAR = 3
"""Words before an act among which an adverb of habit stands: "has often been hit"."""
_ACT = 4
"""Most words between "foiled" and the noun of the act: "a major terrorist"."""
_ATTEMPT = 10
"""The same where an attempt is named: "an attempt by gunmen of the group to"."""


def _habits(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """Without what a general remark took from elsewhere."""
    return [_own(s) if is_habit(report, annotation, s) else s for s in statements]


def _own(s: Statement) -> Statement:
    lent = s.date is not None and s.date.basis is Basis.CONTEXT
    return changed(
        replace(s, date=None) if lent else s, places=tuple(p for p in s.places if p.basis is not Basis.CONTEXT)
    )


def is_habit(report: Report, annotation: Annotation, s: Statement) -> bool:
    """Whether the words around an act say that it is done time and again."""
    at = bisect_right(annotation.sentences, s.trigger[0].start, key=lambda x: x.start) - 1
    line, head = Line(context_of(report, annotation, annotation.sentences[at])), s.trigger[0]
    first, after = line.first(head), line.after(head)
    if any(w in little("such") for w in line.cut(first - 2, first)):
        return True
    return any(w in little("habits") for w in (*line.cut(first - _NEAR, first), *line.cut(after, after + 1)))


def _foiled(line: Line, s: Statement) -> Statement:
    """Without those who foiled it among those who did it."""
    at = _foiling(line, s)
    if at is None:
        return s
    foil = line.span(at, at + 1)
    held = (_behind(line, p, foil) for p in s.actors)
    return changed(s, actors=tuple(p for p in held if p))


def _foiling(line: Line, s: Statement) -> int | None:
    """The position of the verb that an act is the object of: "foiled an attack", "foiled an attempt by … to storm"."""
    at = line.first(s.trigger[0])
    tried = at > 0 and line.tokens[at - 1].lower in little("to")
    for i in range(at - 1, max(-1, at - 2 - (_ATTEMPT if tried else _ACT)), -1):
        token = line.tokens[i]
        if token.lower in little("foils"):
            return i if not tried or not little("attempts").isdisjoint(line.cut(i, at)) else None
        if not token.text[0].isalnum() or token.lower in little("boundary") or (not tried and _parts(line, i)):
            return None
    return None


def _parts(line: Line, i: int) -> bool:
    """Whether another act or the way to a place stands there."""
    token = line.tokens[i]
    acts = line.ctx.mentions(MentionKind.TRIGGER)
    inside = any(m.start <= token.start < m.end for m in acts) and token.lower not in little("attempts")
    return inside or token.lower in little("leading") - little("of")


def _behind(line: Line, p: Party, foil: Span) -> Party | None:
    """A party without its words up to the verb; None if no other is left."""
    spans = []
    for x in p.spans:
        if x.start >= foil.end:
            spans.append(x)
        elif x.end > foil.end:
            spans.append(line.span(line.after(foil), line.after(x)))
    if not spans:
        return None
    return p if tuple(spans) == p.spans else replace(p, name=spans[0].quote, spans=tuple(spans))


RULES = (
    SentenceRule(
        FOILED,
        "Whoever foils an attack did not make it.",
        "Annotation guidelines §2, actors: who did it.",
        _foiled,
    ),
)
REPORT_RULES = (
    ReportRule(
        HABIT,
        "What is done time and again (“such attacks”, “is often shelled”) has only the day and place its words name.",
        "Annotation guidelines §2: what the text allows; no incident for general practice.",
        _habits,
    ),
)
