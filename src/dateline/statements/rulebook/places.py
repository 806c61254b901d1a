"""Where it took place: the finest place that the sentence names."""

from __future__ import annotations

from itertools import pairwise

from dateline.labels import Basis, PlaceRole
from dateline.language.base import MentionKind
from dateline.records import Place, Span, Statement
from dateline.statements.context import touches
from dateline.statements.rulebook.base import Line, SentenceRule, changed, is_participle, is_war, respelt
from dateline.statements.scene import little

NAMED, FINEST = "places.named.v1", "places.finest.v1"
FINER = "places.finer.v1"
UNITED = "places.united.v1"
HEADING, COMPASS, WAR, DAY = (f"places.{x}.v1" for x in ("heading", "compass", "war", "day"))
_EVEN = 0.5
_NESTED = 4
"""Most words from a place to the larger one that holds it ("in the northern province of")."""
_TWO = 2
_AWAY = 4
"""Words between a place and its war ("Kara's long and bloody civil war")."""
_LISTED = 3
"""Most words between two places of a list."""
_QUARTER = 4
"""Most words of a name before the noun that says it is a part of a town."""


def own(s: Statement) -> list[Place]:
    """The event places of the statement's own sentence, in text order."""
    held = [p for p in s.places if p.role is PlaceRole.EVENT and p.basis is Basis.TEXT and p.spans]
    return sorted(held, key=lambda p: p.spans[0].start)


def is_sure(place: Place) -> bool:
    """Whether a place is likelier than not that of the statement that has it: others learn nothing from doubt."""
    return place.confidence is None or place.confidence >= _EVEN


def without(s: Statement, gone: list[Place]) -> Statement:
    """The statement without these places."""
    return changed(s, places=tuple(p for p in s.places if not any(p is x for x in gone)))


def _heading(line: Line, s: Statement) -> Statement:
    """Without the province that heads a sentence which names a place in it: "Kara province: rebels took Halam"."""
    held = own(s)
    if len(held) < _TWO:
        return s
    span = held[0].spans[0]
    after = line.after(span)
    heads = line.first(span) == 0 and line.cut(after, after + 1) == (":",)
    return without(s, held[:1]) if heads and line.words(span)[-1] in little("divisions") else s


def _compass(line: Line, s: Statement) -> Statement:
    """Without adjectives of direction that stand alone: "its northern and eastern battalions"."""
    empty = little("compass") | little("parts_of_names")
    return without(s, [p for p in own(s) if all(w in empty for w in line.words(p.spans[0]))])


def _day(line: Line, s: Statement) -> Statement:
    """Without days: "on New Year's Eve"."""
    days = line.ctx.mentions(MentionKind.DATE)
    return without(s, [p for p in own(s) if any(m.start <= p.spans[0].start and p.spans[0].end <= m.end for m in days)])


def _united(line: Line, s: Statement) -> Statement:
    """With one place for the two words of one name: "Sistan and Baluchestan"."""
    names = line.ctx.mentions(MentionKind.PLACE)
    for a, b in pairwise(own(s)):
        first, second = a.spans[0], b.spans[0]
        if first.end <= second.start and any(touches(m, first) and touches(m, second) for m in names):
            whole = line.span(line.first(first), line.after(second))
            why = f"“{whole.quote}” is one name"
            made = respelt(a, whole, UNITED, why)
            return changed(s, places=tuple(made if p is a else p for p in s.places if p is not b))
    return s


def _war(line: Line, s: Statement) -> Statement:
    """With the place whose war the sentence names, for the toll of a war, and none carried from elsewhere."""
    if not is_war(s) or own(s):
        return s
    kept = changed(s, places=tuple(p for p in s.places if p.basis is not Basis.CONTEXT))
    at = next((i for i, t in enumerate(line.tokens) if t.lower in little("wars")), 0)
    for i in reversed(range(max(at - _AWAY, 0), at)):
        owner = _owner(line, i)
        if owner:
            why = (f"“{line.tokens[at].text}” is that of “{owner.quote}”, and ten thousand are killed in a war only.",)
            place = Place(name=owner.quote, role=PlaceRole.EVENT, spans=(owner,), rule=WAR, why=why)
            return changed(kept, places=(*kept.places, place))
    return kept


def _owner(line: Line, i: int) -> Span | None:
    """The name with an "'s" at a position; a text that lost its apostrophes has the name without the s elsewhere."""
    token = line.tokens[i]
    places = [m for m in line.ctx.annotation.mentions if m.kind is MentionKind.PLACE]
    if line.cut(i + 1, i + 2) and line.tokens[i + 1].lower in little("possessive"):
        return next((line.ctx.span(m.start, m.end) for m in places if m.end == token.end), None)
    if token.text[:1].isupper() and any(w + "s" == token.lower for m in places for w in m.norm.casefold().split()):
        return line.ctx.span(token.start, token.end - 1)
    return None


def _named(line: Line, s: Statement) -> Statement:
    """Without the common noun before a name: "the town of" in "the town of Halam"."""
    held = own(s)
    gone = [a for a, b in pairwise(held) if not _is_name(line, a) and _describes(line, a, b)]
    return without(s, gone)


