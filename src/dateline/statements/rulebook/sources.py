"""Who says so: each voice once, and every voice of those that are joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dateline.labels import Basis, Certainty, SourceType
from dateline.language.base import Annotation, MentionKind
from dateline.records import Report, Source, Span, Statement
from dateline.statements.rulebook.base import Line, ReportRule, SentenceRule, changed, is_idle, parts_of, respelt, told
from dateline.statements.scene import little

WORDS, ONCE, JOINED = (f"sources.{x}.v1" for x in ("words", "once", "joined"))
APPOSED, TOLD, THROUGH, NOBODY = (f"sources.{x}.v1" for x in ("apposed", "told", "through", "nobody"))
OUTER, HEDGE = "sources.outer.v1", "sources.hedge.v1"
CLOSING, LIVES = "sources.closing.v1", "sources.lives.v1"
_OUTLET = 6
"""Most words of the name of an outlet that ends a sentence."""
_COST = 6
"""Most words from "claims" to "lives"."""
_OUTLETS = frozenset({SourceType.AGENCY, SourceType.MEDIA})
_CHANNELS = _OUTLETS | {SourceType.SOCIAL_MEDIA}
_LISTENER = 2
"""Words that may stand between a verb of telling and the outlet that was told."""
_CLAUSE = 6
"""Words of "it has been reported"; a longer stretch before "that" is none."""
_HEDGES = frozenset({"impersonal", "alleged", "confirmed", "unverified", "claimed"})
"""Families of cues that make "it is … that" a saying."""
_GOES_ON = 1200
"""Characters from a voice that spoke through an outlet to a sentence in which a pronoun goes on for it."""


def _here(line: Line, source: Source) -> bool:
    """Whether a source stands in the statement's own sentence."""
    home = line.ctx.sentence
    return bool(source.spans) and home.start <= source.spans[0].start and source.spans[0].end <= home.end


def _words(line: Line, s: Statement) -> Statement:
    """Without sources of which only an article or a preposition is left, and without an adverb before a name."""
    kept = (x for x in s.sources if not (_here(line, x) and is_idle(line, x.spans[0])))
    return changed(s, sources=tuple(_trimmed(line, x) if _here(line, x) else x for x in kept))


def _trimmed(line: Line, x: Source) -> Source:
    """The source from its first word on that says who."""
    first, after = line.first(x.spans[0]), line.after(x.spans[0])
    start, stop = first, after
    while start < after - 1 and line.tokens[start].lower in little("before_speakers"):
        start += 1
    if stop - start > 1 and line.tokens[stop - 1].lower in little("reporting") and _is_verb(line, stop - 1):
        stop -= 1
    if (start, stop) == (first, after):
        return x
    span = line.span(start, stop)
    return told(replace(x, name=span.quote, spans=(span, *x.spans[1:])), WORDS, f"“{span.quote}” is who says so")


def _is_verb(line: Line, at: int) -> bool:
    """Whether "reports" behind a name is the verb: "the Halam Post reports that", not "Halam Post reports say"."""
    behind = line.tokens[at].end
    said = any(m.start - behind in (0, 1) for m in line.ctx.mentions(MentionKind.SAYING))
    return line.tokens[at - 1].text[0].isupper() and not said


def _closing(line: Line, s: Statement) -> Statement:
    """With the outlet that ends the sentence (", reports the Halam Post") as the source, where there is none."""
    outlet = _last(line)
    if outlet is None or any(x.overlaps(outlet) for v in s.sources for x in v.spans):
        return s
    ends = line.first(outlet) - 2
    kept = tuple(x for x in s.sources if not (_here(line, x) and line.after(x.spans[0]) == ends))
    if kept:
        return s
    why = (f"“{line.tokens[ends + 1].text}” stands before it at the end of the sentence",)
    return replace(
        s, sources=(Source(name=outlet.quote, type=SourceType.MEDIA, spans=(outlet,), rule=CLOSING, why=why),)
    )


def _last(line: Line) -> Span | None:
    """The name behind ", reports" at the end of a sentence."""
    after = len(line.tokens)
    while after and not line.tokens[after - 1].text[0].isalnum():
        after -= 1
    for i in range(after - 2, max(after - 2 - _OUTLET, 0), -1):
        if line.tokens[i].lower in little("reporting") and line.tokens[i - 1].text == ",":
            held = line.tokens[i + 1 : after]
            named = all(t.text[0].isupper() or t.lower in little("of_the") for t in held)
            return line.span(i + 1, after) if named and held[-1].text[0].isupper() else None
    return None


