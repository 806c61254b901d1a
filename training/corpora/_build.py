"""From annotated sentences to examples: windows of whole sentences, positions moved along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from training.examples import Example, Frame, Span, Tagged


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence; positions count within it. `mentions` are (chain id, span)."""

    words: tuple[str, ...]
    entities: tuple[Tagged, ...] | None = None
    frames: tuple[Frame, ...] | None = None
    factuality: tuple[tuple[int, float], ...] | None = None
    mentions: tuple[tuple[str, Span], ...] | None = None
    offsets: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What all examples of a document share; `limit` is the number of words at which a window is full."""

    corpus: str
    doc: str
    types: frozenset[str] = field(default_factory=frozenset)
    limit: int = 120


def windows(lengths: Sequence[int], limit: int) -> Iterator[range]:
    """Runs of consecutive sentences with at most `limit` words together; a longer sentence stands alone."""
    first = total = 0
    for i, n in enumerate(lengths):
        if i > first and total + n > limit:
            yield range(first, i)
            first, total = i, 0
        total += n
    if first < len(lengths):
        yield range(first, len(lengths))


def examples(source: Source, pieces: Sequence[Piece]) -> Iterator[Example]:
    """The document's sentences in windows. All pieces must annotate the same layers."""
    full = [p for p in pieces if p.words]
    for run in windows([len(p.words) for p in full], source.limit):
        yield _joined(source, [full[i] for i in run])


def _joined(source: Source, pieces: Sequence[Piece]) -> Example:
    starts: list[int] = []
    n = 0
    for p in pieces:
        starts.append(n)
        n += len(p.words)
    at = list(zip(starts, pieces, strict=True))
    has = pieces[0]
    return Example(
        corpus=source.corpus,
        doc=source.doc,
        words=tuple(w for p in pieces for w in p.words),
        sentences=tuple(i for i, p in enumerate(pieces) for _ in p.words),
        entities=None if has.entities is None else tuple(e.moved(s) for s, p in at for e in p.entities or ()),
        frames=None if has.frames is None else tuple(f.moved(s) for s, p in at for f in p.frames or ()),
        factuality=None
        if has.factuality is None
        else tuple((s + w, value) for s, p in at for w, value in p.factuality or ()),
        chains=None if has.mentions is None else _chains(at),
        entity_types=source.types,
        offsets=None if has.offsets is None else tuple(o for p in pieces for o in p.offsets or ()),
    )


def _chains(at: Iterable[tuple[int, Piece]]) -> tuple[tuple[Span, ...], ...]:
    by_id: dict[str, set[Span]] = {}
    for start, p in at:
        for name, (first, last) in p.mentions or ():
            by_id.setdefault(name, set()).add((first + start, last + start))
    return tuple(sorted(tuple(sorted(spans)) for spans in by_id.values() if len(spans) > 1))


def mapped(spans: Iterable[Tagged], types: Mapping[str, str]) -> list[Tagged]:
    """Spans with the corpus's types replaced; those whose type is not in the mapping fall away."""
    return [Tagged(s.first, s.last, types[s.label]) for s in spans if s.label in types]
