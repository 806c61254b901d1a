"""What a corpus says about a stretch of text, in one form for all corpora.

`None` in a layer means that the corpus does not annotate it, so that a loss on it is masked; an empty tuple
means that it does and found nothing. Word numbers count from 0 and spans include their last word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

EntityType = Literal["PER", "ORG", "LOC", "NORP", "DATE", "WEAPON", "NUM", "MONEY", "MISC"]
ENTITY_TYPES: tuple[str, ...] = get_args(EntityType)
"""MISC is whatever else a corpus marks as a named thing: an event, a work, a product."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tagged:
    """Words `first` to `last`, both included, and what they are."""

    first: int
    last: int
    label: str

    def moved(self, by: int) -> Tagged:
        """The same span `by` words later."""
        return Tagged(self.first + by, self.last + by, self.label)


@dataclass(frozen=True, slots=True)
class Frame:
    """A predicate or an event trigger at word `head`; the label is its sense or its event type."""

    kind: Literal["srl", "event"]
    head: int
    label: str
    args: tuple[Tagged, ...]

    def moved(self, by: int) -> Frame:
        """The same frame `by` words later."""
        return Frame(self.kind, self.head + by, self.label, tuple(a.moved(by) for a in self.args))


@dataclass(frozen=True, slots=True)
class Example:
    """One stretch of a document, with the layers that its corpus annotates.

    `entities` do not overlap. `entity_types` are the types annotated exhaustively: a word without an entity may
    still be one of another type. `factuality` gives (word, value in [-3, 3]) for the words it was asked of and says
    nothing of others. `chains` are sets of at least two mentions of one thing. `offsets` are character offsets
    (start, end) of the words in the document, where the corpus has a text.
    """

    corpus: str
    doc: str
    words: tuple[str, ...]
    sentences: tuple[int, ...]
    entities: tuple[Tagged, ...] | None
    frames: tuple[Frame, ...] | None
    factuality: tuple[tuple[int, float], ...] | None
    chains: tuple[tuple[Span, ...], ...] | None
    entity_types: frozenset[str]
    offsets: tuple[Span, ...] | None = None

    def __post_init__(self) -> None:
        n = len(self.words)
        if len(self.sentences) != n or (self.offsets is not None and len(self.offsets) != n):
            raise ValueError(f"{self.corpus} {self.doc}: sentence numbers and offsets must be one per word ({n})")
        for first, last in self._spans():
            if not 0 <= first <= last < n:
                raise ValueError(f"{self.corpus} {self.doc}: span {first}-{last} is outside the {n} words")
        end = -1
        for e in self.entities or ():
            if e.label not in self.entity_types or e.first <= end:
                raise ValueError(f"{self.corpus} {self.doc}: entity {e} has a type not annotated here or overlaps")
            end = e.last

    def _spans(self) -> list[Span]:
        spans = [(e.first, e.last) for e in self.entities or ()]
        for f in self.frames or ():
            spans += [(f.head, f.head), *((a.first, a.last) for a in f.args)]
        spans += [(w, w) for w, _ in self.factuality or ()]
        spans += [span for chain in self.chains or () for span in chain]
        return spans


def flat(spans: list[Tagged], order: Mapping[str, int] | None = None) -> tuple[Tagged, ...]:
    """Spans without overlap, in text order: lower `order` of the label first, then longer, then earlier ones stay."""
    rank = order or {}
    kept: list[Tagged] = []
    taken: set[int] = set()
    for s in sorted(spans, key=lambda s: (rank.get(s.label, 0), s.first - s.last, s.first, s.label)):
        words = range(s.first, s.last + 1)
        if taken.isdisjoint(words):
            kept.append(s)
            taken.update(words)
    return tuple(sorted(kept, key=lambda s: s.first))
