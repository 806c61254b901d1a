"""`dateline grade` over a project written by hand, and what `show` and exports say of it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.web.desk_project import Desk, desk_project

from dateline.cli.main import cli
from dateline.errors import ConfigError, EvidenceError, NotFound
from dateline.incidents.grades import Judgement
from dateline.ontology.grades import Scheme

CODE = "DL-2016-0001"
HEALTH = "medic:provincial health office"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    held = desk_project(tmp_path)
    held.project.close()
    return held


def ran(desk: Desk, *words: str) -> Result:
    return CliRunner().invoke(cli, [*words, "-p", str(desk.project.root)])


def told(desk: Desk, *words: str) -> str:
    result = ran(desk, *words)
    assert result.exit_code == 0, result.output
    return result.output


def test_grades_are_given_shown_and_exported(desk: Desk) -> None:
    told(desk, "grade", "give", CODE, "fair", "--by", "Ana", "--because", "two named sources")
    told(desk, "grade", "give", CODE, "b", "--voice", HEALTH, "--by", "Ben")
    told(desk, "grade", "give", desk.statement("wire").id, "2", "--by", "Ana")
    shown = told(desk, "show", CODE)
    assert "grade: fair, two or more credible sources" in shown
    assert "(Ana, 20" in shown and "two named sources" in shown
    assert "reliability B" in shown and "graded B2" in shown
    assert "grade      2, probably true (Ana" in told(desk, "show", desk.statement("wire").id)
    assert json.loads(told(desk, "show", CODE, "--json"))["grade"]["value"] == "fair"
    rows = csv.DictReader(io.StringIO(told(desk, "export", "ledger-csv").split("figures written")[0].lstrip("\ufeff")))
    assert {r["reliability"] + r["credibility"] for r in rows if r["voice"] == HEALTH} == {"B2"}
    assert told(desk, "grade", "list").count("\n") == 4


def test_another_policy_is_asked_for_and_named(desk: Desk) -> None:
    assert "killed: 12 to at least 17  (envelope" in told(desk, "show", CODE)
    assert "killed: at least 17  (latest" in told(desk, "show", CODE, "--policy", "latest")
    told(desk, "grade", "give", CODE, "A", "--voice", "outlet:lakes observatory", "--by", "Ben")
    assert "killed: 15  (highest-graded" in told(desk, "show", CODE, "--policy", "highest-graded")


def test_a_grade_can_be_withdrawn_and_stays_in_the_list(desk: Desk) -> None:
    told(desk, "grade", "give", CODE, "weak", "--by", "Ana")
    told(desk, "grade", "give", CODE, "withdrawn", "--by", "Ana", "--because", "graded the wrong one")
    assert "grade: none given" in told(desk, "show", CODE)
    assert [j["value"] for j in json.loads(told(desk, "grade", "list", "--json"))] == ["weak", "withdrawn"]


def test_the_worksheet_counts_and_leaves_the_rest_to_a_person(desk: Desk) -> None:
    sheet = told(desk, "grade", "sheet", CODE)
    assert "Is there one voice only?  [weak]\n  counted: no. 3 voices in 3 reports" in sheet
    assert "Proposed for every voice and statement: F6" in sheet
    assert json.loads(told(desk, "grade", "sheet", CODE, "--json"))["proposed"]["reliability"] == "F"


def test_wrong_grades_are_refused_with_what_is_right(desk: Desk) -> None:
    with pytest.raises(ConfigError, match="no harm grade 'good'; grades are confirmed"):
        desk.project.judge(CODE, "good", person="Ana", at="")
    with pytest.raises(NotFound, match="its voices are medic:provincial health office"):
        desk.project.judge(CODE, "A", voice="nobody", person="Ana", at="")
    with pytest.raises(NotFound, match="is a report"):
        desk.project.judge("wire-1", "2", person="Ana", at="")
    with pytest.raises(ConfigError, match="say whose"):
        desk.project.judge(CODE, "fair", person=" ", at="")
    with pytest.raises(EvidenceError, match="no person"):
        Judgement(scheme=Scheme.HARM, target="i", value="fair", person="", at="")
    assert ran(desk, "grade", "give", CODE, "fair").exit_code == 2
    assert isinstance(ran(desk, "grade", "sheet", "wire-1").exception, NotFound)
