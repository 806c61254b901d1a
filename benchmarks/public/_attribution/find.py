"""Who says, thinks or wants what, for every saying of a report: source, cue and content.

A proposal for `language/en`: a pure function of a report and its Annotation (tokens, sentences, colon mentions), with
words from words.yaml beside it. `attributions` finds all of them; those inside another's content are marked `nested`.

Steps. Quotations are set apart. In the words outside them every form of an attributing verb, adjective or noun is
looked at in its place: its verb group, its subject to the left (or behind it: "…, said Ana Ruiz"), what follows it.
Then the frames of a sentence are put in order: one in brackets of its content ("…, she said, …") holds all before it;
otherwise a content goes on to the end of its sentence, or to a frame that begins anew ("… and denied …",
"…, adding …", "…, but the army said …"). Quotations that stand alone go on for the speaker before them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.public._attribution.clauses import Clauses, Region, regions
from benchmarks.public._attribution.frames import frames_of
from benchmarks.public._attribution.parts import Frame
from dateline.labels import PassageKind
from dateline.language.base import Annotation, Sentence
from dateline.records import Report

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One saying, as offsets into the report; `source` and `content` are fragments in text order, `source` is empty
    where nobody is named. `kind` says how it is built; `nested`: it stands in the content of another."""

    source: tuple[Span, ...]
    cue: Span
    content: tuple[Span, ...]
    kind: str
    nested: bool = False


@dataclass(slots=True)
class _Open:
    """A frame with its content as token ranges, while its sentence and the quotations are worked on."""

    frame: Frame
    content: list[Span]
    reach: int = 0
    nested: bool = False


def attributions(report: Report, annotation: Annotation) -> tuple[Attribution, ...]:
    """All attributions of a report, by the place of their cue. Deterministic."""
    quotes = regions(report.text, annotation)
    clauses = Clauses(report.text, annotation, quotes)
    held: list[_Open] = []
    for s in _joined(clauses, annotation.sentences):
        if s.kind not in (PassageKind.CREDIT, PassageKind.DATELINE) and s.first < s.last:
            held += _sentence(clauses, s)
    _quotations(annotation, quotes, held)
    made = (_made(clauses, o) for o in held)
    return tuple(sorted((a for a in made if a.content), key=lambda a: (a.cue, a.content)))


