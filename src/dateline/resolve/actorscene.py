"""What a report says of states and actors around a phrase: where each is named, and in what order."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from dateline.language.base import Annotation, MentionKind
from dateline.language.base import Mention as Labelled
from dateline.language.en.actorwords import actor_words
from dateline.records import Report, Span
from dateline.resolve.register.index import Register
from dateline.resolve.register.model import Actor, plain

if TYPE_CHECKING:
    from dateline.resolve.actorphrase import Found

WORD = re.compile(r"[^\W_][\w'’.&/‑–-]*[\w.]|[^\W_]")
_LONGEST = 8
_LEAD = 2
"""A state is what a report is about if it is named at least so many times as often as the next one."""


@lru_cache(maxsize=65536)
def _bare(found: str) -> str:
    word = plain(found)
    for tail in ("'s", "'"):
        word = word.removesuffix(tail)
    return word.removesuffix(".") if word.count(".") == 1 or len(word) > _LONGEST else word


def words(text: str) -> list[tuple[int, int, str]]:
    """Words with their offsets, straight apostrophes, without a possessive ending or a full stop at the end."""
    return [(*m.span(), _bare(m[0])) for m in WORD.finditer(text)]


@lru_cache(maxsize=65536)
def named(word: str) -> bool:
    """Whether a word has a capital, as names have."""
    return not word.islower() and any(c.isupper() for c in word)


def _of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


@dataclass(frozen=True, slots=True)
class Mention:
    """A known actor named in the report at [start, end). `sure`: no other actor bears the name."""

    start: int
    end: int
    actor: Actor
    sure: bool


class Scene:
    """The known names of one report. Everything is found on first use and kept, so that a report is gone through
    once however many statements ask."""

    def __init__(self, register: Register, report: Report, annotation: Annotation) -> None:
        self.register = register
        self.text = report.text
        self.title = report.title or ""
        self.annotation = annotation
        self.read: dict[str, Found | None] = {}
        """What phrases were found to name in this report."""
        self.persons: dict[str, Found | None] = {}
        """Who people's names were found to be in this report."""
        self._alone: dict[frozenset[str], list[Mention | None]] = {}

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

    def alone(self, kinds: frozenset[str], end: int) -> Mention | None:
        """The latest mention before an offset of the only actor of such a kind named so far; None if there are more."""
        if kinds not in self._alone:
            self._alone[kinds] = list(_alone(self.mentions, kinds))
        return self._alone[kinds][bisect_left(self._starts, end)]

    def places(self, word: str) -> Iterator[tuple[int, int]]:
        """Where a word (it begins with a letter or digit) stands in the text by itself, in text order."""
        start = -1
        while (start := self.text.find(word, start + 1)) >= 0:
            end = start + len(word)
            if not (_of_word(self.text[start - 1 : start]) or _of_word(self.text[end : end + 1])):
                yield start, end

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.annotation.sentences]

    def _sentence(self, at: int) -> int | None:
        """The position of the sentence around an offset."""
        i = bisect_right(self._sentence_starts, at) - 1
        return i if i >= 0 and at < self.annotation.sentences[i].end else None

    def sentence(self, at: int) -> tuple[int, int]:
        """Bounds of the sentence around an offset; those of the text if there is none."""
        i = self._sentence(at)
        if i is None:
            return 0, len(self.text)
        return self.annotation.sentences[i].start, self.annotation.sentences[i].end

    def previous(self, at: int) -> tuple[int, int] | None:
        """Bounds of the sentence before the one around an offset."""
        i = self._sentence(at)
        if not i:
            return None
        return self.annotation.sentences[i - 1].start, self.annotation.sentences[i - 1].end

    def spoken(self, start: int, end: int) -> tuple[Labelled, ...]:
        """The annotation's actors that begin in [start, end)."""
        return self._actors[bisect_left(self._actor_starts, start) : bisect_left(self._actor_starts, end)]

    @cached_property
    def _actors(self) -> tuple[Labelled, ...]:
        return tuple(m for m in self.annotation.mentions if m.kind is MentionKind.ACTOR)

    @cached_property
    def _actor_starts(self) -> list[int]:
        return [m.start for m in self._actors]

    def state_about(self, span: Span) -> tuple[Actor, str] | None:
        """The state a passage is about, and why: the one the report names clearly more often than any other up to
        the end of the sentence, else the only one the sentence names. None if that leaves a doubt."""
        lo, hi = self.sentence(span.start)
        leading = self._leading[bisect_left(self._starts, hi)]
        if leading:
            found, why = leading, "the state the report is about so far"
        else:
            here = {s for m in self.between(lo, hi) if (s := state_of(m.actor))}
            if len(here) != 1:
                return None
            found, why = here.pop(), "the only state its sentence names"
        state = self.register.get(found)
        return (state, why) if state else None

    @cached_property
    def _leading(self) -> list[str | None]:
        """For each number of mentions gone by, the state named clearly more often than any other so far."""
        return list(_leading(state_of(m.actor) for m in (*self._titled, *self.mentions)))[len(self._titled) :]

    @cached_property
    def _titled(self) -> tuple[Mention, ...]:
        return tuple(find(self.register, self.title))


def _alone(mentions: tuple[Mention, ...], kinds: frozenset[str]) -> Iterator[Mention | None]:
    """Before each mention and after the last: the latest of the only actor of such a kind, None if none or more."""
    ids: set[str] = set()
    last: Mention | None = None
    yield None
    for m in mentions:
        if m.actor.kind in kinds:
            ids.add(m.actor.id)
            last = m
        yield last if len(ids) == 1 else None


def _leading(states: Iterator[str | None]) -> Iterator[str | None]:
    """Before each state and after the last: the one that leads all others so far by `_LEAD`."""
    counted: Counter[str] = Counter()
    first: str | None = None
    yield None
    for state in states:
        if state:
            counted[state] += 1
            top = counted.most_common(2)
            first = top[0][0] if len(top) == 1 or top[0][1] >= _LEAD * top[1][1] else None
        yield first


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
    spelt = [w for _, _, w in held]
    done = 0
    for i, word in enumerate(spelt):
        if i < done or not register.longest(word) or not (known := longest(register, spelt, i)):
            continue
        n, actors = known
        name = " ".join(spelt[i : i + n])
        strong = [a for a in actors if not register.needs_context(name, a.id)]
        if strong:
            yield Mention(held[i][0], held[i + n - 1][1], strong[0], len(actors) == 1)
        done = i + n


def longest(register: Register, held: Sequence[str], first: int = 0) -> tuple[int, tuple[Actor, ...]] | None:
    """How many words from `first` on are together the longest known name, and the actors of that name."""
    most = register.longest(held[first]) if first < len(held) else 0
    if not most or held[first].lower() in actor_words().articles:
        return None
    for n in range(min(len(held) - first, _LONGEST, most), 0, -1):
        name = held[first : first + n]
        if not any(map(named, name)):
            return None
        if found := register.named(" ".join(name)):
            return n, found
    return None
