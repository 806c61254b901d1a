"""Confusions, kinds of report and examples of tiny cases."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluate.compare import CHECKS, WHOLE, compare
from dateline.evaluate.gold import JudgedReport, judged, reports
from dateline.evaluate.quality import OTHER, kinds, quality, spread


def said(start: int, event: str = "ASSAULT", **fields: Any) -> dict[str, Any]:
    """A statement whose trigger is [start, start+5)."""
    made = {"sid": f"s{start}", "sentence": [start, start + 50], "trigger": [[start, start + 5]], "event": [event]}
    return {**made, "certainty": "stated", **fields}


def held(**of: list[dict[str, Any]]) -> dict[str, JudgedReport]:
    lines = [json.dumps({"report_id": key.replace("_", "-"), "statements": s}) for key, s in of.items()]
    return {r.report_id: r for r in reports(lines, "test")}


def test_events_are_confused_with_what_was_found_instead_or_with_nothing() -> None:
    gold = held(r=[said(0), said(100, "ACCUSE"), said(200), {**said(300), "event": ["AID", "RETREAT"]}])
    found = held(r=[said(0), said(100, "REJECT"), said(300, "RETREAT"), said(400, "AID")])
    c = quality(gold, found).events
    assert c.counts == {
        ("ASSAULT", "ASSAULT"): 1,
        ("ACCUSE", "REJECT"): 1,
        ("RETREAT", "RETREAT"): 1,
        ("ASSAULT", None): 1,
        (None, "AID"): 1,
    }
    assert (c.labels, c.total) == (("ACCUSE", "AID", "ASSAULT", "REJECT", "RETREAT"), 4)
    assert (c.rates["ASSAULT"].p, c.rates["ASSAULT"].r, c.rates["ASSAULT"].gold) == (1.0, 0.5, 2)
    assert ["ACCUSE", "REJECT", 1] in quality(gold, found).as_dict()["events"]["counts"]


def test_certainties_are_compared_in_pairs_only() -> None:
    gold = held(r=[said(0, certainty="denied"), said(100), said(200)])
    found = quality(gold, held(r=[said(0), said(100), said(400, certainty="denied")])).certainties
    assert found.counts == {("denied", "stated"): 1, ("stated", "stated"): 1}
    assert found.rates["stated"].f1 == 0.6667


def test_the_fields_that_differ_are_named() -> None:
    gold = judged(said(0, sub_event=["Attack"], actors=[{"name": "a"}], date={"earliest": "2016-05-01"}))
    same: dict[str, Any] = {"actors": [{"name": "A"}], "date": {"earliest": "2016-05-01"}}
    (pair,) = compare("r", [gold], [judged(said(0, sub_event=["Grenade"], weapons=[{"name": "w"}], **same))]).pairs
    assert pair.wrong == ("sub_event", "weapons") and pair.whole
    (pair,) = compare("r", [gold], [judged(said(0, certainty="denied"))]).pairs
    assert pair.wrong == ("sub_event", "actors", "date", "certainty") and not pair.whole


def test_a_whole_statement_rests_on_fields_that_are_checked() -> None:
    assert set(CHECKS) >= WHOLE


def test_examples_are_of_four_kinds() -> None:
    gold = held(a=[said(0), said(100)], b=[said(0), said(100, optional=True)])
    found = quality(gold, held(a=[said(0), said(400)], b=[said(0, certainty="denied"), said(100)]), examples=5)
    assert [(e.kind, e.report_id, e.shown.sid, e.wrong) for e in found.examples] == [
        ("wrong", "b", "s0", ("certainty",)),
        ("missed", "a", "s100", ()),
        ("spurious", "a", "s400", ()),
        ("right", "a", "s0", ()),
    ]
    assert found.of == {"wrong": 1, "missed": 1, "spurious": 1, "right": 1}
    assert found.differing["certainty"] == 1
    assert quality(gold, held()).examples == ()


def test_kinds_are_scored_apart() -> None:
    gold = held(wire_1=[said(0)], wire_2=[said(0)], web_1=[said(0)], web_2=[said(0)])
    found = quality(gold, held(wire_1=[said(0)], wire_2=[said(0)], web_2=[said(0)]))
    assert {k: (s.reports, s.statements.r) for k, s in found.kinds.items()} == {"web": (2, 0.5), "wire": (2, 1.0)}
    assert found.as_dict()["kinds"]["web"]["statements"]["gold"] == 2


@pytest.mark.parametrize(
    ("ids", "wanted"),
    [
        (["wce-2008-03-26-d9", "wce-2011-01-02-ab", "syn-a01", "syn-a02"], ["wce", "wce", "syn-a", "syn-a"]),
        (["re-LeMonde_x", "re-LeMonde_y", "re-Figaro_z", "17", "18", "re-A_q"], ["re", "re", "re", OTHER, OTHER, "re"]),
        (["one", "two", "three", "four"], []),
        (["r_0f", "r_a1"], []),
        (["a1", "a2", "a3", "a4"], []),
        ([], []),
    ],
)
def test_what_an_id_shows(ids: list[str], wanted: list[str]) -> None:
    assert list(kinds(ids).values()) == wanted


@given(st.lists(st.integers()), st.integers(0, 20))
def test_examples_are_spread_in_order(items: list[int], most: int) -> None:
    at = spread(list(range(len(items))), most)
    assert len(at) == min(most, len(items)) and at == sorted(set(at))
    assert not at or at[0] == 0
