"""Reading statements to compare: gold files and predictions, as JSON Lines in the fields of the interchange.

Only what the scorer compares is kept. Reading is strict about shape and says file, line, report and statement
of what is wrong; unknown fields are ignored.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dateline.errors import InputError, IssueCode

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a field: a party, weapon, place or source. `name` is case-folded, empty if not given;
    `role` belongs to places, `type` to sources."""

    spans: tuple[Offsets, ...]
    name: str
    role: str | None = "event"
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A figure as the scorer compares it: measure and bounds; `part` marks a breakdown."""

    measure: str | None
    min: int | None
    max: int | None
    part: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement as the scorer sees it. Spans are acceptable alternatives, events and sub-events too."""

    sid: str
    sentence: Offsets
    trigger: tuple[Offsets, ...]
    events: tuple[str, ...]
    sub_events: tuple[str, ...]
    actors: tuple[Filler, ...]
    targets: tuple[Filler, ...]
    weapons: tuple[Filler, ...]
    places: tuple[Filler, ...]
    sources: tuple[Filler, ...]
    figures: tuple[Count, ...]
    days: tuple[str | None, str | None]
    certainty: str | None
    incident: str | None
    optional: bool
    raw: Mapping[str, Any]

    @property
    def event_places(self) -> tuple[Filler, ...]:
        """Places where it took place."""
        return tuple(p for p in self.places if p.role == "event")

    @property
    def totals(self) -> tuple[Count, ...]:
        """Figures that are no breakdown."""
        return tuple(f for f in self.figures if not f.part)

    @property
    def mutual(self) -> bool:
        """Whether the event has two sides whose order says nothing: a clash, talks, an agreement."""
        return "Armed clash" in self.sub_events or bool({"CONSULT", "AGREE"} & set(self.events))


@dataclass(frozen=True, slots=True)
class JudgedReport:
    """A report's statements in file order, with its text and metadata where the file gives them."""

    report_id: str
    statements: tuple[Judged, ...]
    text: str | None = None
    published: date | None = None
    outlet: str | None = None
    title: str | None = None


class _Wrong(ValueError):
    """A field whose value cannot be read; becomes an InputError with its line."""


def _spans(value: Any, name: str) -> tuple[Offsets, ...]:
    try:
        return tuple((int(start), int(end)) for start, end in value or ())
    except (TypeError, ValueError) as e:
        raise _Wrong(f"{name} must be a list of [start, end] pairs, not {value!r}") from e


def _objects(statement: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    held = statement.get(name) or []
    if not isinstance(held, list) or not all(isinstance(x, dict) for x in held):
        raise _Wrong(f"{name} must be a list of objects")
    return held


def _fillers(statement: Mapping[str, Any], name: str) -> tuple[Filler, ...]:
    return tuple(
        Filler(
            spans=_spans(x.get("spans"), f"{name}.spans"),
            name=str(x.get("name") or "").strip().casefold(),
            role=x.get("role", "event"),
            type=x.get("type"),
        )
        for x in _objects(statement, name)
    )


def _strings(statement: Mapping[str, Any], name: str) -> tuple[str, ...]:
    held = statement.get(name) or []
    if not isinstance(held, list) or not all(isinstance(x, str) for x in held):
        raise _Wrong(f"{name} must be a list of strings, not {held!r}")
    return tuple(held)


def judged(statement: Mapping[str, Any]) -> Judged:
    """A statement object of the interchange as the scorer sees it. Raises ValueError naming a wrong field."""
    trigger = _spans(statement.get("trigger"), "trigger")
    sentence = statement.get("sentence")
    date_held = statement.get("date") or {}
    return Judged(
        sid=str(statement.get("sid", "")),
        sentence=_spans([sentence], "sentence")[0] if sentence else (trigger or ((0, 0),))[0],
        trigger=trigger,
        events=_strings(statement, "event"),
        sub_events=_strings(statement, "sub_event"),
        actors=_fillers(statement, "actors"),
        targets=_fillers(statement, "targets"),
        weapons=_fillers(statement, "weapons"),
        places=_fillers(statement, "places"),
        sources=_fillers(statement, "sources"),
        figures=tuple(
            Count(f.get("measure"), f.get("min"), f.get("max"), bool(f.get("of")))
            for f in _objects(statement, "figures")
        ),
        days=(date_held.get("earliest"), date_held.get("latest")),
        certainty=statement.get("certainty"),
        incident=statement.get("incident") or None,
        optional=bool(statement.get("optional")),
        raw=statement,
    )


def judged_report(record: Any) -> JudgedReport:
    """A line of the interchange as the scorer sees it. Raises ValueError naming what is wrong."""
    if not isinstance(record, dict) or not isinstance(record.get("report_id"), str):
        raise _Wrong('a line must be an object with a string "report_id"')
    statements = []
    for n, s in enumerate(_objects(record, "statements"), start=1):
        try:
            statements.append(judged(s))
        except ValueError as e:
            raise _Wrong(f"report {record['report_id']}, statement {s.get('sid', n)}: {e}") from e
    try:
        published = date.fromisoformat(record["published"]) if record.get("published") else None
    except (TypeError, ValueError) as e:
        raise _Wrong(f"report {record['report_id']}: published must be a date, not {record['published']!r}") from e
    return JudgedReport(
        report_id=record["report_id"],
        statements=tuple(statements),
        text=record.get("text"),
        published=published,
        outlet=record.get("publisher"),
        title=record.get("title"),
    )


def reports(lines: Iterable[str], name: str) -> Iterator[JudgedReport]:
    """The reports of JSON lines; empty lines are skipped. Raises InputError naming file, line and field."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield judged_report(json.loads(line))
        except ValueError as e:  # includes json.JSONDecodeError
            raise InputError(IssueCode.BAD_RECORD, f"{name}:{number}: {e}") from e


def read(path: Path) -> dict[str, JudgedReport]:
    """The reports of a file by id, in file order; of two with one id the last counts.

    Raises InputError if the file cannot be read or a line is wrong.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            return {r.report_id: r for r in reports(lines, str(path))}
    except OSError as e:
        raise InputError(IssueCode.UNREADABLE, f"{path}: cannot be read: {e.strerror}") from e
    except UnicodeDecodeError as e:
        raise InputError(IssueCode.BAD_ENCODING, f"{path}: is not UTF-8: {e}") from e
