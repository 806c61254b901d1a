from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.cli.evaluate import command
from dateline.errors import InputError

TEXT = "Jets bombed Halam."
STATEMENT = {
    "sid": "s1",
    "sentence": [0, 18],
    "trigger": [[5, 11]],
    "event": ["ASSAULT"],
    "places": [{"spans": [[12, 17]], "name": "Halam"}],
    "certainty": "stated",
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"report_id": "r", "text": TEXT, "statements": [STATEMENT]}) + "\n", encoding="utf-8")
    return path


def test_a_file_scored_against_itself(gold: Path) -> None:
    found = CliRunner().invoke(command, [str(gold), "--predictions", str(gold), "--json"])
    assert found.exit_code == 0, found.output
    held = json.loads(found.output)
    assert held["whole"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "gold": 1}
    assert "errors" not in held
    table = CliRunner().invoke(command, [str(gold), "--predictions", str(gold)]).output
    assert "statements\t1.0000\t1.0000\t1.0000\t\t1" in table


def test_errors_show_the_sentence_and_both_readings(gold: Path, tmp_path: Path) -> None:
    wrong = {**STATEMENT, "certainty": "denied"}
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps({"report_id": "r", "statements": [wrong]}), encoding="utf-8")
    found = CliRunner().invoke(command, [str(gold), "--predictions", str(other), "--errors", "3"]).output
    assert f"r s1: {TEXT}" in found
    assert "gold   ASSAULT stated  places=halam" in found
    assert "found  ASSAULT denied  places=halam" in found
    held = CliRunner().invoke(command, [str(gold), "--predictions", str(other), "--errors", "3", "--json"]).output
    assert [e["predicted"]["certainty"] for e in json.loads(held)["errors"]] == ["denied"]


def test_one_origin_of_predictions_at_most(gold: Path) -> None:
    found = CliRunner().invoke(command, [str(gold), "--predictions", str(gold), "--no-published"])
    assert found.exit_code == 2
    assert "give one of" in found.output


@pytest.mark.parametrize("options", [[], ["--no-published"]])
def test_the_texts_of_the_gold_file_are_read(gold: Path, options: list[str]) -> None:
    found = CliRunner().invoke(command, [str(gold), *options, "--json"])
    assert found.exit_code == 0, found.output
    held = json.loads(found.output)
    assert held["reports"] == 1 and held["statements"]["gold"] == 1
    assert held["statements"]["r"] == 1.0


def test_gold_without_texts_needs_predictions(tmp_path: Path) -> None:
    path = tmp_path / "bare.jsonl"
    path.write_text(json.dumps({"report_id": "r", "statements": [STATEMENT]}), encoding="utf-8")
    found = CliRunner().invoke(command, [str(path)])
    assert isinstance(found.exception, InputError)
    assert "report r has no text to read; give --predictions" in str(found.exception)
