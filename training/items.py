"""Everything the network is taught, in one form: windows of words with frames, entities and chains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dateline.language.model.windows import chunks, windows
from dateline.language.model.wordpiece import WordPiece
from training.examples import Example
from training.gold import Filler, Lesson, Range, Taught

LIMIT, CONTEXT = 220, 60
"""Pieces of a window, and of what it repeats of the one before."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One trigger with what it is taught. `kind` is gold, srl or event; `sentence` its first and last word."""

    kind: str
    first: int
    last: int
    sentence: Range
    label: str = ""
    fillers: tuple[Filler, ...] = ()
    other: tuple[Filler, ...] = ()
    carried: tuple[Filler, ...] = ()
    unknown: tuple[str, ...] = ()
    """Roles nothing is taught about."""
    unseen: tuple[str, ...] = ()
    """Carried roles whose words are outside this window: nothing is taught about them."""
    events: tuple[str, ...] = ()
    sub_events: tuple[str, ...] = ()
    certainty: str = ""
    optional: bool = False
    incident: str | None = None
    other_triggers: tuple[Range, ...] = ()
    factuality: float | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One window. `entities` None: nothing is known of them; `types` are those its corpus marks."""

    corpus: str
    doc: str
    words: tuple[str, ...]
    sentences: tuple[Range, ...]
    frames: tuple[Frame, ...] = ()
    events_known: bool = False
    core: int = 0
    """Words before it are context: triggers are not taught there."""
    entities: tuple[Filler, ...] | None = None
    types: frozenset[str] = frozenset()
    chains: tuple[tuple[Range, ...], ...] = ()


def _moved(f: Filler, by: int) -> Filler:
    return replace(f, first=f.first - by, last=f.last - by)


def _range(r: Range, by: int) -> Range:
    return r[0] - by, r[1] - by


def _frame(x: Lesson, sentence: Range, start: int, end: int) -> Frame:
    """A lesson inside the window of words [start, end)."""
    seen = tuple(_moved(f, start) for f in x.carried if f.first >= start)
    unseen = (*x.unseen, *(f.role for f in x.carried if f.first < start and f.role not in {c.role for c in seen}))
    return Frame(
        "gold",
        x.first - start,
        min(x.last, sentence[1]) - start,
        _range(sentence, start),
        fillers=tuple(
            replace(_moved(f, start), last=min(f.last, sentence[1]) - start)
            for f in x.fillers
            if sentence[0] <= f.first <= sentence[1]
        ),
        other=tuple(_moved(f, start) for f in x.other if start <= f.first and f.last < end),
        carried=seen,
        unknown=x.unknown,
        unseen=unseen,
        events=x.events,
        sub_events=x.sub_events,
        certainty=x.certainty,
        optional=x.optional,
        incident=x.incident,
        other_triggers=tuple(_range(r, start) for r in x.other_triggers if start <= r[0] and r[1] < end),
    )


def of_gold(reports: Iterable[Taught], pieces: WordPiece, limit: int = LIMIT, context: int = CONTEXT) -> Iterator[Item]:
    """Annotated reports as windows; every lesson is in the one window where its sentence is core."""
    for r in reports:
        sizes = [len(pieces.word(w)) for w in r.words]
        parts = chunks([(a, b + 1) for a, b in r.sentences], sizes, limit)
        for w in windows([sum(sizes[c.first : c.last]) for c in parts], limit, context):
            held = parts[w.start : w.end]
            start, end = held[0].first, held[-1].last
            core = parts[w.core].first
            homes = [(c.first, c.last - 1) for c in held]
            frames = [
                _frame(x, home, start, end)
                for x in r.lessons
                for home in homes
                if max(home[0], core) <= x.first <= home[1]
            ]
            yield Item(
                "gold",
                r.doc,
                r.words[start:end],
                tuple(_range(h, start) for h in homes),
                tuple(frames),
                events_known=True,
                core=core - start,
                chains=_inside(r.names, start, end),
            )


def _inside(chains: Iterable[tuple[Range, ...]], start: int, end: int) -> tuple[tuple[Range, ...], ...]:
    """The part of each chain that lies in a window, where it is still two or more."""
    cut = (tuple(_range(r, start) for r in c if start <= r[0] and r[1] < end) for c in chains)
    return tuple(c for c in cut if len(c) > 1)


def of_example(x: Example, quiet: bool = False) -> Item:
    """A passage of an auxiliary corpus; `quiet`: it is taught that no word of it names an event."""
    homes: list[list[int]] = []
    for i, n in enumerate(x.sentences):
        if not homes or x.sentences[homes[-1][1]] != n:
            homes.append([i, i])
        homes[-1][1] = i
    home_of = {i: (a, b) for a, b in homes for i in range(a, b + 1)}
    known = dict(x.factuality or ())
    frames = [
        Frame(
            f.kind,
            f.head,
            f.head,
            home_of[f.head],
            label=f.label,
            fillers=tuple(
                Filler(a.label, a.first, a.last)
                for a in f.args
                if a.last <= home_of[f.head][1] and a.first >= home_of[f.head][0]
            ),
            factuality=known.get(f.head),
        )
        for f in x.frames or ()
    ]
    held = {f.first for f in frames}
    frames += [Frame("srl", i, i, home_of[i], label="?", factuality=v) for i, v in known.items() if i not in held]
    return Item(
        x.corpus,
        x.doc,
        x.words,
        tuple((a, b) for a, b in homes),
        tuple(frames),
        events_known=quiet,
        entities=None if x.entities is None else tuple(Filler(e.label, e.first, e.last) for e in x.entities),
        types=x.entity_types,
        chains=x.chains or (),
    )
