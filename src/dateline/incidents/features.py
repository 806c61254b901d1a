"""What of a statement linking compares, worked out once per statement."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import TypeVar

from dateline.incidents.copies import normal
from dateline.incidents.course import ALONE, Course, courses
from dateline.incidents.items import Linkable
from dateline.incidents.remark import cues, log_odds
from dateline.incidents.story import Story, story
from dateline.incidents.vocabulary import RARE, WORD, Words, rarity, stem, stemmed, stems
from dateline.incidents.weights import weights
from dateline.labels import AHEAD, Basis, Measure
from dateline.records import Party, Place, Statement

T = TypeVar("T")
CLASH = "Armed clash"
"""The sub-event in which both sides act."""
_COMPOUND = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
"""A word with hyphens: what is first-degree is not the first."""


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
    """A statement seen by linking, or all that one report says of a happening (`merged`). Dates are inclusive.

    `day_said`: the sentence itself gives the date. `known` holds the weapons and the parties that have a group
    or an id: two of them that differ are two, while "gunmen" and "bombers" may be the same men. `people`: the last
    names of persons taking part. `definite`: whether the trigger points back or tells something new. `habit`: it tells
    of a practice or a campaign; `lasting`: of what went on for long or came many times. `outcome`: the trigger names
    what became of people, not what was done. `earlier`: it is named as what something else came after ("a day after the
    attack"). `beside`: it is told beside other things ("also"); `several`: the trigger names several at once; `facts`:
    how many of place, day, number, doer and sufferer its own sentence names; `course`: where in its report it stands;
    `remark`: the log odds that it is of no one happening.
    `bag`: the stems of the sentence with their rarity, `norm` the length of that vector, `where` the stems of place
    names. `ahead`: planned or hypothetical. `story`: what its whole report is about; `head`: told at the head of it.
    `size`: how many statements it speaks for; `main`: what its report mainly tells of (incidents/mains.py).
    """

    item: Linkable
    family: str
    sub_event: str | None
    earliest: date | None
    latest: date | None
    day_said: bool
    places: tuple[Place, ...]
    actors: frozenset[str]
    targets: frozenset[str]
    known: frozenset[str]
    people: frozenset[str]
    weapons: frozenset[str]
    tolls: tuple[Tolls, ...]
    triggers: frozenset[str]
    bag: Mapping[str, int]
    norm: float
    where: frozenset[str]
    sentences: frozenset[str]
    ordinal: int | None
    another: bool
    beside: bool
    several: bool
    facts: int
    course: Course
    remark: float
    definite: bool | None
    habit: bool
    lasting: bool
    outcome: bool
    earlier: bool
    ahead: bool
    story: Story
    head: bool
    size: int = 1
    main: bool = False

    @property
    def id(self) -> str:
        """The statement's id."""
        return self.item.id

    @property
    def dated(self) -> bool:
        """Whether both bounds are known."""
        return self.earliest is not None and self.latest is not None

    @property
    def one_day(self) -> bool:
        """Whether the very day is known."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def share(self) -> float:
        """How much of its report's statements it speaks for."""
        return min(self.size / self.story.told, 1.0)

    def deed(self, general: frozenset[str]) -> str | None:
        """The sub-event; None where it is general and the trigger names but the outcome ("died")."""
        return None if self.outcome and self.sub_event in general else self.sub_event

    @property
    def mutual(self) -> bool:
        """Whether both sides act on each other, so that neither is the one that only suffers."""
        return self.sub_event == CLASH

    @property
    def rare(self) -> frozenset[str]:
        """The rare stems of the sentence that name no place."""
        return frozenset(t for t, level in self.bag.items() if level >= RARE) - self.where

    @property
    def bare(self) -> bool:
        """No place, no date, no figure and nobody named. A campaign or a general practice reads so; and "the
        blast", which points back to what its own report told."""
        return not (self.places or self.earliest or self.latest or self.tolls or self.actors or self.targets)


def party_key(p: Party) -> str:
    """What makes two mentions the same party: the register's id, else the group, else the name."""
    return p.actor_id or (p.group or p.name).casefold()


def _ordinal(before: list[str], w: Words) -> int | None:
    """The ordinal among the last four words before the trigger ("the second wave of strikes")."""
    return next((w.ordinals[x] for x in reversed(before[-4:]) if x in w.ordinals), None)


def _definite(before: list[str], w: Words) -> bool | None:
    """Whether the trigger points back ("the deadly attack") or tells something new ("a blast"); None if neither."""
    for word in reversed(before[-3:]):
        if word in w.definite:
            return True
        if word in w.indefinite:
            return False
    return None


def _habit(before: list[str], trigger: str, w: Words) -> bool:
    """Whether a statement is of a practice ("often strike") or a long effort ("the bombing campaign")."""
    return bool(w.habits & set(before[-3:]) or w.efforts & set(trigger.casefold().split()))


def _lasting(before: list[str], tokens: Sequence[str], w: Words) -> bool:
    """Whether a statement is of what went on for long or came many times ("in recent months", "have been bombed since",
    "has carried out several bombings")."""
    return not w.lasting.isdisjoint(tokens) or not (w.perfect.isdisjoint(before) or w.since.isdisjoint(tokens))


def words_of(s: Statement) -> tuple[list[str], list[str]]:
    """The words of its sentence that stand before the trigger, and all of them, case-folded."""
    ahead = s.sentence.quote[: max(0, s.trigger[0].start - s.sentence.start)]
    return WORD.findall(_COMPOUND.sub(" ", ahead).casefold()), WORD.findall(s.sentence.quote.casefold())


def _facts(s: Statement) -> int:
    """How many of place, day, number, doer and sufferer its own sentence names, parties where the register or a group
    has them."""
    places = any(p.basis is Basis.TEXT for p in s.event_places)
    day = s.date is not None and s.date.basis is Basis.TEXT
    numbers = any(f.of is None for f in s.figures)
    return sum((places, day, numbers, *(any(p.actor_id or p.group for p in x) for x in (s.actors, s.targets))))


def _norm(bag: Mapping[str, int]) -> float:
    return sqrt(sum(level * level for level in bag.values()))


def _surname(name: str, w: Words) -> str | None:
    """The last name of a person called by two to four capitalised words, one of them rare; None of anything else."""
    parts = [p for p in WORD.findall(name) if p.casefold() not in w.name_endings]
    if not 2 <= len(parts) <= 4 or not all(p[0].isupper() for p in parts):
        return None
    return parts[-1].casefold() if any(rarity(p.casefold(), w) >= RARE for p in parts) else None


def all_features(items: Sequence[Linkable], families: Mapping[str, str], w: Words) -> list[Features]:
    """The features of statements, in their order, each with the story of its report. `families`: those of events."""
    reports: dict[str, list[Linkable]] = {}
    for i in items:
        reports.setdefault(i.statement.report_id, []).append(i)
    stories = {r: story(held, w) for r, held in reports.items()}
    course = {key: held for told in reports.values() for key, held in courses(told).items()}

    def made(i: Linkable) -> Features:
        code = i.statement.event.code
        return features(i, families.get(code, code), w, stories[i.statement.report_id], course[i.id])

    return list(map(made, items))


def features(item: Linkable, family: str, w: Words, told: Story | None = None, course: Course = ALONE) -> Features:
    """All that linking compares of a statement, `told` in this story and there in its `course`; without one, in one of
    its own."""
    s = item.statement
    head = s.trigger[0]
    told = told or story((item,), w)
    before, tokens = words_of(s)
    parties = (*s.actors, *s.targets)
    weapons = frozenset(x.kind or x.name.casefold() for x in s.weapons)
    bag = {t: w.rarity(t) for t in sorted(stems(s.sentence.quote, w))}
    people = (_surname(p.name, w) for p in parties if not (p.actor_id or p.group))
    return Features(
        item=item,
        family=family,
        sub_event=s.sub_event.code if s.sub_event else None,
        earliest=s.date.earliest if s.date else None,
        latest=s.date.latest if s.date else None,
        day_said=s.date is not None and s.date.basis is Basis.TEXT,
        places=s.event_places,
        actors=frozenset(party_key(p) for p in s.actors),
        targets=frozenset(party_key(p) for p in s.targets),
        known=frozenset(party_key(p) for p in parties if p.actor_id or p.group) | weapons,
        people=frozenset(filter(None, people)),
        weapons=weapons,
        tolls=tuple(Tolls(f.measure, f.min, f.max) for f in s.figures if f.of is None),
        triggers=frozenset({stemmed(head.quote.casefold(), w)}),
        bag=bag,
        norm=_norm(bag),
        where=frozenset(stem(t, w) for p in s.places for t in WORD.findall(p.name.casefold())),
        sentences=frozenset({normal(s.sentence.quote)}),
        ordinal=_ordinal(before, w),
        beside=not w.beside.isdisjoint(before),
        several=not w.several.isdisjoint(head.quote.casefold().split()[-1:]),
        facts=_facts(s),
        course=course,
        remark=log_odds(cues(item, before, tokens, w), weights().remark),
        another=any(t in w.another for t in (*tokens[:1], *before[-3:])),
        definite=_definite(before, w),
        outcome=not w.outcomes.isdisjoint(head.quote.casefold().split()),
        habit=_habit(before, head.quote, w),
        lasting=_lasting(before, tokens, w),
        earlier=any(x in w.after for x in before[-4:]),
        ahead=s.certainty.label in AHEAD,
        story=told,
        head=s.sentence.end <= told.lead,
    )


def _most(values: Iterable[T]) -> T | None:
    """The commonest value; of equals, the first."""
    counts = Counter(values)
    return max(counts, key=lambda v: counts[v]) if counts else None


def merged(held: Sequence[Features], general: frozenset[str]) -> Features:
    """What the statements of one group say together, as if one statement said it all; the first gives its name.

    The commonest date and sub-event stand for all; a specific sub-event goes before one in `general`.
    """
    first = held[0]
    if len(held) == 1:
        return first
    subs = [f.sub_event for f in held if f.sub_event]
    dated = [f for f in held if f.earliest or f.latest]
    days = _most((f.earliest, f.latest) for f in dated) or (None, None)
    ordinals = {f.ordinal for f in held if f.ordinal}
    places = {(p.place_id or p.name.casefold(), p.basis): p for f in held for p in f.places}
    bag = {t: level for f in held for t, level in f.bag.items()}

    def union(name: str) -> frozenset[str]:
        return frozenset().union(*(getattr(f, name) for f in held))

    return Features(
        item=first.item,
        family=first.family,
        sub_event=_most(s for s in subs if s not in general) or _most(subs),
        earliest=days[0],
        latest=days[1],
        day_said=any(f.day_said for f in dated if (f.earliest, f.latest) == days),
        places=tuple(places.values()),
        actors=union("actors"),
        targets=union("targets"),
        known=union("known"),
        people=union("people"),
        weapons=union("weapons"),
        tolls=tuple(dict.fromkeys(t for f in held for t in f.tolls)),
        triggers=union("triggers"),
        bag=bag,
        norm=_norm(bag),
        where=union("where"),
        sentences=union("sentences"),
        ordinal=ordinals.pop() if len(ordinals) == 1 else None,
        another=first.another,
        beside=first.beside,
        several=first.several,
        facts=max(f.facts for f in held),
        course=first.course,
        remark=min(f.remark for f in held),
        definite=first.definite,
        habit=all(f.habit for f in held),
        lasting=all(f.lasting for f in held),
        outcome=all(f.outcome for f in held),
        earlier=first.earlier,
        ahead=first.ahead,
        story=first.story,
        head=any(f.head for f in held),
        size=len(held),
        main=any(f.main for f in held),
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
