"""Voices, figures, grades and the worksheet of an incident as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.cli.list import figure_range
from dateline.incidents.grades import IncidentGrade, Judgement
from dateline.incidents.view import IncidentView, LedgerEntry, Voice
from dateline.incidents.worksheet import Worksheet
from dateline.ontology.grades import Scheme, steps

_ANSWERS = {True: "yes", False: "no", None: "not said"}


def grade_lines(v: IncidentView) -> Iterator[str]:
    """The grade people gave the incident, if they gave one."""
    if v.grade is None:
        yield "grade: none given (`dateline grade sheet` shows what to grade by)"
        return
    because = f": {v.grade.reason}" if v.grade.reason else ""
    yield f"grade: {v.grade.value}, {steps(Scheme.HARM)[v.grade.value]} ({v.grade.person}, {v.grade.at[:10]}){because}"
    if changed := since(v.grade):
        yield f"       {changed}"


def credibility_lines(judged: Judgement | None) -> Iterator[str]:
    """The grade people gave a statement, if they gave one."""
    if judged:
        because = f": {judged.reason}" if judged.reason else ""
        means = steps(Scheme.CREDIBILITY)[judged.value]
        yield f"  {'grade':<10} {judged.value}, {means} ({judged.person}, {judged.at[:10]}){because}"


def since(grade: IncidentGrade) -> str | None:
    """What changed since an incident was graded, None if nothing did."""
    told = [f"{n} {what}" for n, what in ((grade.joined, "joined"), (grade.left, "left")) if n]
    return f"given before statements {' and '.join(told)}" if told else None


def voice_lines(v: IncidentView) -> Iterator[str]:
    """How many speak, who they are, and what is known of their independence."""
    heard = v.hearing
    yield from heard.notes()
    for x in heard.voices:
        yield f"  {_voice(v, x)}"


def _voice(v: IncidentView, x: Voice) -> str:
    grade = next((e.grade.reliability for e in v.ledger.entries if e.said.voice == x.id), None)
    graded = f", reliability {grade}" if grade and grade != "F" else ""
    name = f"{x.name} " if x.name.casefold() not in x.id.casefold() else ""
    return f"{x.id} {name}({x.kind}{graded}): {', '.join(x.outlets) or 'outlet unknown'}; {'; '.join(x.why)}"


def ledger_lines(v: IncidentView) -> Iterator[str]:
    """Each measure's published ranges, then every figure with what became of it, then parts beside their totals."""
    for measure in v.ledger.measures:
        for r in v.ranges:
            if r.measure is measure:
                whom = f", {r.victims}" if r.victims else ""
                yield f"{measure}{whom}: {figure_range(r.min, r.max, r.highest) or 'unknown'}  ({r.note})"
        for e in v.ledger.totals(measure) + v.ledger.breakdowns(measure):
            yield f"  {_entry(e)}"
        yield from (f"  {c.note}" for c in v.ledger.checks if c.measure is measure)


def _entry(e: LedgerEntry) -> str:
    said = e.said
    who = " → ".join((said.outlet or "outlet unknown", *said.sources))
    out = f"   not counted: {e.left_out}" if e.left_out else ""
    part = f" ({e.of})" if e.of else f" ({e.victims})" if e.victims else ""
    side = ", a side that acted" if e.by_actor else ""
    number = figure_range(e.min, e.max) or "unknown"
    return f"{number}{part} “{e.quote}” {who}{side}, {said.published or 'undated'}, graded {e.grade}{out}"


def worksheet_lines(made: Worksheet) -> Iterator[str]:
    """The worksheet: each question with the count, and what is left to a person."""
    yield f"{made.incident}: what was counted, and what is for you to judge"
    for c in made.criteria:
        yield ""
        yield c.asks + (f"  [{c.grade}]" if c.grade else "")
        yield f"  counted: {_ANSWERS[c.holds]}. {c.counted}"
        yield f"  judge:   {c.judge}"
        if c.statements:
            yield f"  see:     {' '.join(c.statements[:8])}{' …' if len(c.statements) > 8 else ''}"
    yield ""
    yield f"Proposed for every voice and statement: {made.proposed} (nothing is judged). Only a person says more:"
    yield f"  dateline grade give {made.incident} {'|'.join(steps(Scheme.HARM))} --by YOU --because WHY"
