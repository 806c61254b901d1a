"""What a rule of the rulebook is, and the line of words it looks at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import is_
from typing import Any, TypeVar

from dateline.labels import Measure
from dateline.language.base import Annotation, MentionKind, Token
from dateline.records import Party, Place, Report, Source, Span, Statement, Value
from dateline.statements.context import Context, Extent
from dateline.statements.scene import is_past, little

V = TypeVar("V", bound=Value)
N = TypeVar("N", Party, Place, Source)
_WAR = 10_000
"""Killed of which no report tells as of one happening."""


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one sentence, asked for by offsets. Words are case-folded."""

    ctx: Context

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the sentence."""
        return self.ctx.tokens

    def first(self, x: Extent) -> int:
        """The position of its first token."""
        return bisect_right(self.ctx.starts, x.start) - 1

    def after(self, x: Extent) -> int:
        """The position behind its last token."""
        return bisect_left(self.ctx.starts, x.end)

    def words(self, x: Extent) -> tuple[str, ...]:
        """Its own words."""
        return self.cut(self.first(x), self.after(x))

    def has(self, x: Extent) -> bool:
        """Whether it begins in the sentence."""
        return self.ctx.sentence.start <= x.start < self.ctx.sentence.end

    def gap(self, a: Extent, b: Extent) -> tuple[str, ...]:
        """The words between two, the first of which stands before the second."""
        return self.cut(self.after(a), self.first(b))

    def cut(self, first: int, after: int) -> tuple[str, ...]:
        """The words of [first, after)."""
        return self.ctx.lower[max(first, 0) : max(after, 0)]

    def before(self, x: Extent, n: int) -> tuple[str, ...]:
        """Up to `n` words before it, articles right before it left out."""
        at = self.first(x)
        while at > 0 and self.tokens[at - 1].lower in little("determiners"):
            at -= 1
        return self.cut(at - n, at)

    def span(self, first: int, after: int) -> Span:
        """The span of the tokens [first, after)."""
        return self.ctx.span(self.tokens[first].start, self.tokens[after - 1].end)


@dataclass(frozen=True, slots=True)
class SentenceRule:
    """A rule that changes one statement by what its own sentence says.

    `reason` is a sentence that says why; `source` the codebook or guideline it follows.
    """

    id: str
    reason: str
    source: str
    apply: Callable[[Line, Statement], Statement]


@dataclass(frozen=True, slots=True)
class ReportRule:
    """A rule that looks at all statements of a report. Fields as in SentenceRule."""

    id: str
    reason: str
    source: str
    apply: Callable[[Report, Annotation, Sequence[Statement]], Sequence[Statement]]


def is_war(s: Statement) -> bool:
    """Whether a statement tells the toll of a whole war."""
    return any(f.measure is Measure.KILLED and (f.min or 0) >= _WAR for f in s.figures)


def changed(s: Statement, **fields: Any) -> Statement:
    """The statement with these fields; itself if they hold what it has (making one anew checks all its evidence)."""
    for name, new in fields.items():
        old = getattr(s, name)
        if len(old) != len(new) or not all(map(is_, old, new)):
            return replace(s, **fields)
    return s


def told(value: V, rule: str, why: str) -> V:
    """The value with the rule that made it what it is, and why; what was said of it before stays."""
    return replace(value, rule=rule, why=(*value.why, why))


def respelt(value: N, span: Span, rule: str, why: str) -> N:
    """The party, place or source as other words name it, with the rule that chose them, and why."""
    return told(replace(value, name=span.quote, spans=(span,)), rule, why)


def is_idle(line: Line, x: Extent) -> bool:
    """Whether only articles and prepositions stand there, which name nobody."""
    words = [w for w in line.words(x) if w[0].isalnum()]
    return all(w in little("determiners") or w in little("of_by_for") or w in little("and") for w in words)


def is_participle(word: str) -> bool:
    """Whether a word is an adjective like "rebel-held"."""
    head, _, tail = word.rpartition("-")
    return bool(head) and is_past(tail)


def parts_of(line: Line, x: Extent) -> list[Span] | None:
    """The two parts of "A and B" or "A, including B", None if nothing joins two. Known names are not cut."""
    first, after = line.first(x), line.after(x)
    joins = (i for i in range(first + 1, after - 1) if line.tokens[i].lower in little("joins"))
    at = next((i for i in joins if not _inside_name(line, line.tokens[i])), None)
    if at is None:
        return None
    parts = []
    for a, b in ((first, at), (at + 1, after)):
        while b > a and not line.tokens[b - 1].text[0].isalnum():
            b -= 1
        if a == b:
            return None
        parts.append(line.span(a, b))
    return parts


def _inside_name(line: Line, word: Extent) -> bool:
    return any(m.start < word.start and word.end < m.end for m in line.ctx.mentions(MentionKind.ACTOR))
