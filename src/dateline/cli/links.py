"""Why statements were put together or kept apart, for a terminal: every reason as a step of a waterfall."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dateline.incidents.score import FOLLOWS, forbidding, probability
from dateline.incidents.verdicts import APART, SAME
from dateline.incidents.weights import weights
from dateline.records import Link, Reason

MOST_LINKS = 30
"""Links of a kind that are shown; `--json` of the API and the desk have all."""
COLUMNS = 24
"""How wide a waterfall is drawn."""
_HEADINGS = ("joined because", "told as coming after", "not joined, though alike")


def link_lines(
    links: Sequence[Link], codes: Mapping[str, str], quotes: Mapping[str, str], threshold: float
) -> Iterator[str]:
    """What joined the statements, what followed what, then the near misses and why they are apart; strongest first.

    `codes`: statement → code of its incident; `quotes`: statement → its sentence; `threshold`: that of `[link]`.
    """
    for heading, kind in zip(_HEADINGS, (_is_same, _follows, _is_miss), strict=True):
        held = [x for x in links if kind(x)]
        if held:
            yield heading
        for x in held[:MOST_LINKS]:
            yield f"  {x.left} {'=' if x.same else '≠'} {x.right}"
            for end in (x.left, x.right):
                yield f"    {codes.get(end, '?')}: “{' '.join(quotes.get(end, '').split())}”"
            yield from (f"    {line}" for line in waterfall(x.reasons))
            yield f"    {x.score:+6.2f}  in all: {conclusion(x, threshold)}"
        if len(held) > MOST_LINKS:
            yield f"  … and {len(held) - MOST_LINKS} more"


def _is_same(x: Link) -> bool:
    return x.same


def _follows(x: Link) -> bool:
    return not x.same and any(r.name == FOLLOWS for r in x.reasons)


def _is_miss(x: Link) -> bool:
    return not x.same and not _follows(x)


def waterfall(reasons: Sequence[Reason]) -> Iterator[str]:
    """Each reason with its weight and a bar from the total before it to the total after it."""
    totals = [0.0]
    for r in reasons:
        totals.append(totals[-1] + r.weight)
    low, high = min(totals), max(totals)
    scale = (COLUMNS - 1) / (high - low) if high > low else 0.0
    for r, before, after in zip(reasons, totals, totals[1:], strict=False):
        start, end = (round((x - low) * scale) for x in sorted((before, after)))
        bar = " " * start + ("█" if r.weight >= 0 else "░") * (max(end - start, 1) if r.weight else 0)
        yield f"{r.weight:+6.2f}  {bar:<{COLUMNS}}  {r.name}: {r.text}"


def conclusion(x: Link, threshold: float) -> str:
    """Why the two are together or apart."""
    w = weights()
    need = threshold + (w.within_more if any(r.name == "report.same" for r in x.reasons) else 0.0)
    if any(r.name == APART for r in x.reasons):
        return "a person keeps them apart"
    if any(r.name == SAME for r in x.reasons):
        return "a person put them together"
    if reason := forbidding(x):
        return f"forbidden, because {reason.text}"
    chance = f"one happening with probability {probability(x.score, w):.2f}"
    if x.same:
        return chance
    if x.score < need:
        return f"{chance}; {need - x.score:.2f} below the {need:.2f} that is needed"
    return f"{chance}, but the rest of the two incidents does not agree, and one bridge joins nothing"
