"""How many: what a figure measures, which event it belongs to, and which numbers are none of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from dateline.labels import Measure, Qualifier
from dateline.language.base import Annotation, Mention, MentionKind
from dateline.records import Figure, Report, Span, Statement
from dateline.statements.context import context_of, touches
from dateline.statements.figures import EARLIER, FITS, Counted, measured, of_parent, price, role_of
from dateline.statements.rulebook.base import Line, ReportRule, SentenceRule, changed, told
from dateline.statements.scene import groups, little

MEASURE, DOER, NOBODY, DYING, HIT = (f"figures.{x}.v1" for x in ("measure", "doer", "nobody", "dying", "hit"))
PARENT, OF_MANY = (f"figures.{x}.v1" for x in ("parent", "of_many"))
EARLIER_TOLL, ONCE, THING = (f"figures.{x}.v1" for x in ("earlier", "once", "thing"))
_THINGS = frozenset({"thing:settlement", "thing:vehicle"})
"""Labels of ACTOR mentions that are no people and hold none that a number may be meant for."""
_BESIDE = 3
"""Cost (see statements.figures) up to which a cue stands right beside its count."""
_HALF = 0.7
"""Probability below which the model needs a word for dying to count the dead."""
_BEFALLS = frozenset({Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED, Measure.DETAINED, Measure.ABDUCTED})
"""What nobody does by themselves, other than to flee or to surrender."""
_HELD = frozenset({Measure.DETAINED, Measure.ABDUCTED})
"""Who holds a captive decides between these, and no word beside the number."""


def _known(line: Line) -> dict[tuple[int, int], Counted]:
    return {(c.count.start, c.count.end): c for c in line.ctx.once(measured, line.ctx)}


def _count(line: Line, f: Figure) -> Mention | None:
    """The count a figure was read from."""
    at = (f.spans[0].start, f.spans[0].end)
    return next((m for m in line.ctx.mentions(MentionKind.COUNT) if (m.start, m.end) == at), None)


def _measure(line: Line, s: Statement) -> Statement:
    """With the measure of the word right beside the count."""
    known = _known(line)
    held = (_measured(line, s, f, known.get((f.spans[0].start, f.spans[0].end))) for f in s.figures)
    return changed(s, figures=tuple(held))


def _measured(line: Line, s: Statement, figure: Figure, found: Counted | None) -> Figure:
    if found is None or found.cue is None or found.measure is figure.measure:
        return figure
    if found.cost > _BESIDE and not _is_toll(found, figure):
        return figure
    if s.event.code not in FITS[found.measure] or found.count.label == "things":
        return figure
    if found.measure in _HELD and figure.measure in _HELD:
        return figure
    if found.cue.norm != "passive" and _says(line, s, figure.measure):
        return figure  # "two hostages were killed": the event's own word says more than a noun or an adjective
    cue = line.ctx.span(found.cue.start, found.cue.end).quote
    why = f"“{figure.spans[0].quote}” is counted by “{cue}” right beside it"
    return told(replace(figure, measure=found.measure), MEASURE, why)


def _is_toll(found: Counted, figure: Figure) -> bool:
    """Whether a number by itself, of which the model knows no measure, is that of a toll in its clause."""
    noun = found.cue is not None and found.cue.norm == "noun"
    return noun and found.count.label == "bare" and figure.measure is Measure.OTHER


def _says(line: Line, s: Statement, measure: Measure) -> bool:
    """Whether the event's own words are a word for a measure ("killed")."""
    label = f"measure.{measure.value}"
    return any(m.label == label and _at(s, m) for m in line.ctx.mentions(MentionKind.CUE))


def _thing(line: Line, s: Statement) -> Statement:
    """With the number of towns and vehicles as one of things."""
    return changed(s, figures=tuple(_of_things(line, f) for f in s.figures))


def _of_things(line: Line, f: Figure) -> Figure:
    if f.measure not in _BEFALLS:
        return f
    span = f.spans[0]
    end = span.end + len(f" {f.whom}" if f.whom and not span.quote.endswith(f.whom) else "")
    known = [m for m in line.ctx.mentions(MentionKind.ACTOR) if span.start < m.end <= end < m.end + 2]
    if not known or not all(m.label in _THINGS for m in known):
        return f
    return told(replace(f, measure=Measure.OTHER), THING, f"“{span.quote}” counts no people")


