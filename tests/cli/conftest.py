"""The command line as a user runs it: a real process, a real project on disk."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Dateline = Callable[..., subprocess.CompletedProcess[str]]

PLACES = ("Mosul", "Kabul", "Mogadishu", "Donetsk", "Aden", "Tripoli", "Gao", "Maiduguri")


@pytest.fixture(scope="session")
def dateline() -> Dateline:
    """Run `dateline` with arguments; returns the finished process."""

    def run(*args: object, stdin: bytes | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "dateline", *map(str, args)]
        done = subprocess.run(command, input=stdin, capture_output=True, timeout=300, check=False)
        return subprocess.CompletedProcess(
            command, done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
        )

    return run


def made_up(n: int) -> dict[str, str]:
    """The n-th made-up report."""
    place, killed = PLACES[n % len(PLACES)], n % 17 + 2
    text = (
        f"Blast in {place} kills {killed}\n\nA car bomb exploded near a market in {place} on Monday, killing at least "
        f"{killed} people and wounding {killed + 5} others, a police spokesman said.\n\n"
        f"No group claimed responsibility for the attack number {n}."
    )
    return {
        "id": f"made-{n:05}",
        "text": text,
        "published": "2016-03-0" + str(n % 9 + 1),
        "publisher": f"Paper {n % 3}",
    }


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A JSON Lines file of 120 made-up reports."""
    path = tmp_path_factory.mktemp("corpus") / "reports.jsonl"
    path.write_text("".join(json.dumps(made_up(n)) + "\n" for n in range(120)), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def sample_project(dateline: Dateline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the sample reports in it."""
    project = tmp_path_factory.mktemp("samples") / "project"
    done = dateline("run", "--samples", "-p", project)
    assert done.returncode == 0, done.stderr
    return project
