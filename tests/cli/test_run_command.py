"""The main job: runs through, skips what is done, resumes, and gives the same bytes however it was run."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import Dateline, made_up
from tests.language.test_en_triage import OTHER


def exported(dateline: Dateline, project: Path) -> str:
    done = dateline("export", "statements", "-p", project)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_samples_run_through(dateline: Dateline, sample_project: Path) -> None:
    lines = exported(dateline, sample_project).splitlines()
    assert len(lines) >= 20
    assert sum(len(json.loads(x)["statements"]) for x in lines) >= 60


def test_a_second_run_skips_what_is_done_and_changes_nothing(dateline: Dateline, corpus: Path, tmp_path: Path) -> None:
    project = tmp_path / "p"
    first = dateline("run", corpus, "-p", project)
    assert first.returncode == 0, first.stderr
    assert "120 new" in first.stdout
    held = exported(dateline, project)
    again = dateline("run", corpus, "-p", project)
    assert "(0 new, 0 again, 120 known already)" in again.stdout
    assert exported(dateline, project) == held


def test_workers_order_and_batches_change_nothing(dateline: Dateline, corpus: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    dateline("run", corpus, "-p", one)
    turned = tmp_path / "turned.jsonl"
    turned.write_text("".join(reversed(corpus.read_text().splitlines(keepends=True))))
    two.mkdir()
    (two / "dateline.toml").write_text("[run]\nshard_size = 7\n")
    done = dateline("run", turned, "-p", two, "--workers", 2)
    assert done.returncode == 0, done.stderr
    for form in ("statements", "csv", "incidents-csv", "geojson"):
        assert dateline("export", form, "-p", one).stdout == dateline("export", form, "-p", two).stdout, form


def test_a_killed_run_goes_on_where_it_was(dateline: Dateline, tmp_path: Path) -> None:
    corpus, project = tmp_path / "many.jsonl", tmp_path / "p"
    corpus.write_text("".join(json.dumps(made_up(n)) + "\n" for n in range(600)))
    project.mkdir()
    (project / "dateline.toml").write_text("[run]\nshard_size = 10\n")
    command = [sys.executable, "-m", "dateline", "run", str(corpus), "-p", str(project)]
    for stop in (signal.SIGKILL, signal.SIGINT):
        done_before = len(list(project.glob("runs/*/*.done")))
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while len(list(project.glob("runs/*/*.done"))) < done_before + 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(process.pid, stop)
        assert process.wait(60) == (-signal.SIGKILL if stop is signal.SIGKILL else 130)
    last = dateline("run", corpus, "-p", project)
    assert last.returncode == 0, last.stderr
    assert "reports          600" in last.stdout
    whole = tmp_path / "whole"
    dateline("run", corpus, "-p", whole)
    assert exported(dateline, project) == exported(dateline, whole)


def test_reports_that_come_later_join_the_incidents_there_are(dateline: Dateline, tmp_path: Path) -> None:
    rows = [json.dumps(made_up(n)) + "\n" for n in range(30)]
    for name, held in (("late", rows[::3]), ("early", rows[1::3] + rows[2::3]), ("all", rows)):
        (tmp_path / f"{name}.jsonl").write_text("".join(held))
        done = dateline("run", tmp_path / f"{name}.jsonl", "-p", tmp_path / ("whole" if name == "all" else "parts"))
        assert done.returncode == 0, done.stderr

    def rows_of(project: str, table: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(tmp_path / project / "dateline.db")) as db:
            return sorted(db.execute(f"SELECT * FROM {table}"))

    for table in ("incidents", "incident_statements", "links"):
        assert rows_of("parts", table) == rows_of("whole", table) != []


def test_a_changed_setting_runs_only_what_it_must(dateline: Dateline, corpus: Path, tmp_path: Path) -> None:
    project = tmp_path / "p"
    dateline("run", corpus, "-p", project)
    (project / "dateline.toml").write_text("[link]\nthreshold = 99.0\n")
    relinked = dateline("run", "-p", project)
    assert "0 new, 0 again" in relinked.stdout
    actors = project / "mine.csv"
    actors.write_text("id,name,kind,aliases\ngroup:test-front,Test Front,armed_group,Test Liberation Front\n")
    (project / "dateline.toml").write_text('[resolve]\nregisters = ["mine.csv"]\n')
    again = dateline("run", "-p", project)
    assert again.returncode == 0, again.stderr
    assert "(0 new, 120 again, 0 known already)" in again.stdout


def test_what_is_given_overrides_what_files_say(dateline: Dateline, tmp_path: Path) -> None:
    report, project = tmp_path / "a.txt", tmp_path / "p"
    report.write_text("Two killed in Gao\n\nGunmen killed two soldiers in Gao on Friday, the army said.")
    dateline("run", report, "-p", project)
    dateline("run", report, "-p", project, "--published", "2017-01-18", "--outlet", "A Paper")
    lines = [json.loads(x) for x in exported(dateline, project).splitlines()]
    assert [(x["published"], x["publisher"]) for x in lines] == [("2017-01-18", "A Paper")]


def test_without_a_publication_date_no_relative_expression_gets_a_bound(dateline: Dateline, tmp_path: Path) -> None:
    report, project = tmp_path / "a.txt", tmp_path / "p"
    report.write_text("Gunmen killed two soldiers in Gao on Friday.\n\nA bomb exploded in Aden yesterday.")
    dateline("run", report, "-p", project)
    held = json.loads(exported(dateline, project))["statements"]
    dates = [s["date"] for s in held if s["date"]["spans"]]
    assert dates
    assert all(d["earliest"] is None and d["latest"] is None for d in dates)


def test_standard_input(dateline: Dateline, tmp_path: Path) -> None:
    done = dateline("run", "-", "-p", tmp_path / "p", stdin=json.dumps(made_up(1)).encode())
    assert done.returncode == 0, done.stderr
    assert "1 new" in done.stdout


def test_columns_can_be_named(dateline: Dateline, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("nr,words,day\n7,Gunmen killed two soldiers in Gao on Friday.,2017-01-20\n")
    columns = ("--column", "text=words", "--column", "published=day", "--column", "id=nr")
    done = dateline("run", table, "-p", tmp_path / "p", *columns)
    assert done.returncode == 0, done.stderr
    held = json.loads(exported(dateline, tmp_path / "p"))
    assert (held["report_id"], held["published"]) == ("7", "2017-01-20")


def test_the_last_thing_said_of_a_file_holds(dateline: Dateline, tmp_path: Path) -> None:
    report, project = tmp_path / "a.txt", tmp_path / "p"
    report.write_text("Two killed in Gao\n\nGunmen killed two soldiers in Gao on Friday, the army said.")
    for outlet in ("One", "Other", "One"):
        dateline("run", report, "-p", project, "--outlet", outlet)
    assert [json.loads(x)["publisher"] for x in exported(dateline, project).splitlines()] == ["One"]


def test_triage_passes_over_other_news_and_says_so(dateline: Dateline, tmp_path: Path) -> None:
    project = tmp_path / "p"
    (tmp_path / "oven.txt").write_text(OTHER)
    done = dateline("run", tmp_path / "oven.txt", "-p", project, "--triage")
    assert (done.returncode, done.stderr.count("DL-RUN-003")) == (0, 0)
    assert re.search(r"passed over +1   by triage, not read", done.stdout)
    assert re.search(r"issues +0 ", done.stdout)
    listed = dateline("list", "issues", "--code", "DL-RUN-003", "-p", project)
    assert "passed over by triage (relevance -" in listed.stdout
    again = dateline("run", "-p", project)
    assert "(0 new, 1 again, 0 known already)" in again.stdout
    assert "passed over" not in again.stdout
