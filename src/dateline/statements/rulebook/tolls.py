"""Which event of a sentence a number belongs to, and the numbers the model passed over."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.labels import Measure
from dateline.language.base import Annotation, Mention, MentionKind
from dateline.records import Figure, Report, Statement
from dateline.statements.context import SILENT, Context, context_of, touches
from dateline.statements.figures import FITS, TERM, Counted, figure_of, measured, object_behind, price
from dateline.statements.rulebook.base import ReportRule, changed, told
from dateline.statements.scene import little

OWN_WORD, PASSED_OVER, TERMS, TWICE = (f"figures.{x}.v1" for x in ("own_word", "passed_over", "term", "twice"))
_PLAIN = 5
"""Cost (see statements.figures) up to which it is plain what a number counts."""
_AND = 10
"""How many words "and" is worth between the two."""
_NEAR = 12
"""Most words between a word for what befell people and the event that brought it about."""


@dataclass(frozen=True, slots=True)
class Group:
    """The statements of one sentence."""

    ctx: Context
    statements: tuple[Statement, ...]

    def naming(self, word: Mention) -> list[Statement]:
        """The statements of which a word is the trigger, or a part of it."""
        return [s for s in self.statements if any(touches(t, word) for t in s.trigger)]

    def holding(self, count: Mention) -> list[Statement]:
        """The statements with a figure made of the words of a count."""
        return [s for s in self.statements if any(_is_of(f, count) for f in s.figures)]


def _is_of(f: Figure, count: Mention) -> bool:
    return any(touches(x, count) for x in f.spans)


def groups(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Iterator[Group]:
    """The sentences that count something, each with its statements, in text order."""
    held: dict[int, list[Statement]] = {}
    for s in statements:
        at = bisect_right(annotation.sentences, s.trigger[0].start, key=lambda x: x.start) - 1
        held.setdefault(at, []).append(s)
    for at, sentence in enumerate(annotation.sentences):
        if sentence.kind not in SILENT and annotation.mentions_of(sentence, MentionKind.COUNT):
            yield Group(context_of(report, annotation, sentence), tuple(held.get(at, ())))


def with_figures(statements: Sequence[Statement], more: Mapping[str, Sequence[Figure]]) -> list[Statement]:
    """The statements with the figures added to them (by id), in text order."""

    def grown(s: Statement) -> Statement:
        return changed(s, figures=tuple(sorted((*s.figures, *more[s.id]), key=lambda f: f.spans[0].start)))

    return [grown(s) if s.id in more else s for s in statements]


def _passed_over(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """With the numbers whose own word says what they count, where no event has them."""
    more: dict[str, list[Figure]] = {}
    for group in groups(report, annotation, statements):
        for reading in group.ctx.once(measured, group.ctx):
            if reading.cue is None or group.holding(reading.count) or not is_plain(group, reading):
                continue
            owner, made = owner_of(group, reading), figure_of(group.ctx, reading)
            if owner and made:
                why = f"“{owner.trigger[0].quote}” is the event that its words tell of"
                more.setdefault(owner.id, []).append(told(made, PASSED_OVER, why))
    return with_figures(statements, more)


def _terms(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """With how long somebody is to be held, at the sentencing."""
    more: dict[str, list[Figure]] = {}
    for group in groups(report, annotation, statements):
        for count in group.ctx.mentions(MentionKind.COUNT):
            given = [s for s in group.statements if s.event.code == "SANCTION" and s.trigger[0].start < count.start]
            made = figure_of(group.ctx, Counted(count, Measure.OTHER, None)) if count.label == TERM else None
            if made and given and not group.holding(count):
                why = f"“{given[-1].trigger[0].quote}” says for how long"
                more.setdefault(given[-1].id, []).append(told(made, TERMS, why))
    return with_figures(statements, more)


def is_plain(group: Group, reading: Counted) -> bool:
    """Whether it is plain that these are the people counted: "a man" may well be the one who did it or says so."""
    ctx, count, cue = group.ctx, reading.count, reading.cue
    if cue is None or reading.cost > _PLAIN or (count.label == "things" and not _is_toll(reading)):
        return False
    made = figure_of(ctx, reading)
    if made is None or any(x.overlaps(made.spans[0]) for s in group.statements for v in s.sources for x in v.spans):
        return False
    another = made.whom is None and cue.norm == "active" and reading.cost == 0
    if count.label != "person" or made.of is not None or another:
        return True
    return cue.norm == "passive" and count.end <= cue.start and not _said(ctx, count, cue)


def _is_toll(reading: Counted) -> bool:
    """Whether what is counted is the word for what befell them: "nine deaths"."""
    return reading.cue is not None and reading.cue.norm == "noun" and reading.cost <= 2


def _said(ctx: Context, a: Mention, b: Mention) -> bool:
    """Whether a word for an event, for saying, or another count stands between two mentions."""
    kinds = (MentionKind.TRIGGER, MentionKind.SAYING, MentionKind.COUNT)
    return any(a.end <= m.start and m.end <= b.start for kind in kinds for m in ctx.mentions(kind))


def owner_of(group: Group, reading: Counted) -> Statement | None:
    """The statement whose own words count them, or the nearest of its clause that can have such a figure."""
    if reading.cue is None:
        return None
    named = group.naming(reading.cue)
    return named[0] if named else _nearest(group, reading.cue, reading.measure)


def _nearest(group: Group, cue: Mention, measure: Measure) -> Statement | None:
    """The nearest statement of the clause of a word that can have such a figure and has no such word of its own."""
    own = [m for m in group.ctx.mentions(MentionKind.CUE) if m.label == cue.label]
    counting = {s.id for m in own for s in group.naming(m)}
    near = []
    for s in group.statements:
        t = s.trigger[0]
        lo, hi = (cue.end, t.start) if cue.start <= t.start else (t.end, cue.start)
        gap = group.ctx.words(lo, hi)
        if s.id in counting or s.event.code not in FITS[measure] or gap > _NEAR or apart(group.ctx, lo, hi):
            continue
        near.append((FITS[measure].index(s.event.code), gap + _AND * _listed(group.ctx, lo, hi), t.start, s))
    return min(near, key=lambda n: n[:3])[3] if near else None


def _listed(ctx: Context, lo: int, hi: int) -> bool:
    """Whether "and" stands between two offsets: it adds another event more often than an outcome."""
    marks = (m for m in ctx.mentions(MentionKind.CUE) if m.label == "boundary.and")
    return any(lo <= m.start and m.end <= hi for m in marks)


def apart(ctx: Context, lo: int, hi: int) -> bool:
    """Whether another clause, or another speaker, begins between two offsets."""
    if any(t.text in ";:" for t in ctx.between(lo, hi)):
        return True
    marks = (m for m in ctx.mentions(MentionKind.CUE) if m.label == "boundary.strong")
    return any(lo <= m.start and m.end <= hi for m in (*marks, *ctx.mentions(MentionKind.SAYING)))


@dataclass(frozen=True, slots=True)
class Stray:
    """A figure at a wrong event of its sentence; `to` is None where the right one has it already."""

    figure: Figure
    at: Statement
    to: Statement | None
    reading: Counted


def _own_word(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """With each number at the event whose own word counts it."""
    lost: dict[str, list[Figure]] = {}
    more: dict[str, list[Figure]] = {}
    for group in groups(report, annotation, statements):
        for stray in _strays(group):
            lost.setdefault(stray.at.id, []).append(stray.figure)
            if stray.to is not None:
                more.setdefault(stray.to.id, []).append(_moved(group.ctx, stray))
    kept = [changed(s, figures=tuple(f for f in s.figures if f not in lost.get(s.id, ()))) for s in statements]
    return with_figures(kept, more)


def _moved(ctx: Context, stray: Stray) -> Figure:
    cue = stray.reading.cue or stray.reading.count
    why = f"“{ctx.span(cue.start, cue.end).quote}” says what befell them, and of which event"
    return told(replace(stray.figure, measure=stray.reading.measure), OWN_WORD, why)


def _strays(group: Group) -> Iterator[Stray]:
    for reading in group.ctx.once(measured, group.ctx):
        cue = reading.cue
        if cue is None or reading.cost > _PLAIN:
            continue
        named = group.naming(cue)
        for s in group.holding(reading.count):
            fits = s.event.code in FITS[reading.measure]
            to = named[0] if len(named) == 1 else None if fits else _nearest(group, cue, reading.measure)
            if to is None or to is s:
                continue
            has = any(_is_of(f, reading.count) and f.measure is reading.measure for f in to.figures)
            alike = (f for f in s.figures if _is_of(f, reading.count) and _is_read(group.ctx, s, f, reading))
            yield from (Stray(f, s, None if has else to, reading) for f in alike)


def _is_read(ctx: Context, s: Statement, f: Figure, reading: Counted) -> bool:
    """Whether a figure is what a count was read as, or of another measure whose own word cannot count it.

    A word too far before it cannot, nor a verb behind it that has an object of its own.
    """
    if f.measure is reading.measure:
        return True
    if f.measure is Measure.OTHER:
        return False
    if s.trigger[0].start < reading.count.start:
        return price(ctx, reading.count, f.measure) is None
    own = (m for m in ctx.mentions(MentionKind.CUE) if m.label == f"measure.{f.measure.value}")
    return any(_has_its_own(ctx, reading, m) for m in own if touches(s.trigger[0], m))


def _has_its_own(ctx: Context, reading: Counted, word: Mention) -> bool:
    """Whether a word behind a count tells of others: a verb with an object, or one in a later clause."""
    if word.norm != "passive":
        return object_behind(ctx, word)
    object_of_verb = reading.cue is not None and reading.cue.end <= reading.count.start
    return object_of_verb and any(t.lower in little("boundary") for t in ctx.between(reading.count.end, word.start))


def _twice(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """With a number that two words of one sentence count for one event once."""
    cues: dict[int, Mention | None] = {}
    for group in groups(report, annotation, statements):
        cues.update((r.count.start, r.cue) for r in group.ctx.once(measured, group.ctx))

    def once(s: Statement) -> tuple[Figure, ...]:
        seen: dict[tuple[Measure, int | None, int | None], Mention] = {}
        kept = []
        for f in s.figures:
            cue = cues.get(f.spans[0].start)
            if f.of is not None or cue is None or seen.setdefault((f.measure, f.min, f.max), cue) == cue:
                kept.append(f)
        return tuple(kept)

    return [changed(s, figures=once(s)) for s in statements]


RULES = (
    ReportRule(
        PASSED_OVER,
        "A number whose own verb says what befell people is a figure of the event told there.",
        "Annotation guidelines §1: casualties are figures of the event that caused them.",
        _passed_over,
    ),
    ReportRule(
        TERMS,
        "How long somebody is to be held is a figure of the sentence passed.",
        "Annotation guidelines §5, figures: numbers of missiles, vehicles, years are “other”.",
        _terms,
    ),
    ReportRule(
        OWN_WORD,
        "A number belongs to the event whose own word counts it.",
        "UCDP and casualty recorders: a count is of what its own verb says.",
        _own_word,
    ),
    ReportRule(
        TWICE,
        "A number told twice of one event in one sentence counts the same people.",
        "Annotation guidelines §1: two words for one happening in a sentence make one statement.",
        _twice,
    ),
)
