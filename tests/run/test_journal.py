"""Shards are on disk whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import EvidenceError, IssueCode
from dateline.records import Issue, Report, ReportResult
from dateline.run.journal import Journal, Outcome

OUTCOMES = [
    Outcome(key="k1", source_key="o1", origin="a.txt", raw_sha256="0", result=ReportResult(report=Report(text="x"))),
    Outcome(
        key="k2",
        source_key="o2",
        origin="b.txt",
        raw_sha256="1",
        issues=(Issue(code=IssueCode.EMPTY, message="b.txt is empty", stage="parse", origin="b.txt"),),
    ),
]


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    j = Journal(tmp_path / "runs" / "f")
    j.make()
    return j


def test_what_is_written_is_read(journal: Journal) -> None:
    journal.write("s", OUTCOMES)
    assert journal.read("s") == OUTCOMES
    assert list(journal.unloaded()) == ["s"]
    journal.mark_loaded("s")
    assert list(journal.unloaded()) == []


def test_a_shard_without_its_marker_does_not_exist(journal: Journal) -> None:
    journal.write("s", OUTCOMES)
    (journal.folder / "s.done").unlink()
    assert list(journal.unloaded()) == []


def test_a_damaged_shard_is_refused(journal: Journal) -> None:
    journal.write("s", OUTCOMES)
    path = journal.folder / "s.jsonl"
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(EvidenceError, match="not what was written"):
        journal.read("s")
    journal.drop("s")
    assert list(journal.unloaded()) == []
