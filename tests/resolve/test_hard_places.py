"""The contract on hard place expressions: `hard_places.yaml`, read with the lexicon's language and rules, no model."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from dateline.language.en.language import English
from dateline.records import Place, Report
from dateline.resolve.gazetteer.index import SqliteGazetteer
from dateline.resolve.names import KnownNames, nationals
from dateline.resolve.places import PlaceResolver, Toponym
from dateline.resolve.register import load_register
from dateline.statements.rules import RuleExtractor

ROWS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("hard_places.yaml").read_text(encoding="utf-8"))


@cache
def tools() -> tuple[English, PlaceResolver]:
    gazetteer, register = SqliteGazetteer(), load_register()
    return English(KnownNames(gazetteer, register)), PlaceResolver(gazetteer, nationals(register))


def marked(text: str) -> tuple[Report, tuple[int, int]]:
    """The text without its brackets, and where they stood."""
    start, end = text.index("["), text.index("]") - 1
    return Report(text=text.replace("[", "").replace("]", "")), (start, end)


def meant(report: Report, span: tuple[int, int]) -> Toponym:
    """What the expression means beside all other names of the text."""
    english, resolver = tools()
    found = resolver.toponyms(report, english.annotate(report))
    spans = sorted({span, *((t.start, t.end) for t in found if not (t.start < span[1] and span[0] < t.end))})
    return resolver.at(report, spans)[spans.index(span)]


def told(report: Report, span: tuple[int, int]) -> list[Place]:
    """The places of statements that lie in the expression."""
    english, resolver = tools()
    annotation = english.annotate(report)
    statements = resolver.resolve(report, annotation, RuleExtractor().extract(report, annotation))
    places = (p for s in statements for p in s.places if p.spans)
    return [p for p in places if p.spans[0].start < span[1] and span[0] < p.spans[0].end]


def test_there_are_more_than_a_hundred_and_each_has_a_reason() -> None:
    assert len(ROWS) == len({r["text"] for r in ROWS}) > 110
    assert all(r["why"] and r["role"] in ("event", "origin", "none") for r in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[r["text"] for r in ROWS])
def test_hard_place(row: dict[str, Any]) -> None:
    report, span = marked(row["text"])
    placed = meant(report, span).placed
    roles = {str(p.role) for p in told(report, span)}
    assert roles == (set() if row["role"] == "none" else {row["role"]})
    if row["role"] != "none" or row.get("country"):
        assert (placed.entry.id if placed.entry else "none") == row["id"], placed.why
        assert (placed.geo_precision, placed.where_prec) == tuple(
            (None, None) if row["precision"] == "none" else row["precision"]
        )
    if "country" in row:
        assert placed.country == row["country"], placed.why
    assert placed.why
