"""The ledger: every figure said of an incident, with who says it, what became of it, and what it counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date

from dateline.incidents.grades import NO_GRADES, Grades
from dateline.incidents.items import Linkable
from dateline.incidents.scope import wider
from dateline.incidents.sides import by_actor
from dateline.incidents.totals import checks
from dateline.incidents.view import Hearing, Ledger, LedgerEntry, Voice, VoiceKind
from dateline.incidents.voices import NO_REPORTS, hear, voiced
from dateline.labels import OCCURRED, Certainty, Measure
from dateline.language.en.voicewords import victim_class, whole_war
from dateline.records import Figure, Report
from dateline.statements.figures import EARLIER

NOT_COUNTED = frozenset({Certainty.PLANNED, Certainty.HYPOTHETICAL, Certainty.ALLEGED, Certainty.DENIED})
"""Figures of such statements stand in the ledger, marked, and never enter a published range (law 5)."""
WHOLE_WAR = "counts all of a war or period"
_MEASURES = {m: i for i, m in enumerate(Measure)}


def ledger(
    items: Iterable[Linkable],
    *,
    hearing: Hearing | None = None,
    reports: Mapping[str, Report] = NO_REPORTS,
    grades: Grades = NO_GRADES,
) -> Ledger:
    """Every figure of the statements, by measure, then publication, report and place in the text.

    `hearing` is who speaks in them; if it is not given, it is found with the `reports` (see `voices.hear`).
    """
    items = sorted(items, key=lambda i: i.order)
    heard = hearing or hear(items, reports)
    made = [
        _entry(item, n, figure, scope, (heard.voice_of(item.id), grades))
        for item in items
        if item.statement.figures
        for scope in [wider(item, [i for i in items if i is not item])]
        for n, figure in enumerate(item.statement.figures, 1)
    ]
    counted = _of_the_incident(made, {e for item in items for e in _of_wars(item)})
    entries = tuple(sorted(_revised(counted, heard), key=lambda e: _MEASURES[e.measure]))
    return Ledger(entries=entries, checks=checks(entries))


def _entry(item: Linkable, n: int, f: Figure, scope: str | None, known: tuple[Voice, Grades]) -> LedgerEntry:
    voice, grades = known
    label = item.statement.certainty.label
    left_out = str(label) if label in NOT_COUNTED else EARLIER if f.of == EARLIER else scope
    return LedgerEntry(
        id=f"{item.id}.{n}",
        measure=f.measure,
        min=f.min,
        max=f.max,
        qualifier=f.qualifier,
        whom=f.whom,
        of=f.of,
        quote=f.spans[0].quote if f.spans else "",
        said=voiced(item, voice.id),
        victims=victim_class(f.of or f.whom),
        left_out=left_out,
        grade=grades.grade(voice.ids, item.id),
        by_actor=label in OCCURRED and by_actor(item),
    )


def _of_wars(item: Linkable) -> Iterator[str]:
    """Ids of a statement's figures that count all a war or period cost."""
    sentence = item.statement.sentence
    for n, f in enumerate(item.statement.figures, 1):
        start, end = (f.spans[0].start - sentence.start, f.spans[0].end - sentence.start) if f.spans else (-1, -1)
        if 0 <= start < end <= len(sentence.quote) and whole_war(sentence.quote, start, end):
            yield f"{item.id}.{n}"


def _of_the_incident(entries: Sequence[LedgerEntry], of_wars: Set[str]) -> list[LedgerEntry]:
    """The entries; those of a whole war are left out where another counts less than that."""
    less = {e.measure for e in entries if e.id not in of_wars and e.left_out is None and e.of is None}
    wide = {e.id for e in entries if e.id in of_wars and e.measure in less and e.left_out is None}
    return [replace(e, left_out=WHOLE_WAR) if e.id in wide else e for e in entries]


def _series(e: LedgerEntry, kinds: Mapping[str, VoiceKind]) -> tuple[object, ...] | None:
    """What makes a later figure the same source's word on the same thing: voice, measure and class of people. Of a
    voice without a name it is not known that it is the same, unless the same outlet cites it."""
    kind = kinds[e.said.voice]
    if kind is VoiceKind.UNKNOWN or (kind is VoiceKind.ANONYMOUS and e.said.outlet is None):
        return None
    within = e.said.outlet if kind is VoiceKind.ANONYMOUS else None
    return e.measure, e.said.voice, within, e.victims, (e.of or "").casefold()


def _revised(entries: Sequence[LedgerEntry], heard: Hearing) -> list[LedgerEntry]:
    """The entries, each with the later figure of the same voice that replaced it, if another number did.

    Figures published on one day, or on unknown days, revise nothing: which was later is not known. So does a figure
    that is not counted itself.
    """
    kinds = {v.id: v.kind for v in heard.voices}
    days: dict[tuple[object, ...], dict[date, list[LedgerEntry]]] = defaultdict(lambda: defaultdict(list))
    for e in entries:
        if e.left_out is None and e.said.published and (series := _series(e, kinds)):
            days[series][e.said.published].append(e)
    out = {e.id: e for e in entries}
    for of_day in days.values():
        standing = of_day[max(of_day)]
        numbers = {(e.min, e.max) for e in standing}
        before: LedgerEntry | None = None
        for day in sorted(of_day)[:-1]:
            for e in of_day[day]:
                if (e.min, e.max) not in numbers:
                    why = f"revised by the same voice on {max(of_day)}"
                    out[e.id] = replace(out[e.id], revised_by=standing[0].id, left_out=why)
                    before = e
        if before:
            out[standing[0].id] = replace(out[standing[0].id], revises=before.id)
    return [out[e.id] for e in entries]
