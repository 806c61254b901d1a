"""GeoJSON: RFC 7946, points only, coordinates no finer than the text, each place with who says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import HALAM, TARIF, Say, report
from tests.made_up import plans, silent, strike

from dateline.export.base import LossReport
from dateline.export.geojson import GeoJsonExporter
from dateline.labels import Certainty, PlaceRole
from dateline.records import ReportResult

Write = Callable[..., tuple[bytes, LossReport]]


def told(*places: dict[str, Any], label: Certainty = Certainty.STATED) -> ReportResult:
    """One statement that names these places."""
    r = report("Shells fell.")
    s = Say(r, r.text, "fell").surely(label)
    for p in places:
        s = s.at(p)
    return ReportResult(report=r, statements=(s.done(),))


def features(write: Write, *results: ReportResult) -> list[dict[str, Any]]:
    data, _ = write(GeoJsonExporter(), results or None)
    collection = json.loads(data)
    assert list(collection) == ["type", "features"]
    assert collection["type"] == "FeatureCollection"
    made: list[dict[str, Any]] = collection["features"]
    return made


def test_the_file_is_geojson(write: Write) -> None:
    held = features(write)
    assert len(held) >= 3
    for f in held:
        assert set(f) == {"type", "id", "geometry", "properties"}
        assert f["type"] == "Feature"
        assert f["geometry"]["type"] == "Point"
        lon, lat = f["geometry"]["coordinates"]
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90
    assert len({f["id"] for f in held}) == len(held)


def test_longitude_stands_first(write: Write) -> None:
    (halam,) = (f for f in features(write, strike()) if f["properties"]["place"] == "Halam")
    assert halam["geometry"]["coordinates"] == [38.0, 35.0]


def test_an_origin_is_a_point_of_its_own_and_never_a_line(write: Write) -> None:
    held = features(write, told(HALAM, {**TARIF, "role": PlaceRole.ORIGIN}))
    assert [(f["properties"]["place"], f["properties"]["role"]) for f in held] == [
        ("Halam", "event"),
        ("Tarif", "origin"),
    ]
    data, _ = write(GeoJsonExporter(), [told(HALAM, {**TARIF, "role": PlaceRole.ORIGIN})])
    assert b"LineString" not in data


@pytest.mark.parametrize(
    ("where_prec", "expected"),
    [
        (1, [41.1235, -36.9877]),
        (2, [41.123, -36.988]),
        (3, [41.12, -36.99]),
        (4, [41.1, -37.0]),
        (7, [41.1, -37.0]),
        (None, [41.1, -37.0]),
    ],
)
def test_coordinates_are_as_fine_as_the_text(write: Write, where_prec: int | None, expected: list[float]) -> None:
    place = {"name": "X", "lat": -36.98765, "lon": 41.12347, "where_prec": where_prec}
    assert features(write, told(place))[0]["geometry"]["coordinates"] == expected


@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from([1, 2, 3, 4, 5, 6, 7, None]))
@settings(deadline=None, max_examples=50)
def test_rounding_stays_on_the_globe(write: Write, lat: float, lon: float, where_prec: int | None) -> None:
    data, _ = write(GeoJsonExporter(), [told({"name": "X", "lat": lat, "lon": lon, "where_prec": where_prec})])
    x, y = json.loads(data)["features"][0]["geometry"]["coordinates"]
    assert abs(x) <= 180
    assert abs(y) <= 90
    assert max(abs(x - lon), abs(y - lat)) <= 0.05 + 1e-9
    assert b"-0.0]" not in data
    assert b"[-0.0," not in data


def test_incidents_without_a_place_are_counted(write: Write) -> None:
    nowhere = told({"name": "Nowhere"})
    data, loss = write(GeoJsonExporter(), [nowhere])
    assert json.loads(data)["features"] == []
    assert (loss.written, loss.unit) == (0, "places of incidents")
    assert loss.sentences()[1:] == ("incidents without a resolved place left out: 1",)


def test_places_that_are_not_resolved_are_counted(write: Write) -> None:
    _, loss = write(GeoJsonExporter(), [told(HALAM, {"name": "Nowhere"})])
    assert "unresolved places of other incidents left out: 1" in loss.sentences()


def test_each_place_has_those_who_name_it(write: Write) -> None:
    """A place that only a denial names is not one where it is said to have happened."""
    by_place = {f["properties"]["place"]: f["properties"] for f in features(write, strike())}
    assert by_place["Halam"]["occurred"] is True
    assert by_place["Tarif"]["occurred"] is False
    assert by_place["Tarif"]["certainties"] == {"denied": 1}
    assert by_place["Halam"]["certainties"] == {"stated": 1}
    assert by_place["Halam"]["outlets"] == ["Harbour Wire"]
    assert by_place["Halam"]["voices"] == ["anonymous:medic:rescuers"]
    assert by_place["Halam"]["reports"] == ["harbour-1"]
    assert by_place["Halam"]["statements"] == [strike().statements[0].id]


def test_two_certainties_of_one_incident_are_kept_apart(write: Write) -> None:
    """One incident, one place stated and another only alleged."""
    r = report("Shells fell on Halam. Shells reportedly fell on Tarif.")
    s = Say(r, "Shells fell on Halam.", "fell").at(HALAM).done()
    alleged = Say(r, "Shells reportedly fell on Tarif.", "fell").at(TARIF).surely(Certainty.ALLEGED).done()
    held = features(write, ReportResult(report=r, statements=(s, alleged)))
    assert {f["properties"]["place"]: f["properties"]["occurred"] for f in held} == {"Halam": True, "Tarif": False}


def test_unknown_is_null(write: Write) -> None:
    for f in features(write, plans()):
        p = f["properties"]
        assert (p["killed_min"], p["killed_max"], p["date_earliest"]) == (None, None, None)
        assert p["occurred"] is False


def test_nothing_makes_an_empty_collection(write: Write) -> None:
    assert features(write, silent()) == []


def test_a_lone_surrogate_is_escaped(write: Write) -> None:
    assert features(write, told({**HALAM, "name": "Hal\ud800m"}))[0]["properties"]["place"] == "Hal\ud800m"
