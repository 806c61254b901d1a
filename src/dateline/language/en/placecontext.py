"""What the text around a place name says of it: who owns it, whether it is one of a list, where its words end."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache

from dateline.language.en.placewords import words

ANY, SAME, SEAT = "any", "same", "capital"
"""What a word means that may stand for any place, for one that is called by the same word, and for a capital."""
REACH = 60
"""Characters before and after a name that are looked at."""
_STOP = re.compile(r"[.;:()\[\]\n—–\"“”!?]")
_WORD = re.compile(r"(?<![^\s,])[^\W\d_]+(?![^\s,])")
_CLOSED = re.compile(r"\s*(?:[,.;:)\]\n—–]|--|$)")
_NAME = r"([A-Z][\w.]*(?: [A-Z][\w.]*)*)"
_OF_NAME = re.compile(r" of (?:the )?[A-Z]")
_OWNS = ("'s ", "’s ")


@dataclass(frozen=True, slots=True)
class _Patterns:
    chain_before: re.Pattern[str]
    chain_after: re.Pattern[str]
    list_before: re.Pattern[str]
    list_after: re.Pattern[str]
    owner: re.Pattern[str]
    again: re.Pattern[str]
    seat: re.Pattern[str]
    seat_of: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    w = words()
    joins, articles = "|".join(sorted(w.joins)), "|".join(sorted(w.articles))
    sides = "|".join(sorted(w.directions, key=lambda d: (-len(d), d)))
    seats = "|".join(sorted(w.seats))
    before, after = rf"(?:,|,? (?:{joins})) ", rf"(?:,? (?:{joins}) |, )"
    return _Patterns(
        re.compile(rf"[A-Z][\w.]*{before}$"),
        re.compile(rf"{after}(?:(?:{articles}) )?[A-Z]"),
        re.compile(rf"(?:{_NAME}, )?{_NAME}{before}$"),
        re.compile(rf"{after}{_NAME}(?:{after}{_NAME})?"),
        re.compile(rf"((?:[A-Z][\w-]*\s)*[A-Z][\w-]+)['’]s\s+(?:(?:{sides})\s+)?$"),
        re.compile(
            rf"\b(?i:{'|'.join(sorted(w.determined))}) (?:(?P<of>[A-Z][a-z]+) )?(?P<between>(?:[a-z][a-z-]+ ){{0,2}})"
            rf"(?P<word>(?i:{'|'.join(w.again)}))$"
        ),
        re.compile(rf"\b(?:{_NAME}['’]s (?:{seats})|(?:{seats}) of (?:the )?{_NAME})$"),
        re.compile(rf"\b(?:{seats}) of (?:the )?$"),
    )


@dataclass(frozen=True, slots=True)
class Again:
    """ "The city" in an expression: what stands before it there, the word, the kind of place it means, whose it is
    ("the Syrian capital"), and the text before the expression."""

    lead: str
    word: str
    kind: str
    of: str | None = None
    before: str = ""


def names_none(quote: str) -> bool:
    """Whether words mean a place that was named before, and name none: "the city", "there"."""
    last = quote.casefold().rpartition(" ")[2]
    return (last in words().again or last in words().there) and not any(c.isupper() for c in quote[1:])


def again(text: str, surface: str, start: int) -> Again | None:
    """The place named before that an expression means instead of naming one: "the east of the city"; its "the" may
    stand before it in the text."""
    if surface.casefold() in words().there:
        return Again("", surface.casefold(), ANY)
    end = start + len(surface)
    if text[start:end] != surface:
        return None
    before = before_of(text, start)
    if seat := _patterns().seat.search(surface):
        return Again("", SEAT, SEAT, seat[1] or seat[2], before)
    if _patterns().seat_of.search(before):
        return Again("", SEAT, SEAT, surface.removeprefix("the "), before)
    if _OF_NAME.match(text, end):
        return None
    found = _patterns().again.search(text, max(0, start - REACH), end)
    if found is None or found.start("word") < start:
        return None
    if not words().elsewhere.isdisjoint(found["between"].lower().split()):
        return None
    word = found["word"].lower()
    return Again(text[start : max(start, found.start())], word, words().again[word], found["of"], before)


def before_of(text: str, start: int) -> str:
    """The text before a name."""
    return text[max(0, start - REACH) : start]


def behind(text: str, end: int) -> str:
    """The text behind a name up to where its sentence or clause surely ends; empty if it adds nothing to the name."""
    tail = text[end : end + REACH]
    cut = _STOP.search(tail)
    tail = tail[: cut.start() if cut else None].rstrip()
    first = next(iter(tail.split(None, 1)), "")
    leads = first in words().follows and first not in words().articles  # "Halam the Ruvanian army said"
    adds = bool(first) and (not first.isalpha() or first[0].isupper() or leads)
    return _leading_on(tail) if adds else ""


def _leading_on(tail: str) -> str:
    """The text up to the first word that neither is written as a name nor leads to one."""
    for m in _WORD.finditer(tail):
        if m[0].islower() and m[0] not in words().leads:
            return tail[: m.start()].rstrip()
    return tail


def owner(before: str) -> str | None:
    """Whose the name is: "Iraq" before "Iraq's northern Mosul"."""
    if not any(mark in before for mark in _OWNS):
        return None
    found = _patterns().owner.search(before)
    return found[1] if found else None


def national(tokens: Sequence[str], nationals: Container[str]) -> int | None:
    """Which of some words before a name is one for nationals that says where the name lies; None if none does.

    "the Iraqi northern city of" Mosul: only words for directions and kinds stand between the two. `nationals` are
    case-folded.
    """
    w, i = words(), len(tokens)
    while i and (tokens[i - 1] in w.kinds or any(tokens[i - 1] in of for of in (w.directions, w.of, w.borders))):
        i -= 1
    found = 0 < i < len(tokens) and tokens[i - 1][:1].isupper() and tokens[i - 1].casefold() in nationals
    return i - 1 if found else None


def chained(before: str, after: str) -> bool:
    """Whether a name and the next one, with this text before and after the two, are among several in a row."""
    return bool(_patterns().chain_before.search(before) or _patterns().chain_after.match(after))


def neighbours(text: str, start: int, end: int) -> list[str]:
    """The names beside one in a list: two before it, two after it, or one on each side; else none."""
    after = _patterns().list_after.match(text, end)
    before = _patterns().list_before.search(before_of(text, start)) if text[start - 1 : start] == " " else None
    found = [bare for m in (before, after) if m for n in m.groups() if n and (bare := _bare(n))]
    return found if len(found) > 1 else []


def _bare(name: str) -> str:
    """A name without the small words that have a capital because they begin a sentence."""
    held = name.split()
    while held and held[0].lower() in words().every:
        held.pop(0)
    return " ".join(held)


def closed(after: str) -> bool:
    """Whether the words end here: a mark or nothing follows."""
    return _CLOSED.match(after) is not None
