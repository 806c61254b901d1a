"""The mixed stream of the benchmark, from corpora made up here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.stream import HELD_OUT_DAYS, QUIET, WORDS, Piece, annotated, lgl, mixed, sized

from training import triage_texts


def test_pieces_have_the_wanted_length_and_keep_statements() -> None:
    texts = [(" ".join(["short"] * 150), 2)] * 6 + [(" ".join(["long"] * 900), 5)]
    made = list(sized("x", texts))
    assert [(len(p.text.split()), p.statements) for p in made] == [(WORDS, 6), (WORDS, 6), (WORDS, 5)]


def test_a_tenth_of_the_stream_is_relevant_and_sources_take_turns() -> None:
    gold = [Piece("gold", "war " * 450, 3)]
    other = {name: [Piece(name, f"{name} {i}") for i in range(n)] for name, n in (("a", 40), ("b", 60), ("c", 5))}
    stream = mixed(gold, other, 100, 0.1)
    assert (len(stream), sum(p.statements > 0 for p in stream)) == (100, 10)
    assert [p.source for p in stream[1:7]] == ["a", "b", "c"] * 2
    assert len({p.text for p in stream if not p.statements}) == 90


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"lgl\.xml\.gz is missing: --data"):
        list(lgl(tmp_path))
    with pytest.raises(SystemExit, match=r"dev\.jsonl is missing: --gold"):
        annotated(tmp_path / "dev.jsonl")


def test_optional_statements_are_not_counted(tmp_path: Path) -> None:
    rows = [{"text": "a", "statements": [{}, {"optional": True}]}, {"text": "b", "statements": []}]
    (tmp_path / "g.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    assert annotated(tmp_path / "g.jsonl") == [Piece("gold", "a", 1)]


def test_it_reads_what_training_leaves_out() -> None:
    assert HELD_OUT_DAYS == triage_texts.HELD_OUT_DAYS
    assert list(QUIET) == triage_texts.settings()["sections"]
