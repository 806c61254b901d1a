"""The course of a report: where in it a statement stands, and which place and day were named last before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dateline.incidents.items import Linkable
from dateline.labels import Basis
from dateline.records import Place


@dataclass(frozen=True, slots=True)
class Course:
    """Where a statement stands in its report. `nth`: the number of its sentence among those that tell of something;
    `places` and `day` are those that an earlier sentence named last, whose triggers begin at `place_at` and `day_at`
    (-1: none did)."""

    nth: int = 0
    place_at: int = -1
    places: tuple[Place, ...] = ()
    day_at: int = -1
    day: date | None = None


ALONE = Course()
"""That of a statement seen without its report."""


def named_here(item: Linkable) -> tuple[Place, ...]:
    """The places its own sentence names."""
    return tuple(p for p in item.statement.event_places if p.basis is Basis.TEXT)


def courses(items: Iterable[Linkable]) -> Mapping[str, Course]:
    """The course of each statement of a report, by its id."""
    by_sentence: dict[tuple[int, int], list[Linkable]] = {}
    for i in sorted(items, key=lambda i: (i.statement.trigger[0].start, i.id)):
        by_sentence.setdefault((i.statement.sentence.start, i.statement.sentence.end), []).append(i)
    out: dict[str, Course] = {}
    last = Course()
    for nth, (_, held) in enumerate(sorted(by_sentence.items())):
        out |= {i.id: Course(nth, last.place_at, last.places, last.day_at, last.day) for i in held}
        for i in held:
            at, when, places = i.statement.trigger[0].start, i.statement.date, named_here(i)
            if places:
                last = Course(nth, at, places, last.day_at, last.day)
            if when and when.basis is Basis.TEXT and when.earliest:
                last = Course(nth, last.place_at, last.places, at, when.earliest)
    return out
