"""Hypothesis strategies for texts as news has them and as it should not have them, and for records."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from dateline.labels import Basis, Certainty
from dateline.records import Code, Report, Span, Statement, Surety

NASTY = (
    "💥 blast",
    "e\u0301tat",
    "قصف مدينة الرقة",
    "\u202eright to left\u202c",
    "Sept.\u00a030",
    "👨\u200d👩\u200d👧\u200d👦 family",
    "हमला",
    "\u200bzero",
    "naïve “quotes” — dash",
)
texts = (
    st.lists(st.one_of(st.sampled_from(NASTY), st.text(min_size=1, max_size=12)), min_size=1, max_size=8)
    .map(" ".join)
    .filter(lambda t: not any(0xD800 <= ord(c) <= 0xDFFF for c in t))
)
reports = st.builds(
    Report,
    text=texts,
    title=st.none() | texts,
    outlet=st.none() | st.sampled_from(["Harbour Wire", "Radio Sahel"]),
    published=st.none() | st.dates(date(1990, 1, 1), date(2026, 12, 31)),
)


@st.composite
def spans(draw: st.DrawFn, report: Report) -> Span:
    """A span of the report's text."""
    start = draw(st.integers(0, len(report.text) - 1))
    return report.span(start, draw(st.integers(start + 1, len(report.text))))


@st.composite
def statements(draw: st.DrawFn, report: Report, variant: int = 0) -> Statement:
    """A statement of the report with a trigger, an event and a certainty."""
    trigger = draw(spans(report))
    return Statement(
        report_id=report.id,
        sentence=report.span(0, len(report.text)),
        trigger=(trigger,),
        event=Code(scheme="plover", code="ASSAULT", rule="test.v1", spans=(trigger,)),
        sub_event=None,
        certainty=Surety(label=draw(st.sampled_from(Certainty)), rule="test.v1", basis=Basis.DEFAULT),
        variant=variant,
    )
