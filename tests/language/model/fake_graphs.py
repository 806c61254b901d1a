"""A network that knows a handful of words by heart, so that decoding can be tested without one that learnt."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from dateline.labels import Certainty, PassageKind
from dateline.language.base import Sentence, Token
from dateline.language.model.graphs import Floats, Ints
from dateline.language.model.package import Manifest
from dateline.language.model.reader import Findings, Reader

YES, NO = 6.0, -6.0
SURE = 0.9975
"""The probability of a logit of YES, as far as readings are rounded."""
LABELS = {
    "events": ("ACCUSE", "ASSAULT"),
    "sub_events": ("Armed clash", "Attack"),
    "certainties": tuple(c.value for c in Certainty),
    "measures": ("killed", "injured"),
    "source_types": ("official", "monitor"),
    "roles": ("actor", "target", "weapon", "place", "origin", "date", "figure", "via", "source", "cue", "saying"),
    "carried": ("place", "source"),
    "entities": ("PER", "LOC"),
    "same": ("statement", "happening", "name"),
}
HEADS = ["trigger", *LABELS["roles"]]
HEADS += [f"{head}_{label}" for head in ("carried", "same") for label in LABELS[head]]


def manifest(limit: int = 200, context: int = 60, **changes: Any) -> Manifest:
    """A manifest with every threshold at a half; `changes` are thresholds, or fields of the manifest."""
    thresholds = dict.fromkeys(HEADS, 0.5) | {k: v for k, v in changes.items() if k in HEADS}
    sizes = {"limit": limit, "context": context, "apart": 12}
    made = Manifest("fake", "0" * 16, "none", LABELS, sizes, thresholds, {})
    return replace(made, **{k: v for k, v in changes.items() if k not in HEADS})


@dataclass
class FakeGraphs:
    """What each word is to every event, whatever stands around it. `narrow` is the number of the word.

    `triggers`: word → category, or the logit of an assault; `tags`: word → entity tag; `roles`: word → role, or +role
    where a span begins anew; `subs`, `certainties`: trigger → label; `measures`, `types`: word → label; `parts`:
    words of breakdowns; `carried`: word → role, or (role, logit); `same`: pairs of words that are one, by kind.
    """

    triggers: Mapping[str, str | float] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    subs: Mapping[str, str] = field(default_factory=dict)
    certainties: Mapping[str, str] = field(default_factory=dict)
    measures: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    parts: Collection[str] = ()
    carried: Mapping[str, str | tuple[str, float]] = field(default_factory=dict)
    same_words: Mapping[str, Collection[tuple[str, str]]] = field(default_factory=dict)
    windows: list[list[str]] = field(default_factory=list)
    """The words of every window that was read."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Every pair of words that was compared."""

    vocabulary: tuple[str, ...] = field(init=False)
    """Every word that means something."""

    def __post_init__(self) -> None:
        known = {*self.triggers, *self.tags, *self.roles, *self.measures, *self.types, *self.parts, *self.carried}
        known |= {w for pairs in self.same_words.values() for pair in pairs for w in pair}
        self.vocabulary = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", *sorted(known))

    def words(self, ids: Ints, shapes: Ints, first: Ints, last: Ints) -> tuple[Floats, ...]:
        """See Graphs."""
        assert len(ids) == len(shapes) and len(first) == len(last)
        held = [self.vocabulary[i] for i in ids[first]]
        self.windows.append(held)
        trigger = _logits(len(held), 1 + len(LABELS["events"]), 10 * NO)
        entity = _logits(len(held), 1 + 2 * len(LABELS["entities"]))
        speaker = _logits(len(held), len(LABELS["source_types"]))
        tags = ["O", *(f"{p}-{t}" for t in LABELS["entities"] for p in "BI")]
        for i, w in enumerate(held):
            what = self.triggers.get(w, 10 * NO)
            trigger[i, 0] = 0
            trigger[i, 1 + LABELS["events"].index(what if isinstance(what, str) else "ASSAULT")] = (
                YES if isinstance(what, str) else what
            )
            entity[i, tags.index(self.tags.get(w, "O"))] = YES
            _pick(speaker[i], "source_types", self.types.get(w))
        return trigger, entity, speaker, ids[first][:, None].astype(np.float32)

    def frames(self, narrow: Floats, at: Ints, within: Ints, mask: Ints, apart: Ints) -> tuple[Floats, ...]:
        """See Graphs."""
        n, length = within.shape
        assert mask.shape == (n, length) and apart.shape == (n, len(narrow))
        roles = np.full((n, length, 2 * len(LABELS["roles"])), NO, np.float32)
        measure = np.full((n, length, len(LABELS["measures"]) + 1), NO, np.float32)
        event, certainty = _logits(n, len(LABELS["events"])), _logits(n, len(LABELS["certainties"]))
        sub = _logits(n, len(LABELS["sub_events"]) + 1)
        carried = np.full((n, len(narrow), len(LABELS["carried"])), NO, np.float32)
        for i in range(n):
            head = self._word(narrow, int(at[i]))
            what = self.triggers[head]
            _pick(event[i], "events", what if isinstance(what, str) else "ASSAULT")
            _pick(certainty[i], "certainties", self.certainties.get(head, "stated"))
            sub[i, LABELS["sub_events"].index(self.subs[head]) if head in self.subs else -1] = YES
            for j in range(length):
                w = self._word(narrow, int(within[i, j]))
                if w in self.roles:
                    r = LABELS["roles"].index(self.roles[w].lstrip("+"))
                    roles[i, j, 2 * r : 2 * r + 2] = (YES if self.roles[w][0] == "+" else NO, YES)
                _pick(measure[i, j], "measures", self.measures.get(w))
                measure[i, j, -1] = YES if w in self.parts else NO
            for j in range(len(narrow)):
                self._lend(carried[i, j], self._word(narrow, j))
        return roles, measure, event, sub, certainty, carried

    def _lend(self, out: Floats, word: str) -> None:
        held = self.carried.get(word)
        if held is not None:
            role, logit = (held, YES) if isinstance(held, str) else held
            out[LABELS["carried"].index(role)] = logit

    def same(self, narrow: Floats, a: Ints, b: Ints) -> Floats:
        """See Graphs."""
        out = _logits(len(a), len(LABELS["same"]))
        for n, (x, y) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
            pair = self._word(narrow, x), self._word(narrow, y)
            self.asked.append(pair)
            for k, kind in enumerate(LABELS["same"]):
                if pair in self.same_words.get(kind, ()):
                    out[n, k] = YES
        return out

    def _word(self, narrow: Floats, i: int) -> str:
        return self.vocabulary[int(narrow[i, 0])]


def _logits(n: int, width: int, value: float = NO) -> Floats:
    return np.full((n, width), value, np.float32)


def _pick(row: Floats, kind: str, label: str | None) -> None:
    if label is not None:
        row[LABELS[kind].index(label)] = YES


def lay(text: str) -> tuple[list[Token], list[Sentence]]:
    """Words by white space, a sentence a line."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    at = 0
    for line in text.split("\n"):
        first, here = len(tokens), at
        for w in line.split():
            start = text.index(w, here)
            tokens.append(Token(start, start + len(w), w, w.casefold()))
            here = start + len(w)
        if len(tokens) > first:
            span = tokens[first].start, tokens[-1].end
            kind = PassageKind.SENTENCE
            sentences.append(Sentence(len(sentences), *span, kind, 0, first, len(tokens)))
        at += len(line) + 1
    return tokens, sentences


def reader(graphs: FakeGraphs, held: Manifest | None = None) -> Reader:
    """A reader over that network."""
    return Reader(graphs, held or manifest(), graphs.vocabulary)


def read(graphs: FakeGraphs, text: str, held: Manifest | None = None) -> Findings:
    """What it finds in a text laid out by `lay`."""
    return reader(graphs, held).read(*lay(text))
