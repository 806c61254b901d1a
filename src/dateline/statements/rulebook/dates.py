"""When: which day in a sentence is the event's, and which is that of the report, of a claim, or of another event."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from dateline.labels import Basis, Certainty
from dateline.language.base import Mention, MentionKind
from dateline.records import Span, Statement, When
from dateline.statements.context import Extent
from dateline.statements.rulebook.base import Line, SentenceRule, told
from dateline.statements.scene import little

FILING, OWNER, CLAIM = "dates.filing.v1", "dates.owner.v1", "dates.claim.v1"
CLAUSE, BEFORE, LASTING, SCENE = "dates.clause.v1", "dates.before.v1", "dates.lasting.v1", "dates.scene.v1"
_HEAD = 10
"""Words that may stand before a day of filing: an outlet, "Published", a weekday, a title."""
_NEAR = 4
"""Words that may stand between a day and the word of claiming or publishing that it belongs to."""
_YEAR = 4
"""Digits of a year that is written out."""
_VIOLENCE = "ASSAULT"
_GOES_ON = frozenset({_VIOLENCE, "COERCE", "PROTEST", "MOBILIZE"})
"""What may have gone on for a time that an adjective tells: "a three-day battle"."""


def _filing(line: Line, s: Statement) -> Statement:
    """Without the day of filing or of a photograph: "Sun 16 Apr 2017 Blast …", "Published 3 May 2016", "(Agency)"."""
    when = s.date
    if when is None or when.basis is Basis.CONTEXT or not when.spans:
        return s
    span = when.spans[0]
    return replace(s, date=None) if _is_filing(line, span) or _is_caption(line, span, s) else s


def _is_filing(line: Line, span: Span) -> bool:
    first, after = line.first(span), line.after(span)
    if not _has_year(line, span):
        return False
    if any(w in little("filed") for w in line.cut(max(0, first - 2), first)) and first <= _HEAD:
        return True
    tied = any(w in little("on_day") for w in (*line.words(span), *line.cut(first - 1, first)))
    behind = line.tokens[after].text if after < len(line.tokens) else ""
    head = all(t.text[0].isupper() or not t.text[0].isalnum() for t in line.tokens[:first])
    return first <= _HEAD and not tied and head and behind[:1].isupper()


def _has_year(line: Line, span: Span) -> bool:
    return any(len(w) == _YEAR and w.isdigit() for w in line.words(span))


def _is_caption(line: Line, span: Span, s: Statement) -> bool:
    """Whether a full date ends the caption of a photograph and the event stands behind its credit."""
    at = line.after(span)
    bracket = at < len(line.tokens) and line.tokens[at].text == "("
    return bracket and _has_year(line, span) and s.trigger[0].start > line.tokens[at].start


def _days(line: Line) -> list[Mention]:
    """The expressions of the sentence that may date an event."""
    return [m for m in line.ctx.mentions(MentionKind.DATE) if m.label != "unread"]


def _owner(line: Line, s: Statement) -> Statement:
    """With the day that stands right before the word for the event: "Saturday's blast", where it has none."""
    if s.date is not None:
        return s
    head = s.trigger[0]
    for m in _days(line):
        if m.end <= head.start and not line.gap(m, head):
            span = line.ctx.span(m.start, m.end)
            if _is_filing(line, span):
                return s
            return replace(s, date=When(spans=(span,), rule=OWNER, why=(f"“{span.quote}” stands right before it",)))
    return s


def _claim(line: Line, s: Statement) -> Statement:
    """Without the day of the claim: "on Monday claimed responsibility for a bombing"."""
    when = s.date
    if when is None or not when.spans or s.event.code != _VIOLENCE:
        return s
    day, act = when.spans[0], s.trigger[0]
    return replace(s, date=None) if _dates_claiming(line, day) or _dates_telling(line, day, act, s) else s


def _dates_claiming(line: Line, day: Extent) -> bool:
    """Whether a day stands right before a word of claiming, in whichever sentence."""
    tokens = line.ctx.annotation.tokens
    at = bisect_left(tokens, day.end, key=lambda t: t.start)
    return at < len(tokens) and tokens[at].lower in little("claims")


def _dates_telling(line: Line, day: Extent, act: Extent, s: Statement) -> bool:
    """Whether a day stands behind the act claimed and a word of claiming or publishing."""
    if s.certainty.label is not Certainty.CLAIMED or day.start < line.ctx.sentence.start:
        return False
    first = line.first(day)
    claimed = any(w in little("claims") for w in line.cut(first - 1, first))
    published = any(w in little("publishing") for w in line.cut(first - _NEAR, first))
    return line.first(act) < first and (claimed or published)


def _clause(line: Line, s: Statement) -> Statement:
    """With "since the war broke out in 2011" for what stands outside of that clause."""
    when = s.date
    if when is None or not when.spans or when.basis is Basis.CONTEXT:
        return s
    day, act = when.spans[0], s.trigger[0]
    for m in line.ctx.mentions(MentionKind.SINCE):
        if m.end == day.end and not m.start < act.start < m.end and not _ends_clause(line, m, act):
            span = line.ctx.span(m.start, m.end)
            return replace(s, date=told(replace(when, spans=(span,)), CLAUSE, f"“{act.quote}” stands outside of it"))
    return s


def _ends_clause(line: Line, clause: Extent, act: Extent) -> bool:
    """Whether an act still belongs to a clause behind whose day it stands: "since the war began in 2011 with riots"."""
    gap = line.gap(clause, act) if clause.end <= act.start else ()
    return bool(gap) and gap[0] in little("with") and "," not in gap and len(gap) <= _NEAR


def _before(line: Line, s: Statement) -> Statement:
    """Up to the day of the report, for an act that an adjective of the past goes before: "earlier tests"."""
    at = line.first(s.trigger[0])
    if at < 1 or line.tokens[at - 1].lower not in little("gone_before") or line.ctx.report.published is None:
        return s
    span = line.span(at - 1, at)
    published = line.ctx.report.published
    why = (f"“{span.quote}” tells that it was before, not when",)
    return replace(s, date=When(spans=(span,), latest=published, anchor=f"published {published}", rule=BEFORE, why=why))


def _lasting(line: Line, s: Statement) -> Statement:
    """With how long it lasts, where that stands right before the word for it: "a three-day battle"."""
    if s.date is not None or s.event.code not in _GOES_ON:
        return s
    for m in line.ctx.mentions(MentionKind.DURATION):
        if m.end <= s.trigger[0].start and not line.gap(m, s.trigger[0]) and "-" in line.ctx.span(m.start, m.end).quote:
            span = line.ctx.span(m.start, m.end)
            return replace(s, date=When(spans=(span,), rule=LASTING, why=(f"“{span.quote}” tells how long it lasts",)))
    return s


def _scene(line: Line, s: Statement) -> Statement:
    """With the day that names the act of a scene: "bodies from the site of Saturday's blast"."""
    if s.date is not None or s.event.code != _VIOLENCE:
        return s
    for m in _days(line):
        at = line.first(m)
        words = " ".join((*line.cut(at - 3, at), *line.words(m)))
        if s.trigger[0].end <= m.start and any(f"{scene} " in words for scene in little("scenes")):
            span = line.ctx.span(m.start, m.end)
            return replace(s, date=When(spans=(span,), rule=SCENE, why=(f"“{span.quote}” dates the act of the scene",)))
    return s


RULES = (
    SentenceRule(
        FILING,
        "A full date at the head of a report is the day it was filed.",
        "Annotation guidelines §5, dates: a dateline or the publication date alone does not date an event.",
        _filing,
    ),
    SentenceRule(
        CLAIM,
        "A day beside the word of claiming or publishing is that of the claim, not of the act claimed.",
        "Annotation guidelines §5, dates: “said on Wednesday” dates the saying.",
        _claim,
    ),
    SentenceRule(
        CLAUSE,
        "What stands outside of “since the war began in 2011” happened from then on, what stands in it then.",
        "TimeML: “since” begins an interval that lasts until the time of the main clause.",
        _clause,
    ),
    SentenceRule(
        BEFORE,
        "An act that an adjective of the past goes before was before the report.",
        "Annotation guidelines §2, date: what the text allows, given the publication date.",
        _before,
    ),
    SentenceRule(
        OWNER,
        "A day right before the word for an event is that event's.",
        "Annotation guidelines §2, date: what the text allows; TimeML: a date in an event’s noun phrase anchors it.",
        _owner,
    ),
    SentenceRule(
        LASTING,
        "What an adjective gives a length in days or more began so long before the report.",
        "Annotation guidelines §2, date: what the text allows, given the publication date.",
        _lasting,
    ),
    SentenceRule(
        SCENE,
        "What is found at the scene of an act that a day names happened on that day.",
        "Annotation guidelines §1: casualties are figures of the event that caused them.",
        _scene,
    ),
)