def _doer(line: Line, s: Statement) -> Statement:
    """Without the number of those who did it or who say so."""
    doers, speakers, targets = ([x for v in held for x in v.spans] for held in (s.actors, s.sources, s.targets))

    def acts(f: Figure) -> bool:
        span = f.spans[0]
        if f.measure not in _BEFALLS or any(x.overlaps(span) for x in targets):
            return False
        return any(x.overlaps(span) for x in speakers) or (bool(targets) and any(x.overlaps(span) for x in doers))

    return changed(s, figures=tuple(f for f in s.figures if not acts(f)))


def _nobody(line: Line, s: Statement) -> Statement:
    """Without "no one" of whom the sentence does not say what did not befall them."""
    known = _known(line)

    def idle(f: Figure) -> bool:
        if f.max != 0:
            return False
        found = known.get((f.spans[0].start, f.spans[0].end))
        return found is None or found.cue is None

    return changed(s, figures=tuple(f for f in s.figures if not idle(f)))


def _dying(line: Line, s: Statement) -> Statement:
    """With the dead of a sentence that has no word for dying as killed or injured; without those that the model half
    believes in."""
    if any(m.label == f"measure.{Measure.KILLED.value}" for m in line.ctx.mentions(MentionKind.CUE)):
        return s
    made = (_may_live(f, f"nobody is said to have died: “{f.spans[0].quote}”") for f in s.figures)
    return changed(s, figures=tuple(f for f in made if f))


def _may_live(f: Figure, why: str) -> Figure | None:
    if f.measure is not Measure.KILLED:
        return f
    if f.confidence is not None and f.confidence < _HALF:
        return None
    return told(replace(f, measure=Measure.KILLED_OR_INJURED), DYING, why)


def _parent(line: Line, s: Statement) -> Statement:
    """Without the number of somebody's children."""
    return changed(s, figures=tuple(f for f in s.figures if not of_parent(line.ctx, f.spans[0].start)))


def _hit(line: Line, s: Statement) -> Statement:
    """With those shot as killed or injured where no word for dying counts them."""
    dead = [m for m in line.ctx.mentions(MentionKind.CUE) if m.label == f"measure.{Measure.KILLED.value}"]
    said = (t for t in s.trigger if not any(touches(t, m) for m in dead))
    hits = [t for t in said if any(w in little("hit") for w in line.words(t))]
    if not hits or any(w in little("downed") for t in hits for w in line.cut(line.first(t), line.after(t) + 1)):
        return s

    def may_live(f: Figure) -> bool:
        count = _count(line, f)
        return f.measure is Measure.KILLED and count is not None and price(line.ctx, count, f.measure) is None

    why = f"“{s.trigger[0].quote}” does not say who died"
    made = (
        told(replace(f, measure=Measure.KILLED_OR_INJURED), HIT, f"{why}: “{f.spans[0].quote}”") if may_live(f) else f
        for f in s.figures
    )
    return changed(s, figures=tuple(made))


def _of_many(line: Line, s: Statement) -> Statement:
    """With how many a "triple murder" is of."""
    if s.event.code != "ASSAULT" or any(f.measure is Measure.KILLED for f in s.figures):
        return s
    return changed(s, figures=(*s.figures, *(f for t in s.trigger for f in _killed_in(line, t))))


def _killed_in(line: Line, t: Span) -> Iterator[Figure]:
    """The number before each word for a killing of a trigger."""
    sizes = groups("of_many")
    for i in range(max(1, line.first(t)), line.after(t)):
        size = line.tokens[i - 1].lower
        if line.tokens[i].lower in little("killings") and size in sizes:
            span, n = line.span(i - 1, i), int(sizes[size])
            why = f"“{span.quote} {line.tokens[i].text}” is of {n}"
            yield Figure(
                measure=Measure.KILLED,
                min=n,
                max=n,
                qualifier=Qualifier.EXACT,
                spans=(span,),
                rule=OF_MANY,
                why=(why,),
            )


def _earlier(line: Line, s: Statement) -> Statement:
    """With an earlier toll marked as one."""
    return changed(s, figures=tuple(_marked(line, f) for f in s.figures))


def _marked(line: Line, f: Figure) -> Figure:
    count = _count(line, f)
    if f.of == EARLIER or count is None or role_of(line.ctx, count, "") != EARLIER:
        return f
    why = f"the words before “{f.spans[0].quote}” say it is an earlier count"
    return told(replace(f, of=EARLIER), EARLIER_TOLL, why)


