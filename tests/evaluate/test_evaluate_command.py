from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.made_up import FINGERPRINT, everything, make_project

from dateline.cli.evaluate import command
from dateline.config import Config
from dateline.errors import InputError, StoreError
from dateline.language.en.modelled import DIGEST
from dateline.pipeline import load_resources

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


def test_the_page_names_what_read_the_texts(gold: Path, tmp_path: Path) -> None:
    found = CliRunner().invoke(command, [str(gold), "--page", str(tmp_path / "page"), "--examples", "1"])
    assert found.exit_code == 0, found.output
    page = (tmp_path / "page" / "index.html").read_text(encoding="utf-8")
    resources = load_resources(Config())
    assert f"<dt>Fingerprint</dt><dd><code>{resources.fingerprint}</code></dd>" in page
    assert f"<dt>Weights</dt><dd><code>{DIGEST}</code></dd>" in page
    assert "[extract]\nlanguage = &#34;en.v2&#34;" in page


def test_a_page_of_a_project(tmp_path: Path) -> None:
    root = make_project(tmp_path / "p", everything())
    lines = [json.dumps({"report_id": r.report.key, "text": r.report.text, "statements": []}) for r in everything()]
    (tmp_path / "gold.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = CliRunner().invoke(
        command, [str(tmp_path / "gold.jsonl"), "--project", str(root), "--page", str(tmp_path / "page")]
    )
    assert found.exit_code == 0, found.output
    page = (tmp_path / "page" / "index.html").read_text(encoding="utf-8")
    assert f"<dt>Fingerprint</dt><dd><code>{FINGERPRINT}</code></dd>" in page
    assert page.count('<article class="example spurious">') == 6
    assert "test.v1" in page.split('class="example spurious"')[1].split("Certainty")[1]


def test_a_folder_that_cannot_be_made_is_named(gold: Path) -> None:
    found = CliRunner().invoke(command, [str(gold), "--predictions", str(gold), "--page", str(gold / "page")])
    assert isinstance(found.exception, StoreError)
    assert "index.html: cannot be written" in str(found.exception)
