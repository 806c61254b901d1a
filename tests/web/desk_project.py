"""A small project written by hand: three outlets on one strike, a plan, a hostile report, one without statements."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import anyio
import httpx

from dateline.errors import IssueCode
from dateline.labels import Basis, Certainty, Measure, PlaceRole, Qualifier, SourceType
from dateline.project import Project
from dateline.records import (
    Code,
    Figure,
    Issue,
    Link,
    Party,
    Place,
    Reason,
    Report,
    ReportResult,
    Source,
    Span,
    Statement,
    Surety,
    Weapon,
    When,
    digest,
)
from dateline.store import tables as t
from dateline.store.database import open_database, writing
from dateline.store.linked import write_incidents, write_links
from dateline.store.load import Loadable, load_issues, load_results
from dateline.web.app import create_app

WIRE = """OSTRAVINE, 4 May 2016 (Harbour Wire) - Warplanes struck the central market of Ostravine on Tuesday, killing \
at least 12 people, three of them children, the provincial health office said.

A spokesman for the Northern Front, quoted by the Delta agency, said the jets had taken off from the Karsen air base. \
The claim could not be checked.

The army plans to open a corridor for civilians on Friday, a general told reporters."""

POST = """At least 17 people died when aircraft bombed a crowded market in Ostravine on 3 May, \
according to Harbour Wire.

"They came twice within a minute," a trader said."""

MONITOR = """The Lakes Observatory counted 15 dead after Tuesday's air raid in the Ostravine district."""

HOSTILE = """<script>alert("text")</script> & <b>bold</b> 💥👩‍👩‍👧 قصفت الطائرات السوق يوم الثلاثاء، \
e\u0301galement <img src=x onerror=alert(2)>

Shells hit <i>Qarya</i> 🚑 killing 4."""

QUIET = "The council met on Monday and adjourned."


def span(report: Report, words: str, after: str = "") -> Span:
    """The first place of the words in the text, after other words."""
    start = report.text.index(words, report.text.index(after) if after else 0)
    return report.span(start, start + len(words))


def code(s: Span, scheme: str, name: str) -> Code:
    return Code(scheme=scheme, code=name, rule=f"{scheme}.lexicon.v1", spans=(s,), why=(f"“{s.quote}” names it",))


def surety(label: Certainty, *cues: Span) -> Surety:
    return Surety(label=label, spans=cues, basis=Basis.TEXT if cues else Basis.DEFAULT, rule="certainty.cues.v1")


OSTRAVINE: dict[str, Any] = {
    "country": "SYR",
    "place_id": "geonames:1",
    "lat": 35.95,
    "lon": 39.0,
    "feature": "P.PPLA",
    "admin": ("Syria", "North Province"),
    "geo_precision": 1,
    "where_prec": 1,
}


def wire() -> ReportResult:
    r = Report(
        text=WIRE,
        title="Warplanes hit market in Ostravine",
        outlet="Harbour Wire",
        author="A. Reporter",
        published=date(2016, 5, 4),
        url="https://harbour.example/2016/05/04/market",
        external_id="wire-1",
        found=(("published", "dateline of the text"), ("outlet", "credit line")),
    )
    head, strike = span(r, WIRE.split("\n")[0]), span(r, "struck")
    tuesday = span(r, "on Tuesday")
    first = Statement(
        report_id=r.id,
        sentence=head,
        trigger=(strike,),
        event=code(strike, "plover", "ASSAULT"),
        sub_event=code(span(r, "Warplanes struck"), "acled", "Air/drone strike"),
        certainty=surety(Certainty.CLAIMED, span(r, "said")),
        targets=(Party(name="people", kind="civilians", spans=(span(r, "people"),), rule="target.object.v1"),),
        weapons=(Weapon(name="warplane", kind="aircraft", spans=(span(r, "Warplanes"),), rule="weapons.v1"),),
        places=(Place(name="Ostravine", spans=(span(r, "Ostravine"),), rule="place.gazetteer.v1", **OSTRAVINE),),
        date=When(
            earliest=date(2016, 5, 3),
            latest=date(2016, 5, 3),
            anchor="published 2016-05-04",
            spans=(tuesday,),
            rule="date.weekday.v1",
            why=("the last Tuesday before 2016-05-04",),
        ),
        figures=(
            Figure(
                measure=Measure.KILLED,
                min=12,
                qualifier=Qualifier.AT_LEAST,
                whom="people",
                spans=(span(r, "at least 12 people"),),
                rule="figures.killed.v1",
            ),
            Figure(
                measure=Measure.KILLED,
                min=3,
                max=3,
                of="children",
                spans=(span(r, "three of them children"),),
                rule="figures.part.v1",
            ),
        ),
        sources=(
            Source(
                name="provincial health office",
                type=SourceType.MEDIC,
                spans=(span(r, "the provincial health office"),),
                rule="sources.said.v1",
            ),
        ),
    )
    second_sentence = span(r, WIRE.split("\n\n")[1].split(" The claim")[0])
    off = span(r, "taken off")
    second = Statement(
        report_id=r.id,
        sentence=second_sentence,
        trigger=(off,),
        event=code(off, "plover", "MOBILIZE"),
        sub_event=None,
        certainty=surety(Certainty.UNVERIFIED, span(r, "could not be checked")),
        actors=(Party(name="the jets", spans=(span(r, "the jets"),), rule="actor.subject.v1"),),
        places=(
            Place(
                name="Karsen air base",
                role=PlaceRole.ORIGIN,
                country="SYR",
                lat=35.2,
                lon=37.1,
                where_prec=1,
                spans=(span(r, "the Karsen air base"),),
                rule="place.origin.v1",
            ),
            Place(
                name="North Province",
                country="SYR",
                lat=36.0,
                lon=38.6,
                where_prec=4,
                basis=Basis.CONTEXT,
                spans=(span(r, "Ostravine"),),
                rule="place.carried.v1",
                why=("no place in the sentence; the one before it names Ostravine",),
            ),
        ),
        sources=(
            Source(name="Delta", type=SourceType.AGENCY, spans=(span(r, "the Delta agency"),), rule="sources.said.v1"),
            Source(
                name="Northern Front",
                type=SourceType.ARMED_GROUP,
                spans=(span(r, "A spokesman for the Northern Front"),),
                rule="sources.said.v1",
            ),
        ),
    )
    third_sentence = span(r, WIRE.split("\n\n")[2])
    plan = span(r, "open")
    third = Statement(
        report_id=r.id,
        sentence=third_sentence,
        trigger=(plan,),
        event=code(plan, "plover", "AID"),
        sub_event=None,
        certainty=surety(Certainty.PLANNED, span(r, "plans")),
        actors=(Party(name="The army", kind="state", spans=(span(r, "The army"),), rule="actor.subject.v1"),),
    )
    return ReportResult(report=r, statements=(first, second, third))


