"""Statements and incidents as plain text for a terminal: the sentence first, the machine's values after it."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.cli.list import figure_range
from dateline.incidents.view import IncidentView, LedgerEntry
from dateline.records import (
    Basis,
    Code,
    Figure,
    Link,
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
    yield f"{s.id}  {_marked(report, s)}"
    for name, value in s.values():
        yield f"  {name:<10} {describe(value)}"
        if explain:
            yield from (f"             {line}" for line in evidence_lines(value))
    if not s.sources:
        yield f"  {'sources':<10} the outlet's own voice ({report.outlet or 'outlet unknown'})"


def _marked(report: Report, s: Statement) -> str:
    """The sentence on one line with its trigger in brackets."""
    head, sentence = s.trigger[0], s.sentence
    if not sentence.start <= head.start < head.end <= sentence.end:
        return " ".join(sentence.quote.split())
    before, after = report.text[sentence.start : head.start], report.text[head.end : sentence.end]
    return " ".join(f"{before}[{head.quote}]{after}".split())


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
            return value.edtf or "day unknown"
        case Figure():
            return _figure(value)
        case Source():
            return f"{value.name} ({value.type})"
        case Surety():
            return value.label.value
    return str(value)


def _place(p: Place) -> str:
    where = ", ".join(dict.fromkeys(x for x in (p.name, *reversed(p.admin)) if x))
    at = f" {p.lat:.3f}, {p.lon:.3f}" if p.lat is not None and p.lon is not None else " not resolved"
    precision = f", ACLED precision {p.geo_precision}" if p.geo_precision else ""
    return f"{where} [{p.role}{', implied' if p.implied else ''}]{at}{precision}"


def _figure(f: Figure) -> str:
    text = f"{figure_range(f.min, f.max) or 'unknown number'} {f.measure}"
    return text + (f" of {f.whom}" if f.whom else "") + (f" ({f.of})" if f.of else "")


def incident_lines(v: IncidentView) -> Iterator[str]:
    """An incident: summary, every value with who says it, the ledger, the statements."""
    yield f"{v.incident.code}   {v.incident.id}"
    yield f"{len(v.items)} statements, {len(v.reports)} reports, {len(v.outlets)} outlets, {len(v.voices)} voices"
    yield "said to have happened" if v.occurred else "not said to have happened (planned, alleged or denied only)"
    for f in v.fields:
        if not f.values:
            continue
        yield f"{f.name}{'   (they disagree)' if f.disagree else ''}"
        for x in f.values:
            yield f"  {x.label}   {', '.join(x.voices)}"
    for r in v.ranges:
        known = figure_range(r.min, r.max) or "unknown"
        yield f"{r.measure}: {known}   (policy {r.policy}; {r.note})"
        for e in v.ledger.totals(r.measure) + v.ledger.breakdowns(r.measure):
            yield f"  {_entry(e)}"
    yield ""
    for i in v.items:
        chain = " → ".join(x.name for x in i.statement.sources) or "own voice"
        who = f"{i.outlet or 'outlet unknown'}, {i.published or 'undated'} ({chain})"
        yield f"{i.id}  {who}, {i.statement.certainty.label}:"
        yield f"    {' '.join(i.statement.sentence.quote.split())}"


def _entry(e: LedgerEntry) -> str:
    said = e.said
    who = " → ".join((said.outlet or "outlet unknown", *said.sources))
    out = f"   not counted: {e.left_out}" if e.left_out else ""
    part = f" ({e.of})" if e.of else ""
    return f"{figure_range(e.min, e.max) or 'unknown'}{part} “{e.quote}” {who}, {said.published or 'undated'}{out}"


def link_lines(links: tuple[Link, ...]) -> Iterator[str]:
    """Links with their reasons and weights, strongest first."""
    for x in links:
        yield f"{x.left} {'=' if x.same else '≠'} {x.right}   score {x.score:+.2f}"
        for r in x.reasons:
            yield f"    {r.weight:+6.2f}  {r.name}: {r.text}"
