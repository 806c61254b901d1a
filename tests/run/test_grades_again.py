"""Grades outlive linking anew, reading anew, and incidents that grow."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import delete
from tests.builders import HALAM, Say, report

from dateline.config import Config, LedgerConfig
from dateline.project import Project
from dateline.records import ReportResult
from dateline.run.linking import link_project
from dateline.store import tables as t
from dateline.store.database import open_database, writing
from dateline.store.load import Loadable, load_results

AT = "2020-01-02T03:04:05+00:00"


def strike(key: str, day: str, low: int) -> ReportResult:
    r = report(
        f"{key}: Aircraft struck the old dam of Halam on Monday, killing {low} people.", key, day, f"Outlet {key}"
    )
    say = Say(r, r.text, "struck").at(HALAM).on("2016-05-01").toll(low, low).said(f"Mayor {key}")
    return ReportResult(report=r, statements=(say.done(),))


def load(root: Path, config: Config, *results: ReportResult) -> None:
    """What a run does: load reports, then link all anew."""
    path = root / "dateline.db"
    engine = open_database(path, write=True)
    with writing(engine, path) as c:
        load_results(c, [Loadable(r.report.key, r.report.key, "by hand", "0" * 64, r) for r in results], "f")
        c.execute(delete(t.meta))
        assert link_project(c, config)
    engine.dispose()


def test_grades_are_there_after_another_run_and_follow_the_incident(tmp_path: Path) -> None:
    first, second = strike("b", "2016-05-03", 12), strike("c", "2016-05-04", 15)
    load(tmp_path, Config(), first, second)
    with Project(tmp_path) as p:
        (row,) = p.incidents().rows
        p.grade(p.judge(row.code, "fair", person="Ana", at=AT))
        p.grade(p.judge(row.code, "B", voice="Mayor c", person="Ana", at=AT))
        p.grade(p.judge(first.statements[0].id, "2", person="Ben", at=AT))
    load(tmp_path, Config(), strike("a", "2016-05-02", 9))
    with Project(tmp_path) as p:
        (after,) = p.incidents().rows
        assert after.id != row.id, "the anchor is another statement now"
        view = p.incident(after.id)
        assert view.grade and (view.grade.value, view.grade.joined, view.grade.left) == ("fair", 1, 0)
        assert {e.said.report_id: str(e.grade) for e in view.ledger.entries} == {"a": "F6", "b": "F2", "c": "B6"}


def test_lists_follow_the_best_grade_at_once_where_that_is_the_policy(tmp_path: Path) -> None:
    config = Config(ledger=LedgerConfig(policy="highest-graded"))
    load(tmp_path, config, strike("b", "2016-05-03", 12), strike("c", "2016-05-04", 15))
    with Project(tmp_path, config) as p:
        (row,) = p.incidents().rows
        assert (row.killed_min, row.killed_max) == (12, 15)
        p.grade(p.judge(row.code, "A", voice="Mayor b", person="Ana", at=AT))
        (row,) = p.incidents().rows
        assert (row.killed_min, row.killed_max) == (12, 12)
    load(tmp_path, config, strike("b", "2016-05-03", 12))
    with Project(tmp_path, config) as p:
        assert p.incidents().rows[0].killed_max == 12
