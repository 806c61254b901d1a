"""What the language gives of a report beside its statements: for benchmarks that ask for more than events."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass

import click

from benchmarks.public._run import Options
from dateline.config import Config
from dateline.errors import DatelineError
from dateline.language.base import Annotation
from dateline.pipeline import load_resources
from dateline.records import Report, Statement


@dataclass(frozen=True, slots=True)
class Read:
    """A report with the product's annotation and the statements of the same reading."""

    report: Report
    annotation: Annotation
    statements: tuple[Statement, ...]


def read_annotated(name: str, reports: Sequence[Report], options: Options) -> list[Read]:
    """The reports in order, read with the default settings in this process; kept in the cache folder, if there is one.

    As `_run.read_reports`, the cache is told apart by the fingerprint of settings, words and weights, not of the code.
    """
    try:
        resources = load_resources(Config())
    except DatelineError as e:
        raise click.ClickException(str(e)) from e
    file = options.cache / f"{name}-annotated-{resources.fingerprint}.pickle" if options.cache else None
    held: dict[str, Read] = {}
    if file and file.exists() and not options.reread:
        held = pickle.loads(file.read_bytes())
    for report in (r for r in reports if r.id not in held):
        annotation = resources.language.annotate(report)
        held[report.id] = Read(report, annotation, resources.extractor.extract(report, annotation))
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(pickle.dumps(held))
    return [held[r.id] for r in reports]
