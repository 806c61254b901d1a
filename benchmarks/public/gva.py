"""Gun Violence Archive: reports linked to incidents, and how many were killed and injured.

Every report of the development half is read and all are linked by the product's own linker. A report is put into the
incident that most of what it tells of victims belongs to. Its counts are what the ledger of that incident publishes by
the policy "foremost": what most voices tell first in a report.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from benchmarks.public._run import Options, read_reports, run_options, score, show
from dateline.config import Config
from dateline.data import load_yaml
from dateline.incidents import link
from dateline.incidents.items import Linkable, linkables
from dateline.incidents.ledger import ledger
from dateline.incidents.linking import Linking
from dateline.incidents.mains import worth
from dateline.incidents.policies import published_range
from dateline.incidents.totals import totals
from dateline.incidents.view import Ledger, LedgerEntry
from dateline.ingest.clean import compose
from dateline.labels import Certainty, Measure
from dateline.records import Report, ReportResult, Statement

AIMS = {
    "linking.pair_f1": 0.85,
    "linking.pair_p": None,
    "linking.pair_r": None,
    "linking.b3_f1": 0.94,
    "counts_4_or_more_victims.killed": 0.80,
    "counts_4_or_more_victims.injured": 0.60,
    "counts_4_or_more_victims.both": 0.50,
    "counts.killed": None,
    "counts.injured": None,
    "counts.both": None,
}
GOLD = "data/gva_incidents"
_LONG_AGO = timedelta(days=400)
"""A statement of a day so long before the report tells of something else."""
_SHARED = 5
"""How much more an incident weighs that other reports tell of, too: news is seldom told once."""
_HEAD = 2
"""Statements of an incident with which a report begins to tell of it."""
_CALLED = 5
"""Words before an event's own among which it is called deadly: "the fatal Marrin mill shooting"."""
POLICY = "foremost"
MEASURES = (Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED)
_UNSAID = frozenset({Certainty.DENIED, Certainty.PLANNED, Certainty.HYPOTHETICAL})
_WORD = re.compile(r"[^\W_]+")
_ARCHIVED = re.compile(r"/web/\d+/(.*)")


@cache
def _table(name: str) -> Any:
    held = load_yaml("benchmarks.public", "gva.yaml")[name]
    return frozenset(w for line in held for w in line.split()) if isinstance(held, list) else held


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


# the reports


def development(incident_id: str) -> bool:
    """Whether an incident is in the half that may be looked at."""
    return int(hashlib.md5(incident_id.encode()).hexdigest(), 16) % 2 == 0


def outlet(uri: str | None) -> str | None:
    """The host a page was archived from, without "www."."""
    kept = _ARCHIVED.search(uri or "")
    host = urlsplit(kept[1] if kept else uri or "").hostname
    return host.removeprefix("www.") if host else None


def as_report(row: Mapping[str, Any]) -> Report:
    """A document as the product would take it in: its title above its text."""
    return Report(
        text=compose(row["title"], row["text"].split("\n")),
        title=row["title"] or None,
        external_id=row["doc_id"],
        published=date.fromisoformat(row["dct"]) if row["dct"] else None,
        outlet=outlet(row["uri"]),
    )


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    """JSON lines, packed or not."""
    packed = file.with_name(file.name + ".gz")
    with gzip.open(packed, "rt", encoding="utf-8") if packed.exists() else file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


# the incident of a report


def tells(s: Statement, published: date | None) -> bool:
    """Whether a statement is of violence that is said to have happened not long before the report."""
    last = s.date.latest if s.date else None
    old = published and last and published - last > _LONG_AGO
    return s.event.code == "ASSAULT" and s.certainty.label not in _UNSAID and not old


def main_incident(
    report: Report, statements: Sequence[Statement], incident_of: Mapping[str, str], shared: Set[str] = frozenset()
) -> str | None:
    """The incident that most of a report's statements of violence belong to; its headline, its beginning, what counts
    victims and what is `shared` with other reports weigh more. Of equals, the one told first."""
    told = [s for s in statements if tells(s, report.published)] or list(statements)
    weight: dict[str, float] = defaultdict(float)
    for n, s in enumerate(told):
        incident = incident_of[s.id]
        weight[incident] += worth(s, n) * (_SHARED if incident in shared else 1)
    return max(weight, key=lambda i: weight[i]) if weight else None