def _lives(line: Line, s: Statement) -> Statement:
    """With what "claims the lives" of people as stated, by nobody else than the rest of the chain."""
    at = next((i for i, w in enumerate(line.cut(0, len(line.tokens))) if w in little("costs") and _cost(line, i)), None)
    if at is None or s.certainty.label is not Certainty.CLAIMED:
        return s
    why = f"“{line.tokens[at].text}” says what it cost, and not that somebody says so"
    surely = replace(s.certainty, label=Certainty.STATED, spans=(), basis=Basis.DEFAULT, rule=LIVES, why=(why,))
    kept = tuple(x for x in s.sources if not (_here(line, x) and line.after(x.spans[0]) == at))
    return replace(s, certainty=surely, sources=kept)


def _cost(line: Line, at: int) -> bool:
    held = line.cut(at + 1, at + 1 + _COST)
    end = next((n for n, w in enumerate(held) if w in little("lives")), None)
    return end is not None and all(w[0].isalnum() for w in held[:end])


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
    return [respelt(source, p, JOINED, why) for p in found]


def _apposed(line: Line, s: Statement) -> Statement:
    """With a name and what is said of it as one link, and without the pronoun that repeats it."""
    held: list[Source] = []
    for x in s.sources:
        if not (held and _here(line, held[-1]) and _here(line, x) and _one_voice(line, held[-1].spans[0], x.spans[0])):
            held.append(x)
    return changed(s, sources=tuple(held))


def _one_voice(line: Line, a: Span, b: Span) -> bool:
    if len(words := line.words(b)) == 1 and words[0] in little("speaking_pronouns"):
        return True
    if a.end > b.start:
        return False
    gap = list(line.gap(a, b))
    if "(" in gap and ")" in gap:
        gap = gap[: gap.index("(")] + gap[gap.index(")") + 1 :]
    return all(w in little("apposing") for w in gap)


def _told(line: Line, s: Statement) -> Statement:
    """With the person who told an outlet as the original source, where the outlet alone is held to be it."""
    if len(s.sources) != 1 or s.sources[0].type not in _OUTLETS or not _here(line, s.sources[0]):
        return s
    outlet = s.sources[0].spans[0]
    verbs = [m for m in line.ctx.mentions(MentionKind.SAYING) if m.label == "tell" and m.end <= outlet.start]
    if not verbs or len(line.gap(verbs[-1], outlet)) > _LISTENER:
        return s
    speaker = _person(line, verbs[-1].start)
    if speaker is None:
        return s
    why = f"“{speaker.quote}” told “{outlet.quote}”"
    source = Source(name=speaker.quote, type=SourceType.OFFICIAL, spans=(speaker,), rule=TOLD, why=(why,))
    return replace(s, sources=(*s.sources, source))


def _person(line: Line, end: int) -> Span | None:
    """The first name of a person between the beginning of the sentence and an offset, as far as it has capitals."""
    names = (n for n in line.ctx.named() if n.label == "PER" and n.end <= end)
    for n in names:
        first, after = line.first(n), line.after(n)
        rest = (i for i in range(first, after) if not line.tokens[i].text[0].isupper())
        stop = next(rest, after)
        return line.span(first, stop) if stop > first else None
    return None


def _outer(line: Line, s: Statement) -> Statement:
    """With outlets before those whose word they pass on. Voices that are joined stay in the order of the text."""
    outlets = [x for x in s.sources if _passes_on(x)]
    voices = [x for x in s.sources if x not in outlets]
    if not outlets or not voices or any(_beside(line, a, b) for a in voices for b in outlets):
        return s
    ordered = (*outlets, *voices)
    if ordered == s.sources:
        return s
    why = f"“{outlets[0].name}” passes on what “{voices[-1].name}” says"
    return replace(s, sources=(*(told(x, OUTER, why) for x in outlets), *voices))


def _passes_on(x: Source) -> bool:
    """Whether a source is an outlet, or the message of somebody."""
    return x.type in _CHANNELS or bool(set(x.name.casefold().split()) & little("messages"))


def _beside(line: Line, voice: Source, outlet: Source) -> bool:
    """Whether "and" joins two sources of the sentence."""
    if not (_here(line, voice) and _here(line, outlet)):
        return False
    a, b = sorted((voice.spans[0], outlet.spans[0]))
    return a.end <= b.start and any(w in little("joins") for w in line.gap(a, b))


