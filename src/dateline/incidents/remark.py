"""How surely a statement is a general remark: of a practice, a wish, a whole war, of no one happening.

Each cue is a plain fact of the statement and its sentence; what it weighs is learned from what annotators give no
happening (weights.yaml, `remark`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import exp

from dateline.incidents.items import Linkable
from dateline.incidents.places import POINT, level
from dateline.incidents.vocabulary import Words
from dateline.labels import Basis, Certainty
from dateline.records import Statement

BASE = "base"
"""What every statement has."""
HUNDRED = 100
LONG = 31
"""Days that are more than one happening lasts."""


def cues(item: Linkable, before: Sequence[str], tokens: Sequence[str], w: Words) -> Iterator[str]:
    """The cues of a statement, each once; `tokens` are the words of its sentence and `before` those that stand before
    its trigger, case-folded."""
    s = item.statement
    yield BASE
    yield f"event.{s.event.code}"
    if s.sub_event is None:
        yield "event.no_kind"
    if s.certainty.label in (Certainty.HYPOTHETICAL, Certainty.PLANNED):
        yield f"certainty.{s.certainty.label.value}"
    yield from _where_and_when(s)
    totals = [f.min or f.max or 0 for f in s.figures if f.of is None]
    if totals:
        yield "number.large" if max(totals) >= HUNDRED else "number"
    yield from _words(s, before, tokens, w)


def _where_and_when(s: Statement) -> Iterator[str]:
    own = [p for p in s.event_places if p.basis is Basis.TEXT]
    if own:
        yield "place.own" if any(level(p) in (None, POINT) for p in own) else "place.area"
    else:
        yield "place.lent" if s.event_places else "place.none"
    if s.date is None or not (s.date.earliest or s.date.latest):
        yield "date.none"
        return
    first, last = s.date.earliest, s.date.latest
    size = "open" if first is None or last is None else "day" if first == last else "long"
    if size == "long" and first and last and (last - first).days <= LONG:
        size = "days"
    yield f"date.{size}.{'own' if s.date.basis is Basis.TEXT else 'lent'}"


def _words(s: Statement, before: Sequence[str], tokens: Sequence[str], w: Words) -> Iterator[str]:
    trigger = s.trigger[0].quote.casefold().split()
    if not w.several.isdisjoint(trigger[-1:]):
        yield "trigger.several"
    if not (w.efforts | w.wars).isdisjoint(trigger):
        yield "trigger.long"
    if not w.outcomes.isdisjoint(trigger):
        yield "trigger.outcome"
    near = before[-4:]
    yield from (f"before.{word}" for word in near[-1:] if word in w.leads)
    for name, held in (("before.perfect", w.perfect), ("before.modal", w.modal), ("before.such", w.habits)):
        if not held.isdisjoint(near):
            yield name
    if not (w.definite | w.indefinite).isdisjoint(before[-3:]):
        yield "before.article"
    for name, held in (
        ("sentence.quoting", w.speaking),
        ("sentence.appeal", w.appeals),
        ("sentence.of_war", w.wars),
        ("sentence.spans", w.spans),
        ("sentence.lasting", w.lasting | w.since),
    ):
        if not held.isdisjoint(tokens):
            yield name


def log_odds(found: Iterator[str], learned: Mapping[str, float]) -> float:
    """The log odds that a statement with these cues is of no one happening."""
    return round(sum(learned.get(cue, 0.0) for cue in found), 3)


def chance(odds: float) -> float:
    """The same as a chance."""
    return 1 / (1 + exp(-odds))