def simple(r: Report, trigger: str, **given: Any) -> ReportResult:
    """A report with one statement in its first paragraph."""
    head = span(r, trigger)
    paragraph = r.text[: r.text.find("\n")] if "\n" in r.text else r.text
    start = r.text.index(paragraph)
    held = {"sub_event": code(head, "acled", "Air/drone strike"), "certainty": surety(Certainty.STATED), **given}
    s = Statement(
        report_id=r.id,
        sentence=r.span(start, start + len(paragraph)),
        trigger=(head,),
        event=code(head, "plover", "ASSAULT"),
        **held,
    )
    return ReportResult(report=r, statements=(s,))


def killed(r: Report, words: str, low: int | None, high: int | None) -> tuple[Figure, ...]:
    return (Figure(measure=Measure.KILLED, min=low, max=high, spans=(span(r, words),), rule="figures.killed.v1"),)


def post() -> ReportResult:
    r = Report(
        text=POST,
        title="Market bombed, 17 dead",
        outlet="Meridian Post",
        published=date(2016, 5, 5),
        external_id="post-1",
    )
    day = date(2016, 5, 3)
    return simple(
        r,
        "bombed",
        places=(Place(name="Ostravine", spans=(span(r, "Ostravine"),), rule="place.gazetteer.v1", **OSTRAVINE),),
        figures=killed(r, "At least 17 people", 17, None),
        date=When(earliest=day, latest=day, spans=(span(r, "on 3 May"),), rule="date.day.v1"),
        sources=(
            Source(name="Harbour Wire", type=SourceType.AGENCY, spans=(span(r, "Harbour Wire"),), rule="sources.to.v1"),
        ),
    )


def monitor() -> ReportResult:
    r = Report(text=MONITOR, outlet="Lakes Observatory", external_id="lakes-1")
    return simple(
        r,
        "air raid",
        places=(
            Place(
                name="Ostravine district",
                country="SYR",
                lat=35.9,
                lon=39.1,
                where_prec=3,
                spans=(span(r, "the Ostravine district"),),
                rule="place.gazetteer.v1",
            ),
        ),
        figures=killed(r, "15 dead", 15, 15),
        date=When(spans=(span(r, "Tuesday"),), rule="date.weekday.v1", why=("the report has no date",)),
    )


def hostile() -> ReportResult:
    r = Report(
        text=HOSTILE,
        title='<script>alert("title")</script>',
        outlet='"><img src=x onerror=alert(3)>',
        published=date(2016, 6, 1),
        url="javascript:alert(4)",
        external_id="hostile/1?<x>",
    )
    return simple(r, "قصفت", figures=killed(r, "killing 4", 4, 4))


def quiet() -> ReportResult:
    return ReportResult(report=Report(text=QUIET, outlet="Town Gazette", external_id="quiet-1"))


TOKEN = "a token of this desk"


