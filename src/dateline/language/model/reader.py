"""Tokens and sentences → readings: what the network says of each event, in spans, with probabilities.

The decoding is plain: thresholds and temperatures come with the weights; no word of any language is named here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations
from typing import TypeVar

import numpy as np

from dateline.language.base import Argument, Named, Reading, Same, Sentence, Token
from dateline.language.model.graphs import Floats, Graphs, Ints
from dateline.language.model.package import Manifest
from dateline.language.model.windows import Chunk, Window, chunks, windows
from dateline.language.model.wordpiece import WordPiece

T = TypeVar("T")
Run = tuple[int, int]
"""First and last word of a window, both inclusive."""
_ANEW = 0.9
"""Probability from which a word begins a new span right behind another of its role."""
_HINTED = 0.02
"""The part of the trigger threshold from which a word that a lexicon has for an event is read at all."""
_DOUBTFUL = ("actor", "target", "place")
"""Roles whose doubtful spans are given too."""
_DOUBT = 0.15
"""Probability from which a doubtful span is given."""
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
        self._kind = {k: i for i, k in enumerate(manifest.labels["same"])}
        self._role = {r: i for i, r in enumerate(manifest.labels["roles"])}
        self._tags = [("O", "")] + [(p, t) for t in manifest.labels["entities"] for p in "BI"]

    def read(
        self,
        tokens: Sequence[Token],
        sentences: Sequence[Sentence],
        hints: Collection[int] = frozenset(),
        asked: Collection[int] = frozenset(),
    ) -> Findings:
        """Readings of the sentences given; the text of other sentences is not looked at.

        `hints` are the starts of words that a lexicon has for events: these are read from a lower probability on, and
        the reading says so (`sure` is false). `asked` are the starts of words that are events whatever the network
        holds; they are read among those that it finds.
        """
        limit, context = self.manifest.sizes["limit"], self.manifest.sizes["context"]
        sizes = [len(self.pieces.word(t.text)) for t in tokens]
        parts = chunks([(s.first, s.last) for s in sentences], sizes, limit)
        cut = windows([sum(sizes[c.first : c.last]) for c in parts], limit, context)
        found = [self._window(_Placed(tokens, sentences, parts, w), hints, asked) for w in cut]
        return Findings(
            tuple(x for held in found for x in held.readings),
            tuple(x for held in found for x in held.named),
            tuple(x for held in found for x in held.same),
        )

    def _window(self, place: _Placed, hints: Collection[int], asked: Collection[int]) -> Findings:
        pieces = self.pieces.pieces(place.tokens[i].text for i in place.words)
        arrays = (np.array(x, np.int64) for x in (pieces.ids, pieces.shapes, pieces.first, pieces.last))
        trigger, entity, speaker, narrow = self.graphs.words(*arrays)
        found = self._distinct(place, self._triggers(place, trigger, hints), narrow)
        if asked:
            given = [i for i in range(place.core, len(trigger)) if place.token(i).start in asked]
            found = [f for f in found if not any(f[0][0] <= i <= f[0][1] for i in given)]
            found = sorted((*found, *(((i, i), 1.0) for i in given)))
        readings = self._readings(place, found, speaker, narrow)
        named = list(self._named(place, entity))
        same = self._same(place, narrow, [run for run, _ in found], named)
        return Findings(readings, tuple(n for _, n in named), tuple(same))

    def _triggers(self, place: _Placed, logits: Floats, hints: Collection[int]) -> list[tuple[Run, float]]:
        """Runs of words that name an event; neighbours of one category, all sure or none, are one trigger."""
        p = 1 - _softmax(logits, self._heat("trigger"))[:, 0]
        event = logits[:, 1:].argmax(1)
        sure = p >= self.manifest.thresholds["trigger"]
        out: list[tuple[Run, float]] = []
        for i in np.flatnonzero(p >= self.manifest.thresholds["trigger"] * _HINTED).tolist():
            if i < place.core or not (sure[i] or place.token(i).start in hints):
                continue
            score, last = float(p[i]), out[-1][0][1] if out else -1
            if last == i - 1 >= 0 and event[i] == event[last] and sure[i] == sure[last] and place.together(i, last):
                out[-1] = ((out[-1][0][0], i), max(out[-1][1], score))
            else:
                out.append(((i, i), score))
        return out

    def _distinct(self, place: _Placed, found: list[tuple[Run, float]], narrow: Floats) -> list[tuple[Run, float]]:
        """One trigger for each statement: of two words of a sentence that say one thing, the surer stays."""
        if "statement" not in self._kind:
            return found
        runs = [run for run, _ in found]
        pairs = [(a, b) for a, b in combinations(range(len(found)), 2) if place.together(runs[a][0], runs[b][0])]
        alike = self._alike(narrow, [("statement", runs[a][0], runs[b][0]) for a, b in pairs])
        gone: set[int] = set()
        for (a, b), p in sorted(zip(pairs, alike, strict=True), key=lambda x: (-x[1], x[0])):
            if a not in gone and b not in gone and p >= self.manifest.thresholds["same_statement"]:
                gone.add(b if found[a][1] >= found[b][1] else a)
        return [f for n, f in enumerate(found) if n not in gone]

    def _readings(
        self, place: _Placed, found: list[tuple[Run, float]], speaker: Floats, narrow: Floats
    ) -> tuple[Reading, ...]:
        if not found:
            return ()
        homes = [place.home(run[0]) for run, _ in found]
        length = max(b - a + 1 for a, b in homes)
        at = np.array([run[0] for run, _ in found], np.int64)
        size = np.array([b - a + 1 for a, b in homes], np.int64)
        step = np.arange(length, dtype=np.int64)[None]
        mask = (step < size[:, None]).astype(np.int64)
        within = np.minimum(np.array([a for a, _ in homes], np.int64)[:, None] + step, len(place.words) - 1)
        apart = place.apart(at, self.manifest.sizes["apart"])
        out = self.graphs.frames(narrow, at, within, mask, apart)
        roles, measure, event, sub, certainty, carried = out
        labels = self.manifest.labels
        events = self._best(event, labels["events"], "event")
        subs = self._best(sub, (*labels["sub_events"], None), "sub_event")
        certainties = self._best(certainty, labels["certainties"], "certainty")
        chances = _sigmoid(roles / self._heat("roles"))
        made = []
        for n, (run, score) in enumerate(found):
            arguments = self._arguments(place, homes[n], (chances[n], measure[n], speaker))
            arguments += self._carried(place, homes[n], carried[n], speaker, {a.role for a in arguments if a.sure})
            made.append(
                Reading(
                    *place.span(run),
                    sentence=place.sentence(run[0]),
                    score=round(score, _ROUND),
                    sure=score >= self.manifest.thresholds["trigger"],
                    event=events[n],
                    sub_event=subs[n],
                    certainty=certainties[n],
                    arguments=tuple(sorted(arguments, key=lambda a: (a.start, a.end, a.role))),
                )
            )
        return tuple(made)

    def _arguments(self, place: _Placed, home: Run, held: tuple[Floats, Floats, Floats]) -> list[Argument]:
        """Spans of each role in the trigger's own sentence."""
        chances, measure, speaker = held
        p = chances[: home[1] - home[0] + 1]
        most = p.max(0).tolist()
        out: list[Argument] = []
        for role, r in self._role.items():
            if most[2 * r + 1] < self._least(role):
                continue
            for x, y, sure in self._runs(role, p[:, 2 * r + 1].tolist(), p[:, 2 * r].tolist()):
                run = place.trimmed((home[0] + x, home[0] + y))
                if run is None:
                    continue
                a, b = run[0] - home[0], run[1] - home[0]
                label, part = "", False
                if role == "figure":
                    mean = _mean(measure[a : b + 1])
                    label = self._likeliest(mean[:-1], "measures", "measure")
                    part = bool(mean[-1] > 0)
                elif role in ("source", "via"):
                    label = self._likeliest(_mean(speaker[run[0] : run[1] + 1]), "source_types", "speaker")
                score = round(float(_mean(p[a : b + 1, 2 * r + 1])), _ROUND)
                out.append(Argument(role, *place.span(run), score, label, part, sure=sure))
        return out

    def _least(self, role: str) -> float:
        """The probability that some word must have for the role to be looked for."""
        threshold = self.manifest.thresholds[role]
        return min(_DOUBT, threshold) if role in _DOUBTFUL else threshold

    def _runs(self, role: str, inside: list[float], begins: list[float]) -> Iterator[tuple[int, int, bool]]:
        """The spans of a role, each with whether the model is sure of it."""
        for a, b in runs_of(inside, begins, self.manifest.thresholds[role]):
            inside[a : b + 1] = [0.0] * (b + 1 - a)
            yield a, b, True
        if role in _DOUBTFUL and max(inside) >= self._least(role):
            yield from ((a, b, False) for a, b in runs_of(inside, begins, self._least(role)))

    def _carried(self, place: _Placed, home: Run, logits: Floats, speaker: Floats, filled: set[str]) -> list[Argument]:
        """The best span of earlier sentences for each role that can be carried; a doubtful one where it is filled."""
        out: list[Argument] = []
        for r, role in enumerate(self.manifest.labels["carried"]):
            p = _sigmoid(logits[: home[0], r] / self._heat("carried"))
            if not len(p) or p.max() < self.manifest.thresholds[f"carried_{role}"]:
                continue
            if role in filled and role not in _DOUBTFUL:
                continue
            best = len(p) - 1 - int(p[::-1].argmax())
            a = b = best
            while a > 0 and p[a - 1] >= p[best] / 2 and place.together(a - 1, best):
                a -= 1
            while b + 1 < len(p) and p[b + 1] >= p[best] / 2 and place.together(b + 1, best):
                b += 1
            label = ""
            if role == "source":
                label = self._likeliest(_mean(speaker[a : b + 1]), "source_types", "speaker")
            score = round(float(p[best]), _ROUND)
            out.append(Argument(role, *place.span((a, b)), score, label, carried=True, sure=role not in filled))
        return out

    def _best(self, logits: Floats, labels: Sequence[T], head: str) -> list[tuple[T, float]]:
        """For each row of logits the likeliest label, with its probability."""
        p = _softmax(logits, self._heat(head))
        best = p.argmax(1).tolist()
        return [(labels[i], round(float(row[i]), _ROUND)) for row, i in zip(p, best, strict=True)]

    def _likeliest(self, logits: Floats, kind: str, head: str) -> str:
        return self._best(logits[None], self.manifest.labels[kind], head)[0][0]

    def _heat(self, head: str) -> float:
        return self.manifest.temperatures.get(head, 1.0)

    def _named(self, place: _Placed, logits: Floats) -> Iterator[tuple[Run, Named]]:
        """Entities by the best tag of each word; an I after another type begins a new one."""
        best = logits.argmax(1)
        p = _softmax(logits, self._heat("entity"))[np.arange(len(best)), best]
        tags = [self._tags[t] for t in best]
        i = place.core
        while i < len(tags):
            first, (mark, kind) = i, tags[i]
            i += 1
            if mark == "O":
                continue
            while i < len(tags) and tags[i] == ("I", kind) and place.together(i, first):
                i += 1
            run = (first, i - 1)
            yield run, Named(*place.span(run), kind, round(float(_mean(p[first:i])), _ROUND))

    def _same(
        self, place: _Placed, narrow: Floats, triggers: list[Run], named: list[tuple[Run, Named]]
    ) -> Iterator[Same]:
        """Pairs of readings that are one happening, and of names that are one, above their thresholds."""
        asked = [("happening", a, b) for a, b in combinations(triggers, 2)]
        names = [(run, n.label) for run, n in named if n.label in _NAMES]
        asked += [("name", a, b) for (a, x), (b, y) in combinations(names, 2) if x == y]
        asked = sorted((x for x in asked if x[0] in self._kind), key=lambda x: x[1:])
        # a trigger is known by its first word, a name by its last: so the network was taught
        spots = [(kind, *((a[0], b[0]) if kind == "happening" else (a[1], b[1]))) for kind, a, b in asked]
        for (kind, a, b), p in zip(asked, self._alike(narrow, spots), strict=True):
            if p >= self.manifest.thresholds[f"same_{kind}"]:
                yield Same(kind, place.span(a)[0], place.span(b)[0], round(p, _ROUND))

    def _alike(self, narrow: Floats, asked: Sequence[tuple[str, int, int]]) -> list[float]:
        """For each (kind, word, word) the probability that the two are one."""
        if not asked:
            return []
        kinds, a, b = zip(*asked, strict=True)
        logits = self.graphs.same(narrow, np.array(a, np.int64), np.array(b, np.int64))
        column = [self._kind[k] for k in kinds]
        out: list[float] = _sigmoid(logits[np.arange(len(asked)), column] / self._heat("same")).tolist()
        return out


