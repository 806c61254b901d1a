"""What a report says of states and actors around a phrase: where each is named, and in what order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from dateline.language.base import Annotation
from dateline.records import Report, Span
from dateline.resolve.register.index import Register
from dateline.resolve.register.model import Actor, plain

WORD = re.compile(r"[^\W_][\w'’.&/‑–-]*[\w.]|[^\W_]")
_LONGEST = 8
_LEAD = 2
"""A state is what a report is about if it is named at least so many times as often as the next one."""


def words(text: str) -> list[tuple[int, int, str]]:
    """Words with their offsets, straight apostrophes, without a possessive ending or a full stop at the end."""
    found = []
    for m in WORD.finditer(text):
        word = plain(m[0])
        for tail in ("'s", "'"):
            word = word.removesuffix(tail)
        if word.count(".") == 1 or len(word) > _LONGEST:
            word = word.removesuffix(".")
        found.append((m.start(), m.end(), word))
    return found


def named(word: str) -> bool:
    """Whether a word has a capital, as names have."""
    return any(c.isupper() for c in word)


@dataclass(frozen=True, slots=True)
class Mention:
    """A known actor named in the report at [start, end). `sure`: no other actor bears the name."""

    start: int
    end: int
    actor: Actor
    sure: bool


class Scene:
    """The known names of one report. Everything is found on first use and kept."""

    def __init__(self, register: Register, report: Report, annotation: Annotation) -> None:
        self.register = register
        self.text = report.text
        self.title = report.title or ""
        self.annotation = annotation

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every known actor named in the text, longest names first at each place, in text order."""
        return tuple(find(self.register, self.text))

    @cached_property
    def _starts(self) -> list[int]:
        return [m.start for m in self.mentions]

    @cached_property
    def countries(self) -> frozenset[str]:
        """ISO codes of all states named in text or title, directly or through an organ or a demonym."""
        found = (*self.mentions, *self._titled)
        return frozenset(c for m in found if m.actor.kind in _STATES for c in m.actor.countries)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Ids of all actors named in text or title under a name that is theirs alone."""
        return frozenset(m.actor.id for m in (*self.mentions, *self._titled) if m.sure)

    def between(self, start: int, end: int) -> tuple[Mention, ...]:
        """Mentions that begin in [start, end)."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def sentence(self, at: int) -> tuple[int, int]:
        """Bounds of the sentence around an offset; those of the text if there is none."""
        return next(((s.start, s.end) for s in self.annotation.sentences if s.start <= at < s.end), (0, len(self.text)))

    def previous(self, at: int) -> tuple[int, int] | None:
        """Bounds of the sentence before the one around an offset."""
        start, _ = self.sentence(at)
        earlier = [s for s in self.annotation.sentences if s.end <= start]
        return (earlier[-1].start, earlier[-1].end) if earlier else None

    def state_about(self, span: Span) -> tuple[Actor, str] | None:
        """The state a passage is about, and why: the one the report names clearly more often than any other up to
        the end of the sentence, else the only one the sentence names. None if that leaves a doubt."""
        lo, hi = self.sentence(span.start)
        counted = Counter(s for m in (*self._titled, *self.between(0, hi)) if (s := state_of(m.actor))).most_common(2)
        if counted and (len(counted) == 1 or counted[0][1] >= _LEAD * counted[1][1]):
            found, why = counted[0][0], "the state the report is about so far"
        else:
            here = {s for m in self.between(lo, hi) if (s := state_of(m.actor))}
            if len(here) != 1:
                return None
            found, why = here.pop(), "the only state its sentence names"
        state = self.register.get(found)
        return (state, why) if state else None

    @cached_property
    def _titled(self) -> tuple[Mention, ...]:
        return tuple(find(self.register, self.title))


_STATES = frozenset(
    {"state", "territory", "government", "military", "police", "intelligence", "legislature", "judicial", "diplomats"}
)


def state_of(a: Actor) -> str | None:
    """The id of the state an actor is or belongs to."""
    if a.kind in ("state", "territory"):
        return a.id
    if a.part_of and a.part_of.startswith(("state:", "contested:")):
        return a.part_of
    return None


def find(register: Register, text: str) -> Iterator[Mention]:
    """Known actors in a text: at each word the longest name that begins there and is written as a name."""
    held = words(text)
    i = 0
    while i < len(held):
        hit = longest(register, [w for _, _, w in held[i : i + _LONGEST]])
        if hit is None:
            i += 1
            continue
        n, found = hit
        name = " ".join(w for _, _, w in held[i : i + n])
        strong = [a for a in found if not register.needs_context(name, a.id)]
        if strong:
            yield Mention(held[i][0], held[i + n - 1][1], strong[0], len(found) == 1)
        i += n


def longest(register: Register, held: list[str]) -> tuple[int, tuple[Actor, ...]] | None:
    """How many of the first words together are the longest known name, and the actors of that name."""
    for n in range(min(len(held), _LONGEST), 0, -1):
        if not any(named(w) for w in held[:n]):
            return None
        name = " ".join(held[:n])
        found = tuple(a for i in register.candidates(name) if (a := register.get(i)))
        if found and held[0].lower() != "the":
            return n, found
    return None
