"""Phrases of a lexicon as one regular expression, so that every module reads its words the same way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dateline.labels import PassageKind
from dateline.language.base import Sentence
from dateline.records import Report

_QUIET = frozenset({PassageKind.CREDIT, PassageKind.DATELINE})


def alternatives(phrases: Iterable[str]) -> str:
    """A regular expression (not anchored) for any of the phrases, longest first, any spacing and apostrophe.

    Phrases that share their first word are tried together, so that a long lexicon stays quick.
    """
    groups: dict[str, set[str]] = {}
    for phrase in phrases:
        first, _, rest = str(phrase).partition(" ")
        groups.setdefault(first, set()).add(rest)
    ordered = sorted(groups.items(), key=lambda g: (-len(g[0]), g[0]))
    return "|".join(_literal(first) + _rests(rests) for first, rests in ordered)


def _literal(phrase: str) -> str:
    return re.escape(phrase).replace(r"\ ", r"\s+").replace("'", "['’]")


def _rests(rests: set[str]) -> str:
    """What may follow a shared first word, longest first; nothing, where the word stands alone too."""
    longer = sorted(rests - {""}, key=lambda r: (-len(r), r))
    if not longer:
        return ""
    return rf"(?:\s+(?:{'|'.join(map(_literal, longer))}))" + ("?" if "" in rests else "")


def plain(text: str) -> str:
    """A phrase as lexicons write it: lower case, single spaces, straight apostrophes."""
    return " ".join(text.lower().replace("’", "'").split())


def passages(report: Report, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """Sentences that can say something: no credits, no datelines, nothing empty."""
    return (s for s in sentences if s.kind not in _QUIET and s.start < s.end <= len(report.text))
