"""The model-based extractor: readings in, statements out. Numbers and dates are read by the language's grammars.

Plain decoding: no rule adds, moves or takes away what the model reads, except that a count or a date must be one the
grammars can read, and that a value shows its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from dateline.data import package_digest
from dateline.errors import PluginError
from dateline.labels import Basis, Certainty, Measure, PlaceRole, Qualifier, SourceType
from dateline.language.base import Annotation, Argument, Mention, MentionKind, Reading
from dateline.ontology.tables import categories
from dateline.records import Code, Figure, Party, Place, Report, Source, Span, Statement, Surety, Weapon, When, digest
from dateline.statements.context import SILENT, Context, Extent, context_of
from dateline.statements.events import Happening, kind_of

RULE = "model.{}.v1"


class ModelExtractor:
    """The extractor "model.v1". It needs a language that reads with a model; without readings it finds nothing."""

    name = "model.v1"
    needs_readings = True
    """Settings with a language that has no model are refused before any work."""

    def __init__(self) -> None:
        self.digest = digest(self.name, package_digest("dateline.ontology.data"))

    def extract(self, report: Report, annotation: Annotation) -> tuple[Statement, ...]:
        """Statements in text order, one a reading of which the model is sure."""
        return tuple(s for _, s in drafts(report, annotation, lambda _, r: r.sure))


def drafts(
    report: Report, annotation: Annotation, keep: Callable[[Context, Reading], bool]
) -> Iterator[tuple[Context, Statement]]:
    """The readings kept as statements, each with its sentence, in text order."""
    for index, readings in groupby(annotation.readings, key=lambda r: r.sentence):
        sentence = annotation.sentences[index]
        if sentence.kind not in SILENT:
            ctx = context_of(report, annotation, sentence)
            yield from ((ctx, _statement(ctx, r)) for r in readings if keep(ctx, r))


def _statement(ctx: Context, r: Reading) -> Statement:
    trigger = (ctx.span(r.start, r.end),)
    event, sub, codes = _codes(ctx, r, trigger)
    return Statement(
        report_id=ctx.report.id,
        sentence=ctx.span(ctx.sentence.start, ctx.sentence.end),
        trigger=trigger,
        event=event,
        sub_event=sub,
        codes=codes,
        certainty=_certainty(ctx, r),
        actors=tuple(_party(ctx, a) for a in _of(r, "actor")),
        targets=tuple(_party(ctx, a) for a in _of(r, "target")),
        weapons=tuple(_weapon(ctx, a) for a in _of(r, "weapon")),
        places=tuple(_place(ctx, a) for a in _of(r, "place", "origin")),
        date=_date(ctx, r),
        figures=tuple(_figures(ctx, r)),
        sources=tuple(_sources(ctx, r)),
        passage=ctx.sentence.kind,
    )


def _of(r: Reading, *roles: str) -> list[Argument]:
    return [a for a in r.arguments if a.role in roles and a.sure]


def _why(a: Argument, what: str) -> tuple[str, ...]:
    return (a.why or f"The model reads it as {what} of this event with probability {a.score:.2f}.",)


def _codes(ctx: Context, r: Reading, spans: tuple[Span, ...]) -> tuple[Code, Code | None, tuple[Code, ...]]:
    """Category and sub-event as the model has them; the mode where the lexicon knows the word for this category."""

    def code(scheme: str, value: str, p: float) -> Code:
        why = (f"The model reads “{spans[0].quote}” as {value} with probability {p:.2f}.",)
        return Code(scheme=scheme, code=value, spans=spans, rule=RULE.format("event"), why=why, confidence=p)

    name, p = r.event
    sub = code("acled", r.sub_event[0], r.sub_event[1]) if r.sub_event[0] else None
    mode = next(iter(_modes(ctx, r, name)), None)
    modes: tuple[Code, ...] = ()
    if mode:
        why = (f"“{spans[0].quote}” is a word for the mode {mode}.",)
        modes = (Code(scheme="plover_mode", code=mode, spans=spans, rule="events.mode.v1", why=why),)
    return code("plover", name, p), sub, modes


def _modes(ctx: Context, r: Reading, event: str) -> Iterator[str]:
    for kind in kinds_over(ctx, r):
        if kind.event == event and kind.mode in categories()[event].modes:
            yield kind.mode


def kinds_over(ctx: Context, r: Extent) -> Iterator[Happening]:
    """What the lexicon has for the words of a reading or trigger, the word that shares most with it first."""
    for m in over(ctx.mentions(MentionKind.TRIGGER), r.start, r.end):
        try:
            yield kind_of(m)
        except PluginError:
            continue


def hints_over(ctx: Context, r: Extent) -> list[Mention]:
    """The hints of the lexicon over a reading or trigger, the one that shares most with it first."""
    return over(ctx.mentions(MentionKind.HINT), r.start, r.end)


def over(mentions: Iterable[Mention], start: int, end: int) -> list[Mention]:
    """Mentions that share a character with [start, end), the one that shares most first."""
    held = [m for m in mentions if m.start < end and start < m.end]
    return sorted(held, key=lambda m: (-(min(m.end, end) - max(m.start, start)), m.end - m.start, m.start))


def _certainty(ctx: Context, r: Reading) -> Surety:
    label, p = r.certainty
    why = (f"The model reads it as {label} with probability {p:.2f}.",)
    spans = tuple(ctx.span(a.start, a.end) for a in _of(r, "cue"))
    if label == Certainty.STATED:
        return Surety(label=Certainty.STATED, basis=Basis.DEFAULT, rule=RULE.format("certainty"), why=why, confidence=p)
    return Surety(
        label=Certainty(label),
        spans=spans or (ctx.span(r.start, r.end),),
        rule=RULE.format("certainty"),
        why=why,
        confidence=p,
    )


def _party(ctx: Context, a: Argument) -> Party:
    span = ctx.span(a.start, a.end)
    rule = RULE.format(a.role)
    return Party(name=span.quote, spans=(span,), rule=rule, why=_why(a, f"the {a.role}"), confidence=a.score)


def _weapon(ctx: Context, a: Argument) -> Weapon:
    span = ctx.span(a.start, a.end)
    known = over(ctx.mentions(MentionKind.WEAPON), a.start, a.end)
    return Weapon(
        name=known[0].norm if known else span.quote,
        kind=known[0].label if known else None,
        spans=(span,),
        rule=RULE.format("weapon"),
        why=_why(a, "the weapon"),
        confidence=a.score,
    )


def _place(ctx: Context, a: Argument) -> Place:
    span = ctx.span(a.start, a.end)
    role = PlaceRole.ORIGIN if a.role == "origin" else PlaceRole.EVENT
    return Place(
        name=span.quote,
        role=role,
        spans=(span,),
        basis=Basis.CONTEXT if a.carried else Basis.TEXT,
        rule=RULE.format("place_carried" if a.carried else a.role),
        why=_why(a, f"the {role} place"),
        confidence=a.score,
    )


def _date(ctx: Context, r: Reading) -> When | None:
    """The surest date expression; its bounds are the date resolver's to find."""
    held = sorted(_of(r, "date"), key=lambda a: (-a.score, a.start))
    for a in held:
        near = ctx.annotation.mentions if a.carried else ctx.mentions(MentionKind.DATE)
        for m in over((m for m in near if m.kind is MentionKind.DATE), a.start, a.end):
            span = ctx.span(m.start, m.end)
            return When(
                spans=(span,),
                basis=Basis.CONTEXT if a.carried else Basis.TEXT,
                rule=RULE.format("date_carried" if a.carried else "date"),
                why=_why(a, "the date"),
                confidence=a.score,
            )
    return None