class Client:
    """Asks the desk over a project, as a browser on this machine would."""

    def __init__(self, project: Project, token: str | None = TOKEN) -> None:
        self.app = create_app(project, token)

    def get(self, path: str, follow: bool = True, **headers: str) -> httpx.Response:
        """The answer; headers are written with _ for -."""
        return anyio.run(self._get, path, follow, {k.replace("_", "-"): v for k, v in headers.items()})

    def post(self, path: str, body: str | bytes | dict[str, Any]) -> httpx.Response:
        """The answer to a form, or to any body; where it sends to is not followed."""
        return anyio.run(self._post, path, body)

    async def _post(self, path: str, body: str | bytes | dict[str, Any]) -> httpx.Response:
        given: Any = {"data": body} if isinstance(body, dict) else {"content": body}
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8765") as c:
            return await c.post(path, **given)

    async def _get(self, path: str, follow: bool, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        base = "http://127.0.0.1:8765"
        async with httpx.AsyncClient(transport=transport, base_url=base, follow_redirects=follow) as c:
            return await c.get(path, headers=headers)


@dataclass
class Desk:
    """The project and its records."""

    project: Project
    results: dict[str, ReportResult] = field(default_factory=dict)

    @property
    def client(self) -> Client:
        return Client(self.project)

    def statement(self, name: str, n: int = 0) -> Statement:
        return self.results[name].statements[n]

    def incident(self, code: str) -> str:
        """The address of an incident."""
        return f"/incidents/{self.project.find(code)[1]}"


def incident_row(name: str, members: tuple[Statement, ...], **given: Any) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(c.name for c in t.incidents.columns)
    row |= {"id": "i_" + digest(name), "code": name, "event": members[0].event.code, "occurred": True}
    row |= {"statements": len(members), "reports": len(members), "outlets": len(members), "voices": len(members)}
    row |= {"certainties": dict(Counter(s.certainty.label.value for s in members))}
    return row | {"disputed": False, "summary": name} | given


Rows = list[tuple[dict[str, Any], tuple[Statement, ...]]]


def write(root: Path, results: list[ReportResult], rows: Rows, links: list[Link]) -> Project:
    """A project directory with these records and one issue."""
    path = root / "dateline.db"
    engine = open_database(path, write=True)
    issue = Issue(code=IssueCode.NO_TEXT, message="no text was found in it", stage="ingest", origin="empty<1>.html")
    run = {"id": 1, "started_at": "x", "status": "done", "version": "0", "fingerprint": "f", "settings": {}}
    with writing(engine, path) as c:
        c.execute(t.runs.insert().values(**run))
        load_results(c, [Loadable(r.report.key, r.report.key, "by hand", "0" * 64, r) for r in results], "f")
        load_issues(c, [issue], 1)
        write_incidents(c, [r for r, _ in rows], {s.id: r["id"] for r, members in rows for s in members})
        write_links(c, {(x.left, x.right): x for x in links}, {})
    engine.dispose()
    return Project(root)


def desk_project(root: Path) -> Desk:
    """The small project."""
    made = {"wire": wire(), "post": post(), "monitor": monitor(), "hostile": hostile(), "quiet": quiet()}
    w = made["wire"].statements
    market = (w[0], made["post"].statements[0], made["monitor"].statements[0])
    may = {"earliest": date(2016, 5, 3), "latest": date(2016, 5, 3), "place": "Ostravine", "country": "SYR"}
    province = {"place": "North Province", "country": "SYR", "lat": 36.0, "lon": 38.6, "where_prec": 4}
    rows = [
        (
            incident_row(
                "DL-2016-0001",
                market,
                sub_event="Air/drone strike",
                killed_min=12,
                killed_max=17,
                disputed=True,
                lat=35.95,
                lon=39.0,
                **may,
            ),
            market,
        ),
        (incident_row("DL-0000-0002", (w[1],), killed_min=12, **province), (w[1],)),
        (incident_row("DL-0000-0003", (w[2],), occurred=False), (w[2],)),
        (
            incident_row("DL-2016-0004", made["hostile"].statements, earliest=date(2016, 6, 1), place="<b>Qarya</b>"),
            made["hostile"].statements,
        ),
    ]
    reasons = (
        Reason(name="place.same", text="both name Ostravine", weight=3.2),
        Reason(name="date.same", text="both on 2016-05-03", weight=2.1),
        Reason(name="figures.differ", text="12 and 17 killed", weight=-0.8),
    )
    pair = sorted((market[0].id, market[1].id))
    miss = sorted((market[0].id, w[1].id))
    links = [
        Link(left=pair[0], right=pair[1], same=True, score=4.5, reasons=reasons),
        Link(left=miss[0], right=miss[1], same=False, score=1.3, reasons=(reasons[1], reasons[2])),
    ]
    project = write(root, list(made.values()), rows, links)
    return Desk(project, made)


def many_project(root: Path) -> Project:
    """60 reports, statements and incidents, for paging."""
    results = []
    for n in range(60):
        text = f"Shells struck village {n}."
        r = Report(text=text, outlet="Wire", published=date(2016, 1, 1), external_id=f"n-{n:03}")
        results.append(simple(r, "struck"))
    rows = [(incident_row(f"DL-2016-{n:04}", r.statements), r.statements) for n, r in enumerate(results)]
    return write(root, results, rows, [])
