"""What stands around a candidate is what a look at all known entries would find."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.resolve.gazetteer.base import Candidate
from dateline.resolve.gazetteer.source import distance
from dateline.resolve.place_votes import NEAR_KM, Surroundings

degrees = st.tuples(
    st.one_of(st.floats(30, 34), st.floats(-90, 90)), st.one_of(st.floats(34, 38), st.floats(-180, 180))
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
