"""The commit that the running code is of, where it runs from a git checkout."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import dateline


def source_commit() -> str | None:
    """The commit, marked where files of the package differ from it; None outside a checkout or without git."""
    package = Path(dateline.__file__).parent
    commit = _git(package, "rev-parse", "--short=12", "HEAD")
    if not commit or not _git(package, "ls-files", "__init__.py"):
        return None
    return f"{commit} and later changes" if _git(package, "status", "--porcelain", "--", ".") else commit


def _git(folder: Path, *arguments: str) -> str | None:
    program = shutil.which("git")
    if program is None:
        return None
    run = subprocess.run([program, "-C", str(folder), *arguments], capture_output=True, text=True)
    return run.stdout.strip() if run.returncode == 0 else None
