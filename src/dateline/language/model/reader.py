"""Tokens and sentences → readings: what the network says of each event, in spans, with probabilities.

The decoding is plain: thresholds and temperatures come with the weights; no word of any language is named here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

import numpy as np

from dateline.language.base import Argument, Named, Reading, Same, Sentence, Token
from dateline.language.model.graphs import Floats, Graphs
from dateline.language.model.package import Manifest
from dateline.language.model.windows import Chunk, Window, chunks, windows
from dateline.language.model.wordpiece import WordPiece

T = TypeVar("T")
Run = tuple[int, int]
"""First and last word of a window, both inclusive."""
_ROUND = 4
"""Digits kept of a probability: the last ones differ between processors (law 6)."""


@dataclass(frozen=True, slots=True)
class Findings:
    """All readings, names and same pairs of a report, in text order."""

    readings: tuple[Reading, ...] = ()
    named: tuple[Named, ...] = ()
    same: tuple[Same, ...] = ()


class Reader:
    """A network with its manifest, ready to read reports one by one."""

    def __init__(self, graphs: Graphs, manifest: Manifest, vocabulary: Sequence[str]) -> None:
        self.graphs, self.manifest = graphs, manifest
        self.pieces = WordPiece(vocabulary)
        self._role = {r: i for i, r in enumerate(manifest.labels["roles"])}
        self._tags = [("O", "")] + [(p, t) for t in manifest.labels["entities"] for p in "BI"]

    def read(self, tokens: Sequence[Token], sentences: Sequence[Sentence]) -> Findings:
        """Readings of the sentences given; the text of other sentences is not looked at."""
        limit, context = self.manifest.sizes["limit"], self.manifest.sizes["context"]
        sizes = [len(self.pieces.word(t.text)) for t in tokens]
        parts = chunks([(s.first, s.last) for s in sentences], sizes, limit)
        found = Findings()
        for w in windows([sum(sizes[c.first : c.last]) for c in parts], limit, context):
            held = self._window(tokens, sentences, parts, w)
            found = Findings(
                (*found.readings, *held.readings), (*found.named, *held.named), (*found.same, *held.same)
            )
        return found

    def _window(
        self, tokens: Sequence[Token], sentences: Sequence[Sentence], parts: Sequence[Chunk], w: Window
    ) -> Findings:
        held = list(parts[w.start : w.end])
        words = [i for c in held for i in range(c.first, c.last)]
        pieces = self.pieces.pieces(tokens[i].text for i in words)
        arrays = (np.array(x, np.int64) for x in (pieces.ids, pieces.shapes, pieces.first, pieces.last))
        trigger, entity, speaker, narrow = self.graphs.words(*arrays)
        place = _Placed(tokens, sentences, words, held, parts[w.core].first)
        readings = self._readings(place, trigger, speaker, narrow)
        named = tuple(self._named(place, entity))
        return Findings(readings, named, tuple(self._same(place, narrow, readings, named)))

    def _triggers(self, place: _Placed, logits: Floats) -> list[tuple[Run, float]]:
        """Runs of words that name an event; neighbours of one category are one trigger."""
        p = _softmax(logits, self._heat("trigger"))
        event = p[:, 1:].argmax(1)
        on = 1 - p[:, 0] >= self.manifest.thresholds["trigger"]
        out: list[tuple[Run, float]] = []
        for i in range(place.core, len(p)):
            if not on[i]:
                continue
            score = float(1 - p[i, 0])
            joins = out and out[-1][0][1] == i - 1 and event[i] == event[i - 1] and place.chunk(i) == place.chunk(i - 1)
            if joins:
                out[-1] = ((out[-1][0][0], i), max(out[-1][1], score))
            else:
                out.append(((i, i), score))
        return out

    def _distinct(self, place: _Placed, found: list[tuple[Run, float]], narrow: Floats) -> list[tuple[Run, float]]:
        """One trigger for each statement: of two words of a sentence that say one thing, the surer stays."""
        pairs = [
            (i, j)
            for i, j in combinations(range(len(found)), 2)
            if place.chunk(found[i][0][0]) == place.chunk(found[j][0][0])
        ]
        if not pairs:
            return found
        kinds = self.manifest.labels["same"]
        where = (np.array([found[n][0][0] for n in side], np.int64) for side in zip(*pairs, strict=True))
        logits = self.graphs.same(narrow, *where)[:, kinds.index("statement")]
        p = _sigmoid(logits / self._heat("same"))
        gone: set[int] = set()
        for (i, j), score in sorted(zip(pairs, p, strict=True), key=lambda x: (-float(x[1]), x[0])):
            if score >= self.manifest.thresholds["same_statement"] and not {i, j} & gone:
                gone.add(j if found[i][1] >= found[j][1] else i)
        return [f for n, f in enumerate(found) if n not in gone]

    def _readings(self, place: _Placed, trigger: Floats, speaker: Floats, narrow: Floats) -> tuple[Reading, ...]:
        found = self._distinct(place, self._triggers(place, trigger), narrow)
        if not found:
            return ()
        homes = [place.home(run[0]) for run, _ in found]
        length = max(b - a + 1 for a, b in homes)
        at = np.array([run[0] for run, _ in found], np.int64)
        size = np.array([b - a + 1 for a, b in homes], np.int64)
        step = np.arange(length, dtype=np.int64)[None]
        mask = (step < size[:, None]).astype(np.int64)
        within = np.minimum(np.array([a for a, _ in homes], np.int64)[:, None] + step, len(place.words) - 1)
        apart = np.array([place.apart(h, self.manifest.sizes["apart"]) for h in homes], np.int64)
        out = self.graphs.frames(narrow, at, within, mask, apart)
        roles, measure, event, sub, certainty, carried = out
        labels = self.manifest.labels
        made = []
        for n, (run, score) in enumerate(found):
            arguments = self._arguments(place, homes[n], (roles[n], measure[n], speaker))
            arguments += self._carried(place, homes[n], carried[n], speaker, {a.role for a in arguments})
            made.append(
                Reading(
                    *place.span(run),
                    sentence=place.sentence(run[0]),
                    score=round(score, _ROUND),
                    event=self._best(event[n], labels["events"], "event"),
                    sub_event=self._best(sub[n], (*labels["sub_events"], None), "sub_event"),
                    certainty=self._best(certainty[n], labels["certainties"], "certainty"),
                    arguments=tuple(sorted(arguments, key=lambda a: (a.start, a.end, a.role))),
                )
            )
        return tuple(made)

    def _arguments(self, place: _Placed, home: Run, held: tuple[Floats, Floats, Floats]) -> list[Argument]:
        """Spans of each role in the trigger's own sentence."""
        roles, measure, speaker = held
        size = home[1] - home[0] + 1
        p = _sigmoid(roles[:size] / self._heat("roles"))
        out: list[Argument] = []
        for role, r in self._role.items():
            for a, b in _runs(p[:, 2 * r + 1], p[:, 2 * r], self.manifest.thresholds[role]):
                run = (home[0] + a, home[0] + b)
                label, part = "", False
                if role == "figure":
                    mean = measure[a : b + 1].mean(0)
                    label = self._best(mean[:-1], self.manifest.labels["measures"], "measure")[0]
                    part = bool(mean[-1] > 0)
                elif role in ("source", "via"):
                    mean = speaker[run[0] : run[1] + 1].mean(0)
                    label = self._best(mean, self.manifest.labels["source_types"], "speaker")[0]
                score = round(float(p[a : b + 1, 2 * r + 1].mean()), _ROUND)
                out.append(Argument(role, *place.span(run), score, label, part))
        return out

    def _carried(
        self, place: _Placed, home: Run, logits: Floats, speaker: Floats, filled: set[str]
    ) -> list[Argument]:
        """The best span of earlier sentences for each role that can be carried and is not filled."""
        out: list[Argument] = []
        for r, role in enumerate(self.manifest.labels["carried"]):
            p = _sigmoid(logits[: home[0], r] / self._heat("carried"))
            if role in filled or not len(p) or p.max() < self.manifest.thresholds[f"carried_{role}"]:
                continue
            best = len(p) - 1 - int(p[::-1].argmax())
            a = b = best
            while a > 0 and p[a - 1] >= p[best] / 2 and place.chunk(a - 1) == place.chunk(best):
                a -= 1
            while b + 1 < len(p) and p[b + 1] >= p[best] / 2 and place.chunk(b + 1) == place.chunk(best):
                b += 1
            label = ""
            if role == "source":
                label = self._best(speaker[a : b + 1].mean(0), self.manifest.labels["source_types"], "speaker")[0]
            out.append(Argument(role, *place.span((a, b)), round(float(p[best]), _ROUND), label, carried=True))
        return out

    def _best(self, logits: Floats, labels: Sequence[T], head: str) -> tuple[T, float]:
        p = _softmax(logits[None], self._heat(head))[0]
        i = int(p.argmax())
        return labels[i], round(float(p[i]), _ROUND)

    def _heat(self, head: str) -> float:
        return self.manifest.temperatures.get(head, 1.0)

    def _named(self, place: _Placed, logits: Floats) -> Iterator[Named]:
        """Entities by the best tag of each word; an I after another type begins a new one."""
        p = _softmax(logits, self._heat("entity"))
        best = p.argmax(1)
        held: list[int] = []
        label = ""
        for i in range(place.core, len(best) + 1):
            mark, kind = self._tags[best[i]] if i < len(best) else ("O", "")
            goes_on = mark == "I" and kind == label and held and place.chunk(i) == place.chunk(i - 1)
            if held and not goes_on:
                score = float(p[held, best[held]].mean())
                yield Named(*place.span((held[0], held[-1])), label, round(score, _ROUND))
                held = []
            if mark != "O":
                held, label = [*held, i], kind

    def _same(
        self, place: _Placed, narrow: Floats, readings: tuple[Reading, ...], named: tuple[Named, ...]
    ) -> Iterator[Same]:
        """Pairs of readings that are one happening, and of names that are one, above their thresholds."""
        kinds = self.manifest.labels["same"]
        spots = {"happening": [r.start for r in readings], "name": [n.start for n in named if n.label in _NAMES]}
        ends = {n.start: n.end for n in named}
        for k, kind in enumerate(kinds):
            if kind not in spots:
                continue
            pairs = list(combinations(spots[kind], 2))
            if not pairs:
                continue
            where = [[place.word(x, ends if kind == "name" else {}) for x in side] for side in zip(*pairs, strict=True)]
            p = _sigmoid(self.graphs.same(narrow, *(np.array(x, np.int64) for x in where))[:, k] / self._heat("same"))
            for (a, b), score in zip(pairs, p, strict=True):
                if score >= self.manifest.thresholds[f"same_{kind}"]:
                    yield Same(kind, a, b, round(float(score), _ROUND))


