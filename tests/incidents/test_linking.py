from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.builders import HALAM, SYRIA, TARIF, Say, report

from dateline.config import LinkConfig
from dateline.incidents import Linkable, link
from dateline.incidents.block import pairs_across
from dateline.incidents.cluster import cluster
from dateline.incidents.codes import slug, unique
from dateline.incidents.features import features
from dateline.incidents.linking import Linker
from dateline.incidents.places import Relation, relation
from dateline.incidents.score import cannot, score
from dateline.incidents.vocabulary import words
from dateline.incidents.weights import weights
from dateline.labels import Basis, Certainty, PlaceRole
from dateline.records import Place, ReportResult

CONFIG = LinkConfig()


def strike(key: str = "a", published: str | None = "2016-05-02", text: str = "Jets bombed Halam.") -> Say:
    trigger = "bombed" if "bombed" in text else text.split()[1]
    return Say(report(text, key, published), text, trigger)


def together(*items: Linkable) -> bool:
    return len(link(items, CONFIG).incidents) == 1


def names(a: Linkable, b: Linkable) -> dict[str, float]:
    return {r.name: r.weight for r in score(a, b, CONFIG).reasons}


def test_one_strike_told_by_two_outlets_is_one_incident() -> None:
    a = strike("a").at(HALAM).on("2016-05-01").toll(12, 12).item()
    b = strike("b", text="Warplanes pounded the town.").at(HALAM).on("2016-05-01").toll(10, None).item()
    result = link([a, b], CONFIG)
    (incident,) = result.incidents
    assert incident.statements == (a.id, b.id)
    assert incident.code == "SYR-2016-05-01-halam-airstrike"
    (only,) = result.links
    assert only.same and only.left < only.right
    assert only.score == pytest.approx(sum(r.weight for r in only.reasons))
    assert {"place.same", "date.same", "event.same_sub", "figure.fits"} <= {r.name for r in only.reasons}
    assert "both in Halam" in [r.text for r in only.reasons]


def test_a_town_lies_in_its_country() -> None:
    a = strike("a").at(HALAM).on("2016-05-01").by("Russia", "Russia").item()
    b = strike("b").at(SYRIA).on("2016-05-01").by("Russia", "Russia").item()
    assert "place.within_country" in names(a, b)
    assert together(a, b)


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        (strike("a").at(HALAM).on("2016-05-01"), strike("b").at(TARIF).on("2016-05-01"), "place.far"),
        (strike("a").at(HALAM).on("2016-05-01"), strike("b").at(HALAM).on("2016-04-01"), "date.disjoint"),
        (strike("a").at(HALAM), strike("b").at(HALAM).surely(Certainty.PLANNED), "certainty.ahead"),
        (strike("a").at(HALAM), strike("b").at(HALAM).kind("AID"), "event.other_family"),
        (
            strike("a", text="The first raid bombed Halam.").at(HALAM),
            strike("b", text="The second raid bombed Halam.").at(HALAM),
            "ordinal.differ",
        ),
    ],
)
def test_what_forbids_a_link(left: Say, right: Say, reason: str) -> None:
    a, b = left.item(), right.item()
    found = score(a, b, CONFIG)
    assert reason in {r.name for r in found.reasons}
    assert cannot(found) and not found.same
    assert not together(a, b)


def test_planned_links_to_planned() -> None:
    a, b = (strike(k).at(HALAM).on("2016-05-09").surely(Certainty.PLANNED).item() for k in "ab")
    assert together(a, b)


def test_two_tolls_in_one_report_may_be_two_strikes() -> None:
    r = report("Jets bombed Halam on Sunday, killing 12. Elsewhere, jets bombed Tarif, killing 3.")
    a = Say(r, "Jets bombed Halam on Sunday, killing 12.", "bombed").at({"name": "Halam"}).toll(12, 12).item()
    b = Say(r, "Elsewhere, jets bombed Tarif, killing 3.", "bombed").at({"name": "Tarif"}).toll(3, 3).item()
    assert {"cue.another", "place.other_name", "figure.differ"} <= set(names(a, b))
    assert not together(a, b)


