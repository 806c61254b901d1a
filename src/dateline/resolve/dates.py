"""The dates of statements: an expression's form to days (`intervals.py`), and days taken from other statements."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dateline.labels import AHEAD, Basis, Certainty, PassageKind
from dateline.language.base import Annotation, Mention, MentionKind
from dateline.language.times import UNITS, Duration, Form, Grammar, Offset, Shift, Window, bare
from dateline.ontology.tables import acled, may_be_one
from dateline.records import Report, Span, Statement, When
from dateline.resolve.days import Interval, Setting
from dateline.resolve.intervals import interval
from dateline.statements.rulebook.general import is_habit

RULE = "dates.resolve.v1"
CARRIED = "dates.carried.v1"
_TIMED = frozenset({MentionKind.DATE, MentionKind.DURATION, MentionKind.SINCE})
_VIOLENCE = "ASSAULT"
_BACK = 100
"""How many dated statements before it a statement's act is looked for."""
_MONTH = 31
_FILED = 7
"""How many days before its publication a report may have been filed."""
_NAMED = 50
"""Characters behind "two days after" within which an act is the one it counts from."""
_BESIDE = 300
"""Characters within which an attack of a stated kind may be the one told before without its kind."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day expressions are counted from (None: unknown), and whether the report was filed or published on it."""

    day: date | None
    what: str


class DateResolver:
    """Gives the dates of statements their bounds. `grammar` reads the norms of DATE mentions."""

    name = RULE

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar

    def resolve(
        self, report: Report, annotation: Annotation, statements: tuple[Statement, ...]
    ) -> tuple[Statement, ...]:
        """The statements with `earliest`, `latest`, `anchor` and `why` set where their expression allows it."""
        timed = [m for m in annotation.mentions if m.kind in _TIMED]
        mentions = {(m.start, m.end): m for m in timed}
        starts = [m.start for m in timed if m.kind is MentionKind.DATE]
        anchor = self._anchor(report, annotation)
        dated: list[Statement] = []
        out: list[Statement] = []
        context: date | None = None
        month: date | None = None
        known: dict[Span, When] = {}
        held: dict[tuple[Span, bool, bool], Interval] = {}
        for s in _of_its_country(statements):
            when = s.date
            mention = mentions.get((when.spans[0].start, when.spans[0].end)) if when and when.spans else None
            if when and when.basis is Basis.CONTEXT and when.spans[0] in known:
                s = replace(s, date=_lent(when, known[when.spans[0]]))
            elif when and mention:
                ahead = s.certainty.label is Certainty.PLANNED
                behind, done = self._is_named(report.text, mention, s), s.certainty.label not in AHEAD
                setting = Setting(anchor.day, self._spoken(mention, context, month), ahead, behind, done=done)
                found = held.setdefault((when.spans[0], behind, done), self._interval(mention, setting))
                when = _bounded(when, found, anchor)
                known.setdefault(when.spans[0], when)
                s = replace(s, date=when)
            elif when is None and not _between(starts, s.sentence) and not is_habit(report, annotation, s):
                s = replace(s, date=_carried(s, reversed(dated[-_BACK:])))
            if s.date and s.date.earliest and s.date.earliest == s.date.latest and s.certainty.label not in AHEAD:
                context = s.date.earliest
            month = _month_of(s) or month
            out.append(s)
            if s.date and s.date.earliest and s.date.basis is not Basis.CONTEXT:
                dated.append(s)
        told = [self._counted_from(s, report.text, mentions, out) for s in out]
        return tuple(_headed(s, told) for s in told)

    def _spoken(self, mention: Mention, day: date | None, month: date | None) -> date | None:
        """What an expression may count from: the last day told of, or where it counts larger units the last month."""
        form = bare(self.grammar.parse(mention.norm))
        return month if isinstance(form, Shift) and form.unit != "day" else day

    def _anchor(self, report: Report, annotation: Annotation) -> Anchor:
        """The day the dateline says the report was filed, if it stands shortly before the day of publication or gives
        its year where that is unknown; else the day of publication."""
        for m in annotation.mentions:
            if m.kind is not MentionKind.FILING or m.label != "date":
                continue
            found = interval(self.grammar.parse(m.norm), Setting(report.published))
            if found.earliest is None or found.earliest != found.latest:
                continue
            published = report.published
            if not found.anchored if published is None else 0 <= (published - found.earliest).days <= _FILED:
                return Anchor(found.earliest, "filed")
        return Anchor(report.published, "published")

    def _is_named(self, text: str, mention: Mention, s: Statement) -> bool:
        """Whether the act is what "two days after" counts from, and its day can be told from the words: where they
        begin the sentence, it was told before."""
        opens = mention.start - s.sentence.start <= 1
        known = not opens or isinstance(bare(self.grammar.parse(mention.norm)), Offset)
        return known and _is_behind(text, mention, s)

    def _counted_from(
        self, s: Statement, text: str, mentions: Mapping[tuple[int, int], Mention], others: Sequence[Statement]
    ) -> Statement:
        """ "Two days after the raid", once the day of the raid is known: the act that the words behind name."""
        when = s.date
        if when is None or when.earliest or when.latest or not when.spans or when.basis is Basis.CONTEXT:
            return s
        mention = mentions.get((when.spans[0].start, when.spans[0].end))
        form = bare(self.grammar.parse(mention.norm)) if mention else None
        if mention is None or not isinstance(form, Shift) or not form.onward:
            return s
        if _is_behind(text, mention, s):
            before = _told_before(s, others)
            return replace(s, date=_carried_from(before)) if before else s
        named = next((o for o in others if 0 < o.trigger[0].start - mention.end <= _NAMED and o.id != s.id), None)
        dated = named if _exact(named) else _told_before(named, others) if named else None
        day = _exact(dated)
        if dated is None or day is None:
            return s
        found = interval(replace(form, onward=False), Setting(day, day))
        why = f"“{when.spans[0].quote}” is counted from “{dated.trigger[0].quote}”, which was on {day}"
        return replace(s, date=replace(when, earliest=found.earliest, latest=found.latest, why=(*when.why[:-1], why)))

    def _interval(self, mention: Mention, setting: Setting) -> Interval:
        """The days of an expression."""
        form = self.grammar.parse(mention.norm)
        return interval(_stretch(form) if isinstance(form, Duration) else form, setting)


