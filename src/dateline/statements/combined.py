"""The extractor the product reads with: what the model reads, put right by the rules of the rulebook."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.data import package_digest
from dateline.language.base import Annotation, Reading
from dateline.records import Report, Statement, digest
from dateline.statements.context import Context, let_go
from dateline.statements.doubt import agreed
from dateline.statements.modelled import ModelExtractor, drafts
from dateline.statements.rulebook import ALL_RULES, REPORT_RULES, SENTENCE_RULES
from dateline.statements.rulebook.base import Line
from dateline.statements.sides import settled
from dateline.statements.spots import located


class CombinedExtractor:
    """The extractor "combined.v1": the model's readings, the doubtful ones that the lexicon agrees with, with their
    sides and places weighed anew, then each rule in its order."""

    name = "combined.v1"
    needs_readings = True

    def __init__(self) -> None:
        words = package_digest("dateline.language.en.data")
        self.digest = digest(self.name, ModelExtractor().digest, [r.id for r in ALL_RULES], words)

    def extract(self, report: Report, annotation: Annotation) -> tuple[Statement, ...]:
        """Statements in text order."""
        sided = settled(report, annotation, agreed)
        placed = located(report, sided)
        held: Sequence[Statement] = [_after_rules(Line(ctx), s) for ctx, s in drafts(report, placed, _all)]
        for rule in REPORT_RULES:
            held = rule.apply(report, placed, held)
        for done in (annotation, sided, placed):
            let_go(done)
        return tuple(held)


def _all(ctx: Context, r: Reading) -> bool:
    return True


def _after_rules(line: Line, s: Statement) -> Statement:
    for rule in SENTENCE_RULES:
        s = rule.apply(line, s)
    return s
