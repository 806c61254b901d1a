from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.config import IngestConfig
from dateline.ingest.items import Hints, RawItem, ReadOptions
from dateline.ingest.parse import parse_all
from dateline.ingest.read import read_items
from dateline.records import Issue, Report

Ingest = Callable[..., tuple[list[Report], list[Issue]]]


@pytest.fixture
def ingest(tmp_path: Path) -> Ingest:
    """Write bytes to a file of that name, read and parse it: (reports, issues)."""

    def run(
        name: str,
        data: bytes | str,
        settings: IngestConfig | None = None,
        overrides: Hints | None = None,
        reader: str | None = None,
    ) -> tuple[list[Report], list[Issue]]:
        settings = settings or IngestConfig()
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        options = ReadOptions(columns=settings.columns, max_bytes=settings.max_report_bytes)
        items: list[RawItem | Issue] = list(read_items([path], options, overrides, reader=reader))
        made = list(parse_all(items, settings))
        return [m for m in made if isinstance(m, Report)], [m for m in made if isinstance(m, Issue)]

    return run
