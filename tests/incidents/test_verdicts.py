from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import HALAM, TARIF, Say, report

from dateline.config import LinkConfig
from dateline.incidents import Linkable, link
from dateline.incidents.linking import Linker
from dateline.incidents.verdicts import APART, SAME, Verdict, Verdicts

CONFIG = LinkConfig()


def strike(key: str, place: dict[str, object], day: int = 1) -> Linkable:
    r = report("Jets bombed the town.", key)
    return Say(r, "Jets bombed the town.", "bombed").at(place).on(f"2016-05-{day:02}").toll(7, 7).item()


A, B, C, D = strike("a", HALAM), strike("b", HALAM), strike("c", TARIF), strike("d", TARIF, 9)
ALL = (A, B, C, D)


def together(verdicts: list[Verdict], x: Linkable, y: Linkable) -> bool:
    of = link(ALL, CONFIG, verdicts=Verdicts(verdicts)).incident_of
    return of[x.id] == of[y.id]


def one(*items: Linkable) -> Verdict:
    return Verdict((tuple(i.id for i in items),), True, "Dora", "2016-06-01", "seen on video")


def two(x: Linkable, y: Linkable) -> Verdict:
    return Verdict(((x.id,), (y.id,)), False, "Dora", "2016-06-01")


def test_people_join_what_the_machine_forbids_and_part_what_it_joins() -> None:
    assert together([], A, B) and not together([], A, C)
    assert together([one(A, C)], A, C)
    assert not together([two(A, B)], A, B)


def test_a_link_says_which_person_made_it() -> None:
    result = link(ALL, CONFIG, verdicts=Verdicts([one(A, C), two(A, D)]))
    (joined,) = (x for x in result.links if any(r.name == SAME for r in x.reasons))
    (parted,) = (x for x in result.near_misses if any(r.name == APART for r in x.reasons))
    assert joined.same and "Dora says that they are one, 2016-06-01: seen on video" in joined.reasons[0].text
    assert not parted.same and parted.score < 0


def test_the_later_verdict_holds() -> None:
    assert not together([one(A, C), two(A, C)], A, C)
    assert together([two(A, C), one(A, C)], A, C)


def test_what_is_one_with_one_is_apart_from_what_that_is_apart_from() -> None:
    said = [one(A, C), two(C, B)]
    assert together(said, A, C) and not together(said, A, B)


def test_what_is_split_off_leaves_the_rest_together() -> None:
    said = [one(A, C, D), Verdict(((A.id,), (C.id, D.id)), False)]
    assert together(said, C, D) and not together(said, A, C) and not together(said, A, D)


def test_verdicts_on_statements_that_are_gone_do_no_harm() -> None:
    gone = Verdict((("s_gone", A.id), ("s_lost",)), True)
    assert link(ALL, CONFIG, verdicts=Verdicts([gone])).incidents == link(ALL, CONFIG).incidents


def test_a_linker_heeds_new_verdicts() -> None:
    linker = Linker(CONFIG)
    for said in ([], [one(A, C)], [one(A, C), two(A, B)], []):
        held = Verdicts(said)
        assert linker.link(ALL, held) == link(ALL, CONFIG, verdicts=held)


@st.composite
def verdict(draw: st.DrawFn) -> Verdict:
    x, y = draw(st.sampled_from(list(combinations(ALL, 2))))
    return one(x, y) if draw(st.booleans()) else two(x, y)


@settings(deadline=None, max_examples=60)
@given(st.lists(verdict(), max_size=6), st.randoms())
def test_the_last_verdict_always_holds_and_order_of_reports_never_matters(said: list[Verdict], rnd: object) -> None:
    held = Verdicts(said)
    result = link(ALL, CONFIG, verdicts=held)
    assert sorted(s for i in result.incidents for s in i.statements) == sorted(i.id for i in ALL)
    assert link(tuple(reversed(ALL)), CONFIG, verdicts=held) == result
    if said:
        ids = [s for side in said[-1].sides for s in side]
        assert (result.incident_of[ids[0]] == result.incident_of[ids[1]]) == said[-1].same
