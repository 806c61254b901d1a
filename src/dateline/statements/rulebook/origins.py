"""Where something was launched or came from is not where it happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dateline.labels import PlaceRole
from dateline.language.base import MentionKind
from dateline.records import Place, Span, Statement
from dateline.statements.context import Extent, touches
from dateline.statements.rulebook.base import Line, SentenceRule, changed, told
from dateline.statements.scene import little

FROM = "places.origin.v1"
MOVES = frozenset({"RETREAT", "MOBILIZE"})
"""Categories in which somebody leaves one place for another."""
SHOT = frozenset({"ASSAULT", "THREATEN"})
"""Categories in which something is launched, whatever the event's own word ("rockets fired from Halam killed")."""
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_OTHERS = frozenset({"NORP", "ORG", "PERSON"})
_REACH = 8
"""Most words from the word of leaving or launching to its "from" ("fired two rockets into the sea from")."""
_WAY = 6
"""Most words from "from" to the name ("from the direction of", "from a drone based at")."""


def _origins(line: Line, s: Statement) -> Statement:
    """With the places behind "from" as origins, where the act is one of leaving, sending or launching."""
    home = line.ctx.sentence
    held = [x for i in range(len(line.tokens)) if line.tokens[i].lower in little("from") for x in _whence(line, s, i)]
    s = changed(s, places=_goals(line, s.places))
    here = [p for p in s.places if p.spans and home.start <= p.spans[0].start < home.end]
    held += [p.spans[0] for p in here if p.role is PlaceRole.ORIGIN and _twice(here, p)]
    moved = [p for p in here if any(touches(p.spans[0], x) for x in held)]
    new = [_named(x) for x in held if not any(touches(p.spans[0], x) for p in moved)]
    once = [p for n, p in enumerate(moved) if not any(touches(p.spans[0], x.spans[0]) for x in moved[:n])]
    kept = (p for p in s.places if not any(p is x for x in moved))
    return changed(s, places=(*kept, *map(_origin, once), *new)) if held else s


def _goals(line: Line, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Places of which those that somebody goes to are no origins: "fled to Kara and Halam"."""
    home = line.ctx.sentence
    out: list[Place] = []
    ends = -1
    for p in sorted(places, key=lambda p: p.spans[0].start if p.spans else -1):
        goes = p.role is PlaceRole.ORIGIN and p.spans and home.start <= p.spans[0].start < home.end
        before = line.before(p.spans[0], 1) if goes else ()
        first = line.first(p.spans[0]) if goes else 0
        if before and (before[0] in little("toward") or (before[0] in little("and") and first - 1 == ends)):
            ends = line.after(p.spans[0])
            if not any(touches(p.spans[0], x) for o in places if o is not p for x in o.spans):
                out.append(told(replace(p, role=PlaceRole.EVENT), FROM, f"“{before[0]}” stands before it"))
        else:
            out.append(p)
    return tuple(out) if ends >= 0 else places


def _twice(here: list[Place], origin: Place) -> bool:
    """Whether the same words are taken for the event's place, too."""
    return any(p is not origin and touches(p.spans[0], origin.spans[0]) for p in here)


def _whence(line: Line, s: Statement, i: int) -> Iterator[Span]:
    """The place behind the "from" at a position, if it says whence somebody went or something was launched."""
    if not (_goes(line, s, i) or s.event.code in SHOT):
        return
    found = _behind(line, s, i)
    if found and (_goes(line, s, i) or _launched(line, s, i, found)):
        yield found


def _goes(line: Line, s: Statement, i: int) -> bool:
    """Whether the event's own word is one of leaving, close before a "from"."""
    own = line.words(s.trigger[0])
    if little("stays").isdisjoint(own) and (s.event.code in MOVES or not little("origin_verbs").isdisjoint(own)):
        return _joined(line, line.after(s.trigger[0]), i)
    return False


def _joined(line: Line, first: int, after: int) -> bool:
    """Whether few words and no comma stand there."""
    return 0 <= after - first <= _REACH and all(w[0].isalnum() for w in line.cut(first, after))


def _launched(line: Line, s: Statement, i: int, place: Span) -> bool:
    """Whether a word of launching stands close before a "from", and the event's own word in the same clause."""
    first, after = line.first(s.trigger[0]), line.after(s.trigger[0])
    for n in range(i - 1, max(i - 1 - _REACH, -1), -1):
        if line.tokens[n].lower in little("launch_verbs"):
            return _one_clause(line, after, n) if first <= n else _one_clause(line, line.after(place), first)
        if not line.tokens[n].text[0].isalnum() or line.tokens[n].lower in little("from"):
            return False
    return False


def _one_clause(line: Line, first: int, after: int) -> bool:
    held = line.cut(first, after)
    return all(w[0].isalnum() and w not in little("and") and w not in little("boundary") for w in held)


def _behind(line: Line, s: Statement, i: int) -> Span | None:
    """The first place with a name behind a position, if hardly anything stands between, else the one right behind."""
    others = [n for n in line.ctx.named() if n.label in _OTHERS]
    known: list[Extent] = [*line.ctx.mentions(MentionKind.PLACE), *(n for n in line.ctx.named() if n.label in _PLACES)]
    said = [p.spans[0] for p in s.places if p.spans]
    spans = said + [line.ctx.span(x.start, x.end) for x in known if not any(touches(x, n) for n in others)]
    right = None
    for n in range(i + 1, min(i + 2 + _WAY, len(line.tokens))):
        word = line.tokens[n]
        found = max((x for x in spans if x.start <= word.start < x.end), key=lambda x: x.end - x.start, default=None)
        if found and word.text[0].isupper():
            return found
        right = right or found
        if not word.text[0].isalnum() or word.lower in little("toward"):
            break
    return right


def _named(span: Span) -> Place:
    why = "“from” stands before it, and something was launched or somebody left there"
    return Place(name=span.quote, role=PlaceRole.ORIGIN, spans=(span,), rule=FROM, why=(why,))


def _origin(p: Place) -> Place:
    if p.role is PlaceRole.ORIGIN:
        return p
    return told(replace(p, role=PlaceRole.ORIGIN), FROM, "“from” stands before it, and the word is one of leaving")


RULES = (
    SentenceRule(
        FROM,
        "What is launched, sent or carried from a place has it as its origin; who withdraws from a place was there.",
        "Annotation guidelines §2, places: origin is where it was launched, fired, departed or came from; ACLED "
        "codebook, non-violent transfer of territory: the location is the place that is given up.",
        _origins,
    ),
)
