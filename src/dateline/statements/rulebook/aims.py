"""What an act is for, and what should have been, has not happened."""

from __future__ import annotations

from dataclasses import replace

from dateline.labels import Basis, Certainty
from dateline.language.base import MentionKind
from dateline.records import Statement, Surety
from dateline.statements.rulebook.base import Line, SentenceRule
from dateline.statements.scene import little

AIM, UNMET = "certainty.aim.v1", "certainty.unmet.v1"
_REACH = 12
"""Most words between an act and what it is for: "an operation in the north of the province to detain"."""
_SHORT = 8
"""Most words between "should have" and what should have been."""


def _aim(line: Line, s: Statement) -> Statement:
    """Hypothetical, where it is only what an operation is for."""
    if s.certainty.label is not Certainty.STATED or s.certainty.basis is not Basis.DEFAULT:
        return s
    at = line.first(s.trigger[0])
    to = next((i for i in (at - 1, at - 2) if i > 0 and line.tokens[i].lower in little("to")), None)
    act = _act(line, to) if to is not None else None
    if to is None or act is None:
        return s
    span = line.span(act, to + 1)
    why = f"“{line.span(act, act + 1).quote} … to” says what it is for, not that it came about"
    surety = Surety(label=Certainty.HYPOTHETICAL, spans=(span,), rule=AIM, why=(*s.certainty.why, why))
    return replace(s, certainty=surety)


def _unmet(line: Line, s: Statement) -> Statement:
    """Hypothetical, where it should have been, and was not."""
    if s.certainty.label is not Certainty.STATED or s.certainty.basis is not Basis.DEFAULT:
        return s
    at = line.first(s.trigger[0])
    for i in range(at - 1, max(-1, at - 1 - _SHORT), -1):
        word = line.tokens[i].lower
        if not word[0].isalnum() and word not in little("perfect"):
            return s
        whole = word in little("unmet_short")
        if whole or (word in little("unmet") and line.tokens[i + 1].lower in little("perfect")):
            span = line.span(i, i + 1 if whole else i + 2)
            why = f"“{span.quote}” says that it did not come about"
            surety = Surety(label=Certainty.HYPOTHETICAL, spans=(span,), rule=UNMET, why=(*s.certainty.why, why))
            return replace(s, certainty=surety)
    return s


def _act(line: Line, to: int) -> int | None:
    """The position of the act that "to" tells the aim of; None if none does, or if another act stands between."""
    for i in range(to - 1, max(-1, to - 1 - _REACH), -1):
        token = line.tokens[i]
        if token.lower in little("acts_with_aims"):
            return i
        if not token.text[0].isalnum() or token.lower in little("boundary"):
            return None
        if any(m.start <= token.start < m.end for m in line.ctx.mentions(MentionKind.TRIGGER)):
            return None
    return None


RULES = (
    SentenceRule(
        AIM,
        "What an operation is for (“an operation to detain …”) has not come about by being its aim.",
        "Annotation guidelines §2, certainty: “in order to” is hypothetical.",
        _aim,
    ),
    SentenceRule(
        UNMET,
        "What should have happened (“there should have been …”) did not.",
        "Annotation guidelines §2, certainty: “would”, “in order to” are hypothetical.",
        _unmet,
    ),
)
