"""What is named again: "the attack" is the one that an earlier sentence names by the same word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.language import times
from dateline.language.base import Annotation, Mention, MentionKind
from dateline.records import Basis, Certainty, Report, Statement, When
from dateline.statements.rulebook.base import ReportRule
from dateline.statements.scene import little

AGAIN = "dates.again.v1"
_VIOLENCE = "ASSAULT"
_AHEAD = frozenset({Certainty.PLANNED, Certainty.HYPOTHETICAL})
_BEFORE = 2
"""Words before a noun among which its article stands: "the suicide attack"."""


def _days(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """With the day of the act that an earlier sentence names by the same word, where "the attack" has none."""
    days = {report.span(m.start, m.end) for m in annotation.mentions if _is_day(m)}
    nouns: dict[str, str] = {}
    out: list[Statement] = []
    for s in sorted(statements, key=lambda s: s.trigger[0].start):
        noun = _noun(annotation, s) if s.event.code == _VIOLENCE and s.certainty.label not in _AHEAD else ""
        if noun and s.date is None and _is_definite(annotation, s):
            named = (o for o in reversed(out) if nouns.get(o.id) == noun and _before(o, s))
            found = next(((o, o.date) for o in named if o.date and days.intersection(o.date.spans)), None)
            s = replace(s, date=_lent(*found)) if found else s
        if noun:
            nouns[s.id] = noun
        out.append(s)
    return out


def _is_day(m: Mention) -> bool:
    return m.kind is MentionKind.DATE and times.is_day(times.parse(m.norm))


def _noun(annotation: Annotation, s: Statement) -> str:
    """The noun that names an act, if it is one in the singular: the last word of what the lexicon has for it."""
    head = s.trigger[0]
    for m in annotation.mentions:
        if m.kind in (MentionKind.TRIGGER, MentionKind.HINT) and m.start < head.end and head.start < m.end:
            lemma, _, form = m.norm.rpartition("/")
            if form == "n" and head.quote.casefold().endswith(lemma):
                return lemma.split()[-1]
    return ""


def _is_definite(annotation: Annotation, s: Statement) -> bool:
    """Whether the noun has a definite article."""
    words = [t.lower for t in annotation.tokens if s.sentence.start <= t.start and t.end <= s.trigger[0].start]
    return any(w in little("definite") for w in words[-_BEFORE:])


def _before(earlier: Statement, later: Statement) -> bool:
    """Whether both may be one act: told in an earlier sentence, not ahead, and not of another place."""
    places = [{p.name.casefold() for p in s.event_places if not p.implied} for s in (earlier, later)]
    here = not all(places) or bool(places[0] & places[1])
    return earlier.sentence.end <= later.sentence.start and earlier.certainty.label not in _AHEAD and here


def _lent(earlier: Statement, when: When) -> When:
    why = f"“the {earlier.trigger[0].quote}” is the one named before by the same word"
    return replace(when, basis=Basis.CONTEXT, rule=AGAIN, why=(*when.why, why))


REPORT_RULES = (
    ReportRule(
        AGAIN,
        "A noun with “the” is the act that an earlier sentence names by the same word.",
        "Annotation guidelines §2, date: an interval without an expression if the context fixes it.",
        _days,
    ),
)
