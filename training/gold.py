"""Annotated reports (the format of gold/GUIDELINES.md) → what the network is taught about each of their words."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from dateline.language.base import Sentence, Token
from dateline.language.en.passages import passages
from dateline.language.en.tokens import tokenize
from dateline.records import Report
from training.cues import CueFinder, Cues

HELD_OUT = 10
"""One annotated report in so many is held out."""
Range = tuple[int, int]
"""First and last word, both inclusive."""
Dates = dict[tuple[str | None, str | None], set[Range]]
"""Date expressions by the first and last day they mean."""


@dataclass(frozen=True, slots=True)
class Filler:
    """The words of one value of a statement. `label` is a figure's measure or a source's type."""

    role: str
    first: int
    last: int
    label: str = ""
    part: bool = False
    """Whether a figure breaks another down."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One annotated statement in words. `other` are acceptable wordings that are not the best one: not counted."""

    first: int
    last: int
    events: tuple[str, ...]
    sub_events: tuple[str, ...]
    certainty: str
    fillers: tuple[Filler, ...]
    carried: tuple[Filler, ...]
    other_triggers: tuple[Range, ...]
    other: tuple[Filler, ...]
    optional: bool
    incident: str | None
    unknown: tuple[str, ...] = ()
    """Roles of which nothing is known here."""
    unseen: tuple[str, ...] = ()
    """Carried roles that no words of an earlier sentence lend, though the annotation has a value."""


@dataclass(frozen=True, slots=True)
class Taught:
    """A report in words with its lessons. `names` groups mentions of one actor or place within the report."""

    doc: str
    words: tuple[str, ...]
    sentences: tuple[Range, ...]
    lessons: tuple[Lesson, ...]
    names: tuple[tuple[Range, ...], ...] = ()
    offsets: tuple[tuple[int, int], ...] = field(default=(), repr=False)


def _drawn(report_id: str) -> int:
    return int(hashlib.sha256(report_id.encode()).hexdigest(), 16)


def held_out(report_id: str) -> bool:
    """Whether an annotated report is measured, gives thresholds, and is never learnt from."""
    return _drawn(report_id) % HELD_OUT == 0


def half_of(report_id: str) -> int:
    """Which half of the annotated reports one is in: 0 or 1."""
    return _drawn(report_id) // HELD_OUT % 2


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The annotated reports of a file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _apart(runs: Iterable[Range]) -> list[Range]:
    """The runs that share no word with one before them."""
    out: list[Range] = []
    for a, b in runs:
        if not any(a <= y and x <= b for x, y in out):
            out.append((a, b))
    return out


def _days(when: dict[str, Any]) -> tuple[str | None, str | None] | None:
    days = when.get("earliest"), when.get("latest")
    return days if any(days) else None


def as_report(row: dict[str, Any]) -> Report:
    """The report of an annotated row, as the pipeline would read it."""
    return Report(
        text=row["text"],
        title=row.get("title") or None,
        outlet=row.get("publisher") or None,
        published=date.fromisoformat(row["published"]) if row.get("published") else None,
        external_id=row["report_id"],
    )


def taught(rows: Iterable[dict[str, Any]]) -> Iterator[Taught]:
    """Each row as lessons. A statement whose trigger is in no sentence of ours is left out."""
    finder = CueFinder()
    for row in rows:
        report = as_report(row)
        tokens = tokenize(report.text)
        sentences = passages(report, tokens)
        reader = _Row(tokens, sentences)
        cues = finder.find(report, row["statements"])
        dates = reader.dates(row["statements"])
        lessons = tuple(x for s, c in zip(row["statements"], cues, strict=True) if (x := reader.lesson(s, c, dates)))
        yield Taught(
            row["report_id"],
            tuple(t.text for t in tokens),
            tuple((s.first, s.last - 1) for s in sentences),
            lessons,
            reader.names(row["statements"]),
            tuple((t.start, t.end) for t in tokens),
        )


