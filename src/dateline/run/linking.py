"""Linking as a step of a run: all current statements in, incidents and links into the database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select, update

from dateline import __version__, codec
from dateline.config import Config
from dateline.data import package_digest
from dateline.incidents.items import Linkable, linkables
from dateline.incidents.linking import Linker, Linking
from dateline.incidents.policies import BY_GRADE
from dateline.incidents.verdicts import Verdicts
from dateline.incidents.view import IncidentView
from dateline.incidents.views import Beside, consolidate
from dateline.labels import Measure
from dateline.records import Incident, Report, digest
from dateline.store import queries
from dateline.store import tables as t
from dateline.store.filters import CURRENT
from dateline.store.load import get_meta, load_incidents, set_meta
from dateline.store.reviews import grades, verdicts


class LinkMemory:
    """What one linking of a project leaves for the next, so that what a person says costs little: the statements, what
    their linker remembers, and the rows of incidents. It is for a project that stays open, and holds all of it."""

    def __init__(self, config: Config, keep: bool = True) -> None:
        self.linker = Linker(config.link, keep=keep)
        self._keep = keep
        self._of: str | None = None
        self._items: dict[str, Linkable] = {}
        self._beside = Beside({})
        self._rows: dict[Incident, dict[str, Any]] = {}

    def read(self, c: Connection, of: str) -> None:
        """All current statements, unless what they are a hash `of` is what it was."""
        if of == self._of:
            return
        reports: dict[str, Report] = {}
        self._items = {}
        for r in queries.results(c):
            self._items |= {i.id: i for i in linkables([r])}
            reports[r.report.key] = r.report
        self._of, self._beside, self._rows = of, Beside(reports, grades(c)), {}

    def link(self, said: Verdicts, policy: str) -> tuple[Linking, list[dict[str, Any]]]:
        """The incidents, and their rows."""
        linking = self.linker.link(self._items.values(), said)
        rows = {i: self._rows.get(i) or self._row(i, policy) for i in linking.incidents}
        self._rows = rows if self._keep else {}
        return linking, list(rows.values())

    def _row(self, incident: Incident, policy: str) -> dict[str, Any]:
        items = [self._items[s] for s in incident.statements]
        return _row(consolidate(incident, items, policy, self._beside))


def link_project(c: Connection, config: Config, memory: LinkMemory | None = None) -> bool:
    """Link anew if statements, settings or what people said of links changed; whether that was so."""
    said, read = verdicts(c), _state(c, config)
    state = digest(read, [codec.plain(v) for v in said.given])
    if get_meta(c, "linked") == state:
        return False
    memory = memory or LinkMemory(config, keep=False)
    memory.read(c, read)
    linking, rows = memory.link(said, config.ledger.policy)
    of = {s: i.id for i in linking.incidents for s in i.statements}
    load_incidents(c, rows, of, (*linking.links, *linking.near_misses))
    set_meta(c, "linked", state)
    return True


def _state(c: Connection, config: Config) -> str:
    """Hash of all that linking depends on but what people said of links."""
    s = t.statements.c
    joined = t.statements.join(t.reports, t.reports.c.id == s.report_id)
    versions = c.execute(select(s.id, s.version).select_from(joined).where(CURRENT).order_by(s.id)).all()
    packages = ("dateline.incidents", "dateline.language.en.data", "dateline.language.en.linking")
    words = tuple(package_digest(p) for p in packages)
    graded = [codec.plain(j) for j in grades(c).judgements] if config.ledger.policy == BY_GRADE else []
    return digest(__version__, words, config.fingerprint("link", "ledger"), [tuple(v) for v in versions], graded)


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
