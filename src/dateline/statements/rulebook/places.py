"""Where it took place: the finest place that the sentence names."""

from __future__ import annotations

from itertools import pairwise

from dateline.records import Basis, Place, PlaceRole, Statement
from dateline.statements.rulebook.base import Line, SentenceRule, changed
from dateline.statements.scene import little

NAMED, FINEST = "places.named.v1", "places.finest.v1"
_NESTED = 4
"""Most words from a place to the larger one that holds it ("in the northern province of")."""
_LISTED = 3
"""Most words between two places of a list."""


def _own(s: Statement) -> list[Place]:
    """The event places of the statement's own sentence, in text order."""
    held = [p for p in s.places if p.role is PlaceRole.EVENT and p.basis is Basis.TEXT and p.spans]
    return sorted(held, key=lambda p: p.spans[0].start)


def _without(s: Statement, gone: list[Place]) -> Statement:
    return changed(s, places=tuple(p for p in s.places if not any(p is x for x in gone)))


def _named(line: Line, s: Statement) -> Statement:
    """Without the common noun before a name: "the town of" in "the town of Halam"."""
    held = _own(s)
    gone = [a for a, b in pairwise(held) if not _is_name(line, a) and _describes(line, a, b)]
    return _without(s, gone)


def _is_name(line: Line, place: Place) -> bool:
    span = place.spans[0]
    written = [t.text for t in line.tokens[line.first(span) : line.after(span)] if t.lower not in little("of_the")]
    return bool(written) and written[-1][:1].isupper()


def _describes(line: Line, a: Place, b: Place) -> bool:
    gap = line.gap(a.spans[0], b.spans[0])
    return not gap or gap[0] in little("of_the") or line.words(a.spans[0])[-1] in little("of_the")


def _finest(line: Line, s: Statement) -> Statement:
    """Without places that only say where the place before them lies: "Halam in Kara province", "Halam, Kara"."""
    held = _own(s)
    gone: list[Place] = []
    for n, (a, b) in enumerate(pairwise(held), 1):
        if not _in_list(line, held, n) and _holds(line.gap(a.spans[0], b.spans[0])):
            gone.append(b)
    return _without(s, gone)


def _holds(gap: tuple[str, ...]) -> bool:
    """Whether these words lead from a place to a larger one."""
    bare = gap[1:] if gap[:1] == (",",) else gap
    if not bare:
        return gap == (",",)
    if bare[0] in little("place_nouns"):
        bare = bare[1:]
    return bool(bare) and bare[0] in little("holders") and len(bare) <= _NESTED


def _in_list(line: Line, held: list[Place], n: int) -> bool:
    """Whether the n-th place is one of several side by side: behind it or before it stands "and"."""
    for a, b in pairwise(held[n - 1 :]):
        gap = line.gap(a.spans[0], b.spans[0])
        if len(gap) > _LISTED:
            return False
        if any(w in little("and") for w in gap):
            return True
    return False


RULES = (
    SentenceRule(
        NAMED,
        "A common noun before a name describes the same place.",
        "Annotation guidelines §2: the finest place named; ACLED codebook, location: the name of the place.",
        _named,
    ),
    SentenceRule(
        FINEST,
        "A larger place behind a smaller one only says where that lies.",
        "ACLED codebook, location: the most specific location; annotation guidelines §2, finest place named.",
        _finest,
    ),
)
