"""The contract every exporter must pass."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

from dateline.config import LinkConfig
from dateline.errors import PluginError
from dateline.export.base import Exporter, ExportSource, LinkedResults, LossReport
from dateline.labels import OCCURRED, Certainty, SourceType
from dateline.records import ReportResult

_NAME = re.compile(r"[a-z0-9_-]+\.v[1-9][0-9]*")


def check_exporter(exporter: Exporter, source: ExportSource) -> LossReport:
    """Write `source`, which should hold statements with sources and figures, and return its loss report.

    Raises PluginError if the exporter breaks its contract: two writings differ, an empty source fails, the loss
    report makes no sense, or certainty or attribution gets lost without being counted (law 5).
    """
    if not _NAME.fullmatch(exporter.name):
        raise PluginError(f"exporter {exporter.name!r}: a name must look like 'word.v1'")
    if not exporter.suffix.startswith("."):
        raise PluginError(f"exporter {exporter.name!r}: suffix {exporter.suffix!r} must start with '.'")
    first, loss = _written(exporter, source)
    if (first, loss) != _written(exporter, source):
        raise PluginError(f"exporter {exporter.name!r}: two writings of one source differ")
    _, empty = _written(exporter, LinkedResults((), LinkConfig()))
    if empty.written or not empty.lossless:
        raise PluginError(f"exporter {exporter.name!r}: of an empty source it reports {'; '.join(empty.sentences())}")
    _check_law(exporter, tuple(source.reports()))
    return loss


def _written(exporter: Exporter, source: ExportSource) -> tuple[bytes, LossReport]:
    out = BytesIO()
    loss = exporter.write(source, out)
    if out.closed:
        raise PluginError(f"exporter {exporter.name!r} closes the file it was given")
    said = [loss.unit, *(x.sentence for x in loss.losses)]
    if loss.written < 0 or any(x.count < 0 for x in loss.losses):
        raise PluginError(f"exporter {exporter.name!r}: a loss report cannot count below 0")
    if not all(s.strip() and "\n" not in s for s in said):
        raise PluginError(f"exporter {exporter.name!r}: unit and losses must be said in one line each")
    return out.getvalue(), loss


def _check_law(exporter: Exporter, results: tuple[ReportResult, ...]) -> None:
    """Sources that differ in certainty or attribution only must not give the same file, unless losses say so."""
    if not any(r.statements for r in results):
        raise PluginError("the source to check an exporter with must hold statements")
    data, loss = _written(exporter, _sure(results, Certainty.STATED))
    for label in (c for c in Certainty if c not in OCCURRED):
        other, counted = _written(exporter, _sure(results, label))
        if other == data:
            raise PluginError(f"exporter {exporter.name!r} writes {label} statements like stated ones")
        if counted.written < loss.written and not _more(counted, loss):
            raise PluginError(f"exporter {exporter.name!r} leaves out {label} statements and does not count them")
    unnamed, without = _written(exporter, _without_sources(results))
    named, loss = _written(exporter, LinkedResults(results, LinkConfig()))
    if unnamed == named and _has_sources(results) and not _more(loss, without):
        raise PluginError(f"exporter {exporter.name!r} drops who says so and does not count it")


def _more(loss: LossReport, than: LossReport) -> bool:
    """Whether something is counted more often."""
    before = {x.sentence: x.count for x in than.losses}
    return any(x.count > before.get(x.sentence, 0) for x in loss.losses)


def _has_sources(results: tuple[ReportResult, ...]) -> bool:
    return any(x.type is not SourceType.IMPERSONAL for r in results for s in r.statements for x in s.sources)


def _sure(results: tuple[ReportResult, ...], label: Certainty) -> LinkedResults:
    """The same results with every statement of that certainty."""
    made = (
        replace(r, statements=tuple(replace(s, certainty=replace(s.certainty, label=label)) for s in r.statements))
        for r in results
    )
    return LinkedResults(made, LinkConfig())


def _without_sources(results: tuple[ReportResult, ...]) -> LinkedResults:
    """The same results in the outlets' own voices. An impersonal source ("reportedly") is nobody and stays."""
    made = (
        replace(
            r,
            statements=tuple(
                replace(s, sources=tuple(x for x in s.sources if x.type is SourceType.IMPERSONAL)) for s in r.statements
            ),
        )
        for r in results
    )
    return LinkedResults(made, LinkConfig())
