"""What stands around a candidate is what a look at all known entries would find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.resolve.gazetteer.base import Candidate
from dateline.resolve.gazetteer.source import distance
from dateline.resolve.place_votes import NEAR_KM, Surroundings, Votes, cell, cells_around

degrees = st.tuples(
    st.one_of(st.floats(30, 34), st.floats(84, 90), st.floats(-90, 90)),
    st.one_of(st.floats(34, 38), st.floats(178, 180), st.floats(-180, 180)),
)
candidates = st.builds(
    lambda at, kind, region: Candidate("i", "n", kind, "SYR", "SY", "", region, "", at[0], at[1], 0, "", 0.0),
    degrees,
    st.sampled_from(["place", "admin1"]),
    st.sampled_from(["", "01", "02"]),
)


@given(st.lists(st.tuples(st.sampled_from("abcd"), candidates), max_size=12), candidates, st.sampled_from("abcd"))
def test_surroundings_are_those_a_scan_finds(known: list[tuple[str, Candidate]], c: Candidate, name: str) -> None:
    around = Surroundings(known)
    others = [o for n, o in known if n != name]
    same = [o for o in others if o.admin1_code and (o.iso2, o.admin1_code) == (c.iso2, c.admin1_code)]
    near = [o for o in others if o.kind == "place" and distance(c.lat, c.lon, o.lat, o.lon) <= NEAR_KM]
    assert around.same_region(c, name) is (same[0] if same else None)
    assert around.near(c, name) is (near[0] if near else None)


@given(degrees, degrees)
def test_points_near_each_other_lie_in_cells_around_each_other(a: tuple[float, float], b: tuple[float, float]) -> None:
    if distance(*a, *b) <= NEAR_KM:
        assert cell(*b) in cells_around(cell(*a), 2)
    assert len(set(cells_around(cell(*a), 1))) == len(cells_around(cell(*a), 1))


Ballot = tuple[str, float, str]
ballots = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([0.5, 1.0]), st.sampled_from(["SYR", "IRQ"])))


@given(ballots, ballots)
def test_a_name_hears_what_the_others_say_of_countries(early: list[Ballot], late: list[Ballot]) -> None:
    settled = Votes({"IRQ": 0.5})
    votes = Votes({}, settled)
    for held, ballot in ((settled, early), (votes, late)):
        for name, weight, country in ballot:
            there = Candidate("i", "n", "region", country, "", "", "", "", 1.0, 1.0, 0, "", 0.0)
            held.add(name, weight, [(there, 1.0)])
    for name in "abcd":
        said = {"IRQ": 0.5}
        for other, weight, country in (*early, *late):
            if other != name:
                said[country] = said.get(country, 0.0) + weight
        assert votes.countries(name) == said


@pytest.mark.parametrize(
    ("here", "there"),
    [((65.0, 179.9), (65.2, -179.8)), ((89.9, 10.0), (89.9, -170.0)), ((-77.8, 166.7), (-77.5, 169.0))],
)
def test_places_speak_for_their_surroundings_across_the_date_line_and_the_pole(
    here: tuple[float, float], there: tuple[float, float]
) -> None:
    one, other = (Candidate("i", "n", "place", "RUS", "RU", "", "", "", *at, 0, "", 0.0) for at in (here, there))
    votes = Votes({})
    votes.add("a", 1.0, [(one, 1.0)])
    assert votes.near(other, "b") == 1.0
    assert votes.near(other, "a") == 0.0
