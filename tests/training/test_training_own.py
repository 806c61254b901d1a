from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from training.own import TextError, compile_report, compile_texts, load, main

TEXT = """Gunmen in Northtown

Gunmen shelled the mill in Northtown on Tuesday, killing at least 12 people, a mayor said. \
They also burned a barn, he added.

Talks may open on Friday."""
SHELLED: dict[str, Any] = {
    "in": "shelled the mill",
    "trigger": ["shelled", "killing"],
    "event": ["ASSAULT"],
    "sub": ["Shelling/artillery/missile attack"],
    "actors": [{"q": ["Gunmen"], "name": "gunmen"}],
    "places": [{"q": ["Northtown"], "name": "Northtown", "country": "USA", "role": "event"}],
    "date": {"q": ["on Tuesday"], "earliest": "2016-03-01", "latest": "2016-03-01"},
    "figures": [{"q": ["at least 12"], "measure": "killed", "min": 12, "max": None}],
    "sources": [{"q": ["a mayor", "mayor"], "name": "mayor", "type": "official"}],
    "certainty": "stated",
}
BURNED: dict[str, Any] = {
    "in": "burned a barn",
    "trigger": ["burned"],
    "event": ["ASSAULT"],
    "places": [{"q": ["Northtown"], "name": "Northtown", "country": "USA"}],
    "sources": [{"q": ["he", "a mayor"], "name": "mayor", "type": "official"}],
    "certainty": "stated",
    "optional": True,
}


def compiled(*statements: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    raw = {"id": "own-x01", "published": "2016-03-04", "publisher": "P", "text": TEXT, "statements": list(statements)}
    return compile_report(raw, "x.yaml")


def test_quotes_become_offsets_in_text_order() -> None:
    record, wrong = compiled(BURNED, SHELLED)
    assert not wrong
    first, second = record["statements"]
    assert (first["sid"], second["sid"]) == ("s1", "s2")
    said = [TEXT[a:b] for a, b in first["trigger"]]
    assert said == ["shelled", "killing"]
    assert TEXT[slice(*first["sentence"])].startswith("Gunmen shelled")
    assert TEXT[slice(*first["sentence"])].endswith("a mayor said.")
    assert first["actors"][0]["spans"][0][0] == first["sentence"][0], "not the headline's gunmen"
    assert first["figures"] == [{"spans": [[78, 89]], "measure": "killed", "min": 12, "max": None}]
    assert "optional" not in first and second["optional"]
    assert record["published"] == "2016-03-04"


def test_what_the_sentence_lacks_comes_from_before() -> None:
    record, _ = compiled(BURNED)
    (s,) = record["statements"]
    assert s["places"] == [
        {"spans": [[48, 57]], "name": "Northtown", "country": "USA", "role": "event", "implied": True}
    ]
    he, mayor = s["sources"][0]["spans"]
    assert TEXT[slice(*he)] == "he" and TEXT[slice(*mayor)] == "a mayor" and mayor < he


def test_words_are_whole_and_can_be_counted() -> None:
    text = "He said the army hit the arm of the army."
    raw = {"in": "hit", "trigger": ["army#2"], "event": ["ASSAULT"], "certainty": "stated"}
    arm = {"in": "hit", "trigger": ["arm"], "event": ["ASSAULT"], "certainty": "stated"}
    record, wrong = compile_report({"id": "a", "text": text, "statements": [raw, arm]})
    assert not wrong
    assert [text[slice(*s["trigger"][0])] for s in record["statements"]] == ["arm", "army"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"in": "Northtown"}, "occurs 2 times"),
        ({"in": "said. They also"}, "does not lie in one sentence"),
        ({"trigger": ["burned"]}, 'quote "burned" not found'),
        ({"trigger": []}, "list of strings"),
        ({"event": ["ATTACK"]}, "'ATTACK' is none of"),
        ({"event": []}, "at least one category"),
        ({"sub": ["Shelling"]}, "'Shelling' is none of"),
        ({"certainty": "sure"}, "'sure' is none of"),
        ({"certainty": None}, "certainty"),
        ({"places": [{"q": ["Northtown"], "name": "N", "role": "near"}]}, "places.role"),
        ({"places": [{"q": ["Northtown"], "name": "N", "country": "US"}]}, "ISO 3166"),
        ({"places": [{"q": ["Talks"], "name": "N"}]}, "not found"),
        ({"figures": [{"q": ["12"], "measure": "killed", "min": 13, "max": 12}]}, "min <= max"),
        ({"figures": [{"q": ["12"], "measure": "killed", "min": None, "max": None}]}, "min <= max"),
        ({"figures": [{"q": ["12"], "measure": "dead", "min": 12, "max": 12}]}, "'dead' is none of"),
        ({"figures": [{"q": ["12"], "measure": "killed", "min": 12}]}, "figures: an entry has the keys"),
        ({"sources": [{"q": ["mayor"], "name": "mayor", "type": "boss"}]}, "'boss' is none of"),
        ({"actors": [{"q": "Gunmen", "name": "gunmen"}]}, "list of strings"),
        ({"date": {"earliest": "2016-03-02", "latest": "2016-03-01"}}, "is after latest"),
        ({"date": {"earliest": "March"}}, "must be a date"),
        ({"weapon": [["mortars"]]}, "no keys but"),
    ],
)
def test_mistakes_are_named(change: dict[str, Any], reason: str) -> None:
    record, wrong = compiled(SHELLED | change)
    assert len(wrong) == 1
    assert wrong[0].startswith("x.yaml: report own-x01: statement") and reason in wrong[0]
    assert record["statements"] == []


def test_two_statements_cannot_share_a_trigger() -> None:
    _, wrong = compiled(SHELLED, SHELLED)
    assert wrong == ['x.yaml: report own-x01: two statements have the trigger "shelled"']


def test_files_and_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = tmp_path / "a.yaml"
    good.write_text(json.dumps([{"id": "own-a01", "text": TEXT, "statements": [SHELLED, BURNED]}]), encoding="utf-8")
    out = tmp_path / "own.jsonl"
    assert main([str(good), "--out", str(out)]) == 0
    assert [json.loads(line)["report_id"] for line in out.read_text(encoding="utf-8").splitlines()] == ["own-a01"]
    assert main([str(good), "--check"]) == 0
    assert "statements: 2" in capsys.readouterr().out
    assert len(load(tmp_path)) == 1
    (tmp_path / "b.yaml").write_text(good.read_text(encoding="utf-8"), encoding="utf-8")
    assert compile_texts(sorted(tmp_path.glob("*.yaml")))[1] == ["the id own-a01 is used 2 times"]
    with pytest.raises(TextError, match="used 2 times"):
        load(tmp_path)
    assert main([str(good), str(tmp_path / "b.yaml")]) == 1
