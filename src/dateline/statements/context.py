"""What the rules of one statement look at: its report, its sentence, and the mentions in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, ParamSpec, Protocol, TypeVar

from dateline.labels import PassageKind
from dateline.language.base import Annotation, Mention, MentionKind, Named, Sentence, Token
from dateline.records import Report, Span

P = ParamSpec("P")
T = TypeVar("T")
SILENT = frozenset({PassageKind.CREDIT, PassageKind.DATELINE})
"""Passages that tell of nothing."""


class Extent(Protocol):
    """Anything with offsets: a span, a mention, a token."""

    @property
    def start(self) -> int:
        """Offset of its first character."""
        ...

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        ...


def touches(a: Extent, b: Extent) -> bool:
    """Whether the two share a character."""
    return a.start < b.end and b.start < a.end


@dataclass(frozen=True, slots=True)
class Context:
    """One sentence in its report. Rules are functions of a Context and a trigger mention."""

    report: Report
    annotation: Annotation
    sentence: Sentence
    tokens: tuple[Token, ...] = field(init=False, repr=False, compare=False)
    """The tokens of the sentence."""
    lower: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """Its words, case-folded."""
    starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Where its tokens start."""
    _ends: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _counted: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _found: dict[Callable[..., Any], Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        tokens = self.annotation.tokens_of(self.sentence)
        object.__setattr__(self, "tokens", tokens)
        object.__setattr__(self, "lower", tuple([t.lower for t in tokens]))
        object.__setattr__(self, "starts", tuple([t.start for t in tokens]))
        object.__setattr__(self, "_ends", tuple([t.end for t in tokens]))
        object.__setattr__(self, "_counted", tuple(accumulate((t.text[0].isalnum() for t in tokens), initial=0)))

    def mentions(self, kind: MentionKind) -> tuple[Mention, ...]:
        """Mentions of one kind in this sentence, in text order."""
        return self.annotation.mentions_of(self.sentence, kind)

    def named(self) -> tuple[Named, ...]:
        """Names and quantities in this sentence as the model reads them, in text order."""
        return self.annotation.named_of(self.sentence)

    def span(self, start: int, end: int) -> Span:
        """A span of the report."""
        return self.report.span(start, end)

    def between(self, a: int, b: int) -> tuple[Token, ...]:
        """Tokens of the sentence that lie wholly between two offsets (in either order)."""
        first, last = self._between(a, b)
        return self.tokens[first:last]

    def words(self, a: int, b: int) -> int:
        """How many words and numbers lie wholly between two offsets (in either order)."""
        first, last = self._between(a, b)
        return self._counted[last] - self._counted[first] if first < last else 0

    def _between(self, a: int, b: int) -> tuple[int, int]:
        return bisect_left(self.starts, min(a, b)), bisect_right(self._ends, max(a, b))

    def once(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a function finds in this sentence, kept for all events that ask. It must depend on nothing else."""
        if work not in self._found:
            self._found[work] = work(*args, **kwargs)
        found: T = self._found[work]
        return found

    def forget(self) -> None:
        """Forget what was kept."""
        self._found.clear()


def context_of(report: Report, annotation: Annotation, sentence: Sentence) -> Context:
    """The context of a sentence, laid out once for all rules that ask for it."""
    held: Context | None = annotation.kept.get(sentence.index)
    if held is None or held.report is not report:
        held = annotation.kept[sentence.index] = Context(report, annotation, sentence)
    return held


def let_go(annotation: Annotation) -> None:
    """Forget the contexts of an annotation that nothing asks any more. They hold it, and it holds them: otherwise all
    of it would lie in memory until the garbage collector walks through."""
    for ctx in annotation.kept.values():
        ctx.forget()
    annotation.kept.clear()
