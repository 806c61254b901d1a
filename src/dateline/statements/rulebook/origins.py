"""Where something was launched or came from is not where it happened."""

from __future__ import annotations

from dataclasses import replace

from dateline.labels import PlaceRole
from dateline.records import Place, Statement
from dateline.statements.rulebook.base import Line, SentenceRule, changed, told
from dateline.statements.scene import little

FROM = "places.origin.v1"
MOVES = frozenset({"RETREAT", "MOBILIZE"})
"""Categories in which somebody leaves one place for another."""


def _origins(line: Line, s: Statement) -> Statement:
    """With the place right behind "from" as the origin, where the act is one of leaving, sending or launching."""
    word = s.trigger[0]
    if s.event.code not in MOVES and not set(line.words(word)) & little("origin_verbs"):
        return s
    home = line.ctx.sentence
    left = {p.spans[0] for p in s.places if p.spans and home.start <= p.spans[0].start and _left(line, p, word.end)}
    kept = (p for p in s.places if not (p.spans and p.spans[0] in left))
    made = {p.spans[0]: p for p in s.places if p.spans and p.spans[0] in left}
    return changed(s, places=(*kept, *(_origin(line, p) for p in made.values()))) if left else s


def _left(line: Line, p: Place, after: int) -> bool:
    before = line.before(p.spans[0], 1)
    return after <= p.spans[0].start and bool(before) and before[0] in little("from")


def _origin(line: Line, p: Place) -> Place:
    if p.role is PlaceRole.ORIGIN:
        return p
    return told(
        replace(p, role=PlaceRole.ORIGIN), FROM, "“from” stands right before it, and the word is one of leaving"
    )


RULES = (
    SentenceRule(
        FROM,
        "What is launched, sent or withdrawn from a place has it as its origin.",
        "Annotation guidelines §2, places: origin is where it was launched, fired, departed or came from.",
        _origins,
    ),
)
