"""Counting listed words between two positions of a sentence."""

from hypothesis import given
from hypothesis import strategies as st
from tests.said import at, read

from dateline.statements.scene import little, scene

TEXT = (
    "Gunmen killed two soldiers after rebels shelled Halam, while troops, who fled, and others said that it was over."
)


@given(st.integers(-3, 40), st.integers(-3, 40))
def test_counts_are_those_of_a_scan(a: int, b: int) -> None:
    sc = scene(at(*read(TEXT), "killed")[0])
    for kind in ("boundary", "separators", "oblique"):
        found = sum(w in little(kind) for w in sc.words(a, b))
        assert sc.count(a, b, kind) == found
        assert sc.apart(a, b, kind) == (found > 0)
