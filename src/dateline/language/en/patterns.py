"""Phrases of a lexicon as one regular expression, so that every module reads its words the same way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dateline.language.base import Sentence
from dateline.records import PassageKind, Report

_QUIET = frozenset({PassageKind.CREDIT, PassageKind.DATELINE})


def alternatives(phrases: Iterable[str]) -> str:
    """A regular expression (not anchored) for any of the phrases, longest first, any spacing and apostrophe."""
    ordered = sorted({str(p) for p in phrases}, key=lambda p: (-len(p), p))
    return "|".join(re.escape(p).replace(r"\ ", r"\s+").replace("'", "['’]") for p in ordered)


def words(phrases: Iterable[str]) -> re.Pattern[str]:
    """A compiled, case-blind pattern that finds any of the phrases as whole words."""
    return re.compile(rf"(?<![\w-])(?:{alternatives(phrases)})(?!\w)", re.IGNORECASE)


def plain(text: str) -> str:
    """A phrase as lexicons write it: lower case, single spaces, straight apostrophes."""
    return " ".join(text.lower().replace("’", "'").split())


def passages(report: Report, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """Sentences that can say something: no credits, no datelines, nothing empty."""
    return (s for s in sentences if s.kind not in _QUIET and s.start < s.end <= len(report.text))
