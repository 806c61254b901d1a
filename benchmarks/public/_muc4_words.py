"""MUC-4's strings: what a phrase of a report is about, in the words of the codebook's fill rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.data import load_yaml

_TOKEN = re.compile(r"\[[^\]]*\]?|\([^)]*\)?|[^\s,;:]+|[,;:]")
_JOINED = re.compile(r"\s*(?:,\s*AND\b|,|;|\bAND\b)\s*")


def table(name: str) -> Any:
    """A table of muc4.yaml."""
    return load_yaml("benchmarks.public", "muc4.yaml")[name]


@cache
def words(name: str) -> frozenset[str]:
    """A list of muc4.yaml, or the keys of a mapping, as a set."""
    return frozenset(str(w) for w in table(name))


def bare(word: str) -> str:
    """A word in lower case without the marks around it or a possessive."""
    return re.sub(r"'s?$", "", word.lower().strip("\"'.,;:()[]-“”"))


@cache
def singular(word: str) -> str:
    """The singular of a word in lower case, by rule."""
    if word in words("never_plural"):
        return word
    if word in words("irregular"):
        return str(table("irregular")[word])
    if word.endswith("men") and len(word) > 3:
        return word[:-3] + "man"
    for end, instead in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")):
        if word.endswith(end) and len(word) > len(end) + 1:
            return word[: -len(end)] + instead
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def has(text: str, listed: Iterable[str]) -> str | None:
    """The first of the listed words or phrases that stands in the text, in the singular or the plural."""
    said = " " + " ".join(re.findall(r"[a-z0-9.\-']+", text.lower())) + " "
    ones = " " + " ".join(singular(bare(w)) for w in said.split()) + " "
    return next((w for w in map(str, listed) if f" {w} " in said or f" {w} " in ones), None)


def starts(text: str, stems: Iterable[str]) -> bool:
    """Whether a word of the text begins with one of the stems."""
    said = " " + text.lower().replace("-", " ")
    return any(f" {stem}" in said or f" {stem}" in " " + text.lower() for stem in map(str, stems))


def kind_in(text: str, name: str) -> str | None:
    """The first key of a table of lists one of whose words stands in the text."""
    return next((str(k) for k, listed in table(name).items() if has(text, listed)), None)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its words without determiners, numbers and what follows the noun; the noun; how many it says
    there are ("" where the words do not say)."""

    text: str
    head: str
    number: str
    definite: bool = False

    @property
    def plural(self) -> bool:
        """Whether the noun is a plural."""
        return self.head in words("plurals") or singular(self.head) != self.head


def phrase(quote: str) -> Phrase | None:
    """The noun phrase of a quote; None if there is none, or it is a pronoun."""
    tokens = [(m.group(), m.start()) for m in _TOKEN.finditer(quote.replace("\n", " "))]
    counted: list[str] = []
    while tokens and _opens(tokens[0][0]):
        counted.append(bare(tokens.pop(0)[0]))
    kept = _noun_phrase(tokens)
    if not kept:
        return None
    text = " ".join(t for t, _ in kept)
    head = _head([bare(t) for t, _ in kept])
    if not head or (len(kept) == 1 and head in words("pronouns")):
        return None
    return Phrase(text.strip("\"' "), head, _number(counted), "the" in counted)


def _opens(token: str) -> bool:
    word = bare(token)
    return not word or word in words("before") or word in words("numbers") or word.replace(",", "").isdigit()


def _noun_phrase(tokens: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    kept: list[tuple[str, int]] = []
    for token, at in tokens:
        word = token.lower()
        if word in words("after") or token[0] in "([,;:" or (kept and word == "--"):
            break
        kept.append((token, at))
    while kept and bare(kept[-1][0]) in ("of", "the", "a", "an", "'"):
        kept.pop()
    return kept


def _head(tokens: Sequence[str]) -> str:
    """The noun: the last word before an "of"."""
    cut = tokens.index("of") if "of" in tokens[1:] else len(tokens)
    return tokens[cut - 1] if cut else ""


def _number(counted: Sequence[str]) -> str:
    numbers = table("numbers")
    total = 0
    for word in counted:
        if word.replace(",", "").isdigit():
            total = int(word.replace(",", ""))
        elif word in numbers and word not in ("a", "an"):
            n = int(numbers[word])
            total = total * n if n >= 12 and n in (12, 100) and total else total + n
    if not total:
        return ""
    if any(w in words("about") for w in counted):
        return f"~{total}"
    return f"{total} -" if "least" in counted or "more" in counted else str(total)


def parts(quote: str) -> list[str]:
    """A quote cut at its commas and conjunctions."""
    return [p for p in _JOINED.split(" ".join(quote.split())) if p]


def thing(p: Phrase) -> str | None:
    """The type of a physical target; None if the phrase names no such thing."""
    head = singular(p.head)
    known = _thing_of(head) or _thing_of(p.head)
    if known is None:
        return None
    if known in ("TRANSPORT VEHICLE", "CIVILIAN RESIDENCE", "TRANSPORTATION ROUTE") and not has(p.text, ["bank"]):
        return known
    return kind_in(p.text, "places_of") or known


def _thing_of(noun: str) -> str | None:
    return next((str(k) for k, listed in table("things").items() if noun in listed), None)


def people(p: Phrase, kind: str | None) -> bool:
    """Whether a phrase names people, by its noun or by what the product holds the party to be."""
    head = singular(p.head)
    if head in words("not_persons") or kind_in(p.text, "instruments"):
        return False
    if head in words("persons") or p.head in words("persons") or head in words("titles") or kind_in(head, "people"):
        return True
    return head.endswith(tuple(table("person_endings"))) or (kind is not None and kind not in _BODIES)


_BODIES = ("armed_group", "gang", "igo", "state", "ngo", "outlet", "agency", "platform")


def person(text: str, kind: str | None) -> str:
    """The type of a human target by its description and what the product holds it to be."""
    if found := kind_in(text, "people"):
        return found
    kinds = {
        "military": "ACTIVE MILITARY",
        "police": "LAW ENFORCEMENT",
        "diplomats": "DIPLOMAT",
        "judicial": "LEGAL OR JUDICIAL",
        "legal": "LEGAL OR JUDICIAL",
        "government": "GOVERNMENT OFFICIAL",
        "legislature": "GOVERNMENT OFFICIAL",
        "political": "POLITICAL FIGURE",
    }
    return kinds.get(kind or "", "CIVILIAN")
