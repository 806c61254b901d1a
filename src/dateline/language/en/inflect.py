"""Forms of English verbs and nouns, made from their dictionary form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from dateline.data import load_yaml

_VOWELS = frozenset("aeiou")


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_yaml("dateline.language.en.data", "inflection.yaml")
    return data


def plural(noun: str) -> str:
    """The plural of a noun phrase: its last word is changed."""
    *head, last = noun.split(" ")
    irregular: dict[str, str] = _data()["plurals"]
    if last in irregular:
        last = irregular[last]
    elif last.endswith("y") and last[-2:-1] not in _VOWELS:
        last = last[:-1] + "ies"
    else:
        last += "es" if last.endswith(("s", "x", "z", "ch", "sh")) else "s"
    return " ".join((*head, last))


def _doubled(verb: str) -> str:
    """The stem before -ed and -ing: "stab" → "stabb", "bomb" → "bomb"."""
    last, middle, before = verb[-1:], verb[-2:-1], verb[-3:-2]
    short = sum(c in _VOWELS for c in verb) == 1 and middle in _VOWELS and before not in _VOWELS
    if (short and last not in _VOWELS and last not in "wxy") or verb in _data()["doubled"]:
        return verb + last
    return verb


def verb_forms(verb: str) -> Iterator[tuple[str, str]]:
    """(form, tag) of one verb; tags: base, s, ing, ed (past), en (past participle)."""
    yield verb, "base"
    yield ("has" if verb == "have" else plural(verb) if not verb.endswith("o") else verb + "es"), "s"
    stem = _doubled(verb)
    if verb.endswith("ie"):
        yield verb[:-2] + "ying", "ing"
    else:
        yield (verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe")) else stem) + "ing", "ing"
    irregular: dict[str, list[str]] = _data()["irregular"]
    if verb in irregular:
        past, *participle = irregular[verb]
        yield past, "ed"
        yield (participle or [past])[0], "en"
        for other in participle[1:]:
            yield other, "en"
    elif verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        yield verb[:-1] + "ied", "ed"
    else:
        yield verb + "d" if verb.endswith("e") else stem + "ed", "ed"


def phrase_forms(phrase: str) -> Iterator[tuple[str, str]]:
    """(form, tag) of a verb phrase: its first word is inflected, "oneself" and "one's" stand for all persons."""
    first, *rest = phrase.split(" ")
    tails = [""]
    for word in rest:
        tails = [f"{t} {w}" for t in tails for w in _data()["persons"].get(word, [word])]
    for form, tag in verb_forms(first):
        for tail in tails:
            yield form + tail, tag