# counting


def _told(book: Ledger, measure: Measure) -> int | None:
    """The number that a ledger publishes of everyone; the larger of two that are as common."""
    return _published([e for e in book.entries if e.measure is measure])


def _published(entries: Sequence[LedgerEntry]) -> int | None:
    said = published_range(entries, POLICY) if entries else None
    return None if said is None else said.max if said.max is not None else said.min


def _accused_of(book: Ledger) -> int | None:
    """The number of those killed that somebody is accused of, where nothing else counts them: who did it is in doubt,
    and not that they died."""
    entries = [e for e in book.entries if e.measure is Measure.KILLED and e.left_out == Certainty.ALLEGED]
    return _published([replace(e, left_out=None) for e in entries])


def _one_died(told: Sequence[Linkable], reports: Set[str]) -> bool:
    """Whether somebody is said to have died without a number: by an event's own words and who it befell, by what an
    event is called ("the fatal shooting"), or by one of the first sentences that a report has of it; only one of those
    `reports` that mainly tell it."""
    first: dict[str, list[Statement]] = defaultdict(list)
    for i in sorted((i for i in told if i.report_id in reports), key=lambda i: i.order):
        first[i.report_id].append(i.statement)
    heads = (s for held in first.values() for s in held[:_HEAD])
    return any(_dies(i.statement) for i in told if not i.statement.figures) or any(map(_says_dying, heads))


def _dies(s: Statement) -> bool:
    """Whether the event's own words say that somebody died, or what it is called."""
    befell = any(_is_person(p.name) for p in s.targets)
    if befell and not _hedged(s) and {w for t in s.trigger for w in _words(t.quote)} & _table("fatal"):
        return True
    before = s.sentence.quote[: max(0, s.trigger[0].start - s.sentence.start)]
    return not _table("deadly").isdisjoint(_words(before)[-_CALLED:]) and not _hedged(s)


def _says_dying(s: Statement) -> bool:
    """Whether the sentence says that somebody died."""
    return not _table("dying").isdisjoint(_words(s.sentence.quote)) and not _hedged(s)


def _hedged(s: Statement) -> bool:
    """Whether the sentence says that nobody died, or only might have, or that somebody tried."""
    return not _table("unhurt").isdisjoint(_words(s.sentence.quote))


def _is_person(name: str) -> bool:
    """Whether a target is one person who may have been hit."""
    words = set(_words(name))
    return bool(words) and not words & (_table("nobody") | _table("several"))


def victims(told: Sequence[Linkable], beside: Sequence[Linkable] = ()) -> tuple[int, int]:
    """Killed and injured as the ledger of an incident publishes them.

    Where nobody or but one is said to be injured, those shot who did not die were: one is often one of several. Where
    the statements count nobody, those that stand `beside` them are asked.
    """
    book = ledger(told)
    killed, injured, hit = (_told(book, m) for m in MEASURES)
    killed = _accused_of(book) if killed is None else killed
    if killed is injured is hit is None and beside:
        return victims(beside)
    mainly = {i.report_id for i in beside} or {i.report_id for i in told}
    dead = killed + _and_himself(told, book, killed) if killed else int(killed is None and _one_died(told, mainly))
    hurt = injured or 0
    return dead, hurt if hurt > 1 else max(hurt, (hit or 0) - dead)


def _and_himself(told: Sequence[Linkable], book: Ledger, killed: int) -> int:
    """1 where the registry counts somebody who killed so many, several, and died: a sentence says that he killed them
    and himself, or they are told as those whom somebody killed, and that the one who shot died is told, too."""
    if killed < 2:
        return 0
    whole = {
        e.said.statement_id
        for e in totals(e for e in book.entries if e.measure is Measure.KILLED)
        if killed in (e.min, e.max)
    }
    counting = [i.statement for i in told if i.id in whole]
    by_somebody = 2 * sum(bool(s.actors) for s in counting) >= len(counting) > 0
    too = any(map(_killed_himself_after, counting))
    return int(too or (by_somebody and any(_shooter_died(i.statement) for i in told)))