def _number(text: str) -> int | None:
    return int(text) if text else None


def _figures(ctx: Context, r: Reading) -> Iterator[Figure]:
    """Counts the grammar can read inside the spans the model has for figures; each count once."""
    seen: set[int] = set()
    for a in _of(r, "figure"):
        for m in over(ctx.mentions(MentionKind.COUNT), a.start, a.end)[:1]:
            if m.start in seen:
                continue
            seen.add(m.start)
            low, high, hedge, whom = [*m.norm.split(":", 3), "", "", ""][:4]
            yield Figure(
                measure=Measure(a.label),
                min=_number(low),
                max=_number(high),
                qualifier=Qualifier(hedge),
                whom=whom or None,
                of=(whom or "part") if a.part else None,
                spans=(ctx.span(m.start, m.end),),
                rule=RULE.format(f"figure_{a.label}"),
                why=_why(a, f"a figure ({a.label})"),
                confidence=a.score,
            )


def _sources(ctx: Context, r: Reading) -> Iterator[Source]:
    """The chain: who passed it on first, then the original sources in text order."""
    for a in (*_of(r, "via"), *_of(r, "source")):
        span = ctx.span(a.start, a.end)
        yield Source(
            name=span.quote,
            type=SourceType(a.label),
            spans=(span,),
            basis=Basis.CONTEXT if a.carried else Basis.TEXT,
            rule=RULE.format("source_carried" if a.carried else a.role),
            why=_why(a, "the original source" if a.role == "source" else "who passed it on"),
            confidence=a.score,
        )
