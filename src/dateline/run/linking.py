"""Linking as a step of a run: all current statements in, incidents and links into the database.

New reports join what is known: what linking remembers of a report whose statements have not changed is read, the pairs
of the others are scored, and only rows that are new or changed are written. The result is that of linking everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from dateline import __version__, codec
from dateline.config import Config
from dateline.data import package_digest
from dateline.errors import EvidenceError
from dateline.incidents.groups import Group, Told
from dateline.incidents.items import Linkable, linkables
from dateline.incidents.linking import Linker, Linking
from dateline.incidents.memory import Name, dump, dump_scores, in_order, load, load_scores
from dateline.incidents.policies import BY_GRADE
from dateline.incidents.verdicts import NO_VERDICTS, Verdicts
from dateline.incidents.view import IncidentView
from dateline.incidents.views import Beside, consolidate
from dateline.labels import Measure
from dateline.records import Incident, Link, Report, digest
from dateline.store import linked, queries
from dateline.store import tables as t
from dateline.store.filters import CURRENT
from dateline.store.load import get_meta, set_meta
from dateline.store.reviews import grades, verdicts


def link_project(c: Connection, config: Config, memory: LinkMemory | None = None) -> bool:
    """Link anew if statements, settings or what people said of links changed; whether that was so. `memory` is for a
    project that stays open."""
    said, settings = verdicts(c), _settings(c, config)
    of = digest(settings, _statements(c))
    state, before = digest(of, [codec.plain(v) for v in said.given]), get_meta(c, "linked")
    if before == state:
        return False
    if get_meta(c, "linked with") != settings:
        linked.forget(c)  # incidents stay as they are only where what linking remembers of their reports does
    memory = memory or LinkMemory(config)
    if (memory.of, memory.state) != (of, before):
        memory.read(c)
    memory.link(c, said)
    memory.of, memory.state = of, state
    set_meta(c, "linked", state)
    set_meta(c, "linked with", settings)
    return True


def _settings(c: Connection, config: Config) -> str:
    """Hash of all that linking depends on beside statements and verdicts."""
    packages = ("dateline.incidents", "dateline.language.en.data", "dateline.language.en.linking")
    words = tuple(package_digest(p) for p in packages)
    graded = [codec.plain(j) for j in grades(c).judgements] if config.ledger.policy == BY_GRADE else []
    return digest(__version__, words, config.fingerprint("link", "ledger"), graded)


def _statements(c: Connection) -> list[tuple[Any, ...]]:
    s = t.statements.c
    joined = t.statements.join(t.reports, t.reports.c.id == s.report_id)
    found = c.execute(select(s.id, s.version).select_from(joined).where(CURRENT).order_by(s.id))
    return [tuple(row) for row in found]


class LinkMemory:
    """What one linking of a project leaves for the next: it is read from the database, or held by a project that stays
    open, so that what a person says costs little. `of`: the statements it is of; `state`: the linking that left it."""

    def __init__(self, config: Config) -> None:
        self.of: str | None = None
        self.state: str | None = None
        self._config = config
        self._linker = Linker(config.link)
        self._said = NO_VERDICTS
        self._versions: dict[str, str] = {}
        self._told: dict[str, Told] = {}
        self._stored: dict[str, linked.Memory] = {}
        self._links: dict[linked.Ends, Link] = {}

    def read(self, c: Connection) -> None:
        """Take what the database remembers in place of all that is held."""
        self._linker, self._said = Linker(self._config.link), NO_VERDICTS
        self._versions, self._stored = linked.versions(c), linked.read_memory(c)
        self._links = linked.read_links(c)
        same = {r: m for r, m in self._stored.items() if m.version == self._versions.get(r)}
        self._told = {r: told for r, m in same.items() if (told := _remembered(m))}
        self._linker.know(self._scores(), self._links_of_two())

    def link(self, c: Connection, said: Verdicts) -> None:
        """Go through reports that are new, and those that people speak of or spoke of; link; write what is new."""
        held = _Read(c)
        spoken, self._said = said.spoken | self._said.spoken, said
        self._linker.heed(said)
        known = {r for r, told in self._told.items() if spoken.isdisjoint(_statements_of(told))}
        fresh = [r for r in self._versions if r not in known]
        self._told |= {r: self._linker.tell(held[r].items.values()) for r in fresh}
        found = self._linker.link_told(self._told[r] for r in self._versions)
        links = {(x.left, x.right): x for x in (*found.links, *found.near_misses)}
        rows = self._rows(c, found, known, held)
        linked.write_incidents(c, rows, {s: i.id for i in found.incidents for s in i.statements})
        linked.write_links(c, links, self._links)
        memory = self._memory(known, spoken)
        linked.write_memory(c, memory, self._stored)
        self._links, self._stored = links, memory

    def _named(self) -> dict[Name, Group]:
        """What is told, by report and place."""
        return {(r, n): g for r, told in self._told.items() for n, g in enumerate(told.groups)}

    def _scores(self) -> dict[tuple[Group, Group], float]:
        out: dict[tuple[Group, Group], float] = {}
        names = self._named()
        for report in list(self._told):
            try:
                out |= load_scores(report, self._stored[report].scores, names)
            except EvidenceError:
                del self._told[report]  # it is gone through again
        return out

    def _links_of_two(self) -> dict[tuple[Group, Group, bool], Link]:
        """The links of two happenings of different reports."""
        by_id = {g.whole.id: (r, g) for (r, _), g in self._named().items()}
        out = {}
        for link in self._links.values():
            (one, x), (other, y) = by_id.get(link.left, ("", None)), by_id.get(link.right, ("", None))
            if x and y and one != other:
                out[(*in_order(x, y), link.same)] = link
        return out

    def _rows(self, c: Connection, found: Linking, known: Set[str], held: _Read) -> list[dict[str, Any]]:
        """The rows of incidents that are new or changed, or that hold a report that was gone through."""
        before, graded = linked.read_members(c), grades(c)
        of = {s: r for r, told in self._told.items() for s in _statements_of(told)}

        def stays(i: Incident) -> bool:
            same = before.get((i.id, i.code)) == frozenset(i.statements)
            return same and all(of[s] in known for s in i.statements)

        def row(i: Incident) -> dict[str, Any]:
            reports = [held[r].report for r in sorted({of[s] for s in i.statements})]
            items = [held[of[s]].items[s] for s in i.statements]
            beside = Beside({r.key: r for r in reports}, graded)
            return _row(consolidate(i, items, self._config.ledger.policy, beside))

        return [row(i) for i in found.incidents if not stays(i)]

    def _memory(self, known: Set[str], spoken: Set[str]) -> dict[str, linked.Memory]:
        """What there is to remember: all reports but those that people spoke of. Scores are kept with the later one."""
        kept = {r: t for r in self._versions if spoken.isdisjoint(_statements_of(t := self._told[r]))}
        if kept.keys() <= known & self._stored.keys():  # only people spoke
            return {r: self._stored[r] for r in kept}
        name_of = {g: (r, n) for r, told in kept.items() for n, g in enumerate(told.groups)}
        scores: dict[str, list[tuple[int, Name, float]]] = {r: [] for r in kept}
        for (x, y), score in self._linker.known_scores.items():
            if x in name_of and y in name_of:
                report, place = name_of[y]
                scores[report].append((place, name_of[x], score))
        return {
            r: linked.Memory(
                version=self._versions[r],
                told=self._stored[r].told if r in known and r in self._stored else dump(told),
                scores=dump_scores(scores[r]),
            )
            for r, told in kept.items()
        }


@dataclass(frozen=True, slots=True)
class _Held:
    """A report and its statements by id."""

    report: Report
    items: dict[str, Linkable]


class _Read(dict[str, _Held]):
    """Reports by id, each read once."""

    def __init__(self, c: Connection) -> None:
        super().__init__()
        self._c = c

    def __missing__(self, report_id: str) -> _Held:
        found = queries.result(self._c, report_id)
        self[report_id] = held = _Held(found.report, {i.id: i for i in linkables((found,))})
        return held


def _statements_of(told: Told) -> Iterator[str]:
    return (f.id for g in told.groups for f in g.parts)


def _remembered(memory: linked.Memory) -> Told | None:
    """What a report says, None if it cannot be read: another Dateline may have written it."""
    try:
        return load(memory.told)
    except EvidenceError:
        return None


def _row(v: IncidentView) -> dict[str, Any]:
    """The flat row of an incident, for lists; everything in it is computed from its statements."""
    row: dict[str, Any] = {
        "id": v.incident.id,
        "code": v.incident.code,
        "event": v.event,
        "sub_event": v.sub_event,
        "earliest": v.earliest,
        "latest": v.latest,
        "place": v.place.name if v.place else None,
        "country": v.place.country if v.place else None,
        "lat": v.place.lat if v.place else None,
        "lon": v.place.lon if v.place else None,
        "geo_precision": v.place.geo_precision if v.place else None,
        "where_prec": v.place.where_prec if v.place else None,
        "occurred": v.occurred,
        "certainties": {c.value: n for c, n in v.certainties},
        "statements": len(v.items),
        "reports": len(v.reports),
        "outlets": len(v.outlets),
        "voices": len(v.voices),
        "disputed": any(f.disagree for f in v.fields),
        "summary": _summary(v),
    }
    return row | _ranges(v)


def _ranges(v: IncidentView) -> dict[str, int | None]:
    """The columns of published ranges."""
    row: dict[str, int | None] = {}
    for measure in (Measure.KILLED, Measure.INJURED):
        published = v.range_of(measure)
        row[f"{measure.value}_min"] = published.min if published else None
        row[f"{measure.value}_max"] = published.max if published else None
        row[f"{measure.value}_highest"] = published.highest if published else None
    return row


def publish_anew(c: Connection, config: Config, seen: Iterable[IncidentView]) -> None:
    """Write the published ranges of incidents anew, where the policy follows grades and one was given."""
    if config.ledger.policy == BY_GRADE:
        for v in seen:
            c.execute(update(t.incidents).where(t.incidents.c.id == v.incident.id).values(_ranges(v)))


def _summary(v: IncidentView) -> str:
    """One line for people: what, where, when; unknown parts are left out."""
    when = None
    if v.earliest or v.latest:
        when = str(v.earliest) if v.earliest == v.latest else f"{v.earliest or '…'} to {v.latest or '…'}"
    where = None
    if v.place:
        where = f"{v.place.name}, {v.place.country}" if v.place.country else v.place.name
    return " · ".join(x for x in (v.sub_event or v.event.capitalize(), where, when) if x)
