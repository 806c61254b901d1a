"""Annotated reports and other news → the weights of triage, `src/dateline/language/en/data/triage.yaml`.

    python -m training.triage --data ../shared

Logistic regression over the words of passages of about 40 words. Words of one kind in the trigger lexicon share a
part of their weight, so that rare ones are known too. Other texts are read twice: the second time also by the
passages of theirs that scored highest. The scores that texts need are set on annotated reports that the weights were
not learnt from (five folds). Takes about a minute.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt

from dateline.data import load_yaml
from dateline.language.en.triage import WINDOW, Scale
from dateline.language.en.triggers import entries
from training.corpora._files import read_jsonl
from training.own import load as own_reports
from training.triage_texts import Told, other, pieces, told

OUT = Path("src/dateline/language/en/data/triage.yaml")
SHORT, LONG = 80, 160
FOLDS = 5
RARE = 4
"""Words in fewer passages have no weight of their own."""
LOST_SHORT, LOST_LONG = 0.003, 0.016
"""Shares of the statements of short and of long reports that may be lost. To read a short report costs little."""
RIDGE = 4e-5
STEPS = 150
NEAR = -30
"""A passage that scores above this is read again as a hard one."""
HEADER = """\
# Weights of words for triage (../triage.py), in tenths of log odds: positive where news of conflict and politics has
# the word more often than other news. Made by `python -m training.triage`; do not edit.
# CC BY-SA 4.0, learnt from texts of Wikipedia, Wikinews and others: training/triage.yaml says which.
"""

Passage = Sequence[str]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of each word: its own and those of its kinds in the trigger lexicon."""

    of: Mapping[str, tuple[int, ...]]
    count: int


def kinds() -> dict[str, list[str]]:
    """The kinds of each single word in the trigger lexicon."""
    held: dict[str, set[str]] = defaultdict(set)
    for form, entry in entries(load_yaml("dateline.language.en.data", "triggers.yaml")):
        if form.isalpha():
            held[form].add(entry.kind)
    return {form: sorted(found) for form, found in held.items()}


def columns(passages: Iterable[Passage]) -> Columns:
    """A column for each kind, and for each word in RARE passages or more."""
    lexicon = kinds()
    seen = Counter(w for p in passages for w in set(p))
    names = sorted({kind for found in lexicon.values() for kind in found})
    kind_at = {name: i for i, name in enumerate(names)}
    common = sorted(w for w, n in seen.items() if n >= RARE)
    own = {w: len(names) + i for i, w in enumerate(common)}
    of = {}
    for w in sorted({*own, *lexicon}):
        of[w] = (*((own[w],) if w in own else ()), *(kind_at[k] for k in lexicon.get(w, ())))
    return Columns(of, len(names) + len(own))


def fit(relevant: Sequence[Passage], rest: Sequence[Passage]) -> Scale:
    """Weights that tell the one from the other, in tenths; thresholds are left at 0."""
    known = columns((*relevant, *rest))
    row, column = _cells(known, (*relevant, *rest))
    truth = np.repeat([1.0, 0.0], [len(relevant), len(rest)])
    weights, bias = _descend(row, column, truth, known.count)
    summed = {w: round(10 * float(weights[list(at)].sum())) for w, at in known.of.items()}
    return Scale({w: v for w, v in summed.items() if v}, round(10 * bias), SHORT, LONG, 0, 0)


