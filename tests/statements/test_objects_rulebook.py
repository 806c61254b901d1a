"""Whose objects are whose."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.english import english

from dateline.language.base import Argument, Reading
from dateline.records import Report, ReportResult, Statement
from dateline.statements.combined import CombinedExtractor

Act = tuple[str, str, dict[str, tuple[str, ...]]]


def read(text: str, *acts: Act) -> tuple[Statement, ...]:
    """The statements of readings (trigger, category, words by role); figures count the detained."""
    report = Report(text=text)
    annotation = english().annotate(report)
    made = []
    for trigger, event, roles in acts:
        at = text.index(trigger)
        spans = sorted((text.index(w), text.index(w) + len(w), role) for role, words in roles.items() for w in words)
        held = tuple(Argument(r, a, b, 0.97, "detained" if r == "figure" else "") for a, b, r in spans)
        made.append(Reading(at, at + len(trigger), 0, 0.9, (event, 0.9), (None, 0.9), ("stated", 0.9), held))
    found = CombinedExtractor().extract(report, replace(annotation, readings=tuple(made)))
    return ReportResult(report=report, statements=found).statements


def parts(s: Statement) -> tuple[list[str], list[str]]:
    return [t.name for t in s.targets], [f.spans[0].quote for f in s.figures]


@pytest.mark.parametrize(
    ("text", "first", "second", "wanted"),
    [
        ("Police killed a spy and detained two guards.", ("a spy",), ("a spy", "two guards"), ["two guards"]),
        (
            "Killing a spy, police killed two men while detaining a cook.",
            ("two men",),
            ("two men", "a cook"),
            ["a cook"],
        ),
        ("Police killed a spy and detained him.", ("a spy",), ("a spy",), ["a spy"]),
        ("Police killed a spy, who had detained guards.", ("a spy",), ("a spy", "guards"), ["a spy", "guards"]),
        (
            "Police killed a spy and a cook who detained guards.",
            ("a spy",),
            ("a spy", "guards"),
            ["a spy", "guards"],
        ),
    ],
)
def test_what_stands_right_behind_a_verb_is_its_object(
    text: str, first: tuple[str, ...], second: tuple[str, ...], wanted: list[str]
) -> None:
    verb = "detaining" if "detaining" in text else "detained"
    _, detained = read(text, ("killed", "ASSAULT", {"target": first}), (verb, "COERCE", {"target": second}))
    assert parts(detained)[0] == wanted


def test_so_it_is_with_numbers() -> None:
    text = "Police killed two men and detained one."
    killed: Act = ("killed", "ASSAULT", {"target": ("two men",)})
    _, detained = read(text, killed, ("detained", "COERCE", {"figure": ("two", "one")}))
    assert parts(detained)[1] == ["one"]
