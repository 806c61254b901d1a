"""Where an event took place and where it was launched from, as the sentence says; else carried over."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.labels import AHEAD, Basis, PlaceRole
from dateline.language.base import Mention
from dateline.records import Place, Statement
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
_MOVES = _SETS_OUT - {"ASSAULT"} | {"CONSULT"}
"""Categories in which somebody goes from one place to another."""
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
    lists = {m for run in _lists(sc) for m in run}
    for a, b in zip(sc.places, sc.places[1:], strict=False):
        if a in lists and b in lists:
            continue
        gap = sc.words(sc.after(a), sc.first(b))
        if (
            gap == (",",)
            or (gap and len(gap) <= _NEAR + 1 and gap[0] in little("inside"))
            or (len(gap) > 1 and gap[0] == "," and gap[1] in little("inside") and len(gap) <= _NEAR + 1)
        ):
            found.add(b)
    return found


def _lists(sc: Scene) -> list[tuple[Mention, ...]]:
    """Places told one after another: "in Kara, Tarif and Halam". An "and" shows that they are no nested names."""
    runs: list[list[Mention]] = []
    joined: list[bool] = []
    for m in sc.places:
        gap = sc.words(sc.after(runs[-1][-1]), sc.first(m)) if runs else ()
        ands = any(w in little("and") for w in gap)
        if gap and len(gap) <= _NEAR and all(w == "," or w in little("and") or w in little("list_words") for w in gap):
            runs[-1].append(m)
            joined[-1] = joined[-1] or ands
        else:
            runs.append([m])
            joined.append(False)
    return [tuple(run) for run, ands in zip(runs, joined, strict=True) if ands]


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
    # all events of a sentence share what is nearest; one asked about by itself must not leave its answer to them
    nearest = sc.ctx.once(_nearest, sc, events) if len(events) > 1 else _nearest(sc, events)
    taken = [m for m, e in nearest if e.head is event.head]
    if not taken:
        near = [m for m, _ in nearest if _reaches(sc, m, event)]
        taken = sorted(near, key=lambda m: (_distance(sc, m, event), m.start))[:1]
    return tuple(_place(sc, m, PlaceRole.ORIGIN if _origin(sc, m, event) else PlaceRole.EVENT) for m in taken)


def _reaches(sc: Scene, m: Mention, event: Event) -> bool:
    """Whether a place may be that of an event further off: near enough, or the scene that the sentence opens with."""
    if sc.apart(*_range(sc, m, event), "separators"):
        return False
    return _distance(sc, m, event) <= _FAR or _opens(sc, m)


def _opens(sc: Scene, m: Mention) -> bool:
    """Whether a sentence sets its scene with a place: "In northern Kara, …"."""
    return sc.first(m) <= _NEAR and sc.word(sc.after(m)) in {",", ":"}


def _nearest(sc: Scene, events: tuple[Event, ...]) -> list[tuple[Mention, Event]]:
    """The places of a sentence that can be an event's own, each with the event nearest to it or to its list."""
    inner = _containers(sc)
    able = [e for e in events if e.kind.event not in _WORDS_ONLY]
    usable = [m for m in sc.places if m not in inner and not _source_words(sc, m)]
    runs = _lists(sc)
    out: list[tuple[Mention, Event]] = []
    for m in usable:
        beside = next((run for run in runs if m in run), (m,))
        near = min(able, key=lambda e: (min(_distance(sc, x, e) for x in beside), e.head.start))
        if near.kind.event in _MOVES or not _elsewhere(sc, beside[0]):
            out.append((m, near))
    return out


def _elsewhere(sc: Scene, m: Mention) -> bool:
    """Whether a place only says where somebody sits, comes from or goes: "based in Kara", "a man from Kara",
    "flights to Kara"."""
    at = sc.first(m) - 1
    while sc.word(at) in little("determiners"):
        at -= 1
    behind = any(sc.after(x) == at for x in sc.actors)
    bound = sc.word(at) in little("to") and sc.word(at - 1) in little("journeys")
    seated = sc.word(at) in little("list_words") and sc.word(at - 1) in little("seats")
    return bound or seated or (sc.word(at) in little("from") and behind)


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


def is_told(s: Statement) -> bool:
    """Whether later sentences may go on about a statement: violence that happened or is said to have."""
    return s.event.code in _CARRIES and s.certainty.label not in AHEAD


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
