"""Web English: PropBank roles and UDS factuality on the sentences of UD English-EWT.

PropBank rows carry the UD sentence ids and the same words. UDS counts sentences within the split and words from 1,
in an older release of the treebank, in which one sentence of train was not yet split and two of dev not yet merged
into one; `_SHIFTS` undoes that. UDS's test part is not read: it is held for measuring.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from training.corpora._build import Piece, Source, examples
from training.corpora._conllu import Sentence, read_conllu
from training.corpora._files import CorpusError, read_jsonl, read_text
from training.examples import Example, Frame, Tagged

FILES: Mapping[str, tuple[str, str]] = {
    "train": ("ud_english_ewt/en_ewt-ud-train.conllu.gz", "ewt_propbank_srl/train.jsonl.gz"),
    "dev": ("ud_english_ewt/en_ewt-ud-dev.conllu.gz", "ewt_propbank_srl/dev.jsonl"),
    "test": ("ud_english_ewt/en_ewt-ud-test.conllu.gz", "ewt_propbank_srl/test.jsonl"),
}
FACTUALITY = "uds_factuality/factuality_v2_raw.json.gz"

ROLES: Mapping[str, str] = {
    **{f"ARG{i}": f"ARG{i}" for i in range(5)},
    **{f"ARGM-{m}": m for m in "LOC TMP NEG MOD ADV MNR DIR PRP CAU EXT".split()},
}
_AUXILIARIES = frozenset({"be", "have", "do"})

_SHIFTS: Mapping[str, tuple[tuple[int, int], ...]] = {
    "train": ((1, -1), (11465, 0)),
    "dev": ((1, -1), (335, -2)),
}
"""Split → (first UDS sentence number, what to add to it to get the place in today's file, from 0)."""

_SCALE = 3 / 4
"""UDS asks for a confidence from 0 to 4 and for yes or no: the sign and three quarters of the confidence
give the scale from -3 to 3 of White et al. (2016) and Rudinger et al. (2018)."""

Labels = dict[int, dict[int, float]]


def read(root: Path) -> Iterator[Example]:
    """Windows of up to 120 words of train, dev and test; `factuality` is None in test.

    A few sentences have no PropBank row: they stand in windows of their own, with `frames` None, or, in test, nowhere.
    """
    labels = factuality(root / FACTUALITY)
    for split, (trees, roles) in FILES.items():
        frames = {row["sent_id"]: row for row in read_jsonl(root / roles)}
        numbered = list(enumerate(read_conllu(root / trees)))
        for (doc, has_frames), group in groupby(numbered, key=lambda s: (_doc(s[1]), s[1].id in frames)):
            if has_frames or split in labels:
                pieces = [_piece(s, frames.get(s.id), labels.get(split), i) for i, s in group]
                yield from examples(Source("ewt", doc), pieces)


def _doc(sentence: Sentence) -> str:
    return sentence.id.rsplit("-", 1)[0]


def _piece(sentence: Sentence, row: Any, labels: Labels | None, number: int) -> Piece:
    words = tuple(w.form for w in sentence.words)
    if row is not None and tuple(row["tokens"]) != words:
        raise CorpusError(f"ewt: {sentence.id}: PropBank's words differ from the treebank's; use the listed release")
    frames = None if row is None else propbank_frames(row["preds"])
    predicates = {i for i, w in enumerate(sentence.words) if w.upos == "VERB"} | {f.head for f in frames or ()}
    # Where words were cut otherwise in the older release, a label would fall beside its predicate: it is left out.
    values = (
        None if labels is None else tuple(sorted((w, v) for w, v in labels.get(number, {}).items() if w in predicates))
    )
    return Piece(words, frames=frames, factuality=values)


def propbank_frames(predicates: list[Any]) -> tuple[Frame, ...]:
    """Frames of one sentence, without auxiliaries that govern nothing and with the roles of ROLES only."""
    made = []
    for p in predicates:
        if not p["args"] and p["sense"].split(".")[0] in _AUXILIARIES:
            continue
        args = sorted((first, last, ROLES[label]) for label, first, last in p["args"] if label in ROLES)
        made.append(Frame("srl", p["pred"], p["sense"], tuple(Tagged(*a) for a in args)))
    return tuple(sorted(made, key=lambda f: f.head))


def factuality(path: Path) -> dict[str, Labels]:
    """Split → sentence, from 0 in today's file → word, from 0 → mean judgement in [-3, 3].

    Judgements of confidence 0 say nothing and are left out.
    """
    found: dict[str, Labels] = {split: defaultdict(dict) for split in _SHIFTS}
    for graph, predicates in json.loads(read_text(path))["data"].items():
        _, split, number = graph.split("-")
        if split not in found:
            continue
        place = int(number) + next(by for first, by in reversed(_SHIFTS[split]) if int(number) >= first)
        for node, said in predicates.items():
            told = said["factuality"]["factual"]
            judged = [
                (1 if happened else -1) * _SCALE * told["confidence"][who]
                for who, happened in told["value"].items()
                if told["confidence"][who] > 0
            ]
            if judged:
                found[split][place][int(node.rsplit("-", 1)[1]) - 1] = sum(judged) / len(judged)
    return found
