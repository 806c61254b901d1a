from __future__ import annotations

from typing import Any

import numpy as np
from training.gold import held_out
from training.linking import fit, grouped, learned, written
from training.linking_pairs import Pairs, across, within
from training.linking_words import levels
from training.stated import told

from dateline.data import load_text
from dateline.incidents.vocabulary import words
from dateline.incidents.weights import weights
from dateline.labels import Basis

TEXT = "A bomb killed nine people in Mosul on Monday. The blast hit a market. Gunmen shot a judge in Basra."


def statement(quote: str, trigger: str, incident: str | None, **held: Any) -> dict[str, Any]:
    start, at = TEXT.index(quote), TEXT.index(trigger)
    base = {"sentence": [start, start + len(quote)], "trigger": [[at, at + len(trigger)]], "event": ["ASSAULT"]}
    return base | {"sub_event": [], "certainty": "stated", "incident": incident} | held


def spans(quote: str) -> list[list[int]]:
    return [[TEXT.index(quote), TEXT.index(quote) + len(quote)]]


def row(key: str) -> dict[str, Any]:
    first = statement(
        "A bomb killed nine people in Mosul on Monday.",
        "killed",
        "bomb",
        places=[{"spans": spans("Mosul"), "name": "Mosul", "country": "IRQ"}],
        date={"spans": spans("Monday"), "earliest": "2016-05-02", "latest": "2016-05-02"},
        figures=[{"spans": spans("nine"), "measure": "killed", "min": 9, "max": 9}],
        weapons=[{"spans": spans("bomb")}],
        targets=[{"spans": spans("nine people"), "name": "people", "group": None}],
    )
    blast = statement("The blast hit a market.", "blast", "bomb", date={"spans": [], "earliest": "2016-05-02"})
    judge = statement(
        "Gunmen shot a judge in Basra.", "shot", None, places=[{"spans": spans("Basra"), "name": "Basra"}]
    )
    return {"report_id": key, "published": "2016-05-03", "text": TEXT, "statements": [first, blast, judge]}


def test_annotated_statements_become_those_of_the_product() -> None:
    (held,) = told([row("a")], "gold")
    first, blast, judge = held.result.statements
    assert first.places[0].place_id and first.places[0].country == "IRQ"
    assert (first.weapons[0].name, first.figures[0].min, first.targets[0].kind) == ("bomb", 9, "civilians")
    assert first.date and first.date.basis is Basis.TEXT
    assert blast.date and blast.date.basis is Basis.DEFAULT
    assert held.happenings == {first.id: "gold:bomb", blast.id: "gold:bomb", judge.id: None}


def test_pairs_are_labelled_by_the_annotators_keys() -> None:
    reports = list(told([row("a"), row("b")], "gold"))
    inside, outside = within([reports]), across([reports])
    assert sorted(inside.truth) == [0, 0, 1, 1]  # Mosul and Basra are forbidden to be one, so nothing is learnt of them
    for r in (nowhere := [row("a"), row("b")]):
        r["statements"][2] |= {"places": [], "targets": [{"spans": spans("a judge"), "name": "judge"}]}
    assert sorted(within([list(told(nowhere, "gold"))]).truth) == [0, 0, 0, 0, 1, 1]
    assert outside.truth.sum() == 1
    keys, found = grouped(reports, weights())
    assert len(keys) == len(found) == 4


def test_weights_move_towards_the_pairs_and_keep_their_side() -> None:
    w = weights()
    names = list(w.reasons)
    same, far = names.index("place.same"), names.index("place.apart")
    x = np.zeros((400, len(names)))
    x[:, names.index("prior.across")] = 1
    x[:200, same] = 1
    x[200:, far] = 1
    truth = np.array([1.0] * 200 + [0.0] * 200)
    pairs = Pairs(x, truth, np.arange(400.0) % 5)
    found = fit(pairs, 1.0, w)
    assert found[same] > w.reasons["place.same"].start and found[far] < w.reasons["place.apart"].start
    turned = fit(Pairs(x, 1 - truth, pairs.fold), 1.0, w)
    assert turned[same] == 0 == turned[far]
    unseen = names.index("place.near")
    assert found[unseen] == w.reasons["place.near"].start


def test_the_weights_file_says_where_it_comes_from() -> None:
    reports = list(told([row(k) for k in "abcdef"], "gold"))
    inside, outside = within([reports]), across([reports])
    w, notes = learned(inside, outside, outside, weights())
    text = written(w, (inside, outside, outside), notes)
    assert "training.linking" in text and f"{len(outside.truth)} pairs" in text
    held = load_text(text, "weights.yaml")
    assert set(held["across"]) <= set(w.reasons)
    assert held["across"]["date.same"] == w.across["date.same"]
    assert "place.far" not in held["across"]
    assert held["mains"] == held["across"]


def test_a_tenth_is_held_out() -> None:
    share = sum(held_out(f"r{i}") for i in range(1000))
    assert 70 < share < 130


def test_words_are_rare_by_how_few_texts_have_them() -> None:
    made = levels(["the army attacked"] * 99 + ["the zebra attacked"], words())
    assert made[0] == ["army", "attack"]
    assert made[4] == ["zebra"]
