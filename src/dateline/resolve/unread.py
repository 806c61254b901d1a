"""Days that a text writes and that are none of the calendar: kept as written, with a note of why."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.errors import IssueCode
from dateline.language.base import Annotation, MentionKind
from dateline.language.times import Calendar, Form, Grammar, Moment, Range, Toward, Unresolvable, bare
from dateline.records import Issue, Report
from dateline.resolve.days import Setting
from dateline.resolve.intervals import interval


def notes(report: Report, annotation: Annotation, grammar: Grammar) -> tuple[Issue, ...]:
    """A note for each expression with a day that no calendar has, that another calendar counts or that may be either
    way round, and for each unknown time zone. In text order."""
    found: dict[str, Issue] = {}
    for m in annotation.mentions:
        if m.kind is MentionKind.DATE:
            quote = report.text[m.start : m.end]
            for why in _reasons(report, grammar.parse(m.norm), quote):
                message = f"{report.key}: “{quote}” is kept as written: {why}"
                issue = Issue(code=IssueCode.UNREAD_DAY, message=message, stage="dates", report_id=report.id)
                found.setdefault(message, issue)
    return tuple(found.values())


def _reasons(report: Report, form: Form, quote: str) -> Iterator[str]:
    if isinstance(form, Toward):
        yield from _reasons(report, form.form, quote)
    elif isinstance(form, Range):
        yield from _reasons(report, form.first, quote)
        yield from _reasons(report, form.last, quote)
    elif isinstance(form, Moment):
        if form.zone:
            yield f"{form.zone} is no known time zone"
        yield from _reasons(report, form.form, quote)
    elif _names_a_day(form, quote):
        days = interval(form, Setting(report.published))
        if not days.known and (report.published or isinstance(form, Unresolvable) or _is_impossible(form)):
            yield days.why


def _names_a_day(form: Form, quote: str) -> bool:
    """Whether an expression gives a day by its number."""
    inner = bare(form)
    if isinstance(inner, Unresolvable):
        return bool(inner.why) and any(c.isdigit() for c in quote)
    return isinstance(inner, Calendar) and inner.day is not None


def _is_impossible(form: Form) -> bool:
    """Whether a full date is none of its year."""
    inner = bare(form)
    return isinstance(inner, Calendar) and inner.year is not None