def test_a_vague_statement_stays_alone() -> None:
    r = report("Strikes went on. Strikes went on again.")
    a = Say(r, "Strikes went on.", "Strikes").item()
    b = Say(r, "Strikes went on again.", "Strikes went").item()
    assert not together(a, b)


@pytest.mark.parametrize(
    ("sentence", "trigger", "alone"),
    [
        ("The army says its jets often bomb Halam.", "bomb Halam", True),
        ("The bombing campaign on Halam has killed hundreds.", "bombing campaign", True),
        ("Nurses treat many after the bombing of Halam.", "bombing", False),
    ],
)
def test_a_practice_or_a_campaign_is_no_part_of_one_strike(sentence: str, trigger: str, alone: bool) -> None:
    r = report(f"Jets bombed Halam on Sunday. {sentence}", "a")
    a = Say(r, "Jets bombed Halam on Sunday.", "bombed").at(HALAM).on("2016-05-01").by("jets").item()
    b = Say(r, sentence, trigger).at(HALAM).by("jets").item()
    assert together(a, b) is not alone


def test_a_bare_mention_borrows_its_place_and_day_from_its_own_report() -> None:
    first = report("Jets bombed Halam on Sunday. The strikes wounded ten people.", "a")
    other = report("Warplanes bombed Halam on Sunday. The strikes lasted an hour, a medic said.", "b")
    items = []
    for r, sentence in ((first, "Jets bombed Halam"), (other, "Warplanes bombed Halam")):
        items.append(Say(r, sentence, "bombed").at(HALAM).on("2016-05-01").item())
    items.append(Say(first, "The strikes wounded ten people.", "strikes").toll(10, 10, measure="injured").item())
    items.append(Say(other, "The strikes lasted an hour", "strikes").using("jets", "aircraft").item())
    result = link(items, CONFIG)
    assert len(result.incidents) == 1
    across = [x for x in result.links if {x.left, x.right} == {items[0].id, items[1].id}]
    assert [r.text for x in across for r in x.reasons if r.name == "report.whole"]


def test_background_repeated_for_months_is_not_news() -> None:
    text = "The monitor says who bombed by the kind of jet."
    a, b = strike("a", "2016-05-02", text).at(SYRIA).item(), strike("b", "2016-09-02", text).at(SYRIA).item()
    assert "sentence.same_words" not in names(a, b)
    assert not together(a, b)
    assert together(a, strike("c", "2016-05-02", text).at(SYRIA).item())


def test_a_bridge_joins_nothing() -> None:
    """0-1 and 2-3 are strongly alike; only 1-2 reaches across."""
    held = {(0, 1): 6.0, (2, 3): 6.0, (1, 2): 3.5, (0, 2): -4.0, (0, 3): -4.0, (1, 3): -4.0}
    assert cluster(4, held, lambda i, j: 0.0, 3.0, 2.0) == [[0, 1], [2, 3]]
    assert cluster(3, {(0, 1): 6.0, (1, 2): 5.0, (0, 2): 3.0}, lambda i, j: 0.0, 3.0, 2.0) == [[0, 1, 2]]


def test_what_is_together_to_begin_with_stays_so() -> None:
    """1-2 would go first, and 0 would join neither; but 0 and 1 are together from the start, and 2 does not fit 0."""
    held = {(0, 1): 3.0, (1, 2): 6.0, (0, 2): -4.0}
    alone = [[i] for i in range(3)]
    assert cluster(3, held, lambda i, j: 0.0, 3.0, 2.0) == [[0], [1, 2]]
    assert cluster(3, held, lambda i, j: 0.0, 3.0, 2.0, start=alone) == [[0], [1, 2]]
    assert cluster(3, held, lambda i, j: 0.0, 3.0, 2.0, start=[[0, 1]]) == [[0, 1], [2]]
    joined = {(0, 1): 3.0, (1, 2): 6.0, (0, 2): 3.0}
    assert cluster(3, joined, lambda i, j: 0.0, 3.0, 2.0, start=[[0, 1]]) == [[0, 1, 2]]


