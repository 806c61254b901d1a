"""Tiny cases whose numbers are worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import InputError
from dateline.evaluate.gold import JudgedReport, judged, read, reports
from dateline.evaluate.match import affinity, match, paired, same_figure
from dateline.evaluate.score import Prf, Scores, linking, prf, score


def statement(start: int, **fields: Any) -> dict[str, Any]:
    """A gold statement whose trigger is [start, start+5) and whose sentence starts with it."""
    made: dict[str, Any] = {
        "sid": f"s{start}",
        "sentence": [start, start + 50],
        "trigger": [[start, start + 5]],
        "event": ["ASSAULT"],
        "sub_event": ["Attack"],
        "certainty": "stated",
    }
    return {**made, **fields}


def named(*names: str) -> list[dict[str, Any]]:
    return [{"spans": [], "name": n} for n in names]


def file(*statements: dict[str, Any], key: str = "r1") -> dict[str, JudgedReport]:
    line = json.dumps({"report_id": key, "statements": list(statements)})
    return {r.report_id: r for r in reports([line], "test")}


def measured(gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> Scores:
    return score(file(*gold), file(*predicted), errors=9)


def test_itself_is_perfect() -> None:
    held = [
        statement(0, actors=named("Rebels"), incident="x", date={"earliest": "2016-05-01", "latest": "2016-05-01"}),
        statement(100, certainty="denied", sources=[{"spans": [[101, 103]], "type": "police"}], incident="x"),
    ]
    found = measured(held, held)
    assert found.statements == found.typed == found.whole == Prf(1.0, 1.0, 1.0, 2)
    assert found.fields["actors"] == Prf(1.0, 1.0, 1.0, 1)
    assert found.fields["targets"] == Prf(0.0, 0.0, 0.0, 0)
    assert (found.date.accuracy, found.date.gold) == (1.0, 1)
    assert (found.incidents_pairwise.f1, found.incidents_b3, found.certainty_macro_f1) == (1.0, 1.0, 1.0)
    assert found.wrong == ()


def test_one_missed_one_spurious_one_hit() -> None:
    gold = [statement(0, actors=named("a", "b")), statement(100, actors=named("c"))]
    predicted = [statement(2, actors=named("B", "x")), statement(300, actors=named("y"))]
    found = measured(gold, predicted)
    assert found.statements == Prf(0.5, 0.5, 0.5, 2)
    assert found.fields["actors"] == prf(1, 3, 3) == Prf(0.3333, 0.3333, 0.3333, 3)
    assert found.whole == Prf(0.0, 0.0, 0.0, 2)
    assert [(w.gold.sid, w.predicted is None) for w in found.wrong] == [("s0", False), ("s100", True)]


def test_an_optional_statement_costs_and_earns_nothing() -> None:
    gold = [statement(0), statement(100, optional=True)]
    assert measured(gold, [statement(0)]).statements == Prf(1.0, 1.0, 1.0, 1)
    assert measured(gold, [statement(0), statement(100)]).statements == Prf(1.0, 1.0, 1.0, 1)


def test_one_sentence_needs_a_category_and_a_shared_value() -> None:
    gold = judged(statement(0, places=[{"spans": [[20, 25]], "name": "Halam"}]))
    same = {"sentence": [0, 50], "trigger": [[30, 34]]}
    assert affinity(judged(statement(0, **same)), gold) == 0
    near = judged(statement(0, **same, places=[{"name": "halam"}]))
    assert affinity(near, gold) == 2
    assert affinity(judged(statement(0, event=["AID"])), gold) == 10
    assert affinity(judged(statement(0)), gold) == 15
    assert match([near, judged(statement(0))], [gold]) == [(1, 0)]


def test_a_place_needs_its_role() -> None:
    gold = [statement(0, places=[{"name": "Halam", "role": "origin"}])]
    assert measured(gold, [statement(0, places=[{"name": "Halam"}])]).fields["places"].f1 == 0.0


def test_sides_of_a_clash_are_pooled() -> None:
    gold = [statement(0, sub_event=["Armed clash"], actors=named("a"), targets=named("b"))]
    predicted = [statement(0, sub_event=["Armed clash"], actors=named("b", "a"))]
    found = measured(gold, predicted)
    # both gold roles may take from both predicted ones; two values were predicted as actors, none as targets
    assert found.fields["actors"] == Prf(0.5, 1.0, 0.6667, 1)
    assert found.fields["targets"] == Prf(0.0, 1.0, 0.0, 1)
    assert found.whole.f1 == 1.0


def test_original_source() -> None:
    chain = [{"spans": [[1, 3]], "type": "agency"}, {"spans": [[5, 9]], "type": "unnamed"}]
    gold = [statement(0, sources=chain), statement(100), statement(200, sources=[{"type": "impersonal"}])]
    predicted = [
        statement(0, sources=chain[1:]),
        statement(100, sources=chain),
        statement(200, sources=[{"type": "impersonal", "spans": [[201, 203]]}]),
    ]
    found = measured(gold, predicted)
    assert (found.original_source.accuracy, found.original_source.gold) == (0.6667, 3)
    assert (found.original_source_if_attributed.accuracy, found.original_source_if_attributed.gold) == (1.0, 2)
    assert found.fields["sources"] == prf(1, 4, 3)


def test_certainty_macro_counts_each_label_once() -> None:
    gold = [statement(0), statement(100), statement(200, certainty="denied")]
    predicted = [statement(0), statement(100), statement(200)]
    found = measured(gold, predicted)
    assert found.certainty.accuracy == 0.6667
    assert found.certainty_macro_f1 == 0.4  # stated: p 2/3, r 1, f1 .8; denied: 0


def test_figures_pair_one_to_one() -> None:
    gold = judged(statement(0, figures=[{"measure": "killed", "min": 1, "max": 1}] * 2))
    one = judged(statement(0, figures=[{"measure": "killed", "min": 1, "max": 1}]))
    assert paired(one.figures, gold.figures, same_figure) == 1
    part = judged(statement(0, figures=[{"measure": "killed", "min": 1, "max": 1, "of": "children"}]))
    assert part.totals == ()


def test_linking_measures() -> None:
    a, b, c = ("r", 0), ("r", 1), ("r", 2)
    pairwise, b3 = linking({a: "x", b: "x", c: "y"}, {a: "1", b: "1", c: "1"})
    assert pairwise == Prf(0.3333, 1.0, 0.5, 1)
    assert b3 == 0.7143  # precision (2/3 + 2/3 + 1/3) / 3 = 5/9, recall 1
    assert linking({}, {}) == (Prf(0.0, 0.0, 0.0, 0), None)


def test_a_statement_without_incident_is_alone() -> None:
    gold = [statement(0, incident="x"), statement(100, incident="x")]
    found = measured(gold, [statement(0), statement(100)])
    assert found.incidents_pairwise.f1 == 0.0
    assert found.incidents_b3 == 0.6667  # precision 1, recall 1/2


def test_reports_without_prediction_count_as_empty_and_others_are_ignored() -> None:
    found = score(file(statement(0)), file(statement(0), key="other"))
    assert found.statements == Prf(0.0, 0.0, 0.0, 1)
    assert "b3_f1" not in found.as_dict()["incidents"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "Expecting property name"),
        ("[]", "a line must be an object"),
        ('{"report_id": "r", "statements": [{"sid": "s1", "trigger": [[1]]}]}', "report r, statement s1: trigger"),
        ('{"report_id": "r", "statements": [{"event": "ASSAULT"}]}', "statement 1: event must be a list of strings"),
        ('{"report_id": "r", "statements": [{"actors": ["x"]}]}', "actors must be a list of objects"),
        ('{"report_id": "r", "published": "May", "statements": []}', "published must be a date, not 'May'"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError) as e:
        read(path)
    assert f"{path}:1: " in str(e.value) and message in str(e.value)


def test_unreadable_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / "none.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b'{"report_id": "caf\xe9"}')
    with pytest.raises(InputError, match="not UTF-8"):
        read(tmp_path / "latin.jsonl")
