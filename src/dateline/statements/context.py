"""What the rules of one statement look at: its report, its sentence, and the mentions in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from dateline.language.base import Annotation, Mention, MentionKind, Sentence, Token
from dateline.records import Report, Span


@dataclass(frozen=True, slots=True)
class Context:
    """One sentence in its report. Rules are functions of a Context and a trigger mention."""

    report: Report
    annotation: Annotation
    sentence: Sentence
    tokens: tuple[Token, ...] = field(init=False, repr=False, compare=False)
    """The tokens of the sentence."""
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _ends: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        tokens = self.annotation.tokens_of(self.sentence)
        object.__setattr__(self, "tokens", tokens)
        object.__setattr__(self, "_starts", tuple(t.start for t in tokens))
        object.__setattr__(self, "_ends", tuple(t.end for t in tokens))

    def mentions(self, kind: MentionKind) -> tuple[Mention, ...]:
        """Mentions of one kind in this sentence, in text order."""
        return self.annotation.mentions_of(self.sentence, kind)

    def span(self, start: int, end: int) -> Span:
        """A span of the report."""
        return self.report.span(start, end)

    def between(self, a: int, b: int) -> tuple[Token, ...]:
        """Tokens of the sentence that lie wholly between two offsets (in either order)."""
        lo, hi = min(a, b), max(a, b)
        return self.tokens[bisect_left(self._starts, lo) : bisect_right(self._ends, hi)]
