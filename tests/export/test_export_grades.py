"""Grades, voices, revisions and policies are in the files."""

from __future__ import annotations

import csv
import io
import json
from io import BytesIO
from typing import Any

from tests.builders import HALAM, Say, report

from dateline.config import LinkConfig
from dateline.export.base import Exporter, LinkedResults
from dateline.export.geojson import GeoJsonExporter
from dateline.export.statements import StatementsExporter
from dateline.export.tables import IncidentCsvExporter, LedgerCsvExporter, RangesCsvExporter, StatementCsvExporter
from dateline.incidents.grades import Grades, Judgement
from dateline.ontology.grades import Scheme
from dateline.records import ReportResult


def struck(key: str, low: int, day: str) -> ReportResult:
    r = report(f"{key}: Aircraft struck the dam of Halam on Monday and killed {low}.", key, day, f"Outlet {key}")
    return ReportResult(
        report=r,
        statements=(Say(r, r.text, "struck").at(HALAM).on("2016-05-01").toll(low, low).said("Mayor Lind").done(),),
    )


RESULTS = (struck("a", 12, "2016-05-02"), struck("b", 15, "2016-05-04"))
IDS = [r.statements[0].id for r in RESULTS]


def graded() -> LinkedResults:
    at = "2020-01-02T03:04:05+00:00"
    source = LinkedResults(
        RESULTS,
        LinkConfig(),
        "latest",
        Grades(
            [
                Judgement(
                    scheme=Scheme.HARM, target="i", value="fair", person="Ana", at=at, reason="two", members=(IDS[0],)
                ),
                Judgement(scheme=Scheme.RELIABILITY, target="official:mayor lind", value="B", person="Ben", at=at),
                Judgement(scheme=Scheme.CREDIBILITY, target=IDS[1], value="2", person="Ana", at=at),
            ]
        ),
    )
    assert len(list(source.incidents())) == 1
    return source


def written(exporter: Exporter) -> str:
    out = BytesIO()
    exporter.write(graded(), out)
    return out.getvalue().decode("utf-8-sig")


def table(exporter: Exporter) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(exporter), newline="")))


def test_an_incident_has_the_grade_and_whether_it_has_changed_since() -> None:
    (row,) = table(IncidentCsvExporter())
    assert (row["grade"], row["graded_by"], row["grade_reason"]) == ("fair", "Ana", "two")
    assert row["changed_since_grade"] == "true"
    assert (row["voices"], row["voice_names"], row["range_policy"]) == ("1", "official:mayor lind", "latest")
    assert row["voice_notes"] == "All 2 outlets rest on one voice: Mayor Lind."


def test_a_figure_has_its_voice_its_grade_and_what_became_of_it() -> None:
    old, new = table(LedgerCsvExporter())
    assert (old["revised_by"], new["revises"]) == (new["figure_id"], old["figure_id"])
    assert old["not_counted_because"] == "revised by the same voice on 2016-05-04"
    assert [r["reliability"] + r["credibility"] for r in (old, new)] == ["B6", "B2"]
    assert [r["graded_by"] for r in (old, new)] == ["Ben", "Ben; Ana"]
    assert {r["voice"] for r in (old, new)} == {"official:mayor lind"}


def test_a_range_has_its_policy_and_whose_word_it_is() -> None:
    (row,) = table(RangesCsvExporter())
    assert (row["policy"], row["min"], row["max"]) == ("latest", "15", "15")
    assert (row["certainties"], row["voices"], row["statement_ids"]) == ("stated: 1", "official:mayor lind", IDS[1])


def test_a_statement_has_its_grade_and_one_that_nobody_judged_has_none() -> None:
    assert {r["statement_id"]: r["credibility"] for r in table(StatementCsvExporter())} == {IDS[0]: "", IDS[1]: "2"}
    lines = [json.loads(x) for x in written(StatementsExporter()).splitlines()]
    held: dict[str, Any] = {s["id"]: s.get("grade") for x in lines for s in x["statements"]}
    assert held[IDS[0]] is None
    assert held[IDS[1]]["credibility"] == "2" and held[IDS[1]]["person"] == "Ana"


def test_a_point_on_the_map_has_the_grade_of_its_incident() -> None:
    (feature,) = json.loads(written(GeoJsonExporter()))["features"]
    assert (feature["properties"]["grade"], feature["properties"]["graded_by"]) == ("fair", "Ana")
