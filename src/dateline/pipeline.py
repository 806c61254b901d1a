"""The way through: `process(reports, resources)` serves the API, the CLI, the tests and every executor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Protocol

from dateline import __version__
from dateline.config import Config, ExtractConfig, ResolveConfig
from dateline.errors import ConfigError, IssueCode
from dateline.language.base import Annotation, Language, Relevance, Triage
from dateline.language.detect import detector_digest, identified, language_name, reader_code
from dateline.records import Issue, Report, ReportResult, Statement, digest
from dateline.registry import make


class Extractor(Protocol):
    """Finds the statements of a report: event, fields as written, sources, certainty, all with spans."""

    name: str

    def extract(self, report: Report, annotation: Annotation) -> tuple[Statement, ...]:
        """Statements in text order. Sets surface names and spans; leaves values to the resolvers."""
        ...


class Resolver(Protocol):
    """Adds values to statements (dates, places, actors). Surface and evidence stay as they are."""

    def resolve(
        self, report: Report, annotation: Annotation, statements: tuple[Statement, ...]
    ) -> tuple[Statement, ...]:
        """The same statements with more values."""
        ...


class Notes(Protocol):
    """Tells what the text of a report leaves open."""

    def __call__(self, report: Report, annotation: Annotation) -> tuple[Issue, ...]:
        """Issues whose codes are NOTES, in text order."""
        ...


@dataclass(frozen=True, slots=True)
class Resources:
    """Everything read-only that processing needs, and its fingerprint: same fingerprint, same result.

    `issues` are what was wrong with the files it was loaded from; `notes` tells what the text of a report leaves open.
    """

    language: Language
    extractor: Extractor
    resolvers: tuple[Resolver, ...]
    fingerprint: str
    triage: Triage | None = None
    issues: tuple[Issue, ...] = ()
    notes: Notes | None = None


@cache
def _resources(extract: ExtractConfig, resolve: ResolveConfig) -> Resources:
    from dateline.resolve.actors import ActorResolver
    from dateline.resolve.dates import DateResolver
    from dateline.resolve.names import KnownNames, nationals
    from dateline.resolve.places import PlaceResolver
    from dateline.resolve.register import load_register
    from dateline.resolve.unread import notes

    places = make("gazetteers", resolve.gazetteer, Path(resolve.gazetteer_path) if resolve.gazetteer_path else None)
    register = load_register(tuple(Path(r) for r in resolve.registers))
    lang = make("languages", extract.language, KnownNames(places, register))
    ext = make("extractors", extract.extractor)
    if getattr(ext, "needs_readings", False) and not getattr(lang, "reads", False):
        wrong = f"takes what a model reads, and language {extract.language!r} has none"
        raise ConfigError(f"[extract] extractor {extract.extractor!r} {wrong}")
    resolvers = (ActorResolver(register), PlaceResolver(places, nationals(register)), DateResolver(lang.date_grammar))
    parts = (
        __version__,
        detector_digest(),
        extract.language,
        lang.digest,
        extract.extractor,
        ext.digest,
        places.digest,
        register.digest,
        extract.triage,
    )
    triage = _triage(lang) if extract.triage == "on" else None
    noted = partial(notes, grammar=lang.date_grammar)
    return Resources(lang, ext, resolvers, digest(*parts), triage, register.issues, noted)


def _triage(language: Language) -> Triage:
    held: Triage | None = getattr(language, "relevance", None)
    if held is None:
        raise ConfigError(f"[extract] triage cannot be on: the language {language.name!r} has none; set it to off")
    return held


def load_resources(config: Config, root: Path | None = None) -> Resources:
    """Load language, extractor, gazetteer and register once per process; relative paths are under `root`.

    Raises ConfigError or PluginError before any work if a setting names something that is not there.
    """
    base = (root or Path()).resolve()

    def under(path: str) -> str:
        return str(base / path) if path else ""

    r = config.resolve
    there = replace(r, gazetteer_path=under(r.gazetteer_path), registers=tuple(under(p) for p in r.registers))
    return _resources(config.extract, there)


def read_one(report: Report, resources: Resources) -> ReportResult:
    """Annotate, extract, resolve one report. Raises whatever a stage raises.

    A report that surely is not in the reader's language has no statements and an Issue that names its language; so has
    one that triage, if there is any, finds not relevant, and its Issue gives the scores.
    """
    if reader := reader_code(resources.language.name):
        report = identified(report, reader)
        if report.language != reader:
            return ReportResult(report=report, issues=(_foreign(report),))
    if resources.triage and not (judged := resources.triage(report.text)).relevant:
        return ReportResult(report=report, issues=(_passed_over(report, judged),))
    annotation = resources.language.annotate(report)
    statements = resources.extractor.extract(report, annotation)
    for resolver in resources.resolvers:
        statements = resolver.resolve(report, annotation, statements)
    issues = resources.notes(report, annotation) if resources.notes else ()
    return ReportResult(report=report, statements=statements, issues=issues)


def _foreign(report: Report) -> Issue:
    name = f"{language_name(report.language)} ({report.language})"
    why = f"the text reads as {name}; no reader for it is installed"
    return _unread(report, IssueCode.FOREIGN_LANGUAGE, "language", why)


def _passed_over(report: Report, judged: Relevance) -> Issue:
    why = f"passed over by triage (relevance {judged.score:.1f}, needed {judged.needed:.1f})"
    return _unread(report, IssueCode.NOT_RELEVANT, "triage", why)


def _unread(report: Report, code: IssueCode, stage: str, why: str) -> Issue:
    message = f"{report.key}: {why}, so no statements were made"
    return Issue(code=code, message=message, stage=stage, report_id=report.id)


def process_one(report: Report, resources: Resources) -> ReportResult:
    """`read_one`, where a failure becomes an Issue of the report and never stops a run (law 7)."""
    try:
        return read_one(report, resources)
    except Exception as e:  # the boundary of law 7: whatever one report does, the others are read
        issue = Issue(
            code=IssueCode.STAGE_FAILED,
            message=f"{type(e).__name__}: {e}",
            stage="process",
            report_id=report.id,
        )
        return ReportResult(report=report, issues=(issue,))


def process(reports: Iterable[Report], resources: Resources) -> Iterator[ReportResult]:
    """Results in the order of the reports; each depends on its own report and the resources only."""
    for report in reports:
        yield process_one(report, resources)
