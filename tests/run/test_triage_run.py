"""A project with triage: what is passed over is kept, found and noted, and read once triage is off."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.language.test_en_triage import NEWS, OTHER
from tests.web.desk_project import Client

from dateline.config import Config
from dateline.errors import ConfigError, IssueCode
from dateline.pipeline import load_resources
from dateline.project import Project
from dateline.run.engine import RunRequest, RunSummary

ON = Config().with_("extract", triage="on")
ROWS = ({"id": "attack", "text": NEWS}, {"id": "bread", "text": OTHER, "title": "The oven"})


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, RunSummary]:
    root = tmp_path_factory.mktemp("triage")
    (root / "in.jsonl").write_text("".join(json.dumps(r) + "\n" for r in ROWS), encoding="utf-8")
    project = Project(root / "p", ON, create=True)
    return project, project.run(RunRequest((str(root / "in.jsonl"),)))


def test_the_run_notes_what_it_passed_over(done: tuple[Project, RunSummary]) -> None:
    project, summary = done
    assert (summary.processed, summary.passed_over, summary.faults) == (2, 1, ())
    (note,) = summary.issues
    assert (note.code, note.stage) == (IssueCode.NOT_RELEVANT, "triage")
    assert note.message.startswith("bread: passed over by triage (relevance -")
    assert note.origin is not None and note.origin.endswith("in.jsonl:2")
    assert project.issues(IssueCode.NOT_RELEVANT) == (note,)
    assert project.issues(report_id=note.report_id) == (note,)
    assert project.issues(IssueCode.STAGE_FAILED) == project.faults() == ()
    assert (project.passed_over().rows, project.passed_over(0).total) == ((note,), 1)
    assert project.counts()["issues"] == 0


def test_the_report_is_kept_and_found(done: tuple[Project, RunSummary]) -> None:
    project, _ = done
    assert [r.key for r, _ in project.search("caraway")] == ["bread"]
    assert project.report(project.find("bread")[1]).statements == ()
    assert project.report(project.find("attack")[1]).statements


def test_the_desk_says_so(done: tuple[Project, RunSummary]) -> None:
    desk = Client(done[0])
    issues = desk.get("/issues").text
    assert "Passed over by triage" in issues and "1 report is kept but not read" in issues
    assert "Triage passed this report over" in desk.get("/reports/bread").text
    assert "Triage passed" not in desk.get("/reports/attack").text


def test_without_triage_everything_is_read_and_the_note_goes(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(r) + "\n" for r in ROWS), encoding="utf-8")
    request = RunRequest((str(tmp_path / "in.jsonl"),))
    assert Project(tmp_path / "p", ON, create=True).run(request).passed_over == 1
    project = Project(tmp_path / "p", Config())
    summary = project.run(request)
    assert (summary.processed, summary.reprocessed, summary.issues) == (0, 2, ())
    assert project.issues() == ()


def test_the_setting_is_part_of_the_fingerprint() -> None:
    assert load_resources(ON).fingerprint != load_resources(Config()).fingerprint
    assert load_resources(Config()).triage is None


def test_a_language_without_triage_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.language.en.language import English

    monkeypatch.delattr(English, "relevance")
    with pytest.raises(ConfigError, match=r"triage cannot be on: the language 'en.v2' has none"):
        load_resources(ON.with_("resolve", registers=()).with_("extract", extractor="rules"))