def _joined(c: Clauses, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Sentences, with what follows a quoted question or cry in one with it ("“Why?” she asked")."""
    out: list[Sentence] = []
    for s in sentences:
        last = out[-1] if out else None
        if last and last.paragraph == s.paragraph and s.first < s.last and last.first < last.last:
            region, mark = c.region_at(last.last - 1), c.text(max(last.first, last.last - 2))
            if region and region.last == last.last and mark in "?!…—-" and not c.region_at(s.first):
                out[-1] = replace(last, end=s.end, last=s.last)
                continue
        out.append(s)
    return out


# one sentence


def _sentence(c: Clauses, s: Sentence) -> list[_Open]:
    """The frames of a sentence with what they hold."""
    frames = frames_of(c, s)
    out = [_Open(f, []) for f in frames]
    floor = s.first
    for o in out:
        if o.frame.behind:
            o.content += _before(c, s, o.frame, max(floor, _led(c, s, frames, o.frame)))
            for other in out:
                if other is not o and o.content and o.content[0][0] <= other.frame.cue[0] < o.content[-1][1]:
                    other.nested = True
            floor = o.frame.end
    _forward(c, s, [o for o in out if not o.nested])
    for o in out:
        if o.nested and not o.frame.behind:
            o.content += _span(c, o.frame.ahead, c.clause_end(o.frame.ahead, s.last))
    return out


def _led(c: Clauses, s: Sentence, frames: Sequence[Frame], f: Frame) -> int:
    """Where a content in front of a frame begins at the earliest: in "Ana Ruiz said it was “too late,” she said" at the
    quotation, for the sentence opens with a saying of its own; without one, at the sentence."""
    opened = any(
        g.start == s.first and g.kind == "verb" and g.clausal and not g.behind and g.end <= f.start for g in frames
    )
    region = c.region_at(c.trim_right(s.first, f.start) - 1) if opened else None
    return region.first if region and region.first > s.first else s.first


def _before(c: Clauses, s: Sentence, f: Frame, floor: int) -> list[Span]:
    """The content in front of a frame set behind it; of a quotation all that belongs to it."""
    end = c.trim_right(floor, f.start)
    if f.start == s.first and s.first and (region := c.region_at(s.first - 1)):
        return [(region.first, region.last)]  # the sentence is nothing but who said what stands before it
    region = c.region_at(end - 1) if end > floor else None
    start = min(region.first, floor) if region and region.first <= s.first else floor
    while start < end and (c.low(start) in ("and", "but", "or") or c.text(start) in ",;—–-"):
        start += 1
    return [(start, end)] if start < end else []


def _forward(c: Clauses, s: Sentence, out: Sequence[_Open]) -> None:
    """Contents that stand behind their frames, each up to the next frame that does not belong to it."""
    current: _Open | None = None
    for o in sorted(out, key=lambda o: o.frame.cue):
        f = o.frame
        if f.behind and not f.resumes:
            if current and f.start >= current.frame.ahead:
                _close(c, current, o.content[0][0] if o.content else f.start)
            current = None
            continue
        if current and not _anew(c, current, f):
            o.nested = True
            o.content += _span(c, f.ahead, c.clause_end(f.ahead, s.last))
            continue
        if current:
            _close(c, current, f.opens if f.opens > current.frame.ahead else f.cue[0])
        o.content += o.frame.own
        o.reach = c.object_end(f.ahead, s.last)
        current = o
    if current:
        _close(c, current, s.last)


def _anew(c: Clauses, current: _Open, f: Frame) -> bool:
    """Whether a frame behind another one is no part of what that one says."""
    g = current.frame
    if g.behind and g.ahead <= f.opens + 1 and f.opens <= g.ahead + 1:
        return False  # "The mayor, officials said, has agreed to …": the rest of what they said
    if f.cue[0] < g.ahead or f.start < g.start or (g.limit and f.opens >= g.limit):
        return True
    if not g.clausal and f.cue[0] >= current.reach:
        return True
    if f.joined == "participle":
        return f.kind == "verb"
    if f.joined == "and":
        return not g.clausal or f.tense == g.tense or f.tense in ("", "ed")
    return f.joined == "clause" and f.kind != "noun" and (not g.clausal or f.clausal)


def _close(c: Clauses, o: _Open, end: int) -> None:
    """Let the content of an open frame end at a token."""
    f = o.frame
    last = min(end, f.limit or end)
    if not f.clausal:
        last = min(last, c.object_end(f.ahead, last))
    o.content += _span(c, f.ahead, last)


def _span(c: Clauses, first: int, last: int) -> list[Span]:
    while first < last and c.text(first) in ",:;—–-":
        first += 1
    last = c.trim_right(first, last)
    return [(first, last)] if first < last else []


# quotations


def _quotations(a: Annotation, quotes: Sequence[Region], held: list[_Open]) -> None:
    """Let every content that touches a quotation have all of it, and hand lone quotations to who speaks before them."""
    owner: dict[Region, _Open] = {}
    outer = [o for o in held if not o.nested]
    for o in outer:
        grown = []
        for first, last in o.content:
            for q in quotes:
                if q.long and q.first < last and first < q.last:
                    owner.setdefault(q, o)
                    if owner[q] is o:
                        first, last = min(first, q.first), max(last, q.last)
            grown.append((first, last))
        o.content[:] = grown
    before: _Open | None = None
    for q in quotes:
        if q in owner:
            before = owner[q]
        elif q.alone:
            near = [o for o in outer if o.frame.cue[0] < q.first and (o.frame.speech or o.frame.kind != "verb")]
            latest = near[-1] if near else None
            home = before if before and (latest is None or latest is before) else latest
            if home and q.paragraph - _paragraph(a, home) <= 1 + (before is home) * 3:
                home.content.append((q.first, q.last))
                owner[q] = before = home


def _paragraph(a: Annotation, o: _Open) -> int:
    at = max([o.frame.cue[0], *(last - 1 for _, last in o.content)])
    return next(s.paragraph for s in a.sentences if s.first <= at < s.last)


def _made(c: Clauses, o: _Open) -> Attribution:
    """Token ranges as offsets; the words of source and cue are never content."""
    f = o.frame
    taken = [x for x in (f.source, f.cue) if x]
    pieces: list[Span] = []
    for first, last in sorted(o.content):
        parts = [(first, last)]
        for a, b in taken:
            parts = [p for x, y in parts for p in ((x, min(y, a)), (max(x, b), y)) if p[0] < p[1]]
        pieces += [p for part in parts for p in _span(c, *part)]
    merged: list[Span] = []
    for first, last in pieces:
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    source = (c.offsets(f.source),) if f.source else ()
    return Attribution(source, c.offsets(f.cue), tuple(c.offsets(m) for m in merged), f.kind, o.nested)