def test_a_large_component_is_cut_at_its_weak_links() -> None:
    n = 300
    held = {(i, i + 1): 3.0 if i == 149 else 9.0 for i in range(n - 1)}
    groups = cluster(n, held, lambda i, j: 9.0 if (i < 150) == (j < 150) else -9.0, 3.0, 2.0)
    assert sorted(i for g in groups for i in g) == list(range(n))
    assert all((g[0] < 150) == (g[-1] < 150) for g in groups)


def test_reprints_cost_little() -> None:
    """Four times the statements must not cost much more than four times the pairs."""
    w, vocabulary = weights(), words()

    def count(n: int) -> int:
        items = [strike(f"k{i:04}").at(HALAM).on("2016-05-01").item() for i in range(n)]
        found = [features(i, "force", vocabulary) for i in items]
        return sum(1 for _ in pairs_across(found, CONFIG.max_days, w.toll_worth))

    assert count(1000) < 6 * count(250)


def test_codes_are_unique_and_readable() -> None:
    assert unique(["a", "a", "a-2", "b", "a"]) == ["a", "a-3", "a-2", "b", "a-4"]
    assert slug("Deir ez-Zôr (city)") == "deir-ez-zor-city"
    undated = strike("a", published=None).item()
    assert link([undated], CONFIG).incidents[0].code == "XXX-undated-airstrike"
    reported = strike("b").at(HALAM).item()
    assert link([reported], CONFIG).incidents[0].code == "SYR-by-2016-05-02-halam-airstrike"


def test_nothing_in_nothing_out() -> None:
    assert link([], CONFIG) == link(iter(()), CONFIG)
    assert link([], CONFIG).incidents == ()


TEXTS = ("Jets bombed Halam.", "The second raid bombed it.", "Rebels attacked Tarif.", "Shells hit the market.")


@st.composite
def items(draw: st.DrawFn) -> Linkable:
    text = draw(st.sampled_from(TEXTS))
    say = strike(draw(st.sampled_from("abcdef")), draw(st.sampled_from(["2016-05-01", "2016-05-03", None])), text)
    if draw(st.booleans()):
        say.at(draw(st.sampled_from([HALAM, TARIF, SYRIA, {"name": "Halam"}])))
    if draw(st.booleans()):
        first = date(2016, 5, 1) + timedelta(draw(st.integers(-3, 12)))
        say.on(str(first), str(first + timedelta(draw(st.integers(0, 3)))))
    if draw(st.booleans()):
        say.by(*draw(st.sampled_from([("Russia", "Russia"), ("gunmen", None), ("rebels", "Rebels")])))
    if draw(st.booleans()):
        low = draw(st.integers(0, 20))
        say.toll(low, draw(st.sampled_from([low, low + 5, None])))
    say.sub = draw(st.sampled_from([None, "Attack", "Air/drone strike", "Suicide bomb"]))
    return say.surely(draw(st.sampled_from([Certainty.STATED, Certainty.PLANNED, Certainty.ALLEGED]))).item()


some = st.lists(items(), max_size=14)


@given(items(), items())
def test_score_is_symmetric_and_the_sum_of_its_reasons(a: Linkable, b: Linkable) -> None:
    assume(a.id != b.id)
    found = score(a, b, CONFIG)
    assert found == score(b, a, CONFIG)
    assert found.score == pytest.approx(sum(r.weight for r in found.reasons), abs=1e-6)


