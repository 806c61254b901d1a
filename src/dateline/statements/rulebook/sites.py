"""Which of several places of a sentence is the event's: all of a list, the part and not its whole, no landmark."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from dateline.language.base import MentionKind
from dateline.records import Place, Span, Statement
from dateline.statements.context import Context, Extent, touches
from dateline.statements.rulebook.base import Line, SentenceRule, changed, respelt
from dateline.statements.rulebook.origins import MOVES
from dateline.statements.rulebook.places import is_sure, own, without
from dateline.statements.scene import little

PERSON, HOME, LISTED, LANDMARK, WITHIN = (f"places.{x}.v1" for x in ("person", "home", "listed", "landmark", "within"))
_HOME = 6
"""Words before a place among which its people may be told ("residents of the two northern towns of")."""
_LINKING = ("oblique", "by", "to", "and", "boundary")
_ADJECTIVES = 3
"""Most words between an owner and the noun for what it has: "Kara's mainly Druze old quarter"."""


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a place in a sentence."""

    start: int
    end: int


def _names(ctx: Context) -> tuple[Name, ...]:
    """The names of places that the lexicon or the model knows, in text order; of two that share a word the longer."""
    known: list[Extent] = list(ctx.mentions(MentionKind.PLACE))
    known += [n for n in ctx.named() if n.label == "LOC"]
    found: list[Name] = []
    for x in sorted(known, key=lambda x: (x.start - x.end, x.start)):
        if not any(touches(x, y) for y in found):
            found.append(Name(x.start, x.end))
    return tuple(sorted(found, key=lambda x: x.start))


def _person(line: Line, s: Statement) -> Statement:
    """Without the names of persons."""
    people = [n for n in line.ctx.named() if n.label == "PER"]
    held = [p for p in own(s) if any(n.start <= p.spans[0].start and p.spans[0].end <= n.end for n in people)]
    return without(s, held)


def _home(line: Line, s: Statement) -> Statement:
    """Without places that say whose people somebody is, if another place says where it was, or if they have left."""
    held = own(s) if s.event.code not in MOVES else []
    homes = [p for p in held if _people(line, p.spans[0]) & (little("dwellers") | little("displaced"))]
    homes += [p for p in held if any(_in_one_list(line, p, x) for x in homes) and p not in homes]
    left = any(_people(line, p.spans[0]) & little("displaced") for p in homes)
    return without(s, homes) if left or len(homes) < len(held) else s


def _people(line: Line, span: Span) -> frozenset[str]:
    """The noun from which "of" or "from" leads to a place, "the towns of" between; none if there is no such word."""
    at = line.first(span)
    light = little("determiners") | little("place_nouns") | little("places_nouns") | little("compass")
    inside = next((i for i in range(at, line.after(span)) if line.tokens[i].text[:1].isupper()), at)
    words = [*line.cut(at - _HOME, at), *line.cut(at, inside)]
    while words and (words[-1] in light or (len(words) > 1 and words[-1] in little("of") and words[-2] in light)):
        words.pop()
    return frozenset(words[-2:-1] if words[-1:] and words[-1] in little("of") | little("from") else ())


def _in_one_list(line: Line, a: Place, b: Place) -> bool:
    runs = line.ctx.once(_lists, line.ctx)
    return any(all(any(touches(n, p.spans[0]) for n in run) for p in (a, b)) for run in runs)


def _listed(line: Line, s: Statement) -> Statement:
    """With all places of a list of which the first is the event's: "in Halam, Tarif and Kurto"."""
    held = own(s)
    for run in line.ctx.once(_lists, line.ctx):
        first = next((p for p in held if touches(run[0], p.spans[0]) and is_sure(p)), None)
        taken = [x for v in (*s.places, *s.actors) for x in v.spans]
        more = [line.ctx.span(x.start, x.end) for x in run if not any(touches(x, y) for y in taken)]
        if first and more:
            why = f"it stands in one list with “{first.name}”"
            made = (respelt(first, x, LISTED, why) for x in more)
            s = changed(s, places=(*s.places, *made))
    return s


def _lists(ctx: Context) -> tuple[tuple[Name, ...], ...]:
    """Runs of names with commas between and "and" before the last."""
    line, made, run = Line(ctx), list[tuple[Name, ...]](), list[Name]()
    for a, b in pairwise(
        n for n in ctx.once(_names, ctx) if any(c.isupper() for c in ctx.report.text[n.start : n.end])
    ):
        gap = line.gap(a, b)
        run = run or [a]
        if gap == (",",):
            run.append(b)
            continue
        if _is_and(gap) and (_is_led(line, run[0]) or not _begins_clause(line, b)):
            made.append((*run, b))
        run = []
    return tuple(made)


def _is_and(gap: tuple[str, ...]) -> bool:
    words = [w for w in gap if w != ","]
    return bool(words) and words[0] in little("and") and all(w in little("determiners") for w in words[1:])


def _is_led(line: Line, name: Name) -> bool:
    """Whether a preposition leads to a name: what it names is no subject."""
    return bool(set(line.before(name, 1)) & little("oblique"))


