"""Why statements were put together or kept apart, for a terminal: every reason as a step of a waterfall."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dateline.incidents.keptout import KeptOut
from dateline.incidents.why import Kind, aside, conclusion, kind, steps
from dateline.records import Link, Reason

MOST_LINKS = 30
"""Links of a kind that are shown; the desk has all."""
COLUMNS = 24
"""How wide a waterfall is drawn."""
_HEADINGS = {
    Kind.SAME: "joined because",
    Kind.FOLLOWS: "told as coming after",
    Kind.MISS: "not joined, though alike",
}


def link_lines(
    links: Sequence[Link], codes: Mapping[str, str], quotes: Mapping[str, str], threshold: float
) -> Iterator[str]:
    """What joined the statements, what followed what, then the near misses and why they are apart; strongest first.

    `codes`: statement → code of its incident; `quotes`: statement → its sentence; `threshold`: that of `[link]`.
    """
    for of_kind, heading in _HEADINGS.items():
        held = [x for x in links if kind(x) is of_kind]
        if held:
            yield heading
        for x in held[:MOST_LINKS]:
            yield from _link_lines(x, codes, quotes)
            yield f"    {x.score:+6.2f}  in all: {conclusion(x, threshold)}"
        if len(held) > MOST_LINKS:
            yield f"  … and {len(held) - MOST_LINKS} more"


def kept_out_lines(held: Sequence[KeptOut], codes: Mapping[str, str], quotes: Mapping[str, str]) -> Iterator[str]:
    """What would be one, did nothing forbid it, and what does."""
    if held:
        yield "would be joined, were it not forbidden"
    for k in held[:MOST_LINKS]:
        yield from _link_lines(k.link, codes, quotes)
        yield f"    {k.link.score:+6.2f}  but for this: {k.because}"
    if len(held) > MOST_LINKS:
        yield f"  … and {len(held) - MOST_LINKS} more"


def _link_lines(x: Link, codes: Mapping[str, str], quotes: Mapping[str, str]) -> Iterator[str]:
    yield f"  {x.left} {'=' if x.same else '≠'} {x.right}"
    for end in (x.left, x.right):
        yield f"    {codes.get(end, '?')}: “{' '.join(quotes.get(end, '').split())}”"
    decided = aside(x)
    yield from (f"    {line}" for line in waterfall([r for r in x.reasons if r not in decided]))
    yield from (f"    {'':6}  {'whatever the sum':<{COLUMNS}}  {r.name}: {r.text}" for r in decided)


def waterfall(reasons: Sequence[Reason]) -> Iterator[str]:
    """Each reason with its weight and a bar from the total before it to the total after it."""
    made = steps(reasons)
    totals = [0.0, *(s.after for s in made)]
    low, high = min(totals), max(totals)
    scale = (COLUMNS - 1) / (high - low) if high > low else 0.0
    for s in made:
        r = s.reason
        start, end = (round((x - low) * scale) for x in sorted((s.before, s.after)))
        bar = " " * start + ("█" if r.weight >= 0 else "░") * (max(end - start, 1) if r.weight else 0)
        yield f"{r.weight:+6.2f}  {bar:<{COLUMNS}}  {r.name}: {r.text}"
