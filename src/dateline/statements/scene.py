"""One sentence laid out for the rules: its tokens with its mentions by position, and where its clauses end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import Any

from dateline.data import load_yaml
from dateline.language.base import Mention, MentionKind, Token
from dateline.statements.context import Context


@cache
def little(name: str) -> frozenset[str]:
    """A list of grammatical words (syntax.yaml)."""
    data: dict[str, Any] = load_yaml("dateline.language.en.data", "syntax.yaml")
    return frozenset(data[name])


def is_past(word: str) -> bool:
    """Whether a word may be a past participle."""
    return word.endswith(tuple(little("past_endings"))) or word in little("participles")


@cache
def groups(name: str) -> Mapping[str, str]:
    """The group of each of its words, for a list of groups (syntax.yaml)."""
    data: dict[str, Any] = load_yaml("dateline.language.en.data", "syntax.yaml")
    return {word: group for group, words in data[name].items() for word in words}


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence's tokens and mentions in text order. Positions are token indexes within the sentence."""

    ctx: Context
    tokens: tuple[Token, ...]
    triggers: tuple[Mention, ...]
    actors: tuple[Mention, ...]
    places: tuple[Mention, ...]
    weapons: tuple[Mention, ...]
    sayings: tuple[Mention, ...]
    sources: tuple[Mention, ...]
    _listed: dict[str, tuple[int, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def first(self, m: Mention) -> int:
        """The position of a mention's first token."""
        return bisect_right(self.ctx.starts, m.start) - 1

    def after(self, m: Mention) -> int:
        """The position behind a mention's last token."""
        return bisect_left(self.ctx.starts, m.end)

    def word(self, i: int) -> str:
        """The case-folded token at a position; empty outside the sentence."""
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    def words(self, a: int, b: int) -> tuple[str, ...]:
        """The case-folded tokens of [a, b)."""
        return tuple(t.lower for t in self.tokens[max(a, 0) : max(b, 0)])

    def apart(self, a: int, b: int, kind: str = "boundary") -> bool:
        """Whether one of the words of a list stands in [a, b)."""
        return self.count(a, b, kind) > 0

    def count(self, a: int, b: int, kind: str = "boundary") -> int:
        """How many of the words in [a, b) are in a list."""
        if kind not in self._listed:
            listed = little(kind)
            self._listed[kind] = tuple(accumulate((t.lower in listed for t in self.tokens), initial=0))
        so_far, last = self._listed[kind], len(self.tokens)
        return max(0, so_far[min(max(b, 0), last)] - so_far[min(max(a, 0), last)])

    def unclaimed(self, m: Mention) -> bool:
        """Whether the words of a claim are taken back by "no group" or the like."""
        cues = self.ctx.mentions(MentionKind.CUE)
        return any(c.label == "unclaimed" and c.start < m.end and m.start < c.end for c in cues)


def scene(ctx: Context) -> Scene:
    """Lay out a sentence."""
    by: dict[MentionKind, list[Mention]] = {kind: [] for kind in MentionKind}
    for m in ctx.annotation.mentions_of(ctx.sentence):
        by[m.kind].append(m)
    return Scene(
        ctx,
        ctx.tokens,
        tuple(by[MentionKind.TRIGGER]),
        tuple(by[MentionKind.ACTOR]),
        tuple(by[MentionKind.PLACE]),
        tuple(by[MentionKind.WEAPON]),
        tuple(by[MentionKind.SAYING]),
        tuple(by[MentionKind.SOURCE]),
    )


def form(trigger: Mention) -> str:
    """The grammatical form a trigger was found in: n, base, s, ing, ed, en or fixed (empty if it has none)."""
    return trigger.norm.rpartition("/")[2] if "/" in trigger.norm else ""


def is_noun(trigger: Mention) -> bool:
    """Whether a trigger stands as a noun."""
    return form(trigger) in {"n", "fixed"}
