from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.builders import HALAM, Say, report
from tests.strategies import reports, statements

from dateline.config import LinkConfig
from dateline.evaluate.gold import judged
from dateline.export.base import LinkedResults, Loss, LossReport
from dateline.export.interchange import SCHEMA, report_line
from dateline.export.statements import StatementsExporter
from dateline.labels import Basis, Certainty, Measure, PassageKind, PlaceRole, Qualifier, SourceType
from dateline.records import ReportResult

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "schema" / "statements-1.json"
DOCUMENT: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(DOCUMENT)


def full() -> ReportResult:
    text = "Police said jets bombed Halam on Sunday, killing 12, among them 3 children."
    r = report(text, "a")
    say = Say(r, text, "bombed").at(HALAM).on("2016-05-01").by("jets").against("town", "Syria")
    say.using("jet", "aircraft").toll(12, 12).toll(3, 3, of="children").said("Police", SourceType.POLICE)
    return ReportResult(report=r, statements=(say.done(),))


def written(*results: ReportResult) -> bytes:
    out = BytesIO()
    StatementsExporter().write(LinkedResults(results, LinkConfig()), out)
    return out.getvalue()


def test_a_line_holds_gold_fields_and_values_beside_them() -> None:
    (line,) = written(full()).splitlines()
    held = json.loads(line)
    VALIDATOR.validate(held)
    assert (held["schema"], held["report_id"], held["publisher"]) == (SCHEMA, "a", "Wire")
    (s,) = held["statements"]
    assert (s["sid"], s["event"], s["sub_event"], s["certainty"]) == ("s1", ["ASSAULT"], ["Air/drone strike"], "stated")
    start, end = s["trigger"][0]
    assert held["text"][start:end] == "bombed"
    assert s["incident"] == "SYR-2016-05-01-halam-airstrike"
    (place,) = s["places"]
    assert (place["geonameid"], place["lat"], place["role"]) == (1, 35.0, "event") and "implied" not in place
    assert [f.get("of") for f in s["figures"]] == [None, "children"]
    assert s["date"]["edtf"] == "2016-05-01"
    assert s["sources"][0]["type"] == "police"
    assert judged(s).totals[0].min == 12


def test_a_number_of_things_says_of_what() -> None:
    r = report("Jets bombed Halam.", "a")
    say = Say(r, r.text, "bombed").toll(5, 5, measure="other", whom="missiles").toll(2, 2, whom="men")
    held = report_line(ReportResult(report=r, statements=(say.done(),)), {})
    VALIDATOR.validate(held)
    assert [f.get("of") for f in held["statements"][0]["figures"]] == ["missiles", None]


def test_a_statement_without_date_or_incident_says_null() -> None:
    r = report("Jets bombed Halam.", "a", published=None, outlet=None)
    held = report_line(ReportResult(report=r, statements=(Say(r, r.text, "bombed", None).done(),)), {})
    VALIDATOR.validate(held)
    (s,) = held["statements"]
    assert s["date"] == {"spans": [], "earliest": None, "latest": None}
    assert (s["incident"], s["sub_event"], held["published"]) == (None, [], None)


def test_the_same_bytes_whatever_the_order() -> None:
    other = ReportResult(report=report("Nothing happened.", "b"))
    assert written(full(), other) == written(other, full())
    assert written(full(), other).count(b"\n") == 2


def test_the_loss_report_says_that_nothing_is_lost() -> None:
    found = StatementsExporter().write(LinkedResults([full()], LinkConfig()), BytesIO())
    assert found.lossless
    assert found.sentences() == ("1 statements written", "nothing left out")
    lossy = LossReport(written=1, unit="rows", losses=(Loss("planned events, which did not occur", 2),))
    assert lossy.sentences() == ("1 rows written", "planned events, which did not occur: 2")


def test_a_lone_surrogate_survives() -> None:
    held = json.loads(written(ReportResult(report=report("bad \ud800 byte", "a"))))
    assert held["text"] == "bad \ud800 byte"


@pytest.mark.parametrize(
    ("path", "enum"),
    [
        (("party", "basis"), Basis),
        (("place", "role"), PlaceRole),
        (("figure", "measure"), Measure),
        (("figure", "qualifier"), Qualifier),
        (("source", "type"), SourceType),
        (("statement", "certainty"), Certainty),
        (("statement", "passage"), PassageKind),
    ],
)
def test_the_schema_lists_what_records_allow(path: tuple[str, str], enum: Any) -> None:
    held = DOCUMENT["$defs"][path[0]]["properties"][path[1]]
    if "$ref" in held:
        held = DOCUMENT["$defs"][held["$ref"].rsplit("/", 1)[1]]
    assert held["enum"] == [str(x) for x in enum]


@given(st.data())
def test_whatever_is_a_record_is_valid_interchange(data: st.DataObject) -> None:
    r = data.draw(reports)
    found = ReportResult(report=r, statements=(data.draw(statements(r)),))
    VALIDATOR.validate(json.loads(json.dumps(report_line(found, {}))))