def _is_name(line: Line, place: Place) -> bool:
    span = place.spans[0]
    written = [t.text for t in line.tokens[line.first(span) : line.after(span)] if t.lower not in little("of_the")]
    return bool(written) and written[-1][:1].isupper()


def _describes(line: Line, a: Place, b: Place) -> bool:
    gap = line.gap(a.spans[0], b.spans[0])
    return not gap or gap[0] in little("of_the") or line.words(a.spans[0])[-1] in little("of_the")


def _finest(line: Line, s: Statement) -> Statement:
    """Without places that only say where the place before them lies: "Halam in Kara province", "Halam, Kara"."""
    held = own(s)
    gone: list[Place] = []
    for n, (a, b) in enumerate(pairwise(held), 1):
        gap = line.gap(a.spans[0], b.spans[0])
        if _bounds(gap) or (_holds(gap) and not _in_list(line, held, n)):
            gone.append(b)
    return without(s, gone)


def _holds(gap: tuple[str, ...]) -> bool:
    """Whether these words lead from a place to a larger one."""
    bare = gap[1:] if gap[:1] == (",",) else gap
    if not bare:
        return gap == (",",)
    if len(bare) < len(gap):
        bare = tuple(w for w in bare if w not in little("determiners") | little("compass"))
    if bare[:1] and bare[0] in little("place_nouns") | little("seats_of"):
        bare = bare[1:]
    return bool(bare) and bare[0] in little("holders") and len(bare) <= _NESTED


def _bounds(gap: tuple[str, ...]) -> bool:
    """Whether these words lead from a place to one that it borders: "between Kara and", "on the border with"."""
    if not gap or len(gap) > _NESTED:
        return False
    beside = gap[0] in little("on") and any(w in little("borders") for w in gap[-2:])
    return gap[0] in little("between_places") or beside


def _in_list(line: Line, held: list[Place], n: int) -> bool:
    """Whether the n-th place is one of several side by side: behind it or before it stands "and"."""
    for a, b in pairwise(held[n - 1 :]):
        gap = line.gap(a.spans[0], b.spans[0])
        if len(gap) > _LISTED:
            return False
        if any(w in little("and") for w in gap):
            return True
    return False


def _finer(line: Line, s: Statement) -> Statement:
    """With the quarter or village in the place of what holds it: "the Kara neighbourhood of Halam"."""
    taken = [x for v in (*s.places, *s.actors) for x in v.spans]
    found = {p: span for p in own(s) if (span := _quarter(line, p.spans[0]))}
    found = {p: span for p, span in found.items() if not any(span.overlaps(x) for x in taken)}
    return changed(s, places=tuple(_at_quarter(p, found[p]) if p in found else p for p in s.places))


def _at_quarter(p: Place, span: Span) -> Place:
    return respelt(p, span, FINER, f"“{span.quote}” lies in “{p.name}”")


def _quarter(line: Line, span: Span) -> Span | None:
    """The name with a noun for a part of a town right before a place, "of" or "in" between."""
    at = line.first(span)
    while at > 0 and line.tokens[at - 1].lower in little("compass") | little("of_the") - little("inside"):
        at -= 1
    noun = at - 2
    lead = frozenset(line.cut(at - 1, at))
    kinds = little("quarters_of") if lead & little("of") else little("quarters_in") if lead & little("inside") else ()
    if noun < 1 or line.tokens[noun].lower not in kinds or _is_adjective(line, noun - 1):
        return None
    first = noun
    while first > 0 and noun - first < _QUARTER and line.tokens[first - 1].text[:1].isupper():
        first -= 1
    return line.span(first, noun + 1) if first < noun else None


def _is_adjective(line: Line, at: int) -> bool:
    """Whether "Syrian" or "rebel-held" stands there, which names no quarter."""
    token = line.tokens[at]
    nations = (n for n in line.ctx.named() if n.label == "NORP")
    return is_participle(token.lower) or any(touches(n, token) for n in nations)


RULES = (
    SentenceRule(
        DAY,
        "A day is no place.",
        "ACLED codebook, location: the name of the place.",
        _day,
    ),
    SentenceRule(
        COMPASS,
        "An adjective of direction alone, “the” or “New” names no place.",
        "ACLED codebook, location: the name of the place.",
        _compass,
    ),
    SentenceRule(
        UNITED,
        "Two words that “and” joins to one name are one place.",
        "ACLED codebook, location: the name of the place.",
        _united,
    ),
    SentenceRule(
        HEADING,
        "A province that heads a sentence holds the places named in it.",
        "ACLED codebook, location: the most specific location; annotation guidelines §2, finest place named.",
        _heading,
    ),
    SentenceRule(
        WAR,
        "The toll of a war is told of the place whose war it is, not of the last battle.",
        "Annotation guidelines §2, places: carried over from the context only when obvious.",
        _war,
    ),
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
    SentenceRule(
        FINER,
        "A quarter or village named right before the place that holds it is the finer place.",
        "ACLED codebook, location: the most specific location; annotation guidelines §2, finest place named.",
        _finer,
    ),
)
