"""Every exporter passes the contract check, and the check finds exporters that break it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import BinaryIO

import pytest
from tests.made_up import everything, silent

from dateline.config import LinkConfig
from dateline.errors import PluginError
from dateline.export.base import Exporter, ExportSource, LinkedResults, Loss, LossReport
from dateline.labels import OCCURRED
from dateline.registry import make, plugins
from dateline.testing.exporters import check_exporter


@pytest.mark.parametrize("name", list(plugins("exporters")))
def test_exporters_keep_their_contract(name: str, source: LinkedResults) -> None:
    exporter: Exporter = make("exporters", name)
    assert exporter.name == name
    loss = check_exporter(exporter, source)
    assert loss.written > 0
    assert loss.sentences()[0].startswith(f"{loss.written} ")


@pytest.mark.parametrize("name", list(plugins("exporters")))
def test_the_order_of_reports_changes_no_byte(name: str, write: Callable[..., tuple[bytes, LossReport]]) -> None:
    exporter: Exporter = make("exporters", name)
    assert write(exporter, everything()) == write(exporter, everything()[::-1])


class Plain:
    """A good exporter: an event a line, nothing that is not said to have happened."""

    name = "plain.v1"
    suffix = ".txt"
    count_left_out = name_sources = True

    def keep(self, certainty: str) -> bool:
        return certainty in OCCURRED

    def write(self, source: ExportSource, out: BinaryIO) -> LossReport:
        written = left_out = 0
        for r in source.reports():
            for s in r.statements:
                if not self.keep(s.certainty.label):
                    left_out += 1
                    continue
                written += 1
                who = [x.name for x in s.sources] if self.name_sources else []
                out.write(json.dumps([r.report.key, s.trigger[0].quote, who]).encode() + b"\n")
        losses = (Loss("not said to have happened, left out", left_out),) if self.count_left_out else ()
        return LossReport(written, "events", losses)


def test_a_good_exporter_passes(source: LinkedResults) -> None:
    assert check_exporter(Plain(), source).losses[0].count == 3


class Restless(Plain):
    n = 0

    def write(self, source: ExportSource, out: BinaryIO) -> LossReport:
        self.n += 1
        out.write(str(self.n).encode())
        return super().write(source, out)


class Believer(Plain):
    def keep(self, certainty: str) -> bool:
        return True


class Silent(Plain):
    count_left_out = False


class Nameless(Plain):
    name_sources = False


class Greedy(Plain):
    def write(self, source: ExportSource, out: BinaryIO) -> LossReport:
        super().write(source, out)
        return LossReport(1, "events")


class Closer(Plain):
    def write(self, source: ExportSource, out: BinaryIO) -> LossReport:
        loss = super().write(source, out)
        out.close()
        return loss


class Minus(Plain):
    def write(self, source: ExportSource, out: BinaryIO) -> LossReport:
        super().write(source, out)
        return LossReport(0, "events", (Loss("x", -1),))


class Wordy(Plain):
    def write(self, source: ExportSource, out: BinaryIO) -> LossReport:
        super().write(source, out)
        return LossReport(0, "two\nlines")


class Unversioned(Plain):
    name = "plain"


class Dotless(Plain):
    suffix = "txt"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (Restless, "two writings"),
        (Believer, "writes alleged statements like stated ones"),
        (Silent, "does not count them"),
        (Nameless, "drops who says so"),
        (Greedy, "of an empty source it reports 1 events written"),
        (Closer, "closes the file"),
        (Minus, "below 0"),
        (Wordy, "in one line"),
        (Unversioned, "must look like 'word.v1'"),
        (Dotless, "must start with '.'"),
    ],
)
def test_a_broken_contract_is_named(bad: type[Plain], reason: str, source: LinkedResults) -> None:
    with pytest.raises(PluginError, match=reason):
        check_exporter(bad(), source)


def test_a_source_without_statements_checks_nothing() -> None:
    with pytest.raises(PluginError, match="must hold statements"):
        check_exporter(Plain(), LinkedResults([silent()], LinkConfig()))
