"""Words that show how surely and by what saying: taught where the lexicons' reading agrees with the annotation.

The annotators give a certainty and the sources, not the words that show them. Where the rules find the same certainty
for the same trigger, their cue is taken as the word that shows it; where they find a speaker whom the annotators
have as a source, their verb of saying is. Where they disagree, nothing is taught.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.config import Config
from dateline.labels import Certainty
from dateline.language.base import Annotation, MentionKind
from dateline.pipeline import load_resources
from dateline.records import Report, Statement


@dataclass(frozen=True, slots=True)
class Cues:
    """Spans of one statement by role (cue, saying); a role that is None is not known."""

    cue: tuple[tuple[int, int], ...] | None
    saying: tuple[tuple[int, int], ...] | None


class CueFinder:
    """Reads reports with the lexicons and rules."""

    def __init__(self) -> None:
        config = Config().with_("extract", language="en.v1", extractor="rules.v1")
        self._held = load_resources(config)

    def find(self, report: Report, statements: Iterable[dict[str, Any]]) -> list[Cues]:
        """One Cues for each annotated statement."""
        annotation = self._held.language.annotate(report)
        made = self._held.extractor.extract(report, annotation)
        return [Cues(_cue(s, made), _saying(s, annotation)) for s in statements]

    def quiet(self, words: Sequence[str]) -> bool:
        """Whether the rules find no event in a passage: it is taken to hold none (they miss one in ten)."""
        report = Report(text=" ".join(words))
        return not self._held.extractor.extract(report, self._held.language.annotate(report))


def _cue(s: dict[str, Any], made: tuple[Statement, ...]) -> tuple[tuple[int, int], ...] | None:
    if s["certainty"] == Certainty.STATED:
        return ()
    for m in made:
        same = any(t.start < b and a < t.end for t in m.trigger for a, b in s["trigger"])
        if same and m.certainty.label == s["certainty"] and m.certainty.spans:
            return tuple((x.start, x.end) for x in m.certainty.spans)
    return None


def _saying(s: dict[str, Any], annotation: Annotation) -> tuple[tuple[int, int], ...] | None:
    if not s["sources"]:
        return ()
    ends = {m.start: m.end for m in annotation.mentions if m.kind is MentionKind.SAYING}
    found = {
        (at, ends[at])
        for m in annotation.mentions
        if m.kind is MentionKind.SOURCE
        and (at := int(m.norm.partition("@")[2] or -1)) in ends
        and any(m.start < b and a < m.end for x in s["sources"] for a, b in x["spans"])
        and s["sentence"][0] <= at < s["sentence"][1]
    }
    return tuple(sorted(found)) or None