def _begins_clause(line: Line, subject: Name) -> bool:
    """Whether a name is followed by a verb."""
    at = line.after(subject)
    following = line.ctx.starts[at] if at < len(line.tokens) else -1
    acts = (*line.ctx.mentions(MentionKind.TRIGGER), *line.ctx.mentions(MentionKind.SAYING))
    return any(m.start == following for m in acts) or bool(set(line.cut(at, at + 1)) & little("adverbs"))


def _landmark(line: Line, s: Statement) -> Statement:
    """Without places that only say where the other one lies: "Halam, 12 km north of Tarif"."""
    gone: list[Place] = []
    for a, b in pairwise(own(s)):
        gap = line.gap(a.spans[0], b.spans[0])
        if _measures(gap):
            gone.append(b)
        elif gap and set(gap) <= little("inside") | {","} and _bearing(_lead(line, a)):
            gone.append(a)
    return without(s, gone)


def _lead(line: Line, p: Place) -> tuple[str, ...]:
    """The two words before a name, its own if they belong to it."""
    first = line.first(p.spans[0])
    words = line.words(p.spans[0])
    return words[:2] if _bearing(words[:2]) else line.cut(first - 2, first)


def _measures(gap: tuple[str, ...]) -> bool:
    """Whether these words measure the way to the place behind them, and say nothing else."""
    last = tuple(w for w in gap if w not in little("determiners"))[-2:]
    light = little("bearings") | little("lengths") | little("by_lengths") | little("close_by")
    to = last[-1:] and last[-1] in little("close_by")
    return bool(to or _bearing(last)) and all(w in light or w[:1].isdigit() for w in gap)


def _bearing(words: tuple[str, ...]) -> bool:
    """Whether these two words are like "north of"."""
    return len(words) > 1 and words[0] in little("bearings") and words[1] in little("of")


def _within(line: Line, s: Statement) -> Statement:
    """With the finer place in the place of what holds it: "the Kara town of Halam", "Kara's old quarter of Halam"."""
    names = line.ctx.once(_names, line.ctx)
    for p in own(s):
        part = _part(line, names, p.spans[0])
        if part is None or any(touches(part, x) for a in s.actors for x in a.spans):
            continue
        if any(touches(part, x) for o in s.places if o is not p for x in o.spans):
            s = without(s, [p])
            continue
        finer = respelt(p, part, WITHIN, f"“{part.quote}” lies in “{p.name}”")
        s = changed(s, places=tuple(finer if o is p else o for o in s.places))
    return s


def _part(line: Line, names: tuple[Name, ...], whole: Span) -> Span | None:
    """The name of what a place owns, or of the town in it."""
    at = line.after(whole)
    owner = bool(set(line.cut(at, at + 1)) & little("possessive")) or whole.quote.endswith(tuple(little("possessive")))
    at += bool(set(line.cut(at, at + 1)) & little("possessive"))
    starts = [n.start for n in names]
    for i in range(at, min(at + _ADJECTIVES + 1, len(line.tokens))):
        n = bisect_left(starts, line.tokens[i].start)
        if owner and n < len(names) and names[n].start == line.tokens[i].start:
            return line.ctx.span(names[n].start, names[n].end)
        noun = line.tokens[i].lower
        if noun in little("towns") or (owner and noun in little("place_nouns")):
            return _called(line, names, i + 1)
        if not _is_adjective(line, i, owner=owner):
            return None
    return None


def _called(line: Line, names: tuple[Name, ...], at: int) -> Span | None:
    """The name behind "of" at a position."""
    if at + 1 >= len(line.tokens) or line.tokens[at].lower not in little("of"):
        return None
    start = line.tokens[at + 1].start
    return next((line.ctx.span(n.start, n.end) for n in names if n.start == start), None)


def _is_adjective(line: Line, at: int, *, owner: bool) -> bool:
    """Whether the word may stand between a place and the noun for a part of it."""
    token = line.tokens[at]
    plain = token.text[:1].isalpha() and not any(
        token.lower in little(x) for x in ("oblique", "by", "to", "and", "boundary")
    )
    acts = line.ctx.mentions(MentionKind.TRIGGER)
    return owner and plain and not any(touches(m, token) for m in acts)


RULES = (
    SentenceRule(
        PERSON,
        "A person is no place.",
        "ACLED codebook, location: the name of the place.",
        _person,
    ),
    SentenceRule(
        HOME,
        "Where somebody is from is not where it happened to them, if another place is told or they have left.",
        "Annotation guidelines §2, places: where it took place, launched or came from.",
        _home,
    ),
    SentenceRule(
        LISTED,
        "What is told of one place of a list is told of all.",
        "Annotation guidelines §2, places: where it took place; of a list each.",
        _listed,
    ),
    SentenceRule(
        LANDMARK,
        "A place from which the way to another is measured is not where it happened.",
        "ACLED codebook, location: the most specific location; annotation guidelines §2, finest place named.",
        _landmark,
    ),
    SentenceRule(
        WITHIN,
        "A town or quarter named behind what holds it is the finer place.",
        "ACLED codebook, location: the most specific location; annotation guidelines §2, finest place named.",
        _within,
    ),
)
