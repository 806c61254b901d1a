from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.training.corpora_files import conllu, jsonl, put
from training.corpora import CorpusError, ewt
from training.examples import Frame, Tagged

_SENTENCES = {
    "train": [
        ("d-0001", ["Guards/NOUN", "fled/VERB"]),
        ("d-0002", ["They/PRON", "did/AUX", "not/PART", "return/VERB"]),
    ],
    "dev": [("e-0001", ["Rain/NOUN", "fell/VERB"])],
    "test": [("f-0001", ["Doors/NOUN", "shut/VERB"]), ("f-0002", ["Quite/ADV"])],
}
_ROLES: dict[str, list[Any]] = {
    "train": [
        {
            "sent_id": "d-0002",
            "tokens": ["They", "did", "not", "return"],
            "preds": [
                {"pred": 3, "sense": "return.01", "args": [["ARGM-NEG", 2, 2], ["ARG1", 0, 0], ["R-ARG1", 1, 1]]},
                {"pred": 1, "sense": "do.01", "args": []},
            ],
        },
        {"sent_id": "d-0001", "tokens": ["Guards", "fled"], "preds": [{"pred": 1, "sense": "flee.01", "args": []}]},
    ],
    "dev": [],
    "test": [{"sent_id": "f-0001", "tokens": ["Doors", "shut"], "preds": []}],
}


def _judged(**said: tuple[int, int]) -> dict[str, object]:
    value = {who: yes for who, (yes, _) in said.items()}
    return {"factuality": {"factual": {"value": value, "confidence": {who: c for who, (_, c) in said.items()}}}}


def _root(tmp_path: Path) -> Path:
    for split, (trees, roles) in ewt.FILES.items():
        put(tmp_path, trees, conllu(_SENTENCES[split]))
        put(tmp_path, roles, jsonl(_ROLES[split]))
    data = {
        "ewt-train-1": {"ewt-train-1-semantics-pred-2": _judged(a=(1, 4), b=(1, 2), c=(0, 0))},
        "ewt-train-2": {
            "ewt-train-2-semantics-pred-4": _judged(a=(0, 4)),
            "ewt-train-2-semantics-pred-1": _judged(a=(1, 4)),  # beside any predicate
        },
        "ewt-dev-1": {"ewt-dev-1-semantics-pred-2": _judged(a=(1, 0))},
        "ewt-test-1": {"ewt-test-1-semantics-pred-2": _judged(a=(1, 4))},
    }
    put(tmp_path, ewt.FACTUALITY, json.dumps({"metadata": {}, "data": data}))
    return tmp_path


def test_roles_and_factuality_meet_on_the_same_words(tmp_path: Path) -> None:
    train, dev, test = ewt.read(_root(tmp_path))
    assert train.words == ("Guards", "fled", "They", "did", "not", "return")
    assert train.sentences == (0, 0, 1, 1, 1, 1)
    assert train.frames == (
        Frame("srl", 1, "flee.01", ()),
        Frame("srl", 5, "return.01", (Tagged(2, 2, "ARG1"), Tagged(4, 4, "NEG"))),
    )
    assert train.factuality == ((1, 2.25), (5, -3.0))
    assert (dev.frames, dev.factuality) == (None, ())
    assert (test.words, test.frames, test.factuality) == (("Doors", "shut"), (), None)
    assert train.entities is None and train.chains is None and train.entity_types == frozenset()


@pytest.mark.parametrize(
    ("graph", "place"),
    [("train-1", 0), ("train-11464", 11463), ("train-11465", 11465), ("dev-334", 333), ("dev-335", 333)],
)
def test_sentence_numbers_of_the_older_release(tmp_path: Path, graph: str, place: int) -> None:
    node = {f"ewt-{graph}-semantics-pred-3": _judged(a=(1, 4))}
    put(tmp_path, "f.json.gz", json.dumps({"data": {f"ewt-{graph}": node}}))
    assert ewt.factuality(tmp_path / "f.json.gz")[graph.split("-")[0]] == {place: {2: 3.0}}


def test_other_words_than_the_treebank_are_an_error(tmp_path: Path) -> None:
    root = _root(tmp_path)
    put(root, ewt.FILES["dev"][1], jsonl([{"sent_id": "e-0001", "tokens": ["Rain"], "preds": []}]))
    with pytest.raises(CorpusError, match="e-0001"):
        list(ewt.read(root))
