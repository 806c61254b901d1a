"""Numerals and number words: "2,500", "5.5 million", "twenty-one", "a hundred and twenty", "half a million"."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from dateline.data import load_yaml
from dateline.language.en.patterns import alternatives, plain

_MOST = 10**12
"""No count is larger: such a number is an identifier, or a slip, and a database may not hold it."""
FIGURE = r"\d{1,3}(?:,\d{3})+(?![\d,]\d)|\d+(?:\.\d+)?"
"""A numeral, as a regular expression."""


def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_yaml("dateline.language.en.data", "numbers.yaml")
    return data


@cache
def number_pattern() -> str:
    """A regular expression (no groups, not anchored) for a number in numerals or words."""
    d = _data()
    ones, teens, tens = (
        alternatives(w for w, v in d["units"].items() if low <= v < high)
        for low, high in ((0, 10), (10, 20), (20, 100))
    )
    small = rf"(?:(?:{tens})(?:[\s-](?:{ones})\b)?|{teens}|{ones})\b"
    hundreds = rf"[\s-](?:hundred|dozen)\b(?:\s+(?:and\s+)?{small})?"
    group = rf"{small}(?:{hundreds})?"
    thousands = rf"[\s-](?:{alternatives(s for s, v in d['scales'].items() if v >= 1000)})\b"
    words = rf"{group}(?:{thousands}(?:\s+(?:and\s+)?{group})?)*"
    scales = alternatives(d["scales"])
    article = rf"(?:a|an)\s+(?:hundred|thousand|million|billion|dozen)\b(?:\s+and\s+{group})?"
    part = rf"(?:{alternatives(d['fractions'])})(?:\s+of)?(?:\s+an?)?\s+(?:{scales})\b"
    mixed = rf"(?:{FIGURE}|{small})\s+and\s+{part}|(?:{FIGURE}|{small})\s+and\s+(?:a\s+)?half\s+(?:{scales})\b"
    return rf"(?:{mixed}|{part}|{article}|(?:{FIGURE})(?:[\s-](?!hundreds\b)(?:{scales})s?\b)?|{words})"


@cache
def _fraction() -> re.Pattern[str]:
    d = _data()
    parts, scales = alternatives(d["fractions"]), alternatives(d["scales"])
    return re.compile(rf"(?:(?P<whole>.+)\s+and\s+)?(?P<part>{parts})(?:\s+of)?(?:\s+an?)?\s+(?P<scale>{scales})")


def value_of(text: str) -> int | None:
    """The number a numeral or number words name; None if none, no integer, or beyond all counting."""
    d = _data()
    if m := _fraction().fullmatch(plain(text)):
        whole = _sum(m["whole"]) if m["whole"] else 0.0
        return None if whole is None else _integer((whole + d["fractions"][m["part"]]) * d["scales"][m["scale"]])
    found = _sum(text.lower())
    return None if found is None else _integer(found)


def scale_of(text: str) -> int:
    """What the last word of a number multiplies by ("12 thousand": 1000); 1 if it is no scale word."""
    last = re.split(r"[\s-]", text.lower())[-1]
    scale: int = _data()["scales"].get(last.rstrip("s"), 1)
    return scale


def _integer(n: float) -> int | None:
    return int(n) if n <= _MOST and n.is_integer() else None


def _sum(text: str) -> float | None:
    d, total, part = _data(), 0.0, 0.0
    seen = False
    for w in re.findall(r"\d[\d,]*(?:\.\d+)?|[a-z]+", text):
        if w[0].isdigit():
            part, seen = part + float(w.replace(",", "")), True
        elif w in d["units"]:
            part, seen = part + d["units"][w], True
        elif w.rstrip("s") in d["scales"]:
            scale = d["scales"][w.rstrip("s")]
            part, seen = (part or 1) * scale, True
            if scale >= 1000:
                total, part = total + part, 0.0
        elif w not in ("and", "a", "an"):
            return None
    return total + part if seen else None
