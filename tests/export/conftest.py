"""Sources for exporters: everything made up, and shorthands to write and read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO

import pytest
from tests.made_up import everything

from dateline.config import LinkConfig
from dateline.export.base import Exporter, LinkedResults, LossReport
from dateline.records import ReportResult

Write = Callable[..., tuple[bytes, LossReport]]


@pytest.fixture(scope="session")
def source() -> LinkedResults:
    """Every made-up report."""
    return LinkedResults(everything(), LinkConfig())


@pytest.fixture(scope="session")
def write(source: LinkedResults) -> Write:
    """Write everything made up, or the given results, with an exporter."""

    def written(exporter: Exporter, results: Iterable[ReportResult] | None = None) -> tuple[bytes, LossReport]:
        out = BytesIO()
        loss = exporter.write(source if results is None else LinkedResults(results, LinkConfig()), out)
        return out.getvalue(), loss

    return written
