"""Sample reports that come with the package, for `dateline run --samples`, tutorials and tests."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def folder() -> Path:
    """The folder with the sample reports as files. Read only: it belongs to the installed package."""
    return Path(str(files("dateline.samples") / "reports"))
