"""What: words that the lexicon knows better than the model, and acts that somebody refuses to do."""

from __future__ import annotations

from dataclasses import replace

from dateline.ontology.tables import categories
from dateline.records import Basis, Certainty, Code, Span, Statement
from dateline.statements.doubt import plain_over
from dateline.statements.events import Happening, kind_of
from dateline.statements.rulebook.base import Line, SentenceRule
from dateline.statements.scene import little

PLAIN, REFUSED = "categories.plain.v1", "categories.refused.v1"
_YIELDING = frozenset({"CONCEDE", "RETREAT"})
"""The two halves of CAMEO's 08: what one word says of them the sentence decides."""
_AHEAD = frozenset({Certainty.PLANNED, Certainty.DENIED})
_MATERIAL_COOPERATION = 2
"""Quad of the last categories that others would like."""
_NEAR = 3
"""Words before a verb among which "will" stands: "will still not"."""


def _plain(line: Line, s: Statement) -> Statement:
    """With the category of a word that has no other."""
    head = s.trigger[0]
    m = next(plain_over(line.ctx, head), None)
    if m is None:
        return s
    kind = kind_of(m)
    if kind.event == s.event.code or {kind.event, s.event.code} <= _YIELDING:
        return s
    return _of_kind(s, kind, line.ctx.span(m.start, m.end))


def _of_kind(s: Statement, kind: Happening, words: Span) -> Statement:
    why = (*s.event.why, f"“{words.quote}” is a word for {kind.event} only. {kind.why}.")

    def code(scheme: str, value: str) -> Code:
        return Code(scheme=scheme, code=value, spans=s.trigger, rule=PLAIN, why=why)

    mode = kind.mode if kind.mode in categories()[kind.event].modes else None
    return replace(
        s,
        event=code("plover", kind.event),
        sub_event=code("acled", kind.sub) if kind.sub else None,
        codes=(code("plover_mode", mode),) if mode else (),
    )


def _refused(line: Line, s: Statement) -> Statement:
    """An act of cooperation that somebody "will not" do as a refusal, which is stated."""
    head = s.trigger[0]
    if categories()[s.event.code].quad > _MATERIAL_COOPERATION or s.certainty.label not in _AHEAD:
        return s
    at = line.first(head)
    n = _words_of_refusal(line.cut(at - _NEAR, at))
    if not n:
        return s
    spans = (line.span(at - n, at),)
    why = f"“{spans[0].quote} {head.quote}” refuses it"
    event = replace(s.event, code="REJECT", rule=REFUSED, why=(*s.event.why, why))
    surely = replace(s.certainty, label=Certainty.STATED, basis=Basis.TEXT, spans=spans, rule=REFUSED, why=(why,))
    return replace(s, event=event, sub_event=None, codes=(), certainty=surely)


def _words_of_refusal(before: tuple[str, ...]) -> int:
    """How many words right before a verb refuse it: "will not", "would never", "won't"; 0 if none do."""
    if before and before[-1] in little("will_not"):
        return 1
    refused = before[-1:] and before[-1] in little("negation")
    future = next((n for n, w in enumerate(reversed(before), 1) if w in little("future")), 0)
    return future if refused else 0


RULES = (
    SentenceRule(
        PLAIN,
        "A word that names one category only is of that category.",
        "CAMEO codebook: the verbs of each category; PLOVER, event categories.",
        _plain,
    ),
    SentenceRule(
        REFUSED,
        "What somebody says he will not do, and others would like, is refused.",
        "PLOVER, REJECT: refuse to cooperate; annotation guidelines §3, REJECT (refuse).",
        _refused,
    ),
)
