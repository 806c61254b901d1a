"""Which pairs of statements are worth comparing: those that share a block.

Within a report, each statement is compared with the others of its family. Across reports, what a report says of
one happening lies in a bounded number of blocks: its sentences (reprints), the persons in it, and its weeks × family
× (places, or parties where no place is named), × large totals and × the words that mark its report. Two reports that
share two of the words that mark them and much else are compared whenever they were published. A block that is too large
is cut by finer keys; what is still too large is read in order of publication, each statement against its next few
neighbours. So the number of pairs grows in proportion to the number of statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import product
from math import floor

from dateline.incidents.copies import REPRINT_WORDS
from dateline.incidents.features import Features, window
from dateline.incidents.places import POINT, level

MAX_BLOCK = 80
NEIGHBOURS = 25
MAX_PLACES = 4
MAX_PARTIES = 4
MAX_WEEKS = 6
MAX_TOLD = 8
"""How many happenings of a family in a report are compared because the report is like another."""
ALIKE = 0.2
"""Likeness from which two reports may tell of one happening, whenever they were published."""
CELL = 0.25
"""Degrees; with the grid shifted by half a cell, points up to 12 km apart nearly always share one."""
Key = tuple[Hashable, ...]
Member = tuple[int, bool]
"""An index, and whether it is compared with all of the block."""

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


def _where(f: Features) -> Iterator[tuple[Key, bool]]:
    """Place keys, each with whether the place is the very thing the key names: (area, False) is a place within.

    Points also get the cells of two shifted grids, so that neighbours meet under different ids. Parties stand in
    where no place is resolved.
    """
    for p in sorted(f.places, key=lambda p: (-(level(p) or 0), p.name))[:MAX_PLACES]:
        own = level(p)
        yield ("name", p.name.casefold()), True
        if p.place_id:
            yield ("id", p.place_id), True
        if own == POINT and p.lat is not None and p.lon is not None:
            for shift in (0.0, 0.5):
                yield ("cell", shift, floor(p.lat / CELL + shift), floor(p.lon / CELL + shift)), True
        if p.country:
            yield ("in", p.country), own == 0
            for depth in range(2, min(len(p.admin), 3) + 1):
                yield ("in", p.country, *p.admin[1:depth]), own == depth - 1
    if not any(p.place_id for p in f.places):
        for name in sorted(f.actors | f.targets)[:MAX_PARTIES]:
            yield ("party", name), True


def keys(f: Features, max_days: int, toll_worth: int) -> dict[Key, bool]:
    """The blocks of what a report says, each with whether it is compared with every other there (True), or only
    with those that are (False)."""
    long = (s for s in f.sentences if s.count(" ") >= REPRINT_WORDS - 1)
    out: dict[Key, bool] = {("reprint", s, f.family): True for s in long}
    out |= {("person", name, f.family): True for name in sorted(f.people)[:MAX_PARTIES]}
    where = list(_where(f))
    where += [(("mark", t), True) for t in f.story.marks]
    where += [(("toll", t.measure, n), True) for t in f.tolls if (n := t.min or t.max or 0) >= toll_worth]
    for week in weeks(f, max_days):
        for key, full in where:
            out[week, f.family, *key] = full or out.get((week, f.family, *key), False)
    return out


def _cut(
    members: Sequence[Member], found: Sequence[Features], finer: Sequence[Callable[[Features], Hashable]]
) -> Iterator[tuple[int, int]]:
    """Pairs of a block, by finer keys while it is too large. Members are in ascending order."""
    if len(members) > MAX_BLOCK and finer:
        parts: dict[Hashable, list[Member]] = defaultdict(list)
        for m in members:
            parts[finer[0](found[m[0]])].append(m)
        for part in parts.values():
            yield from _cut(part, found, finer[1:])
        return
    reach = len(members) if len(members) <= MAX_BLOCK else NEIGHBOURS
    for k, (i, full) in enumerate(members):
        yield from ((i, j) for j, other in members[k + 1 : k + 1 + reach] if full or other)


def _pairs(
    blocks: Mapping[Key, Sequence[Member]],
    found: Sequence[Features],
    finer: Sequence[Callable[[Features], Hashable]] = FINER,
) -> set[tuple[int, int]]:
    held = (members for members in blocks.values() if len(members) > 1 and any(full for _, full in members))
    return {pair for members in held for pair in _cut(members, found, finer)}


def pairs_within(found: Sequence[Features]) -> list[tuple[int, int]]:
    """Index pairs (i < j) of statements of one report and family, sorted. `found` must be in a fixed order."""
    blocks: dict[Key, list[Member]] = defaultdict(list)
    for i, f in enumerate(found):
        blocks[f.item.statement.report_id, f.family].append((i, True))
    return sorted(_pairs(blocks, found))


def _alike(found: Sequence[Features]) -> Iterator[tuple[int, int]]:
    """Pairs of one family out of reports that are about the same things."""
    told: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    first: dict[str, int] = {}
    for i, f in enumerate(found):
        report = f.item.statement.report_id
        first.setdefault(report, i)
        if len(told[report][f.family]) < MAX_TOLD:
            told[report][f.family].append(i)
    blocks: dict[Key, list[Member]] = defaultdict(list)
    for i in first.values():
        for pair in found[i].story.pairs_of_marks():
            blocks[pair].append((i, True))
    for i, j in _pairs(blocks, found, FINER_REPORTS):
        if found[i].story.likeness(found[j].story) >= ALIKE:
            ours, theirs = (told[found[k].item.statement.report_id] for k in (i, j))
            for family in ours.keys() & theirs.keys():
                yield from ((min(p), max(p)) for p in product(ours[family], theirs[family]))


def pairs_across(found: Sequence[Features], max_days: int, toll_worth: int) -> list[tuple[int, int]]:
    """Index pairs (i < j) worth comparing, sorted, each once. `found` must be in a fixed order."""
    blocks: dict[Key, list[Member]] = defaultdict(list)
    for i, f in enumerate(found):
        for key, full in keys(f, max_days, toll_worth).items():
            blocks[key].append((i, full))
    return sorted(_pairs(blocks, found) | set(_alike(found)))
