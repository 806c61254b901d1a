"""Where an event took place and where it was launched from, as the sentence says; else carried over."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.language.base import Mention
from dateline.records import Basis, Place, PlaceRole
from dateline.statements.events import Event
from dateline.statements.scene import Scene, little

_NEAR = 3
_FAR = 22
"""Tokens beyond which the only place of a sentence is not taken for that of an event."""
_CARRY = 160
"""Characters between a place and the sentence it is carried to, within one paragraph."""
_WORDS_ONLY = frozenset({"ACCUSE", "REQUEST", "SUPPORT", "REJECT", "THREATEN", "CONCEDE"})
"""Categories that happen in words: the place named beside them is that of what they speak of."""
_SETS_OUT = frozenset({"ASSAULT", "RETREAT", "MOBILIZE", "AID"})
_CARRIES = frozenset({"ASSAULT"})


def _distance(sc: Scene, place: Mention, event: Event) -> int:
    """Tokens between a place and an event; a place before its trigger counts as further off than one behind."""
    best = 1 << 30
    for t in event.triggers:
        gap = sc.first(place) - sc.after(t) if place.start >= t.end else 2 * (sc.first(t) - sc.after(place))
        lo, hi = sorted((sc.first(place), sc.first(t)))
        best = min(best, gap + 8 * sc.count(lo, hi))
    return best


def _containers(sc: Scene) -> set[Mention]:
    """Places that only say where the place before them lies: "Aleppo, Syria", "Azaz in Aleppo province"."""
    found: set[Mention] = set()
    for a, b in zip(sc.places, sc.places[1:], strict=False):
        gap = sc.words(sc.after(a), sc.first(b))
        if (
            gap == (",",)
            or (gap and len(gap) <= _NEAR + 1 and gap[0] in little("inside") and gap != ("to",))
            or (len(gap) > 1 and gap[0] == "," and gap[1] in little("inside") and len(gap) <= _NEAR + 1)
        ):
            found.add(b)
    return found


def _source_words(sc: Scene, m: Mention) -> bool:
    return any(s.start <= m.start and m.end <= s.end for s in sc.sources)


def _origin(sc: Scene, m: Mention, event: Event) -> bool:
    """Whether "from" stands before a place and does not only say where somebody comes from ("a man from X")."""
    first = sc.first(m)
    at = next((i for i in range(first - 1, first - 1 - _NEAR, -1) if sc.word(i) in little("from")), None)
    if at is None or event.kind.event not in _SETS_OUT:
        return False
    return event.kind.event != "ASSAULT" or not any(sc.after(x) == at for x in sc.actors)


def places_of(sc: Scene, event: Event, events: tuple[Event, ...]) -> tuple[Place, ...]:
    """The places of an event that its own sentence names, finest only."""
    if event.kind.event in _WORDS_ONLY:
        return ()
    nearest = sc.ctx.once(_nearest, sc, events)
    own = [m for m, e in nearest if e.head is event.head]
    near = [
        m for m, _ in nearest if _distance(sc, m, event) <= _FAR and not sc.apart(*_range(sc, m, event), "separators")
    ]
    taken = own or sorted(near, key=lambda m: (_distance(sc, m, event), m.start))[:1]
    return tuple(_place(sc, m, PlaceRole.ORIGIN if _origin(sc, m, event) else PlaceRole.EVENT) for m in taken)


def _nearest(sc: Scene, events: tuple[Event, ...]) -> list[tuple[Mention, Event]]:
    """The places of a sentence that can be an event's own, each with the event nearest to it."""
    inner = _containers(sc)
    able = [e for e in events if e.kind.event not in _WORDS_ONLY]
    return [
        (m, min(able, key=lambda e: (_distance(sc, m, e), e.head.start)))
        for m in sc.places
        if m not in inner and not _source_words(sc, m)
    ]


def _range(sc: Scene, m: Mention, event: Event) -> tuple[int, int]:
    lo, hi = sorted((sc.first(m), sc.first(event.head)))
    return lo, hi


def _place(sc: Scene, m: Mention, role: PlaceRole) -> Place:
    span = sc.ctx.span(m.start, m.end)
    return Place(
        name=span.quote,
        role=role,
        spans=(span,),
        rule=f"places.{role}.v1",
        why=(f"“{span.quote}” stands nearest to the event{' behind “from”' if role is PlaceRole.ORIGIN else ''}.",),
    )


def carried(sc: Scene, event: Event, last: Place | None) -> Iterator[Place]:
    """The place of the latest earlier event, for an attack in a sentence of the same paragraph that names none."""
    if last is None or sc.places or event.kind.event not in _CARRIES:
        return
    end, start = last.spans[0].end, sc.ctx.sentence.start
    if start - end > _CARRY or "\n" in sc.ctx.report.text[end:start]:
        return
    yield Place(
        name=last.name,
        role=PlaceRole.EVENT,
        spans=last.spans,
        basis=Basis.CONTEXT,
        rule="places.carried.v1",
        why=(f"This sentence names no place; “{last.name}” is the latest one before it.",),
    )
