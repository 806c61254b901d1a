"""Whom a count counts: the words behind a number, one person ("a young policeman"), one without a noun ("another")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.data import load_yaml
from dateline.language.base import Sentence
from dateline.language.en.patterns import alternatives, plain

_REACH = 6
"""Most words behind a number, or behind an article, that the noun may be."""


@dataclass(frozen=True, slots=True)
class _Words:
    singular: frozenset[str]
    plural: frozenset[str]
    stops: frozenset[str]
    numbers: frozenset[str]
    describes: frozenset[str]
    peoples: frozenset[str]
    bounds: frozenset[str]
    others: frozenset[str]
    verbs: frozenset[str]
    endings: tuple[str, ...]
    word: re.Pattern[str]
    article: re.Pattern[str]
    the: re.Pattern[str]
    alone: re.Pattern[str]
    not_alone: re.Pattern[str]
    link: re.Pattern[str]


@cache
def _words() -> _Words:
    d: dict[str, Any] = load_yaml("dateline.language.en.data", "numbers.yaml")
    flags = re.IGNORECASE
    numbers = frozenset([*d["units"], *d["scales"], *d["vague"]])
    return _Words(
        singular=frozenset(d["persons"]),
        plural=frozenset([*d["persons"].values(), *d["crowds"]]),
        stops=frozenset(d["stop_words"]),
        numbers=numbers,
        describes=frozenset(d["describes"]),
        peoples=frozenset(d["peoples"]),
        bounds=frozenset([*d["gap_words"], *d["possessives"], *numbers]),
        others=frozenset(d["others"]),
        verbs=frozenset(str(w).lower() for w in d["verbs_behind"]),
        endings=tuple(d["verb_endings"]),
        word=re.compile(r"\s+(\w(?:[\w’'-]|\.(?=\w))*)(?:\.(?=\s+\w))?"),
        the=re.compile(r"(?<![\w’'-])the(?=\s)", flags),
        article=re.compile(rf"(?<![\w’'-])(?:{alternatives(d['articles'])})(?=\s)", flags),
        alone=re.compile(
            rf"(?<![\w’'-])(?:{alternatives(d['alone'])})(?=\s+(?:{alternatives(d['alone_before'])})\b|\s*(?:[,.;)]|$))",
            flags,
        ),
        link=re.compile(
            rf"[\"”’]?(?:\s+of\s+(?:{alternatives([*d['possessives'], *d['those']])})"
            rf"|(?P<is>\s+(?:{alternatives(d['is'])})))?(?=\s)",
            flags,
        ),
        not_alone=re.compile(rf"\b(?:{alternatives(d['not_alone_after'])})\s+$", flags),
    )


def _bare(word: str) -> str:
    return word.lower().strip(".").removesuffix("'s").removesuffix("’s")


def counted(text: str, at: int, end: int) -> tuple[str, str]:
    """Class and words of what is counted behind offset `at`: ("people", "young soldiers").

    The class is people, things, or bare where no noun stands there. People may stand behind a link, too: "six of its
    workers", "30 of them children", "19 were pilgrims".
    """
    if (link := _words().link.match(text, at, end)) and (found := _counted(text, link.end(), end))[0] == "people":
        return ("bare", found[1]) if link["is"] else found
    return _counted(text, at, end)


def _counted(text: str, at: int, end: int) -> tuple[str, str]:
    p = _words()
    rest = re.match(rf"(?:\s+of\b(?:\s+the\b)?)?((?:\s+[\w’'.-]+){{0,{_REACH}}})", text[at:end])
    taken: list[str] = []
    best = 0
    for w in rest.group(1).split() if rest else ():
        low = _bare(w)
        if not low or low in p.stops or low[:1].isdigit() or low in p.numbers:
            break
        known = low in p.plural or low in p.singular or low.rpartition("-")[2] in p.plural
        if best and not known and _bare(taken[best - 1]) in p.plural:
            break
        if taken and not known and low.endswith(p.endings[0]) and not _bare(taken[-1]).endswith(p.endings[-1]):
            break  # a verb: "12 tents burned", but "12 heavily armed jeeps"
        taken.append(w.strip("."))
        best = len(taken) if known else best
        if w.endswith(".") and "." not in w[:-1]:
            break
    if best:
        return "people", " ".join(taken[:best])
    if not taken or (len(taken) == 1 and _bare(taken[0]).endswith(p.endings[0])):
        return "bare", ""
    if _is_name(taken) and not text[at + len(rest.group() if rest else "") : end].strip(" .!?\n"):
        return "bare", ""
    if plain(taken[0]) in p.others:
        return ("bare", taken[0]) if len(taken) == 1 else ("things", " ".join(taken))
    return "things", " ".join(taken[:3])


def _is_name(words: list[str]) -> bool:
    """Whether a headline ends in a name and not in what is counted: "toll at least 80 Observatory"."""
    return all(w[0].isupper() and not w.isupper() for w in words) and not words[-1].endswith("s")


def persons(text: str, s: Sentence) -> Iterator[tuple[int, int, str]]:
    """(start, end, words) of every "a + noun for a person", and of "another" and the like where they stand alone."""
    p = _words()
    for start, at, end in _articled(text, s, p.article):
        yield start, end, " ".join(text[at:end].split())
    for m in p.alone.finditer(text, s.start, s.end):
        if not p.not_alone.search(text, s.start, m.start()):
            yield m.start(), m.end(), ""


def known(text: str, s: Sentence) -> Iterator[tuple[int, int]]:
    """(start, end) of every "the + noun for one person"; by itself it counts nobody."""
    for start, _, end in _articled(text, s, _words().the):
        yield start, end


def _articled(text: str, s: Sentence, article: re.Pattern[str]) -> Iterator[tuple[int, int, int]]:
    """(start, end of the article, end) of an article and the noun for one person that goes with it."""
    for m in article.finditer(text, s.start, s.end):
        if end := _person(text, m.end(), s.end):
            yield m.start(), m.end(), end


def _person(text: str, at: int, end: int) -> int | None:
    """Where the noun for one person ends whose article ends at `at`; None if none follows."""
    p = _words()
    held: int | None = None
    for _ in range(_REACH):
        w = p.word.match(text, at, end)
        low = w[1].lower() if w else ""
        if not w or low in p.bounds:
            break
        at = w.end()
        if low in p.singular or low.rpartition("-")[2] in p.singular:
            held = held if _describes(text, at, low, end) else at
        elif held is not None:
            break
    return held


def _describes(text: str, at: int, noun: str, end: int) -> bool:
    """Whether a noun that ends at `at` only describes the next one: "an Israeli strike", "a rebel base"."""
    p = _words()
    after = p.word.match(text, at, end)
    if after is None or (noun not in p.describes and noun not in p.peoples):
        return False
    word = after[1].lower()
    return word not in p.stops and word not in p.verbs and not (word.endswith(p.endings) and noun not in p.peoples)
