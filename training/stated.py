"""Annotated reports (gold/GUIDELINES.md) as statements of the product, for learning what links them.

Words, codes, days, figures and certainty are the annotators'; parties and places are resolved as the product does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from dateline.config import Config
from dateline.labels import Basis, Certainty, Measure, PlaceRole
from dateline.language.base import Annotation
from dateline.language.en.passages import passages
from dateline.language.en.tokens import tokenize
from dateline.language.en.weapons import find as find_weapons
from dateline.records import Code, Figure, Party, Place, Report, ReportResult, Span, Statement, Surety, Weapon, When
from dateline.registry import make
from dateline.resolve.actors import ActorResolver
from dateline.resolve.places import PlaceResolver
from dateline.resolve.register import load_register
from training.gold import as_report

RULE = "annotated"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A report with its statements, and the happening of each (statement id → key, None: of no one happening)."""

    result: ReportResult
    happenings: Mapping[str, str | None]


@cache
def _resolvers() -> tuple[ActorResolver, PlaceResolver]:
    return ActorResolver(load_register(())), PlaceResolver(make("gazetteers", Config().resolve.gazetteer, None))


def told(rows: Iterable[Row], name: str) -> Iterator[Told]:
    """Each row; `name` sets the keys of one collection apart from those of another."""
    for row in rows:
        report = as_report(dict(row))
        tokens = tokenize(report.text)
        sentences = passages(report, tokens)
        mentions = sorted(find_weapons(report, tokens, sentences), key=lambda m: (m.start, -m.end))
        annotation = Annotation(report.id, tokens, sentences, tuple(mentions))
        made = _statements(report, row["statements"], annotation)
        statements = tuple(s for s, _ in made)
        for resolver in _resolvers():
            statements = resolver.resolve(report, annotation, statements)
        keys = {s.id: f"{name}:{key}" if key else None for s, key in made}
        yield Told(ReportResult(report=report, statements=statements), keys)


def _statements(report: Report, rows: Iterable[Row], read: Annotation) -> list[tuple[Statement, str | None]]:
    seen: Counter[tuple[int, int]] = Counter()
    made = []
    for row in rows:
        start, end = row["trigger"][0]
        made.append((_statement(report, row, read, seen[start, end]), row.get("incident")))
        seen[start, end] += 1
    return sorted(made, key=lambda m: (m[0].trigger[0].start, m[0].id))


def _statement(report: Report, row: Row, read: Annotation, variant: int) -> Statement:
    line = report.span(*row["sentence"])
    head = report.span(*row["trigger"][0])
    subs = row.get("sub_event") or ()
    return Statement(
        report_id=report.id,
        sentence=line,
        trigger=(head,),
        event=Code(scheme="plover", code=row["event"][0], rule=RULE, spans=(head,)),
        sub_event=Code(scheme="acled", code=subs[0], rule=RULE, spans=(head,)) if subs else None,
        certainty=Surety(label=Certainty(row["certainty"]), rule=RULE, basis=Basis.DEFAULT),
        actors=tuple(_party(report, x, line) for x in row.get("actors") or ()),
        targets=tuple(_party(report, x, line) for x in row.get("targets") or ()),
        weapons=tuple(w for x in row.get("weapons") or () for w in _weapon(report, x, line, read)),
        places=tuple(p for x in row.get("places") or () for p in _place(report, x, line)),
        date=_when(report, row.get("date") or {}, line),
        figures=tuple(_figure(report, x, line) for x in row.get("figures") or ()),
        variant=variant,
    )


def _evidence(report: Report, value: Row, line: Span) -> dict[str, Any]:
    """Spans and basis of a value: the sentence, another one, or none."""
    if not value.get("spans"):
        return {"rule": RULE, "basis": Basis.DEFAULT}
    span = report.span(*value["spans"][0])
    return {"rule": RULE, "spans": (span,), "basis": Basis.TEXT if span.overlaps(line) else Basis.CONTEXT}


def _named(value: Row, evidence: Mapping[str, Any]) -> str:
    """The words of the report, which is what the product resolves; the annotators' name where there are none."""
    return str(evidence["spans"][0].quote if "spans" in evidence else value.get("name") or "?")


def _party(report: Report, value: Row, line: Span) -> Party:
    evidence = _evidence(report, value, line)
    return Party(name=_named(value, evidence), group=value.get("group"), **evidence)


def _weapon(report: Report, value: Row, line: Span, read: Annotation) -> Iterator[Weapon]:
    evidence = _evidence(report, value, line)
    for span in evidence.get("spans", ()):
        known = next((m for m in read.mentions if m.start < span.end and span.start < m.end), None)
        yield Weapon(name=known.norm if known else span.quote, kind=known.label if known else None, **evidence)


def _place(report: Report, value: Row, line: Span) -> Iterator[Place]:
    evidence = _evidence(report, value, line)
    if "spans" in evidence:
        role = PlaceRole(value.get("role", "event"))
        yield Place(name=_named(value, evidence), role=role, country=value.get("country"), **evidence)


def _when(report: Report, value: Row, line: Span) -> When | None:
    first, last = (date.fromisoformat(d) if d else None for d in (value.get("earliest"), value.get("latest")))
    if first is None and last is None:
        return None
    return When(earliest=first, latest=last, **_evidence(report, value, line))


def _figure(report: Report, value: Row, line: Span) -> Figure:
    return Figure(
        measure=Measure(value["measure"]),
        min=value.get("min"),
        max=value.get("max"),
        of=value.get("of"),
        **_evidence(report, value, line),
    )
