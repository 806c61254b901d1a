"""What news texts do to words: capitals, lost punctuation, other names and other numbers. Meaning stays the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from training.gold import Filler, Range
from training.items import Frame, Item


@dataclass(frozen=True, slots=True)
class Rates:
    """How often a window is changed in each way."""

    upper: float = 0.08
    lower: float = 0.04
    bare: float = 0.12
    """All punctuation and apostrophes lost."""
    commas: float = 0.08
    names: float = 0.3
    numbers: float = 0.3


@dataclass(frozen=True, slots=True)
class Pools:
    """Words of the training set that can stand in for each other: one-word places, and number words by kind."""

    places: tuple[str, ...]
    parties: tuple[str, ...]


def pools(items: list[Item]) -> Pools:
    """One-word capitalised places and parties of the annotated windows, sorted."""
    places: set[str] = set()
    parties: set[str] = set()
    for item in items:
        for f in (f for frame in item.frames if frame.kind == "gold" for f in frame.fillers):
            word = item.words[f.first]
            if f.first == f.last and word[:1].isupper() and word[1:].islower() and len(word) > 3:
                if f.role in ("place", "origin"):
                    places.add(word)
                elif f.role in ("actor", "target", "source"):
                    parties.add(word)
    return Pools(tuple(sorted(places - parties)), tuple(sorted(parties - places)))


def changed(item: Item, rates: Rates, held: Pools, rng: Random) -> Item:
    """The item as it is or as one of the ways makes it."""
    if item.corpus in ("gold", "own"):
        if rng.random() < rates.names:
            item = _renamed(item, held, rng)
        if rng.random() < rates.numbers:
            item = replace(item, words=tuple(_number(w, rng) for w in item.words))
    roll = rng.random()
    if roll < rates.bare:
        item = without(item, lambda w: not any(c.isalnum() for c in w))
        item = replace(item, words=tuple(w.replace("'", "").replace("’", "") or w for w in item.words))
    elif roll < rates.bare + rates.commas:
        item = without(item, lambda w: w == ",")
    roll = rng.random()
    if roll < rates.upper:
        item = replace(item, words=tuple(w.upper() for w in item.words))
    elif roll < rates.upper + rates.lower:
        item = replace(item, words=tuple(w.lower() for w in item.words))
    return item


def _renamed(item: Item, held: Pools, rng: Random) -> Item:
    new: dict[str, str] = {}
    for pool in (held.places, held.parties):
        known = frozenset(pool)
        for w in item.words:
            if w in known and w not in new and rng.random() < 0.5:
                new[w] = rng.choice(pool)
    return replace(item, words=tuple(new.get(w, w) for w in item.words))


_SMALL = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def _number(word: str, rng: Random) -> str:
    """Another number of the same make: a small word for a small word or its numeral; years and large ones stay."""
    if word.lower() in _SMALL and rng.random() < 0.6:
        if rng.random() < 0.3:
            return str(rng.randint(2, 60))
        new = rng.choice(_SMALL)
        return new.capitalize() if word[0].isupper() else new
    if word.isdigit() and 2 <= len(word) <= 3 and rng.random() < 0.6:
        return rng.choice(_SMALL) if rng.random() < 0.15 else str(rng.randint(2, 10 ** len(word) - 1))
    return word


def without(item: Item, dropped: object) -> Item:
    """The item without the words `dropped` says true of; what lay on them only is lost with them."""
    assert callable(dropped)
    kept = [i for i, w in enumerate(item.words) if not dropped(w)]
    if not kept or len(kept) == len(item.words):
        return item
    after = {old: new for new, old in enumerate(kept)}

    def span(r: Range) -> Range | None:
        inside = [after[i] for i in range(r[0], r[1] + 1) if i in after]
        return (inside[0], inside[-1]) if inside else None

    def fillers(held: tuple[Filler, ...]) -> tuple[Filler, ...]:
        return tuple(replace(f, first=s[0], last=s[1]) for f in held if (s := span((f.first, f.last))))

    def ranges(held: tuple[Range, ...]) -> tuple[Range, ...]:
        return tuple(s for r in held if (s := span(r)))

    frames: list[Frame] = []
    for f in item.frames:
        head, home = span((f.first, f.last)), span(f.sentence)
        if head and home:
            frames.append(
                replace(
                    f,
                    first=head[0],
                    last=head[1],
                    sentence=home,
                    fillers=fillers(f.fillers),
                    other=fillers(f.other),
                    carried=fillers(f.carried),
                    other_triggers=ranges(f.other_triggers),
                )
            )
    return replace(
        item,
        words=tuple(item.words[i] for i in kept),
        sentences=ranges(item.sentences),
        frames=tuple(frames),
        core=next((n for n, i in enumerate(kept) if i >= item.core), len(kept)),
        entities=None if item.entities is None else fillers(item.entities),
        chains=tuple(c for c in (ranges(c) for c in item.chains) if len(c) > 1),
    )
