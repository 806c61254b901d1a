"""What of a statement linking compares, worked out once per statement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from dateline.data import load_yaml
from dateline.incidents.items import Linkable
from dateline.incidents.voices import normal
from dateline.records import Certainty, Measure, Party, Place

_WORD = re.compile(r"[^\W_]+")
_NOT_YET = frozenset({Certainty.PLANNED, Certainty.HYPOTHETICAL})


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one human language that linking looks at."""

    ordinals: dict[str, int]
    another: frozenset[str]
    endings: tuple[str, ...]
    stopwords: frozenset[str]


@cache
def words(package: str = "dateline.language.en.data") -> Words:
    """The linking words of a language's data package."""
    data: dict[str, Any] = load_yaml(package, "linking.yaml")
    return Words(
        dict(data["ordinals"]), frozenset(data["another"]), tuple(data["endings"]), frozenset(data["stopwords"])
    )


@dataclass(frozen=True, slots=True)
class Tolls:
    """A total: how many at least and at most."""

    measure: Measure
    min: int | None
    max: int | None

    def overlaps(self, other: Tolls) -> bool:
        """Whether one number can satisfy both."""
        low = max(self.min or 0, other.min or 0)
        highs = [m for m in (self.max, other.max) if m is not None]
        return not highs or low <= min(highs)


@dataclass(frozen=True, slots=True)
class Features:
    """A statement seen by linking. Dates are inclusive; `known` holds the parties that have a group or an id
    (two of them that differ are two; "gunmen" and "bombers" may be the same men) and the weapons; `ahead` marks
    what is planned or hypothetical."""

    item: Linkable
    family: str
    sub_event: str | None
    earliest: date | None
    latest: date | None
    places: tuple[Place, ...]
    actors: frozenset[str]
    targets: frozenset[str]
    known: frozenset[str]
    weapons: frozenset[str]
    tolls: tuple[Tolls, ...]
    trigger: str
    bag: frozenset[str]
    sentence: str
    ordinal: int | None
    another: bool
    ahead: bool

    @property
    def id(self) -> str:
        """The statement's id."""
        return self.item.id

    @property
    def dated(self) -> bool:
        """Whether both bounds are known."""
        return self.earliest is not None and self.latest is not None

    @property
    def vague(self) -> bool:
        """No place, no date, no figure and nobody named: a campaign or a general practice, never linked."""
        return not (self.places or self.earliest or self.latest or self.tolls or self.actors or self.targets)


def party_key(p: Party) -> str:
    """What makes two mentions the same party: the register's id, else the group, else the name."""
    return p.actor_id or (p.group or p.name).casefold()


def stem(word: str, w: Words) -> str:
    """A word without its ending, at least three letters long."""
    for ending in w.endings:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _ordinal(before: list[str], w: Words) -> int | None:
    """The ordinal among the last four words before the trigger ("the second wave of strikes")."""
    return next((w.ordinals[x] for x in reversed(before[-4:]) if x in w.ordinals), None)


def features(item: Linkable, family: str, w: Words) -> Features:
    """All that linking compares of a statement."""
    s = item.statement
    head = s.trigger[0]
    tokens = _WORD.findall(s.sentence.quote.casefold())
    before = _WORD.findall(s.sentence.quote[: max(0, head.start - s.sentence.start)].casefold())
    parties = (*s.actors, *s.targets)
    weapons = frozenset(x.kind or x.name.casefold() for x in s.weapons)
    return Features(
        item=item,
        family=family,
        sub_event=s.sub_event.code if s.sub_event else None,
        earliest=s.date.earliest if s.date else None,
        latest=s.date.latest if s.date else None,
        places=s.event_places,
        actors=frozenset(party_key(p) for p in s.actors),
        targets=frozenset(party_key(p) for p in s.targets),
        known=frozenset(party_key(p) for p in parties if p.actor_id or p.group) | weapons,
        weapons=weapons,
        tolls=tuple(Tolls(f.measure, f.min, f.max) for f in s.figures if f.of is None),
        trigger=" ".join(stem(t, w) for t in _WORD.findall(head.quote.casefold())),
        bag=frozenset(stem(t, w) for t in tokens if t not in w.stopwords),
        sentence=normal(s.sentence.quote),
        ordinal=_ordinal(before, w),
        another=any(t in w.another for t in tokens),
        ahead=s.certainty.label in _NOT_YET,
    )


def window(f: Features, days: int) -> tuple[date, date] | None:
    """The days a statement may be about: its bounds, one open bound closed by the publication date, else the
    `days` up to publication. None if nothing is known."""
    published = f.item.published
    first, last = f.earliest, f.latest
    if first is None and last is None:
        return (published - timedelta(days), published) if published else None
    if first is None and last is not None:
        return last - timedelta(days), last
    if last is None and first is not None:
        last = published if published and published >= first else first + timedelta(days)
    assert first is not None and last is not None
    return first, last
