"""Which words of a mention are the name in it, and which names are those of nationals or a people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from dateline.data import load_yaml
from dateline.resolve.register.index import load_register
from training.corpora._files import manifest
from training.examples import Span, Tagged


@cache
def connectors() -> frozenset[str]:
    """Small words that stand inside names."""
    return frozenset(manifest()["connectors"])


@cache
def articles() -> frozenset[str]:
    """Words that are no part of a name though a sentence may begin with them."""
    return frozenset(manifest()["articles"])


@cache
def _peoples() -> frozenset[str]:
    return frozenset(load_register().demonyms()) | frozenset(
        load_yaml("dateline.language.en.data", "actors.yaml")["peoples"]
    )


def name_run(words: Sequence[str], proper: Sequence[bool], head: int, within: Span) -> Span | None:
    """The proper words around `head` that stay inside the span, with the connectors between them."""
    if not proper[head]:
        return None
    return _reach(words, proper, head, (-1, within[0])), _reach(words, proper, head, (1, within[1]))


def _reach(words: Sequence[str], proper: Sequence[bool], head: int, way: Span) -> int:
    step, edge = way
    at = i = head
    while i != edge:
        i += step
        if proper[i]:
            at = i
        elif words[i].lower() not in connectors():
            break
    return at


def with_norp(words: Sequence[str], spans: Iterable[Tagged]) -> list[Tagged]:
    """MISC spans made only of demonyms and names of peoples become NORP."""
    return [
        Tagged(s.first, s.last, "NORP")
        if s.label == "MISC" and all(w.casefold() in _peoples() for w in words[s.first : s.last + 1])
        else s
        for s in spans
    ]


def is_people(word: str) -> bool:
    """Whether the word is a demonym or names a people."""
    return word.casefold() in _peoples()
