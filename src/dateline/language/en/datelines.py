"""Datelines: where, when and for whom a report was filed ("RAQQA, Syria, Nov 17 (Agency) -"). They date no event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from dateline.language import times
from dateline.language.base import Mention, MentionKind, Sentence
from dateline.language.en.furniture import is_stamp
from dateline.language.times import Calendar, Form, bare

PRODUCER = "en.datelines.v1"
_HEAD = 60
"""Characters of a sentence that a dateline may take."""
_AGENCY = re.compile(r"\(([A-Z][\w .&/’'-]{1,40})\)")
_PLACE = re.compile(
    r"[^\W\d_][\w.’'-]*(?:[ -][^\W\d_][\w.’'-]*){0,4}(?:,\s+[A-Z][\w.’'-]*(?:[ -][A-Z][\w.’'-]*){0,3})?"
)
_BEFORE_BRACKET = re.compile(
    r"(?<![\w-])[A-Z]{3,}(?:[ -][A-Z]{2,}){0,3}(?:,\s+[A-Z][\w.’'-]*(?:[ -][A-Z][\w.’'-]*){0,2})?\s*\(\s*$"
)
_END = re.compile(r"\s*(?:\([^()]{2,40}\)|[A-Z][\w ]{1,20})?\s*(?:--|[-–—])\s")


class Found(Protocol):
    """An expression of time."""

    @property
    def start(self) -> int:
        """Its offset."""
        ...

    @property
    def end(self) -> int:
        """The offset behind it."""
        ...

    @property
    def form(self) -> Form:
        """Its meaning."""
        ...


def holds(text: str, s: Sentence, start: int, end: int) -> bool:
    """Whether an expression stands in a dateline that is part of a sentence, such as "KABUL, June 3 (Agency) -"."""
    return (
        start - s.start < _HEAD
        and _END.match(text[end : s.end]) is not None
        and re.match(r"\W*[A-Z]{3}", text[s.start : s.end]) is not None
        and not text[s.start : s.end].isupper()
    )


def bracketed(text: str, s: Sentence, start: int, end: int) -> int | None:
    """Where the place begins that has an expression behind it in brackets, as the day of filing: "KABUL, Afghanistan
    (June 3, 2011)". None if it does not stand so."""
    m = _BEFORE_BRACKET.search(text, max(s.start, start - _HEAD), start)
    if m is None or not text[end : s.end].lstrip().startswith(")") or text[s.start : s.end].isupper():
        return None
    return m.start()


def mentions(text: str, s: Sentence, dates: Sequence[Found]) -> Iterator[Mention]:
    """The place, the day and the agency of a dateline: FILING mentions labelled place, date, agency, in text order."""
    day = next((d for d in dates if isinstance(bare(d.form), Calendar)), None)
    agency = next((m for m in _AGENCY.finditer(text, s.start, s.end) if not day or m.start(1) != day.start), None)
    ends = [d.start for d in dates[:1]] + [
        m.start() for m in (agency, re.search(r"--|[–—]|\s-\s", text[s.start : s.end])) if m
    ]
    place = None if is_stamp(text[s.start : s.end]) else _PLACE.match(text, _first(text, s), s.end)
    if place:
        stop = min([place.end(), *(e for e in ends if e > place.start())])
        name = text[place.start() : stop].rstrip(" ,-–—(")
        yield Mention(MentionKind.FILING, place.start(), place.start() + len(name), s.index, "place", name, PRODUCER)
    if day:
        norm = times.dump(bare(day.form))
        yield Mention(MentionKind.FILING, day.start, day.end, s.index, "date", norm, PRODUCER)
    if agency:
        yield Mention(MentionKind.FILING, agency.start(1), agency.end(1), s.index, "agency", agency[1], PRODUCER)


def _first(text: str, s: Sentence) -> int:
    """Where the first word of a sentence begins."""
    m = re.compile(r"\W*").match(text, s.start, s.end)
    return m.end() if m else s.start
