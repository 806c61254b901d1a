"""The registry finds built-ins and plugins the same way."""

from __future__ import annotations

import pytest

from dateline.errors import PluginError
from dateline.registry import KINDS, make, plugin, plugins


def test_every_built_in_can_be_imported() -> None:
    for kind in KINDS:
        for p in plugins(kind).values():
            assert callable(p.load()), p


def test_a_bare_name_means_the_newest_version() -> None:
    assert plugin("executors", "local").name == "local.v1"


def test_unknown_names_say_what_there_is() -> None:
    with pytest.raises(PluginError, match=r"no exporters called 'nope'; there are .*csv\.v1"):
        make("exporters", "nope")
    with pytest.raises(PluginError, match="no plugin kind"):
        plugins("nonsense")


def test_the_names_are_these() -> None:
    """A name that goes missing breaks somebody's settings: change this list with a changelog entry only."""
    names = {kind: list(plugins(kind)) for kind in KINDS}
    assert names == {
        "readers": [
            "csv.v1",
            "docx.v1",
            "eml.v1",
            "feed.v1",
            "html.v1",
            "jsonl.v1",
            "pdf.v1",
            "text.v1",
            "wacz.v1",
            "warc.v1",
        ],
        "languages": ["en.v1", "en.v2"],
        "extractors": ["combined.v1", "model.v1", "rules.v1"],
        "gazetteers": ["sqlite.v1"],
        "exporters": [
            "csv.v1",
            "geojson.v1",
            "incidents-csv.v1",
            "ledger-csv.v1",
            "ranges-csv.v1",
            "statements.v1",
            "xlsx.v1",
        ],
        "executors": ["local.v1", "serial.v1"],
    }
