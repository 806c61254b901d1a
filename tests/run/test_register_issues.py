"""Bad rows of a register of one's own are issues of the run."""

from __future__ import annotations

from pathlib import Path

from dateline.errors import IssueCode
from dateline.project import Project
from dateline.run.engine import RunRequest


def test_rows_that_were_skipped_are_told(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("id,name,kind\ngroup:lamp,Lamp Front,gang\ngroup:lamp,Lamp Band,gang\n")
    project = tmp_path / "p"
    Project(project, create=True).close()
    (project / "dateline.toml").write_text('[resolve]\nregisters = ["../own.csv"]\n')
    with Project(project) as held:
        for _ in range(2):
            (issue,) = held.run(RunRequest(())).issues
            assert issue.code is IssueCode.BAD_REGISTER_ROW
            assert "own.csv, line 3: id group:lamp stands twice in this file, first in line 2" in issue.message