_NAMES = frozenset({"PER", "ORG", "LOC"})


class _Placed:
    """Words of a window and where they stand in the report."""

    def __init__(
        self, tokens: Sequence[Token], sentences: Sequence[Sentence], words: list[int], held: list[Chunk], core: int
    ) -> None:
        self.tokens, self.sentences, self.words, self.chunks = tokens, sentences, words, held
        self.core = words.index(core)
        self._chunk = [n for n, c in enumerate(held) for _ in range(c.first, c.last)]
        self._starts: list[int] = []
        for n in range(len(held)):
            self._starts.append(sum(x.last - x.first for x in held[:n]))
        self._at = {tokens[i].start: n for n, i in enumerate(words)}
        self._ending = {tokens[i].end: n for n, i in enumerate(words)}

    def chunk(self, word: int) -> int:
        """The number of the chunk a word is in."""
        return self._chunk[word]

    def home(self, word: int) -> Run:
        """First and last word of the chunk a word is in."""
        n = self._chunk[word]
        c = self.chunks[n]
        return self._starts[n], self._starts[n] + c.last - c.first - 1

    def sentence(self, word: int) -> int:
        """The index of the sentence a word is in."""
        return self.sentences[self.chunks[self._chunk[word]].sentence].index

    def span(self, run: Run) -> tuple[int, int]:
        """Offsets in the report of a run of words."""
        return self.tokens[self.words[run[0]]].start, self.tokens[self.words[run[1]]].end

    def word(self, start: int, ends: dict[int, int]) -> int:
        """The word at an offset, or the last word of the name that begins there."""
        return self._ending[ends[start]] if start in ends else self._at[start]

    def apart(self, home: Run, most: int) -> list[int]:
        """How many chunks before `home` each word stands, at most `most` - 1; 0 from `home` on."""
        here = self._chunk[home[0]]
        return [min(here - n, most - 1) if n < here else 0 for n in self._chunk]


def _runs(inside: Floats, begins: Floats, threshold: float) -> Iterator[Run]:
    """Stretches of words inside a span; one that begins anew inside a stretch is cut there."""
    start = None
    for i in range(len(inside) + 1):
        on = i < len(inside) and inside[i] >= threshold
        if start is not None and (not on or begins[i] >= 0.5):
            yield start, i - 1
            start = None
        if on and start is None:
            start = i


def _softmax(x: Floats, heat: float) -> Floats:
    y = np.exp((x - x.max(-1, keepdims=True)) / heat)
    out: Floats = y / y.sum(-1, keepdims=True)
    return out


def _sigmoid(x: Floats) -> Floats:
    out: Floats = 1 / (1 + np.exp(-np.clip(x, -30, 30)))
    return out
