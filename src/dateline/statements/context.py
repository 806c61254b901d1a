"""What the rules of one statement look at: its report, its sentence, and the mentions in it."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.language.base import Annotation, Mention, MentionKind, Sentence, Token
from dateline.records import Report, Span


@dataclass(frozen=True, slots=True)
class Context:
    """One sentence in its report. Rules are functions of a Context and a trigger mention."""

    report: Report
    annotation: Annotation
    sentence: Sentence

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the sentence."""
        return self.annotation.tokens_of(self.sentence)

    def mentions(self, kind: MentionKind) -> tuple[Mention, ...]:
        """Mentions of one kind in this sentence, in text order."""
        return self.annotation.mentions_of(self.sentence, kind)

    def span(self, start: int, end: int) -> Span:
        """A span of the report."""
        return self.report.span(start, end)

    def between(self, a: int, b: int) -> tuple[Token, ...]:
        """Tokens of the sentence that lie wholly between two offsets (in either order)."""
        lo, hi = min(a, b), max(a, b)
        return tuple(t for t in self.tokens if t.start >= lo and t.end <= hi)

    def earlier(self) -> tuple[Sentence, ...]:
        """Sentences before this one, nearest first."""
        return tuple(reversed(self.annotation.sentences[: self.sentence.index]))
