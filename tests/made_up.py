"""A handful of made-up reports with hand-made statements, and a project that holds them, without any pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy import Engine, insert

from dateline.config import Config
from dateline.labels import Certainty, SourceType
from dateline.project import DATABASE_NAME
from dateline.records import Issue, ReportResult, Statement
from dateline.run.linking import link_project
from dateline.store import tables as t
from dateline.store.database import open_database, writing
from dateline.store.load import Loadable, load_issues, load_results
from tests.builders import HALAM, SYRIA, TARIF, Say, report

FINGERPRINT = "f0"


def strike() -> ReportResult:
    """A strike as the outlet's source tells it, and a denial."""
    said = "Jets struck a market in Halam on Monday, killing 12 people, rescuers said."
    denied = "An army spokesman denied that jets had hit Tarif."
    r = report(f"{said} {denied}", key="harbour-1", outlet="Harbour Wire")
    first = Say(r, said, "struck").at(HALAM).on("2016-05-02").by("jets", "Syria").against("market").toll(12, 12)
    second = Say(r, denied, "hit").at(TARIF).surely(Certainty.DENIED).by("jets").said("army spokesman")
    return ReportResult(
        report=r, statements=(first.using("air strike").said("rescuers", SourceType.MEDIC).done(), second.done())
    )


def second_view() -> ReportResult:
    """The same strike in another outlet, with another figure, an open one, and a breakdown."""
    said = "At least 15 people, among them four children, died when aircraft bombed Halam on Monday, the ministry said."
    r = report(said, key="sahel-1", published="2016-05-03", outlet="Radio Sahel")
    s = Say(r, said, "bombed").at(HALAM).on("2016-05-02").by("aircraft").toll(15, None).toll(4, 4, of="children")
    return ReportResult(report=r, statements=(s.said("ministry", SourceType.GOVERNMENT).done(),))


def plans() -> ReportResult:
    """What may happen and what is only alleged, in a report without outlet and day."""
    planned = "The army will storm Tarif next week, 30 tanks strong."
    alleged = "Rebels allegedly shelled Syria's border."
    r = report(f"{planned}\n\n{alleged}", key="plans-1", published=None, outlet=None)
    first = Say(r, planned, "storm").at(TARIF).surely(Certainty.PLANNED).by("army", "Syria").on(None)
    second = Say(r, alleged, "shelled", "Shelling/artillery/missile attack").surely(Certainty.ALLEGED)
    return ReportResult(
        report=r, statements=(first.done(), second.at(SYRIA).by("rebels").toll(None, 9, measure="injured").done())
    )


def awkward() -> ReportResult:
    """Words that file formats stumble over: quotes, commas, line breaks, emoji, what looks like a formula."""
    said = '=SUM(1,1) wrote "Ali; son of Omar",\nafter 💥 gunmen shot him in the “old” town.'
    r = report(said, key="-2+3", published="2016-05-09", outlet="@press")
    s = Say(r, said, "shot", "Attack").by("+gunmen").against('Ali, "the 🚑 driver"').toll(None, None)
    return ReportResult(report=r, statements=(s.done(),))


def silent() -> ReportResult:
    """A report in which nothing happened."""
    return ReportResult(report=report("The market has new lamps.", key="lamps", outlet="Radio Sahel"))


def everything() -> tuple[ReportResult, ...]:
    """All of them."""
    return (strike(), second_view(), plans(), awkward(), silent())


def loadable(result: ReportResult, *, key: str = "", source: str = "") -> Loadable:
    """A result as a run loads it; `key` and `source` stand for the input it came from."""
    k = key or f"k_{result.report.id}"
    return Loadable(k, source or f"o_{k}", f"{result.report.key}.txt", "0" * 64, result)


def load(engine: Engine, path: Path, loadables: Sequence[Loadable], fingerprint: str = FINGERPRINT) -> int:
    """Load in one transaction, as a run does; how many reports' statements changed."""
    with writing(engine, path) as c:
        return load_results(c, loadables, fingerprint)


def make_project(root: Path, results: Iterable[ReportResult] = (), issues: Iterable[Issue] = ()) -> Path:
    """A project directory with these results loaded and linked."""
    root.mkdir(parents=True, exist_ok=True)
    path = root / DATABASE_NAME
    engine = open_database(path, write=True)
    load(engine, path, [loadable(r) for r in results])
    run = {"started_at": "2024-01-01T00:00:00+00:00", "status": "done", "version": "0", "fingerprint": FINGERPRINT}
    with writing(engine, path) as c:
        c.execute(insert(t.runs).values(id=1, **run, settings={}))
        load_issues(c, issues, 1)
        link_project(c, Config())
    engine.dispose()
    return root


def statement_of(result: ReportResult, trigger: str) -> Statement:
    """The statement whose trigger is that word."""
    return next(s for s in result.statements if s.trigger[0].quote == trigger)
