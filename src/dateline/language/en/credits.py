"""Which agency an English report is credited to: in its dateline, byline, or last line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dateline.data import load_yaml
from dateline.records import Report

_HEAD, _TAIL = 400, 200
"""Characters of the text's beginning and end that are looked at; a name further in is a source, not a credit."""


@cache
def _patterns() -> tuple[dict[str, tuple[re.Pattern[str], ...]], re.Pattern[str]]:
    data = load_yaml("dateline.language.en.data", "credits.yaml")
    held = {part: tuple(re.compile(p, re.MULTILINE) for p in data[part]) for part in ("head", "tail", "author")}
    return held, re.compile(data["between"])


def credited(report: Report) -> Iterator[str]:
    """Names that stand where a report names the agency it comes from, in that order; not all of them are agencies."""
    patterns, between = _patterns()
    text = report.text.rstrip()
    parts = (("head", text[:_HEAD]), ("author", report.author or ""), ("tail", text[-_TAIL:].lstrip()))
    for part, words in parts:
        for pattern in patterns[part]:
            for found in pattern.finditer(words):
                yield from (name for name in between.split(found[1].strip()) if name)
