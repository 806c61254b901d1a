"""Where a party or a source begins and ends: no name, bracket or list is broken, and no act hangs on at its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

from dateline.language.base import Mention, MentionKind
from dateline.records import Party, Source, Span, Statement
from dateline.statements.context import Extent, touches
from dateline.statements.rulebook.base import Line, SentenceRule, changed, respelt
from dateline.statements.scene import little

NAME, BRACKET, LISTED, DONE = (f"parties.{x}.v1" for x in ("name", "bracket", "listed", "done"))
WORN, MANNER, COUNTED = (f"parties.{x}.v1" for x in ("worn", "manner", "counted"))
_NAMES = frozenset({"PER", "ORG"})
_BRACKETED = 4
"""Most words of what stands in brackets behind a name."""

_WORN = 2
"""Most words between who wears something and what it is ("dressed as")."""

V = TypeVar("V", Party, Source)


def _names(line: Line, s: Statement) -> Statement:
    """With the whole of each name of which a party or a source has a part."""
    names = [_from_a_word(line, n) for n in line.ctx.named() if n.label in _NAMES]
    taken = (*s.trigger, *(x for v in (*s.actors, *s.targets, *s.sources) for x in v.spans))
    return changed(
        s,
        actors=tuple(_whole(line, v, names, taken) for v in s.actors),
        targets=tuple(_whole(line, v, names, taken) for v in s.targets),
        sources=tuple(_whole(line, v, names, taken) for v in s.sources),
    )


def _whole(line: Line, v: V, names: Sequence[Span], taken: Sequence[Span]) -> V:
    span = v.spans[0]
    name = next((n for n in names if _cuts(span, n)), None)
    if name is None or len(v.spans) > 1:
        return v
    wide = line.ctx.span(min(span.start, name.start), max(span.end, name.end))
    if any(touches(wide, x) for x in taken if x != span) or _tears(line, span, wide):
        return v
    return respelt(v, wide, NAME, f"“{span.quote}” breaks a name")


def _from_a_word(line: Line, name: Extent) -> Span:
    """A name without a mark or an "'s" that it begins with."""
    first, after = line.first(name), line.after(name)
    held = range(first, after - 1)
    bare = (i for i in held if line.tokens[i].text[0].isalnum() and line.tokens[i].lower not in little("owned"))
    return line.span(next(bare, after - 1), after)


def _tears(line: Line, span: Span, wide: Span) -> bool:
    """Whether what a span grows by has a part of a place's name, or a word for an act, at its end."""
    kinds = (MentionKind.PLACE, MentionKind.TRIGGER, MentionKind.SAYING)
    for m in (m for kind in kinds for m in line.ctx.mentions(kind) if touches(m, wide) and not touches(m, span)):
        if (m.start < wide.start or m.end > wide.end) if m.kind is MentionKind.PLACE else m.end == wide.end:
            return True
    return False


def _cuts(span: Span, name: Extent) -> bool:
    """Whether a span begins or ends inside a name."""
    return name.start < span.start < name.end or name.start < span.end < name.end


def _brackets(line: Line, s: Statement) -> Statement:
    """With the bracket that a party opens closed, and what stands right behind it: "the Reserve Police (RP) guards"."""
    sources = tuple(_with_bracket(line, v) for v in s.sources)
    return changed(s, actors=_closed(line, s.actors), targets=_closed(line, s.targets), sources=sources)


def _closed(line: Line, held: Sequence[Party]) -> tuple[Party, ...]:
    out = [_with_bracket(line, p) for p in held]
    for first, second in pairwise(sorted(out, key=lambda p: p.spans[0].start)):
        bare = second.spans[0].quote.islower() and first.spans[0].quote.endswith(")")
        if bare and line.after(first.spans[0]) == line.first(second.spans[0]):
            span = line.span(line.first(first.spans[0]), line.after(second.spans[0]))
            why = f"“{second.name}” stands right behind its bracket"
            out = [respelt(p, span, BRACKET, why) if p is first else p for p in out]
            out.remove(second)
    return tuple(out)


def _with_bracket(line: Line, p: V) -> V:
    span = p.spans[0]
    opened = span.quote.rfind("(")
    if not line.has(span) or opened < 0 or ")" in span.quote[opened:]:
        return p
    behind = line.cut(line.after(span), line.after(span) + _BRACKETED)
    if ")" not in behind:
        return p
    whole = line.span(line.first(span), line.after(span) + behind.index(")") + 1)
    return respelt(p, whole, BRACKET, f"“{span.quote}” opens a bracket")


def _listed(line: Line, s: Statement) -> Statement:
    """With the parties of "A, B and C" one by one, where all are known names."""
    known = [m for kind in (MentionKind.ACTOR, MentionKind.PLACE) for m in line.ctx.mentions(kind)]
    parts = [tuple(x for p in held for x in _items(line, p, known)) for held in (s.actors, s.targets)]
    return changed(s, actors=parts[0], targets=parts[1])


def _items(line: Line, party: Party, known: Sequence[Mention]) -> Iterable[Party]:
    span = party.spans[0]
    first, after = line.first(span), line.after(span)
    commas = [i for i in range(first + 1, after - 1) if line.tokens[i].lower == ","]
    behind = [w for w in line.cut(after, after + 2) if w != ","]
    if not commas or len(party.spans) > 1 or not behind or behind[0] not in little("and"):
        return [party]
    cuts = [first, *(i + 1 for i in commas), after + 1]
    spans = [line.span(a, b - 1) for a, b in pairwise(cuts) if a < b - 1]
    if len(spans) != len(commas) + 1 or not all(_is_known(line, x, known) for x in spans):
        return [party]
    why = "commas stand between known names of a list"
    return [respelt(party, x, LISTED, why) for x in spans]


