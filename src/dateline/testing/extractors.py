"""The contract every extractor must pass."""

from __future__ import annotations

import re

from dateline.errors import EvidenceError, PluginError
from dateline.labels import PassageKind
from dateline.language.base import Language
from dateline.pipeline import Extractor
from dateline.records import Report, ReportResult, Statement
from dateline.testing.languages import HARD_TEXTS

_NAME = re.compile(r"[a-z0-9_-]+\.v[1-9][0-9]*")


def check_extractor(extractor: Extractor, language: Language, texts: tuple[str, ...] = ()) -> None:
    """Extract from hard texts, and from `texts` of the language, and compare the results with the contract.

    Raises PluginError with a sentence if evidence, order, ids or a second reading is wrong.
    """
    if not _NAME.fullmatch(extractor.name):
        raise PluginError(f"extractor {extractor.name!r}: a name must look like 'word.v1'")
    for text in (*HARD_TEXTS, *texts):
        report = Report(text=text)
        annotation = language.annotate(report)
        found = extractor.extract(report, annotation)
        if found != extractor.extract(report, annotation):
            raise PluginError(f"extractor {extractor.name!r} reads {text[:40]!r} differently the second time")
        _check(extractor.name, report, found)


def _check(name: str, report: Report, found: tuple[Statement, ...]) -> None:
    try:
        ReportResult(report=report, statements=found)
    except EvidenceError as e:
        raise PluginError(f"extractor {name!r} breaks the evidence law: {e}") from e
    heads = [s.trigger[0].start for s in found]
    if heads != sorted(heads):
        raise PluginError(f"extractor {name!r}: statements are not in text order in {report.text[:40]!r}")
    for s in found:
        if s.passage is PassageKind.CREDIT:
            raise PluginError(f"extractor {name!r}: a credit gave statement {s.id} in {report.text[:40]!r}")
        if not all(v.why for _, v in s.values()):
            raise PluginError(f"extractor {name!r}: a value of {s.id} does not say why")
