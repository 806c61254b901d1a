"""Figures: which count belongs to which event, and what it measures.

A count takes its measure from the cheapest measure cue of its sentence. The cost is the number of words
between them, more where the cue looks the other way (its norm says active: counts what follows; passive:
what stands before; either; noun) and for each clause mark, count or cue in between. The figure then goes
to the event whose own words stand nearest to that cue. A count no cue wants is of measure "other", and
goes to the event right beside it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from dateline.errors import PluginError
from dateline.labels import Measure, Qualifier
from dateline.language.base import Mention, MentionKind
from dateline.records import Figure
from dateline.statements.context import Context
from dateline.statements.events import kind_of
from dateline.statements.scene import little

EARLIER = "earlier toll"
"""What a figure is of that is an earlier count."""
TERM = "term"
"""Class of a count that says how long somebody is to be held."""
_LIMIT = 9
"""Highest cost at which a cue still measures a count."""
_MANY = 30
"""Words for events on either side of a count among which the one that has it is looked for."""
_PARTING = frozenset({"boundary.strong", "boundary.soft", "boundary.with"})
_FAR = 40
"""Words beyond which nothing in between brings a cue back within the limit."""
_MEMBER_REACH = 3
"""Words between a count and "among the dead" that it is still a part of."""
_RISE = 8
"""Most words between "rose" and the count from which it rose."""
_BESIDE = 6
"""Most words between an event and a count of measure "other"."""
FITS = {
    Measure.KILLED: ("ASSAULT", "PROTEST"),
    Measure.INJURED: ("ASSAULT", "PROTEST"),
    Measure.KILLED_OR_INJURED: ("ASSAULT", "PROTEST"),
    Measure.MISSING: ("ASSAULT", "COERCE"),
    Measure.ABDUCTED: ("ASSAULT", "COERCE"),
    Measure.DETAINED: ("COERCE", "SANCTION", "ASSAULT"),
    Measure.DISPLACED: ("RETREAT", "ASSAULT", "COERCE"),
    Measure.EVACUATED: ("AID", "RETREAT"),
    Measure.SURRENDERED: ("RETREAT",),
}
"""PLOVER categories a measure can be a figure of; the first is preferred."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A count with its measure; the cue is None for measure "other". `cost` says how far off the cue stands."""

    count: Mention
    measure: Measure
    cue: Mention | None
    cost: int = 0


def _gap(a: Mention, b: Mention) -> tuple[int, int]:
    """The offsets between two mentions, whichever comes first."""
    return (a.end, b.start) if a.start <= b.start else (b.end, a.start)


def _within(m: Mention, lo: int, hi: int) -> bool:
    return lo <= m.start and m.end <= hi


def _inside(mentions: Sequence[Mention], lo: int, hi: int) -> Iterator[Mention]:
    """Those of some mentions, sorted by start, that lie between two offsets."""
    first = bisect_left(mentions, lo, key=lambda m: m.start)
    return (m for m in islice(mentions, first, bisect_right(mentions, hi, key=lambda m: m.start)) if m.end <= hi)


