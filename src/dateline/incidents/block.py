"""Which pairs of statements are worth comparing: those that share a block.

Within a report, each statement is compared with the others of its family. Across reports, what a report says of
one happening lies in a bounded number of blocks: its sentences (reprints), the persons in it, and its weeks × family
× (places, or parties where no place is named), × large totals and × the words that mark its report. To be in one
country is not enough, nor to share a word that marks both reports but little; two such things are. Two reports that
share two of the words that mark them and much else are compared whenever they were published; so is what two reports
mainly tell that share two of the words they are most about. A block that is too large is cut by finer keys; what is
still too large is read in order of publication, each statement against its next few neighbours; and of what one is to
be compared with, those are kept that share most with it. So the number of pairs grows in proportion to the number of
statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import timedelta
from itertools import chain, combinations, product
from math import floor

import numpy as np

from dateline.incidents.buckets import Buckets, Finer, Numbers, at, best, number
from dateline.incidents.copies import REPRINT_WORDS
from dateline.incidents.features import Features, window
from dateline.incidents.places import POINT, level
from dateline.incidents.story import Story

MAX_PLACES = 4
MAX_PARTIES = 4
MAX_WEEKS = 6
MAX_TOLD = 4
"""How many happenings of a family in a report are compared because the report is like another."""
MAX_ALIKE = 5
"""How many reports a report is held against because it is like them, the most alike first."""
MAX_PAIRS = 30
"""How many a statement is compared with because it shares most with them; others may be compared with it besides."""
ALIKE = 0.2
"""Likeness from which two reports may tell of one happening, whenever they were published."""
ABOUT = 12
"""How many words say most of what a report is about, of those that mainly tell of a crime."""
MAINS_ALIKE = 0.15
"""The same likeness for what two reports mainly tell: less, for a trial has words of its own."""
CELL = 0.25
"""Degrees; with the grid shifted by half a cell, points up to 12 km apart nearly always share one."""
HINT, CLUE = 1, 2
"""What a shared key is worth: a pair needs two hints or one clue to be compared."""
MARKS = 3
"""How many of the words that mark a report are clues, those that mark it most; the others are hints."""
_AT_ONCE = 1 << 16
"""How many pairs are laid out at a time."""
Key = tuple[Hashable, ...]

FINER: tuple[Callable[[Features], Hashable], ...] = (
    lambda f: f.sub_event or "",
    lambda f: f.earliest or f.item.published,
    lambda f: min(f.triggers),
)
"""How a block that is too large is cut, in this order."""
FINER_REPORTS: tuple[Callable[[Features], Hashable], ...] = (
    lambda f: f.item.published and f.item.published.toordinal() // 7,
    lambda f: f.item.published,
)
"""The same for blocks of reports."""


def weeks(f: Features, max_days: int) -> tuple[int, ...]:
    """The weeks (days since 0001-01-01 over 7) a statement may be about, with `max_days` after its last day,
    so that two statements at most that far apart share a week. Wide or unknown dates fall back on publication."""
    found = window(f, max_days)
    published = f.item.published
    if found and (found[1] - found[0]).days > 7 * (MAX_WEEKS - 2):
        found = (published - timedelta(max_days), published) if published else None
    if found is None:
        return ()
    return tuple(range(found[0].toordinal() // 7, (found[1].toordinal() + max_days) // 7 + 1))


def _where(f: Features) -> Iterator[tuple[Key, int, bool]]:
    """Place keys, each with its worth and whether the place is the very thing the key names: an area is, a place within
    it is not, and two that are not are no pair.

    Points also get the cells of two shifted grids, so that neighbours meet under different ids. Parties stand in
    where no place is resolved.
    """
    for p in sorted(f.places, key=lambda p: (-(level(p) or 0), p.name))[:MAX_PLACES]:
        own = level(p)
        yield ("name", p.name.casefold()), CLUE, True
        if p.place_id:
            yield ("id", p.place_id), CLUE, True
        if own == POINT and p.lat is not None and p.lon is not None:
            for shift in (0.0, 0.5):
                yield ("cell", shift, floor(p.lat / CELL + shift), floor(p.lon / CELL + shift)), CLUE, True
        if p.country:
            yield ("in", p.country), HINT, own == 0
            for depth in range(2, min(len(p.admin), 3) + 1):
                yield ("in", p.country, *p.admin[1:depth]), HINT, own == depth - 1
    if not any(p.place_id for p in f.places):
        for name in sorted(f.actors | f.targets)[:MAX_PARTIES]:
            yield ("party", name), CLUE, True


def _in_weeks(f: Features, toll_worth: int) -> dict[int, tuple[int, bool]]:
    """The keys of a statement that count within a week: number → worth, and whether it is compared with every
    other there (True), or only with those that are (False)."""
    where = list(_where(f))
    where += [(("mark", t), CLUE if n < MARKS else HINT, True) for n, t in enumerate(f.story.marks)]
    where += [(("toll", t.measure, n), CLUE, True) for t in f.tolls if (n := t.min or t.max or 0) >= toll_worth]
    out: dict[int, tuple[int, bool]] = {}
    for key, worth, full in where:
        n = number(*_kind(f), *key)
        out[n] = worth, full or out.get(n, (0, False))[1]
    return out


def _at_any_time(f: Features) -> Iterator[Key]:
    yield from (("reprint", s) for s in f.sentences if s.count(" ") >= REPRINT_WORDS - 1)
    yield from (("person", name) for name in sorted(f.people)[:MAX_PARTIES])


def _kind(f: Features) -> Key:
    """What two must share whatever else they do: all else forbids them to be one."""
    return f.family, f.ahead, f.habit


def pairs_within(found: Sequence[Features]) -> Iterator[tuple[int, int]]:
    """Index pairs (i < j) of statements of one report and kind, sorted. `found` must be in a fixed order."""
    buckets = Buckets()
    for i, f in enumerate(found):
        buckets.add(number(f.item.statement.report_id, f.family), i, CLUE)
    return _pairs(buckets.pairs(len(found), _finer(found, FINER))[0], len(found))


def _pairs(codes: Numbers, n: int) -> Iterator[tuple[int, int]]:
    for k in range(0, len(codes), _AT_ONCE):
        left, right = np.divmod(codes[k : k + _AT_ONCE], n)
        yield from zip(left.tolist(), right.tolist(), strict=True)


def _finer(found: Sequence[Features], keys: Sequence[Callable[[Features], Hashable]]) -> Finer:
    def of(key: Callable[[Features], Hashable]) -> Callable[[int], Hashable]:
        return lambda i: key(found[i])

    return [of(key) for key in keys]


def _alike(found: Sequence[Features]) -> Iterator[tuple[int, int]]:
    """Pairs of one kind out of reports that are about the same things."""
    told: dict[str, dict[Key, list[int]]] = defaultdict(lambda: defaultdict(list))
    first: list[int] = []
    for i, f in enumerate(found):
        report = f.item.statement.report_id
        if report not in told:
            first.append(i)
        if len(told[report][_kind(f)]) < MAX_TOLD:
            told[report][_kind(f)].append(i)
    for i, j in _alike_reports([found[i] for i in first], lambda s: s.marks, ALIKE):
        ours, theirs = (told[found[first[k]].item.statement.report_id] for k in (i, j))
        for kind in ours.keys() & theirs.keys():
            yield from ((min(p), max(p)) for p in product(ours[kind], theirs[kind]))


def _alike_mains(found: Sequence[Features]) -> Iterator[tuple[int, int]]:
    """Pairs of what two reports mainly tell whose reports are about the same things."""
    mains = [i for i, f in enumerate(found) if f.main]
    for i, j in _alike_reports([found[i] for i in mains], _about, MAINS_ALIKE):
        yield mains[i], mains[j]


def _about(s: Story) -> list[str]:
    return sorted(s.bag, key=lambda t: (-s.bag[t], t))[:ABOUT]


def _alike_reports(
    reports: Sequence[Features], words: Callable[[Story], Sequence[str]], least: float
) -> Iterator[tuple[int, int]]:
    """Index pairs of reports, given one statement of each, that share two `words`, are alike by `least`, and are among
    each other's most alike."""
    buckets = Buckets()
    for i, f in enumerate(reports):
        for pair in combinations(sorted(words(f.story)), 2):
            buckets.add(number(*pair), i, HINT)
    codes, _ = buckets.pairs(len(reports), _finer(reports, FINER_REPORTS))
    likeness = np.array([reports[i].story.likeness(reports[j].story) for i, j in _pairs(codes, len(reports))])
    alike = likeness >= least
    worth = (likeness[alike] * 1000).astype(np.int64)
    return _pairs(best(codes[alike], worth, len(reports), MAX_ALIKE), len(reports))


def pairs_across(found: Sequence[Features], max_days: int, toll_worth: int) -> Iterator[tuple[int, int]]:
    """Index pairs (i < j) worth comparing, sorted, each once. `found` must be in a fixed order."""
    buckets, n = Buckets(), len(found)
    for i, f in enumerate(found):
        for timeless in _at_any_time(f):
            buckets.add(number(*_kind(f), *timeless), i, CLUE)
        held = _in_weeks(f, toll_worth)
        for nth, week in enumerate(weeks(f, max_days)):
            for key, (value, full) in held.items():
                buckets.add(at(key, week), i, value, full, first=nth == 0)
    codes, worth = buckets.pairs(n, _finer(found, FINER))
    chosen = best(codes[worth >= CLUE], worth[worth >= CLUE], n, MAX_PAIRS)
    alike = np.fromiter((i * n + j for i, j in chain(_alike(found), _alike_mains(found))), np.int64)
    return _pairs(np.union1d(chosen, alike), n)
