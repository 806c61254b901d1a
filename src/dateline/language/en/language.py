"""English: annotates a report with tokens, passages and mentions by lexicons and small rules."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.data import package_digest
from dateline.labels import PassageKind
from dateline.language.base import Annotation, Mention, Names, Relevance, Sentence, Token
from dateline.language.en import cues, dategrammar, hints, numbers, saying, triage, triggers, weapons
from dateline.language.en.dategrammar import DateGrammar
from dateline.language.en.entities import Entities
from dateline.language.en.passages import passages
from dateline.language.en.tokens import tokenize
from dateline.records import Report, digest

SILENT = frozenset({PassageKind.CREDIT})
"""Passages that are no part of the story: nothing is looked for in them."""


class English:
    """The language "en.v1". `names` lends the register's aliases and the gazetteer's names."""

    name = "en.v1"

    def __init__(self, names: Names) -> None:
        self._entities = Entities(names)
        self.date_grammar = DateGrammar()
        self.digest = digest(self.name, package_digest("dateline.language.en.data"))

    def annotate(self, report: Report) -> Annotation:
        """Tokens, passages and mentions of a report; mentions sorted by (start, -end, kind, label)."""
        tokens = tokenize(report.text)
        sentences = passages(report, tokens)
        mentions = sorted(
            self._mentions(report, tokens, tuple(s for s in sentences if s.kind not in SILENT)),
            key=lambda m: (m.start, -m.end, m.kind, m.label),
        )
        return Annotation(report.id, tokens, sentences, tuple(mentions))

    def relevance(self, text: str) -> Relevance:
        """Whether a text is worth reading (triage)."""
        return triage.relevance(text)

    def _mentions(self, report: Report, tokens: tuple[Token, ...], told: tuple[Sentence, ...]) -> Iterable[Mention]:
        entities = list(self._entities.find(report, tokens, told))
        arms = list(weapons.find(report, tokens, told))
        yield from entities
        yield from arms
        yield from triggers.find(report, tokens, told, (*entities, *arms))
        for module in (hints, saying, cues, numbers, dategrammar):
            yield from module.find(report, tokens, told)
