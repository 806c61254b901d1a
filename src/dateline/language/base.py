"""What a language gives the later stages: tokens, sentences and mentions, all as offsets into the report.

Nothing below this line knows a word of any human language; nothing above it sees a model.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter
from typing import Any, Protocol

from dateline.labels import PassageKind
from dateline.records import Report


class MentionKind(StrEnum):
    """What a mention names. A duration says how long or how often and dates nothing; a filing is the place, date or
    agency of a dateline; "since" is a clause that ends with a date and bounds what stands outside of it. A hint is a
    word that names a happening where a model reads one."""

    TRIGGER = "trigger"
    HINT = "hint"
    ACTOR = "actor"
    PLACE = "place"
    WEAPON = "weapon"
    DATE = "date"
    COUNT = "count"
    SOURCE = "source"
    SAYING = "saying"
    CUE = "cue"
    DURATION = "duration"
    FILING = "filing"
    SINCE = "since"


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or punctuation mark. `lower` is its case-folded form."""

    start: int
    end: int
    text: str
    lower: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage: offsets, kind, and its tokens as the half-open range [first, last) of Annotation.tokens."""

    index: int
    start: int
    end: int
    kind: PassageKind
    paragraph: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A labelled span. `label` depends on the kind (an event category, an actor id, a weapon class, a cue id);
    `norm` is a normal form; `score` a probability if a model made it; `producer` a rule or head id."""

    kind: MentionKind
    start: int
    end: int
    sentence: int
    label: str
    norm: str
    producer: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """What a model holds a span to be for one trigger. `role` is actor, target, weapon, place, origin, date, figure,
    source (the original one), via (who passed it on), cue (what shows how surely) or saying (the source's verb);
    `label` a figure's measure or a source's type; `part` marks a figure that breaks another down. `carried`: the span
    stands in an earlier sentence. `score` is a probability. Not `sure`: the model alone would not have said so; given
    for actors and targets only. `why` says how a later stage came to the score, empty where the model alone did."""

    role: str
    start: int
    end: int
    score: float
    label: str = ""
    part: bool = False
    carried: bool = False
    sure: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model reads at one trigger. `event`, `sub_event` (None: none fits) and `certainty` are its best labels,
    each with its probability; `score` is that of there being an event at all. Arguments are in text order. Not `sure`:
    the model alone would not have said that there is one, but a lexicon knows the word for an event."""

    start: int
    end: int
    sentence: int
    score: float
    event: tuple[str, float]
    sub_event: tuple[str | None, float]
    certainty: tuple[str, float]
    arguments: tuple[Argument, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Same:
    """Two spans (by their starts) that a model holds to be one `kind`: one happening (of two readings), or one name."""

    kind: str
    first: int
    second: int
    score: float


@dataclass(frozen=True, slots=True)
class Named:
    """A span that a model holds to be a name or a quantity: PER, ORG, LOC, NORP, DATE, WEAPON, NUM, MONEY or MISC."""

    start: int
    end: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Annotation:
    """All that is known of a report's language. Mentions are sorted by (start, -end, kind, label). Readings, names and
    same pairs are in text order and empty where no model reads."""

    report_id: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    readings: tuple[Reading, ...] = ()
    named: tuple[Named, ...] = ()
    same: tuple[Same, ...] = ()
    _within: dict[tuple[int, MentionKind | None], tuple[Mention, ...]] = field(init=False, repr=False, compare=False)
    """Mentions by sentence, and by sentence and kind: rules ask for them again and again."""
    kept: dict[int, Any] = field(init=False, repr=False, compare=False, default_factory=dict)
    """What rules lay out of a sentence once and ask for again, by its index; see statements.context.context_of."""

    def __post_init__(self) -> None:
        held: dict[tuple[int, MentionKind | None], list[Mention]] = defaultdict(list)
        for m in self.mentions:
            held[m.sentence, None].append(m)
            held[m.sentence, m.kind].append(m)
        object.__setattr__(self, "_within", {where: tuple(found) for where, found in held.items()})

    def tokens_of(self, s: Sentence) -> tuple[Token, ...]:
        """The tokens of a sentence."""
        return self.tokens[s.first : s.last]

    def mentions_of(self, s: Sentence, kind: MentionKind | None = None) -> tuple[Mention, ...]:
        """Mentions inside a sentence, in text order."""
        return self._within.get((s.index, kind), ())

    def named_of(self, s: Sentence) -> tuple[Named, ...]:
        """Names and quantities that begin in a sentence, in text order."""
        first, after = (bisect_left(self.named, at, key=attrgetter("start")) for at in (s.start, s.end))
        return self.named[first:after]


class Names(Protocol):
    """Names known to the resolvers, lent to the language so that it can find them in text."""

    def actors(self) -> dict[str, str]:
        """Case-folded alias → actor id."""
        ...

    def is_place(self, name: str) -> bool:
        """Whether the gazetteer knows a place of that name (any case)."""
        ...

    def place_weight(self, name: str) -> int:
        """Population of the largest place of that name; 0 if unknown. Countries and waters count as ten million."""
        ...


@dataclass(frozen=True, slots=True)
class Relevance:
    """How much a text reads like news of conflict and politics, and how much a text of its length needs to be read."""

    score: float
    needed: float

    @property
    def relevant(self) -> bool:
        """Whether the text should be read."""
        return self.score >= self.needed


Triage = Callable[[str], Relevance]
"""Judges a text in a fraction of the time that reading it takes. Deterministic."""


class Language(Protocol):
    """One human language. It may have a method `relevance`, a Triage; without one there is no triage."""

    name: str

    def annotate(self, report: Report) -> Annotation:
        """Tokens, sentences and mentions of a report. Deterministic; every offset lies in the text."""
        ...