def _at(s: Statement, word: Mention) -> bool:
    return any(t.start < word.end and word.start < t.end for t in s.trigger)


def _line(report: Report, annotation: Annotation, s: Statement) -> Line:
    """The sentence of a statement."""
    at = bisect_right(annotation.sentences, s.trigger[0].start, key=lambda x: x.start) - 1
    return Line(context_of(report, annotation, annotation.sentences[at]))


def _once(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """With each count, as one measure, at one event of its sentence."""
    rivals: dict[tuple[int, Measure], list[tuple[Statement, Figure]]] = {}
    for s in statements:
        for f in s.figures:
            rivals.setdefault((f.spans[0].start, f.measure), []).append((s, f))
    best: dict[tuple[int, Measure], str] = {}
    for key, held in rivals.items():
        if len(held) > 1:
            known = _known(_line(report, annotation, held[0][0]))
            best[key] = min(held, key=partial(_claim, known))[0].id

    def own(s: Statement) -> tuple[Figure, ...]:
        return tuple(f for f in s.figures if best.get((f.spans[0].start, f.measure), s.id) == s.id)

    return [changed(s, figures=own(s)) for s in statements]


def _claim(
    known: Mapping[tuple[int, int], Counted], held: tuple[Statement, Figure]
) -> tuple[bool, bool, bool, float, float, str]:
    """How good the claim of a statement to a figure is, the least the best.

    Its own words count the figure; it is told before a clause that only adds the outcome (", killing nine and …").
    """
    s, f = held
    span, trigger = f.spans[0], s.trigger[0]
    found = known.get((span.start, span.end))
    cue = found.cue if found else None
    named = cue is not None and _at(s, cue)
    added = cue is not None and cue.end <= span.start and trigger.start > span.start
    unfit = f.measure in FITS and s.event.code not in FITS[f.measure]
    far = abs(trigger.start - span.start)
    sure = -(f.confidence or 0.0)
    return (not named, unfit, added, *((far, sure) if f.measure is Measure.OTHER else (sure, far)), s.id)


RULES = (
    SentenceRule(
        MEASURE,
        "The word right beside a number says what it counts.",
        "UCDP and casualty recorders: a count is of what its own verb says.",
        _measure,
    ),
    SentenceRule(
        THING,
        "Towns and vehicles are neither killed nor wounded nor held.",
        "Annotation guidelines §5, figures: numbers of missiles, vehicles and the like are “other”.",
        _thing,
    ),
    SentenceRule(
        DOER,
        "The number of those who did it, or who say so, is no number of victims.",
        "Annotation guidelines §2: figures are casualties and other numbers of those the event befell.",
        _doer,
    ),
    SentenceRule(
        NOBODY,
        "“No one” counts nobody unless the sentence says what befell no one.",
        "Annotation guidelines §2: “no casualties” is a figure of nought.",
        _nobody,
    ),
    SentenceRule(
        DYING,
        "Where a sentence has no word for dying, those struck are killed or injured, and those only there not counted.",
        "Casualty recorders: only those said to have died are counted dead.",
        _dying,
    ),
    SentenceRule(
        PARENT,
        "“A father of three” is one person: how many children somebody has counts no victims.",
        "Annotation guidelines §2: figures are casualties and other numbers of those the event befell.",
        _parent,
    ),
    SentenceRule(
        HIT,
        "Who was shot may have lived: without a word for dying they are killed or injured.",
        "Casualty recorders: only those said to have died are counted dead.",
        _hit,
    ),
    SentenceRule(
        OF_MANY,
        "A “triple murder” is one of three people.",
        "Annotation guidelines §2: a figure is the number of those the event befell, in whatever words.",
        _of_many,
    ),
    SentenceRule(
        EARLIER_TOLL,
        "A count named as earlier, or that rose to another, is the earlier toll.",
        "Annotation guidelines §5: an earlier toll mentioned for comparison is marked so.",
        _earlier,
    ),
)
REPORT_RULES = (
    ReportRule(
        ONCE,
        "The same people are counted once: a number belongs to one event of its sentence.",
        "Annotation guidelines §1: casualties are figures of the event that caused them.",
        _once,
    ),
)
