"""The evidence law and the identities of records."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import codec
from dateline.errors import EvidenceError
from dateline.labels import Basis, Certainty, Measure
from dateline.records import Code, Figure, Party, Report, ReportResult, Span, Statement, Surety, When
from tests.strategies import reports, spans, statements


@given(st.data())
def test_every_span_of_a_report_is_its_slice(data: st.DataObject) -> None:
    report = data.draw(reports)
    span = data.draw(spans(report))
    assert span.quote == report.text[span.start : span.end]
    assert len(span.quote) == span.end - span.start


@given(st.data())
def test_results_survive_json(data: st.DataObject) -> None:
    report = data.draw(reports)
    result = ReportResult(report=report, statements=(data.draw(statements(report)),))
    assert codec.load(ReportResult, codec.dump(result)) == result
    assert codec.dump(codec.load(ReportResult, codec.dump(result))) == codec.dump(result)


@given(st.data())
def test_a_changed_quote_is_refused_at_load(data: st.DataObject) -> None:
    report = data.draw(reports)
    plain = codec.plain(ReportResult(report=report, statements=(data.draw(statements(report)),)))
    trigger = plain["statements"][0]["trigger"][0]
    trigger["quote"] = "".join("x" if c != "x" else "y" for c in trigger["quote"])
    with pytest.raises(EvidenceError):
        codec.from_plain(ReportResult, plain)


def test_offsets_are_code_points() -> None:
    report = Report(text="💥👨\u200d👩 Raqqa")
    assert report.span(5, 10).quote == "Raqqa"


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 1), (0, 99)])
def test_a_span_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(EvidenceError):
        Report(text="short").span(start, end)


def test_a_quote_of_another_length_is_refused() -> None:
    with pytest.raises(EvidenceError, match="not as long"):
        Span(0, 3, "four")


def test_a_value_from_the_text_needs_a_span() -> None:
    with pytest.raises(EvidenceError, match="no span"):
        Party(name="gunmen", rule="test.v1")
    assert Party(name="gunmen", rule="test.v1", basis=Basis.DEFAULT).spans == ()


def test_a_value_names_its_rule() -> None:
    with pytest.raises(EvidenceError, match="names no rule"):
        Party(name="gunmen", rule="", basis=Basis.DEFAULT)


def test_bounds_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(EvidenceError, match="ends before"):
        When(rule="r", basis=Basis.METADATA, earliest=date(2015, 2, 1), latest=date(2015, 1, 1))
    with pytest.raises(EvidenceError, match="above max"):
        Figure(rule="r", basis=Basis.DEFAULT, measure=Measure.KILLED, min=5, max=2)


@pytest.mark.parametrize(
    ("earliest", "latest", "edtf"),
    [
        (None, None, None),
        (date(2015, 11, 17), date(2015, 11, 17), "2015-11-17"),
        (date(2015, 11, 1), date(2015, 11, 30), "2015-11-01/2015-11-30"),
        (date(2015, 11, 15), None, "2015-11-15/.."),
        (None, date(2015, 11, 15), "../2015-11-15"),
    ],
)
def test_edtf(earliest: date | None, latest: date | None, edtf: str | None) -> None:
    assert When(rule="r", basis=Basis.METADATA, earliest=earliest, latest=latest).edtf == edtf


@pytest.mark.parametrize(
    ("days", "time_precision", "date_prec"),
    [
        (1, 1, 1),
        (2, 2, 2),
        (6, 2, 2),
        (7, 2, 3),
        (8, 3, 4),
        (31, 3, 4),
        (32, None, 5),
        (366, None, 5),
        (367, None, None),
    ],
)
def test_the_precision_of_a_date(days: int, time_precision: int | None, date_prec: int | None) -> None:
    first = date(2015, 11, 17)
    when = When(rule="r", basis=Basis.METADATA, earliest=first, latest=first + timedelta(days=days - 1))
    assert (when.days, when.time_precision, when.date_prec) == (days, time_precision, date_prec)


def test_an_open_date_has_no_precision() -> None:
    when = When(rule="r", basis=Basis.METADATA, latest=date(2015, 11, 17))
    assert (when.days, when.time_precision, when.date_prec) == (None, None, None)


def test_a_report_is_its_content() -> None:
    one = Report(text="a", outlet="X")
    assert one.id == Report(text="a", outlet="X").id != Report(text="a", outlet="Y").id
    assert Report(text="a", external_id="mine").key == "mine"
    assert one.key == one.id
    with pytest.raises(EvidenceError, match="not the text"):
        replace(one, text="b")


@given(st.data())
def test_a_statement_keeps_its_id_when_values_change(data: st.DataObject) -> None:
    report = data.draw(reports)
    s = data.draw(statements(report))
    better = replace(s, actors=(Party(name="x", rule="r", spans=s.trigger),))
    assert better.id == s.id
    assert replace(s, id="", variant=1).id != s.id


def test_records_cannot_be_changed() -> None:
    report = Report(text="a")
    with pytest.raises(FrozenInstanceError):
        setattr(report, "text", "b")  # noqa: B010 (mypy knows it is frozen)


@given(st.data())
def test_a_result_refuses_foreign_and_doubled_statements(data: st.DataObject) -> None:
    report, other = Report(text="one text"), Report(text="another")
    s = data.draw(statements(report))
    with pytest.raises(EvidenceError, match="belongs to"):
        ReportResult(report=other, statements=(s,))
    with pytest.raises(EvidenceError, match="two statements"):
        ReportResult(report=report, statements=(s, s))


def test_values_and_spans_are_all_listed() -> None:
    report = Report(text="Gunmen killed Ali")
    killed = report.span(7, 13)
    s = Statement(
        report_id=report.id,
        sentence=report.span(0, 17),
        trigger=(killed,),
        event=Code(scheme="plover", code="ASSAULT", rule="r", spans=(killed,)),
        sub_event=None,
        certainty=Surety(label=Certainty.STATED, rule="r", basis=Basis.DEFAULT),
        actors=(Party(name="Gunmen", rule="r", spans=(report.span(0, 6),)),),
        targets=(Party(name="Ali", rule="r", spans=(report.span(14, 17),)),),
    )
    assert [name for name, _ in s.values()] == ["event", "certainty", "actors", "targets"]
    assert [x.quote for x in s.spans()] == ["Gunmen killed Ali", "killed", "killed", "Gunmen", "Ali"]
