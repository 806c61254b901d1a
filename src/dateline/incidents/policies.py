"""Published ranges: what to print of a ledger, by a named policy."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from dateline.errors import ConfigError
from dateline.incidents.totals import PLUS, number, of_class, totals
from dateline.incidents.view import Ledger, LedgerEntry, PublishedRange
from dateline.language.en.voicewords import CLASSES


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


def _highest(entries: Sequence[LedgerEntry]) -> int | None:
    """The highest number said, be it open: 126 of "at least 126"."""
    said = (e.min if e.max is None else e.max for e in entries)
    return max((n for n in said if n is not None), default=None)


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


def _foremost(entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    first: dict[str, LedgerEntry] = {}
    for e in entries:
        first.setdefault(e.said.report_id, e)
    chosen = _majority(list(first.values()))
    said = Counter((e.min, e.max) for e in entries)
    most = max(said[e.min, e.max] for e in chosen)
    return [e for e in chosen if said[e.min, e.max] == most]


def _highest_graded(entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    best = max(e.grade.value for e in entries)
    return [e for e in entries if e.grade.value == best]


BY_GRADE = "highest-graded"
POLICIES: dict[str, tuple[str, Callable[[Sequence[LedgerEntry]], list[LedgerEntry]]]] = {
    "envelope": ("lowest to highest number said", _envelope),
    "lowest": ("the lowest number said", _lowest),
    "latest": ("what the latest publication says", _latest),
    "majority": ("what most voices say", _majority),
    "foremost": ("what most voices tell first in a report; of equals, what is said most often", _foremost),
    BY_GRADE: ("what has the best grade; a figure nobody graded is F6", _highest_graded),
}


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def published_range(
    entries: Sequence[LedgerEntry], policy: str = "envelope", victims: str | None = None
) -> PublishedRange:
    """The range of one measure, of everyone or of a class of `victims`. Figures marked `left_out` do not count, nor
    does a part for everyone.

    Raises ConfigError for an unknown policy or for entries of no or several measures.
    """
    if policy not in POLICIES:
        raise ConfigError(f"no ledger policy {policy!r}; policies are {', '.join(POLICIES)}")
    measures = {e.measure for e in entries}
    if len(measures) != 1:
        raise ConfigError(f"a published range needs figures of one measure, not of {sorted(measures) or 'none'}")
    counted = of_class(entries, victims) if victims else totals(entries)
    sentence, choose = POLICIES[policy]
    used = choose(counted) if counted else []
    low, high = _bounds(used)
    told = f"{_count(len(used), 'figure')} of {_count(len({e.said.voice for e in used}), 'voice')}"
    if policy == BY_GRADE and used:
        told += f", graded {', '.join(sorted({str(e.grade) for e in used}))}"
    return PublishedRange(
        measure=next(iter(measures)),
        policy=policy,
        min=low,
        max=high,
        highest=_highest(used),
        used=tuple(sorted({e.said.statement_id for e in used})),
        left_out=len(entries) - len(counted),
        note=f"{policy}: {sentence}; {told}" if used else f"{policy}: none counted",
        victims=victims,
        figures=tuple(sorted(i for e in used for i in e.id.split(PLUS))),
    )


def ranges(book: Ledger, policy: str = "envelope") -> tuple[PublishedRange, ...]:
    """The published ranges of a ledger: each measure of everyone, then of each class of victims that is named."""
    out = []
    for measure in book.measures:
        entries = [e for e in book.entries if e.measure is measure]
        named = {e.victims for e in entries if e.victims}
        out += [published_range(entries, policy, c) for c in (None, *CLASSES) if c is None or c in named]
    return tuple(out)
