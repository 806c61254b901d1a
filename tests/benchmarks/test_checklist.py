"""Names, places and numbers of annotated reports replaced by others, with the annotation moved along."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
from benchmarks.checklist import numbers
from benchmarks.checklist.__main__ import main, replaced
from benchmarks.checklist.edits import Edit, Edited
from benchmarks.checklist.names import Lists
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from training.own import TEXTS, compile_report

from dateline.data import load_text

TEXT = (
    "Syrian troops shelled Idlib on Aug 12, killing 12 people, six of them children, Reuters said. An Iraqi officer, "
    "Colonel Omar Haddadin, said 250 Iraqis had fled to Mosul. Haddadin blamed Syria. Islamic State (ISIS) denied it "
    "in 2016. In Idlib, 12 died and 40 percent left."
)


def at(words: str, nth: int = 0) -> list[int]:
    start = [m.start() for m in re.finditer(re.escape(words), TEXT)][nth]
    return [start, start + len(words)]


def figure(words: str, low: int | None, high: int | None, nth: int = 0) -> dict[str, Any]:
    return {"spans": [at(words, nth)], "measure": "killed", "min": low, "max": high}


ROW: dict[str, Any] = {
    "report_id": "a",
    "title": "Idlib: 12 dead",
    "text": TEXT,
    "statements": [
        {
            "sid": "s1",
            "sentence": [0, TEXT.index(" An Iraqi")],
            "trigger": [at("shelled")],
            "actors": [{"spans": [at("Syrian troops")], "name": "Syrian troops", "group": "Syria"}],
            "places": [{"spans": [at("Idlib")], "name": "Idlib", "country": "SYR"}],
            "date": {"spans": [at("Aug 12")], "earliest": "2016-08-12", "latest": "2016-08-12"},
            "figures": [figure("12 people", 12, 12), figure("six of them", 6, None)],
        },
        {
            "sid": "s2",
            "sentence": [TEXT.index("An Iraqi"), TEXT.index(" Haddadin blamed")],
            "trigger": [at("fled")],
            "actors": [{"spans": [at("250 Iraqis")], "name": "Iraqis"}],
            "sources": [{"spans": [at("Colonel Omar Haddadin"), at("Haddadin")], "name": "Omar Haddadin"}],
            "figures": [figure("250", 250, 250)],
        },
    ],
}


@pytest.fixture(scope="module")
def lists() -> Lists:
    return Lists()


def quotes(row: dict[str, Any], value: dict[str, Any]) -> list[str]:
    return [row["text"][a:b] for a, b in value["spans"]]


def test_the_annotation_moves_along(lists: Lists) -> None:
    new, pieces = replaced(ROW, lists, 1)
    first, second = new["statements"]
    assert pieces > 12
    assert [new["text"][slice(*s["trigger"][0])] for s in (first, second)] == ["shelled", "fled"]
    (actor,) = quotes(new, first["actors"][0])
    assert actor.endswith(" troops") and actor == first["actors"][0]["name"] and actor != "Syrian troops"
    assert quotes(new, first["places"][0]) == [first["places"][0]["name"]] != ["Idlib"]
    assert quotes(new, first["date"]) == ["Aug 12"]
    full, short = quotes(new, second["sources"][0])
    assert full == f"Colonel {second['sources'][0]['name']}" and full.endswith(f" {short.split()[-1]}")
    assert new["text"][slice(*second["sentence"])].endswith(".")
    assert (new["report_id"], ROW["statements"][0]["figures"][0]["min"]) == ("a", 12)


def test_one_name_is_one_other_throughout_in_all_its_forms(lists: Lists) -> None:
    for seed in range(5):
        new, _ = replaced(ROW, lists, seed)
        for gone in ("Syria", "Iraqi", "Idlib", "Mosul", "Haddadin", "Reuters", "Islamic State", "ISIS"):
            assert gone not in new["text"], seed
        place = new["statements"][0]["places"][0]["name"]
        assert new["text"].count(place) == 2 and new["title"].startswith(place)
        state = next(s for s in lists.new_states if s.name == new["statements"][0]["actors"][0]["group"])
        assert new["text"].startswith(f"{state.adjectives[0]} troops") and f"blamed {state.name}." in new["text"]
        assert re.search(r"\. (An [AEIOU]|A [^AEIOU])\w+ officer", new["text"])


def test_numbers_keep_their_size_order_and_figures(lists: Lists) -> None:
    new, _ = replaced(ROW, lists, 3)
    twelve, six = new["statements"][0]["figures"]
    n = twelve["min"]
    assert twelve["max"] == n and n != 12 and 10 < n < 100 and n % 10
    assert quotes(new, twelve)[0].split()[0] == str(n)
    assert f", {n} died" in new["text"] and new["title"].endswith(f": {n} dead")
    assert (quotes(new, six)[0].split()[0], six["max"]) == (numbers.in_words(six["min"]), None)
    assert "Aug 12" in new["text"] and "in 2016" in new["text"] and "40 percent" in new["text"]
    assert new["statements"][1]["figures"][0]["min"] % 10 == 0


def test_a_sum_is_left_as_it_is() -> None:
    text = "Four men and five boys died; four fled."
    row = {"text": text, "statements": [{"figures": [{"spans": [[0, 22]], "min": 9, "max": 9}]}]}
    assert numbers.chosen(row, Random(1)) == {}


@pytest.mark.parametrize(
    "text",
    ["12:30", "on 12 May", "May 12", "12%", "$12", "12th", "1,5", "2.12", "F-16", "12 million", "one", "1999", "1"],
)
def test_what_is_no_plain_number(text: str) -> None:
    assert list(numbers.found(f"It was {text} then.")) == []


@given(st.lists(st.integers(2, 99_999), max_size=12), st.integers())
def test_the_order_of_numbers_stays(held: list[int], seed: int) -> None:
    words = [f"{n:,}" if n > 999 else str(n) for n in held]
    spans = [[sum(map(len, words[:i])) + i, sum(map(len, words[: i + 1])) + i] for i in range(len(words))]
    figures = [{"spans": [s], "min": n, "max": n} for s, n in zip(spans, held, strict=True)]
    made = numbers.chosen({"text": " ".join(words), "statements": [{"figures": figures}]}, Random(seed))
    assert [len(str(v)) for v in made.values()] == [len(str(k)) for k in made]
    for length in range(1, 6):
        of = [made[k] for k in sorted(made) if len(str(k)) == length]
        assert of == sorted(set(of))


@given(st.data())
def test_spans_beside_edits_keep_their_words_and_others_hold_the_new_ones(data: st.DataObject) -> None:
    text = data.draw(st.text("abc ", min_size=1, max_size=30))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    edited = Edited(text, [Edit(a, b, data.draw(st.sampled_from(["", "X", "YYYY"]))) for a, b in pairs])
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    a, b = edited.span(start, end)
    assert 0 <= a <= b <= len(edited.text)
    touched = [e for e in edited.edits if e.start < end and start < e.end]
    if not touched:
        assert edited.text[a:b] == text[start:end]
    assert all(e.new in edited.text[a:b] for e in touched)


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="'bc' at 1 is replaced twice"):
        Edited("abcd", [Edit(0, 2, "x"), Edit(1, 3, "y")])


def test_reports_of_our_own_keep_their_triggers(lists: Lists) -> None:
    for raw in load_text((TEXTS / "h.yaml").read_text(encoding="utf-8"), "h.yaml")[:6]:
        row, _ = compile_report(raw)
        new, _ = replaced(row, lists, 1)
        assert replaced(row, lists, 1)[0] == new
        for old, s in zip(row["statements"], new["statements"], strict=True):
            held = [v for f in ("actors", "targets", "weapons", "places", "figures", "sources") for v in s[f]]
            spans = [s["sentence"], *s["trigger"], *s["date"]["spans"], *(x for v in held for x in v["spans"])]
            assert all(0 <= a < b <= len(new["text"]) for a, b in spans)
            assert [new["text"][slice(*x)] for x in s["date"]["spans"]] == [
                row["text"][slice(*x)] for x in old["date"]["spans"]
            ]
            assert all(f["min"] <= f["max"] for f in s["figures"] if None not in (f["min"], f["max"]))


def test_the_command_prints_the_loss(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(json.dumps(ROW), encoding="utf-8")
    score = tmp_path / "score.py"
    score.write_text(
        "import json, sys\ngold = open(sys.argv[1]).read()\n"
        "print(json.dumps({'typed': {'f1': .9 if 'Idlib' in gold else .8}}))"
    )
    options = ["--gold", str(tmp_path / "gold.jsonl"), "--score", str(score), "--out", str(tmp_path / "out.jsonl")]
    found = CliRunner().invoke(main, options)
    assert found.exit_code == 0, found.output
    assert "typed F1 falls by 0.1000; aim: by 0.03 at most: missed" in found.output
    assert re.search(r"typed f1 +0\.9 +0\.8 \(-0\.1000\)", found.output)
    assert "Idlib" not in (tmp_path / "out.jsonl").read_text(encoding="utf-8")


def test_a_missing_gold_file_is_named(tmp_path: Path) -> None:
    found = CliRunner().invoke(main, ["--gold", str(tmp_path / "no.jsonl")])
    assert found.exit_code == 1 and "is not there" in found.output
