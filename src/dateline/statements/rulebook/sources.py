"""Who says so: each voice once, and every voice of those that are joined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dateline.records import Source, Statement
from dateline.statements.rulebook.base import Line, SentenceRule, changed, is_idle, parts_of, told

WORDS, ONCE, JOINED = (f"sources.{x}.v1" for x in ("words", "once", "joined"))


def _here(line: Line, source: Source) -> bool:
    """Whether a source stands in the statement's own sentence."""
    home = line.ctx.sentence
    return bool(source.spans) and home.start <= source.spans[0].start and source.spans[0].end <= home.end


def _words(line: Line, s: Statement) -> Statement:
    """Without sources of which only an article or a preposition is left."""
    return changed(s, sources=tuple(x for x in s.sources if not (_here(line, x) and is_idle(line, x.spans[0]))))


def _once(line: Line, s: Statement) -> Statement:
    """With the same words once in the chain, as the more original of the two."""
    held: list[Source] = []
    for x in reversed(s.sources):
        if not any(a.overlaps(b) for other in held for a in other.spans for b in x.spans):
            held.append(x)
    return changed(s, sources=tuple(reversed(held)))


def _joined(line: Line, s: Statement) -> Statement:
    """With the sources of "A and B" one by one."""
    return changed(s, sources=tuple(part for x in s.sources for part in _parts(line, x)))


def _parts(line: Line, source: Source) -> Iterable[Source]:
    found = parts_of(line, source.spans[0]) if len(source.spans) == 1 and _here(line, source) else None
    if not found:
        return [source]
    why = "a joining word stands between two sources"
    return [told(replace(source, name=p.quote, spans=(p,)), JOINED, why) for p in found]


RULES = (
    SentenceRule(
        WORDS,
        "An article or a preposition alone is no source.",
        "Annotation guidelines §2: a span field holds the words that name the source.",
        _words,
    ),
    SentenceRule(
        ONCE,
        "The same words are one link of the chain.",
        "Annotation guidelines §2, sources: outermost first, original source last.",
        _once,
    ),
    SentenceRule(
        JOINED,
        "Two sources joined by “and” are two voices.",
        "Annotation guidelines §5: two sources for one figure are listed both, in text order.",
        _joined,
    ),
)
