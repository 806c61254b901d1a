"""What a phrase is: where a name ends, money, who only describes or makes up a party, who condemns an act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from dateline.language.base import Annotation, MentionKind
from dateline.records import Party, Place, Report, Source, Span, Statement
from dateline.statements.context import touches
from dateline.statements.rulebook.base import Line, ReportRule, SentenceRule, changed, respelt
from dateline.statements.scene import little

TRIM, MONEY, PARTS, AGAIN = (f"parties.{x}.v1" for x in ("trim", "money", "parts", "again"))
REPEATED, CONDEMNS, HELD = (f"parties.{x}.v1" for x in ("repeated", "condemns", "held"))
_MONEY = "MONEY"
_SAID, _DONE = "ACCUSE", "ASSAULT"
_DESCRIBED = 4
"""Most words of ", later identified as" and the like."""
_LEAD = 4
"""Words before a party in which its preposition stands."""

V = TypeVar("V", Party, Place, Source)


def _trim(line: Line, s: Statement) -> Statement:
    """With values that neither begin nor end with a preposition, nor end with "who" or an article."""
    fields = ("actors", "targets", "places", "sources")
    return changed(s, **{f: tuple(_trimmed(line, v) for v in getattr(s, f)) for f in fields})


def _trimmed(line: Line, v: V) -> V:
    span = v.spans[0] if len(v.spans) == 1 else None
    if span is None or not line.has(span):
        return v
    a, b = line.first(span), line.after(span)
    while a < b and line.tokens[a].lower in little("leading") | little("owned") and not _counts(line, a):
        a += 1
    while b > a and line.tokens[b - 1].lower in little("trailing"):
        b -= 1
    if a >= b or (a, b) == (line.first(span), line.after(span)):
        return v
    cut = line.span(a, b)
    return respelt(v, cut, TRIM, f"of “{span.quote}”, which is no whole phrase")


def _counts(line: Line, at: int) -> bool:
    """Whether a preposition belongs to a number: "at least 12"."""
    return set(line.cut(at + 1, at + 2)) <= little("hedges") and line.tokens[at].lower in little("hedges")


def _without(s: Statement, gone: Callable[[Party, Sequence[Party]], bool]) -> Statement:
    """Without the parties of which that is so, each asked with its side."""
    sides = (tuple(p for p in held if not gone(p, held)) for held in (s.actors, s.targets))
    return changed(s, **dict(zip(("actors", "targets"), sides, strict=True)))


def _money(line: Line, s: Statement) -> Statement:
    """Without sums of money as parties."""
    sums = [n for n in line.ctx.named() if n.label == _MONEY]

    def is_sum(p: Party, held: Sequence[Party]) -> bool:
        span = p.spans[0]
        return any(touches(n, span) for n in sums) or bool(set(line.words(span)) & little("currencies"))

    return _without(s, is_sum)


def _parts(line: Line, s: Statement) -> Statement:
    """Without bare plurals behind "including" or "mostly": "12 others, including women and children"."""
    return _without(s, lambda p, held: _is_bare(line, p.spans[0]) and _is_part(line, p.spans[0]))


def _is_bare(line: Line, span: Span) -> bool:
    """Whether a span is a common noun in the plural without article or number."""
    words = line.words(span)
    counted = words[0] in little("determiners") or words[0] in little("number_words") or words[0][0].isdigit()
    return not counted and span.quote.islower() and words[-1].endswith(tuple(little("plural_endings")))


def _is_part(line: Line, span: Span) -> bool:
    at = line.first(span)
    before = line.cut(at - 1, at)
    if before and before[0] in little("and"):
        before = line.cut(at - 3, at - 2)
    return bool(before) and before[0] in little("partly")


def _again(line: Line, s: Statement) -> Statement:
    """Without a second description of a party: "the suspect, a clerk, …", "the man, later identified as …"."""
    return _without(s, lambda p, held: any(_describes(line, o.spans[0], p.spans[0]) for o in held if o is not p))


def _describes(line: Line, first: Span, second: Span) -> bool:
    if first.start < line.ctx.sentence.start or first.end > second.start:
        return False
    gap, after = line.gap(first, second), line.after(second)
    if gap == (",",) and line.words(second)[0] in little("articles"):
        return bool(set(line.cut(after, after + 1)) & little("closing"))
    return 1 < len(gap) <= _DESCRIBED and gap[0] == "," and gap[-1] in little("naming")


def _repeated(line: Line, s: Statement) -> Statement:
    """With the target behind the same preposition once more: "at workers and at the post"."""
    taken = [x for v in (*s.actors, *s.targets, *s.sources) for x in v.spans]
    made = [p for t in s.targets for p in _behind(line, t) if not any(p.spans[0].overlaps(x) for x in taken)]
    return changed(s, targets=(*s.targets, *made[:1]))


def _behind(line: Line, party: Party) -> Iterable[Party]:
    """Known names and places that "and" and the preposition before a party join to it."""
    first, after = line.first(party.spans[0]), line.after(party.spans[0])
    lead = next((w for w in reversed(line.cut(first - _LEAD, first)) if w in little("oblique")), None)
    kinds = (MentionKind.ACTOR, MentionKind.PLACE)
    for m in (m for kind in kinds for m in line.ctx.mentions(kind) if line.first(m) > after):
        gap = line.cut(after, line.first(m))
        joined = len(gap) > 1 and gap[0] in little("and") and gap[1] == lead
        if joined and all(w in little("determiners") for w in gap[2:]):
            span = line.ctx.span(m.start, m.end)
            why = f"“{gap[0]} {gap[1]}” joins “{span.quote}” to “{party.spans[0].quote}”"
            yield respelt(party, span, REPEATED, why)


def _held(line: Line, s: Statement) -> Statement:
    """With one target for what somebody holds and the holder: "posts held by rebels"."""
    made: list[Party] = []
    for p in sorted(s.targets, key=lambda p: p.spans[0].start):
        if made and _is_holder(line, made[-1].spans[0], p.spans[0]):
            whole = line.span(line.first(made[-1].spans[0]), line.after(p.spans[0]))
            why = f"“{p.name}” holds “{made[-1].name}”"
            made[-1] = respelt(made[-1], whole, HELD, why)
        else:
            made.append(p)
    return changed(s, targets=tuple(made)) if len(made) < len(s.targets) else s


def _is_holder(line: Line, first: Span, second: Span) -> bool:
    near = line.ctx.sentence.start <= first.start and first.end <= second.start
    return near and " ".join(line.gap(first, second)) in little("holding")


def _condemns(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """Without doers of an act of violence who accuse or condemn somebody for it before, in the same sentence."""
    heard: dict[int, list[Statement]] = {}
    for s in statements:
        if s.event.code == _SAID:
            heard.setdefault(s.sentence.start, []).append(s)

    def change(s: Statement) -> Statement:
        if s.event.code != _DONE or not s.actors or s.sentence.start not in heard:
            return s
        earlier = [o for o in heard[s.sentence.start] if o.trigger[0].end <= s.trigger[0].start]
        voices = [x for o in earlier for p in o.actors for x in p.spans if x.start < o.trigger[0].start]
        return changed(s, actors=tuple(p for p in s.actors if not any(x.overlaps(y) for x in p.spans for y in voices)))

    return [change(s) for s in statements]


RULES = (
    SentenceRule(
        TRIM,
        "No name begins or ends with a preposition, or ends with an article or “who”.",
        "Annotation guidelines §2: a span field holds the words that name the party, place or source.",
        _trim,
    ),
    SentenceRule(
        MONEY,
        "A sum of money is no party.",
        "Annotation guidelines §2: a target is persons, groups, buildings or places fired at as objects.",
        _money,
    ),
    SentenceRule(
        PARTS,
        "Who is told by a bare plural behind “including” or “mostly” is among those named before.",
        "Annotation guidelines §2: one entry a party; a breakdown belongs to the figure.",
        _parts,
    ),
    SentenceRule(
        AGAIN,
        "A description between commas, or behind “identified as” or “mostly”, is of the party before it.",
        "Annotation guidelines §2: one entry a party, with all acceptable spans.",
        _again,
    ),
    SentenceRule(
        HELD,
        "What somebody holds and who holds it are one party: “posts held by rebels”.",
        "Annotation guidelines §2: one entry a party, with all acceptable spans.",
        _held,
    ),
    SentenceRule(
        REPEATED,
        "A second target may have its preposition once more: “at workers and at the post”.",
        "ACLED codebook, actors and associated actors: all parties of a side are coded.",
        _repeated,
    ),
)
REPORT_RULES = (
    ReportRule(
        CONDEMNS,
        "Who condemns an act or accuses others of it did not do it.",
        "Annotation guidelines §4: “accuse X of bombing Y” has the accuser as the source, X as the actor.",
        _condemns,
    ),
)
