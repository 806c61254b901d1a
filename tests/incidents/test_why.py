from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from dateline.incidents.onereport import FOLLOWS
from dateline.incidents.verdicts import APART, SAME
from dateline.incidents.why import Kind, apart, came_in, chance, conclusion, kind, other_end, steps
from dateline.records import Link, Reason


def link(*reasons: tuple[str, float], same: bool = True, ends: tuple[str, str] = ("s_a", "s_b")) -> Link:
    held = tuple(Reason(name=n, text=f"because of {n}", weight=w) for n, w in reasons)
    return Link(left=min(ends), right=max(ends), same=same, score=round(sum(w for _, w in reasons), 3), reasons=held)


def tie(ends: str, score: float, same: bool = True) -> Link:
    return link(("date.same", score), same=same, ends=(ends[0], ends[1]))


def test_a_near_miss_says_why_it_is_none() -> None:
    assert "1.50 below the 2.00" in conclusion(link(("date.same", 0.5), same=False), 2.0)
    assert "below the 2.75" in conclusion(link(("report.same", 2.5), same=False), 2.0)
    assert "forbidden, because because of place.far" in conclusion(link(("place.far", -20.0), same=False), 2.0)
    assert "one bridge joins nothing" in conclusion(link(("date.same", 9.0), same=False), 2.0)
    assert conclusion(link((APART, -100.0), ("date.same", 3.0), same=False), 2.0) == "a person keeps them apart"
    assert "probability 0.5" in conclusion(link(("date.same", 3.0)), 2.0)


def test_a_link_is_of_one_kind() -> None:
    assert kind(tie("ab", 3.0)) is Kind.SAME
    assert kind(tie("ab", 3.0, same=False)) is Kind.MISS
    assert kind(link((FOLLOWS, -2.0), same=False)) is Kind.FOLLOWS


def test_the_chance_is_that_of_the_sum_without_what_decides_by_itself() -> None:
    alone = link(("date.same", 3.0))
    for decides in (SAME, APART, "place.far"):
        assert chance(link((decides, 100.0), ("date.same", 3.0))) == chance(alone) == 0.5


def test_a_waterfall_ends_at_the_score() -> None:
    x = link(("date.same", 4.0), ("prior.across", -2.0), ("place.same", 1.0))
    made = steps(x.reasons)
    assert [s.before for s in made] == [0.0, 4.0, 2.0]
    assert made[-1].after == x.score


def test_each_came_in_by_its_strongest_link_to_those_before_it() -> None:
    links = [tie("ab", 2.5), tie("bc", 6.0), tie("ac", 2.1), tie("cd", 4.0), tie("bz", 9.0), tie("ad", 9.0, same=False)]
    came = {c.statement: c for c in came_in("abcde", links)}
    assert came["a"].link is None and came["e"].link is None
    assert [came[m].link for m in "bcd"] == [links[0], links[1], links[3]]
    assert came["c"].others == (links[3], links[2])


def test_links_that_lead_out_are_told_with_their_far_end() -> None:
    links = [tie("ab", 3.0), tie("bz", 1.0, same=False), tie("ay", 1.5, same=False), tie("yz", 9.0, same=False)]
    assert [(out, x.score) for out, x in apart("ab", links)] == [("y", 1.5), ("z", 1.0)]


pairs = st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")).filter(lambda p: p[0] < p[1])


@given(st.dictionaries(pairs, st.integers(2, 9), max_size=21), st.randoms())
def test_the_joining_links_are_a_strongest_spanning_forest(scores: dict[tuple[str, str], int], random: Random) -> None:
    links = [tie(a + b, float(s)) for (a, b), s in scores.items()]
    came = came_in("abcdefg", links)
    random.shuffle(links)
    assert came_in("abcdefg", links) == came
    used = [c.link for c in came if c.link]
    assert len(used) == len(set(used))
    # Kruskal's algorithm comes to the same weight and leaves as many groups
    group = {m: m for m in "abcdefg"}
    total = 0.0
    for x in sorted(links, key=lambda x: -x.score):
        if group[x.left] != group[x.right]:
            total += x.score
            gone = group[x.right]
            group = {m: group[x.left] if g == gone else g for m, g in group.items()}
    assert sum(x.score for x in used) == total
    assert sum(c.link is None for c in came) == len(set(group.values()))
    assert all(other_end(x, x.left) == x.right for x in used)
