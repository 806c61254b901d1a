"""The scales people grade on, and what each step means (`data/grades.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from dateline.data import load_yaml


class Scheme(StrEnum):
    """What is graded: how reliable a voice is, how credible a statement is, what is known of an incident's harm."""

    RELIABILITY = "reliability"
    CREDIBILITY = "credibility"
    HARM = "harm"


@cache
def _table() -> dict[str, Any]:
    held: dict[str, Any] = load_yaml("dateline.ontology.data", "grades.yaml")
    return held


def steps(scheme: Scheme) -> Mapping[str, str]:
    """The steps of a scale, best first, and what each means."""
    return {step: row["means"] for step, row in _table()[scheme].items()}


def step_value(scheme: Scheme, step: str) -> int:
    """The number, 0 to 100, that an Admiralty step stands for. Raises KeyError for another scale or step."""
    value: int = _table()[scheme][step]["value"]
    return value


def criteria() -> Mapping[str, Mapping[str, str | None]]:
    """The rows of the worksheet in order: id → the grade it bears on, what it asks, what only a person can judge."""
    held: Mapping[str, Mapping[str, str | None]] = _table()["worksheet"]
    return held
