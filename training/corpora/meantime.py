"""MEANTIME, English: names and coreference chains in Wikinews articles.

All entities are annotated in the headline, the date line and the first sentences; further down only some. Mentions
are whole noun phrases; a mention is named if its head is capitalised, and the name is the run of capitalised words
around the head.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from training.corpora._build import Piece, Source, examples
from training.corpora._files import read_lines, read_text
from training.corpora._names import articles, is_people, name_run
from training.examples import Example, Tagged, flat

WORDS = "meantime_en/meantime.conll.gz"
MENTIONS = "meantime_en/entities_mentions.json.gz"
TYPES: Mapping[str, str] = {
    "PERSON": "PER",
    "ORGANIZATION": "ORG",
    "LOCATION": "LOC",
    "PRODUCT": "MISC",
    "FINANCE": "MISC",
}
SENTENCES = 6
"""Sentences from the top in which all entities are annotated: headline, date line and four more."""


def read(root: Path) -> Iterator[Example]:
    """Windows of up to 150 words from the annotated part of the documents that have mentions."""
    by_sentence: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for m in json.loads(read_text(root / MENTIONS)):
        by_sentence[m["conll_doc_key"], m["sent_id"]].append(m)
    annotated = {doc for doc, _ in by_sentence}
    for doc, sentences in _documents(root / WORDS).items():
        if doc in annotated:
            pieces = [_piece(words, by_sentence[doc, i]) for i, words in sentences.items() if i < SENTENCES]
            yield from examples(Source("meantime", doc, frozenset(TYPES.values()), 150), pieces)


def _documents(path: Path) -> dict[str, dict[int, tuple[str, ...]]]:
    """Document → sentence number → words."""
    words: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in read_lines(path):
        if line and not line.startswith("#"):
            doc, sentence, _, word, _ = line.split("\t")
            words[doc][int(sentence)].append(word)
    return {doc: {i: tuple(w) for i, w in s.items()} for doc, s in words.items()}


def _piece(words: tuple[str, ...], found: list[Any]) -> Piece:
    proper = [w[0].isupper() and w.lower() not in articles() for w in words]
    whole = [m for m in found if m["is_continuous"]]
    named = []
    for m in whole:
        within = (m["tokens_number"][0], m["tokens_number"][-1])
        run = name_run(words, proper, _head(words, m), within) if m["mention_head_pos"] != "PRON" else None
        if run is not None and not _adjective(words[run[0] : run[1] + 1], m):
            named.append(Tagged(*run, TYPES[m["mention_full_type"]]))
    chains = {(m["coref_chain"], (m["tokens_number"][0], m["tokens_number"][-1])) for m in whole}
    return Piece(words, entities=flat(named), mentions=tuple(sorted(chains)))


def _adjective(name: tuple[str, ...], mention: Any) -> bool:
    """Whether a country is mentioned by its adjective: the corpus marks no other names of peoples."""
    adjective = mention["mention_full_type"] == "LOCATION" and mention["mention_head_pos"] == "ADJ"
    return adjective or all(is_people(w) for w in name)


def _head(words: tuple[str, ...], mention: Any) -> int:
    """The head's place: its number counts other tokens in one mention of eight, so its word is looked for instead."""
    place: list[int] = mention["tokens_number"]
    given: int = mention["mention_head_id"]
    if given in place and words[given] == mention["mention_head"]:
        return given
    return next((i for i in place if words[i].startswith(mention["mention_head"])), place[-1])