def _is_known(line: Line, span: Span, known: Sequence[Mention]) -> bool:
    """Whether a span is a known name, with or without an article."""
    held = [m for m in known if span.start <= m.start and m.end == span.end]
    return any(all(w in little("determiners") for w in line.cut(line.first(span), line.first(m))) for m in held)


def _counted(line: Line, s: Statement) -> Statement:
    """With the whole of the number that a party begins in: "at least 22 people", not "least 22 people"."""
    counts = line.ctx.mentions(MentionKind.COUNT)
    sides = ([_with_number(line, p, counts) for p in held] for held in (s.actors, s.targets))
    return changed(s, **{side: _apart(held) for side, held in zip(("actors", "targets"), sides, strict=True)})


def _apart(held: Sequence[Party]) -> tuple[Party, ...]:
    """Without what another party has come to hold: the "at" of "at least"."""
    whole = [p for p in held if p.rule == COUNTED]
    return tuple(p for p in held if p in whole or not any(touches(p.spans[0], w.spans[0]) for w in whole))


def _with_number(line: Line, p: Party, counts: Sequence[Mention]) -> Party:
    span = p.spans[0]
    if len(p.spans) > 1 or line.words(span)[0] not in little("hedges"):
        return p
    count = next((m for m in counts if m.start < span.start < m.end <= span.end), None)
    if count is None:
        return p
    return respelt(p, line.ctx.span(count.start, span.end), COUNTED, f"“{span.quote}” breaks a number")


def _done(line: Line, s: Statement) -> Statement:
    """Without the participle of an act behind people: "two officers accused (of …)"."""
    acts = [m for m in line.ctx.mentions(MentionKind.TRIGGER) if m.norm.endswith(("/ed", "/en"))]
    sides = (tuple(_without_act(line, p, acts) for p in held) for held in (s.actors, s.targets))
    return changed(s, **dict(zip(("actors", "targets"), sides, strict=True)))


def _without_act(line: Line, p: Party, acts: Sequence[Mention]) -> Party:
    span = p.spans[0]
    act = next((m for m in acts if m.end == span.end and m.start > span.start), None)
    if act is None or len(p.spans) > 1:
        return p
    before = line.cut(line.first(act) - 1, line.first(act))
    if not before or not before[0].endswith(tuple(little("plural_endings"))):
        return p
    cut = line.span(line.first(span), line.first(act))
    return respelt(p, cut, DONE, f"“{act.norm}” is what was done to them")


def _manner(line: Line, s: Statement) -> Statement:
    """Without the adverb behind a name, which belongs to the verb: "Karim reportedly"."""
    sides = (tuple(_without_adverb(line, p) for p in held) for held in (s.actors, s.targets))
    return changed(s, **dict(zip(("actors", "targets"), sides, strict=True)))


def _without_adverb(line: Line, p: Party) -> Party:
    span = p.spans[0]
    first, last = line.first(span), line.after(span) - 1
    word = line.tokens[last]
    adverb = (
        word.text.islower()
        and word.text.endswith(tuple(little("adverb_endings")))
        and word.lower not in little("no_adverbs")
    )
    if not adverb or last == first or len(p.spans) > 1 or not line.tokens[last - 1].text[0].isupper():
        return p
    cut = line.span(first, last)
    return respelt(p, cut, MANNER, f"“{word.text}” says how")


def _worn(line: Line, s: Statement) -> Statement:
    """Without whose uniforms the doers wore among them: "men wearing army uniforms"."""
    held = [p for p in s.actors if not any(_wears(line, o.spans[0], p.spans[0]) for o in s.actors if o is not p)]
    return changed(s, actors=tuple(_undressed(line, p) for p in held))


def _wears(line: Line, first: Span, second: Span) -> bool:
    if not line.has(first) or first.end > second.start or len(line.gap(first, second)) > _WORN:
        return False
    return line.words(first)[-1] in little("wearing") or bool(little("wearing") & set(line.gap(first, second)))


def _undressed(line: Line, p: Party) -> Party:
    words = line.words(p.spans[0])
    if len(words) < 2 or len(p.spans) > 1 or words[-1] not in little("wearing"):
        return p
    cut = line.span(line.first(p.spans[0]), line.after(p.spans[0]) - 1)
    return respelt(p, cut, WORN, f"“{words[-1]}” is no part of who they are")


RULES = (
    SentenceRule(
        NAME,
        "No party and no source is a part of a name.",
        "Annotation guidelines §2: a span field holds the words that name the party or source.",
        _names,
    ),
    SentenceRule(
        BRACKET,
        "A bracket behind a name belongs to it, and so does the noun behind that.",
        "Annotation guidelines §2: a span field holds the words that name the party.",
        _brackets,
    ),
    SentenceRule(
        LISTED,
        "Known names with commas between them are parties of their own.",
        "ACLED codebook, actors: each named party is an actor of its own; annotation guidelines §2, one entry a party.",
        _listed,
    ),
    SentenceRule(
        COUNTED,
        "No party begins inside a number.",
        "Annotation guidelines §2: a span field holds the words that name the party.",
        _counted,
    ),
    SentenceRule(
        DONE,
        "What was done to people is no part of what they are called.",
        "Annotation guidelines §2: a span field holds the words that name the party.",
        _done,
    ),
    SentenceRule(
        MANNER,
        "An adverb behind a name is no part of it.",
        "Annotation guidelines §2: a span field holds the words that name the party.",
        _manner,
    ),
    SentenceRule(
        WORN,
        "Whose uniform somebody wears is not who he is.",
        "ACLED codebook, actors: armed men in uniforms are coded as unidentified unless the source names their side.",
        _worn,
    ),
)
