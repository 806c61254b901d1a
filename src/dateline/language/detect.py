"""Which language a report is in: its reader's, unless the text is surely in another.

A text is judged by a few pieces of it, so that a book costs no more than a report. A piece with enough of the
reader's frequent words is in the reader's language; any other is shown to py3langid (naive Bayes over byte
n-grams, 139 languages, BSD; https://github.com/adbar/py3langid). What is short, a list of names, or divided between
languages is doubtful, and what is doubtful is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from typing import Protocol, cast

from dateline.data import load_yaml, package_digest
from dateline.records import Report, digest

_PACKAGE = "dateline.language.data"
_PIECES = 5
_PIECE = 300
"""Characters of a piece: some fifty words of English."""
_CLASSIFIED = 240
"""Bytes (UTF-8) of a piece that the classifier is shown: it takes 0.6 µs a byte."""
_SHORTEST = 60
"""Bytes of letters (UTF-8) below which a piece says nothing: ten words of English, twenty Chinese characters."""
_SHORTEST_STATED = 20
"""The same, where the input itself says that it is in that language."""
_SHARE = 0.06
"""Share of frequent words from which a piece is in the reader's language. Nine in ten pieces of English reports have
it (median 0.15); none of 73 paragraphs in 27 other languages has a single such word."""
_SURE = 0.7
_SURE_STATED = 0.3
"""Probability from which a piece is in another language. Lists of names stay below 0.65, running text above 0.85."""
_OWN_PART = 0.2
"""With more than this part of its pieces in the reader's language, a text is read, whatever else it quotes."""

_BY_TEXT = "text"
_WORD = re.compile(r"[^\W\d_]+")


class _Classifier(Protocol):
    def rank(self, text: bytes) -> list[tuple[str, float]]: ...


def reader_code(name: str) -> str | None:
    """The code of the language a reader is for ("en.v1" → "en"); None if its name does not begin with one."""
    code = name.partition(".")[0]
    return code if code in _names() else None


def language_name(code: str) -> str:
    """ "Arabic" for "ar"; the code itself if nobody gave it a name."""
    return _names().get(code, code)


def identified(report: Report, reader: str) -> Report:
    """The report with the language its text is in: `reader` (a code), or another if it surely is in that.

    A language its input states (it has a place in `found`) tips the scales where the text leans that way.
    """
    place = dict(report.found).get("language", _BY_TEXT)
    code = language_of(report.text, reader, None if place == _BY_TEXT else report.language)
    if code == report.language:
        return report
    found = (*(pair for pair in report.found if pair[0] != "language"), ("language", _BY_TEXT))
    return replace(report, language=code, found=found)


def language_of(text: str, reader: str, stated: str | None = None) -> str:
    """The code of the language a text is in; `reader` wherever there is doubt."""
    pieces = [p for p in map(_Piece, _pieces(text)) if p.size >= _least(reader, stated)]
    own = [_reads_as(p, reader) for p in pieces]
    if sum(own) > _OWN_PART * _PIECES:  # whatever the classifier would make of the others
        return reader
    votes: list[str] = []
    foreign: Counter[str] = Counter()
    for piece, sure in zip(pieces, own, strict=True):
        vote = reader if sure else _classified(piece, reader, stated)
        votes.append(vote)
        foreign.update([vote] if vote not in ("", reader) else [])
        if votes.count(reader) > _OWN_PART * _PIECES:
            return reader
        if foreign.total() >= (1 - _OWN_PART) * _PIECES:
            break
    if foreign.total() * 2 <= len(votes) or votes.count(reader) > _OWN_PART * len(votes):
        return reader
    return foreign.most_common(1)[0][0]


def detector_digest() -> str:
    """Changes when texts may be told apart otherwise: with the classifier or the words."""
    return digest(version("py3langid"), package_digest(_PACKAGE))


def _pieces(text: str) -> Iterator[str]:
    """The whole text in pieces if it is short, else pieces from its start to its end."""
    if len(text) <= _PIECES * _PIECE:
        yield from (text[i : i + _PIECE] for i in range(0, len(text), _PIECE))
        return
    last = len(text) - _PIECE
    for i in range(_PIECES):
        start = last * i // (_PIECES - 1)
        yield text[start : start + _PIECE]


class _Piece:
    """A piece of a text with its words, and the bytes of their letters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = _WORD.findall(text.lower())
        self.size = len("".join(self.words).encode())


def _least(reader: str, stated: str | None) -> int:
    """Bytes of letters below which a piece says nothing."""
    return _SHORTEST if stated in (None, reader) else _SHORTEST_STATED


def _reads_as(piece: _Piece, reader: str) -> bool:
    """Whether enough of the words are frequent ones of the reader's language."""
    frequent = _frequent(reader)
    return bool(frequent) and sum(w in frequent for w in piece.words) >= _SHARE * len(piece.words)


def _classified(piece: _Piece, reader: str, stated: str | None) -> str:
    """The language of a piece; "" if it is doubtful."""
    ranked = _classifier().rank(piece.text.encode("utf-8", "surrogatepass")[:_CLASSIFIED])
    best = ranked[0][0]
    if best == reader:
        return reader
    if best not in _names():
        return ""
    alike = _relatives().get(best, frozenset({best}))
    probability = sum(p for code, p in ranked if code in alike)
    if stated in alike and stated != reader and probability >= _SURE_STATED:
        return stated
    return best if piece.size >= _SHORTEST and probability >= _SURE else ""


@cache
def _classifier() -> _Classifier:
    """The classifier, loaded when the first doubtful piece asks for it (0.6 s, 70 MB)."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return cast(_Classifier, LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = load_yaml(_PACKAGE, "languages.yaml")["names"]
    return names


@cache
def _frequent(code: str) -> frozenset[str]:
    return frozenset(load_yaml(_PACKAGE, "languages.yaml")["frequent"].get(code, ()))


@cache
def _relatives() -> dict[str, frozenset[str]]:
    groups = load_yaml(_PACKAGE, "languages.yaml")["relatives"]
    return {code: frozenset(group) for group in groups for code in group}
