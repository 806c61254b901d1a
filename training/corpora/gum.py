"""GUM: coreference of all mentions, names of people, organisations and places, dates.

Only genres whose texts may be used for any purpose are read. `Entity` in MISC opens and closes mentions:
"(id-type-infstat-salience-centering-minspan-link-identity" and "id)". A mention is named if its head is a proper
noun; the name is the run of proper nouns around it. Dates are the TEI elements `date` and `time` in `XML`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from training.corpora._build import Piece, Source, examples
from training.corpora._conllu import Sentence, read_conllu
from training.corpora._names import is_people, name_run
from training.examples import Example, Span, Tagged, flat

FILES = tuple(f"ud_english_gum/en_gum-ud-{split}.conllu.gz" for split in ("train", "dev", "test"))
GENRES = frozenset("news interview bio voyage speech textbook conversation vlog".split())
TYPES: Mapping[str, str] = {"person": "PER", "organization": "ORG", "place": "LOC"}
_ANNOTATED = frozenset({*TYPES.values(), "DATE"})

_BRACKET = re.compile(r"\(([^()]+)(\)?)|([^()]+)\)")
_TAG = re.compile(r"<(/?)(?:date|time)\b")

Mention = tuple[str, str, Span]


def read(root: Path) -> Iterator[Example]:
    """Windows of up to 150 words."""
    for path in FILES:
        for doc, sentences in groupby(read_conllu(root / path), key=lambda s: s.doc):
            if doc.split("_")[1] in GENRES:
                yield from examples(Source("gum", doc, _ANNOTATED, 150), [_piece(s) for s in sentences])


def _piece(sentence: Sentence) -> Piece:
    found = mentions(sentence)
    named = [
        Tagged(*span, TYPES[kind]) for _, kind, within in found if kind in TYPES for span in _name(sentence, within)
    ]
    return Piece(
        tuple(w.form for w in sentence.words),
        entities=flat(named + dates(sentence)),
        mentions=tuple((name, span) for name, _, span in found),
    )


def mentions(sentence: Sentence) -> list[Mention]:
    """(chain, type, span) of each mention in one piece, in the order in which they close."""
    closed: list[Mention] = []
    open_: dict[str, list[tuple[str, int]]] = {}
    for i, w in enumerate(sentence.words):
        for m in _BRACKET.finditer(w.misc.get("Entity", "")):
            name, _, rest = (m.group(1) or m.group(3)).partition("-")
            if m.group(1):
                open_.setdefault(name, []).append((rest.partition("-")[0], i))
            if (m.group(2) or m.group(3)) and open_.get(name):
                kind, first = open_[name].pop()
                if "[" not in name:  # one part of a mention that is in parts: "12[1/2]"
                    closed.append((name, kind, (first, i)))
    return closed


def _name(sentence: Sentence, within: Span) -> list[Span]:
    inside = range(within[0], within[1] + 1)
    head = next((i for i in inside if sentence.words[i].head not in inside), within[0])
    proper = [w.xpos in ("NNP", "NNPS") for w in sentence.words]
    if not proper[head]:  # a lower-case title with the name hung on it
        flats = [i for i in inside if sentence.words[i].head == head and sentence.words[i].relation == "flat"]
        head = next((i for i in flats if proper[i]), head)
    words = [w.form for w in sentence.words]
    run = name_run(words, proper, head, within)
    # "Americans" is a people, and peoples are no type that is annotated here.
    return [] if run is None or all(is_people(w) for w in words[run[0] : run[1] + 1]) else [run]


def dates(sentence: Sentence) -> list[Tagged]:
    """Spans of the TEI elements for dates and times that open and close in the sentence."""
    found: list[Tagged] = []
    first: int | None = None
    for i, w in enumerate(sentence.words):
        for tag in _TAG.finditer(w.misc.get("XML", "")):
            if not tag.group(1):
                first = i
            elif first is not None:
                found.append(Tagged(first, i, "DATE"))
                first = None
    return found
