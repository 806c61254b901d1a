"""Days that one statement takes from another: what one sentence tells together, and the act that is named again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from dateline.labels import AHEAD, Basis
from dateline.language import times
from dateline.language.base import Annotation, Mention, MentionKind
from dateline.ontology.tables import acled, may_be_one
from dateline.records import Report, Span, Statement, When
from dateline.statements.rulebook.base import ReportRule
from dateline.statements.scene import little

TOGETHER, AGAIN = "dates.together.v1", "dates.again.v1"
_VIOLENCE = "ASSAULT"
_OPENING = 3
"""Characters of a sentence before the day that opens it: a quotation mark, a bullet."""
_BACK = 20
"""How many acts of that word before it are looked at."""
_BEFORE = 2
"""Words before a noun among which its article stands: "the suicide attack"."""


def _together(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """With the day that opens the sentence, or that of what "and" joins to it, where it has no day of its own."""
    days = {report.span(m.start, m.end) for m in annotation.mentions if _is_day(m)}
    told: dict[Span, list[Statement]] = {}
    out: list[Statement] = []
    for s in sorted(statements, key=lambda s: s.trigger[0].start):
        before = told.setdefault(s.sentence, [])
        lenders = [(o, o.date) for o in before if o.date and o.date.basis is not Basis.CONTEXT]
        lenders = [(o, when) for o, when in lenders if days.intersection(when.spans) and not _is_owner(when)]
        if s.certainty.label not in AHEAD and (s.date is None or s.date.basis is Basis.CONTEXT):
            opening = next((x for x in lenders if x[1].spans[0].start - s.sentence.start <= _OPENING), None)
            joined = lenders[-1:] if _is_joined(annotation, s) else ()
            for lender, when in (opening,) if opening else joined:
                why = f"“{lender.trigger[0].quote}” is told with it"
                s = replace(s, date=replace(when, rule=TOGETHER, why=(*when.why, why)))
        before.append(s)
        out.append(s)
    return out


def _is_owner(when: When) -> bool:
    """Whether the expression belongs to a noun: "yesterday's"."""
    return when.spans[0].quote.casefold().endswith(tuple(little("owned")))


def _is_joined(annotation: Annotation, s: Statement) -> bool:
    """Whether the word right before it joins it to what was told."""
    return any(w in little("and") for w in _words_before(annotation, s)[-1:])


def _words_before(annotation: Annotation, s: Statement) -> list[str]:
    """The words of the sentence before its trigger."""
    first = bisect_left(annotation.tokens, s.sentence.start, key=lambda t: t.start)
    after = bisect_right(annotation.tokens, s.trigger[0].start, key=lambda t: t.end)
    return [t.lower for t in annotation.tokens[first:after]]


def _days(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """With the day of the act that an earlier sentence names by the same word, or else of the last one of its kind,
    where "the attack" has none."""
    days = {report.span(m.start, m.end) for m in annotation.mentions if _is_day(m)}
    named: dict[str, list[Statement]] = {}
    out: list[Statement] = []
    for s in sorted(statements, key=lambda s: s.trigger[0].start):
        noun = _noun(annotation, s) if s.event.code == _VIOLENCE and s.certainty.label not in AHEAD else ""
        before = named.setdefault(noun, [])
        if noun and s.date is None and _is_definite(annotation, s):
            alike = [o for o in reversed(out[-_BACK:]) if _alike(o, s)]
            lenders = ((o, o.date) for o in [*reversed(before[-_BACK:]), *alike] if o.date and _before(o, s))
            found = next(((o, when) for o, when in lenders if days.intersection(when.spans)), None)
            s = replace(s, date=_lent(*found)) if found else s
        before.append(s)
        out.append(s)
    return out


def _alike(a: Statement, b: Statement) -> bool:
    """Whether both are violence of one stated kind; a blast is told of with and without who carried the bomb."""
    codes = {x.sub_event.code if x.sub_event else acled("general") for x in (a, b)}
    return a.event.code == b.event.code and acled("general") not in codes and may_be_one(*codes)


def _is_day(m: Mention) -> bool:
    return m.kind is MentionKind.DATE and times.is_day(times.parse(m.norm))


def _noun(annotation: Annotation, s: Statement) -> str:
    """The noun that names an act, if it is one in the singular: the last word of what the lexicon has for it."""
    head = s.trigger[0]
    sentence = annotation.sentences[bisect_right(annotation.sentences, s.sentence.start, key=lambda x: x.start) - 1]
    words = (annotation.mentions_of(sentence, kind) for kind in (MentionKind.TRIGGER, MentionKind.HINT))
    for m in chain.from_iterable(words):
        if m.start < head.end and head.start < m.end:
            lemma, _, form = m.norm.rpartition("/")
            if form == "n" and head.quote.casefold().endswith(lemma):
                return lemma.split()[-1]
    return ""


def _is_definite(annotation: Annotation, s: Statement) -> bool:
    """Whether the noun has a definite article."""
    return any(w in little("definite") for w in _words_before(annotation, s)[-_BEFORE:])


def _before(earlier: Statement, later: Statement) -> bool:
    """Whether both may be one act: told in an earlier sentence, not ahead, and not of another place."""
    places = [{p.name.casefold() for p in s.event_places if not p.implied} for s in (earlier, later)]
    here = not all(places) or bool(places[0] & places[1])
    return earlier.sentence.end <= later.sentence.start and earlier.certainty.label not in AHEAD and here


def _lent(earlier: Statement, when: When) -> When:
    why = f"“the {earlier.trigger[0].quote}” is the one named before by the same word"
    return replace(when, basis=Basis.CONTEXT, rule=AGAIN, why=(*when.why, why))


TOGETHER_RULES = (
    ReportRule(
        TOGETHER,
        "A day that opens a sentence is that of all it tells; what “and” joins to a dated act has its day.",
        "Annotation guidelines §2, date: what the text allows; a fronted adverb of time holds for the whole sentence.",
        _together,
    ),
)
AGAIN_RULES = (
    ReportRule(
        AGAIN,
        "A noun with “the” is the act that an earlier sentence names by the same word, else the last act of its kind.",
        "Annotation guidelines §2, date: an interval without an expression if the context fixes it.",
        _days,
    ),
)
