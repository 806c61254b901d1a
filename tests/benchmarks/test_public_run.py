from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from benchmarks.public import _run
from benchmarks.public.__main__ import main
from benchmarks.public._run import Missing, Options, figure, read_reports, score, show
from click.testing import CliRunner
from tests.builders import report

from dateline.errors import IssueCode
from dateline.pipeline import Resources
from dateline.records import Issue, Report, ReportResult

SCORER = """
import json, sys
gold, found = (open(p, encoding="utf-8").read().splitlines() for p in sys.argv[1:3])
print(json.dumps({"n": len(gold), "all": {"share": len(found) / len(gold)}, "more": sys.argv[3:]}))
"""


def shared(tmp_path: Path, program: str = SCORER) -> Options:
    (tmp_path / "bench").mkdir()
    (tmp_path / "bench" / "mine.py").write_text(program, encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text("{}\n{}\n", encoding="utf-8")
    return Options(data=tmp_path, out=tmp_path / "out" / "found.jsonl")


def test_predictions_are_written_and_scored(tmp_path: Path) -> None:
    options = shared(tmp_path)
    made = score("mine.py", options.shared("gold.jsonl"), [{"id": "é"}], options, ("--skip",))
    assert made == {"n": 2, "all": {"share": 0.5}, "more": ["--json", "--skip"]}
    assert options.out is not None
    assert options.out.read_text(encoding="utf-8") == '{"id": "é"}\n'
    assert figure(made, "all.share") == 0.5


def test_a_scorer_that_fails_says_why(tmp_path: Path) -> None:
    options = shared(tmp_path, "import sys; sys.exit('no such slot')")
    with pytest.raises(Exception, match="no such slot"):
        score("mine.py", options.shared("gold.jsonl"), [], options)


def test_figures_stand_beside_their_aims(capsys: pytest.CaptureFixture[str]) -> None:
    result = {"f1": 0.5, "all": {"share": 0.75}, "n": 3}
    show(result, {"f1": 0.6, "all.share": 0.7, "n": None}, Options(data=Path(), errors=1), ["first", "second"])
    assert capsys.readouterr().out.splitlines() == [
        "f1          0.500   aim 0.600   -0.100",
        "all.share   0.750   aim 0.700   met",
        "n           3.000",
        "",
        "first",
    ]


@pytest.mark.parametrize("name", ["isaf", "plover"])
def test_without_the_shared_folder_it_says_so(name: str, tmp_path: Path) -> None:
    run = CliRunner().invoke(main, [name, "--data", str(tmp_path)])
    assert run.exit_code == Missing.exit_code == 2
    assert "--data" in run.output


def test_a_limit_takes_the_first() -> None:
    assert Options(data=Path(), limit=2).first("abc") == ["a", "b"]
    assert Options(data=Path()).first("abc") == ["a", "b", "c"]


def test_what_was_read_is_taken_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def one(r: Report, resources: Resources) -> ReportResult:
        read.append(r.key)
        return ReportResult(report=r)

    nothing = SimpleNamespace(fingerprint="f0")
    monkeypatch.setattr(_run, "load_resources", lambda config: nothing)
    monkeypatch.setattr(_run, "process_one", one)
    options = Options(data=tmp_path, cache=tmp_path / "cache")
    a, b = report("Rebels shelled Halam.", key="a"), report("The market has new lamps.", key="b")
    assert [r.report for r in read_reports("mine", [a], options)] == [a]
    assert [r.report for r in read_reports("mine", [b, a], options)] == [b, a]
    assert read == ["a", "b"]
    read_reports("mine", [a], replace(options, reread=True))
    nothing.fingerprint = "f1"
    read_reports("mine", [b], options)
    assert read == ["a", "b", "a", "b"]


def test_a_report_that_fails_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def one(r: Report, resources: Resources) -> ReportResult:
        issue = Issue(code=IssueCode.STAGE_FAILED, message="no such word", stage="process", report_id=r.id)
        return ReportResult(report=r, issues=(issue,))

    monkeypatch.setattr(_run, "load_resources", lambda config: SimpleNamespace(fingerprint="f0"))
    monkeypatch.setattr(_run, "process_one", one)
    options = Options(data=tmp_path, cache=tmp_path / "cache")
    with pytest.raises(click.ClickException, match="a: no such word"):
        read_reports("mine", [report("Rebels shelled Halam.", key="a")], options)
    assert not (tmp_path / "cache").exists()
