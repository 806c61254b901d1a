"""When: the day of filing that stands at the head of a passage dates the report, not what it tells."""

from __future__ import annotations

from dataclasses import replace

from dateline.records import Basis, Statement
from dateline.statements.rulebook.base import Line, SentenceRule
from dateline.statements.scene import little

FILING = "dates.filing.v1"
_HEAD = 4
"""Words that may stand before a day of filing: an outlet, "Published", a weekday."""


def _filing(line: Line, s: Statement) -> Statement:
    """Without a full date at the head of the passage that no word ties to what follows: "Sun 16 Apr 2017 Blast …"."""
    when = s.date
    if when is None or when.basis is Basis.CONTEXT or not when.spans:
        return s
    span = when.spans[0]
    first, after = line.first(span), line.after(span)
    words = line.words(span)
    tied = any(w in little("on_day") for w in (*words, *line.cut(first - 1, first)))
    year = any(len(w) == _YEAR and w.isdigit() for w in words)
    behind = line.tokens[after].text if after < len(line.tokens) else ""
    head = all(t.text[0].isupper() or not t.text[0].isalnum() for t in line.tokens[:first])
    if first <= _HEAD and year and not tied and head and behind[:1].isupper():
        return replace(s, date=None)
    return s


_YEAR = 4
"""Digits of a year that is written out."""

RULES = (
    SentenceRule(
        FILING,
        "A full date at the head of a report is the day it was filed.",
        "Annotation guidelines §5, dates: a dateline or the publication date alone does not date an event.",
        _filing,
    ),
)
