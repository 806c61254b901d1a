"""The commands that read a project, in one process, over a project of made-up reports."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest
from tests.builders import report
from tests.made_up import everything, make_project, second_view, strike

from dateline.cli import options
from dateline.cli.init import default_settings
from dateline.cli.main import main
from dateline.config import Config, load
from dateline.errors import IssueCode
from dateline.export.rows import STATEMENT_COLUMNS
from dateline.project import Project
from dateline.records import Issue, ReportResult
from dateline.registry import KINDS, plugins
from dateline.store.database import HEAD


@dataclass(frozen=True)
class Said:
    """What a command returned and printed."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[list[str]]:
        """The lines of a printed table, without its header."""
        return [line.split("\t") for line in self.out.splitlines()[1:]]

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `dateline` with arguments in this process."""

    def go(*args: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["dateline", *map(str, args)])
        status = 0
        try:
            main()
        except SystemExit as e:
            status = int(e.code or 0)
        printed = capsys.readouterr()
        return Said(status, printed.out, printed.err)

    return go


ISSUES = [
    Issue(code=IssueCode.EMPTY, message="b.txt: nothing in it", stage="parse", origin="b.txt"),
    Issue(code=IssueCode.STAGE_FAILED, message="ValueError: x", stage="process", report_id="r_1"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything made up, and a text that would steer a terminal."""
    hostile = ReportResult(report=report("Then \x1b[2Jthe screen went dark.", key="hostile", published=None))
    return make_project(tmp_path_factory.mktemp("cli") / "p", (*everything(), hostile), ISSUES)


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard output is a terminal of 80 columns."""
    monkeypatch.setattr(options, "terminal_width", lambda: 80)


# list


def test_list_reports(run: Run, project: Path) -> None:
    said = run("list", "reports", "-p", project)
    assert said.out.splitlines()[0].split("\t") == ["key", "published", "outlet", "title", "statements"]
    assert said.rows[0] == ["harbour-1", "2016-05-02", "Harbour Wire", "", "2"]
    assert ["plans-1", "", "", "", "2"] in said.rows
    assert (said.status, said.err) == (0, "")


def test_list_statements_with_filters(run: Run, project: Path) -> None:
    said = run("list", "statements", "-p", project, "--country", "SYR", "--certainty", "Denied")
    assert [(r[4], r[8]) for r in said.rows] == [("denied", "An army spokesman denied that jets had hit Tarif.")]
    assert run("list", "statements", "-p", project, "--since", "2016-05-09").rows[0][5] == "+gunmen"


def test_list_incidents_shows_ranges_in_words(run: Run, project: Path) -> None:
    rows = run("list", "incidents", "-p", project).rows
    assert any("2016-05-02" in r[0] and r[5] for r in rows)
    assert ["", "up to 9"] not in [r[5:] for r in rows], "an alleged figure must not be published"


def test_list_issues(run: Run, project: Path) -> None:
    rows = run("list", "issues", "-p", project).rows
    assert sorted(rows) == [["DL-IN-003", "b.txt", "b.txt: nothing in it"], ["DL-RUN-001", "r_1", "ValueError: x"]]
    assert len(run("list", "issues", "-p", project, "--limit", "1").rows) == 1
    refused = run("list", "issues", "-p", project, "--event", "ASSAULT")
    assert (refused.status, "have no filters" in refused.err) == (2, True)


@pytest.mark.parametrize("what", ["reports", "statements", "incidents", "issues"])
def test_list_as_json(run: Run, project: Path, what: str) -> None:
    said = run("list", what, "-p", project, "--json")
    held = said.json
    assert held["total"] == len(held["rows"]) > 0
    assert said.err == ""


def test_unknown_is_null_in_json(run: Run, project: Path) -> None:
    (row,) = (r for r in run("list", "reports", "-p", project, "--json").json["rows"] if r["key"] == "plans-1")
    assert (row["published"], row["outlet"]) == (None, None)


def test_paging_is_told(run: Run, project: Path) -> None:
    first = run("list", "statements", "-p", project, "--limit", "2")
    assert first.err == "1–2 of 6 statements; more with --offset 2\n"
    last = run("list", "statements", "-p", project, "--limit", "4", "--offset", "2")
    assert last.err == "3–6 of 6 statements\n"
    assert run("list", "statements", "-p", project, "--place", "Atlantis").err == "no statements found\n"
    assert "beyond them" in run("list", "statements", "-p", project, "--offset", "60").err


@pytest.mark.parametrize("bad", [("--since", "yesterday"), ("--certainty", "sure"), ("--limit", "0")])
def test_a_wrong_option_is_refused(run: Run, project: Path, bad: tuple[str, str]) -> None:
    said = run("list", "reports", "-p", project, *bad)
    assert said.status == 2
    assert bad[0] in said.err


@pytest.mark.usefixtures("narrow")
def test_lists_on_a_narrow_terminal(run: Run, project: Path) -> None:
    said = run("list", "statements", "-p", project, "--certainty", "planned")
    assert "  certainty  planned" in said.out.splitlines()
    assert "  published  –" in said.out.splitlines()
    assert all(len(line) <= 80 for line in said.out.splitlines())


# show, explain


def test_show_a_report(run: Run, project: Path) -> None:
    said = run("show", "harbour-1", "-p", project)
    assert "outlet     Harbour Wire" in said.out
    assert "author     unknown" in said.out
    assert "Jets [struck] a market in Halam on Monday" in said.out
    assert "  certainty  denied" in said.out


def test_show_a_statement(run: Run, project: Path) -> None:
    ident = strike().statements[0].id
    said = run("show", ident, "-p", project)
    for line in (
        "  sub_event  Air/drone strike (acled)",
        "  targets    market",
        "  places     Halam (event) at 35.000, 38.000",
        "  date       2016-05-02",
        "  figures    12 killed",
        "  sources    rescuers (medic)",
    ):
        assert line in said.out.splitlines()
    assert run("show", ident, "-p", project, "--json").json["report"] == "harbour-1"


def test_a_date_without_bounds_keeps_its_words(run: Run, project: Path) -> None:
    assert "  date       day unknown (“storm”)" in run("show", "plans-1", "-p", project).out


def test_show_an_incident(run: Run, project: Path) -> None:
    code = next(
        r["code"] for r in run("list", "incidents", "-p", project, "--json").json["rows"] if r["place"] == "Halam"
    )
    said = run("show", code, "-p", project)
    assert "said to have happened: " in said.out
    assert "Halam, SYR · 2016-05-02" in said.out
    assert "Harbour Wire → rescuers, 2016-05-02" in said.out
    assert run("show", code, "-p", project, "--json").json["incident"]["code"] == code


def test_an_incident_that_is_only_planned_says_so(run: Run, project: Path) -> None:
    row = run("list", "incidents", "-p", project, "--certainty", "planned", "--json").json["rows"][0]
    said = run("show", row["code"], "-p", project)
    assert "NOT said to have happened: 1 planned" in said.out


def test_explain_a_statement(run: Run, project: Path) -> None:
    said = run("explain", strike().statements[0].id, "-p", project)
    assert "“struck” at 5–11" in said.out
    assert "basis text: in this sentence; rule test.v1" in said.out
    assert "basis default: a default: nothing in the text says otherwise" in said.out


def test_explain_a_report(run: Run, project: Path) -> None:
    assert run("explain", "harbour-1", "-p", project).out.count("certainty") == 2
    assert run("explain", "lamps", "-p", project).out == "lamps holds no statement\n"


def test_explain_an_incident_names_its_links(run: Run, project: Path) -> None:
    rows = run("list", "incidents", "-p", project, "--json").json["rows"]
    joined = [r for r in rows if r["statements"] > 1]
    assert joined, [r["code"] for r in rows]
    said = run("explain", joined[0]["code"], "-p", project)
    assert "joined because" in said.out
    assert re.search(r"^ +[+-]\d+\.\d\d +[█░]+ +[\w.]+: .+", said.out, re.M)
    assert "one happening with probability" in said.out


def test_people_judge_incidents_and_later_runs_heed_it(run: Run, tmp_path: Path) -> None:
    p = make_project(tmp_path / "p", everything(), ISSUES)

    def rows() -> list[dict[str, Any]]:
        return list(run("list", "incidents", "-p", p, "--json").json["rows"])

    before = rows()
    first, second = before[0]["id"], before[1]["id"]
    assert run("link", "merge", first, second, "-p", p, "--by", "Dora", "--because", "same video").status == 0
    (merged,) = (r for r in rows() if r["statements"] == before[0]["statements"] + before[1]["statements"])
    said = run("explain", merged["id"], "-p", p).out
    assert "Dora says that they are one" in said and "same video" in said and "a person put them together" in said
    assert len(rows()) == len(before) - 1
    with Project(p) as project:
        members = project.incident(merged["id"]).incident.statements
    assert run("link", "confirm", merged["id"], "-p", p, "--by", "Dora").status == 0
    assert len(rows()) == len(before) - 1
    assert run("link", "split", merged["id"], members[0], "-p", p, "--by", "Ola").status == 0
    assert len(rows()) == len(before)
    now = [r["id"] for r in rows()]
    assert run("link", "forbid", *now[:2], "-p", p, "--by", "Dora").status == 0
    assert run("link", "merge", now[0], "-p", p, "--by", "Dora").status == 2


def test_what_is_not_there_is_named(run: Run, project: Path, tmp_path: Path) -> None:
    for name in ("show", "explain"):
        said = run(name, "nobody", "-p", project)
        assert (said.status, said.out) == (4, "")
        assert "'nobody'" in said.err
    assert run("show", "x", "-p", tmp_path / "nowhere").status == 3


def test_no_text_steers_the_terminal(run: Run, project: Path) -> None:
    said = run("show", "hostile", "-p", project)
    assert "\x1b" not in said.out
    assert "Then \\x1b[2Jthe screen went dark." in said.out


@pytest.mark.usefixtures("narrow")
def test_long_lines_are_wrapped_on_a_terminal(run: Run, project: Path) -> None:
    lines = run("show", "sahel-1", "-p", project).out.splitlines()
    assert all(len(line) <= 80 for line in lines)


# search


def test_search(run: Run, project: Path) -> None:
    said = run("search", "halam", "jets", "-p", project)
    assert [r[0] for r in said.rows] == ["harbour-1"]
    assert "[Jets] struck a market in [Halam]" in said.rows[0][4]
    found = run("search", '"army will"', "-p", project, "--json").json
    assert [(f["report"], f["published"], f["outlet"]) for f in found] == [("plans-1", None, None)]
    assert "\x02" not in found[0]["snippet"]


def test_search_without_a_hit(run: Run, project: Path) -> None:
    said = run("search", "zeppelin", "-p", project)
    assert (said.status, said.rows, said.err) == (0, [], "no report holds all these words\n")
    assert "more with --limit" in run("search", "halam", "--limit", "1", "-p", project).err


# export


@pytest.mark.parametrize("name", [n.rsplit(".", 1)[0] for n in plugins("exporters")])
def test_export_to_a_file(run: Run, project: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / "out"
    said = run("export", name, "-p", project, "-o", target)
    assert (said.status, said.out) == (0, "")
    assert re.match(r"\d+ [\w ]+ written\n", said.err)
    assert list(tmp_path.iterdir()) == [target]
    before = target.read_bytes()
    run("export", name, "-p", project, "-o", target)
    assert target.read_bytes() == before


def test_export_to_standard_output(run: Run, project: Path) -> None:
    said = run("export", "csv", "-p", project)
    rows = list(csv.reader(io.StringIO(said.out.removeprefix("\ufeff"))))
    assert tuple(rows[0]) == STATEMENT_COLUMNS
    assert len(rows) == 7
    assert "cells that begin like a formula" in said.err


def test_a_failed_export_leaves_the_old_file(run: Run, project: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old")
    assert run("export", "nosuch", "-p", project, "-o", target).status == 2
    assert target.read_text() == "old"
    said = run("export", "csv", "-p", project, "-o", tmp_path / "no" / "out.csv")
    assert (said.status, "cannot be written" in said.err) == (3, True)
    assert list(tmp_path.iterdir()) == [target]


# init, plugins


def test_init_writes_every_setting(run: Run, tmp_path: Path) -> None:
    said = run("init", "-p", tmp_path / "p")
    assert said.status == 0
    path = tmp_path / "p" / "dateline.toml"
    assert load(path) == Config()
    text = path.read_text()
    for section in fields(Config):
        assert f"[{section.name}]" in text
        for setting in fields(getattr(Config(), section.name)):
            assert f"\n# {setting.name} = " in text.split(f"[{section.name}]")[1].split("\n[")[0] + "\n"
    path.write_text(re.sub(r"^# (\w+ = )", r"\1", text, flags=re.M))
    assert load(path) == Config()
    path.write_text("[run]\nworkers = 2\n")
    assert "left as it is" in run("init", "-p", tmp_path / "p").out
    assert load(path).run.workers == 2


def test_default_settings_are_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "dateline.toml"
    path.write_text(default_settings())
    assert load(path) == Config()


def test_plugins_are_listed_and_can_be_imported(run: Run) -> None:
    said = run("plugins", "--check")
    assert {r[0] for r in said.rows} == set(KINDS)
    assert said.err == f"{len(said.rows)} plugins can be imported\n"
    assert {p["name"] for p in run("plugins", "--json").json} >= {"csv.v1", "en.v1", "rules.v1"}


# db


def test_db_on_a_good_project(run: Run, tmp_path: Path) -> None:
    root = make_project(tmp_path / "p", [strike(), second_view()])
    assert run("db", "check", "-p", root).out == "3 statements checked: every quote stands in its report\n"
    assert run("db", "upgrade", "-p", root).out.endswith(f"has schema {HEAD}\n")
    assert " MB" in run("db", "vacuum", "-p", root).out
    assert len(run("search", "halam", "-p", root).rows) == 2


def test_db_check_names_every_bad_record(run: Run, tmp_path: Path) -> None:
    root = make_project(tmp_path / "p", everything())
    with closing(sqlite3.connect(root / "dateline.db")) as c:
        c.execute("UPDATE statements SET record = replace(record, 'Halam', 'Malah')")
        c.commit()
    said = run("db", "check", "-p", root)
    assert said.status == 3
    for result in (strike(), second_view()):
        assert result.report.id in said.err
    assert "2 report(s)" in said.err


@pytest.mark.parametrize("name", ["check", "upgrade", "vacuum"])
def test_db_makes_no_project(run: Run, tmp_path: Path, name: str) -> None:
    said = run("db", name, "-p", tmp_path / "nowhere")
    assert (said.status, "is not a Dateline project" in said.err) == (3, True)
    assert list(tmp_path.iterdir()) == []
