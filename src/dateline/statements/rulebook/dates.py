"""When: the day of filing that stands at the head of a passage dates the report, not what it tells."""

from __future__ import annotations

from dataclasses import replace

from dateline.language.base import MentionKind
from dateline.records import Basis, Span, Statement, When
from dateline.statements.rulebook.base import Line, SentenceRule
from dateline.statements.scene import little

FILING, OWNER = "dates.filing.v1", "dates.owner.v1"
_HEAD = 4
"""Words that may stand before a day of filing: an outlet, "Published", a weekday."""


def _filing(line: Line, s: Statement) -> Statement:
    """Without a full date at the head of the passage that no word ties to what follows: "Sun 16 Apr 2017 Blast …"."""
    when = s.date
    if when is None or when.basis is Basis.CONTEXT or not when.spans:
        return s
    return replace(s, date=None) if _is_filing(line, when.spans[0]) else s


def _is_filing(line: Line, span: Span) -> bool:
    first, after = line.first(span), line.after(span)
    words = line.words(span)
    tied = any(w in little("on_day") for w in (*words, *line.cut(first - 1, first)))
    year = any(len(w) == _YEAR and w.isdigit() for w in words)
    behind = line.tokens[after].text if after < len(line.tokens) else ""
    head = all(t.text[0].isupper() or not t.text[0].isalnum() for t in line.tokens[:first])
    return first <= _HEAD and year and not tied and head and behind[:1].isupper()


_YEAR = 4
"""Digits of a year that is written out."""


def _owner(line: Line, s: Statement) -> Statement:
    """With the day that stands right before the word for the event: "Saturday's blast", where it has none."""
    if s.date is not None:
        return s
    head = s.trigger[0]
    for m in line.ctx.mentions(MentionKind.DATE):
        if m.end <= head.start and not line.gap(m, head):
            span = line.ctx.span(m.start, m.end)
            if _is_filing(line, span):
                return s
            return replace(s, date=When(spans=(span,), rule=OWNER, why=(f"“{span.quote}” stands right before it",)))
    return s


RULES = (
    SentenceRule(
        FILING,
        "A full date at the head of a report is the day it was filed.",
        "Annotation guidelines §5, dates: a dateline or the publication date alone does not date an event.",
        _filing,
    ),
    SentenceRule(
        OWNER,
        "A day right before the word for an event is that event's.",
        "Annotation guidelines §2, date: what the text allows; TimeML: a date in an event’s noun phrase anchors it.",
        _owner,
    ),
)
