"""CSV: columns, empty for unknown, round trip of awkward words, no formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import Say, report
from tests.made_up import awkward, plans, second_view, strike

from dateline.export.base import LinkedResults, LossReport
from dateline.export.rows import (
    INCIDENT_COLUMNS,
    LEDGER_COLUMNS,
    RANGE_COLUMNS,
    STATEMENT_COLUMNS,
    bounds,
    incident_row,
    ledger_row,
    range_rows,
    statement_rows,
)
from dateline.export.tables import (
    FORMULA_STARTS,
    IncidentCsvExporter,
    LedgerCsvExporter,
    RangesCsvExporter,
    StatementCsvExporter,
)
from dateline.labels import OCCURRED, Certainty
from dateline.records import ReportResult

Write = Callable[..., tuple[bytes, LossReport]]
PAGE = Path(__file__).parents[2] / "docs" / "exports.md"


def rows(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file, as a program reads it."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def statements(write: Write, *results: ReportResult) -> dict[str, dict[str, str]]:
    """Rows of the statements CSV by trigger."""
    data, _ = write(StatementCsvExporter(), results or None)
    return {r["trigger"]: r for r in rows(data)}


def test_rows_have_the_columns_they_are_said_to_have(source: LinkedResults) -> None:
    for result in source.reports():
        for row in statement_rows(result, source.incident_of):
            assert tuple(row) == STATEMENT_COLUMNS
    for view in source.incidents():
        assert tuple(incident_row(view)) == INCIDENT_COLUMNS
        for entry in view.ledger.entries:
            assert tuple(ledger_row(view, entry)) == LEDGER_COLUMNS
        for row in range_rows(view):
            assert tuple(row) == RANGE_COLUMNS


@pytest.mark.parametrize(
    ("heading", "columns"),
    [
        ("Statements", STATEMENT_COLUMNS),
        ("Incidents", INCIDENT_COLUMNS),
        ("Ledger", LEDGER_COLUMNS),
        ("Ranges", RANGE_COLUMNS),
    ],
)
def test_every_column_is_explained(heading: str, columns: tuple[str, ...]) -> None:
    part = re.split(r"\n##+ ", PAGE.read_text(encoding="utf-8").split(f"\n### {heading}\n", 1)[1])[0]
    cells = re.findall(r"^\| (`.+?) \| .{10,} \|$", part, re.M)
    explained = [name for names in cells for name in re.findall(r"`(\w+)`", names)]
    assert explained == list(columns)


def test_headers_are_the_columns(write: Write) -> None:
    made = (
        (StatementCsvExporter(), STATEMENT_COLUMNS),
        (IncidentCsvExporter(), INCIDENT_COLUMNS),
        (LedgerCsvExporter(), LEDGER_COLUMNS),
        (RangesCsvExporter(), RANGE_COLUMNS),
    )
    for exporter, columns in made:
        data, _ = write(exporter)
        assert data.startswith(b"\xef\xbb\xbf")
        assert tuple(data.decode("utf-8-sig").splitlines()[0].split(",")) == columns


def test_a_statement_is_told_in_full(write: Write) -> None:
    row = statements(write)["struck"]
    expected = {
        "report_id": "harbour-1",
        "outlet": "Harbour Wire",
        "published": "2016-05-02",
        "event": "ASSAULT",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike",
        "certainty": "stated",
        "occurred": "true",
        "sources": "rescuers",
        "source_types": "medic",
        "original_source": "rescuers",
        "actors": "jets",
        "actor_groups": "Syria",
        "targets": "market",
        "weapons": "air strike",
        "places": "Halam",
        "place_ids": "geonames:1",
        "place_basis": "text",
        "country": "SYR",
        "latitude": "35.0",
        "longitude": "38.0",
        "date_earliest": "2016-05-02",
        "date_latest": "2016-05-02",
        "killed_min": "12",
        "killed_max": "12",
        "injured_min": "",
        "injured_max": "",
        "other_figures": "",
    }
    assert {k: row[k] for k in expected} == expected


def test_unknown_is_empty_and_never_0(write: Write) -> None:
    row = statements(write)["storm"]
    for name in ("outlet", "published", "date_earliest", "date_latest", "killed_min", "killed_max", "targets"):
        assert row[name] == "", name
    held = statements(write)
    assert (held["shot"]["killed_min"], held["shot"]["killed_max"]) == ("", "")
    assert (held["bombed"]["killed_min"], held["bombed"]["killed_max"]) == ("15", "")
    assert (held["shelled"]["injured_min"], held["shelled"]["injured_max"]) == ("", "9")
    assert held["bombed"]["other_figures"] == "4 killed (children)"
    data, _ = write(IncidentCsvExporter())
    counts = ("killed_min", "killed_max", "injured_min", "injured_max", "latitude", "longitude")
    assert not [r for r in rows(data) if any(r[c] == "0" for c in counts)]


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(12, 12, "12"), (12, 17, "12-17"), (12, None, "12+"), (None, 17, "up to 17"), (None, None, "?"), (0, 0, "0")],
)
def test_bounds_as_words(low: int | None, high: int | None, said: str) -> None:
    assert bounds(low, high) == said


def test_nothing_planned_alleged_or_denied_occurred(write: Write) -> None:
    """Law 5: certainty stands in every row, and only OCCURRED statements are marked as such."""
    for row in statements(write).values():
        assert row["occurred"] == ("true" if Certainty(row["certainty"]) in OCCURRED else "false")
    data, _ = write(IncidentCsvExporter(), [plans()])
    assert {(r["occurred"], r["certainties"]) for r in rows(data)} == {("false", "planned: 1"), ("false", "alleged: 1")}


def test_words_survive(write: Write) -> None:
    row = statements(write)["shot"]
    assert row["targets"] == 'Ali, "the 🚑 driver"'
    assert row["sentence"] == "'" + " ".join(awkward().statements[0].sentence.quote.split())


def test_what_looks_like_a_formula_is_marked_and_counted(write: Write) -> None:
    data, loss = write(StatementCsvExporter(), [awkward()])
    (row,) = rows(data)
    marked = [c for c in row if row[c].startswith("'")]
    assert marked == ["report_id", "outlet", "sentence", "original_source", "actors"]
    assert row["report_id"] == "'-2+3"
    assert "cells that begin like a formula marked with ': 5" in loss.sentences()
    _, plain = write(StatementCsvExporter(), [strike()])
    assert not any("formula" in s for s in plain.sentences())


def test_negative_numbers_are_numbers(write: Write) -> None:
    r = report("Shells fell on Isla.")
    south = {"name": "Isla", "lat": -34.5, "lon": -58.25}
    row = statements(write, ReportResult(report=r, statements=(Say(r, r.text, "fell").at(south).done(),)))["fell"]
    assert (row["latitude"], row["longitude"]) == ("-34.5", "-58.25")


@given(st.text(min_size=1, max_size=30))
@settings(deadline=None, max_examples=50)
def test_any_outlet_comes_back(write: Write, outlet: str) -> None:
    """Whatever a cell holds, a CSV reader gets it back, but for the mark before a formula."""
    r = report("Guns fell silent.", outlet=outlet)
    data, _ = write(StatementCsvExporter(), [ReportResult(report=r, statements=(Say(r, r.text, "fell").done(),))])
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert row["outlet"] == (f"'{outlet}" if outlet.startswith(FORMULA_STARTS) else outlet)


def test_a_lone_surrogate_is_written_escaped(write: Write) -> None:
    r = report("Guns fell silent.", outlet="Pa\ud800per")
    data, _ = write(StatementCsvExporter(), [ReportResult(report=r, statements=(Say(r, r.text, "fell").done(),))])
    assert rows(data)[0]["outlet"] == "Pa\\ud800per"


def test_an_incident_sums_up(write: Write) -> None:
    data, loss = write(IncidentCsvExporter(), [strike(), second_view()])
    row = next(r for r in rows(data) if r["place"] == "Halam")
    assert row["all_places"] == "Halam"
    assert (row["date_earliest"], row["date_latest"], row["country"]) == ("2016-05-02", "2016-05-02", "SYR")
    assert row["range_policy"] == "envelope"
    assert {r["occurred"] for r in rows(data) if r["place"] == "Tarif"} <= {"false"}
    assert loss.written == len(rows(data))
    assert not loss.lossless
