"""Numbers replaced by others of their size, the gold figures that count by them changed alike.

Only plain numbers are touched that a gold figure is made of, wherever the report has them again: 2 to 99 in words, 2 to
999,999 in figures. A number of n digits and k zeros at its end becomes another such; the order of a report's numbers
stays, so that a part is no larger than its whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from random import Random
from typing import Any

from benchmarks.checklist.edits import Edit

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_TRIES = 300
"""Draws before the numbers of one length are left as they are."""
_DRAWN = 900
"""The most numbers of a kind to choose from."""
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Sept Oct Nov Dec".split()


def in_words(n: int) -> str:
    """A number below 100."""
    if n < 20:
        return ONES[n]
    return TENS[n // 10] + (f"-{ONES[n % 10]}" if n % 10 else "")


WORDS = {in_words(n): n for n in range(2, 100)}
_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_LARGE = (
    r"(?![ -](?:hundred|thousand|million|billion|dozen|score|percent)|[-./:%\w]*\d|[-/:%]|\.\d|th\b|st\b|nd\b|rd\b)"
)
NUMBER = re.compile(
    rf"(?<![\w$€£.,:/#-])(?:(?P<word>{_WORD})|(?P<figures>\d{{1,3}}(?:,\d{{3}})?|\d{{4,6}}))(?!\w){_LARGE}", re.I
)
_DAY_BEFORE = re.compile(rf"(?:{'|'.join(MONTHS)})[a-z]*\.? $")
_DAY_AFTER = re.compile(rf" (?:{'|'.join(MONTHS)})[a-z]*\b|,? (?:19|20)\d\d\b")


def found(text: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and value of every plain number of a text that is no part of a date."""
    for m in NUMBER.finditer(text):
        value = WORDS[m["word"].lower()] if m["word"] else int(m["figures"].replace(",", ""))
        year = bool(m["figures"]) and "," not in m[0] and 1900 <= value <= 2100
        if value < 2 or year or _DAY_BEFORE.search(text, 0, m.start()) or _DAY_AFTER.match(text, m.end()):
            continue
        yield m.start(), m.end(), value


def figures_of(statements: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """All figures of some statements."""
    for s in statements:
        yield from s.get("figures") or ()


def _bounds(figure: Mapping[str, Any]) -> set[int]:
    return {n for n in (figure.get("min"), figure.get("max")) if n is not None}


def _within(figure: Mapping[str, Any], numbers: Iterable[tuple[int, int, int]]) -> set[int]:
    spans = figure.get("spans") or ()
    return {n for a, b, n in numbers if any(x < b and a < y for x, y in spans)}


def chosen(row: Mapping[str, Any], rng: Random) -> dict[int, int]:
    """Each number of a row that can be replaced, and by which."""
    numbers = list(found(row["text"]))
    counted: set[int] = set()
    kept: set[int] = set()
    for figure in figures_of(row["statements"]):
        inside = _within(figure, numbers)
        # what is a sum or a guess of several numbers stays as it is
        (counted if inside == _bounds(figure) else kept).update(inside)
    lengths: dict[int, list[int]] = defaultdict(list)
    for n in sorted(counted - kept):
        lengths[len(str(n))].append(n)
    return {n: other for held in lengths.values() for n, other in _redrawn(held, rng).items()}


def _redrawn(held: list[int], rng: Random) -> dict[int, int]:
    """Others for numbers of one length, in their order; the same numbers if none are found."""
    kinds = sorted({_kind(n) for n in held})
    pools = {k: [n for n in _of_kind(*k, rng) if n not in held] for k in kinds}
    for _ in range(_TRIES):
        made: dict[int, int] = {}
        for k in kinds:
            mine = [n for n in held if _kind(n) == k]
            if len(pools[k]) < len(mine):
                return {}
            made.update(zip(mine, sorted(rng.sample(pools[k], len(mine))), strict=True))
        others = [made[n] for n in held]
        if others == sorted(others):
            return made
    return {}


def _kind(n: int) -> tuple[int, int]:
    text = str(n)
    return len(text), len(text) - len(text.rstrip("0"))


def _of_kind(digits: int, zeros: int, rng: Random) -> Iterator[int]:
    """Numbers of a kind, in their order; of many, some."""
    firsts = range(10 ** (digits - zeros - 1), 10 ** (digits - zeros))
    for first in firsts if len(firsts) <= _DRAWN else sorted(rng.sample(firsts, _DRAWN)):
        n = first * 10**zeros
        if first % 10 and n > 1 and not 1900 <= n <= 2100:
            yield n


def edits(text: str, by: Mapping[int, int], date_spans: Iterable[tuple[int, int]]) -> Iterator[Edit]:
    """The edits of a text; dates are left alone."""
    dates = list(date_spans)
    for start, end, value in found(text):
        if value in by and not any(start < y and x < end for x, y in dates):
            yield Edit(start, end, written(by[value], text[start:end]))


def written(n: int, like: str) -> str:
    """A number as another one is written: in words or figures, with a comma, with a capital."""
    if like[0].isdigit():
        return f"{n:,}" if "," in like else str(n)
    words = in_words(n)
    return words.upper() if like.isupper() else words.capitalize() if like[0].isupper() else words


def renumbered(statements: list[dict[str, Any]], row: Mapping[str, Any], by: Mapping[int, int]) -> None:
    """Change the bounds of the moved statements' figures; `row` is the old row."""
    numbers = list(found(row["text"]))
    for new, old in zip(figures_of(statements), figures_of(row["statements"]), strict=True):
        if _within(old, numbers) & set(by) and isinstance(new, dict):
            new |= {k: by.get(old[k], old[k]) for k in ("min", "max") if old.get(k) is not None}
