"""Who did it and to whom: what a party is, and what only stands near it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dateline.language.base import Mention, MentionKind
from dateline.records import Party, Span, Statement
from dateline.statements.context import Extent, touches
from dateline.statements.rulebook.base import (
    Line,
    SentenceRule,
    changed,
    is_idle,
    is_participle,
    parts_of,
    respelt,
)
from dateline.statements.scene import little

NUMBER, BESIDE, JOINED, SIDES = (f"parties.{x}.v1" for x in ("number", "beside", "joined", "sides"))
WORDS, KNOWN, COORDINATED = (f"parties.{x}.v1" for x in ("words", "known", "coordinated"))
APPOSED, PRONOUN = (f"parties.{x}.v1" for x in ("apposed", "pronoun"))
_CLOSE = 3
"""Words before a building in which "in front of" and the like stand."""


def _words(line: Line, s: Statement) -> Statement:
    """Without parties of which only an article or a preposition is left."""
    return _each(s, lambda held: tuple(p for p in held if not is_idle(line, p.spans[0])))


def _each(s: Statement, of: Callable[[tuple[Party, ...]], tuple[Party, ...]]) -> Statement:
    return changed(s, actors=of(s.actors), targets=of(s.targets))


def _known(line: Line, s: Statement) -> Statement:
    """With the whole of a name the register knows where the model has a part of it; each name once a side."""
    known = [m for m in line.ctx.mentions(MentionKind.ACTOR) if m.label != "name"]
    known = [m for m in known if not any(touches(m, t) for t in s.trigger)]
    return _each(s, lambda held: _once(_whole(line, p, known) for p in held))


def _whole(line: Line, party: Party, known: Sequence[Mention]) -> Party:
    span = party.spans[0]
    for m in known:
        if m.start <= span.start and span.end <= m.end and (m.start, m.end) != (span.start, span.end):
            held = line.ctx.span(m.start, m.end)
            return respelt(party, held, KNOWN, f"“{held.quote}” is one known name")
    return party


def _once(parties: Iterable[Party]) -> tuple[Party, ...]:
    out: list[Party] = []
    for p in parties:
        if not any(a.overlaps(b) for x in out for a in x.spans for b in p.spans):
            out.append(p)
    return tuple(out)


def _coordinated(line: Line, s: Statement) -> Statement:
    """With the known name that "and" joins to a party of a side, where it is nothing else."""
    taken = [x for v in (*s.actors, *s.targets, *s.sources) for x in v.spans]
    made: list[tuple[Party, ...]] = []
    for held in (s.actors, s.targets):
        found = list(held)
        for p in held:
            for beside in _beside_and(line, p.spans[0]):
                if not any(beside.overlaps(x) for x in taken):
                    taken.append(beside)
                    why = f"“and” joins “{beside.quote}” to “{p.spans[0].quote}”"
                    found.append(respelt(p, beside, COORDINATED, why))
        made.append(tuple(found))
    return changed(s, actors=made[0], targets=made[1])


def _beside_and(line: Line, span: Span) -> Iterable[Span]:
    """The known names that stand beside a span with only "and" in between."""
    for m in line.ctx.mentions(MentionKind.ACTOR) if line.ctx.sentence.start <= span.start else ():
        a, b = (span, m) if span.end <= m.start else (m, span)
        gap = line.gap(a, b) if a.end <= b.start else ()
        if gap and gap[0] in little("and") and all(w in little("determiners") for w in gap[1:]) and not _acts(line, b):
            yield line.ctx.span(m.start, m.end)


def _acts(line: Line, name: Extent) -> bool:
    """Whether a verb of its own stands right behind: "A met B and C will stay"."""
    return bool(set(line.cut(line.after(name), line.after(name) + 1)) & (little("adverbs") | little("passive")))


def _number(line: Line, s: Statement) -> Statement:
    """Without targets that are nothing but a number ("kills 16"): the figure keeps it."""
    return changed(s, targets=tuple(t for t in s.targets if not _counts_only(line, t)))


def _counts_only(line: Line, party: Party) -> bool:
    words = [w for w in line.words(party.spans[0]) if w[0].isalnum() and w not in little("hedges")]
    return not words or all(w.replace(",", "").isdigit() or w in little("number_words") for w in words)


def _beside(line: Line, s: Statement) -> Statement:
    """Without targets that the act only took place near."""
    return changed(s, targets=tuple(t for t in s.targets if not _near(line, t)))


def _near(line: Line, party: Party) -> bool:
    before = line.before(party.spans[0], _CLOSE)
    return any(" ".join(before[-n:]) in little("beside") for n in range(1, len(before) + 1))


def _joined(line: Line, s: Statement) -> Statement:
    """With the parties of "A and B" or "A, including B" one by one."""
    parts = [tuple(x for p in held for x in _parts(line, p)) for held in (s.actors, s.targets)]
    return changed(s, actors=parts[0], targets=parts[1])


def _parts(line: Line, party: Party) -> Iterable[Party]:
    found = parts_of(line, party.spans[0]) if len(party.spans) == 1 else None
    if not found or _shares(line, *found):
        return [party]
    why = "a joining word stands between two parties"
    return [respelt(party, p, JOINED, why) for p in found]


def _shares(line: Line, first: Span, second: Span) -> bool:
    """Whether both parts share a number ("26 women and children"), a noun ("local and provincial councils") or a
    "with" ("men with knives and sticks")."""
    if line.tokens[line.after(first)].lower not in little("and"):
        return False
    left = [w for w in line.words(first) if w not in little("determiners") | little("hedges")]
    bare = second.quote.isalpha() and second.quote.islower() and not _is_number(second.quote)
    if not left:
        return False
    plain = first.quote.islower() and left[0].endswith(tuple(little("adjective_endings")))
    carried = "with" in left and second.quote.islower() and line.words(second)[0] not in little("determiners")
    return carried or (bare and _is_number(left[0])) or (len(left) == 1 and (plain or is_participle(left[0])))


def _is_number(word: str) -> bool:
    return word.replace(",", "").isdigit() or word in little("number_words")


def _apposed(line: Line, s: Statement) -> Statement:
    """With one party for a person who is named and described: "a farmer, Omar Sayed"; the name stays."""
    return _each(s, lambda held: tuple(p for p in held if not any(_names(line, o, p) for o in held)))


def _names(line: Line, name: Party, other: Party) -> bool:
    """Whether one of two parties beside each other names what the other describes, or shortens in brackets."""
    early, late = sorted((name.spans[0], other.spans[0]), key=lambda x: x.start)
    if early.start < line.ctx.sentence.start or early.end > late.start:
        return False
    gap = line.gap(early, late)
    if gap in {("(",), ("[",)}:
        return early is name.spans[0] and late.quote.isupper()
    listed = line.cut(line.after(late), line.after(late) + 1) and line.tokens[line.after(late)].lower in little("and")
    return gap == (",",) and not listed and _is(line, name, "PER") and not _is(line, other, "PER", "ORG")


def _is(line: Line, party: Party, *labels: str) -> bool:
    named = (n for n in line.ctx.named() if n.label in labels)
    return any(n.start < party.spans[0].end and party.spans[0].start < n.end for n in named)


def _pronoun(line: Line, s: Statement) -> Statement:
    """Without a pronoun and its name beside each other as doers: the likelier of the two stays."""
    names = [p for p in s.actors if not _is_pronoun(line, p)]
    said = [p for p in s.actors if _is_pronoun(line, p)]
    if len(names) != 1 or len(said) != 1:
        return s
    return changed(s, actors=(max((*said, *names), key=lambda p: p.confidence or 0.0),))


def _is_pronoun(line: Line, party: Party) -> bool:
    return line.words(party.spans[0]) in {(w,) for w in little("speaking_pronouns")}


def _sides(line: Line, s: Statement) -> Statement:
    """With one role for the same words: the likelier one."""
    actors = tuple(p for p in s.actors if not _better(p, s.targets, ties=False))
    return changed(s, actors=actors, targets=tuple(p for p in s.targets if not _better(p, actors, ties=True)))


def _better(party: Party, others: Sequence[Party], *, ties: bool) -> bool:
    """Whether the same words are held likelier by another; `ties`: or as likely."""
    mine = party.confidence or 0.0
    for other in (x for x in others if any(a.overlaps(b) for a in x.spans for b in party.spans)):
        theirs = other.confidence or 0.0
        if theirs > mine or (ties and theirs == mine):
            return True
    return False


RULES = (
    SentenceRule(
        WORDS,
        "An article or a preposition alone names nobody.",
        "Annotation guidelines §2: a span field holds the words that name the party.",
        _words,
    ),
    SentenceRule(
        KNOWN,
        "A part of a name the register knows stands for the whole name.",
        "ACLED codebook, actors: an actor is coded by its full name.",
        _known,
    ),
    SentenceRule(
        NUMBER,
        "A number alone says how many, not whom.",
        "Annotation guidelines §2: a target is persons, groups, buildings or places; a number is a figure.",
        _number,
    ),
    SentenceRule(
        BESIDE,
        "What an act took place outside, near or in front of was not what it struck.",
        "Annotation guidelines §5, target or place: “outside a bakery” is neither.",
        _beside,
    ),
    SentenceRule(
        JOINED,
        "Two parties joined by “and”, “or” or “including” are two, unless they share a number, a noun or a “with”.",
        "ACLED codebook, actors: each named party is an actor of its own; annotation guidelines §2, one entry a party.",
        _joined,
    ),
    SentenceRule(
        APPOSED,
        "A person's name and what describes the person, with a comma or bracket between, are one party.",
        "Annotation guidelines §2: one entry a party, with all acceptable spans.",
        _apposed,
    ),
    SentenceRule(
        PRONOUN,
        "A pronoun and the one name beside it as the doer are one party: a verb has one subject.",
        "Annotation guidelines §5: the span of an actor is the pronoun or noun in the sentence itself.",
        _pronoun,
    ),
    SentenceRule(
        COORDINATED,
        "A known name joined by “and” to a party is on its side.",
        "ACLED codebook, actors and associated actors: all parties of a side are coded.",
        _coordinated,
    ),
    SentenceRule(
        SIDES,
        "The same words are not both who did it and to whom.",
        "PLOVER and ACLED: source and target of an event are different parties.",
        _sides,
    ),
)
