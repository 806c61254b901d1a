"""Where an event took place and where it was launched from, as the sentence says; else carried over."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.language.base import Mention
from dateline.records import Basis, Place, PlaceRole
from dateline.statements.events import Event
from dateline.statements.scene import Scene, little

_NEAR = 3


def _distance(sc: Scene, place: Mention, event: Event) -> int:
    """Tokens between a place and an event; a place before its trigger counts as further off than one behind."""
    best = 1 << 30
    for t in event.triggers:
        gap = sc.first(place) - sc.after(t) if place.start >= t.end else 2 * (sc.first(t) - sc.after(place))
        lo, hi = sorted((sc.first(place), sc.first(t)))
        best = min(best, gap + 8 * sum(w in little("boundary") for w in sc.words(lo, hi)))
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


def _origin(sc: Scene, m: Mention) -> bool:
    """Whether "from" stands before a place, directions aside."""
    return any(w in little("from") for w in sc.words(sc.first(m) - _NEAR, sc.first(m)))


def places_of(sc: Scene, event: Event, events: tuple[Event, ...]) -> tuple[Place, ...]:
    """The places of an event that its own sentence names, finest only."""
    inner = _containers(sc)
    usable = [m for m in sc.places if m not in inner and not _source_words(sc, m)]
    made = []
    for m in usable:
        nearest = min(events, key=lambda e: (_distance(sc, m, e), e.head.start))
        alone = len(usable) == 1 and not any(w in little("separators") for w in _between(sc, m, event))
        if nearest.head is event.head or alone:
            made.append(_place(sc, m, PlaceRole.ORIGIN if _origin(sc, m) else PlaceRole.EVENT))
    return tuple(made)


def _between(sc: Scene, m: Mention, event: Event) -> tuple[str, ...]:
    lo, hi = sorted((sc.first(m), sc.first(event.head)))
    return sc.words(lo, hi)


def _place(sc: Scene, m: Mention, role: PlaceRole) -> Place:
    span = sc.ctx.span(m.start, m.end)
    return Place(
        name=span.quote,
        role=role,
        spans=(span,),
        rule=f"places.{role}.v1",
        why=(f"“{span.quote}” stands nearest to the event{' behind “from”' if role is PlaceRole.ORIGIN else ''}.",),
    )


def carried(sc: Scene, last: Place | None) -> Iterator[Place]:
    """The place of the latest earlier event, for a sentence that names none."""
    if last and not sc.places:
        yield Place(
            name=last.name,
            role=PlaceRole.EVENT,
            spans=last.spans,
            basis=Basis.CONTEXT,
            rule="places.carried.v1",
            why=(f"This sentence names no place; “{last.name}” is the latest one before it.",),
        )