def _cells(known: Columns, passages: Iterable[Passage]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Row and column of each 1 of the matrix; a word that stands twice is there twice."""
    row, column = list[int](), list[int]()
    for i, passage in enumerate(passages):
        found = [c for w in passage for c in known.of.get(w, ())]
        row += [i] * len(found)
        column += found
    return np.array(row), np.array(column)


def _descend(
    row: npt.NDArray[np.int64], column: npt.NDArray[np.int64], truth: npt.NDArray[np.float64], count: int
) -> tuple[npt.NDArray[np.float64], float]:
    """Ridge logistic regression by Adam over all passages at once: no chance, the same weights every time."""
    held = np.zeros(count + 1)
    first, second = np.zeros(count + 1), np.zeros(count + 1)
    gradient = np.zeros(count + 1)
    for step in range(1, STEPS + 1):
        z = held[count] + np.bincount(row, held[column], len(truth))
        error = (1 / (1 + np.exp(-z)) - truth) / len(truth)
        gradient[:count] = np.bincount(column, error[row], count) + RIDGE * held[:count]
        gradient[count] = error.sum()
        first += 0.1 * (gradient - first)
        second += 0.01 * (gradient**2 - second)
        rate = 0.3 * (1 - step / (STEPS + 1))
        held -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return held[:count], float(held[count])


def hardest(scale: Scale, texts: Iterable[Sequence[str]]) -> Iterator[Passage]:
    """The passage of each long text that scores highest, if it comes near to being relevant."""
    for text in texts:
        sums = scale.sums(text)
        found = [stop - start for start, stop in zip(sums, sums[WINDOW:], strict=False)] or [sums[-1]]
        at = found.index(max(found))
        if scale.bias + found[at] > NEAR:
            yield text[at : at + WINDOW]


def joined(items: Iterable[Sequence[str]], length: int = 400) -> Iterator[list[str]]:
    """Short items put together to texts of so many words."""
    flow = (w for item in items for w in item)
    while text := list(islice(flow, length)):
        yield text


def thresholds(scored: Sequence[tuple[int, Told]]) -> tuple[int, int]:
    """The highest scores that may be asked of short and of long texts if no more is to be lost than may be."""
    short = [(s, t.statements) for s, t in scored if len(t.words) <= SHORT]
    long = [(s, t.statements) for s, t in scored if len(t.words) >= LONG]
    return _threshold(short, LOST_SHORT), _threshold(long, LOST_LONG)


def _threshold(scored: Sequence[tuple[int, int]], lost: float) -> int:
    left = lost * sum(n for _, n in scored)
    for score, n in sorted(scored):
        left -= n
        if left < 0:
            return score
    return 0


def fold(t: Told) -> int:
    """The part of the annotated reports that a report belongs to."""
    return hashlib.sha256(t.id.encode()).digest()[0] % FOLDS


def learn(reports: Sequence[Told], short: Sequence[Passage], long: Sequence[Passage]) -> Scale:
    """The whole recipe: weights, hard passages, thresholds on reports that were left out."""
    rest = [*short, *(p for text in long for p in pieces(text))]
    first = fit([p for t in reports for p in t.passages], rest)
    rest += hardest(first, (*long, *joined(short)))
    scored = []
    for part in range(FOLDS):
        made = fit([p for t in reports if fold(t) != part for p in t.passages], rest)
        scored += [(made.score(t.words), t) for t in reports if fold(t) == part]
    low, high = thresholds(scored)
    whole = replace(fit([p for t in reports for p in t.passages], rest), low=low, high=high)
    kept = sum(t.statements for s, t in scored if s >= whole.needed(len(t.words)))
    everything = sum(t.statements for t in reports)
    click.echo(f"reports {len(reports)}, other passages {len(rest)}, words {len(whole.weights)}")
    click.echo(f"needed: {low / 10} to {SHORT} words, {high / 10} from {LONG}")
    click.echo(f"statements kept, reports left out: {kept / everything:.4f} of {everything}")
    return whole


def written(scale: Scale) -> str:
    """A scale as YAML: words under their weight, both in order."""
    held: dict[int, list[str]] = defaultdict(list)
    for word, weight in scale.weights.items():
        held[weight].append(word)
    head = "".join(f"{key}: {getattr(scale, key)}\n" for key in ("bias", "short", "long", "low", "high"))
    lines = (f"  {w}: {json.dumps(' '.join(sorted(held[w])), ensure_ascii=False)}\n" for w in sorted(held))
    return HEADER + head + "words:\n" + "".join(lines)


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@click.option("--out", default=OUT, show_default=True, type=click.Path(dir_okay=False, path_type=Path))
def main(data: Path, out: Path) -> None:
    """Learn the weights of triage from the folder that holds gold/ and data/."""
    reports = told([*read_jsonl(data / "gold" / "train.jsonl"), *own_reports()])
    out.write_text(written(learn(reports, *other(data / "data"))), encoding="utf-8")


if __name__ == "__main__":
    main()
