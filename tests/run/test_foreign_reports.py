"""A project of several languages: what is not read is kept, found, shown, and said to be so."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import update
from tests.web.desk_project import Client

from dateline.cli.list import COLUMNS
from dateline.config import Config
from dateline.errors import IssueCode
from dateline.project import Project
from dateline.run.engine import RunRequest, RunSummary
from dateline.store import tables as t
from dateline.store.database import open_database, writing

ENGLISH = "A car bomb exploded near a market in Mosul on Monday, killing at least four people, the police said."
RUSSIAN = "Беспилотник ударил по складу на окраине города, сообщил губернатор. Два человека погибли, пятеро ранены."
ROWS = ({"id": "one", "text": ENGLISH, "lang": "ru"}, {"id": "two", "text": RUSSIAN, "title": "Удар по складу"})


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, RunSummary]:
    root = tmp_path_factory.mktemp("languages")
    (root / "in.jsonl").write_text("".join(json.dumps(r) + "\n" for r in ROWS), encoding="utf-8")
    project = Project(root / "p", Config(), create=True)
    return project, project.run(RunRequest((str(root / "in.jsonl"),)))


def test_the_run_goes_on_and_says_what_it_did_not_read(done: tuple[Project, RunSummary]) -> None:
    project, summary = done
    (issue,) = summary.issues
    assert (summary.processed, issue.code) == (2, IssueCode.FOREIGN_LANGUAGE)
    assert issue.message.startswith("two: the text reads as Russian (ru); no reader for it is installed")
    assert issue.origin is not None and issue.origin.endswith("in.jsonl:2")
    assert project.issues() == summary.issues
    assert "message" in COLUMNS["issues"]


def test_the_report_is_stored_and_found(done: tuple[Project, RunSummary]) -> None:
    project, _ = done
    (hit,) = [report for report, _ in project.search("губернатор")]
    assert (hit.key, hit.language, dict(hit.found)["language"]) == ("two", "ru", "text")
    assert project.report(hit.id).statements == ()
    one = project.report(project.find("one")[1])
    assert (one.report.language, len(one.statements) > 0) == ("en", True)


def test_the_desk_says_it_too(done: tuple[Project, RunSummary]) -> None:
    project, _ = done
    desk = Client(project)
    page = desk.get("/reports/two").text
    assert "The text reads as Russian; no reader for it is installed" in page
    assert 'lang="ru"' in page and "Russian <small>found in text</small>" in page
    assert "DL-RUN-002" in desk.get("/issues").text
    assert "no reader for it" not in desk.get("/reports/one").text


def test_a_report_stored_before_languages_were_told_apart_is_put_right(done: tuple[Project, RunSummary]) -> None:
    project, _ = done
    two = project.find("two")[1]
    database = project.root / "dateline.db"
    engine = open_database(database, write=True)
    with writing(engine, database) as c:
        c.execute(update(t.reports).values(language="en", found=[]))
        c.execute(update(t.results).values(fingerprint="older"))
    engine.dispose()
    again = project.run(RunRequest())
    assert (again.reprocessed, [i.code for i in again.issues]) == (2, [IssueCode.FOREIGN_LANGUAGE])
    assert project.report(two).report.language == "ru"
