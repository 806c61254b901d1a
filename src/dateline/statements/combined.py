"""The extractor the product reads with: what the model reads, put right by the rules of the rulebook."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from dateline.data import package_digest
from dateline.language.base import Annotation
from dateline.records import Report, Statement, digest
from dateline.statements.context import Context
from dateline.statements.modelled import ModelExtractor
from dateline.statements.rulebook import REPORT_RULES, SENTENCE_RULES
from dateline.statements.rulebook.base import Line


class CombinedExtractor:
    """The extractor "combined.v1": model.v1, then each rule in its order."""

    name = "combined.v1"
    needs_readings = True

    def __init__(self) -> None:
        self._model = ModelExtractor()
        rules = (*(r.id for r in SENTENCE_RULES), *(r.id for r in REPORT_RULES))
        self.digest = digest(self.name, self._model.digest, rules, package_digest("dateline.language.en.data"))

    def extract(self, report: Report, annotation: Annotation) -> tuple[Statement, ...]:
        """Statements in text order."""
        held: Sequence[Statement] = _by_sentence(report, annotation, self._model.extract(report, annotation))
        for rule in REPORT_RULES:
            held = rule.apply(report, annotation, held)
        return tuple(held)


def _by_sentence(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> list[Statement]:
    """The statements after the rules that look at their own sentence."""
    lines: dict[int, Line] = {}
    out: list[Statement] = []
    for s in statements:
        at = bisect_right(annotation.sentences, s.trigger[0].start, key=lambda x: x.start) - 1
        if at not in lines:
            lines[at] = Line(Context(report, annotation, annotation.sentences[at]))
        for rule in SENTENCE_RULES:
            s = rule.apply(lines[at], s)
        out.append(s)
    return out
