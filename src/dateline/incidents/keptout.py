"""What would be one happening, did not something forbid it. Linking keeps no such pairs, for nearly all it compares are
forbidden; so they are looked for when somebody asks, beside one incident."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from dateline.config import LinkConfig
from dateline.incidents.features import Features
from dateline.incidents.groups import MAX_CHECKED, Group
from dateline.incidents.items import Linkable
from dateline.incidents.linking import Linker
from dateline.incidents.score import explain, forbidding, needed
from dateline.incidents.weights import Weights
from dateline.records import Link

DAYS = 14
"""How far from an incident's reports, in days, others are looked at."""
MOST_REPORTS = 20
"""How many of its own reports, and of others, are looked at."""


@dataclass(frozen=True, slots=True)
class KeptOut:
    """A pair that would be one, and what forbids it. The score of the link is that without what forbids."""

    link: Link
    because: str


def kept_out(reports: Iterable[Sequence[Linkable]], members: Iterable[str], config: LinkConfig) -> tuple[KeptOut, ...]:
    """Pairs of what a report says of the incident and what it or another says of something else; the most alike first.

    `reports` are the statements of each report, `members` the ids of those that are of the incident.
    """
    linker, inside = Linker(config, keep=False), set(members)
    ours: list[Group] = []
    others: list[Group] = []
    for items in reports:
        for group in linker.within(items):
            held = inside.intersection(f.id for f in group.parts)
            (ours if held else others).append(group)
    found = (_kept_out(a, b, config, linker.weights) for a, b in product(ours, others))
    return tuple(sorted((x for x in found if x), key=lambda x: (-x.link.score, x.link.left, x.link.right)))


def _kept_out(a: Group, b: Group, config: LinkConfig, w: Weights) -> KeptOut | None:
    """None if nothing forbids the two, or if they would not be one anyway."""
    x, y = a.whole, b.whole
    if x.family != y.family or x.bare or y.bare:
        return None
    link = explain(x, y, config, w)
    barred = [r for r in link.reasons if w.reasons[r.name].cannot]
    alike = round(link.score - sum(r.weight for r in barred), 3)
    if alike < needed(x, y, config, w):
        return None
    because = next(_because(a, b, config, w), None)
    return KeptOut(replace(link, same=False, score=alike), because) if because else None


def _because(a: Group, b: Group, config: LinkConfig, w: Weights) -> Iterator[str]:
    """What forbids the two as wholes, else what forbids one statement of each."""
    if reason := forbidding(explain(a.whole, b.whole, config, w)):
        yield reason.text
    if a.whole.habit != b.whole.habit:
        yield "one tells of a habit or a campaign, the other of one happening"
    for x, y in product(a.parts[:MAX_CHECKED], b.parts[:MAX_CHECKED]):
        if reason := forbidding(explain(x, y, config, w)):
            yield f"{_told(x)} and {_told(y)}: {reason.text}"


def _told(f: Features) -> str:
    return f"“{f.item.statement.trigger[0].quote}”"
