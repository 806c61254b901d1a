"""Sample reports that come with the package, for `dateline run --samples`, tutorials and tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path


@contextmanager
def folder() -> Iterator[Path]:
    """A folder with the sample reports as files, for as long as the `with` block lasts. Do not write to it."""
    with as_file(files("dateline.samples") / "reports") as path:
        yield path