_NAMES = frozenset({"PER", "ORG", "LOC"})


class _Placed:
    """Words of a window and where they stand in the report."""

    def __init__(
        self, tokens: Sequence[Token], sentences: Sequence[Sentence], parts: Sequence[Chunk], w: Window
    ) -> None:
        self.tokens, self.sentences = tokens, sentences
        self.chunks = parts[w.start : w.end]
        self.words = [i for c in self.chunks for i in range(c.first, c.last)]
        self._starts = [0, *accumulate(c.last - c.first for c in self.chunks)]
        self._chunk = [n for n, c in enumerate(self.chunks) for _ in range(c.first, c.last)]
        self.core = self._starts[w.core - w.start]

    def token(self, word: int) -> Token:
        """A word of the window."""
        return self.tokens[self.words[word]]

    def together(self, a: int, b: int) -> bool:
        """Whether two words are in one chunk."""
        return self._chunk[a] == self._chunk[b]

    def home(self, word: int) -> Run:
        """First and last word of the chunk a word is in."""
        n = self._chunk[word]
        return self._starts[n], self._starts[n + 1] - 1

    def sentence(self, word: int) -> int:
        """The index of the sentence a word is in."""
        return self.sentences[self.chunks[self._chunk[word]].sentence].index

    def trimmed(self, run: Run) -> Run | None:
        """A run without the marks at its ends; None if there is nothing else in it."""
        spelt = [i for i in range(run[0], run[1] + 1) if any(map(str.isalnum, self.tokens[self.words[i]].text))]
        return (spelt[0], spelt[-1]) if spelt else None

    def span(self, run: Run) -> tuple[int, int]:
        """Offsets in the report of a run of words."""
        return self.tokens[self.words[run[0]]].start, self.tokens[self.words[run[1]]].end

    def apart(self, at: Ints, most: int) -> Ints:
        """[N, W]: how many chunks before that of each `at` [N] a word stands, at most `most` - 1; 0 from there on."""
        chunk = np.array(self._chunk, np.int64)
        out: Ints = np.clip(chunk[at][:, None] - chunk[None], 0, most - 1)
        return out


def runs_of(inside: Sequence[float], begins: Sequence[float], threshold: float) -> Iterator[Run]:
    """Stretches of words at half the threshold or more, one of them above it; cut where a span surely begins anew.

    With one threshold, the "of" of a long name falls out and leaves two spans.
    """
    start, last, best = 0, -1, 0.0
    for i in [i for i, p in enumerate(inside) if p >= threshold / 2]:
        if i > last + 1 or (begins[i] >= _ANEW and inside[i] >= threshold):
            if best >= threshold:
                yield start, last
            start, best = i, 0.0
        best, last = max(best, inside[i]), i
    if best >= threshold:
        yield start, last


def _mean(x: Floats) -> Floats:
    """The mean over the first axis; numpy's own takes longer to get ready than to count."""
    return np.asarray(np.add.reduce(x) / len(x), np.float32)


def _softmax(x: Floats, heat: float) -> Floats:
    y = np.exp((x - x.max(-1, keepdims=True)) / heat)
    return np.asarray(y / y.sum(-1, keepdims=True), np.float32)


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), np.float32)
