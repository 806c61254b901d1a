"""The ledger: every figure said of an incident, and the range published from it by a named policy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from dateline.errors import ConfigError
from dateline.incidents.items import Linkable
from dateline.incidents.view import Ledger, LedgerEntry, PublishedRange
from dateline.incidents.voices import voiced, voices
from dateline.records import Certainty, Measure

NOT_COUNTED = frozenset({Certainty.PLANNED, Certainty.HYPOTHETICAL, Certainty.ALLEGED, Certainty.DENIED})
"""Figures of such statements stand in the ledger, marked, and never enter a published range (law 5)."""
_MEASURES = {m: i for i, m in enumerate(Measure)}


def ledger(items: Iterable[Linkable]) -> Ledger:
    """Every figure of the statements, by measure, then publication, report and place in the text."""
    items = sorted(items, key=lambda i: i.order)
    voice = voices(items)
    entries = [
        LedgerEntry(
            measure=f.measure,
            min=f.min,
            max=f.max,
            qualifier=f.qualifier,
            whom=f.whom,
            of=f.of,
            quote=f.spans[0].quote if f.spans else "",
            said=voiced(item, voice[item.id]),
            left_out=str(label) if (label := item.statement.certainty.label) in NOT_COUNTED else None,
        )
        for item in items
        for f in item.statement.figures
    ]
    return Ledger(entries=tuple(sorted(entries, key=lambda e: _MEASURES[e.measure])))


def number(entry: LedgerEntry) -> int:
    """The one number an entry is compared by: its lower bound, else its upper."""
    return entry.min if entry.min is not None else entry.max or 0


def _bounds(entries: Sequence[LedgerEntry]) -> tuple[int | None, int | None]:
    """Lowest and highest number said. A bound is None where the outermost number is itself open:
    "at least 12" alone has no upper bound, "up to 40" alone no lower."""
    lows = [e.min for e in entries if e.min is not None]
    highs = [e.max for e in entries if e.max is not None]
    low, high = min(lows, default=None), max(highs, default=None)
    if low is not None and any(e.min is None and e.max is not None and e.max < low for e in entries):
        low = None
    if high is not None and any(e.max is None and e.min is not None and e.min > high for e in entries):
        high = None
    return low, high


def _envelope(entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    return list(entries)


def _lowest(entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    low = min(number(e) for e in entries)
    return [e for e in entries if number(e) == low]


def _latest(entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    last = max(e.said.published or date.min for e in entries)
    return [e for e in entries if (e.said.published or date.min) == last]


def _majority(entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    speakers: dict[tuple[int | None, int | None], set[str]] = defaultdict(set)
    for e in entries:
        speakers[e.min, e.max].add(e.said.voice)
    most = max(len(v) for v in speakers.values())
    return [e for e in entries if len(speakers[e.min, e.max]) == most]


POLICIES: dict[str, tuple[str, Callable[[Sequence[LedgerEntry]], list[LedgerEntry]]]] = {
    "envelope": ("lowest to highest number said", _envelope),
    "lowest": ("the lowest number said", _lowest),
    "latest": ("what the latest publication says", _latest),
    "majority": ("what most voices say", _majority),
}


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def published_range(entries: Sequence[LedgerEntry], policy: str = "envelope") -> PublishedRange:
    """The range of one measure's totals. Breakdowns and figures that are marked `left_out` do not count.

    Raises ConfigError for an unknown policy or for entries of no or several measures.
    """
    if policy not in POLICIES:
        raise ConfigError(f"no ledger policy {policy!r}; policies are {', '.join(POLICIES)}")
    measures = {e.measure for e in entries}
    if len(measures) != 1:
        raise ConfigError(f"a published range needs figures of one measure, not of {sorted(measures) or 'none'}")
    counted = [e for e in entries if e.of is None and e.left_out is None and (e.min, e.max) != (None, None)]
    sentence, choose = POLICIES[policy]
    used = choose(counted) if counted else []
    low, high = _bounds(used)
    told = f"{_count(len(used), 'figure')} of {_count(len({e.said.voice for e in used}), 'voice')}"
    return PublishedRange(
        measure=next(iter(measures)),
        policy=policy,
        min=low,
        max=high,
        used=tuple(sorted({e.said.statement_id for e in used})),
        left_out=len(entries) - len(counted),
        note=f"{policy}: {sentence}; {told}" if used else f"{policy}: none counted",
    )


def ranges(book: Ledger, policy: str = "envelope") -> tuple[PublishedRange, ...]:
    """The published range of every measure of a ledger."""
    return tuple(published_range([e for e in book.entries if e.measure is m], policy) for m in book.measures)
