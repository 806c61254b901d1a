"""The workbook as openpyxl reads it: sheets, types, limits, no formulas."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from tests.builders import Say, report
from tests.made_up import awkward, everything

from dateline.export import xlsx
from dateline.export.base import LinkedResults, LossReport
from dateline.export.rows import INCIDENT_COLUMNS, LEDGER_COLUMNS, RANGE_COLUMNS, STATEMENT_COLUMNS
from dateline.export.xlsx import MAX_CELL, XlsxExporter
from dateline.records import ReportResult

Write = Callable[..., tuple[bytes, LossReport]]


def opened(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def rows(book: Workbook, name: str) -> list[dict[str, object]]:
    header, *rest = book[name].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rest]


def titled(title: str, outlet: str = "Wire", published: str | None = "2016-05-02") -> ReportResult:
    made = report("Guns fell silent.", outlet=outlet, published=published)
    r = type(made)(text=made.text, title=title, outlet=made.outlet, published=made.published)
    return ReportResult(report=r, statements=(Say(r, r.text, "fell").done(),))


def test_five_sheets_with_their_columns(write: Write) -> None:
    book = opened(write(XlsxExporter())[0])
    assert book.sheetnames == ["Incidents", "Statements", "Ledger", "Ranges", "About"]
    held = (INCIDENT_COLUMNS, STATEMENT_COLUMNS, LEDGER_COLUMNS, RANGE_COLUMNS)
    for name, columns in zip(book.sheetnames, held, strict=False):
        assert tuple(c.value for c in book[name][1]) == columns
        assert book[name].freeze_panes == "A2"
    assert any("never 0" in str(r["text"]) for r in rows(book, "About"))


def test_every_statement_incident_and_figure_is_there(write: Write, source: LinkedResults) -> None:
    data, loss = write(XlsxExporter())
    book = opened(data)
    n = sum(len(r.statements) for r in everything())
    assert loss.written == n == len(rows(book, "Statements"))
    assert len(rows(book, "Incidents")) == len(list(source.incidents()))
    assert len(rows(book, "Ledger")) == sum(len(s.figures) for r in everything() for s in r.statements)


def test_values_have_types(write: Write) -> None:
    book = opened(write(XlsxExporter())[0])
    row = next(r for r in rows(book, "Statements") if r["trigger"] == "struck")
    assert row["published"] == datetime(2016, 5, 2)
    assert row["occurred"] is True
    assert (row["killed_min"], row["latitude"]) == (12, 35)
    assert row["injured_min"] is None
    column = STATEMENT_COLUMNS.index("published") + 1
    assert {c.number_format for (c,) in book["Statements"].iter_rows(2, 3, column, column)} == {"yyyy-mm-dd"}
    planned = next(r for r in rows(book, "Statements") if r["trigger"] == "storm")
    assert (planned["occurred"], planned["certainty"], planned["outlet"]) == (False, "planned", None)


def test_the_ledger_says_why_a_figure_is_not_counted(write: Write) -> None:
    ledger = rows(opened(write(XlsxExporter())[0]), "Ledger")
    (alleged,) = (r for r in ledger if r["measure"] == "injured")
    assert (alleged["min"], alleged["max"], alleged["not_counted_because"]) == (None, 9, "alleged")


def test_no_cell_is_a_formula_or_a_link(write: Write) -> None:
    book = opened(write(XlsxExporter(), [awkward(), titled("=1+1", "http://a.example/x")])[0])
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert {c.data_type for c in cells} <= {"s", "n", "b", "d", "inlineStr"}
    assert not any(c.hyperlink for c in cells)
    values = {c.value for c in cells}
    assert {"=1+1", "+gunmen", "-2+3", "@press", 'Ali, "the 🚑 driver"'} <= values


def test_two_writings_are_the_same_bytes(write: Write) -> None:
    assert write(XlsxExporter())[0] == write(XlsxExporter())[0]


def test_long_texts_are_cut_at_a_whole_character_and_counted(write: Write) -> None:
    data, loss = write(XlsxExporter(), [titled("a" + "💥" * 20_000)])
    title = rows(opened(data), "Statements")[0]["title"]
    assert isinstance(title, str)
    assert title == "a" + "💥" * ((MAX_CELL - 1) // 2)
    assert f"texts cut at {MAX_CELL} characters: 1" in loss.sentences()
    _, whole = write(XlsxExporter(), [titled("a" * MAX_CELL)])
    assert not any("cut" in s for s in whole.sentences())


def test_rows_beyond_a_sheet_are_counted(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 2)
    data, loss = write(XlsxExporter(), everything()[:3])
    assert len(rows(opened(data), "Statements")) == loss.written == 2
    assert any("left out: " in s for s in loss.sentences())


def test_days_before_excels_calendar_stay_readable(write: Write) -> None:
    data, _ = write(XlsxExporter(), [titled("old", published="1898-04-25")])
    assert rows(opened(data), "Statements")[0]["published"] == str(date(1898, 4, 25))


@pytest.mark.parametrize("nasty", ["bell\x07", "\x00nul", "_x0041_", "\ufffe", "sur\ud800rogate", "tab\tnew\nline\r"])
def test_characters_that_xml_cannot_hold(write: Write, nasty: str) -> None:
    title = rows(opened(write(XlsxExporter(), [titled(f"a {nasty} b")])[0]), "Statements")[0]["title"]
    assert isinstance(title, str)
    assert title.startswith("a ")
    assert title.endswith(" b")
