"""A frame and a verb in their places: what the modules beside this one hand to each other."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.public._attribution.clauses import Span


@dataclass(frozen=True, slots=True)
class Frame:
    """One attributing word in its place; all numbers are tokens. `opens`: where its clause begins, with the comma or
    conjunction before it; `ahead`: where what follows it begins; `behind`: content stands before it; `resumes`: and
    goes on after it; `limit`: where content behind it ends at the latest; `clausal`: it takes clauses; `joined`: how it
    goes on from a frame before; `own`: content beside it (the subject of a passive); `speech`: somebody speaks."""

    kind: str
    cue: Span
    source: Span | None
    opens: int
    ahead: int
    behind: bool = False
    resumes: bool = False
    limit: int | None = None
    clausal: bool = True
    joined: str = ""
    tense: str = ""
    own: tuple[Span, ...] = ()
    speech: bool = False

    @property
    def start(self) -> int:
        """The first token of source and cue."""
        return min(self.cue[0], self.source[0]) if self.source else self.cue[0]

    @property
    def end(self) -> int:
        """The token after source and cue."""
        return max(self.cue[1], self.source[1]) if self.source else self.cue[1]


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb form in its group: tokens [group, first) are its auxiliaries and adverbs, [first, stop) the verb."""

    group: int
    first: int
    stop: int
    lemma: str
    tag: str
    voice: str