def _shooter_died(s: Statement) -> bool:
    """Whether the event's own words say that the one who shot died."""
    whom = {w for p in s.targets for w in _words(p.name)}
    deadly = {w for t in s.trigger for w in _words(t.quote)} & _table("fatal")
    return bool(deadly and whom & _table("shooter") and not whom & _table("kin"))


def _killed_himself_after(s: Statement) -> bool:
    said = _words(s.sentence.quote)
    return not _table("himself").isdisjoint(said) and _table("among").isdisjoint(said)


# command


def documents(options: Options) -> list[dict[str, Any]]:
    """The documents of the development half that have an incident, and a text or at least a title."""
    folder = options.shared(GOLD)
    known = {r["incident_id"] for r in _rows(folder / "incidents.jsonl")}
    rows = (d for d in _rows(folder / "documents.jsonl") if d["incident_id"] in known)
    return options.first(d for d in rows if development(d["incident_id"]) and (d["text"] or d["title"]))


def main_incidents(results: Sequence[ReportResult], found: Linking) -> dict[str, str | None]:
    """Report → its incident: that of what linking says it mainly tells of, if other reports tell of it, too."""
    incident_of = found.incident_of
    tellers = Counter(i for r in results for i in {incident_of[s.id] for s in r.statements})
    shared = {i for i, n in tellers.items() if n > 1}
    told = {r.report.id: incident_of.get(found.mains.get(r.report.id, "")) for r in results}
    return {
        r.report.id: i
        if (i := told[r.report.id]) in shared
        else main_incident(r.report, r.statements, incident_of, shared)
        for r in results
    }


def answers(results: Sequence[ReportResult]) -> list[dict[str, Any]]:
    """The predictions of all documents, linked together."""
    found = link(linkables(results), Config().link)
    incident_of, main = found.incident_of, main_incidents(results, found)
    within: dict[str | None, list[Linkable]] = defaultdict(list)
    beside: dict[str | None, list[Linkable]] = defaultdict(list)
    for r in results:
        for i in (i for i in linkables([r]) if tells(i.statement, i.published)):
            within[incident_of[i.id]].append(i)
            beside[main[r.report.id]].append(i)
    counted = {i: victims(within[i], beside[i]) for i in {*main.values()} if i is not None}
    return [_answer(r.report, main[r.report.id], counted) for r in results]


def _answer(report: Report, incident: str | None, counted: Mapping[str, tuple[int, int]]) -> dict[str, Any]:
    killed, injured = counted[incident] if incident else (0, 0)
    return {"doc_id": report.key, "killed": killed, "injured": injured, "incident": incident}


@click.command("gva", help=(__doc__ or "").split("\n\n")[0])
@run_options
def command(options: Options) -> None:
    """Read, link, answer, score."""
    folder = options.shared(GOLD)
    gold = {r["incident_id"]: r for r in _rows(folder / "incidents.jsonl")}
    rows = documents(options)
    results = read_reports("gva", [as_report(d) for d in rows], options)
    found = answers(results)
    wrong = [_error(d, gold[d["incident_id"]], a, r) for d, a, r in zip(rows, found, results, strict=True)]
    show(score("gva.py", folder, found, options, ("--split", "dev")), AIMS, options, [w for w in wrong if w])


def _error(row: Mapping[str, Any], gold: Mapping[str, Any], given: Mapping[str, Any], held: ReportResult) -> str | None:
    if (gold["num_killed"], gold["num_injured"]) == (given["killed"], given["injured"]):
        return None
    lines = [
        f"{row['doc_id']} killed {gold['num_killed']} not {given['killed']}, "
        f"injured {gold['num_injured']} not {given['injured']}",
        row["text"][:800],
    ]
    told = ((s, [(str(f.measure), f.spans[0].quote) for f in s.figures]) for s in held.statements)
    lines += [f"    {s.trigger[0].quote!r} {[p.name for p in s.targets]} {counted}" for s, counted in told if counted]
    return "\n".join(lines)
