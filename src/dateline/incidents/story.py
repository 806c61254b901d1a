"""What a report as a whole is about: the words that set it apart, and where its statements say that things happened."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from math import fsum, log, sqrt

from dateline.incidents.items import Linkable
from dateline.incidents.places import POINT, level
from dateline.incidents.vocabulary import RARE, UNSEEN, WORD, Words, stem, stems

MARKS = 8
"""How many rare stems stand for a report."""
NAMES = 30
"""How many rare names of a report are kept."""
_SHORT = 5
"""Letters up to which a word in capitals is an abbreviation and nobody's name."""
_BEGINS = re.compile(r"(?:\A|\n\s*|[^\w\s,;()&/]\s+|[\"“‘«])\Z")
_GOES_ON = re.compile(r" [^\W\d_a-z]")
"""A word written large after this one: the rest of a name."""
_BEFORE = 4
"""Characters before a word by which it is seen whether a sentence, a line or a quotation begins with it."""
LEAD = 2
"""How many sentences stand at the head of a report: a headline and what follows it, say."""
MOST = 80
"""How many stems of a report are kept."""
LEAST = 4
"""The rarity below which a stem says nothing of what a report is about."""


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """What a report is about: its rarer stems, each weighed by its rarity and by how often it comes, scaled to length
    one; the few that mark it, names above all. `names`: the stems of names that hardly any text has, without those of
    places: mostly persons. `told`: how many statements it holds; `lead`: where the first sentences that tell of
    anything end; `one_town`, `one_day`: whether its statements name no more than one."""

    bag: Mapping[str, float]
    marks: tuple[str, ...]
    names: frozenset[str]
    told: int
    lead: int
    one_town: bool
    one_day: bool

    def likeness(self, other: Story) -> float:
        """The cosine of the two."""
        return _likeness(self, other)


@lru_cache(maxsize=1 << 12)  # the happenings of two reports are compared one after another
def _likeness(x: Story, y: Story) -> float:
    return fsum(x.bag[t] * y.bag[t] for t in x.bag.keys() & y.bag.keys())  # fsum: in whatever order


def story(items: Iterable[Linkable], w: Words) -> Story:
    """What a report is about, by its text; by its sentences that tell of something where the text is not at hand."""
    held = list(items)
    statements = [i.statement for i in held]
    sentences = {s.sentence for s in statements}
    towns = {p.place_id for s in statements for p in s.event_places if level(p) == POINT}
    days = {(s.date.earliest, s.date.latest) for s in statements if s.date and s.date.earliest == s.date.latest}
    ends = sorted(s.end for s in sentences)
    text = held[0].text or " ".join(s.quote for s in sorted(sentences, key=lambda s: (s.start, s.end)))
    names = _names(text, w)
    bag, marks = _bag(text, names, w)
    places = frozenset(t for s in statements for p in s.places for t in stems(p.name, w))
    return Story(bag, marks, names - places, len(held), ends[:LEAD][-1], len(towns) <= 1, len(days) <= 1)


def _names(text: str, w: Words) -> frozenset[str]:
    """The stems of words that are never written small, at least once large though no sentence begins with them or they
    stand before another such word, and that hardly any text has."""
    held: Counter[str] = Counter()
    small: set[str] = set()
    large: set[str] = set()
    for m in WORD.finditer(text):
        word = m[0]
        if word[0].islower():
            small.add(stem(word, w))
        elif word.isalpha() and not (word.isupper() and len(word) <= _SHORT):
            name = stem(word.casefold(), w)
            held[name] += 1
            begins = _BEGINS.search(text, max(0, m.start() - _BEFORE), m.start())
            if not begins or _GOES_ON.match(text, m.end()):
                large.add(name)
    found = (t for t in large - small if len(t) > 2 and w.rarity(t) >= UNSEEN)
    return frozenset(sorted(found, key=lambda t: (-held[t], t))[:NAMES])


def _bag(text: str, names: Set[str], w: Words) -> tuple[dict[str, float], tuple[str, ...]]:
    counts = Counter(WORD.findall(text.casefold()))
    found: Counter[str] = Counter()
    for word, n in counts.items():
        if word not in w.stopwords:
            found[stem(word, w)] += n
    weighed = {t: r * (1 + log(n)) for t, n in found.items() if (r := w.rarity(t)) >= LEAST}
    kept = sorted(weighed, key=lambda t: (-weighed[t], t))[:MOST]
    norm = sqrt(sum(weighed[t] ** 2 for t in kept)) or 1.0
    rare = sorted((t for t in kept if w.rarity(t) > RARE), key=lambda t: t not in names)
    marks = tuple(rare[:MARKS])
    return {t: weighed[t] / norm for t in kept}, marks