def _cost(ctx: Context, count: Mention, cue: Mention) -> int:
    """What it costs to let the cue measure the count; beyond _LIMIT it does not."""
    if count.start < cue.end and cue.start < count.end:
        return 0
    lo, hi = _gap(count, cue)
    ahead = count.start > cue.start
    if ahead and cue.norm == "noun" and _stepped(ctx, cue, count):
        return 1
    if not ahead and cue.norm == "either" and object_behind(ctx, cue):
        return _FAR
    if ahead and (_counted_already(ctx, cue) if cue.norm == "noun" else _has_own(ctx, count, cue)):
        return _FAR
    skip = (hi, hi) if ahead else _aside(ctx, lo, hi)
    if skip == (hi, hi) and ctx.words(lo, hi) > _FAR:
        return _FAR
    tokens = [t for t in ctx.between(lo, hi) if not skip[0] <= t.start < skip[1]]
    words = sum(t.text[0].isalnum() for t in tokens)
    words -= 0 if ahead else min(words, len(_whom(count).split()))
    cost = (words // 2 if cue.norm == "noun" and ahead else words) + sum(t.text == "," for t in tokens)
    cost += {"passive": 6, "noun": 1}.get(cue.norm, 0) if ahead else {"active": 12, "noun": 2}.get(cue.norm, 0)
    for m in _inside(ctx.annotation.mentions_of(ctx.sentence), lo, hi):
        if not skip[0] <= m.start < skip[1]:
            cost += _toll(m, cue, ahead=ahead)
    cost += 30 * any(t.text in ";:" for t in tokens)
    if count.label == "things" and cost > 1 and (words or cue.norm != "noun"):
        cost += 6
    return cost


def _counted_already(ctx: Context, noun: Mention) -> bool:
    """Whether a noun has its number right before it: "two deaths"."""
    counts = (c for c in ctx.mentions(MentionKind.COUNT) if c.start < noun.start)
    return any(noun.start < c.end or not ctx.between(c.end, noun.start) for c in counts)


def _stepped(ctx: Context, toll: Mention, count: Mention) -> bool:
    """Whether a toll moves to a count, or from it, whatever stands between: "the toll from … has risen to 9"."""
    before = ctx.between(toll.end, count.start)
    if count.label not in ("bare", "people") or not before or any(t.text in ";:" for t in before):
        return False
    cues = [m for m in ctx.mentions(MentionKind.CUE) if _within(m, toll.end, count.start)]
    if ctx.between(count.start, count.end)[0].lower in little("steps"):
        return not any(c.label.startswith("measure.") for c in cues)
    if before[-1].lower not in little("steps"):
        return False
    rises = [m for m in cues if m.label == "figure.rise" and ctx.words(m.end, count.start) <= _RISE]
    return any(not any(c.label.startswith("measure.") and c.start >= r.end for c in cues) for r in rises)


def price(ctx: Context, count: Mention, measure: Measure) -> int | None:
    """The least cost of a measure's cues for a count; None if none is near enough to measure it."""
    cues = (m for m in ctx.mentions(MentionKind.CUE) if m.label == f"measure.{measure.value}")
    least = min((_cost(ctx, count, c) for c in cues), default=_LIMIT + 1)
    return least if least <= _LIMIT else None


def object_behind(ctx: Context, cue: Mention) -> bool:
    """Whether a count follows a participle at once, as its object: "two men shot dead a guard".

    One with a participle of its own is none: "two killed nine injured".
    """
    counts = (c for c in ctx.mentions(MentionKind.COUNT) if c.start >= cue.end)
    after = next(
        (c for c in counts if all(t.lower in little("determiners") for t in ctx.between(cue.end, c.start))), None
    )
    return after is not None and not _has_own(ctx, after, cue)


def _has_own(ctx: Context, count: Mention, cue: Mention) -> bool:
    """Whether a count behind a participle has another right behind it: "two killed nine injured"."""
    held = (m for m in ctx.mentions(MentionKind.CUE) if m.label != cue.label)
    return cue.norm in ("passive", "either") and any(_rests(ctx, count, m) for m in held)


def _rests(ctx: Context, count: Mention, cue: Mention) -> bool:
    """Whether a word for what befell somebody stands right behind a count and those counted."""
    behind = cue.start >= count.end and cue.label.startswith("measure.") and cue.norm in ("passive", "either")
    return behind and ctx.words(count.end, cue.start) <= len(_whom(count).split())


def _toll(m: Mention, cue: Mention, *, ahead: bool) -> int:
    """What a mention between a count and a cue adds to the cost."""
    if m.kind is MentionKind.COUNT:
        return 2
    if m.kind is not MentionKind.CUE:
        return 0
    if m.label.startswith("measure."):
        return 4 * ((m.start, m.end) != (cue.start, cue.end))
    if m.label in ("boundary.strong", "boundary.soft", "boundary.with"):
        return 3
    if ahead and m.label == "figure.perpetrator" and cue.norm != "noun":
        return 20
    return 6 * (ahead and m.label == "figure.adjunct" and cue.norm in ("passive", "either"))


def _whom(count: Mention) -> str:
    """The words counted, as the norm of a COUNT mention keeps them."""
    return count.norm.split(":", 3)[3] if count.norm.count(":") >= 3 else ""


def _aside(ctx: Context, lo: int, hi: int) -> tuple[int, int]:
    """Where an aside begins and ends between a count and its cue ("nine, including a child, were hurt")."""
    cues = ctx.mentions(MentionKind.CUE)
    start = next((m.start for m in cues if m.label == "figure.breakdown" and _within(m, lo, hi)), None)
    if start is None:
        return hi, hi
    return start, next((t.end for t in ctx.between(start, hi) if t.text == ","), hi)


def _reading(ctx: Context, count: Mention) -> Counted:
    """The cheapest measure of a count; the longer cue wins a tie ("killed or wounded")."""
    cues = [m for m in ctx.mentions(MentionKind.CUE) if m.label.startswith("measure.")]
    priced = sorted(
        (((_cost(ctx, count, c), c.start - c.end, abs(c.start - count.start), c.start), c) for c in cues),
        key=lambda p: p[0],
    )
    if priced and priced[0][0][0] <= _LIMIT:
        cue = priced[0][1]
        return Counted(count, Measure(cue.label.partition(".")[2]), cue, priced[0][0][0])
    return Counted(count, Measure.OTHER, None, _LIMIT + 1)


def category(trigger: Mention) -> str:
    """The PLOVER category of a word for an event."""
    try:
        return kind_of(trigger).event
    except PluginError:
        return trigger.label


def _owner(ctx: Context, reading: Counted) -> Mention | None:
    """The trigger a figure belongs to, None if none fits."""
    triggers = _near(ctx.mentions(MentionKind.TRIGGER), reading.cue or reading.count)
    if reading.cue is None:
        near = sorted(((_words(ctx, reading.count, t), t.start, t) for t in triggers), key=lambda n: n[:2])
        if near and near[0][0] <= _BESIDE and not _parted(ctx, reading.count, near[0][2]):
            return near[0][2]
        return None
    cue, fits = reading.cue, FITS[reading.measure]
    best: tuple[int, int, Mention] | None = None
    for t in triggers:
        touching = t.start < cue.end and cue.start < t.end
        event = category(t)
        if not touching and event not in fits:
            continue
        cost = 0 if touching else 1 + _words(ctx, cue, t) + 3 * (event != fits[0])
        if best and cost > best[0]:
            continue
        cost += 4 * (not touching and _parted(ctx, cue, t))
        if best is None or (cost, t.start) < best[:2]:
            best = (cost, t.start, t)
    return best[2] if best else None


def _near(mentions: Sequence[Mention], m: Mention) -> Sequence[Mention]:
    """The nearest of some mentions on either side, so that an endless sentence is no endless work."""
    at = bisect_left(mentions, m.start, key=lambda x: x.start)
    return mentions[max(0, at - _MANY) : at + _MANY]


def _words(ctx: Context, a: Mention, b: Mention) -> int:
    return ctx.words(*_gap(a, b))


def _parted(ctx: Context, a: Mention, b: Mention) -> bool:
    """Whether a clause mark stands between two mentions."""
    lo, hi = _gap(a, b)
    if any(t.text in ",;:" for t in ctx.between(lo, hi)):
        return True
    return any(m.label in _PARTING for m in _inside(ctx.mentions(MentionKind.CUE), lo, hi))


def role_of(ctx: Context, count: Mention, whom: str) -> str | None:
    """What part of a larger figure a count is: whom it breaks down, or an earlier toll; None if it is whole."""
    before = [m for m in ctx.mentions(MentionKind.CUE) if m.end <= count.start and _words(ctx, m, count) <= 2]
    if any(m.label == "figure.earlier" for m in before) or _risen(ctx, count) or _of_earlier(ctx, count):
        return EARLIER
    member = (m for m in ctx.mentions(MentionKind.CUE) if m.label == "figure.member" and m.start >= count.end)
    if any(_words(ctx, count, m) <= _MEMBER_REACH and not _parted(ctx, count, m) for m in member):
        return whom or "part"
    another = any(c.end <= count.start for c in ctx.mentions(MentionKind.COUNT))
    if any(m.label == "figure.member" or (another and m.label == "figure.breakdown") for m in before):
        return whom or "part"
    return (whom or "part") if another and _of_them(ctx, count) else None


def _of_them(ctx: Context, count: Mention) -> bool:
    """Whether a count is named as some of those before, without a word of what befell them: "30 of them children".

    "One of them" points at one of them and counts none.
    """
    if count.norm.startswith("1:1:"):
        return False
    cues = [m for m in ctx.mentions(MentionKind.CUE) if m.start >= count.end]
    of = next((m for m in cues if m.label == "figure.breakdown" and _words(ctx, count, m) == 0), None)
    if of is None or ctx.between(of.start, of.end)[0].lower not in little("of_by_for"):
        return False
    return not any(m.label.startswith("measure.") and _words(ctx, of, m) <= _MEMBER_REACH for m in cues)


def _of_earlier(ctx: Context, count: Mention) -> bool:
    """Whether a count is of an earlier toll, with its day between: "an earlier toll on Sunday of 9"."""
    before = ctx.between(ctx.sentence.start, count.start)
    if not before or before[-1].lower not in little("of_by_for"):
        return False
    earlier = (m for m in ctx.mentions(MentionKind.CUE) if m.label == "figure.earlier" and m.end <= count.start)
    return any(_words(ctx, m, count) <= _RISE and not _parted(ctx, m, count) for m in earlier)


def _risen(ctx: Context, count: Mention) -> bool:
    """Whether a count is where a rise began: "rose from 30 to 42", "rose to 42 from 30"."""
    before = ctx.between(ctx.sentence.start, count.start)
    if not before or before[-1].lower not in little("from"):
        return False
    return any(
        m.label == "figure.rise" and m.end <= count.start and _words(ctx, m, count) <= _RISE
        for m in ctx.mentions(MentionKind.CUE)
    )


def _number(text: str) -> int | None:
    return int(text) if text else None


def figure_of(ctx: Context, reading: Counted) -> Figure | None:
    """The figure of a count; None for "no one" of whom nothing is said."""
    low, high, hedge, whom = [*reading.count.norm.split(":", 3), "", "", ""][:4]
    if reading.count.label == "none" and reading.cue is None:
        return None
    span = ctx.span(reading.count.start, reading.count.end)
    spans = (span,)
    why = f"“{span.quote}” stands beside the event"
    if reading.cue is not None:
        cue = ctx.span(reading.cue.start, reading.cue.end)
        why = f"“{span.quote}” is counted by “{cue.quote}”"
    return Figure(
        measure=reading.measure,
        min=_number(low),
        max=_number(high),
        qualifier=Qualifier(hedge),
        whom=whom or None,
        of=role_of(ctx, reading.count, whom),
        spans=spans,
        rule=f"figures.{reading.measure.value}.v1",
        why=(why,),
    )


def figures_of(ctx: Context, trigger: Mention, others: tuple[Mention, ...]) -> tuple[Figure, ...]:
    """The figures of the event whose head is `trigger`; `others` are the triggers of the sentence's other events."""
    foreign = {(t.start, t.end) for t in others}
    return tuple(f for owner, f in ctx.once(_owned, ctx) if (owner.start, owner.end) not in foreign)


def _owned(ctx: Context) -> list[tuple[Mention, Figure]]:
    """The figures of a sentence, each with the trigger it belongs to."""
    owned = ((_owner(ctx, reading), reading) for reading in counted(ctx))
    return [(owner, made) for owner, reading in owned if owner and (made := figure_of(ctx, reading))]


def counted(ctx: Context) -> list[Counted]:
    """The counts of a sentence worth keeping; a measure that no event of the sentence can have is "other"."""
    out: list[Counted] = []
    for reading in ctx.once(measured, ctx):
        if reading.cue is not None and _owner(ctx, reading) is None:
            reading = Counted(reading.count, Measure.OTHER, None)
        if reading.cue is not None or _countable(reading.count):
            out.append(reading)
    return out


def measured(ctx: Context) -> list[Counted]:
    """The counts of a sentence with their measures; a part or an earlier toll takes the measure of what it is of.

    The numbers of a date, of somebody's children, and how long somebody is to be held, count nobody here.
    """
    out: list[Counted] = []
    dates = ctx.mentions(MentionKind.DATE)
    counts = [c for c in ctx.mentions(MentionKind.COUNT) if not any(_within(c, d.start, d.end) for d in dates)]
    counts = [c for c in counts if c.label != TERM and not of_parent(ctx, c.start)]
    for reading in _coordinated(ctx, [_reading(ctx, c) for c in counts]):
        if whole := _whole(ctx, reading, out):
            reading = replace(whole, count=reading.count)
        out.append(reading)
    return out


def of_parent(ctx: Context, start: int) -> bool:
    """Whether the number at an offset is that of somebody's children: "a father of three"."""
    before = ctx.between(ctx.sentence.start, start)[-2:]
    return len(before) == 2 and before[0].lower in little("parents") and before[1].lower in little("of_by_for")


def _whole(ctx: Context, reading: Counted, before: list[Counted]) -> Counted | None:
    """What a count is a part of, or an earlier count of; None if it is neither."""
    last = next((r for r in reversed(before) if r.cue is not None), None)
    if last is None:
        return None
    role = role_of(ctx, reading.count, "part")
    if reading.cue and reading.cue is not last.cue and _rests(ctx, reading.count, reading.cue):
        return None
    if role == EARLIER:
        return last if reading.cue is None else None
    return last if role == "part" and before[-1] is last else None


def _coordinated(ctx: Context, readings: list[Counted]) -> list[Counted]:
    """Counts listed side by side ("three soldiers, two boys and a nurse") share the measure that one of them has."""
    out = list(readings)
    pairs = [(i, i + 1) for i, (a, b) in enumerate(pairwise(readings)) if _side_by_side(ctx, a.count, b.count)]
    for i, j in (*pairs, *reversed(pairs)):
        near, far = sorted((i, j), key=lambda k: out[k].cost)
        if out[far].cue in (None, out[near].cue):
            out[far] = replace(out[near], count=out[far].count)
    return out


def _side_by_side(ctx: Context, a: Mention, b: Mention) -> bool:
    """Whether two counts of people stand next to each other in a list."""
    if {a.label, b.label} & {"none", "things"}:
        return False
    cues = ctx.mentions(MentionKind.CUE)
    if any(m.label.startswith("measure.") and _within(m, a.end, b.start) for m in cues):
        return False
    if any(m.label == "figure.breakdown" and not ctx.between(b.end, m.start) for m in cues if m.start >= b.end):
        return False  # "several gunmen, two of whom were killed"
    listed = 0 if a.label == "person" else len(_whom(a).split())
    return _words(ctx, a, b) - listed <= 1


def _countable(count: Mention) -> bool:
    """Whether a count without a measure is worth keeping: a number of people or things, not "a man"."""
    if count.label == "things":
        return f":{Qualifier.VAGUE.value}:" not in count.norm
    return count.label == "people"
