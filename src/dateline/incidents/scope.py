"""What a figure counts: the incident, or something wider of which the incident is a part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.incidents.items import Linkable
from dateline.incidents.places import Relation, contains, relation
from dateline.incidents.weights import weights
from dateline.labels import Basis
from dateline.language.en.voicewords import all_over, whole_period
from dateline.records import Place

PERIOD_DAYS = 7
"""Fewest days of a period that is more than one happening."""
EVENT_DAYS = 3
"""Most days of a happening."""


def _own_places(item: Linkable) -> list[Place]:
    """The places the statement's own sentence names."""
    return [p for p in item.statement.event_places if p.basis is Basis.TEXT]


def _apart(a: Place, b: Place) -> bool:
    """Whether the two are far apart: a town nearer than that may only say where the other lies ("near Homs")."""
    w = weights()
    return relation(a, b, w.near_km, w.far_km) is Relation.FAR


def _bounds(item: Linkable) -> tuple[date, date] | None:
    d = item.statement.date
    return (d.earliest, d.latest) if d and d.earliest and d.latest else None


def wider(item: Linkable, others: Sequence[Linkable]) -> str | None:
    """Why the figures of a statement count more than the incident that the other statements tell of, None if nothing
    says so. An incident of one statement is never wider than itself."""
    return _several_places(item, others) or _all_over(item, others) or _period(item, others)


def _several_places(item: Linkable, others: Sequence[Linkable]) -> str | None:
    """It names two places that lie apart, and no other statement names them both, but one names one of them."""
    own = _own_places(item)
    for n, a in enumerate(own):
        for b in own[:n]:
            if not _apart(a, b):
                continue
            near = [[any(not _apart(p, x) for p in i.statement.event_places) for x in (a, b)] for i in others]
            told = [[any(p.name == x.name for p in i.statement.event_places) for x in (a, b)] for i in others]
            if any(any(x) and not all(x) for x in near) and not any(all(x) for x in told):
                return f"counts {b.name} and {a.name} together"
    return None


def _all_over(item: Linkable, others: Sequence[Linkable]) -> str | None:
    """It says "across" an area, and another statement names a place within that area."""
    sentence = item.statement.sentence
    for place in _own_places(item):
        first = place.spans[0]
        before = sentence.quote[: max(0, first.start - sentence.start)]
        if all_over(before) and any(contains(place, p) for i in others for p in i.statement.event_places):
            return f"counts all of {place.name}"
    return None


def _period(item: Linkable, others: Sequence[Linkable]) -> str | None:
    """It counts all of a week or more, within which another statement names the day."""
    own, when, sentence = _bounds(item), item.statement.date, item.statement.sentence
    if own is None or when is None or not when.spans or (own[1] - own[0]).days + 1 < PERIOD_DAYS:
        return None
    if not whole_period(sentence.quote[: max(0, when.spans[0].start - sentence.start)], when.spans[0].quote):
        return None
    for other in others:
        day = _bounds(other)
        if day and (day[1] - day[0]).days < EVENT_DAYS and own[0] <= day[0] and day[1] <= own[1]:
            return f"counts all from {own[0]} to {own[1]}"
    return None
