"""Atoms of time expressions that date nothing: how long ("three weeks", "24-hour") and how often ("every day")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dateline.language.en.dateatoms import Parts, Row, data, some_of
from dateline.language.en.numbers import value_of
from dateline.language.en.patterns import alternatives, plain
from dateline.language.times import Duration, Every, Form


def _value(text: str | None) -> float | None:
    """A count of units; None if it is no number."""
    if text is None:
        return None
    word = plain(text)
    if m := re.fullmatch(r"(\d+)[ -]1/2", word):
        return int(m[1]) + 0.5
    return data()["small"].get(word) if word in data()["small"] else value_of(word.replace("-", " "))


def _measured(unit: str, n: float | None) -> Duration:
    if unit == "fortnight":
        return Duration("week", None if n is None else 2 * n)
    return Duration(unit, n)


def _long(m: re.Match[str]) -> Form | None:
    g = m.groupdict()
    n = 2 if g.get("couple") else _value(g.get("n"))
    if g.get("n") and n is None:
        return None
    if g.get("half") or g.get("half_"):
        n = (n or 0) + 0.5
    return _measured(data()["lengths"][plain(g["unit"])], n)


def _each(m: re.Match[str]) -> Form | None:
    g = m.groupdict()
    n = _value(g.get("n")) if g.get("n") else 1
    if n is None:
        return None
    return Every(data()["lengths"][plain(g["unit"])], 2 * n if g.get("other") else n)


def _often(m: re.Match[str]) -> Form:
    return Every(*data()["often"][plain(m["word"])])


def _weekly(m: re.Match[str]) -> Form:
    return Every("week", 1, data()["weekdays"][plain(m["weekday"]).removesuffix("s")])


def length_rows(d: dict[str, Any], p: Parts) -> Iterator[Row]:
    """Durations and sets."""
    unit = rf"(?P<unit>{alternatives(d['lengths'])})"
    units, plurals = some_of(d["lengths"]), some_of(d["plural_lengths"])
    about = rf"(?:(?:{alternatives([*d['about'], *d['length_about']])})\s+)?"
    lead = rf"(?:(?:{alternatives(d['length_leads'])})\s+)?(?:the\s+)?(?:(?:{alternatives(d['length_parts'])})\s+)?"
    half = r"(?P<half>\s+and\s+a\s+half)?"
    each = some_of(["every", "each"])
    aged = r"(?![\s-]+(?:old|of\s+age)\b)"
    count = rf"{lead}{about}{p.number}{half}(?:\s+(?:{alternatives(d['length_kinds'])}))?"
    yield (units,), rf"{count}\s+{unit}\b{aged}{half.replace('half>', 'half_>')}", _long
    yield (units,), rf"{about}{p.number}-{unit}(?:-long)?\b(?!-ago|-earlier){aged}", _long
    some = alternatives([*d["some"], *d["many"]])
    yield (
        (units, some_of(d["some"], d["many"])),
        rf"{lead}{about}(?:a\s+)?(?:(?P<couple>couple\s+of)|{some})\s+(?:more\s+)?{unit}\b",
        _long,
    )
    bare = alternatives(d["bare_leads"])
    yield (plurals,), rf"(?:{bare})\s+(?P<unit>{alternatives(d['plural_lengths'])})\b", _long
    one = alternatives(sorted(set(d["lengths"]) - set(d["plural_lengths"])))
    yield (units, some_of(["long"])), rf"(?P<unit>{one})-long\b", lambda m: Duration(d["lengths"][plain(m["unit"])], 1)
    yield (plurals, some_of(["long"])), rf"(?P<unit>{alternatives(d['plural_lengths'])})-long\b", _long
    yield (each,), rf"(?:every|each)\s+(?:(?P<other>other)\s+|{p.number}\s+)?{unit}\b", _each
    times = rf"(?:once|twice|(?:[a-z]+|\d+)\s+times)\s+(?:a|an|each|every|per)\s+{unit}\b"
    yield (some_of(["once", "twice", "times"]),), times, _each
    yield (some_of(["per"]),), rf"per\s+{unit}\b", _each
    often = alternatives(d["often"])
    yield (some_of(d["often"]),), rf"(?P<word>{often})\b", _often
    weekdays = alternatives(d["long_weekdays"])
    yield (each,), rf"(?:every|each)\s+(?P<weekday>{weekdays})\b", _weekly
    yield (some_of(f"{w}s" for w in d["long_weekdays"]),), rf"(?:on\s+)?(?P<weekday>(?:{weekdays})s)\b", _weekly
