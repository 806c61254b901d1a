"""What: words that the lexicon knows better than the model, acts that somebody refuses to do, and orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.labels import AHEAD, Basis, Certainty
from dateline.language.base import Annotation, Mention, MentionKind
from dateline.ontology.tables import categories
from dateline.records import Code, Report, Span, Statement
from dateline.statements.context import context_of
from dateline.statements.doubt import plain_over
from dateline.statements.events import Happening, kind_of
from dateline.statements.rulebook.base import Line, ReportRule, SentenceRule, told
from dateline.statements.scene import little

PLAIN, REFUSED, PHONE, ORDERED, LIFTED = (
    f"categories.{x}.v1" for x in ("plain", "refused", "phone", "ordered", "lifted")
)
_YIELDING = frozenset({"CONCEDE", "RETREAT"})
"""The two halves of CAMEO's 08: what one word says of them the sentence decides."""
_AHEAD = frozenset({Certainty.PLANNED, Certainty.DENIED})
_MATERIAL_COOPERATION = 2
"""Quad of the last categories that others would like."""
_IN_FORCE = frozenset({"COERCE", "SANCTION"})
"""Categories of measures that stay in force until they are lifted."""
_LIFT = 6
"""Words between lifting and what is lifted."""
_ORDER = 12
"""Words between an order and what is ordered: "ordered all schools in the district to"."""
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


def _of_kind(s: Statement, kind: Happening, words: Span, rule: str = PLAIN) -> Statement:
    why = (*s.event.why, f"“{words.quote}” is a word for {kind.event} only. {kind.why}.")

    def code(scheme: str, value: str) -> Code:
        return Code(scheme=scheme, code=value, spans=s.trigger, rule=rule, why=why)

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


def _phone(line: Line, s: Statement) -> Statement:
    """ "Called the president": a telephone call, where the model has a request."""
    head = s.trigger[0]
    called = s.event.code == "REQUEST" and line.words(head)[-1:] and line.words(head)[-1] in little("call")
    whom = {line.first(x) for p in s.targets for x in p.spans}
    if not called or line.after(head) not in whom or line.tokens[line.after(head)].lower in little("call_for"):
        return s
    why = (*s.event.why, f"“{head.quote}” has whom it was made to right behind it")
    return replace(
        s,
        event=replace(s.event, code="CONSULT", rule=PHONE, why=why),
        sub_event=None,
        codes=(Code(scheme="plover_mode", code="phone", spans=s.trigger, rule=PHONE, why=why),),
    )


def _ordered(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """Without an order whose act is a statement of its own: that is stated, and whoever gave the order did it."""
    sentences = {s.start: s for s in annotation.sentences}
    kept: list[Statement] = []
    for s in statements:
        order = kept[-1] if kept else None
        line = Line(context_of(report, annotation, sentences[s.sentence.start]))
        if order and order.sentence == s.sentence and _orders(line, order, s):
            kept[-1] = _done(order, s)
        else:
            kept.append(s)
    return kept


def _orders(line: Line, order: Statement, act: Statement) -> bool:
    first, second = order.trigger[0], act.trigger[0]
    if (
        not set(line.words(first)) <= little("orders")
        or second.start < first.end
        or act.certainty.label is Certainty.DENIED
    ):
        return False
    between = line.gap(first, second)
    return len(between) <= _ORDER and not any(w in little("boundary") or w == "," for w in between)


def _lifted(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """With what is lifted as the lifting, where no statement tells of that."""
    sentences = {s.start: s for s in annotation.sentences}
    told_of = [(x.start, x.end) for s in statements for x in s.trigger]

    def change(s: Statement) -> Statement:
        if s.event.code not in _IN_FORCE:
            return s
        line = Line(context_of(report, annotation, sentences[s.sentence.start]))
        verb = next(_liftings(line, s), None)
        if verb is None or any(verb.start < end and start < verb.end for start, end in told_of):
            return s
        words = line.ctx.span(verb.start, verb.end)
        return _of_kind(replace(s, id="", trigger=(words,)), kind_of(verb), words, LIFTED)

    return [change(s) for s in statements]


def _liftings(line: Line, s: Statement) -> Iterator[Mention]:
    """The verbs that lift what a statement tells of: "lifted a three-year ban"."""
    head = s.trigger[0]
    for m in line.ctx.mentions(MentionKind.HINT):
        if m.norm == "plain" and m.label == "end_action" and m.end < head.start:
            between = line.gap(m, head)
            if len(between) <= _LIFT and not any(w in little("oblique") or w in little("boundary") for w in between):
                yield m


def _done(order: Statement, act: Statement) -> Statement:
    why = f"“{order.trigger[0].quote}” says that it was ordered"
    surely = act.certainty
    if surely.label in AHEAD:
        surely = replace(surely, label=Certainty.STATED, rule=ORDERED, why=(*surely.why, why))
    actors = act.actors or tuple(told(p, ORDERED, why) for p in order.actors)
    return replace(act, certainty=surely, actors=actors)


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
    SentenceRule(
        PHONE,
        "To call somebody is to telephone; to call on him or for something is to ask.",
        "PLOVER, CONSULT, mode phone; CAMEO 041, discuss by telephone.",
        _phone,
    ),
)
REPORT_RULES = (
    ReportRule(
        ORDERED,
        "An act that was ordered is that act.",
        "Annotation guidelines §5, threats: orders given to attack are the attack, stated.",
        _ordered,
    ),
    ReportRule(
        LIFTED,
        "To lift a measure is to yield, not to take it.",
        "CAMEO 081 and 085, ease restrictions, sanctions and embargoes; PLOVER, CONCEDE and RETREAT.",
        _lifted,
    ),
)
