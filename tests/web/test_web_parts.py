"""Labels, filters from addresses, maps, vendored files."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.web.desk_project import Client, Desk

import dateline.web
from dateline.incidents.view import IncidentView
from dateline.labels import Basis, Certainty, Qualifier
from dateline.records import Place
from dateline.web import labels
from dateline.web.asked import asked
from dateline.web.guard import host_name
from dateline.web.incident import incident_page
from dateline.web.vendor import lock
from dateline.web.worldmap import WIDTH, Frame, Spot, _clip, picture, spot

STATIC = Path(dateline.web.__file__).parent / "static"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, "unknown"),
        (12, None, "at least 12"),
        (None, 17, "at most 17"),
        (12, 12, "12"),
        (12, 17, "12–17"),
        (0, 0, "0"),
        (1200, 3000, "1,200–3,000"),
    ],
)
def test_ranges_in_words(low: int | None, high: int | None, words: str) -> None:
    assert labels.number_range(low, high) == words


def test_a_range_names_the_highest_number_that_is_said() -> None:
    assert labels.number_range(6, None, 1260) == "6 to at least 1,260"
    assert labels.number_range(6, None, 6) == "at least 6"
    assert labels.number_range(6, 9, 9) == "6–9"


def test_days_in_words() -> None:
    first, last = date(2016, 5, 3), date(2016, 5, 5)
    assert labels.days(first, first) == "3 May 2016"
    assert labels.days(first, last) == "3–5 May 2016"
    assert labels.days(date(2016, 4, 30), last) == "30 April – 5 May 2016"
    assert labels.days(date(2015, 12, 31), last) == "31 December 2015 – 5 May 2016"
    assert labels.days(first, None) == "not before 3 May 2016"
    assert labels.days(None, last) == "not after 5 May 2016"
    assert labels.days(None, None) == "unknown"


def test_every_code_has_words() -> None:
    for kind, codes in (("certainty", Certainty), ("basis", Basis), ("qualifier", Qualifier)):
        assert set(labels.words(kind)) == {c.value for c in codes}


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//evil", "http://", "/x", "http://[", "JAVASCRIPT:x", "ftp://a/b", ""],
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert labels.web_address(url) is None
    assert labels.web_address("https://a.example/b?c=1") == "https://a.example/b?c=1"


@given(st.dictionaries(st.sampled_from(["words", "place", "since", "until", "page", "country", "x"]), st.text()))
def test_no_query_string_is_an_error(query: dict[str, str]) -> None:
    question = asked(query, 25)
    assert question.filters.limit == 25
    assert question.filters.offset >= 0
    assert question.address("/").startswith("/")


def test_addresses_keep_filters_and_change_the_page() -> None:
    question = asked({"words": "a & b", "page": "3"}, 25)
    assert question.filters.offset == 50
    assert question.address("/", page=4) == "/?words=a+%26+b&page=4"
    assert question.address("/", page=1) == "/?words=a+%26+b"


def test_hosts_are_read_without_port() -> None:
    assert [host_name(h) for h in ("A:1", "[::1]:2", "[::1]", "", "a.b")] == ["a", "::1", "::1", "", "a.b"]


def place(**given: object) -> Place:
    held = {"name": "P", "basis": Basis.METADATA, "rule": "x.v1", **given}
    return Place(**held)  # type: ignore[arg-type]


def test_precision_decides_what_is_drawn() -> None:
    assert spot(place()) is None
    exact = spot(place(lat=36.0, lon=38.0, where_prec=1, geo_precision=3))
    assert exact is not None and exact.km == 0
    drawn = [spot(place(lat=36.0, lon=38.0, where_prec=n)) for n in range(1, 8)]
    assert [s.km for s in drawn if s] == [0, 25, 50, 100, 75, 250, 250]
    unknown = spot(place(lat=36.0, lon=38.0))
    assert unknown is not None and unknown.km > 0
    by_acled = spot(place(lat=36.0, lon=38.0, geo_precision=2))
    assert by_acled is not None and by_acled.km == 25


@settings(max_examples=25, deadline=None)
@example([(-63.0, 129.0, 0), (-86.0, -48.0, 0)])
@given(
    st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from([0, 25, 250])), min_size=1, max_size=5)
)
def test_every_spot_lies_in_the_picture(places: list[tuple[float, float, int]]) -> None:
    drawn = picture([Spot(lat, lon, km, "x", "", "event") for lat, lon, km in places])
    assert len(drawn.shapes) == len(set(places))
    for s in drawn.shapes:
        assert -1 <= s.x <= WIDTH + 1
        assert s.exact == (s.spot.km == 0)
        if -58 <= s.spot.lat <= 80:
            assert -1 <= s.y <= drawn.height + 1


def test_a_circle_has_the_radius_of_its_area() -> None:
    drawn = picture([Spot(0.0, 20.0, 100, "x", "", "event")])
    ((shape),) = drawn.shapes
    frame_km = 2 * 8.0 * 111.2  # 8 degrees high, twice as wide
    assert shape.radius / WIDTH == pytest.approx(100 / frame_km, rel=0.02)


def test_clipping_keeps_what_is_inside() -> None:
    frame = Frame(0, 0, 20, 10)
    inside = [(1.0, 1.0), (5.0, 1.0), (5.0, 5.0)]
    assert _clip(inside, frame) == inside
    assert _clip([(30.0, 30.0), (40.0, 30.0), (40.0, 40.0)], frame) == []
    around = _clip([(-50.0, -50.0), (50.0, -50.0), (50.0, 50.0), (-50.0, 50.0)], frame)
    assert max(x for x, _ in around) < 21 and min(y for _, y in around) > -1


def test_the_overview_is_small_and_names_no_false_place(desk: Desk, client: Client) -> None:
    assert len(picture([]).land) < 60_000
    page = client.get("/").text
    svg = ElementTree.fromstring(page[page.index("<svg viewBox") : page.index("</svg>") + 6].replace("&nbsp;", " "))
    assert len(svg.findall("a")) == 2  # the market, and the province the jets are said of; two have no place


def test_an_incident_page_holds_every_statement(desk: Desk) -> None:
    found = incident_page(desk.project, desk.project.find("DL-2016-0001")[1])
    view: IncidentView = found["view"]
    assert [c.statement.id for c in found["cards"]] == [i.id for i in view.items]
    assert {s.spot.label for s in found["map"].shapes} == {"Ostravine", "Ostravine district"}


def test_vendored_files_are_the_locked_ones() -> None:
    held = {f.relative_to(STATIC / "vendor").as_posix() for f in (STATIC / "vendor").rglob("*") if f.is_file()}
    listed = {"vendor.lock.json"}
    for name, package in lock().items():
        assert package["licence"] and package["version"]
        assert package["folder"] == f"{name}@{package['version']}"
        assert any(f.startswith("LICENSE") for f in package["sha256"])
        for file, digest in package["sha256"].items():
            listed.add(f"{package['folder']}/{file}")
            assert hashlib.sha256((STATIC / "vendor" / package["folder"] / file).read_bytes()).hexdigest() == digest
    assert held == listed


def test_own_styles_stay_small() -> None:
    assert (STATIC / "desk.css").stat().st_size < 15_000
