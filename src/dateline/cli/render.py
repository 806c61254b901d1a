"""Statements and incidents as plain text for a terminal: the sentence first, the machine's values after it."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.cli.ledgerlines import grade_lines, ledger_lines, voice_lines
from dateline.cli.list import figure_range
from dateline.incidents.view import FieldView, IncidentView
from dateline.labels import Basis
from dateline.records import (
    Code,
    Figure,
    Party,
    Place,
    Report,
    ReportResult,
    Source,
    Statement,
    Surety,
    Value,
    Weapon,
    When,
)


def report_lines(result: ReportResult) -> Iterator[str]:
    """A report: what is known of it and where that was found, its text, its statements."""
    r = result.report
    found = dict(r.found)
    yield r.title or "(no title)"
    for name in ("outlet", "author", "published", "url"):
        value = getattr(r, name)
        where = f"   [{found[name]}]" if name in found else ""
        yield f"{name:<10} {'unknown' if value is None else value}{where}"
    yield f"{'id':<10} {r.id}" + (f"   (yours: {r.external_id})" if r.external_id else "")
    yield ""
    yield r.text
    yield ""
    for s in result.statements:
        yield from statement_lines(r, s)
        yield ""


def statement_lines(report: Report, s: Statement, *, explain: bool = False) -> Iterator[str]:
    """A statement; with `explain`, under each value its evidence, basis, rule and reasons."""
    yield f"{s.id}  {_marked(s)}"
    for name, value in s.values():
        yield f"  {name:<10} {describe(value)}"
        if explain:
            yield from (f"             {line}" for line in evidence_lines(value))
    if not s.sources:
        yield f"  {'sources':<10} the outlet's own voice ({report.outlet or 'outlet unknown'})"


def _marked(s: Statement) -> str:
    """The sentence on one line with its trigger in brackets."""
    head, sentence = s.trigger[0], s.sentence
    start, end = head.start - sentence.start, head.end - sentence.start
    if not 0 <= start < end <= len(sentence.quote):
        return " ".join(sentence.quote.split())
    return " ".join(f"{sentence.quote[:start]}[{head.quote}]{sentence.quote[end:]}".split())


def evidence_lines(value: Value) -> Iterator[str]:
    """Where a value comes from and why: spans, basis, rule, reasons, confidence."""
    for span in value.spans:
        yield f"“{' '.join(span.quote.split())}” at {span.start}–{span.end}"
    said = {
        Basis.TEXT: "in this sentence",
        Basis.CONTEXT: "carried over from another sentence",
        Basis.METADATA: "from the report's metadata",
        Basis.DEFAULT: "a default: nothing in the text says otherwise",
    }
    sure = f", confidence {value.confidence:.2f}" if value.confidence is not None else ""
    yield f"basis {value.basis}: {said[value.basis]}; rule {value.rule}{sure}"
    yield from value.why


def describe(value: Value) -> str:
    """A value in a line."""
    match value:
        case Code():
            return f"{value.code} ({value.scheme})"
        case Party():
            more = [x for x in (value.group if value.group != value.name else None, value.kind, value.country) if x]
            return value.name + (f" ({', '.join(more)})" if more else "")
        case Weapon():
            return value.name + (f" ({value.kind})" if value.kind and value.kind != value.name else "")
        case Place():
            return _place(value)
        case When():
            return value.edtf or "day unknown" + _words(value)
        case Figure():
            return _figure(value)
        case Source():
            return f"{value.name} ({value.type})"
        case Surety():
            return value.label.value
    return str(value)


def _words(value: Value) -> str:
    """The words a value rests on, where the value itself says little."""
    return f" (“{' '.join(value.spans[0].quote.split())}”)" if value.spans else ""


def _place(p: Place) -> str:
    where = ", ".join(dict.fromkeys(x for x in (p.name, *reversed(p.admin)) if x))
    at = f"at {p.lat:.3f}, {p.lon:.3f}" if p.lat is not None and p.lon is not None else "not resolved"
    precision = f", ACLED precision {p.geo_precision}" if p.geo_precision else ""
    return f"{where} ({p.role}{', implied' if p.implied else ''}) {at}{precision}"


def _figure(f: Figure) -> str:
    text = f"{figure_range(f.min, f.max) or 'unknown number'} {f.measure}"
    return text + (f" of {f.whom}" if f.whom else "") + (f" ({f.of})" if f.of else "")


def incident_lines(v: IncidentView) -> Iterator[str]:
    """An incident: summary, every value with who says it, the ledger, the statements."""
    yield f"{v.incident.code}  {v.incident.id}"
    yield _summary(v)
    yield from grade_lines(v)
    labels = ", ".join(f"{n} {c}" for c, n in v.certainties)
    yield f"{'said to have happened' if v.occurred else 'NOT said to have happened'}: {labels}"
    counts = (("statement", v.items), ("report", v.reports), ("outlet", v.outlets), ("voice", v.voices))
    yield ", ".join(f"{len(held)} {word}{'' if len(held) == 1 else 's'}" for word, held in counts)
    yield from voice_lines(v)
    for f in v.fields:
        if f.name != "figures" and f.values:
            yield from _field_lines(f)
    if v.field("figures").disagree:
        yield f"figures  DISPUTED  {v.field('figures').note}"
    yield from ledger_lines(v)
    yield ""
    for i in v.items:
        chain = " → ".join(x.name for x in i.statement.sources) or "own voice"
        yield f"{i.id}  {i.outlet or 'outlet unknown'}, {i.published or 'undated'} ({chain})"
        yield f"{'':<20}{i.statement.certainty.label}: {_marked(i.statement)}"


def _summary(v: IncidentView) -> str:
    when = "day unknown"
    if v.earliest or v.latest:
        when = str(v.earliest) if v.earliest == v.latest else f"{v.earliest or '…'} to {v.latest or '…'}"
    where = ", ".join(x for x in (v.place.name, v.place.country) if x) if v.place else "place unknown"
    return f"{v.sub_event or v.event} · {where} · {when}"


def _field_lines(f: FieldView) -> Iterator[str]:
    yield f"{f.name}{'  DISPUTED' if f.disagree else ''}"
    if f.note:
        yield f"  {f.note}"
    for x in f.values:
        yield f"  {x.label}  ({', '.join(x.voices)})"