class _Row:
    def __init__(self, tokens: tuple[Token, ...], sentences: tuple[Sentence, ...]) -> None:
        self.starts, self.ends = [t.start for t in tokens], [t.end for t in tokens]
        self.sentences = sentences

    def words(self, span: list[int]) -> Range | None:
        """First and last word that share a character with a span."""
        first, last = bisect_right(self.ends, span[0]), bisect_left(self.starts, span[1]) - 1
        return (first, last) if first <= last else None

    def spans(self, spans: list[list[int]]) -> list[Range]:
        return [w for s in spans if (w := self.words(s))]

    def dates(self, statements: list[dict[str, Any]]) -> Dates:
        """The expressions of a report by the days they mean."""
        held: Dates = {}
        for s in statements:
            when = s.get("date") or {}
            if (days := _days(when)) and when["spans"] and (w := self.words(when["spans"][0])):
                held.setdefault(days, set()).add(w)
        return held

    def lesson(self, s: dict[str, Any], cues: Cues, dates: Dates) -> Lesson | None:
        triggers = self.spans(s["trigger"])
        if not triggers:
            return None
        head = triggers[0]
        home = next(((x.first, x.last - 1) for x in self.sentences if x.first <= head[0] < x.last), None)
        if home is None:
            return None
        best, other, carried = [], [], []
        for filler, rest in self._values(s):
            if home[0] <= filler.first <= home[1]:
                best.append(filler)
            elif filler.role in ("place", "source") and filler.last < home[0]:
                carried.append(filler)
            other.extend(rest)
        days = _days(s.get("date") or {})
        if days and not s["date"]["spans"]:
            carried += [Filler("date", *w) for w in sorted(dates.get(days, ())) if w[1] < home[0]]
        for role, spans in (("cue", cues.cue), ("saying", cues.saying)):
            found = (self.words([a, b]) for a, b in spans or ())
            best += [Filler(role, *w) for w in found if w and home[0] <= w[0] and w[1] <= home[1]]
        return Lesson(
            *head,
            events=tuple(s["event"]),
            sub_events=tuple(s["sub_event"]),
            certainty=s["certainty"],
            fillers=tuple(best),
            carried=tuple(carried),
            other_triggers=tuple(triggers[1:]),
            other=tuple(other),
            optional=bool(s.get("optional")),
            incident=s.get("incident"),
            unknown=tuple(r for r, x in (("cue", cues.cue), ("saying", cues.saying)) if x is None),
            unseen=("date",) if days and not any(x.role == "date" for x in carried) else (),
        )

    def _values(self, s: dict[str, Any]) -> Iterator[tuple[Filler, list[Filler]]]:
        """Each value's best wording and its other acceptable ones."""
        rows: list[tuple[str, list[list[int]], str, bool]] = []
        rows += [("actor", x["spans"], "", False) for x in s["actors"]]
        rows += [("target", x["spans"], "", False) for x in s["targets"]]
        rows += [("weapon", x["spans"], "", False) for x in s["weapons"]]
        rows += [("origin" if x.get("role") == "origin" else "place", x["spans"], "", False) for x in s["places"]]
        rows += [("date", s["date"]["spans"], "", False)] if s.get("date") else []
        rows += [("figure", x["spans"], x["measure"], bool(x.get("of"))) for x in s["figures"]]
        last = len(s["sources"]) - 1
        rows += [("source" if i == last else "via", x["spans"], x["type"], False) for i, x in enumerate(s["sources"])]
        for role, spans, label, part in rows:
            found = [Filler(role, a, b, label, part) for a, b in self.spans(spans)]
            if found:
                yield found[0], found[1:]

    def names(self, statements: list[dict[str, Any]]) -> tuple[tuple[Range, ...], ...]:
        """Mentions of one actor or place within the report, two or more each: those that bear one name, and the
        acceptable wordings of one value that stand beside each other ("the governor", "Atheel al-Nujaifi")."""
        held: dict[str, set[Range]] = {}
        for s in statements:
            for x in (*s["actors"], *s["targets"], *s["places"], *s["sources"]):
                if x.get("name"):
                    held.setdefault(x["name"].casefold(), set()).update(_apart(self.spans(x["spans"])))
        return tuple(tuple(sorted(v)) for _, v in sorted(held.items()) if len(v) > 1)