def _hedge(line: Line, s: Statement) -> Statement:
    """Without "allegedly" beside somebody who says so, and without "suspected"."""
    named = any(x.type is not SourceType.IMPERSONAL for x in s.sources)

    def is_hedge(x: Source) -> bool:
        words = set(x.name.casefold().split())
        return x.type is SourceType.IMPERSONAL and (named or bool(words & little("suspicion")))

    return changed(s, sources=tuple(x for x in s.sources if not is_hedge(x)))


def _nobody(line: Line, s: Statement) -> Statement:
    """With the clause "it was reported that", "there has been concern that" before its word, where it has no source."""
    before = line.cut(0, line.first(s.trigger[0]))
    ends = [i for i, w in enumerate(before) if w in little("that")]
    if s.sources or not ends:
        return s
    starts = (i for i in range(max(0, ends[-1] - _CLAUSE), ends[-1] - 1) if before[i] in little("expletives"))
    at = next((i for i in starts if {before[i + 1]} & (little("passive") | little("perfect"))), None)
    if at is None or not _hedged(line, clause := line.span(at, ends[-1])):
        return s
    why = f"“{clause.quote}” names nobody who says so"
    nobody = Source(name=clause.quote, type=SourceType.IMPERSONAL, spans=(clause,), rule=NOBODY, why=(why,))
    return replace(s, sources=(nobody,))


def _hedged(line: Line, clause: Span) -> bool:
    said = (m for kind in (MentionKind.SAYING, MentionKind.CUE) for m in line.ctx.mentions(kind))
    inside = (m for m in said if m.start < clause.end and clause.start < m.end)
    return any(m.kind is MentionKind.SAYING or m.label.partition(".")[0] in _HEDGES for m in inside)


def _through(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """Whoever spoke through an outlet goes on through it as "he" or "she"."""
    made: list[Statement] = []
    last: tuple[Source, ...] = ()
    for s in statements:
        if s.sources and (outlets := _outlets(last, s)):
            s = replace(s, sources=(*outlets, *s.sources))
        last = s.sources or last
        made.append(s)
    return made


def _outlets(last: Sequence[Source], s: Statement) -> tuple[Source, ...]:
    """The outlets of the chain before, where the statement's only source is a pronoun of its sentence."""
    (*before, voice), (*others, speaker) = (last or (None,)), s.sources
    if not before or others or voice is None or not (voice.spans and speaker.spans):
        return ()
    word, apart = speaker.spans[0], s.sentence.start - voice.spans[0].end
    if word.start < s.sentence.start or apart > _GOES_ON or word.quote.casefold() not in little("speaking_pronouns"):
        return ()
    if not all(x.type in _OUTLETS for x in before):
        return ()
    why = f"“{word.quote}” goes on for “{voice.name}”, who spoke through “{before[0].name}”"
    return tuple(told(replace(x, basis=Basis.CONTEXT), THROUGH, why) for x in before)


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
        CLOSING,
        "An outlet named at the end of a sentence says all of it.",
        "Annotation guidelines §2, sources: the attribution chain after the publisher.",
        _closing,
    ),
    SentenceRule(
        LIVES,
        "An attack that claims lives claims nothing else.",
        "Annotation guidelines §2, certainty: claimed is what a party says of its own act.",
        _lives,
    ),
    SentenceRule(
        JOINED,
        "Two sources joined by “and” are two voices.",
        "Annotation guidelines §5: two sources for one figure are listed both, in text order.",
        _joined,
    ),
    SentenceRule(
        APPOSED,
        "A name and what is said of it are one voice, and a pronoun repeats the voice of its sentence.",
        "Annotation guidelines §2, sources: one node for each who passes the word on.",
        _apposed,
    ),
    SentenceRule(
        TOLD,
        "Who tells an agency something is the source; the agency passes it on.",
        "Annotation guidelines §2, sources: outermost first, original source last.",
        _told,
    ),
    SentenceRule(
        OUTER,
        "An agency, a paper, a site or a message passes on what others say: it stands before them in the chain.",
        "Annotation guidelines §2, sources: outermost first, original source last.",
        _outer,
    ),
    SentenceRule(
        HEDGE,
        "Where somebody says so, “allegedly” tells how surely and is no second source; “suspected” is none at all.",
        "Annotation guidelines §5, impersonal: a node if no other source is named; “suspected” gives none.",
        _hedge,
    ),
    SentenceRule(
        NOBODY,
        "“It was reported that …” has a source that is not named.",
        "Annotation guidelines §2, sources: impersonal hedges give one node of type impersonal.",
        _nobody,
    ),
)

REPORT_RULES = (
    ReportRule(
        THROUGH,
        "What is told to an agency goes on being told to it.",
        "Annotation guidelines §2, sources: attribution carries over a continuing report.",
        _through,
    ),
)