@settings(deadline=None)
@given(some, st.randoms(use_true_random=False))
def test_linking_does_not_depend_on_order(held: list[Linkable], rnd: Any) -> None:
    held = list({i.id: i for i in held}.values())  # of two versions of a statement, one
    result = link(held, CONFIG)
    shuffled = list(held)
    rnd.shuffle(shuffled)
    assert link(shuffled, CONFIG) == result


def test_what_two_reports_of_one_key_mainly_tell_is_told_apart_by_their_texts() -> None:
    text = "Rebels attacked Tarif."
    told = [strike("a", published, text) for published in ("2016-05-01", "2016-05-03")]
    for say in told:
        say.sub = "Attack"
    held = [say.item() for say in told]
    assert link(held, CONFIG).mains == {i.statement.report_id: i.id for i in held}


@settings(deadline=None)
@given(some)
def test_every_statement_is_in_one_incident_and_nothing_forbidden_is_joined(held: list[Linkable]) -> None:
    by_id = {i.id: i for i in held}
    result = link(by_id.values(), CONFIG)
    members = [s for incident in result.incidents for s in incident.statements]
    assert sorted(members) == sorted(by_id)
    assert len({i.id for i in result.incidents}) == len({i.code for i in result.incidents}) == len(result.incidents)
    for incident in result.incidents:
        here = frozenset(incident.statements)
        for x, y in combinations(incident.statements, 2):
            reports = {by_id[s].statement.report_id for s in (x, y)}
            mainly = len(reports) == 2 and all(result.mains.get(r) in here for r in reports)
            assert mainly or not cannot(score(by_id[x], by_id[y], CONFIG))  # see incidents/mains.py
    for links in (result.links, result.near_misses):
        assert all(x.left < x.right for x in links)
        assert all((x.left, x.right) < (y.left, y.right) for x, y in pairwise(links))
    of = result.incident_of
    assert all(x.same and of[x.left] == of[x.right] for x in result.links)
    assert all(not x.same and of[x.left] != of[x.right] for x in result.near_misses)


def test_a_follow_up_is_linked_without_being_merged() -> None:
    r = report("Jets bombed Halam on Monday, a day after a raid killed nine people there.")
    sentence = r.text
    strikes = Say(r, sentence, "bombed").at(HALAM).on("2016-05-02").item()
    raid = Say(r, sentence, "raid").at(HALAM).on("2016-05-01").toll(9, 9).item()
    result = link([strikes, raid], CONFIG)
    assert len(result.incidents) == 2
    (follow,) = (x for x in result.near_misses if any(reason.name == "cue.after" for reason in x.reasons))
    assert {follow.left, follow.right} == {strikes.id, raid.id}
    assert "came after “raid”" in " ".join(reason.text for reason in follow.reasons)


def test_reports_one_by_one_give_what_all_at_once_give() -> None:
    said = [(strike("a"), "2016-05-01"), (strike("b"), "2016-05-01"), (strike("c"), "2016-05-20")]
    results, items = [], []
    for say, day in said:
        item = say.at(HALAM).on(day).item()
        items.append(item)
        results.append(ReportResult(report=say.r, statements=(item.statement,)))
    assert Linker(CONFIG, keep=False).link_reports(reversed(results)) == link(items, CONFIG)


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ("Roxmere", "the Roxmere quarter", Relation.ALIKE),
        ("Halam", "Tarif Street", Relation.APART),
        ("Halam", "Tarif", Relation.FAR),
    ],
)
def test_a_name_that_may_be_taken_for_another_forbids_nothing(left: str, right: str, found: Relation) -> None:
    spots = [Place(name=n, rule="t", basis=Basis.DEFAULT, role=PlaceRole.EVENT) for n in (left, right)]
    near, far = (replace(p, place_id=str(i), lat=30.0 + 5 * i, lon=38.0, feature="P.PPL") for i, p in enumerate(spots))
    assert relation(near, far, 12, 40) is found
