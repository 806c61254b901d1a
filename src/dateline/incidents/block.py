"""Which pairs of statements are worth comparing: those that share a block.

A statement lies in a bounded number of blocks: its report, its sentence's words (reprints), and its weeks ×
family × (places, or parties where no place is named) and × large totals. A block that is too large is cut by
finer keys; what is still too large is read in order of publication, each statement against its next few
neighbours. So the number of pairs grows in proportion to the number of statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import timedelta

from dateline.incidents.features import Features, window
from dateline.incidents.places import level
from dateline.incidents.voices import REPRINT_WORDS

MAX_BLOCK = 80
NEIGHBOURS = 25
MAX_PLACES = 4
MAX_PARTIES = 4
MAX_WEEKS = 6
Key = tuple[Hashable, ...]

FINER: tuple[Callable[[Features], Hashable], ...] = (
    lambda f: f.sub_event or "",
    lambda f: f.earliest or f.item.published,
    lambda f: f.trigger,
)
"""How a block that is too large is cut, in this order."""


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


def _where(f: Features) -> list[Key]:
    """Place keys from fine to coarse, or the parties where no place is named."""
    keys: list[Key] = []
    for p in sorted(f.places, key=lambda p: (-(level(p) or 0), p.name))[:MAX_PLACES]:
        keys.append(("name", p.name.casefold()))
        if p.place_id:
            keys.append(("id", p.place_id))
        if len(p.admin) > 1:
            keys.append(("area", p.admin[:2]))
        if p.country:
            keys.append(("country", p.country))
    if not f.places or not any(p.country for p in f.places):
        keys += [("party", name) for name in sorted(f.actors | f.targets)[:MAX_PARTIES]]
    return list(dict.fromkeys(keys))


def keys(f: Features, max_days: int, toll_worth: int) -> list[Key]:
    """The blocks of a statement."""
    out: list[Key] = [("report", f.item.statement.report_id, f.family)]
    if f.sentence.count(" ") >= REPRINT_WORDS - 1:
        out.append(("reprint", f.sentence, f.family))
    tolls = [("toll", t.measure, n) for t in f.tolls if (n := t.min or t.max or 0) >= toll_worth]
    for week in weeks(f, max_days):
        out += [(week, f.family, *key) for key in (*_where(f), *tolls)]
    return out


def _cut(members: Sequence[int], found: Sequence[Features], depth: int = 0) -> Iterator[tuple[int, int]]:
    """Pairs of a block, by finer keys while it is too large. Members are in ascending order."""
    if len(members) <= MAX_BLOCK:
        yield from ((i, j) for k, i in enumerate(members) for j in members[k + 1 :])
    elif depth == len(FINER):
        yield from ((i, j) for k, i in enumerate(members) for j in members[k + 1 : k + 1 + NEIGHBOURS])
    else:
        parts: dict[Hashable, list[int]] = defaultdict(list)
        for i in members:
            parts[FINER[depth](found[i])].append(i)
        for part in parts.values():
            yield from _cut(part, found, depth + 1)


def pairs(found: Sequence[Features], max_days: int, toll_worth: int) -> list[tuple[int, int]]:
    """Index pairs (i < j) worth comparing, sorted, each once. `found` must be in a fixed order."""
    blocks: dict[Key, list[int]] = defaultdict(list)
    for i, f in enumerate(found):
        for key in keys(f, max_days, toll_worth):
            blocks[key].append(i)
    return sorted({pair for members in blocks.values() if len(members) > 1 for pair in _cut(members, found)})