def _bounded(when: When, found: Interval, anchor: Anchor) -> When:
    """A date with the days of its expression, and why they are these."""
    quote = when.spans[0].quote
    if not found.known:
        return replace(when, why=(*when.why, f"“{quote}” stays without bounds: {found.why}"))
    return replace(
        when,
        earliest=found.earliest,
        latest=found.latest,
        anchor=f"{anchor.what} {anchor.day}" if found.anchored and anchor.day else None,
        why=(*when.why, f"“{quote}”: {found.why}"),
        basis=Basis.TEXT if when.basis is Basis.DEFAULT else when.basis,
    )


def _stretch(form: Duration) -> Form:
    """What lasted so long, as the days up to the report that it may have lasted; hours fix no day."""
    whole = form.unit in UNITS
    return Window(form.unit, None if form.count is None else round(form.count)) if whole else form


def _of_its_country(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Each statement, without a day lent to it if all whose own words that day is in took place in other countries."""
    owners: dict[Span, list[Statement]] = {}
    for s in statements:
        if s.date and s.date.basis is Basis.TEXT:
            for span in s.date.spans:
                owners.setdefault(span, []).append(s)
    for s in statements:
        lenders = [o for x in s.date.spans for o in owners.get(x, ())] if s.date else []
        here, lent = _countries(s), s.date is not None and s.date.basis is Basis.CONTEXT
        elsewhere = lenders and here and all((there := _countries(o)) and not there & here for o in lenders)
        yield replace(s, date=None) if lent and elsewhere else s


def _countries(s: Statement) -> set[str]:
    return {p.country for p in s.event_places if p.country and not p.implied}


def _is_behind(text: str, mention: Mention, s: Statement) -> bool:
    """Whether the act is the one that the words behind an expression name: "two days after the raid"."""
    between = text[mention.end : s.trigger[0].start]
    return 0 <= s.trigger[0].start - mention.end <= _NAMED and not set(between) & set(",;:.")


def _told_before(s: Statement, others: Sequence[Statement]) -> Statement | None:
    """The last dated statement of an earlier sentence that names the act by the same word."""
    word = s.trigger[0].quote.casefold()
    return next(
        (
            o
            for o in reversed(others)
            if o.sentence.end <= s.sentence.start
            and o.trigger[0].quote.casefold() == word
            and o.certainty.label not in AHEAD
            and _exact(o)
        ),
        None,
    )


def _exact(s: Statement | None) -> date | None:
    """The day of a statement that has one."""
    when = s.date if s else None
    return when.earliest if when and when.earliest == when.latest else None


def _month_of(s: Statement) -> date | None:
    """A day of the month that a statement is dated in; None if it is dated in none, or in more."""
    when = s.date
    if when is None or when.earliest is None or when.latest is None or s.certainty.label in AHEAD:
        return None
    return when.earliest if (when.latest - when.earliest).days <= _MONTH else None


def _lent(when: When, earlier: When) -> When:
    """An expression another statement was dated by means the same days here."""
    days = replace(when, earliest=earlier.earliest, latest=earlier.latest, anchor=earlier.anchor)
    return replace(days, why=(*when.why, *earlier.why[-1:]))


def _between(starts: list[int], span: Span) -> bool:
    """Whether one of the sorted offsets lies in a span."""
    i = bisect_left(starts, span.start)
    return i < len(starts) and starts[i] < span.end


def _headed(s: Statement, all_of_them: list[Statement]) -> Statement:
    """A headline is dated by what the text says of its act."""
    if s.passage is not PassageKind.HEADLINE or s.date is not None:
        return s
    return replace(s, date=_carried(s, (x for x in all_of_them if x.sentence.start > s.sentence.start)))


def _carried_from(other: Statement) -> When | None:
    """The day of another statement, resting on its expression."""
    when = other.date
    if when is None:
        return None
    quote = when.spans[0].quote if when.spans else str(when.earliest)
    why = f"“{other.trigger[0].quote}” is dated “{quote}”; nothing says that this is another act"
    return replace(when, basis=Basis.CONTEXT, rule=CARRIED, why=(why,))


def _carried(s: Statement, others: Iterable[Statement]) -> When | None:
    """The day of the nearest other statement that may speak of the same act; it rests on that one's expression."""
    if s.certainty.label in AHEAD:
        return None
    for other in others:
        when = other.date
        if when is None or when.earliest is None or when.earliest != when.latest or when.basis is Basis.CONTEXT:
            continue
        if not _one_act(s, other):
            continue
        return _carried_from(other)
    return None


def _one_act(a: Statement, b: Statement) -> bool:
    """Whether the first may speak of the act of the second, which looks back too.

    Their codes agree, where an attack or death of no stated kind agrees with any violence (one told before it
    only close by); they stand in different sentences; and the first names no place that the second does not.
    """
    if b.certainty.label in AHEAD or a.sentence == b.sentence or b.sub_event is None or a.sub_event is None:
        return False
    if a.event.code != b.event.code:
        return False
    beside = a.sentence.start - b.sentence.end <= _BESIDE
    pair = (a.sub_event, b.sub_event) if beside else (a.sub_event,)
    general = any(x.code == acled("general") or x.basis is Basis.CONTEXT for x in pair)
    alike = may_be_one(a.sub_event.code, b.sub_event.code)
    if not alike and not (general and a.event.code == _VIOLENCE):
        return False
    ours, theirs = ({p.name.casefold() for p in x.event_places if not p.implied} for x in (a, b))
    return not ours or bool(ours & theirs)
