"""The figures of resolving alone."""

from __future__ import annotations

import pickle
from pathlib import Path

from benchmarks import resolving
from dateline.language.en.language import English
from dateline.records import Report
from dateline.resolve.gazetteer.index import SqliteGazetteer
from dateline.resolve.names import KnownNames
from dateline.resolve.register import load_register
from dateline.statements.rules import RuleExtractor


def test_each_report_is_resolved_once(tmp_path: Path) -> None:
    english = English(KnownNames(SqliteGazetteer(), load_register()))
    with (tmp_path / "read").open("wb") as f:
        for town in ("Homs", "Mosul"):
            report = Report(text=f"A bomb killed two men in {town} on Monday.")
            annotation = english.annotate(report)
            pickle.dump((report, annotation, RuleExtractor().extract(report, annotation)), f)
    found = resolving.resolved(tmp_path / "read")
    assert (found["reports"], found["statements"]) == (2, 2)
    assert set(found["reports/s of each"]) == {"ActorResolver", "PlaceResolver", "DateResolver"}
    assert found["gazetteer opens, s"] < 5 and found["resident MB"] > found["of which Python and modules"] > 0
