"""Cues in English text: how surely a thing is said, what a figure measures, where a clause ends.

A CUE mention's label is `group.name` from data/cues.yaml; the part before the dot is a certainty,
"impersonal", "boundary", "measure" or "figure". Its norm is the scope or direction the data file states.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from dateline.data import load_yaml
from dateline.language.base import Mention, MentionKind, Sentence, Token
from dateline.language.en.matcher import Phrases
from dateline.language.en.patterns import passages
from dateline.records import Report

PRODUCER = "en.cues.v1"
UNCLAIMED = "unclaimed"
"""Label of a cue that says nobody claims an act: it says nothing of the act itself."""
_SILENT = "neutral"
_LAYERS = ("impersonal", "boundary", "measure", "figure")
_CLAIMANT = 6
"""Most words between "no" and the claim that it takes away."""


@cache
def _layers() -> tuple[Phrases[tuple[str, str]], ...]:
    """Matchers of groups that must not hide one another: sureness, impersonal hedges, boundaries, figures."""
    cues = load_yaml("dateline.language.en.data", "cues.yaml")["cues"]
    layers: dict[str, list[tuple[str, tuple[str, str]]]] = {}
    for label, cue in cues.items():
        group, _, name = label.partition(".")
        layer = next((x for x in (group, name) if x in _LAYERS), "sure")
        layers.setdefault(layer, []).extend((w, (label, cue["scope"])) for w in cue["words"])
    return tuple(Phrases(items) for _, items in sorted(layers.items()))


@cache
def _passive_marks() -> frozenset[str]:
    return frozenset(load_yaml("dateline.language.en.data", "cues.yaml")["passive_marks"])


def _voiced(tokens: Sequence[Token], s: Sentence, start: int, scope: str) -> str:
    """A participle behind a form of "be" counts what stands before it; without one it may count either side."""
    if scope != "passive":
        return scope
    marks = _passive_marks()
    return "passive" if any(t.lower in marks for t in tokens[max(s.first, start - 3) : start]) else "either"


@cache
def _nobody() -> frozenset[str]:
    return frozenset(load_yaml("dateline.language.en.data", "cues.yaml")["nobody"])


def _unclaimed(tokens: Sequence[Token], s: Sentence, start: int) -> int | None:
    """Where the words begin that say nobody makes the claim at `start` ("No group has claimed"); None if none do."""
    for i in range(start - 1, max(s.first, start - _CLAIMANT) - 1, -1):
        if tokens[i].lower in _nobody():
            return i
        if not tokens[i].text[0].isalnum():
            return None
    return None


def _of(tokens: Sequence[Token], s: Sentence) -> Iterator[Mention]:
    for layer in _layers():
        found = [f for f in layer.find(tokens, s.first, s.last) if not f[2][0].startswith(_SILENT)]
        void: set[int] = set()
        for start, stop, (label, _) in found:
            if label.startswith("claimed.") and (first := _unclaimed(tokens, s, start)) is not None:
                void.update(range(first, stop))
                yield _cue(tokens, s, (first, stop), UNCLAIMED, "none")
        for start, stop, (label, scope) in found:
            if start not in void:
                yield _cue(tokens, s, (start, stop), label.rstrip("+="), _voiced(tokens, s, start, scope))


def _cue(tokens: Sequence[Token], s: Sentence, bounds: tuple[int, int], label: str, norm: str) -> Mention:
    start, stop = bounds
    return Mention(MentionKind.CUE, tokens[start].start, tokens[stop - 1].end, s.index, label, norm, PRODUCER)


def find(report: Report, tokens: Sequence[Token], sentences: Sequence[Sentence]) -> Iterable[Mention]:
    """CUE mentions of a report, sorted by (start, -end, label)."""
    for s in passages(report, sentences):
        yield from sorted(_of(tokens, s), key=lambda m: (m.start, -m.end, m.label))
